"""Heat map: sessions by site and department, or by site and lens category, beside the region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fivewhys.review.columns import Column, Sessions, folded, in_groups, many
from fivewhys.review.figure import Figure, count
from fivewhys.review.spelling import Spelling

ABOUT_CELL = "Sessions asked about at this site and about this {column}."
ABOUT_SITE = "Sessions asked about at this site, each once."
ABOUT_ANY = "Sessions asked about at this site with any {column} of the lens, each once."
ABOUT_REGION = (
    "The average of the region: its sessions that are asked about, whichever the site, divided by "
    "its sites. A site counts from the first session ever held there, also with none now. The site "
    "itself is among them. There is none for the only site of a region, or without a region."
)
ABOUT = (
    "How many sessions were held at each site about each {column}. More sessions can mean more "
    "trouble, or a site that looks more closely: what stands behind a cell tells which."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One site and one column."""

    figure: Figure
    average: float | None
    """Of the region's sites in this column; None where there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site of the map."""

    site: str
    """Empty for sessions that name no site."""
    region: str
    total: Figure
    average: float | None
    """Sessions for each site of its region; None where there is nothing to compare with."""
    sites: int
    """How many sites its region has."""
    cells: tuple[Cell, ...]
    """One for each column."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The map: sites by region and name, those without one last."""

    columns: tuple[str, ...]
    lines: tuple[SiteLine, ...]
    about: str
    about_average: str


def heat(
    sessions: Sessions,
    asked: Column,
    here: Column,
    carried: tuple[Column, Column] | None = None,
    columns: Sequence[str] = (),
    what: str = "department",
) -> Heat:
    """The map of the sessions that are `asked` about, whichever their site, and are `here`.

    Each session belongs to the column of its department, or to those that it has among `carried`:
    places of sessions, and the names of columns. `columns` come first and even if they are empty;
    the others follow in the order of the alphabet. What names no column is told under an empty one,
    last. Sites and columns are one whatever their capitals. A site whose sessions are all in no
    column is told too, as long as any session is in one: the region's average counts it as well.
    """
    spelled, headed = Spelling(), Spelling(columns)
    region_of, sites_of = regions_and_sites(_sites(sessions), spelled)
    session, name = carried or (np.arange(len(sessions)), sessions["department"])
    is_asked = asked[session]
    session, name = session[is_asked], name[is_asked]
    site_of, at_name = folded(sessions.names, sessions["site"][session], spelled)
    column_of, at_column = folded(sessions.names, name, headed)
    bare = _names_of(sessions, asked & here, spelled) - at_name.keys() if len(session) else set()
    at_name |= {name: place for place, name in enumerate(sorted(bare), len(at_name))}
    site_names, column_names = list(at_name), list(at_column)
    wide = max(len(column_names), 1)
    cell, session = _once(site_of * wide + column_of, session, len(sessions))
    is_here = here[session]
    behind_cell = in_groups(sessions, cell[is_here], session[is_here])
    site, held = _once(cell // wide, session, len(sessions))
    is_here = here[held]
    behind_site = in_groups(sessions, site[is_here], held[is_here])
    in_cell = many(cell, len(site_names) * wide)
    at_site = many(site, len(site_names))
    in_region: dict[tuple[str, str], int] = {}
    whole_region: dict[str, int] = {}
    for place, site_name in enumerate(site_names):
        region = region_of.get(site_name, "")
        whole_region[region] = whole_region.get(region, 0) + int(at_site[place])
        for at, column in enumerate(column_names):
            key = region, column
            in_region[key] = in_region.get(key, 0) + int(in_cell[place * wide + at])
    found = {column_names[at] for at in np.unique(cell[here[session]] % wide).tolist()}
    shown = columns_to_show(found, columns, headed)

    def average(region: str, number: int) -> float | None:
        has_others = region and len(sites_of.get(region, ())) > 1
        return number / len(sites_of[region]) if has_others else None

    about_cell = ABOUT_CELL.format(column=what)
    about_site = ABOUT_SITE if carried is None else ABOUT_ANY.format(column=what)
    lines = []
    for site_name in sorted(
        {*bare, *(site_names[place] for place in np.unique(site[is_here]).tolist())},
        key=lambda at: (not at, region_of.get(at, "").casefold(), at),
    ):
        region, place = region_of.get(site_name, ""), at_name[site_name]
        line = tuple(
            Cell(
                count(
                    "cell",
                    headed.name(of),
                    behind_cell(place * wide + at_column[of]) if of in at_column else (),
                    about_cell,
                ),
                average(region, in_region.get((region, of), 0)),
            )
            for of in shown
        )
        lines.append(
            SiteLine(
                spelled.name(site_name),
                region,
                count("site", spelled.name(site_name), behind_site(place), about_site),
                average(region, whole_region[region]),
                len(sites_of.get(region, ())),
                line,
            )
        )
    return Heat(
        tuple(map(headed.name, shown)), tuple(lines), ABOUT.format(column=what), ABOUT_REGION
    )


def regions_and_sites(
    sites: Iterable[tuple[str, str, int]], spelled: Spelling
) -> tuple[dict[str, str], dict[str, set[str]]]:
    """The region of each site, that of most of its sessions, and the sites of each region."""
    spelled_regions = Spelling()
    counts: dict[str, dict[str, int]] = {}
    for site, region, sessions in sites:
        if not site:
            continue
        at = spelled(site, sessions)
        of = counts.setdefault(at, {})
        if region:
            folded = spelled_regions(region, sessions)
            of[folded] = of.get(folded, 0) + sessions
    region_of: dict[str, str] = {}
    sites_of: dict[str, set[str]] = {}
    for at, of in counts.items():
        if of:
            region = spelled_regions.name(min(of, key=lambda name: (-of[name], name)))
            region_of[at] = region
            sites_of.setdefault(region, set()).add(at)
    return region_of, sites_of


def columns_to_show(found: set[str], first: Sequence[str], headed: Spelling) -> list[str]:
    """The columns to show: those wanted, those found, and what names none where there is any."""
    wanted = [name.casefold() for name in first]
    others = sorted(found - {*wanted, ""}, key=headed.name)
    return [*wanted, *others, *([""] if "" in found else [])]


def _sites(sessions: Sessions) -> Iterable[tuple[str, str, int]]:
    """Every site with its region and how many sessions were ever held there."""
    names = sessions.names
    both = sessions["site"].astype(np.int64) * max(len(names), 1) + sessions["region"]
    found, times = np.unique(both, return_counts=True)
    for one, number in zip(found.tolist(), times.tolist(), strict=True):
        site, region = divmod(one, len(names))
        yield names[site], names[region], number


def _names_of(sessions: Sessions, which: Column, spelled: Spelling) -> set[str]:
    """What stands for the sites of some sessions."""
    places = np.unique(sessions["site"][which]).tolist()
    return {spelled(sessions.names[place], 0) for place in places if sessions.names[place]}


def _once(group: Column, session: Column, length: int) -> tuple[Column, Column]:
    """Each two once."""
    both = np.unique(group * length + session) if length else group
    return both // max(length, 1), both % max(length, 1)
