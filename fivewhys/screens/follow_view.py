"""What the follow-up shows: a view of all sessions' countermeasures, read a page at a time.

It owns which view is shown, what it is narrowed to, and what was read; what takes longer than a key
may is read in a thread. Which key does what to a line is not known here (`follow_up.py`).
"""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from fivewhys.models.follow_up import ActionLine, Filter, ToTell, View
from fivewhys.screens.asking import AskLine
from fivewhys.screens.attempting import attempt
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.follow_lines import EMPTY, VIEWS, Line, Shown, key_of, with_kept
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.look import take_size
from fivewhys.screens.rest import Rest
from fivewhys.screens.widgets.action_list import ActionList
from fivewhys.screens.widgets.action_text import action_text
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.field import Field
from fivewhys.screens.widgets.follow_bar import MOST, FollowBar
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.lines import TextPane

if TYPE_CHECKING:
    from fivewhys.store.store import Store

FIRST_PAGE = 50
"""Lines read before anything is shown: more than the tallest window has room for."""

PAGE = 100
"""Lines read at a time as one goes down, in a thread."""

SEARCH_SECONDS = 0.12
"""A search begins this long after the last key."""

REST_SECONDS = 0.04
"""What is known of a line is told once the cursor rests on it: wrapping it anew with every key
takes longer than moving the cursor."""

SLOW: tuple[Shown, ...] = (View.NO_EFFECT, None)
"""Views of which a page may take longer than a key: they are read in a thread."""


class SearchField(InOrder, Field):
    """Words to look for."""


