"""The heat map, as a table of the review: a line for each site, a column for each department."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fivewhys.review.figure import Figure, Unit, together
from fivewhys.review.heat import Cell, Heat, SiteLine
from fivewhys.screens.review_lines import SHADES, Line, Spot, Table, View, sessions

NO_SITE = "no site"
NO_COLUMN = "not said"

ABOVE = "▲"
"""Stands before a count that is above the region's average."""


def heat_table(found: Heat, names: Mapping[str, str], what: str) -> Table:
    """The map; `names` tell columns by their ids, `what` says what the columns are."""
    totals = [
        sum(len(line.cells[at].figure.sessions) for line in found.lines)
        for at in range(len(found.columns))
    ]
    # What most sessions are about stands where no scrolling is needed.
    order = sorted(range(len(found.columns)), key=lambda at: (not found.columns[at], -totals[at]))
    hottest = max(
        (cell.figure.value or 0 for line in found.lines for cell in line.cells), default=0
    )
    heads = [names.get(found.columns[at], found.columns[at]) or NO_COLUMN for at in order]
    lines: list[Line] = []
    regions: set[str] = set()
    for line in found.lines:
        if line.region not in regions:
            regions.add(line.region)
            lines.append(Line(("region", line.region), line.region or "Without a region"))
        cells = [line.cells[at] for at in order]
        behind = [one.total.sessions for one in found.lines if one.region == line.region]
        lines.append(_site(line, cells, heads, hottest, _average(line, behind, found)))
    return Table(
        View.HEAT,
        _in_words(found, order, heads, totals, what),
        ("all", "region", *heads),
        tuple(lines),
        f"{found.about} {found.about_average}",
        has_bars=False,
    )


def _average(line: SiteLine, behind: list[Sequence[int]], found: Heat) -> Spot:
    """The average of a site's region, which opens the sessions of all its sites."""
    if line.average is None:
        return Spot("")
    # Each session is of one site.
    every = together(behind)
    label, about = f"Average of {line.region}", found.about_average
    figure = Figure("average", label, line.average, Unit.NUMBER, about, sessions=every)
    return Spot(figure.text, figure)


def _site(
    line: SiteLine, cells: list[Cell], heads: list[str], hottest: float, region: Spot
) -> Line:
    name = line.site or NO_SITE
    average = "" if line.average is None else f"{line.average:.1f}"
    note = (
        f"Each of the {line.sites:,} sites of {line.region} has {average} on average."
        if average
        else "There is no other site of its region to hold it against."
    )
    total = Spot(_counted(line.total.value or 0, line.average), line.total, note=note)
    spots = [
        _cell(cell, head, line.region, hottest) for cell, head in zip(cells, heads, strict=True)
    ]
    return Line(("site", line.site), name, (total, region, *spots))


def _cell(cell: Cell, head: str, region: str, hottest: float) -> Spot:
    value = cell.figure.value or 0
    # A cell with anything in it is never as pale as an empty one.
    shade = 0 if not value else max(1, round((SHADES - 1) * value / hottest))
    note = ""
    if cell.average is not None:
        note = f"Sites of {region} have {cell.average:.1f} on average."
    figure = replace(cell.figure, label=head)
    return Spot(
        _counted(value, cell.average),
        figure,
        shade=shade or None,
        note=note,
        style="text" if value else "quiet",
    )


def _counted(value: float, average: float | None) -> str:
    """A count, marked where it is above the average."""
    mark = ABOVE if average is not None and value > average else ""
    return f"{mark}{value:,.0f}"


def _in_words(found: Heat, order: list[int], heads: list[str], totals: list[int], what: str) -> str:
    cells = [
        (len(cell.figure.sessions), line.site or NO_SITE, heads[order.index(at)])
        for line in found.lines
        for at, cell in enumerate(line.cells)
        if cell.figure.sessions and found.columns[at]
    ]
    if not cells:
        has_names = any(found.columns) and found.lines
        return f"None of these sessions has any of these. By {what}." if has_names else ""
    number, site, head = max(cells, key=lambda one: one[0])
    return f"Most at {site} × {head}: {sessions(number)}. {ABOVE} is above the region. By {what}."
