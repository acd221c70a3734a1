"""The history of one session: who changed what when, newest first, with the wording before."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from fivewhys.models.history import is_about
from fivewhys.models.tree import Tree
from fivewhys.reports.history import NOBODY, Entry, entry
from fivewhys.screens.asking import Offer, Pick, ask
from fivewhys.screens.attempting import attempt
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import moment_text
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.history_lines import Line, by_day, day_of
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.look import take_size
from fivewhys.screens.rest import Rest
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.choices import Choice
from fivewhys.screens.widgets.history_list import HistoryList
from fivewhys.screens.widgets.history_text import change_text
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.store.looking_back import WayBack
    from fivewhys.store.store import Store

FIRST_PAGE = 100
"""Lines of the journal read before anything is shown."""

PAGE = 400
"""Lines read at a time as one goes back, in a thread."""

WANTED = 60
"""Entries that a narrowed list reads on for, as far back as it takes."""

REST_SECONDS = 0.04
"""What differs is told once the cursor rests."""

_KEYS = "123456789"

NOTHING = "Nothing here is like that. Esc shows everything that was done."


class SessionHistoryScreen(HistoryScreen):
    """Lists what was done to the session of `tree`, and goes from it to the causes.

    `cause` is the one that is looked at first. With `go`, that says where Enter leads and this
    screen closes; without it the session is opened in front.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cause", "its cause", id="history.cause",
                tooltip="Show only what is about the cause of this change, or all again"),
        Binding("p", "person", "whose", id="history.person",
                tooltip="Show only what one person did"),
        Binding("escape", "clear", "all", show=False, id="history.all",
                tooltip="Show everything that was done; then go back"),
        Binding("q", "back", "back", id="history.back", tooltip="Back to where you came from"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="history.read_on",
                tooltip="Scroll what is told of the change"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="history.read_back",
                tooltip="Scroll what is told of the change"),
        Binding("f1,question_mark", "app.help", "help", id="history.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(
        self,
        store: "Store",
        tree: Tree,
        cause: UUID | None = None,
        go: Callable[[UUID], None] | None = None,
    ) -> None:
        super().__init__(store)
        self.today = local_today()
        self._tree = tree
        self._go = go
        self.who: str | None = None
        """Whose changes are shown; None for everybody's."""
        self.cause = cause
        """The cause that changes are about; None for all."""
        self._way = store.way_back(tree)
        self._lines_read = 0
        """Lines of the journal that were read, whatever is shown of them."""
        self._reads = NewestRead(self)
        self._resting = Rest(self, self.recolour)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with Container(id="history-parts"):
            with Vertical(id="changes-part"):
                yield Static(id="empty")
                yield HistoryList(id="changes")
            yield TextPane(id="change")
        yield HintRow()
        yield KeyBar()

    @property
    def listed(self) -> HistoryList:
        """What was done."""
        return self.query_one(HistoryList)

    def on_mount(self) -> None:
        """Show the newest page at once."""
        self.set_focus(self.listed)
        self._show_place()
        way = self._way
        attempt(self, lambda: self._take(way, self._page(way, FIRST_PAGE), FIRST_PAGE), self.hint)
        self.keys_in_order.begin()

    # -- reading

    def _page(self, way: "WayBack", lines: int) -> list[Entry]:
        """What is to be shown of the next lines, in sentences."""
        who, cause = self.who, self.cause
        return [entry(one, moment_text) for one in way.go(lines) if is_about(one, who, cause)]

    def _take(self, way: "WayBack", found: list[Entry], lines: int) -> None:
        """Show the newest page of a way back; a narrowed list may need more of them."""
        self._way, self._lines_read = way, lines
        self.today = local_today()
        self.listed.show([*by_day(found)], self.today)
        self._say_if_empty()
        self._read_on_if_few()

    def _read_on_if_few(self) -> None:
        if len(self.listed.lines) < WANTED:
            # What was asked last is at its end only after this.
            self.call_after_refresh(self._read_on)

    def _say_if_empty(self) -> None:
        empty = self.query_one("#empty", Static)
        empty.display = not self.listed.lines
        empty.update(Content(NOTHING if self._way.is_at_start else "Looking …"))

    @on(HistoryList.MoreWanted)
    def _more(self, message: HistoryList.MoreWanted) -> None:
        message.stop()
        self._read_on()

    def _read_on(self) -> None:
        way = self._way
        if way.is_at_start or self._reads.works:
            return

        def take(found: list[Entry]) -> None:
            self._lines_read += PAGE
            shown = self.listed.lines
            last = shown[-1] if shown else None
            lines = [*by_day(found, day_of(last) if isinstance(last, Entry) else None)]
            if shown:
                self.listed.append(lines)
            else:
                self.listed.show(lines, self.today)
            self._say_if_empty()
            self._read_on_if_few()

        self._reads.ask(lambda: self._page(way, PAGE), take)

    def _begin_again(self, lines: int = FIRST_PAGE) -> None:
        """Go back anew, over at least `lines` lines, from the session as it is now."""
        now = self._tree

        def read() -> tuple[Tree, "WayBack", list[Entry], int]:
            tree = self.store.refresh(now)
            way = self.store.way_back(tree)
            count = max(FIRST_PAGE, lines)
            return tree, way, self._page(way, count), count

        def take(found: tuple[Tree, "WayBack", list[Entry], int]) -> None:
            self._tree, way, entries, count = found
            self._show_place()
            self._take(way, entries, count)

        self._reads.ask(read, take)

    def read_again(self) -> None:
        """Read what others did since; the cursor stays where it is."""
        self._begin_again(self._lines_read)

    # -- drawing

    def _show_place(self) -> None:
        cause = self._tree.causes.get(self.cause) if self.cause else None
        told = [f"{self._tree.session.name}  History"]
        if self.who is not None:
            told.append(self.who or NOBODY)
        if self.cause is not None:
            told.append(f"“{excerpt(cause.text)}”" if cause else "a cause that is gone")
        self.query_one(TopBar).title = f" {self.program.marks.bullet} ".join(told)

    @on(HistoryList.Looked)
    def _looked(self, message: HistoryList.Looked) -> None:
        message.stop()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the change anew."""
        self._resting.end()
        pane = self.query_one("#change", TextPane)
        pane.show(change_text(pane, self._entry, self.today))

    @property
    def _entry(self) -> Entry | None:
        line = self.listed.line
        return line if isinstance(line, Entry) else None

    # -- keys

    @on(HistoryList.Opened)
    def _opened(self, message: HistoryList.Opened[Line]) -> None:
        message.stop()
        found = message.line
        if not isinstance(found, Entry):
            return
        about = [*([found.cause] if found.cause else []), *sorted(found.causes)]
        here = [key for key in about if key in self._tree.causes]
        if not here:
            gone = "It is about the session, not about a cause."
            self.hint("That cause is not in the tree any more." if found.causes else gone)
            return
        if self._go is not None:
            self.dismiss()
            self._go(here[0])
            return
        self.was_away = True
        visit(self, self.store, self._tree.session.id, here[0])

    def action_cause(self) -> None:
        """Show only what is about the cause of the change under the cursor, or all again."""
        found = self._entry
        if self.cause is not None:
            self._narrow(self.who, None)
        elif found is None or found.cause is None:
            self.hint("That is about the session, not about a cause.")
        else:
            self._narrow(self.who, found.cause)

    def action_person(self) -> None:
        """Choose whose changes are shown."""
        attempt(self, lambda: self._ask_person(self._way.people()), self.hint)

    def _ask_person(self, people: list[str]) -> None:
        everybody = Choice("0", "everybody", is_chosen=self.who is None)
        offers: list[Offer[str | None]] = [Offer(everybody, None)]
        for place, name in enumerate(people):
            key = _KEYS[place] if place < len(_KEYS) else ""
            choice = Choice(key, name or "nobody named", is_chosen=self.who == name)
            offers.append(Offer(choice, name))
        ask(self, Pick("Whose changes?", lambda _: offers), self._show_person)

    def _show_person(self, who: str | None) -> None:
        self._narrow(who, self.cause)

    def _narrow(self, who: str | None, cause: UUID | None) -> None:
        """Show only what this person did about this cause."""
        self.who, self.cause = who, cause
        self.hint("")
        self._show_place()
        self._begin_again()

    def action_clear(self) -> None:
        """Show everything; where that is shown, go back."""
        if self.who is None and self.cause is None:
            self.dismiss()
        else:
            self._narrow(None, None)

    def action_read(self, by: int) -> None:
        """Scroll what is told of the change."""
        self.query_one("#change", TextPane).read(by)
