"""The patterns screen: what each key does about what keeps coming back over all sessions."""

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.binding import Binding, BindingType

from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.screens import patterns_asks
from fivewhys.screens.asking import ask
from fivewhys.screens.pair_reading import Groups, suggested
from fivewhys.screens.pattern_lines import VIEWS, PatternLine, Stop
from fivewhys.screens.patterns_export import write_report
from fivewhys.screens.patterns_view import PatternsView
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.pattern_list import PatternList


class PatternsScreen(PatternsView):
    """Lists what keeps coming back, and goes from it to sessions, map, report and decisions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "decide", "decide", id="patterns.decide",
                tooltip="Say which likely pairs are the same; of a suggested finding, its own"),
        Binding("m", "map", "map", id="patterns.map",
                tooltip="Draw the map around the cause"),
        Binding("e", "export", "report", id="patterns.export",
                tooltip="Write the report as Markdown into the exports folder"),
        Binding("f3", "find", "find", show=False, id="patterns.find",
                tooltip="Find words in everything that was written, over all sessions"),
        Binding("p", "place", "place", id="patterns.place",
                tooltip="Ask about one place alone"),
        Binding("t", "since", "since", id="patterns.since",
                tooltip="Ask about what was since a day"),
        Binding("r", "roots", "roots", id="patterns.roots",
                tooltip="Show only what some session called root, or all again"),
        Binding("c", "confirmed", "confirmed", id="patterns.confirmed",
                tooltip="Show only what is confirmed, or suggestions too"),
        Binding("h", "time_line", "time line", id="patterns.time_line",
                tooltip="Show when the cause was found, and what was done in between"),
        Binding("space", "pause", "pause", show=False, id="patterns.pause",
                tooltip="Pause the reading of the history, or go on with it"),
        Binding("x", "leave_work", "leave it", show=False, id="patterns.leave",
                tooltip="Wait no longer for what is being read"),
        Binding("f5", "again", "look again", show=False, id="patterns.again",
                tooltip="Look again"),
        Binding("escape", "clear", "all", show=False, id="patterns.all",
                tooltip="Leave what is being read; ask about everything; then go back"),
        Binding("q", "back", "back", id="patterns.back", tooltip="Back to where you came from"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="patterns.read_on",
                tooltip="Scroll what is told of the finding"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="patterns.read_back",
                tooltip="Scroll what is told of the finding"),
        Binding("f1,question_mark", "app.help", "help", id="patterns.help", tooltip="Help"),
        *(
            Binding(str(number), f"show({number - 1})", "view", show=False, key_display="1-6",
                    id=f"patterns.view{number}", tooltip="Show the view with this number")
            for number in range(1, len(VIEWS) + 1)
        ),
    ]  # fmt: skip

    # -- elsewhere

    @on(PatternList.Opened)
    def _opened(self, message: PatternList.Opened[PatternLine]) -> None:
        message.stop()
        line = message.line
        if len(line.stops) == 1:
            self._go_to(line, line.stops[0])
            return
        ask(
            self,
            patterns_asks.ask_stop(line.stops, line.text),
            lambda stop: self._go_to(line, stop),
        )

    def _go_to(self, line: PatternLine, stop: Stop) -> None:
        self.was_away = True
        visit(self, self.store, stop.session.id, stop.cause or self._cause_in(line, stop))

    def _cause_in(self, line: PatternLine, stop: Stop) -> UUID | None:
        """The first cause of the finding that the session has."""
        from fivewhys.patterns.overlay import causes_of, ground

        if self.graph is None:
            return None
        for node in line.nodes:
            for cause in causes_of(self.graph, ground(self.graph).merged.get(node, node)):
                if cause.session_id == stop.session.id:
                    return cause.id
        return None

    def action_map(self) -> None:
        """Draw the map around the cause of the finding."""
        from fivewhys.screens.map_view import MapScreen

        line = self.listed.line
        if line is None or self.graph is None:
            self.hint("There is no finding to draw.")
            return
        self.was_away = True
        self.app.push_screen(
            MapScreen(
                self.store, line.nodes[0], self.graph, confirmed_only=self.scope.confirmed_only
            )
        )

    def action_time_line(self) -> None:
        """Show each time that the cause of the finding was found, and what was done between."""
        from fivewhys.screens.time_line import TimeLineScreen

        line = self.listed.line
        if line is None or self.graph is None:
            self.hint("There is no finding to look back at.")
            return
        self.was_away = True
        only = self.scope.confirmed_only
        screen = TimeLineScreen(self.store, line.nodes[0], self.graph, confirmed_only=only)
        self.app.push_screen(screen)

    def action_decide(self) -> None:
        """Open the queue of likely pairs."""
        from fivewhys.screens.deciding import DecidingScreen

        line = self.listed.line
        narrowed: Groups = ()
        if line is not None and not line.is_confirmed and self.graph is not None:
            narrowed = suggested(self.graph, line)
        self.was_away = True
        about = line.text if line is not None and narrowed else ""
        self.app.push_screen(DecidingScreen(self.store, narrowed, about))

    def action_export(self) -> None:
        """Write the report into the exports folder."""
        findings, today, folder = self.findings, self.today, self.program.exports
        if findings is None:
            self.hint("There is nothing to write yet.")
            return
        self.hint("Writing …")

        self._writing.ask(lambda: write_report(findings, today, folder), self.tell_written)

    # -- narrowing

    def action_place(self) -> None:
        """Choose the place that is asked about."""
        from fivewhys.patterns.overlay import ground

        if self.graph is None:
            self.hint("The history is still being read.")
            return
        sessions = ground(self.graph).past.sessions
        ask(
            self,
            patterns_asks.ask_site_of(sessions, self.scope.site),
            lambda site: self.narrow(replace(self.scope, site=site)),
        )

    def action_since(self) -> None:
        """Choose since when."""
        ask(
            self,
            patterns_asks.ask_since(self.scope.since, self.today),
            lambda day: self.narrow(replace(self.scope, since=day)),
        )

    def action_roots(self) -> None:
        """Show only roots, or all."""
        self.narrow(replace(self.scope, roots_only=not self.scope.roots_only))

    def action_confirmed(self) -> None:
        """Show only what is confirmed, or all."""
        self.narrow(replace(self.scope, confirmed_only=not self.scope.confirmed_only))

    def action_clear(self) -> None:
        """Leave the work, then what is narrowed, then the screen."""
        if self.leave_work():
            return
        if self.scope == EVERYTHING:
            self.dismiss()
        else:
            self.narrow(Scope())

    def action_read(self, by: int) -> None:
        """Scroll what is told of the finding."""
        self.query_one("#finding", TextPane).read(by)
