"""The causal map around one cause, drawn as text: what it leads to, and what leads to it."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fivewhys.reports.patterns_text import section_text
from fivewhys.screens import knowing
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.look import shown, take_size
from fivewhys.screens.patterns_export import write_drawing
from fivewhys.screens.reading_screen import ReadingScreen
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.work_pane import WorkPane
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.section import Section
    from fivewhys.store.store import Store

STEPS = 3
"""Links either way that are drawn at first."""
MOST_STEPS = 9

NOT_ON_MAP = (
    "This is not on the map: it was ruled out or deleted, or stands below something that was."
)


class Drawing(InOrder, TextPane, can_focus=True):
    """The drawing, which scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(-1)", "up", show=False, id="drawing.up", tooltip="Scroll up"),
        Binding("down,j", "go(1)", "down", show=False, id="drawing.down", tooltip="Scroll down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="drawing.pageup",
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="drawing.pagedown",
                tooltip="A page down"),
        Binding("home", "edge(0)", "top", show=False, id="drawing.first",
                tooltip="The top of the drawing"),
        Binding("end", "edge(1)", "end", show=False, id="drawing.last",
                tooltip="The end of the drawing"),
    ]  # fmt: skip

    def _to(self, row: float) -> None:
        self.scroll_to(y=row, animate=False, force=True, immediate=True)

    def action_go(self, by: int) -> None:
        """Scroll by rows."""
        self._to(self.first_row + by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._to(self.first_row + by * max(1, self.inner_height - 2))

    def action_edge(self, end: int) -> None:
        """Scroll to the top or the end."""
        self._to(self.max_scroll_y if end else 0)


class MapScreen(ReadingScreen):
    """Draws the map around the cause `key`; without `graph`, once the history is read.

    With `confirmed_only`, suggestions join nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "session", "session", id="map.session",
                tooltip="Open a session that has this cause"),
        Binding("plus,equals_sign", "steps(1)", "farther", key_display="+", id="map.farther",
                tooltip="Draw one link more either way"),
        Binding("minus", "steps(-1)", "nearer", key_display="-", id="map.nearer",
                tooltip="Draw one link less either way"),
        Binding("e", "export", "picture", id="map.export",
                tooltip="Write the drawing as SVG and as Markdown with Mermaid into the exports"),
        Binding("space", "pause", "pause", show=False, id="map.pause",
                tooltip="Pause the reading of the history, or go on with it"),
        Binding("x", "leave_work", "leave it", show=False, id="map.leave",
                tooltip="Wait no longer for what is being read"),
        Binding("f5", "again", "look again", show=False, id="map.again", tooltip="Look again"),
        Binding("escape,q", "back", "back", id="map.back", tooltip="Back to where you came from"),
        Binding("f1,question_mark", "app.help", "help", id="map.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(
        self,
        store: "Store",
        key: str,
        graph: "Map | None" = None,
        *,
        confirmed_only: bool = False,
    ) -> None:
        super().__init__(store)
        self.today: date = local_today()
        self._key = key
        self._given = graph
        self._confirmed_only = confirmed_only
        self._graph: Map | None = None
        self._steps = STEPS
        self._section: Section | None = None
        self._writing = NewestRead(self)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield WorkPane(id="map-work")
        yield Drawing(id="map")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the map, at once where it is there."""
        self.query_one(TopBar).title = "Map"
        self.set_focus(self.query_one(Drawing))
        if self._given is not None and not self._confirmed_only:
            self._take(self._given)
            self.tell_stage()
        else:
            self.begin(self._given)
        self.begin_keys()

    # -- reading

    def begin(self, known: "Map | None" = None, *, quietly: bool = False) -> None:
        """Look for the map, or take the one that is `known`."""
        memory, confirmed_only = self.memory, self._confirmed_only

        def read(tell: Tell) -> Any:
            from fivewhys.patterns.overlay import only_confirmed

            graph = known if known is not None else knowing.read_map(memory, tell)
            tell(Stage("Drawing the map …"))
            return only_confirmed(graph) if confirmed_only else graph

        self.read(read, self._take, quietly=quietly)

    def read_again(self) -> None:
        """Look again, without a word."""
        if self._graph is not None:
            self.begin(quietly=True)

    def _take(self, graph: "Map") -> None:
        self._graph = graph
        self._draw()

    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Until there is a drawing, how far it is."""
        pane = self.query_one(WorkPane)
        pane.display = self._section is None
        if self._section is None:
            pane.show(stage, said or ("" if self._graph is None else NOT_ON_MAP))

    # -- drawing

    def _draw(self) -> None:
        from fivewhys.patterns.around import around

        if self._graph is None:
            return
        try:
            self._section = around(self._graph, self._key, steps=self._steps)
        except KeyError:
            self._section = None
        self.recolour()

    def recolour(self) -> None:
        """Make the drawing anew for this width and theme."""
        drawing, section = self.query_one(Drawing), self._section
        if section is None:
            drawing.show(Text())
            return
        centre = section.by_key()[section.centre]
        self.query_one(TopBar).title = f"Map {self.program.marks.bullet} {excerpt(centre.text)}"
        ascii_only = not self.program.marks.blocks
        told = section_text(section, ascii_only=ascii_only, width=drawing.inner_width)
        palette = drawing.palette
        text = Text(overflow="fold")
        for row, line in enumerate(told.splitlines()):
            is_title = row == 0 or line in ("It leads to", "It comes from")
            text.append(f"{shown(line)}\n", palette.style("text", bold=is_title))
        drawing.show(text)

    def on_resize(self, _: events.Resize) -> None:
        """Sentences wrap at the new width."""
        self.call_after_refresh(self.recolour)

    # -- keys

    def action_steps(self, by: int) -> None:
        """Draw more or less of the map."""
        steps = self._steps + by
        if not 1 <= steps <= MOST_STEPS:
            self.hint("That is as far as it goes.")
            return
        self._steps = steps
        links = "1 link" if steps == 1 else f"{steps} links"
        self.hint(f"Up to {links} either way.")
        self._draw()

    def action_session(self) -> None:
        """Open a session that has the cause."""
        from fivewhys.patterns.overlay import causes_of, ground
        from fivewhys.screens.asking import ask
        from fivewhys.screens.pattern_lines import Stop
        from fivewhys.screens.patterns_asks import ask_stop

        if self._section is None or self._graph is None:
            self.hint("There is no cause to go to.")
            return
        sessions = ground(self._graph).sessions
        stops = [
            Stop(sessions[cause.session_id], cause.id, cause.text, cause.is_root)
            for cause in causes_of(self._graph, self._section.centre)
        ]

        def go(stop: Stop) -> None:
            self.was_away = True
            visit(self, self.store, stop.session.id, stop.cause)

        if len(stops) == 1:
            go(stops[0])
        else:
            ask(self, ask_stop(stops, stops[0].text), go)

    def action_export(self) -> None:
        """Write the drawing as SVG and as Markdown."""
        section, today, folder = self._section, self.today, self.program.exports
        if section is None:
            self.hint("There is nothing to write yet.")
            return
        self.hint("Writing …")
        self._writing.ask(lambda: write_drawing(section, today, folder), self.tell_written)
