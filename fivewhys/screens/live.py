"""The live session: the question, the answer, the tree beside it.

This screen owns the tree and where the meeting is in it. Widgets say what happened; the screen
does it through the store and draws the tree that comes back.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from pydantic import ValidationError
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from fivewhys.facilitation import next_question
from fivewhys.models.commands import (
    Command,
    DeleteParked,
    MoveCause,
    Park,
    Refused,
    UseParked,
    sentence,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import State
from fivewhys.screens.drafts import Drafts
from fivewhys.screens.look import take_size
from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.screens.tree_acts import act
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.parked import ParkedIdeas
from fivewhys.screens.widgets.question import (
    DepthMeter,
    beside_answer,
    beside_tree,
    question_text,
)
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.problems import StoreProblem
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store, Undone

DRAFT_SECONDS = 0.4
"""A draft is kept this long after the last key: often enough for a crash, rare enough to type."""

WATCH_SECONDS = 0.3
"""How often to ask whether somebody else wrote to this session."""

GATHERING_SECONDS = 0.003
"""How long the widgets take to tell what changed for an answer, all of them together."""

MOVING = "Choose what this is a cause of with the arrows; Enter hangs it there."


class LiveScreen(Screen[None]):
    """One session, live."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "details", "details", id="live.details", tooltip="Facts, place and people"),
        Binding("f3", "summary", "finish", id="live.summary", tooltip="What is open; finish"),
        Binding("tab", "app.focus_next", "next part", show=False, id="live.next",
                tooltip="Answer, tree, parked ideas"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="live.read_on",
                tooltip="Scroll the right column: long questions, evidence, the way back up"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="live.read_back",
                tooltip="Scroll the right column: long questions, evidence, the way back up"),
        Binding("f1", "app.help", "help", id="live.help", tooltip="Help"),
        Binding("question_mark", "app.help", "help", show=False, id="live.help2", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree, early: str = "") -> None:
        super().__init__()
        self._early = early
        """Keys that came before there was a box to take them; a newline is Enter."""
        self._begun = False
        self.store = store
        self.why_tree = tree
        self.here: UUID = (tree.next_open(tree.problem.id) or tree.problem).id
        self.about: UUID = self.here
        """The cause that the box is about: `here` for answers, else the one a word is said of."""
        self._evidence: UUID | None = None
        """The piece of evidence that is edited in the box, if it is that."""
        self._drafts = Drafts(store, tree.session.id)
        self._draft_timer: Timer | None = None
        self._came_from_tree = False
        self._parked_in_use: UUID | None = None
        self._since = time.monotonic()
        self._told_that_time_is_over = False

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with Horizontal(id="parts"):
            with Vertical(id="left"):
                yield WhyTree(id="tree")
                yield ParkedIdeas(id="parked")
            with Vertical(id="right"):
                yield DepthMeter(id="meter")
                yield TextPane(grows=True, id="question")
                yield AnswerBox(id="answer")
                yield TextPane(id="beside")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the first open question with the drafts of the last time."""
        self._try(self._drafts.load)
        self.set_interval(1, self._tick)
        self.set_interval(WATCH_SECONDS, self._look_for_others)
        self.watch(self.query_one(WhyTree), "cursor", self._cursor_moved, init=False)
        self.set_focus(self.query_one(AnswerBox))
        self._tick()
        # The draft is in the box before the box is looked at, or it would be taken as emptied.
        draft = self._drafts.at(Purpose.ANSWER, self.here, self.why_tree)
        self.query_one(AnswerBox).set_text(draft)
        self._ask(self.here)
        if self.why_tree.session.state is State.FINISHED:
            self.hint("This session is finished. Another answer opens it again.")
        self._begun = True
        self._take_early_keys()

    def on_key(self, event: events.Key) -> None:
        """While nothing has the focus yet, what is typed belongs to the answer."""
        if self.focused is None and (event.key == "enter" or event.is_printable):
            event.stop()
            self._early += "\n" if event.key == "enter" else event.character or ""
            if self._begun:
                self._take_early_keys()

    def _take_early_keys(self) -> None:
        early, self._early = self._early, ""
        for part in early.splitlines(keepends=True):
            box = self.query_one(AnswerBox)
            box.insert(part.rstrip("\n"))
            if part.endswith("\n"):
                box.action_give()

    # -- drawing

    def _draw(self) -> None:
        """Show the tree as it is now."""
        tree, box = self.why_tree, self.query_one(AnswerBox)
        self.query_one(WhyTree).show(tree, self.here)
        self.query_one(ParkedIdeas).show(tree.parked)
        bar = self.query_one(TopBar)
        bar.title = f"{tree.session.name}  {tree.problem.text}"
        self.query_one(DepthMeter).depth = tree.depth(self.here) + 1
        panel = self.query_one("#question", TextPane)
        wording = WORDINGS[box.purpose]
        about = tree.causes[self.about]
        if box.purpose is Purpose.ANSWER:
            asked = about.question or next_question(about.text)
        else:
            asked = f"{wording.above}: {about.text}"
        panel.show(question_text(panel, asked))
        self._draw_beside()

    def recolour(self) -> None:
        """Make the texts anew in other colours."""
        self._draw()

    def _cursor_moved(self) -> None:
        if self.query_one(WhyTree).has_focus:
            self._draw_beside()

    def _draw_beside(self) -> None:
        panel = self.query_one("#beside", TextPane)
        tree = self.query_one(WhyTree)
        if tree.has_focus and tree.cursor in self.why_tree.causes:
            text = beside_tree(panel, self.why_tree, self.why_tree.causes[cast(UUID, tree.cursor)])
        else:
            tall = self.size.height >= 32
            text = beside_answer(panel, self.why_tree, self.why_tree.causes[self.here], tall=tall)
        panel.show(text)

    def hint(self, words: str) -> None:
        """Say something in the reserved row."""
        self.query_one(HintRow).hint = words

    def _tick(self) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self._since), 60)
        bar = self.query_one(TopBar)
        bar.elapsed = f"{minutes:02}:{seconds:02}"
        box = self.why_tree.session.time_box
        over = box is not None and minutes >= box
        bar.limit = f" / {box} min{', over' if over else ''}" if box else ""
        if over and not self._told_that_time_is_over:
            self._told_that_time_is_over = True
            self.hint(f"{box} minutes are over. Go on, or finish with F3: all is kept.")

    def _look_for_others(self) -> None:
        def look() -> None:
            if self.is_current and self.store.changed_elsewhere():
                tree = self.store.refresh(self.why_tree)
                if tree is not self.why_tree:
                    self._take(tree)
                    self.hint("Somebody else has changed this session; the tree shows it.")

        self._try(look, quietly=True)

    # -- doing

    def _try(self, act: Callable[[], None], *, quietly: bool = False) -> bool:
        """Do `act`; a refusal or a problem is told in words, and False comes back."""
        try:
            act()
        except Refused as refusal:
            self.hint(str(refusal))
            return False
        except ValidationError as error:
            self.notify(sentence(error), severity="warning", timeout=8, markup=False)
            return False
        except StoreProblem as problem:
            if not quietly:
                self.notify(str(problem), severity="error", timeout=15, markup=False)
            return False
        return True

    def _do(self, command: Callable[[], Command], said: str = "", *, draw: bool = True) -> bool:
        """Do a command and draw the tree after it (or leave the drawing to what follows)."""

        def act() -> None:
            tree = self.store.apply(self.why_tree, command())
            if draw:
                self._take(tree)
            else:
                self.why_tree = tree
            self.query_one(TopBar).saved = f"{cast('FiveWhysApp', self.app).marks.saved} saved"
            self.hint(said)

        return self._try(act)

    def _take(self, tree: Tree) -> None:
        """Go on with `tree`; where the question is gone, with the nearest one above it."""
        old, self.why_tree = self.why_tree, tree
        self.here = _nearest(old, tree, self.here)
        if self.about not in tree.causes:
            # Somebody has deleted what the box was about: what is typed goes up with the question.
            box = self.query_one(AnswerBox)
            typed = box.text
            unchanged = typed == WORDINGS[box.purpose].before(old, self._target)
            self._ask(self.here)
            if not unchanged:
                box.put_back(typed)
        else:
            self._draw()

    def _ask(
        self, key: UUID, purpose: Purpose = Purpose.ANSWER, evidence: UUID | None = None
    ) -> None:
        """Put the box to work for `purpose` at `key`, with the draft that was left there."""
        self.keep_draft()
        if purpose is Purpose.ANSWER:
            self.here = key
            self._parked_in_use = None
        self.about, self._evidence = key, evidence
        target = self._target
        text = self._drafts.at(purpose, target, self.why_tree)
        text = text or WORDINGS[purpose].before(self.why_tree, target)
        box = self.query_one(AnswerBox)
        box.show_purpose(purpose, text)
        self._draw()

    @on(AnswerBox.Given)
    def _given(self, message: AnswerBox.Given) -> None:
        message.stop()
        self._draw_once()
        purpose, text, target = message.purpose, message.text.strip(), self._target
        box = self.query_one(AnswerBox)
        if not text and not WORDINGS[purpose].may_be_empty:
            if purpose is Purpose.ANSWER:
                self._next_open()
            else:
                self.hint("Say it in a word or two, or leave with Esc.")
            self._pass_keys_on(box)
            return
        if purpose is Purpose.ANSWER:
            self._answer(text, message.stay)
            return
        said = "Kept."
        if not self._came_from_tree:
            said += " Enter on an empty line goes to the next open question."
        if self._do(lambda: WORDINGS[purpose].command(target, text), said):
            self._forget_draft(purpose, target)
            self._back_to_answer()
        else:
            box.put_back(message.text)
        self._pass_keys_on(box)

    def _draw_once(self) -> None:
        """Let the emptied box and the next question come in one frame, in half the time of two.

        Each widget tells the screen by itself, a moment later, that it changed.
        """
        waiting = ExitStack()
        waiting.enter_context(self.app.batch_update())

        def draw() -> None:
            waiting.close()
            self.check_idle()

        # The app's timer, for this screen may be gone by then.
        self.app.set_timer(GATHERING_SECONDS, draw)

    def _answer(self, text: str, stay: bool) -> None:
        here, idea = self.here, self._parked_in_use

        def command() -> Command:
            if idea and any(parked.id == idea for parked in self.why_tree.parked):
                return UseParked(parked=idea, parent=here, text=text)
            return WORDINGS[Purpose.ANSWER].command(here, text)

        known = set(self.why_tree.children(here))
        said = "Saved. Another cause of the same question?" if stay else ""
        if self.why_tree.session.state is State.FINISHED:
            said = f"{said or 'Saved.'} The session is open again."
        if not self._do(command, said, draw=stay):
            self.query_one(AnswerBox).put_back(text)
            return
        self._forget_draft(Purpose.ANSWER, here)
        self._parked_in_use = None
        new = [key for key in self.why_tree.children(here) if key not in known]
        # Typing may have gone on while the answer was saved: those letters belong to what follows.
        box = self.query_one(AnswerBox)
        typed = box.text
        if not stay:
            if typed:
                # Else they would be kept as a draft of the question before.
                box.set_text("")
            self._ask(new[-1] if new else here)
            if typed:
                box.set_text(typed)

    def _next_open(self) -> None:
        cause = self.why_tree.next_open(self.here)
        if cause is None:
            self.hint("No question is open. F3 shows the summary.")
        elif cause.id == self.here:
            self.hint("This is the only open question.")
        else:
            self.go_to(cause.id)

    @on(AnswerBox.Parked)
    def _park(self, message: AnswerBox.Parked) -> None:
        message.stop()
        if self._do(lambda: Park(text=message.text), "Parked. The question stays."):
            self._forget_draft(Purpose.ANSWER, self.here)
        else:
            self.query_one(AnswerBox).put_back(message.text)

    @on(AnswerBox.Wanted)
    def _wanted_in_box(self, message: AnswerBox.Wanted) -> None:
        message.stop()
        box = self.query_one(AnswerBox)
        if message.what == "root":
            self._act("root", self.why_tree.causes[self.here])
            self._pass_keys_on(box)
        elif message.what == "back":
            parent = self.why_tree.causes[self.about].parent_id
            if box.purpose is Purpose.ANSWER and parent:
                self._ask(parent)
        elif message.what == "next":
            self._next_open()
        elif message.what == "undo":
            self._undo()
        elif message.what == "redo":
            self._redo()
        elif message.what == "leave":
            if box.purpose is Purpose.ANSWER:
                self.set_focus(self.query_one(WhyTree))
            else:
                self._forget_draft(box.purpose, self._target)
                box.set_text("")
                self._back_to_answer()

    def _back_to_answer(self) -> None:
        self._ask(self.here)
        if self._came_from_tree:
            self._came_from_tree = False
            tree = self.query_one(WhyTree)
            tree.focus_at(tree.cursor)

    def _undo(self) -> None:
        self._take_back(self.store.undo, "Undid", "There is nothing of yours left to undo.")

    def _redo(self) -> None:
        self._take_back(self.store.redo, "Did again", "There is nothing to do again.")

    def _take_back(self, step: Callable[[Tree], "Undone | None"], did: str, nothing: str) -> None:
        def act() -> None:
            undone = step(self.why_tree)
            if undone is None:
                self.hint(nothing)
                return
            before = self.why_tree
            self._take(undone.tree)
            self._show_what_came(before)
            self.hint(f"{did}: {undone.label}")

        self._try(act)

    def _show_what_came(self, before: Tree) -> None:
        """In the tree, the cursor goes to a branch that was not there before."""
        tree = self.query_one(WhyTree)
        for cause in self.why_tree.causes.values():
            if (
                tree.has_focus
                and cause.id not in before.causes
                and cause.parent_id in before.causes
            ):
                tree.put_cursor(cause.id)
                return

    # -- the tree's keys

    @on(WhyTree.MoveBegun)
    def _move_begun(self, message: WhyTree.MoveBegun) -> None:
        message.stop()
        self.refresh_bindings()
        if message.branch is not None:
            self.hint(MOVING)
        elif self.query_one(HintRow).hint == MOVING:
            self.hint("")

    @on(WhyTree.MoveChosen)
    def _move_chosen(self, message: WhyTree.MoveChosen) -> None:
        message.stop()
        branch, parent = message.branch, message.parent_key
        if self._do(lambda: MoveCause(cause=branch, parent=parent), "Moved. u undoes it."):
            self.query_one(WhyTree).put_cursor(branch)
        self._pass_keys_on(self.query_one(WhyTree))

    def _pass_keys_on(self, source: WhyTree | AnswerBox) -> None:
        """Give the keys that waited while something was done to what has the focus now."""
        keys, focused = source.release(), self.focused
        if isinstance(focused, WhyTree | AnswerBox):
            focused.take_keys(keys)

    @on(WhyTree.Wanted)
    def _wanted_in_tree(self, message: WhyTree.Wanted) -> None:
        message.stop()
        cause = self.why_tree.causes.get(message.key)
        if cause is not None:
            self._do_in_tree(message.what, cause)
        self._pass_keys_on(self.query_one(WhyTree))

    def _do_in_tree(self, what: str, cause: Cause) -> None:
        elsewhere = {
            "answer": lambda: self.go_to(cause.id),
            "other": lambda: self.go_to(cause.parent_id or cause.id),
            "back": lambda: self.set_focus(self.query_one(AnswerBox)),
            "undo": self._undo,
            "redo": self._redo,
            "next": self._next_open,
            "library": self.action_library,
        }
        if what in elsewhere:
            elsewhere[what]()
        elif not self._act(what, cause):
            self._word_about(cause.id, Purpose(what))

    def _act(self, what: str, cause: Cause) -> bool:
        """Do what a key means to a cause; False where it means something else."""
        found = act(what, self.why_tree, cause)
        if found is None:
            return False
        command = found.command
        if command is None:
            self.hint(found.said)
        elif not self._do(lambda: command, found.said):
            return True
        if found.cursor is not None:
            self.query_one(WhyTree).put_cursor(found.cursor)
        if found.word is not None:
            self._word_about(cause.id, found.word)
        return True

    def go_to(self, key: UUID) -> None:
        """Ask why of this cause, or of the problem."""
        self._ask(key)
        self.set_focus(self.query_one(AnswerBox))

    @on(WhyTree.EvidenceChosen)
    def _edit_evidence(self, message: WhyTree.EvidenceChosen) -> None:
        message.stop()
        self._word_about(message.key, Purpose.EDIT_EVIDENCE, message.evidence)
        self._pass_keys_on(self.query_one(WhyTree))

    def _word_about(self, key: UUID, purpose: Purpose, evidence: UUID | None = None) -> None:
        """Type a word about a cause in the box, then come back to where the keys were."""
        self._came_from_tree = self.query_one(WhyTree).has_focus
        self._ask(key, purpose, evidence)
        self.set_focus(self.query_one(AnswerBox))

    # -- parked ideas

    @on(ParkedIdeas.Used)
    def _use_parked(self, message: ParkedIdeas.Used) -> None:
        message.stop()
        self._ask(self.here)
        self._parked_in_use = message.idea.id
        box = self.query_one(AnswerBox)
        box.set_text(f"{box.text} {message.idea.text}".strip())
        self.set_focus(box)
        self.hint(
            f"Enter gives it as an answer to: {excerpt(self.why_tree.causes[self.here].text)}"
        )

    @on(ParkedIdeas.Dropped)
    def _drop_parked(self, message: ParkedIdeas.Dropped) -> None:
        message.stop()
        self._do(lambda: DeleteParked(parked=message.key), "Taken away. Undo brings it back.")

    @on(ParkedIdeas.Left)
    def _left_parked(self, message: ParkedIdeas.Left) -> None:
        message.stop()
        self.set_focus(self.query_one(AnswerBox))

    # -- drafts

    @property
    def _target(self) -> UUID:
        """What the text in the box goes to: a cause, or a piece of its evidence."""
        return self._evidence or self.about

    @on(TextArea.Changed, "#answer")
    def _typed(self, message: TextArea.Changed) -> None:
        message.stop()
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Save what is in the box as the draft of its place, if it differs from what is kept."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        box = self.query_one(AnswerBox)
        if self.about not in self.why_tree.causes:
            return

        def keep() -> None:
            if self._drafts.keep(box.purpose, self._target, box.text, self.why_tree):
                self.query_one(TopBar).saved = "draft kept"

        self._try(keep, quietly=True)

    def _forget_draft(self, purpose: Purpose, about: UUID) -> None:
        place = self._drafts.given(purpose, about)
        if place is not None:
            # The next question is on the screen before this is written.
            self.call_after_refresh(
                lambda: self._try(lambda: self.store.save_draft(place, ""), quietly=True)
            )

    # -- elsewhere

    def on_descendant_focus(self) -> None:
        """The right column follows the focus."""
        self.call_after_refresh(self._draw_beside)

    def on_screen_suspend(self) -> None:
        """Another screen is in front: the draft is safe before anything else happens."""
        self.keep_draft()

    def on_resize(self) -> None:
        """A taller screen has room for the way back up."""
        self.call_after_refresh(self._draw_beside)

    def action_read(self, by: int) -> None:
        """Scroll what does not fit: first the question, then what stands under the box."""
        for pane in (self.query_one("#question", TextPane), self.query_one("#beside", TextPane)):
            if pane.read(by):
                return

    def action_library(self) -> None:
        """Go back to the library; all is saved."""
        self.keep_draft()
        self.dismiss()

    def action_details(self) -> None:
        """Open the facts, place and people of the session."""
        from fivewhys.screens.details import DetailsScreen

        self.app.push_screen(DetailsScreen(self.store, self.why_tree), self._after_details)

    def _after_details(self, tree: Tree | None) -> None:
        if tree is not None:
            self._take(tree)
            self.hint("Details saved.")

    def action_summary(self) -> None:
        """Open the summary: what is open, finish, the Markdown."""
        from fivewhys.screens.summary import SummaryScreen

        self.keep_draft()
        exports = cast("FiveWhysApp", self.app).exports
        self.app.push_screen(SummaryScreen(self.store, self.why_tree, exports), self._after_summary)

    def _after_summary(self, chosen: "tuple[Tree, UUID | None] | None") -> None:
        if chosen is None:
            self.dismiss()
            return
        _, key = chosen
        # What the summary did, and what others did meanwhile.
        self._try(lambda: self._take(self.store.refresh(self.why_tree)))
        if key is not None and key in self.why_tree.causes:
            self._ask(key)
        self.set_focus(self.query_one(AnswerBox))


def _nearest(old: Tree, new: Tree, key: UUID) -> UUID:
    """`key`, or the nearest node above it that `new` still has."""
    for cause in reversed(old.path(key)):
        if cause.id in new.causes:
            return cause.id
    return new.problem.id
