"""The minor wounds, in loops."""

from collections.abc import Collection, Mapping
from uuid import UUID

from fivewhys.review.figure import count, numbers
from fivewhys.review.wounds import (
    ABOUT,
    ABOUT_BESIDE,
    ABOUT_BIG,
    ABOUT_PILE,
    ABOUT_SMALL,
    ABOUT_UNSAID,
    ABOUT_WITHOUT,
    BIG,
    MANY,
    MOST,
    SMALL,
    Pile,
    Wounds,
)
from tests.review.plain.rows import SessionRow
from tests.review.plain.shared import Roots


def wounds(chosen: Collection[SessionRow], roots: Roots) -> Wounds:
    """The piles of small sessions among those `chosen`; `roots` are those of the whole history.

    The names of causes are empty: `Wounds.with_texts` fills them.
    """
    by_number = {row.number: row for row in chosen if row.severity is SMALL or row.severity in BIG}
    small = [row.number for row in by_number.values() if row.severity is SMALL]
    big = [row for row in by_number.values() if row.severity in BIG]
    weight = {row.number: row.weight for row in by_number.values()}
    at_cause: dict[str | UUID, list[SessionRow]] = {}
    for cause in roots.shared:
        rows = [by_number[number] for number in cause.sessions if number in by_number]
        if len(rows) >= MANY:
            at_cause[UUID(bytes=cause.roots[0].key)] = rows
    at_site: dict[str | UUID, list[SessionRow]] = {}
    at_place: dict[str | UUID, list[SessionRow]] = {}
    in_group: dict[str | UUID, list[SessionRow]] = {}
    for row in by_number.values():
        if row.site:
            at_site.setdefault(row.site, []).append(row)
        if row.site and row.department:
            at_place.setdefault(f"{row.site} · {row.department}", []).append(row)
        if row.channel:
            in_group.setdefault(row.channel, []).append(row)
    unsaid = (row.number for row in chosen if row.severity is None)
    return Wounds(
        by_cause=_piles(at_cause, weight, big, "root cause"),
        by_site=_piles(at_site, weight, big, "site"),
        by_place=_piles(at_place, weight, big, "site and department"),
        by_group=_piles(in_group, weight, big, "channel"),
        small=count("small", "Minor sessions", small, ABOUT_SMALL),
        big=count("big", "Major and critical sessions", (row.number for row in big), ABOUT_BIG),
        unsaid=count("unsaid", "Sessions without a severity", unsaid, ABOUT_UNSAID),
        without_customers=count(
            "without_customers",
            "Sessions that do not say how many customers",
            (row.number for row in by_number.values() if row.customers is None),
            ABOUT_WITHOUT,
        ),
        about=ABOUT,
    )


def _piles(
    found: Mapping[str | UUID, list[SessionRow]],
    weight: Mapping[int, int],
    big: list[SessionRow],
    what: str,
) -> tuple[Pile, ...]:
    weighed = []
    for name, rows in found.items():
        small = [row for row in rows if row.severity is SMALL]
        if len(small) >= MANY:
            together = sum(weight[row.number] for row in small)
            weighed.append((together, len(small), str(name), name, rows))
    weighed.sort(key=lambda one: (-one[0], -one[1], one[2]))
    piles = []
    for together, _, _, name, rows in weighed[:MOST]:
        small_ones = (row.number for row in rows if row.severity is SMALL)
        big_ones = [row for row in rows if row.severity is not SMALL]
        big_numbers = (row.number for row in big_ones)
        lighter = [row.number for row in big if weight[row.number] < together]
        piles.append(
            Pile(
                name=name if isinstance(name, str) else "",
                key=name if isinstance(name, UUID) else None,
                small=count("small", "Minor sessions", small_ones, ABOUT_PILE.format(what=what)),
                big=count(
                    "big", "Big sessions beside them", big_numbers, ABOUT_BESIDE.format(what=what)
                ),
                small_weight=together,
                big_weight=sum(weight[row.number] for row in big_ones),
                outweighs=len(lighter),
                outweighed=numbers(lighter),
            )
        )
    return tuple(piles)
