"""The library: every session, newest first; the first screen, and where one comes back to.

It imports nothing heavy: its first page can come from `fivewhys.store.glance` while the store
still loads in a thread.
"""

from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from fivewhys.models.values import SessionLine
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import Drawn, HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.field import Field
from fivewhys.screens.widgets.session_list import SessionList

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store

PAGE = 200
"""Sessions read at a time."""

SEARCH_SECONDS = 0.12
"""A search begins this long after the last key."""

EMPTY = (
    "No session yet.",
    "Press n, type what happened, press Enter: the first why is on the screen.",
    "To see worked examples, leave with ^Q and run: fivewhys demo",
)


NOT_HERE = (
    "No problem, place or name has these words. F3 looks for them in everything that was written; "
    "Esc shows all sessions."
)


class Preview(Static, Drawn):
    """The whole problem of the row under the cursor, which the row may cut."""

    def show(self, line: SessionLine | None) -> None:
        """Show the problem of `line` and its place, in the colours of the theme."""
        text = Text(overflow="fold")
        if line is not None:
            text.append(shown(line.problem), self.palette.style("text", bold=True))
            if line.place:
                text.append(f"\n{shown(line.place)}", self.palette.style("quiet"))
        self.update(text)


class LibraryScreen(Screen[None]):
    """Find a session, open it, begin a new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new", id="library.new", tooltip="Begin a new session"),
        Binding("slash", "search", "search", id="library.search",
                tooltip="Search problem, place and number; other letters begin a search too"),
        Binding("f", "follow_up", "follow up", id="library.follow_up",
                tooltip="Follow up what was promised: what is open, overdue, to be checked"),
        Binding("p", "patterns", "patterns", id="library.patterns",
                tooltip="Show what keeps coming back over all sessions"),
        Binding("r", "review", "review", id="library.review",
                tooltip="Review the history: what keeps coming back, where, and what came of it"),
        Binding("f6", "history", "history", show=False, id="library.history",
                tooltip="Show who changed what when in the session, with the wording before"),
        Binding("e", "export", "export", id="library.export",
                tooltip="Write the session's Markdown into the exports folder"),
        Binding("d,delete", "delete", "delete", id="library.delete",
                tooltip="Delete the session; u brings it back"),
        Binding("u,ctrl+z", "undo", "undo", id="library.undo",
                tooltip="Bring the session back that was deleted last"),
        Binding("q,ctrl+q", "app.quit", "quit", id="library.quit", tooltip="Leave Five Whys"),
        Binding("f3", "find", "find", id="library.find",
                tooltip="Find words in everything that was written, over all sessions"),
        Binding("escape", "clear", "all", show=False, id="library.all",
                tooltip="Leave the search and show all sessions"),
        Binding("f1,question_mark", "app.help", "help", id="library.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, first_page: list[SessionLine] | None) -> None:
        super().__init__()
        self._first_page = first_page
        self._waits = False
        self._first_hint = ""
        self._opening = ""
        """How far the history's opening is, while that takes long."""
        self._search_timer = self.set_timer(0, lambda: None, pause=True)
        self._searching = False
        """Letters are words to look for, even those that still reach the list: focus takes time."""

    def wait(self, words: str) -> None:
        """Take no command while another screen is about to come; an empty text ends that."""
        self._waits = bool(words)
        if self.is_mounted:
            self.hint(words)
        else:
            self._first_hint = words

    def opening(self, words: str) -> None:
        """Show how far the history's opening is; an empty text ends that.

        Until then no command is taken but to leave: one that waits for minutes would hold back all
        keys behind it.
        """
        if words or self._opening:
            self._opening = words
            self.hint(words)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but leaving works while another screen, or the history, is about to come."""
        return not (self._waits or self._opening) or action in ("app.quit", "quit", "app.help")

    @property
    def _app(self) -> "FiveWhysApp":
        return cast("FiveWhysApp", self.app)

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield Field(placeholder="search", id="search", select_on_focus=False)
        with Vertical(id="sessions-part"):
            yield Static(id="empty")
            yield SessionList(id="sessions")
        yield Preview(id="preview")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known already; the store follows."""
        self.query_one(TopBar).title = "Five Whys"
        self.query_one(SessionList).focus()
        self.hint(self._first_hint)
        if self._first_page is not None:
            self._show(self._first_page, complete=len(self._first_page) < PAGE)
        else:
            self.query_one("#empty", Static).update(Content("Opening the history …"))

    def on_screen_resume(self) -> None:
        """Coming back from a session shows it as it is now."""
        if self._app.store is not None:
            self.reload()

    @property
    def _words(self) -> str:
        return self.query_one(Input).value

    def reload(self) -> None:
        """Read the sessions again, as the search has it."""
        with self._app.telling():
            # Far down the list, all that was read is read again, so that the cursor stays.
            limit = PAGE + self.query_one(SessionList).cursor
            lines = self._app.opened_store().library(self._words, limit=limit)
            self._show(lines, complete=len(lines) < limit)
            if self._app.demo:
                self.hint("A throwaway copy with worked examples: try anything.")

    def _show(self, lines: list[SessionLine], *, complete: bool) -> None:
        self.query_one(SessionList).show(lines, complete=complete)
        empty = self.query_one("#empty", Static)
        empty.display = not lines
        if not lines and self._words:
            empty.update(Content(NOT_HERE))
        elif not lines:
            empty.update(Content("\n\n".join(EMPTY)))
        self._count()

    def _count(self) -> None:
        sessions = self.query_one(SessionList)
        count = f"{len(sessions.lines)}{'' if sessions.complete else '+'}"
        self.query_one(TopBar).saved = f"{count} session{'' if count == '1' else 's'}"

    def hint(self, words: str) -> None:
        """Say something in the reserved row, unless the person is just leaving."""
        for row in self.query(HintRow):
            row.hint = words

    # -- events

    @on(SessionList.MoreWanted)
    def _more(self, message: SessionList.MoreWanted) -> None:
        message.stop()
        sessions = self.query_one(SessionList)
        if self._app.store is None or sessions.complete or not sessions.lines:
            return
        with self._app.telling():
            last = sessions.lines[-1].number
            lines = self._app.opened_store().library(self._words, before=last, limit=PAGE)
            sessions.add(lines, complete=len(lines) < PAGE)
            self._count()

    @on(SessionList.Looked)
    def _looked(self, message: SessionList.Looked) -> None:
        message.stop()
        self.recolour()

    def recolour(self) -> None:
        """Make the preview in the colours of the theme."""
        self.query_one(Preview).show(self.query_one(SessionList).line)

    @on(SessionList.Opened)
    async def _opened(self, message: SessionList.Opened[SessionLine]) -> None:
        message.stop()
        if self._waits or self._opening:
            return
        self.wait(f"Opening {message.line.name} …")
        store = await self._app.store_ready()
        self.wait("")
        if store is not None:
            self.open(store, message.line.id)

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._search_timer.stop()
        self._search_timer = self.set_timer(SEARCH_SECONDS, self._search_now)

    def _search_now(self) -> None:
        if self._app.store is not None:
            self.query_one(SessionList).cursor = 0
            self.reload()

    @on(Input.Submitted, "#search")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._search_now()
        self.query_one(SessionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A letter that is no command begins a search; Down leaves it for the list."""
        search, sessions = self.query_one(Input), self.query_one(SessionList)
        if self._opening and event.is_printable:
            event.stop()
        elif search.has_focus and event.key == "down":
            event.stop()
            sessions.focus()
        elif (
            event.is_printable
            and event.character
            and (self._searching or (sessions.has_focus and event.key not in self.active_bindings))
        ):
            event.stop()
            self._searching = True
            search.focus()
            search.insert_text_at_cursor(event.character)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """In the list, letters are commands again."""
        if isinstance(event.widget, SessionList):
            self._searching = False

    # -- commands

    def open(self, store: "Store", key: UUID) -> None:
        """Open a session."""
        from fivewhys.screens.live import LiveScreen

        with self._app.telling():
            self.app.push_screen(LiveScreen(store, store.tree(key)))

    async def action_new(self) -> None:
        """Begin a new session."""
        self.wait("Opening the history …")
        store = await self._app.store_ready()
        self.wait("")
        if store is None:
            return
        from fivewhys.screens.details import DetailsScreen

        self.app.push_screen(DetailsScreen(store, None))

    async def action_follow_up(self) -> None:
        """Follow up the countermeasures of all sessions."""
        self.wait("Opening the history …")
        store = await self._app.store_ready()
        self.wait("")
        if store is None:
            return
        from fivewhys.screens.follow_up import FollowUpScreen

        self.app.push_screen(FollowUpScreen(store))

    async def action_find(self) -> None:
        """Find words in everything that was written."""
        self.wait("Opening the history …")
        store = await self._app.store_ready()
        self.wait("")
        if store is None:
            return
        from fivewhys.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(store, self._words))

    async def action_patterns(self) -> None:
        """Show what keeps coming back over all sessions."""
        self.wait("Opening the history …")
        store = await self._app.store_ready()
        self.wait("")
        if store is None:
            return
        from fivewhys.screens.patterns import PatternsScreen

        self.app.push_screen(PatternsScreen(store))

    async def action_review(self) -> None:
        """Review the history in figures."""
        self.wait("Opening the history …")
        store = await self._app.store_ready()
        self.wait("")
        if store is None:
            return
        from fivewhys.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(store))

    def action_search(self) -> None:
        """Type words to look for."""
        self.query_one(Input).focus()

    def action_clear(self) -> None:
        """Show all sessions again."""
        search = self.query_one(Input)
        search.value = ""
        self.query_one(SessionList).focus()

    async def action_export(self) -> None:
        """Write the Markdown of the session under the cursor."""
        line = self.query_one(SessionList).line
        store = await self._app.store_ready()
        if store is None or line is None:
            return
        from fivewhys.screens.writing import told, write_markdown

        with self._app.telling():
            tree = store.tree(line.id)
            path, page = write_markdown(tree, self._app.exports, store.shared(tree))
            for row in self.query(HintRow):
                row.tell_file(told(path))
            for problem in page.problems:
                self.notify(problem, severity="warning", timeout=15, markup=False)

    async def action_history(self) -> None:
        """Show what was done to the session under the cursor."""
        line = self.query_one(SessionList).line
        store = await self._app.store_ready()
        if store is None or line is None:
            return
        from fivewhys.screens.session_history import SessionHistoryScreen

        with self._app.telling():
            self.app.push_screen(SessionHistoryScreen(store, store.tree(line.id)))

    async def action_delete(self) -> None:
        """Delete the session under the cursor."""
        line = self.query_one(SessionList).line
        store = await self._app.store_ready()
        if store is None or line is None:
            return
        from fivewhys.models.commands import DeleteSession

        with self._app.telling():
            store.apply(store.tree(line.id), DeleteSession())
            self.reload()
            self.hint(f"Deleted {line.name}. u brings it back.")

    async def action_undo(self) -> None:
        """Bring back the session that was deleted last."""
        store = await self._app.store_ready()
        if store is None:
            return
        from fivewhys.models.commands import RestoreSession

        with self._app.telling():
            key = store.last_deleted()
            if key is None:
                self.hint("No deleted session is left to bring back.")
                return
            tree = store.apply(store.tree(key), RestoreSession())
            self.reload()
            self.hint(f"{tree.session.name} is back.")
