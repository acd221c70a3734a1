"""Clocks: noticed → acknowledged → root found → fixed → told, over many sessions.

How long a step took is what `fivewhys.countermeasures.clocks` says of one session; here stands what
is told of many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from fivewhys.countermeasures.targets import Step, Targets
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Severity
from fivewhys.review.columns import (
    KINDS,
    NEVER,
    NO_DAY,
    PROGRESS,
    SEVERITIES,
    UNKNOWN,
    Column,
    Rows,
    Sessions,
    middle,
)
from fivewhys.review.figure import DAY, FEW, Figure, Unit, share

LABELS = {
    Step.ACKNOWLEDGED: "acknowledged",
    Step.ROOT_FOUND: "root found",
    Step.FIXED: "fixed",
    Step.TOLD: "told",
}
_WHAT = {
    Step.ACKNOWLEDGED: "the customers first heard that we know and own it",
    Step.ROOT_FOUND: "the first of its root causes was decided",
    Step.FIXED: (
        "the last thing was done about it, once all is done that was not rejected (counted in "
        "whole days)"
    ),
    Step.TOLD: "the customers were told what happened and what changes",
}
_BEFORE = "What came before the problem was noticed is left out."
ABOUT_MEDIAN = (
    "The time from when the problem was noticed (or else the session was opened) until {what}: "
    "half of the sessions that got there took no longer. Sessions whose clock still runs are not "
    f"in it, so look at how many these are. {_BEFORE}"
)
ABOUT_NINETY = (
    "Nine of ten sessions took no longer until {what}. It is told from 10 sessions on; of fewer it "
    f"would be the longest. {_BEFORE}"
)
ABOUT_WITHIN = (
    "Of the sessions with a severity whose clock has stopped, or has run past its target by now: "
    "those that were within the target of their severity until {what}. It opens the others: those "
    f"that were not, or are late by now. {_BEFORE}"
)
ABOUT_RUNNING = "Sessions whose clock still runs: it is not reached yet, or nobody wrote it down."
ABOUT_LATE = "Those of the running clocks that are past the target of their severity by now."
ABOUT = (
    "How long it takes from the moment a problem is noticed. Each step is counted from there, not "
    "from the step before: bad news gets worse with time."
)

MISSED = "Not within the target"
"""What the sessions are that the share within the target opens."""

_HELD = (Progress.DONE, Progress.EFFECTIVE)
_ACKNOWLEDGE = KINDS.index(CountermeasureKind.ACKNOWLEDGE)
_REJECTED = PROGRESS.index(Progress.REJECTED)
_NO_TARGET = 2**62
"""More seconds than anything takes."""


@dataclass(frozen=True, slots=True)
class StepTimes:
    """How long one step took."""

    step: Step
    label: str
    median: Figure
    ninety: Figure
    within: Figure
    """The share within the target; its sessions are those that were not."""
    running: Figure
    late: Figure
    targets: tuple[tuple[Severity, float], ...]
    """The target of each severity that occurs, in seconds."""


@dataclass(frozen=True, slots=True)
class ClockTimes:
    """The four steps in their order."""

    steps: tuple[StepTimes, ...]
    about: str


def clock_times(
    sessions: Sessions,
    asked: Column,
    reached: Mapping[Step, Column],
    targets: Targets,
    now: datetime,
) -> ClockTimes:
    """How long each step took in the sessions `asked` about, as it stands at `now`.

    `reached` says of all sessions when, for what was fixed on which day: `when_reached`.
    """
    at = int(now.timestamp())
    return ClockTimes(
        tuple(_step(step, sessions, asked, reached[step], targets, at) for step in Step), ABOUT
    )


def when_reached(
    sessions: Sessions, has_root: Column, actions: Rows, is_back: Column
) -> dict[Step, Column]:
    """When each session reached each step, `NEVER` where it did not.

    What was fixed has a day, `NO_DAY` where it was not. As
    `fivewhys.countermeasures.clocks.clocks` says it of one session: fixed is what has done all that
    was not rejected and did not prove useless, and what only acknowledges is not waited for.
    `has_root` says which sessions have a root cause, `is_back` of which countermeasures the cause
    came back.
    """
    progress = actions["progress"]
    counts = (actions["kind"] != _ACKNOWLEDGE) & (progress != _REJECTED)
    is_held = np.isin(progress, [PROGRESS.index(one) for one in _HELD]) & ~is_back
    fixed = np.full(len(sessions), NO_DAY)
    done = counts & is_held
    np.maximum.at(fixed, actions.session[done], actions["done_on"][done])
    fixed[actions.session[counts & ~is_held]] = NO_DAY
    return {
        Step.ACKNOWLEDGED: sessions["acknowledged"],
        Step.ROOT_FOUND: np.where(has_root, sessions["root_found"], NEVER),
        Step.FIXED: fixed,
        Step.TOLD: sessions["told"],
    }


def took(step: Step, since: Column, reached: Column) -> tuple[Column, Column]:
    """Which of some sessions reached a step, and their seconds, for what was fixed whole days.

    They are below nothing where it came before the problem was noticed.
    """
    if step is Step.FIXED:
        return reached != NO_DAY, (reached - since // DAY) * DAY
    return reached != NEVER, reached - since


def ninetieth(values: Column) -> int:
    """The smallest of some values in order that nine of ten are not above (nearest rank)."""
    return int(values[-(-9 * len(values) // 10) - 1])


def _step(
    step: Step, sessions: Sessions, asked: Column, reached: Column, targets: Targets, now: int
) -> StepTimes:
    held = np.flatnonzero(asked)
    since, severity = sessions.at[held], sessions["severity"][held]
    target = {one: int(targets.of(one).to(step).total_seconds()) for one in SEVERITIES}
    # The code of no severity is -1, the last: nothing is too long for it.
    most = np.array([*target.values(), _NO_TARGET])[severity]
    is_there, time = took(step, since, reached[held])
    # Somebody mistook a date, or made it up: that is no time.
    is_timed = is_there & (time >= 0)
    runs_by = np.maximum(now // DAY - since // DAY, 0) * DAY
    if step is not Step.FIXED:
        runs_by = np.maximum(now - since, 0)
    is_late = ~is_there & (runs_by > most)
    is_missed = is_timed & (time > most)
    met = int(np.count_nonzero(is_timed & (severity != UNKNOWN) & ~is_missed))
    times = np.sort(time[is_timed])
    seen = {SEVERITIES[code] for code in np.unique(severity).tolist() if code != UNKNOWN}
    what = _WHAT[step]
    behind = sessions.behind(held[is_timed])
    missed = sessions.behind(held[is_missed | is_late])
    running, late = sessions.behind(held[~is_there]), sessions.behind(held[is_late])
    enough = len(times) >= FEW
    return StepTimes(
        step=step,
        label=LABELS[step],
        median=Figure(
            "median",
            "Median",
            middle(times) if len(times) else None,
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
            met + len(missed),
            ABOUT_WITHIN.format(what=what),
            missed,
            MISSED,
        ),
        running=Figure(
            "running",
            "Still running",
            len(running),
            Unit.COUNT,
            ABOUT_RUNNING,
            len(running),
            running,
        ),
        late=Figure("late", "Running late", len(late), Unit.COUNT, ABOUT_LATE, len(late), late),
        targets=tuple((each, float(target[each])) for each in Severity if each in seen),
    )
