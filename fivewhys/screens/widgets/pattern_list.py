"""The list of findings: two rows each, what it is and how sure it is, then where."""

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from fivewhys.screens.look import Marks
from fivewhys.screens.pattern_lines import PatternLine
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving, turning
from fivewhys.screens.widgets.in_order import InOrder

SUGGESTED = "?"
"""Stands before what the program finds alike, beside the word that says so."""

_EDGE = 2
"""Columns of the mark."""
_SURE = 11
"""Columns of “confirmed” or “suggested”."""


def sure_mark(marks: Marks, is_confirmed: bool) -> str:
    """The shape that tells confirmed and suggested apart."""
    return marks.saved if is_confirmed else SUGGESTED


def sure_style(is_confirmed: bool) -> str:
    """The colour of the same, by its name in the palette."""
    return "good" if is_confirmed else "link"


class PatternList(InOrder, CursorList[PatternLine]):
    """Shows the findings of a view, with the cursor on one of them."""

    ROWS = 2

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "sessions", id="findings.open",
                tooltip="Open a session of the finding, at this cause"),
        *turning("findings"),
        *moving("findings", above="The finding above", below="The next finding",
                first="The first finding", last="The last finding"),
    ]  # fmt: skip

    def key_of(self, line: PatternLine) -> Hashable:
        return line.id

    def rows(self, line: PatternLine) -> Iterable[Sequence[Cell]]:
        return self._head(line), self._about(line)

    def _head(self, line: PatternLine) -> list[Cell]:
        mark = sure_mark(self.marks, line.is_confirmed)
        figure = cell_len(line.figure) + 1
        return [
            Cell(mark, _EDGE, sure_style(line.is_confirmed)),
            Cell(line.text, self.inner_width - _EDGE - figure, is_bold=True, gap=2),
            Cell(line.figure, figure, is_bold=True),
        ]

    def _about(self, line: PatternLine) -> list[Cell]:
        return [
            Cell("", _EDGE),
            Cell(line.sure, _SURE, sure_style(line.is_confirmed)),
            Cell(line.about, self.inner_width - _EDGE - _SURE, "quiet", gap=1),
        ]
