"""A review as Markdown: tables with text bars, and the clocks as a Mermaid flow.

The wording that is not the figures' own is in `templates/review.md`; the panels are in
`review_view`, the same as HTML in `review_html`, and for machines in `review_json`.
"""

from dataclasses import dataclass

from fivewhys.reports.escape import Markdown, cell, mermaid
from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import Cell, Column, Panel, Table
from fivewhys.reports.review_view import review_view
from fivewhys.reports.templates import NONE, Own, Page, filled

_LENGTH = 15
"""Characters of the longest bar."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What bars and shades are written with. The mark stands where the comparison is."""

    bar: str = "█"
    rest: str = "·"
    mark: str = "│"
    shades: str = "░▒▓█"


PLAIN = Marks("=", "-", "!", ".oO@")
"""The same in ASCII: none of these means anything in a cell of Markdown."""


def review_md(report: ReviewReport, own: Own = NONE, *, ascii_only: bool = False) -> Page:
    """The report, by a team's own template where that works. The same report, the same text."""
    marks = PLAIN if ascii_only else Marks()
    view = review_view(report)
    return filled(
        "review.md",
        own,
        view=view,
        panels=[(panel, *_written(panel, marks)) for panel in view.panels],
        sessions=_table(view.sessions, marks),
    )


def _written(panel: Panel, marks: Marks) -> tuple[list[tuple[Table, Markdown]], Markdown]:
    """The tables of a panel with their Markdown, and its flow; empty without one."""
    return [(table, _table(table, marks)) for table in panel.tables], _flow(panel)


def _table(table: Table, marks: Marks) -> Markdown:
    lines = [
        _line([cell(column.name) for column in table.columns]),
        _line([_edge(column) for column in table.columns]),
        *(_line([_cell(one, marks) for one in row]) for row in table.rows),
    ]
    return Markdown("\n".join(lines))


def _edge(column: Column) -> str:
    return "---:" if column.is_number else "---"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(one: Cell, marks: Marks) -> str:
    text = cell(one.text)
    if one.shade:
        return f"{marks.shades[one.shade - 1]} {text}"
    if one.bar is None:
        return text
    return f"{text} {_bar(one.bar, one.mark, marks)}".rstrip()


def _bar(length: float, mark: float | None, marks: Marks) -> str:
    """A bar; what is not nothing has a character at least."""
    filled_to = max(round(length * _LENGTH), 1 if length > 0 else 0)
    if mark is None:
        return marks.bar * filled_to
    at = min(round(mark * _LENGTH), _LENGTH - 1)
    drawn = [marks.bar] * filled_to + [marks.rest] * (_LENGTH - filled_to)
    drawn[at] = marks.mark
    return "".join(drawn)


def _flow(panel: Panel) -> Markdown:
    if not panel.flow:
        return Markdown("")
    lines = ["flowchart LR"]
    for number, (name, way) in enumerate(panel.flow):
        # All clocks run from the first step on.
        arrow = f's0 -->|"{mermaid(way)}"| ' if number else ""
        lines.append(f'  {arrow}s{number}["{mermaid(name)}"]')
    return Markdown("\n".join(lines))
