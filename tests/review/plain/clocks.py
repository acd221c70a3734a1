"""The clocks, in loops."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from operator import attrgetter
from statistics import median

from fivewhys.countermeasures.targets import Step, Targets
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Severity
from fivewhys.review.clocks import (
    _HELD,
    _WHAT,
    ABOUT,
    ABOUT_LATE,
    ABOUT_MEDIAN,
    ABOUT_NINETY,
    ABOUT_RUNNING,
    ABOUT_WITHIN,
    LABELS,
    MISSED,
    ClockTimes,
    StepTimes,
)
from fivewhys.review.figure import DAY, FEW, Figure, Unit, numbers, share
from fivewhys.review.period import days_since_1970
from tests.review.plain.rows import ActionRow, ClockRow


def clock_times(rows: Collection[ClockRow], targets: Targets, now: datetime) -> ClockTimes:
    """How long each step took in the sessions of `rows`, as it stands at `now`."""
    at = int(now.timestamp())
    return ClockTimes(tuple(_step(step, rows, targets, at) for step in Step), ABOUT)


def took(step: Step, rows: Iterable[ClockRow]) -> list[int | None]:
    """Seconds until a step in each row, whole days of them for what was fixed; None while it runs.

    They are below nothing where it came before the problem was noticed.
    """
    if step is Step.FIXED:
        return [
            None if row.fixed is None else (days_since_1970(row.fixed) - row.since // DAY) * DAY
            for row in rows
        ]
    reached = attrgetter(step.value)
    return [None if (at := reached(row)) is None else at - row.since for row in rows]


def fixed_days(actions: Iterable[ActionRow]) -> dict[int, date]:
    """The day on which each session was fixed, for those that are.

    As `fivewhys.countermeasures.clocks.clocks` says it of one: all that was not rejected is done
    and has not proved useless, and what only acknowledges is not waited for.
    """
    days: dict[int, date] = {}
    waiting: set[int] = set()
    for row in actions:
        if row.kind is CountermeasureKind.ACKNOWLEDGE or row.progress is Progress.REJECTED:
            continue
        if row.is_back or row.progress not in _HELD:
            waiting.add(row.number)
        elif row.done_on is not None:
            days[row.number] = max(days.get(row.number, row.done_on), row.done_on)
    return {number: day for number, day in days.items() if number not in waiting}


def ninetieth(values: list[int]) -> int:
    """The smallest of some values in order that nine of ten are not above (nearest rank)."""
    return values[-(-9 * len(values) // 10) - 1]


def _step(step: Step, rows: Collection[ClockRow], targets: Targets, now: int) -> StepTimes:
    target = {severity: int(targets.of(severity).to(step).total_seconds()) for severity in Severity}
    times: list[int] = []
    reached: list[int] = []
    running: list[int] = []
    late: list[int] = []
    missed: list[int] = []
    seen = {row.severity for row in rows}
    met = 0
    for (number, severity, since, *_), time in zip(rows, took(step, rows), strict=True):
        if time is None:
            running.append(number)
            if severity and _run_by(since, step, now) > target[severity]:
                late.append(number)
            continue
        if time < 0:
            continue
        times.append(time)
        reached.append(number)
        if severity:
            if time <= target[severity]:
                met += 1
            else:
                missed.append(number)
    times.sort()
    what = _WHAT[step]
    behind = numbers(reached)
    enough = len(times) >= FEW
    return StepTimes(
        step=step,
        label=LABELS[step],
        median=Figure(
            "median",
            "Median",
            median(times) if times else None,
            Unit.SECONDS,
            ABOUT_MEDIAN.format(what=what),
            len(times),
            behind,
        ),
        ninety=Figure(
            "ninety",
            "90 %",
            ninetieth(times) if enough else None,
            Unit.SECONDS,
            ABOUT_NINETY.format(what=what),
            len(times),
            behind,
        ),
        within=share(
            "within",
            "Within the target",
            met,
            met + len(missed) + len(late),
            ABOUT_WITHIN.format(what=what),
            [*missed, *late],
            opens=MISSED,
        ),
        running=Figure(
            "running",
            "Still running",
            len(running),
            Unit.COUNT,
            ABOUT_RUNNING,
            len(running),
            numbers(running),
        ),
        late=Figure(
            "late", "Running late", len(late), Unit.COUNT, ABOUT_LATE, len(late), numbers(late)
        ),
        targets=tuple((each, float(target[each])) for each in Severity if each in seen),
    )


def _run_by(since: int, step: Step, now: int) -> int:
    if step is Step.FIXED:
        return max(now // DAY - since // DAY, 0) * DAY
    return max(now - since, 0)
