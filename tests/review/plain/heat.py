"""The heat map, in loops."""

from collections.abc import Collection, Iterable, Sequence

from fivewhys.review.figure import count
from fivewhys.review.heat import (
    ABOUT,
    ABOUT_ANY,
    ABOUT_CELL,
    ABOUT_REGION,
    ABOUT_SITE,
    Cell,
    Heat,
    SiteLine,
    columns_to_show,
    regions_and_sites,
)
from fivewhys.review.spelling import Spelling


def heat(
    rows: Iterable[tuple[int, str, str, str, bool]],
    sites: Collection[tuple[str, str, int]],
    columns: Sequence[str] = (),
    what: str = "department",
    bare: Collection[str] = (),
) -> Heat:
    """The map of sessions: `rows` are as `PlaceRow`, in its fields' order.

    `sites` are all sites ever with their regions and how many sessions they held. `columns` come
    first and even if they are empty; the others follow in the order of the alphabet. What names no
    column is told under an empty one, last. `bare` are sites with sessions that are in no column.
    Sites and columns are one whatever their capitals.
    """
    spelled, headed = Spelling(), Spelling(columns)
    region_of, sites_of = regions_and_sites(sites, spelled)
    as_written: dict[tuple[str, str, bool], list[int]] = {}
    for number, site, _, column, is_chosen in rows:
        # Few ways to write them, and many sessions: the others are looked at once for each way.
        way = (site, column, is_chosen)
        if way in as_written:
            as_written[way].append(number)
        else:
            as_written[way] = [number]
    cells: dict[tuple[str, str], set[int]] = {}
    in_region: dict[tuple[str, str], set[int]] = {}
    whole: dict[str, set[int]] = {}
    whole_region: dict[str, set[int]] = {}
    for (site, column, is_chosen), held in as_written.items():
        at, of = spelled(site, len(held)), headed(column, len(held))
        region = region_of.get(at, "")
        if region:
            in_region.setdefault((region, of), set()).update(held)
            whole_region.setdefault(region, set()).update(held)
        if is_chosen:
            cells.setdefault((at, of), set()).update(held)
            whole.setdefault(at, set()).update(held)
    if as_written:
        whole = {spelled(site, 0): set() for site in bare if site} | whole
    shown = columns_to_show({of for _, of in cells}, columns, headed)

    def average(region: str, found: Collection[int]) -> float | None:
        has_others = region and len(sites_of.get(region, ())) > 1
        return len(found) / len(sites_of[region]) if has_others else None

    about_cell = ABOUT_CELL.format(column=what)
    about_site = ABOUT_SITE if what == "department" else ABOUT_ANY.format(column=what)
    lines = []
    for site in sorted(whole, key=lambda at: (not at, region_of.get(at, "").casefold(), at)):
        region = region_of.get(site, "")
        line = tuple(
            Cell(
                count("cell", headed.name(of), cells.get((site, of), ()), about_cell),
                average(region, in_region.get((region, of), ())),
            )
            for of in shown
        )
        total = count("site", spelled.name(site), whole[site], about_site)
        lines.append(
            SiteLine(
                spelled.name(site),
                region,
                total,
                average(region, whole_region.get(region, ())),
                len(sites_of.get(region, ())),
                line,
            )
        )
    return Heat(
        tuple(map(headed.name, shown)), tuple(lines), ABOUT.format(column=what), ABOUT_REGION
    )
