"""Search over everything that people wrote, as one types; what is similar in meaning follows.

Both are read in threads: a letter never waits for what is found.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from fivewhys.models.found import Found
from fivewhys.reports.search_words import EVERYWHERE, Within
from fivewhys.screens import patterns_asks
from fivewhys.screens.asking import ask
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.follow_view import REST_SECONDS, SEARCH_SECONDS, SearchField
from fivewhys.screens.found_lines import (
    BEGIN,
    LOOKING,
    NONE_ALIKE,
    TOO_SHORT,
    Line,
    lines_of,
    nothing,
)
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.look import take_size
from fivewhys.screens.memories import Remembers
from fivewhys.screens.rest import Rest
from fivewhys.screens.seen_words import SeenBefore
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.found_list import FoundList
from fivewhys.screens.widgets.found_text import found_text
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.store.store import Store

MOST = 30
"""Answers that are shown: who does not find it among these types another word."""

SIMILAR = 5
"""Causes that are shown because they are similar in meaning."""

AGAIN_SECONDS = 1.0
"""How soon to ask again for what is similar while the history is still being read."""

LEAST_LETTERS = 8
"""Letters from which on something has a meaning that can be similar."""


class WordsField(SearchField):
    """The words that are looked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.hits", "hits", id="words.hits",
                tooltip="Go from the words to what was found"),
    ]  # fmt: skip

    def key_words(self, binding: Binding) -> str:
        """The way to what was found is told where there is something."""
        return binding.description if self.screen.query_one(FoundList).lines else ""


