"""The time line of one cause over all sessions: each time it was found, what was done between.

What people decided and equal words come first; what the program finds alike follows as soon as the
history is read.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from fivewhys.patterns.findings.moments import Checked, Done, Moment, TimeLine
from fivewhys.reports import patterns_words as words
from fivewhys.reports import time_line as told
from fivewhys.screens import knowing
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.look import shown, take_size
from fivewhys.screens.reading_screen import ReadingScreen
from fivewhys.screens.rest import Rest
from fivewhys.screens.time_reading import found_by_people, line_of, write_time_line
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.time_list import TimeList
from fivewhys.screens.widgets.work_pane import WorkPane
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.patterns.overlay import Map
    from fivewhys.store.store import Store

REST_SECONDS = 0.04
"""What is known of a moment is told once the cursor rests on it."""


class TimeLineScreen(ReadingScreen):
    """Shows the time line of the cause `key`.

    Without `graph`, what is decided comes first and the rest once the history is read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "confirmed", "confirmed", id="time.confirmed",
                tooltip="Show only what is confirmed, or suggestions too"),
        Binding("e", "export", "Markdown", id="time.export",
                tooltip="Write the time line as Markdown into the exports folder"),
        Binding("space", "pause", "pause", show=False, id="time.pause",
                tooltip="Pause the reading of the history, or go on with it"),
        Binding("x", "leave_work", "leave it", show=False, id="time.leave",
                tooltip="Wait no longer for what is being read"),
        Binding("f5", "again", "look again", show=False, id="time.again", tooltip="Look again"),
        Binding("escape,q", "back", "back", id="time.back", tooltip="Back to where you came from"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="time.read_on",
                tooltip="Scroll what is told of the moment"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="time.read_back",
                tooltip="Scroll what is told of the moment"),
        Binding("f1,question_mark", "app.help", "help", id="time.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(
        self,
        store: "Store",
        key: UUID | str,
        graph: "Map | None" = None,
        *,
        confirmed_only: bool = False,
    ) -> None:
        super().__init__(store)
        self.today: date = local_today()
        self._key = str(key)
        self._graph = graph
        self._confirmed_only = confirmed_only
        self._line: TimeLine | None = None
        self._is_read = False
        self._writing = NewestRead(self)
        self._resting = Rest(self, self.recolour)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with Container(id="time-parts"):
            with Vertical(id="time-part"):
                yield WorkPane(id="time-work")
                yield TimeList(id="times")
            yield TextPane(id="time")
        yield HintRow()
        yield KeyBar()

    @property
    def listed(self) -> TimeList:
        """The moments."""
        return self.query_one(TimeList)

    def on_mount(self) -> None:
        """Begin with what is known."""
        self.query_one(TopBar).title = "Time line"
        self.set_focus(self.listed)
        if self._graph is not None:
            self._read_from(self._graph)
        else:
            self.read(self._by_people, self._take_first)
        self.begin_keys()

    # -- reading

    def begin(self, *, quietly: bool = False) -> None:
        """Look in the history as it is now."""
        memory, line_of = self.memory, self._line_of()

        def read(tell: Tell) -> Any:
            graph = knowing.read_map(memory, tell)
            return graph, line_of(graph)

        self.read(read, self._take, quietly=quietly)

    def _read_from(self, graph: "Map") -> None:
        line_of = self._line_of()
        self.read(lambda _: (graph, line_of(graph)), self._take)

    def _line_of(self) -> "Callable[[Map], TimeLine | None]":
        """Makes the time line from a map; None where the cause is not on it. For a thread."""
        return partial(line_of, self.store, self._key, confirmed_only=self._confirmed_only)

    def _by_people(self, tell: Tell) -> Any:
        tell(Stage("Reading what is decided …"))
        graph = found_by_people(self.store, UUID(self._key))
        return graph, line_of(self.store, self._key, graph, confirmed_only=self._confirmed_only)

    def _take_first(self, found: Any) -> None:
        self._take(found)
        self.begin()

    def read_again(self) -> None:
        """Look again, without a word."""
        if self._is_read:
            self.begin(quietly=True)

    def _take(self, found: Any) -> None:
        self._graph, self._line = found
        self._is_read = True
        moments: tuple[Moment, ...] = self._line.moments if self._line else ()
        title = f" {self.program.marks.bullet} "
        told_of = excerpt(self._line.text) if self._line else ""
        self.query_one(TopBar).title = title.join(filter(None, ("Time line", told_of)))
        self.listed.put(list(moments))
        self.tell_stage()

    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Where something is shown already, the first row says how far the rest is."""
        bar, pane = self.query_one(TopBar), self.query_one(WorkPane)
        has_lines = bool(self.listed.lines)
        bar.saved = stage.words if stage is not None and has_lines else self._count()
        pane.display = not has_lines
        if not has_lines:
            pane.show(stage, said or (told.NOT_THERE if self._is_read else ""))

    def _count(self) -> str:
        return words.count(len(self._line.found), "session") if self._line else ""

    # -- drawing

    @on(TimeList.Looked)
    def _looked(self, message: TimeList.Looked) -> None:
        message.stop()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the moment anew."""
        self._resting.end()
        pane, line, moment = self.query_one("#time", TextPane), self._line, self.listed.line
        palette = pane.palette
        text = Text(overflow="fold")
        if line is None or moment is None:
            pane.show(text)
            return
        quiet, plain = palette.style("quiet"), palette.style("text")
        text.append(f"{shown(told.head(moment))}\n", palette.style("text", bold=True))
        text.append(f"{told.when(moment)}\n", quiet)
        for point in told.points(moment, ""):
            text.append(f"{shown(point)}\n", plain)
        text.append("\nThe whole line\n", palette.style("quiet", bold=True))
        bullet = f" {pane.marks.bullet} "
        text.append(f"{bullet.join(told.summary(line))}\n", plain)
        text.append(f"{told.ending(line, self.today)}\n", plain)
        if not line.is_confirmed:
            text.append(f"\n{words.LEGEND}", quiet)
        text.rstrip()
        pane.show(text)

    # -- keys

    @on(TimeList.Opened)
    def _opened(self, message: TimeList.Opened[Moment]) -> None:
        message.stop()
        moment = message.line
        self.was_away = True
        if isinstance(moment, Done | Checked):
            deed = moment.tried.deed
            visit(self, self.store, moment.tried.session.id, deed.cause_id)
        else:
            visit(self, self.store, moment.seen.session.id, moment.seen.cause.id)

    def action_confirmed(self) -> None:
        """Show only what is confirmed, or suggestions too."""
        self._confirmed_only = not self._confirmed_only
        only = "Only what is confirmed." if self._confirmed_only else "Suggestions too."
        self.hint(only)
        if self._graph is not None and not self.is_reading:
            self._read_from(self._graph)
        else:
            self.begin()

    def action_export(self) -> None:
        """Write the time line into the exports folder."""
        line, today, folder = self._line, self.today, self.program.exports
        if line is None:
            self.hint("There is nothing to write yet.")
            return
        self.hint("Writing …")
        self._writing.ask(lambda: write_time_line(line, today, folder), self.tell_written)

    def action_read(self, by: int) -> None:
        """Scroll what is told of the moment."""
        self.query_one("#time", TextPane).read(by)
