"""The Pareto, in loops."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from fivewhys.models.weighing import weight_of
from fivewhys.review.figure import count, numbers, share
from fivewhys.review.pareto import (
    ABOUT,
    ABOUT_ROOTS,
    ABOUT_UNSAID,
    MOST,
    Bar,
    Basis,
    Pareto,
)
from tests.review.plain.rows import SessionRow
from tests.review.plain.shared import Roots, Shared


def weights(chosen: Iterable[SessionRow]) -> tuple[dict[int, int], set[int]]:
    """What each session adds to a bar whose length is weight, and which do not say how many."""
    weights, unsaid = {}, set()
    for row in chosen:
        customers = row.customers
        weights[row.number] = weight_of(row.severity) * (customers or 1)
        if customers is None:
            unsaid.add(row.number)
    return weights, unsaid


def pareto(
    chosen: Mapping[int, int],
    roots: Roots,
    basis: Basis = Basis.SESSIONS,
    unsaid: Iterable[int] = (),
) -> Pareto:
    """The shared root causes of the sessions `chosen`, each with what it adds to a bar.

    `roots` are those of the whole history, `unsaid` the sessions that do not say how many customers
    they hit. Of equal bars the one that was found in more sessions everywhere comes first, then the
    one that was found last. The texts are empty: `Pareto.with_texts` fills them.
    """
    found: list[tuple[int, int, int, Shared, set[int]]] = []
    with_roots = {root.number for root in roots.single if root.number in chosen}
    different = sum(root.number in chosen for root in roots.single)
    for cause in roots.shared:
        everywhere = cause.sessions
        here = everywhere & chosen.keys()
        if not here:
            continue
        different += 1
        with_roots |= here
        if len(everywhere) > 1:
            value = sum(chosen[number] for number in here)
            found.append((value, len(everywhere), cause.roots[-1].at, cause, here))
    found.sort(key=lambda one: (*one[:3], one[3].roots[-1].key), reverse=True)
    total = sum(one[0] for one in found)
    line = _line([one[0] for one in found], total)
    bars, sum_so_far = [], 0
    for place, (value, everywhere_count, _, cause, here) in enumerate(found[:MOST]):
        sum_so_far += value
        bars.append(
            Bar(
                key=UUID(bytes=cause.roots[0].key),
                text="",
                value=value,
                share=value / total,
                cumulative=sum_so_far / total,
                is_vital=place < line,
                sessions=numbers(here),
                everywhere=everywhere_count,
                is_confirmed=cause.is_confirmed,
                decided=len(here),
            )
        )
    recurring = share(
        "recurring",
        "Root causes that came more than once",
        len(found),
        different,
        ABOUT_ROOTS,
        (number for one in found for number in one[4]),
    )
    missing = with_roots.intersection(unsaid)
    return Pareto(
        basis=basis,
        bars=tuple(bars),
        rest=max(len(found) - MOST, 0),
        total=total,
        line=line,
        recurring=recurring,
        unsaid=count(
            "unsaid", "Sessions that do not say how many customers", missing, ABOUT_UNSAID
        ),
        suggested=None,
        about=ABOUT[basis],
    )


def _line(values: list[int], total: int) -> int:
    """How many of the longest bars reach the line."""
    reached = 0
    for place, value in enumerate(values, 1):
        reached += value
        # Whole numbers: 0.8 times a total is not always what it says.
        if 10 * reached >= 8 * total:
            return place
    return 0
