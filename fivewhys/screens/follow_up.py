"""The follow-up: what each key does to a line, all sessions over.

A change is one command on the session that the line is of. What is shown, and how it is read, is
for `follow_view.py`.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import events, on
from textual.binding import Binding, BindingType

from fivewhys.models.commands import Command, CountermeasureFacts, EditCountermeasure, SetProgress
from fivewhys.models.follow_up import ActionLine, Filter
from fivewhys.models.plan_words import PROGRESS_WORDS, Progress
from fivewhys.models.tree import Tree
from fivewhys.screens import follow_asks
from fivewhys.screens.asking import ask
from fivewhys.screens.attempting import attempt
from fivewhys.screens.background import NewestRead
from fivewhys.screens.follow_asks import Place
from fivewhys.screens.follow_export import write_list
from fivewhys.screens.follow_lines import VIEWS, Line, line_of
from fivewhys.screens.follow_view import FollowView, SearchField
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.action_list import ActionList
from fivewhys.screens.widgets.lines import TextPane

if TYPE_CHECKING:
    from fivewhys.store.store import Store


class FollowUpScreen(FollowView):
    """Lists countermeasures over all sessions and changes them in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "state", "state", id="follow.state",
                tooltip="Say how far it is: planned, done, rejected …"),
        Binding("d", "due", "date", id="follow.due", tooltip="Say until when it is to be done"),
        Binding("o", "owner", "owner", id="follow.owner", tooltip="Say who does it"),
        Binding("g", "cause", "cause", id="follow.cause",
                tooltip="Go to its cause in the session"),
        Binding("slash", "search", "search", id="follow.search",
                tooltip="Search text, cause, owner, place and number; other letters begin a search "
                "too"),
        Binding("f3", "find", "find", show=False, id="follow.find",
                tooltip="Find words in everything that was written, over all sessions"),
        Binding("w", "whose", "whose", id="follow.whose", tooltip="List those of one owner alone"),
        Binding("p", "place", "place", id="follow.place", tooltip="List those of one place alone"),
        Binding("e", "export", "export", id="follow.export",
                tooltip="Write the list as Markdown into the exports folder"),
        Binding("u,ctrl+z", "undo", "undo", id="follow.undo",
                tooltip="Take back what was changed here last"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="follow.redo",
                tooltip="Do again what undo took back"),
        Binding("escape", "clear", "all", show=False, id="follow.all",
                tooltip="Leave the search, list what it was opened for; then go back"),
        Binding("q", "back", "back", id="follow.back", tooltip="Back to where you came from"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="follow.read_on",
                tooltip="Scroll what is told of the line"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="follow.read_back",
                tooltip="Scroll what is told of the line"),
        Binding("f1,question_mark", "app.help", "help", id="follow.help", tooltip="Help"),
        *(
            Binding(str(number), f"show({number - 1})", "view", show=False, key_display="1-8",
                    id=f"follow.view{number}", tooltip="Show the view with this number")
            for number in range(1, len(VIEWS) + 1)
        ),
    ]  # fmt: skip

    def __init__(self, store: "Store", narrowed: Filter | None = None) -> None:
        super().__init__(store, narrowed)
        self._at_first = narrowed or Filter()
        """What it was opened for: of one place, or everything."""
        self._changed: list[UUID] = []
        """The sessions that were changed here, one for each change, the last one at the end."""
        self._undone: list[UUID] = []
        self._writing = NewestRead(self)

    # -- changing a line

    def _action(self) -> ActionLine | None:
        """The countermeasure under the cursor."""
        line = self.actions.line
        if isinstance(line, ActionLine):
            return line
        if line is not None:
            self.hint("That is a session. Enter opens it, where its customers are written to.")
        return None

    def _change(self, line: ActionLine, command: Command, said: str) -> None:
        """Do `command` to the session of `line`, and show what came of it where it stands."""

        def act() -> None:
            others = self.store.changed_elsewhere()
            before = self.store.tree(line.session_id)
            tree = self.store.apply(before, command)
            if tree.seq != before.seq:
                self._changed.append(line.session_id)
                self._undone.clear()
            self._show_again(tree)
            self.hint(said)
            # What was just written here is not news.
            self.store.changed_elsewhere()
            if others:
                self.read_again()
            else:
                self.count()

        attempt(self, act, self._refuse)

    def _refuse(self, words: str) -> None:
        # A refusal says what is missing, which takes more than a row.
        self.notify(words, severity="warning", timeout=10, markup=False)

    def _show_again(self, tree: Tree) -> None:
        """Show the lines of a session as they are in `tree`; they stay where they are."""
        gone: list[Line] = []
        for line in list(self.actions.lines):
            if line.session_id != tree.session.id or not isinstance(line, ActionLine):
                continue
            item = tree.countermeasure(line.id)
            if item is None:
                gone.append(line)
                continue
            now = line_of(tree, item, line.check)
            if now != line:
                self.keep(now)
        self.drop(gone)

    def action_state(self) -> None:
        """Say how far it is."""
        line = self._action()
        if line is None:
            return

        def chosen(state: Progress) -> None:
            if state in SetProgress.NEEDS_REASON:
                ask(
                    self,
                    follow_asks.ask_reason(line, state),
                    lambda reason: self._set_state(line, state, reason),
                )
            elif state is line.progress:
                self.hint(f"It is {PROGRESS_WORDS[state]} already.")
            else:
                self._set_state(line, state)

        ask(self, follow_asks.ask_state(line), chosen)

    def _set_state(self, line: ActionLine, state: Progress, reason: str = "") -> None:
        done = state is Progress.DONE
        words = f"{PROGRESS_WORDS[state].capitalize()}. u takes it back."
        if done and line.not_ready:
            words = "Done, though its readiness list is not ticked off. u takes it back."
        command = SetProgress(
            countermeasure=line.id, progress=state, reason=reason, on=self.today if done else None
        )
        self._change(line, command, words)

    def action_due(self) -> None:
        """Say until when it is to be done."""
        line = self._action()
        if line is not None:
            ask(
                self,
                follow_asks.ask_due(line, self.today),
                lambda day: self._edit(line, CountermeasureFacts(due=day)),
            )

    def action_owner(self) -> None:
        """Say who does it."""
        line = self._action()
        if line is not None:
            ask(
                self,
                follow_asks.ask_owner(line, self.names["owner"]),
                lambda owner: self._edit(line, CountermeasureFacts(owner=owner)),
            )

    def _edit(self, line: ActionLine, facts: CountermeasureFacts) -> None:
        command = EditCountermeasure(countermeasure=line.id, facts=facts)
        self._change(line, command, "Saved. u takes it back.")

    def action_undo(self) -> None:
        """Take back what was changed here last."""
        self._take_back(self._changed, self._undone, "Undid", "Nothing was changed here.")

    def action_redo(self) -> None:
        """Do again what undo took back."""
        self._take_back(self._undone, self._changed, "Did again", "Nothing was undone here.")

    def _take_back(self, done: list[UUID], other: list[UUID], did: str, nothing: str) -> None:
        if not done:
            self.hint(nothing)
            return

        def act() -> None:
            session = done.pop()
            tree = self.store.tree(session)
            step = self.store.undo if done is self._changed else self.store.redo
            undone = step(tree)
            if undone is None:
                self.hint("There is nothing of yours left there.")
                return
            other.append(session)
            self._show_again(undone.tree)
            self.hint(f"{did}: {undone.label}")
            self.read_again()

        attempt(self, act, self._refuse)

    # -- elsewhere

    @on(ActionList.Opened)
    def _opened(self, message: ActionList.Opened[Line]) -> None:
        message.stop()
        line = message.line
        if not isinstance(line, ActionLine):
            self._go_to_session(line.session_id, None)
            return

        def back(tree: Tree | None) -> None:
            if tree is not None and tree.seq != before.seq:
                self._changed.append(line.session_id)
                self._show_again(tree)

        with self.program.telling():
            from fivewhys.screens.countermeasure import CountermeasureScreen

            before = self.store.tree(line.session_id)
            self.was_away = True
            screen = CountermeasureScreen(self.store, before, line.cause_id, line.id)
            self.app.push_screen(screen, back)

    def action_cause(self) -> None:
        """Go to the cause of the line in its session."""
        line = self.actions.line
        if line is not None:
            cause = line.cause_id if isinstance(line, ActionLine) else None
            self._go_to_session(line.session_id, cause)

    def _go_to_session(self, session: UUID, cause: UUID | None) -> None:
        self.was_away = True
        visit(self, self.store, session, cause)

    def action_export(self) -> None:
        """Write all lines of the view into the exports folder."""
        view, narrowed, today = self.view, self.narrowed, self.today
        if view is None:
            self.hint("Customers are told session by session: e in the library writes one.")
            return
        if not self.actions.lines:
            self.hint("There is nothing to write.")
            return
        folder = self.program.exports
        self.hint("Writing …")

        self._writing.ask(
            lambda: write_list(self.store, view, narrowed, today, folder), self.tell_written
        )

    # -- searching and narrowing

    def action_whose(self) -> None:
        """Choose whose countermeasures are listed."""
        ask(
            self,
            follow_asks.ask_whose(self.names["owner"], self.narrowed.owner),
            lambda owner: self.narrow(replace(self.narrowed, owner=owner)),
        )

    def action_place(self) -> None:
        """Choose the place whose countermeasures are listed."""
        now = Place(self.narrowed.site, self.narrowed.department)
        ask(
            self,
            follow_asks.ask_place(self.names["site"], self.names["department"], now),
            lambda place: self.narrow(place.within(self.narrowed)),
        )

    def action_search(self) -> None:
        """Type words to look for."""
        self.set_focus(self.query_one(SearchField))

    def action_clear(self) -> None:
        """List what was listed at first; where that is listed, go back."""
        search = self.query_one(SearchField)
        if self.narrowed == self._at_first and not search.value and self.focused is self.actions:
            self.dismiss()
            return
        search.value = ""
        self.set_focus(self.actions)
        self.narrow(self._at_first)

    def on_key(self, event: events.Key) -> None:
        """A letter that is no command begins a search; Down leaves it for the list."""
        search, is_searching = self.query_one(SearchField), self.focused is not self.actions
        if is_searching and event.key == "down":
            event.stop()
            self.set_focus(self.actions)
        elif (
            self.focused is self.actions
            and event.is_printable
            and event.character
            and event.key not in self.active_bindings
        ):
            event.stop()
            self.set_focus(search)
            search.insert_text_at_cursor(event.character)

    def action_read(self, by: int) -> None:
        """Scroll what is told of the line."""
        self.query_one("#action", TextPane).read(by)