class SearchScreen(HistoryScreen):
    """Type words; what has all of them stands below, the best first. Enter goes there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f3", "search", "words", id="search.words",
                tooltip="Type other words; letters begin that too"),
        Binding("f4", "place", "place", id="search.place",
                tooltip="Look only at one site, or everywhere; it stays so until you leave"),
        Binding("f5", "since", "since", id="search.since",
                tooltip="Look only at sessions since a day, or at all; it stays so too"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="search.read_on",
                tooltip="Scroll what is told of the line"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="search.read_back",
                tooltip="Scroll what is told of the line"),
        Binding("escape", "clear", "back", id="search.back",
                tooltip="Take the words away; then go back to where you came from"),
        Binding("f1,question_mark", "app.help", "help", id="search.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", words: str = "") -> None:
        super().__init__(store)
        self.today = local_today()
        self._words = words
        self._found: list[Found] = []
        self._alike: tuple[SeenBefore, ...] = ()
        self._alike_words = ""
        """How it is with what is similar where nothing has the words."""
        self._searching, self._comparing = NewestRead(self), NewestRead(self)
        self._sites_read = NewestRead(self)
        self._typing = Rest(self, self._search)
        self._resting = Rest(self, self.recolour)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield WordsField(
            self._words, placeholder="what are you looking for?", id="search", select_on_focus=False
        )
        with Container(id="search-parts"):
            with Vertical(id="found-part"):
                yield Static(id="empty")
                yield FoundList(id="found")
            yield TextPane(id="found-text")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin where one types."""
        field = self.query_one(SearchField)
        field.cursor_blink = False
        self.set_focus(field)
        self._search()
        self.keys_in_order.begin()

    @property
    def listed(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    @property
    def memory(self) -> Remembers | None:
        """The memory of all sessions."""
        return self.program.memory

    @property
    def within(self) -> Within:
        """Where is searched: as it was narrowed last, until the program ends."""
        return self.program.searched_within or EVERYWHERE

    # -- reading

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._typing.begin(SEARCH_SECONDS)

    def _search(self) -> None:
        """Look for the words that stand there now."""
        words = clean(self.query_one(SearchField).value)
        if words != self._words or not words:
            self._words = words
            self._forget_alike()
        if not words:
            self._searching.forget()
            self._take([], from_top=True)
            return
        if not self.listed.lines:
            self._say("Looking …")
        self._read(from_top=True)

    def _forget_alike(self) -> None:
        self._alike, self._alike_words = (), ""
        self._comparing.forget()

    def _read(self, *, from_top: bool) -> None:
        words, store, within = self._words, self.store, self.within

        def take(found: list[Found]) -> None:
            self._take(found, from_top=from_top)
            self._compare(words)

        self._searching.ask(
            lambda: store.search(words, limit=MOST, site=within.site, since=within.since), take
        )

    def _compare(self, words: str) -> None:
        """What is similar comes when it comes, below what is there already."""
        memory, within = self.memory, self.within
        if memory is None or words != self._words:
            return
        if len(words) < LEAST_LETTERS:
            self._show_alike((), TOO_SHORT)
            return

        def take(alike: list[SeenBefore]) -> None:
            is_current = memory.is_current
            self._show_alike(tuple(alike), NONE_ALIKE if is_current else LOOKING)
            if not is_current:
                self.set_timer(AGAIN_SECONDS, lambda: self._compare(words))

        def read() -> list[SeenBefore]:
            # Those elsewhere are left out of what was found, so that more have to be.
            most = SIMILAR if within == EVERYWHERE else MOST
            found = memory.similar(words, most)
            return [seen for seen in found if seen.context.session in within][:SIMILAR]

        self._show_alike(self._alike, self._alike_words or LOOKING)
        self._comparing.ask(read, take)

    def _show_alike(self, alike: tuple[SeenBefore, ...], words: str) -> None:
        if (alike, words) != (self._alike, self._alike_words):
            self._alike, self._alike_words = alike, words
            self._show(from_top=False)

    def read_again(self) -> None:
        """Look for the same words once more; the cursor stays."""
        if self._words:
            self._read(from_top=False)

    # -- drawing

    def _take(self, found: list[Found], *, from_top: bool) -> None:
        self._found = found
        self._show(from_top=from_top)

    def _show(self, *, from_top: bool) -> None:
        self.listed.show(lines_of(self._found, self._alike), from_top=from_top)
        count = len(self._found)
        more = "+" if count == MOST else ""
        bar = self.query_one(TopBar)
        bar.title = f"Search{self.within.words}"
        bar.saved = f"{count}{more} found" if self._words else ""
        told = nothing(self.within, self._alike_words) if self._words else "\n\n".join(BEGIN)
        self._say("" if self.listed.lines else told)
        if self._alike and not self._found:
            self.hint("Nothing has all of these words; these causes say nearly the same.")
        else:
            self.hint("")
        self.refresh_bindings()
        self._resting.begin(REST_SECONDS)

    def _say(self, words: str) -> None:
        empty = self.query_one("#empty", Static)
        empty.display = bool(words)
        empty.update(Content(words))

    @on(FoundList.Looked)
    def _looked(self, message: FoundList.Looked) -> None:
        message.stop()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the line anew."""
        self._resting.end()
        pane = self.query_one("#found-text", TextPane)
        pane.show(found_text(pane, self.listed.found, self.today))

    def on_resize(self) -> None:
        """Another width has room for more."""
        self.recolour()

    # -- keys

    @on(Input.Submitted, "#search")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        if clean(message.value) != self._words:
            self._typing.end()
            self._search()
        self.set_focus(self.listed)

    @on(FoundList.Opened)
    def _opened(self, message: FoundList.Opened[Line]) -> None:
        message.stop()
        line = self.listed.found
        if line is not None:
            self.was_away = True
            visit(self, self.store, line.context.session.id, line.cause)

    def action_hits(self) -> None:
        """Leave the words for what was found."""
        self.set_focus(self.listed)

    def action_search(self) -> None:
        """Type other words."""
        self.set_focus(self.query_one(SearchField))

    def action_place(self) -> None:
        """Choose the site that is looked at."""

        def choose(sites: list[str]) -> None:
            question = patterns_asks.ask_site(dict.fromkeys(sites, ""), self.within.site)
            ask(self, question, lambda site: self._narrow(replace(self.within, site=site)))

        self._sites_read.ask(lambda: self.store.suggestions("site"), choose)

    def action_since(self) -> None:
        """Choose since when."""
        question = patterns_asks.ask_since(self.within.since, self.today)
        ask(self, question, lambda day: self._narrow(replace(self.within, since=day)))

    def _narrow(self, within: Within) -> None:
        self.program.searched_within = within
        self._forget_alike()
        self._search()
        self._show(from_top=True)

    def action_clear(self) -> None:
        """Take the words away; where there are none, go back."""
        field = self.query_one(SearchField)
        if not field.value:
            self.dismiss()
            return
        field.value = ""
        self.set_focus(field)
        self._typing.end()
        self._search()

    def on_key(self, event: events.Key) -> None:
        """A letter that is no command goes to the words."""
        field = self.query_one(SearchField)
        if (
            self.focused is self.listed
            and event.is_printable
            and event.character
            and event.key not in self.active_bindings
        ):
            event.stop()
            self.set_focus(field)
            field.insert_text_at_cursor(event.character)

    def action_read(self, by: int) -> None:
        """Scroll what is told of the line."""
        self.query_one("#found-text", TextPane).read(by)
