"""The time line of a cause, drawn downwards: a node for each session, what was done between."""

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from fivewhys.countermeasures.days import short_month
from fivewhys.models.plan_words import CheckResult
from fivewhys.patterns.findings.moments import Checked, Done, Found, Moment
from fivewhys.patterns.findings.values import Outcome
from fivewhys.reports import time_line as told
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.pattern_list import SUGGESTED, sure_style

_WHEN = 14
_LINE = 2
_MARK = 2

_OUTCOMES = {
    Outcome.CAME_BACK: ("✗", "bad"),
    Outcome.NOT_EFFECTIVE: ("✗", "bad"),
    Outcome.HELD: ("✓", "good"),
    Outcome.EFFECTIVE: ("✓", "good"),
    Outcome.TOLD: ("✓", "text"),
    Outcome.DONE: ("✓", "text"),
    Outcome.NOT_DONE: ("○", "quiet"),
    Outcome.REJECTED: ("–", "quiet"),
}
"""The shape and the colour of what came of a countermeasure; words say it too."""

_RESULTS = {
    CheckResult.MET: ("✓", "good"),
    CheckResult.NOT_MET: ("✗", "bad"),
    CheckResult.TOO_EARLY: ("○", "quiet"),
}
"""The same of what a check found."""


def _when(moment: Moment) -> str:
    """The day of a moment in few columns: 9 Jan 2026."""
    if isinstance(moment, Done) and not moment.is_dated:
        return told.when(moment)
    return f"{moment.on.day} {short_month(moment.on)} {moment.on.year}"


class TimeList(InOrder, CursorList[Moment]):
    """Shows moments oldest first, two rows each: what it was, then what is known of it."""

    ROWS = 2

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "session", id="times.open",
                tooltip="Open the session of this moment, at the cause"),
        *moving("times", above="The moment before", below="The next moment",
                first="The first time that it was found", last="What happened last"),
    ]  # fmt: skip

    def key_of(self, line: Moment) -> Hashable:
        if isinstance(line, Done):
            return line.tried.deed.id
        return line.check.id if isinstance(line, Checked) else line.seen.session.id

    def rows(self, line: Moment) -> Iterable[Sequence[Cell]]:
        if isinstance(line, Found):
            return self._found(line)
        if isinstance(line, Done):
            mark, style = _OUTCOMES[line.tried.outcome]
            return self._between(line, mark, style, told.effect(line.tried))
        mark, style = _RESULTS[line.check.result or CheckResult.TOO_EARLY]
        return self._between(line, mark, style, told.aim(line))

    def _found(self, line: Found) -> tuple[list[Cell], list[Cell]]:
        cause = line.seen.cause
        is_sure = line.seen.is_confirmed
        mark = self.marks.root if cause.is_root else "●"
        style = sure_style(is_sure) if not is_sure else "text"
        head = told.head(line) if is_sure else f"{SUGGESTED} {told.head(line)}"
        room = self.inner_width - _WHEN - _LINE
        is_last = self.lines[-1] is line
        back = told.back(line)[0]
        return (
            [
                Cell(_when(line), _WHEN, "quiet", gap=1),
                Cell(mark, _LINE, "text", is_bold=True),
                Cell(head, room, style, is_bold=True),
            ],
            [
                Cell("", _WHEN),
                Cell("" if is_last else "│", _LINE, "quiet"),
                Cell(f"{back} “{cause.text}”", room, "bad" if line.after else "quiet"),
            ],
        )

    def _between(
        self, line: Done | Checked, mark: str, style: str, known: str
    ) -> tuple[list[Cell], list[Cell]]:
        """What was done or looked at between two times; `known` stands below."""
        room = self.inner_width - _WHEN - _LINE - _MARK
        rail = "" if self.lines[-1] is line else "│"
        return (
            [
                Cell(_when(line), _WHEN, "quiet", gap=1),
                Cell("│", _LINE, "quiet"),
                Cell(mark, _MARK, style, is_bold=True),
                Cell(told.head(line), room),
            ],
            [
                Cell("", _WHEN),
                Cell(rail, _LINE, "quiet"),
                Cell("", _MARK),
                Cell(known, room, style),
            ],
        )
