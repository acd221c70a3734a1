"""The panels of a written review about places and months: where it happens, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fivewhys.reports import patterns_words as words
from fivewhys.reports.review_data import ReviewReport
from fivewhys.reports.review_parts import (
    Cell,
    Column,
    MonthChart,
    Panel,
    Table,
    barred,
    counted,
    of_things,
    shade,
    text_column,
    told,
)
from fivewhys.review.figure import FEW
from fivewhys.review.heat import Heat, SiteLine

SITES_ACROSS = 6
"""Sites beside each other in one table, so that it fits on a page."""

MOST_SITES = 60
"""Sites in the report."""

MOST_MONTHS = 24
"""Months in the report, the latest ones."""

NO_SITE = "No site said"
NO_COLUMN = "Not said"


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to divide the sessions of a site."""

    title: str
    what: str
    whole: str
    names: Mapping[str, str]
    """The names of columns that are ids, which are told even where they are empty."""


def places_panel(report: ReviewReport) -> Panel:
    """Sites by department, each beside its region, then sites by the categories of the lens."""
    heat, seen = report.heat, report.seen_through
    says = []
    if not heat.lines:
        says.append("No session says where it happened yet.")
    if not seen.lines:
        says.append(f"No cause carries a category of the lens “{report.lens.name}” yet.")
    more = max(len(heat.lines) - MOST_SITES, 0)
    if more:
        says.append(f"{of_things(more, 'site')} more; narrow the review to a region to see them.")
    by_department = _Way("Departments", "Department", "All sessions", {})
    names = {category.id.casefold(): category.name for category in report.lens.categories}
    by_category = _Way(report.lens.name, "Category", "Any of these", names)
    return Panel(
        "places",
        "Places",
        tuple(says),
        (*_tables(heat, by_department), *_tables(seen, by_category)),
        (
            (by_department.title, heat.about),
            (by_category.title, seen.about),
            ("Average of the region", heat.about_average),
        ),
    )


def _tables(found: Heat, way: _Way) -> Iterator[Table]:
    """A table for each region, or several where it has many sites."""
    lines = found.lines[:MOST_SITES]
    most = max((one.figure.value or 0 for line in lines for one in line.cells), default=0)
    for region, group in groupby(lines, key=lambda line: line.region):
        sites = list(group)
        title = f"{way.title}: {region or 'sites without a region'}"
        for first in range(0, len(sites), SITES_ACROSS):
            some = sites[first : first + SITES_ACROSS]
            head = f"{title} ({first + 1} to {first + len(some)})" if first else title
            yield _table(head, found.columns, some, way, most)


def _table(
    title: str, columns: Sequence[str], sites: Sequence[SiteLine], way: _Way, most: float
) -> Table:
    """Some sites of one region beside each other, and its average beside them."""
    whole = sites[0].average
    rows = [
        (Cell(way.whole), *(Cell(line.total.text) for line in sites), *_average(whole)),
    ]
    for place, column in enumerate(columns):
        cells = [line.cells[place] for line in sites]
        is_said = any(one.figure.value or one.average for one in cells)
        if not is_said and column.casefold() not in way.names:
            continue
        rows.append(
            (
                Cell(way.names.get(column.casefold(), column) or NO_COLUMN),
                *(Cell(one.figure.text, shade=shade(one.figure.value or 0, most)) for one in cells),
                *_average(cells[0].average),
            )
        )
    heads = (
        text_column(way.what),
        *(Column(line.site or NO_SITE) for line in sites),
        *([] if whole is None else [Column(f"Average of {sites[0].sites:,} sites")]),
    )
    return Table(title, heads, tuple(rows), is_even=True)


def _average(value: float | None) -> tuple[Cell, ...]:
    """The cell of the region's average, where there is one."""
    return () if value is None else (Cell(f"{value:,.1f}"),)


def trend_panel(report: ReviewReport) -> Panel:
    """Sessions of each month, and which of them repeat."""
    found = report.trend
    if not found.months:
        says = ["No session yet."]
    else:
        figures = (found.sessions, found.repeats, found.after_fix)
        says = [" · ".join(f"{figure.label}: {figure.text}" for figure in figures)]
    shown = found.months[-MOST_MONTHS:]
    if len(shown) < len(found.months):
        earlier = len(found.months) - len(shown)
        says.append(
            f"The latest {MOST_MONTHS} months; the JSON has {words.count(earlier, 'month')} before."
        )
    most = max((month.sessions.value or 0 for month in shown), default=0)
    rows = tuple(
        (
            Cell(words.month(month.first_day)),
            barred(month.sessions.value or 0, most, month.sessions.text),
            told(month.repeats) if month.repeats.of >= FEW else Cell(month.repeats.text),
            told(month.after_fix) if month.after_fix.of >= FEW else Cell(month.after_fix.text),
        )
        for month in shown
    )
    heads = (
        text_column("Month"),
        Column("Sessions"),
        Column(found.repeats.label),
        Column(found.after_fix.label),
    )
    chart = MonthChart(
        tuple(
            (
                words.month(month.first_day),
                int(month.sessions.value or 0),
                len(month.repeats.sessions),
                len(month.after_fix.sessions),
            )
            for month in shown
        )
    )
    return Panel(
        "trend",
        "Trend",
        tuple(says),
        (Table("By month", heads, rows),) if rows else (),
        counted(found.sessions, found.repeats, found.after_fix),
        chart if rows else None,
    )
