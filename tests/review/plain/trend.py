"""The trend, in loops."""

from collections.abc import Collection, Iterable, Mapping
from datetime import tzinfo

from fivewhys.review.figure import DAY, Figure, count, share
from fivewhys.review.period import Months, days_since_1970
from fivewhys.review.trend import (
    ABOUT,
    ABOUT_AFTER_FIX,
    ABOUT_REPEATS,
    ABOUT_SESSIONS,
    Month,
    Trend,
)
from tests.review.plain.rows import month_of
from tests.review.plain.shared import Roots


def trend(chosen: Mapping[int, int], roots: Roots, zone: tzinfo | None = None) -> Trend:
    """The months of the sessions `chosen`, each with the moment when its problem was noticed.

    `roots` are those of the whole history, with what was done about them.
    """
    repeats, after_fix = repeating(chosen.keys(), roots)
    months = Months.of(chosen.values(), zone)
    held: list[list[int]] = [[] for _ in range(months.count)]
    for number, at in chosen.items():
        held[month_of(months, at)].append(number)
    held_in_all, repeated, repeated_after_fix = _figures(chosen, repeats, after_fix)
    return Trend(
        months=tuple(
            Month(day, *_figures(held[place], repeats, after_fix))
            for place, day in enumerate(months.days)
        ),
        sessions=held_in_all,
        repeats=repeated,
        after_fix=repeated_after_fix,
        about=ABOUT,
    )


def repeating(chosen: Collection[int], roots: Roots) -> tuple[set[int], set[int]]:
    """Which sessions repeat what was found before, and which of them do so after a fix."""
    repeats: set[int] = set()
    after_fix: set[int] = set()
    for cause in roots.shared:
        first = cause.roots[0]
        done = sorted((days_since_1970(fix.done_on), fix.number) for fix in cause.fixes)
        # Whichever session is looked at, the first fix of another one is among these two.
        telling = [*done[:1], *[one for one in done if one[1] != done[0][1]][:1]]
        for root in cause.roots:
            if root.number not in chosen:
                continue
            if (root.at, root.number) > (first.at, first.number) and root.number != first.number:
                repeats.add(root.number)
            day = root.at // DAY
            if any(on < day and number != root.number for on, number in telling):
                repeats.add(root.number)
                after_fix.add(root.number)
    return repeats, after_fix


def _figures(
    held: Iterable[int], repeats: set[int], after_fix: set[int]
) -> tuple[Figure, Figure, Figure]:
    held = set(held)
    back = held & repeats
    fixed = held & after_fix
    return (
        count("sessions", "Sessions", held, ABOUT_SESSIONS),
        share("repeats", "Repeats", len(back), len(held), ABOUT_REPEATS, back),
        share("after_fix", "Repeats after a fix", len(fixed), len(back), ABOUT_AFTER_FIX, fixed),
    )
