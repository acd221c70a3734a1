"""What a written review is made of: panels with tables, the same in Markdown and HTML.

A bar never stands alone: the text of its cell has the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from fivewhys.reports import patterns_words as words
from fivewhys.review.figure import Figure, Unit

SHADES = 4
"""How many degrees the colour of a cell has, beside none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what is drawn beside it."""

    text: str
    bar: float | None = None
    """How long its bar is, from 0 to 1; None for no bar."""
    mark: float | None = None
    """Where on the bar stands what it is compared with, from 0 to 1."""
    shade: int = 0
    """How dark it is: 0 for nothing, to `SHADES`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    is_number: bool = True
    """Whether its texts stand to the right."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading of its own."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    below: str = ""
    """A sentence below it, such as how many lines are left out."""
    is_even: bool = False
    """Whether all columns but the first are equally wide."""
    named_by: int = 0
    """The column that says what a line is about."""


@dataclass(frozen=True, slots=True)
class ParetoChart:
    """Bars with the line of what they make together; the bars go by their place in the table."""

    bars: tuple[tuple[float, float, bool], ...]
    """Value, share of this and all before it, and whether it is one of the few."""


@dataclass(frozen=True, slots=True)
class MonthChart:
    """Sessions of each month, those that repeat and those that repeat after a fix among them."""

    months: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class ClockChart:
    """Median and 90 % of each step beside the shortest and the longest target, in seconds."""

    steps: tuple[tuple[str, float | None, float | None, tuple[float, ...]], ...]


Chart = ParetoChart | MonthChart | ClockChart


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of the review."""

    key: str
    title: str
    says: tuple[str, ...]
    """What it says in short, a sentence each; where there is nothing yet, that."""
    tables: tuple[Table, ...]
    counted: tuple[tuple[str, str], ...]
    """How its figures are counted: what is counted, and a sentence or more."""
    chart: Chart | None = None
    flow: tuple[tuple[str, str], ...] = ()
    """Steps one after the other, each with what is written on the way to it."""


def text_column(name: str) -> Column:
    """A column of words."""
    return Column(name, is_number=False)


def told(figure: Figure) -> Cell:
    """A figure; a share has a bar."""
    is_share = figure.unit is Unit.SHARE and figure.value is not None
    return Cell(figure.text, figure.value if is_share else None)


def barred(value: float, most: float, text: str = "") -> Cell:
    """A value whose bar is as long as its share of the highest one."""
    return Cell(text or f"{value:,.0f}", value / most if most else 0.0)


def shade(value: float, most: float) -> int:
    """How dark a value is beside the highest one: 1 to `SHADES`, 0 for nothing."""
    if value <= 0 or most <= 0:
        return 0
    return min(SHADES, max(1, ceil(SHADES * (value / most))))


def sessions_named(numbers: Sequence[int]) -> str:
    """Sessions by their names, the newest first: S-31, S-17 and 5 more."""
    return words.listed([f"S-{number}" for number in reversed(numbers)])


def of_things(number: int, one: str, many: str = "") -> str:
    """A number with its noun; no number where there is none: no session, 1 session, 2 sessions."""
    return words.count(number, one, many) if number else f"no {one}"


def counted(*figures: Figure) -> tuple[tuple[str, str], ...]:
    """How each of some figures is counted."""
    return tuple((figure.label, figure.about) for figure in figures)


def left_out(number: int, one: str, many: str = "") -> str:
    """A sentence for lines that a table does not have; empty where it has all."""
    return f"{words.count(number, one, many)} more; the JSON has all of them." if number else ""
