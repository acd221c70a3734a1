"""The sessions behind a figure of the review: a list from which one opens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from fivewhys.models.values import SessionLine
from fivewhys.screens.background import NewestRead
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.library import Preview
from fivewhys.screens.look import take_size
from fivewhys.screens.review_lines import sessions
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.session_list import SessionList

if TYPE_CHECKING:
    from fivewhys.store.store import Store

PAGE = 60
"""Sessions read at a time: more than the tallest window has rows."""

GONE = "They were deleted meanwhile."


class Behind(InOrder, SessionList):
    """The sessions behind a figure."""


class ReviewSessions(HistoryScreen):
    """Lists the sessions with these numbers, the newest first; `title` says what they have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", id="review_sessions.back",
                tooltip="Back to the figures"),
        Binding("f3", "find", "find", show=False, id="review_sessions.find",
                tooltip="Find words in everything that was written, over all sessions"),
        Binding("f1,question_mark", "app.help", "help", id="review_sessions.help",
                tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", numbers: Sequence[int], title: str) -> None:
        super().__init__(store)
        self._numbers = sorted(numbers, reverse=True)
        self._title = title
        self._asked = 0
        """How many of the numbers were asked for; those of deleted sessions have no line."""
        self.has_news = False
        """Whether a session was opened here, or somebody changed the history meanwhile."""
        self._read = NewestRead(self)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with Vertical(id="behind-part"):
            yield Behind(id="behind")
        yield Preview(id="preview")
        yield HintRow()
        yield KeyBar()

    @property
    def listed(self) -> Behind:
        """The sessions."""
        return self.query_one(Behind)

    def on_mount(self) -> None:
        """Show the newest."""
        bar = self.query_one(TopBar)
        bar.title, bar.saved = self._title, sessions(len(self._numbers))
        self.set_focus(self.listed)
        self.hint("Reading …")
        self._ask_for(PAGE)

    # -- reading

    def _ask_for(self, count: int) -> None:
        """Read the first `count` sessions anew."""
        numbers = self._numbers[:count]

        def take(found: list[SessionLine]) -> None:
            self._asked = len(numbers)
            self.hint("" if found else GONE)
            self.listed.show(found, complete=self._asked == len(self._numbers))

        self._read.ask(lambda: self.store.reviewing.lines(numbers, len(numbers)), take)
        self.keys_in_order.begin()

    def read_again(self) -> None:
        """Show the sessions as they are now."""
        self.has_news = True
        self._ask_for(max(self._asked, PAGE))

    @on(SessionList.MoreWanted)
    def _more(self, message: SessionList.MoreWanted) -> None:
        message.stop()
        numbers = self._numbers[self._asked : self._asked + PAGE]
        if not numbers or self._read.works:
            return

        def take(found: list[SessionLine]) -> None:
            self._asked += len(numbers)
            self.listed.add(found, complete=self._asked == len(self._numbers))

        self._read.ask(lambda: self.store.reviewing.lines(numbers, len(numbers)), take)

    # -- drawing

    @on(SessionList.Looked)
    def _looked(self, message: SessionList.Looked) -> None:
        message.stop()
        self.recolour()

    def recolour(self) -> None:
        """Make the whole problem below the list anew."""
        self.query_one(Preview).show(self.listed.line)

    # -- keys

    @on(SessionList.Opened)
    def _opened(self, message: SessionList.Opened[SessionLine]) -> None:
        message.stop()
        self.was_away = self.has_news = True
        visit(self, self.store, message.line.id, None)
