"""Trend: sessions of each month, which of them repeat, and which repeat after a fix."""

from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from fivewhys.review.columns import Column, Sessions, among, in_groups, in_months
from fivewhys.review.figure import DAY, Behind, Figure, count, share
from fivewhys.review.shared import Roots

ABOUT_SESSIONS = (
    "Sessions asked about, by the month in which the problem was noticed or, where nobody knows, "
    "the session was opened. Months are those of the calendar here."
)
ABOUT_REPEATS = (
    "Sessions asked about of which a root cause had been found before: it was root in a session "
    "whose problem was noticed earlier, or something had been done about it there. It is the same "
    "cause where people said so, or where it is in equal words."
)
ABOUT_AFTER_FIX = (
    "Of the sessions that repeat, those whose problem was noticed after the day on which something "
    "was done about the same root cause in another session. Telling customers is no fix."
)
ABOUT = f"{ABOUT_SESSIONS} {ABOUT_REPEATS}"


@dataclass(frozen=True, slots=True)
class Month:
    """One month."""

    first_day: date
    sessions: Figure
    repeats: Figure
    after_fix: Figure
    """The share of the repeats that came after a fix."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The months from the first session to the last, those without any among them."""

    months: tuple[Month, ...]
    sessions: Figure
    repeats: Figure
    """The share of sessions that repeat."""
    after_fix: Figure
    about: str


def trend(sessions: Sessions, asked: Column, roots: Roots, zone: tzinfo | None = None) -> Trend:
    """The months of the sessions `asked` about.

    `roots` are those of the whole history, with what was done about them.
    """
    repeats, after_fix = repeating(sessions, roots)
    held = np.flatnonzero(asked)
    months, month = in_months(sessions.at[held], zone)
    kinds = (np.ones(len(held), bool), repeats[held], after_fix[held])
    behind = [in_groups(sessions, month[which], held[which]) for which in kinds]
    held_in_all, repeated, repeated_after_fix = _figures(
        *(sessions.behind(held[which]) for which in kinds)
    )
    return Trend(
        months=tuple(
            Month(day, *_figures(*(of_month(place) for of_month in behind)))
            for place, day in enumerate(months.days)
        ),
        sessions=held_in_all,
        repeats=repeated,
        after_fix=repeated_after_fix,
        about=ABOUT,
    )


def repeating(sessions: Sessions, roots: Roots) -> tuple[Column, Column]:
    """Which sessions repeat what was found before, and which of them do so after a fix."""
    group, number = roots.group, roots.number
    # In a group the oldest stands first, so any other session of it came later.
    is_later = number != number[roots.first][group]
    is_after = _has_fix(roots, group, number, roots.at // DAY)
    repeats = among(len(sessions), roots.session[is_later | is_after])
    return repeats, among(len(sessions), roots.session[is_after])


def _has_fix(roots: Roots, group: Column, number: Column, day: Column) -> Column:
    """Which roots were found after the day of a fix in another session."""
    found = np.zeros(len(group), bool)
    fixed, by, on = roots.fix_group, roots.fix_number, roots.fix_done_on
    # Whichever session is looked at, the first fix of another one is among these two.
    for _ in range(2):
        if not len(fixed):
            break
        place = np.searchsorted(fixed, group)
        place[place == len(fixed)] = 0
        found |= (fixed[place] == group) & (on[place] < day) & (by[place] != number)
        first = np.searchsorted(fixed, fixed)
        others = by != by[first]
        fixed, by, on = fixed[others], by[others], on[others]
    return found


def _figures(held: Behind, back: Behind, fixed: Behind) -> tuple[Figure, Figure, Figure]:
    return (
        count("sessions", "Sessions", held, ABOUT_SESSIONS),
        share("repeats", "Repeats", len(back), len(held), ABOUT_REPEATS, back),
        share("after_fix", "Repeats after a fix", len(fixed), len(back), ABOUT_AFTER_FIX, fixed),
    )
