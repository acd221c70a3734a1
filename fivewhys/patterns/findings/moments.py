"""The time line of one cause: each time that it was found, what was done between, and its checks.

Small frozen values in the order of their days. They need neither a graph nor networkx; `time_line`
makes them from a map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from fivewhys.models.plan_words import FINISHED
from fivewhys.models.values import Check, Measure
from fivewhys.patterns.findings.values import Sighting, Tried


@dataclass(frozen=True, slots=True)
class Found:
    """A session that found the cause."""

    seen: Sighting
    gap: int | None
    """Days since it was found before; None the first time."""
    after: tuple[Tried, ...]
    """What was done by then and did not keep it away: this is the first time after each."""

    @property
    def on(self) -> date:
        """When its problem was noticed, or else when the session was opened (UTC)."""
        return self.seen.session.on


@dataclass(frozen=True, slots=True)
class Done:
    """A countermeasure on the cause, on the day it was done; else with the session that has it."""

    tried: Tried

    @property
    def is_dated(self) -> bool:
        """Whether it was carried out on a known day."""
        deed = self.tried.deed
        return deed.done_on is not None and deed.progress in FINISHED

    @property
    def on(self) -> date:
        """The day at which it stands."""
        done_on = self.tried.deed.done_on
        return done_on if done_on is not None and self.is_dated else self.tried.session.on


@dataclass(frozen=True, slots=True)
class Checked:
    """A look whether a countermeasure on the cause works."""

    tried: Tried
    measure: Measure
    """What was looked at."""
    check: Check

    @property
    def on(self) -> date:
        """When it was made."""
        return self.check.made_on or self.check.due


Moment: TypeAlias = Found | Done | Checked


@dataclass(frozen=True, slots=True)
class TimeLine:
    """All that happened to one cause, oldest first."""

    text: str
    """How it is called in the session that the line is about first."""
    moments: tuple[Moment, ...]

    @property
    def found(self) -> tuple[Found, ...]:
        """The sessions that found it, oldest first."""
        return tuple(one for one in self.moments if isinstance(one, Found))

    @property
    def is_confirmed(self) -> bool:
        """Whether it is confirmed of all sessions that it is the same cause."""
        return all(one.seen.is_confirmed for one in self.found)

    @property
    def done(self) -> tuple[Done, ...]:
        """What was done, or planned, in the order in which it stands."""
        return tuple(one for one in self.moments if isinstance(one, Done))

    @property
    def checked(self) -> tuple[Checked, ...]:
        """The checks that were made, oldest first."""
        return tuple(one for one in self.moments if isinstance(one, Checked))

    def with_checks(self, measures: Iterable[Measure], checks: Iterable[Check]) -> "TimeLine":
        """The same with those checks on it that were made of what it has; others are left out."""
        measure_of = {measure.id: measure for measure in measures}
        tried_of = {done.tried.deed.id: done.tried for done in self.done}
        made = [
            Checked(tried_of[measure.countermeasure_id], measure, check)
            for check in sorted(checks, key=lambda one: (one.created_at, one.id))
            if check.result is not None
            and (measure := measure_of.get(check.measure_id))
            and measure.countermeasure_id in tried_of
        ]
        moments = [one for one in self.moments if not isinstance(one, Checked)]
        return replace(self, moments=tuple(sorted([*moments, *made], key=_place)))

    def quiet(self, today: date) -> int | None:
        """Days since it was found last, up to `today`; None where that lies ahead."""
        if not self.found:
            return None
        days = (today - self.found[-1].on).days
        return days if days >= 0 else None


def in_order(text: str, seen: Sequence[Sighting], tried: Sequence[Tried]) -> TimeLine:
    """The time line of what was `seen`, oldest first, and what was `tried`.

    On one day a session comes before what was done: a fix may not have been there yet. What is
    not done, or nobody knows when, stands behind the session that has it.
    """
    moments: list[Moment] = []
    before: Sighting | None = None
    for one in seen:
        gap = (one.session.on - before.session.on).days if before else None
        after = tuple(
            deed for deed in tried if deed.back and deed.back.session.id == one.session.id
        )
        moments.append(Found(one, gap, after))
        before = one
    moments += map(Done, tried)
    return TimeLine(text, tuple(sorted(moments, key=_place)))


def _place(moment: Moment) -> tuple[date, int, int]:
    """Where a moment stands. What ties stays in order: a session, then what hangs on it."""
    if isinstance(moment, Found):
        return moment.on, 0, moment.seen.session.number
    if isinstance(moment, Checked):
        return moment.on, 2, moment.tried.session.number
    return moment.on, int(moment.is_dated), moment.tried.session.number
