"""What the patterns screen shows: a view of what keeps coming back, and what it is narrowed to.

What was seen at the last look comes first, or what people decided and equal words; what the program
finds alike now follows as soon as the history is read. Which key does what is not known here
(`patterns.py`).
"""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.values import Findings
from fivewhys.reports import patterns_words as words
from fivewhys.screens import knowing
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today as local_today
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.look import take_size
from fivewhys.screens.pattern_lines import (
    EMPTY,
    NO_SESSION,
    NOT_THERE,
    ONE_SESSION,
    VIEWS,
    PatternLine,
    View,
    lines_of,
)
from fivewhys.screens.reading_screen import ReadingScreen
from fivewhys.screens.rest import Rest
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.pattern_bar import PatternBar
from fivewhys.screens.widgets.pattern_list import PatternList
from fivewhys.screens.widgets.pattern_text import pattern_text
from fivewhys.screens.widgets.work_pane import WorkPane

if TYPE_CHECKING:
    from fivewhys.patterns.overlay import Map
    from fivewhys.store.store import Store

REST_SECONDS = 0.04
"""What is known of a finding is told once the cursor rests on it."""


class PatternsView(ReadingScreen):
    """The findings of one view, read from the causal map."""

    def __init__(self, store: "Store", scope: Scope = EVERYTHING) -> None:
        super().__init__(store)
        self.today = local_today()
        self.view = VIEWS[0]
        self.scope = scope
        self.graph: Map | None = None
        """The causal map that the findings are from."""
        self.findings: Findings | None = None
        self._whole: Map | None = None
        """The map with all that is suggested, once it is there."""
        self._lines: dict[View, list[PatternLine]] = {}
        self._resting = Rest(self, self.recolour)
        self._writing = NewestRead(self)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield PatternBar(id="pattern-views")
        with Container(id="patterns-parts"):
            with Vertical(id="findings-part"):
                yield WorkPane(id="patterns-work")
                yield PatternList(id="findings")
            yield TextPane(id="finding")
        yield HintRow()
        yield KeyBar()

    @property
    def listed(self) -> PatternList:
        """The findings of the view."""
        return self.query_one(PatternList)

    def on_mount(self) -> None:
        """Begin with what is there at once, where more takes a while."""
        self.set_focus(self.listed)
        self._show_place()
        if self.memory.latest is not None:
            self.read(self._read_latest, self._take_first)
        elif self.memory.is_current:
            self.begin()
        else:
            self.read(self._read_confirmed, self._take_first)
        self.begin_keys()

    # -- reading

    def begin(self, *, quietly: bool = False, afresh: bool = True) -> None:
        """Look for all findings; with `afresh`, in the history as it is now."""
        known = None if afresh else self._whole
        memory, scope = self.memory, self.scope

        def read(tell: Tell) -> Any:
            if known is not None:
                return self._found(known, scope, tell)
            graph, findings = knowing.read_findings(memory, scope, tell)
            return graph, findings, lines_of(findings)

        def take(found: Any) -> None:
            # Who has not moved yet sees the first of all findings, not the first that was there.
            is_new = self._whole is None and self.listed.cursor == 0
            self._whole = found[0]
            self._take(found, from_top=is_new)

        self.read(read, take, quietly=quietly)

    def read_again(self) -> None:
        """Look again, without a word; what was stopped stays so."""
        if self._whole is not None:
            self.begin(quietly=True)

    def _read_latest(self, tell: Tell) -> Any:
        latest = self.memory.latest
        assert latest is not None
        findings = latest.findings(self.scope)
        return latest.map, findings, lines_of(findings)

    def _read_confirmed(self, tell: Tell) -> Any:
        tell(Stage("Reading what is decided …"))
        return self._found(knowing.confirmed_map(self.store), self.scope, tell)

    def _take_first(self, found: Any) -> None:
        self._take(found)
        self.begin()

    @staticmethod
    def _found(graph: "Map", scope: Scope, tell: Tell) -> Any:
        from fivewhys.patterns.findings.everything import all_findings

        tell(Stage("Looking through the map …"))
        findings = all_findings(graph, scope)
        return graph, findings, lines_of(findings)

    def _take(self, found: Any, *, from_top: bool = False) -> None:
        is_new = self.findings is None or self.findings.scope != self.scope
        before = self.findings.contradicted if self.findings is not None else ()
        self.graph, self.findings, self._lines = found
        if self.findings is not None and set(self.findings.contradicted) - set(before):
            told = words.contradict(self.findings.contradicted)
            self.hint(f"{told}: d, then c shows them.")
        self._show(from_top=from_top or is_new)

    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Where findings are shown already, the first row says how far the rest is."""
        bar, pane = self.query_one(TopBar), self.query_one(WorkPane)
        counts = ""
        if self.findings is not None:
            sessions = len(self.findings.sessions)
            counts = f"{sessions:,} session{'' if sessions == 1 else 's'}"
        if stage is not None and self.listed.lines:
            bar.saved = stage.words
        else:
            bar.saved = counts
        pane.display = not self.listed.lines
        if self.listed.lines:
            return
        if stage is None and not said and self.findings is not None:
            said = self._nothing(self.findings)
        pane.show(stage, said)

    def _nothing(self, findings: Findings) -> str:
        """What it means that a view is empty."""
        if self.scope != EVERYTHING:
            return NOT_THERE
        if len(findings.sessions) < 2:
            return ONE_SESSION if findings.sessions else NO_SESSION
        return EMPTY[self.view]

    # -- drawing

    def _show_place(self) -> None:
        told = ["Patterns", *words.narrowed(self.scope)]
        self.query_one(TopBar).title = f" {self.program.marks.bullet} ".join(told)
        counts = {view: len(lines) for view, lines in self._lines.items()}
        self.query_one(PatternBar).show(self.view, counts)

    def _show(self, *, from_top: bool = False) -> None:
        self._show_place()
        self.listed.put(self._lines.get(self.view, []), from_top=from_top)
        self.tell_stage()

    @on(PatternList.Looked)
    def _looked(self, message: PatternList.Looked) -> None:
        message.stop()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the finding anew."""
        self._resting.end()
        pane = self.query_one("#finding", TextPane)
        if self.findings is not None:
            pane.show(pattern_text(pane, self.listed.line, self.findings, pane.inner_width))

    def on_resize(self) -> None:
        """Curves take the room that there is."""
        self.recolour()
        self.call_after_refresh(self.recolour)

    # -- views and what they are narrowed to

    def action_view(self, by: int) -> None:
        """Show the next view, or the one before."""
        self._show_view(VIEWS[(VIEWS.index(self.view) + by) % len(VIEWS)])

    def action_show(self, place: int) -> None:
        """Show the view at `place`."""
        self._show_view(VIEWS[place])

    @on(PatternBar.Picked)
    def _picked(self, message: PatternBar.Picked[View]) -> None:
        message.stop()
        self._show_view(message.view)

    def _show_view(self, view: View) -> None:
        self.view = view
        self.hint("")
        self._show(from_top=True)

    def narrow(self, scope: Scope) -> None:
        """Ask about this part of the history."""
        if scope == self.scope:
            return
        self.scope = scope
        self._show_place()
        if self._whole is None and self.graph is not None and not self.is_reading:
            # What was stopped is not begun again: only what is known so far is narrowed.
            graph = self.graph
            self.read(lambda tell: self._found(graph, scope, tell), self._take)
        else:
            self.begin(afresh=False)