class FollowView(HistoryScreen):
    """One view of the follow-up, drawn from the lines that were read."""

    def __init__(self, store: "Store", narrowed: Filter | None = None) -> None:
        super().__init__(store)
        self.today = local_today()
        self.view: Shown = VIEWS[0]
        self.narrowed = narrowed or Filter()
        self.kept: dict[UUID, Line] = {}
        """What was changed here: it stays in sight until another view is shown."""
        self.names: dict[str, list[str]] = {"owner": [], "site": [], "department": []}
        """Owners and places of the history, once they are read."""
        self._lines_read, self._counts_read = NewestRead(self), NewestRead(self)
        self._names_read = NewestRead(self)
        self._counts: dict[Shown, int] = {}
        self._to_count: list[Shown] = []
        self._last: Line | None = None
        """The last line that was read, as it was then: the next page begins after it."""
        self._complete = False
        self._resting = Rest(self, self.recolour)
        self._typing = Rest(self, self.search_now)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield FollowBar(id="views")
        yield SearchField(
            self.narrowed.words, placeholder="search", id="search", select_on_focus=False
        )
        with Container(id="follow-parts"):
            with Vertical(id="actions-part"):
                yield Static(id="empty")
                yield ActionList(id="actions")
            yield TextPane(id="action")
        yield HintRow()
        yield KeyBar()

    @property
    def actions(self) -> ActionList:
        """The lines of the view."""
        return self.query_one(ActionList)

    def on_mount(self) -> None:
        """Show the first view; its counts follow."""
        self.query_one(SearchField).cursor_blink = False
        self.set_focus(self.actions)
        self.load()
        # The lines are on the screen before anything else is read.
        self.call_after_refresh(self.count)
        self.call_after_refresh(self._read_names)
        self.keys_in_order.begin()

    def came_back(self) -> None:
        """Show what was done elsewhere, and the names that came with it."""
        self.read_again()
        self._read_names()

    # -- reading

    def _read(self, after: Line | None, limit: int) -> list[Line]:
        view, narrowed, today = self.view, self.narrowed, self.today
        if view is None:
            last = after if isinstance(after, ToTell) else None
            return [*self.store.to_tell(narrowed, last, limit)]
        last_line = after if isinstance(after, ActionLine) else None
        return [*self.store.follow_up(view, today, narrowed, last_line, limit)]

    def load(self, *, keep_lines: bool = False) -> None:
        """Show the view from its top; `keep_lines` shows what was there until it is read."""
        self.today = local_today()
        self.kept.clear()
        self._show_place()
        if self.view in SLOW or self.narrowed != Filter():
            if not keep_lines:
                self._take([], 1, said="Looking …")
            self._lines_read.ask(
                lambda: self._read(None, FIRST_PAGE), lambda found: self._take(found, FIRST_PAGE)
            )
        else:
            self._lines_read.forget()
            attempt(self, lambda: self._take(self._read(None, FIRST_PAGE), FIRST_PAGE), self.hint)

    def _take(self, found: list[Line], limit: int, said: str = "") -> None:
        self._last, self._complete = found[-1] if found else None, len(found) < limit
        self.actions.show(found, self.today, from_top=True)
        self._say_if_empty(said)

    def _say_if_empty(self, said: str = "") -> None:
        empty = self.query_one("#empty", Static)
        empty.display = not self.actions.lines
        narrowed = self.narrowed != Filter()
        nothing = "Nothing here is like that. Esc lists all." if narrowed else EMPTY[self.view]
        empty.update(Content(said or nothing))

    def read_again(self) -> None:
        """Read what is shown once more; the cursor stays, and so does what was changed here."""
        self.today = local_today()
        limit = max(FIRST_PAGE, len(self.actions.lines))

        def take(found: list[Line]) -> None:
            self._last, self._complete = found[-1] if found else None, len(found) < limit
            lines = with_kept(found, self.kept, self.actions.lines)
            self.actions.show(lines, self.today)
            self._say_if_empty()

        self._lines_read.ask(lambda: self._read(None, limit), take)
        self.count()

    def keep(self, line: Line) -> None:
        """Show a line as it is now, in its place."""
        self.kept[key_of(line)] = line
        self.actions.replace(line)

    def drop(self, lines: list[Line]) -> None:
        """Show these lines no longer."""
        gone = {key_of(line) for line in lines}
        for key in gone:
            self.kept.pop(key, None)
        if gone:
            left = [line for line in self.actions.lines if key_of(line) not in gone]
            self.actions.show(left, self.today)
            self._say_if_empty()

    @on(ActionList.MoreWanted)
    def _more(self, message: ActionList.MoreWanted) -> None:
        message.stop()
        last = self._last
        if self._complete or last is None or self._lines_read.works:
            return

        def take(found: list[Line]) -> None:
            self._last = found[-1] if found else last
            self._complete = len(found) < PAGE
            known = {key_of(line) for line in self.actions.lines}
            self.actions.append([line for line in found if key_of(line) not in known])

        self._lines_read.ask(lambda: self._read(last, PAGE), take)

    def count(self) -> None:
        """Count every view, one after the other, the one that is shown first."""
        views = [self.view, *(view for view in VIEWS if view != self.view)]
        # The one that is being counted now may have changed meanwhile.
        under_way = self._to_count[:1]
        waiting = self._to_count[1:]
        self._to_count += [view for view in views if view not in waiting]
        if not under_way or not self._counts_read.works:
            self._count_next()

    def _count_next(self) -> None:
        if not self._to_count:
            return
        view, narrowed, today = self._to_count[0], self.narrowed, self.today

        def count() -> int:
            if view is None:
                return len(self.store.to_tell(narrowed, None, MOST))
            return self.store.how_many(view, today, narrowed)

        def take(number: int) -> None:
            self._counts[view] = number
            self._to_count.pop(0)
            self.query_one(FollowBar).show(self.view, self._counts)
            self._count_next()

        self._counts_read.ask(count, take)

    # -- drawing

    def _show_place(self) -> None:
        """Say which view this is and what it is narrowed to."""
        narrowed = self.narrowed
        told = [narrowed.owner, narrowed.site, narrowed.department]
        words = f" {self.program.marks.bullet} ".join(["Follow-up", *filter(None, told)])
        self.query_one(TopBar).title = words
        self.query_one(FollowBar).show(self.view, self._counts)

    @on(ActionList.Looked)
    def _looked(self, message: ActionList.Looked) -> None:
        message.stop()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the line anew."""
        self._resting.end()
        pane = self.query_one("#action", TextPane)
        is_short = self.size.width < 100
        pane.show(action_text(pane, self.actions.line, self.today, is_short=is_short))

    def on_resize(self) -> None:
        """A wide window has room for all that is known of a line."""
        self.recolour()

    # -- views and what they are narrowed to

    def action_view(self, by: int) -> None:
        """Show the next view, or the one before."""
        self._show_view(VIEWS[(VIEWS.index(self.view) + by) % len(VIEWS)])

    def action_show(self, place: int) -> None:
        """Show the view at `place`."""
        self._show_view(VIEWS[place])

    @on(FollowBar.Picked)
    def _picked(self, message: FollowBar.Picked[Shown]) -> None:
        message.stop()
        self._show_view(message.view)

    def _show_view(self, view: Shown) -> None:
        self.view = view
        self.hint("")
        self.load()

    def narrow(self, narrowed: Filter) -> None:
        """List only what `narrowed` says; its counts come anew."""
        if narrowed == self.narrowed:
            return
        self.narrowed = narrowed
        self._counts.clear()
        self._to_count.clear()
        self.load(keep_lines=True)
        self.count()

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._typing.begin(SEARCH_SECONDS)

    def search_now(self) -> None:
        """List what has the words that are typed."""
        self.narrow(replace(self.narrowed, words=self.query_one(SearchField).value))

    @on(Input.Submitted, "#search")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.search_now()
        self.set_focus(self.actions)

    def _read_names(self) -> None:
        def read() -> dict[str, list[str]]:
            return {column: self.store.suggestions(column) for column in self.names}

        def take(found: dict[str, list[str]]) -> None:
            # A question that is asked at this moment has these very lists.
            for column, names in found.items():
                self.names[column][:] = names
            asked = self.app.screen
            if isinstance(asked, AskLine):
                asked.look_again()

        self._names_read.ask(read, take)
