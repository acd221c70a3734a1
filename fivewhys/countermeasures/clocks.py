"""The clocks of a session: noticed → acknowledged → root found → fixed → told.

Bad news gets worse with time, so each runs from when the problem was noticed. Moments are aware;
the day on which something was fixed is a day, and is counted in days (UTC).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from fivewhys.countermeasures.targets import Step, Targets
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity

_DONE = (Progress.DONE, Progress.EFFECTIVE)


@dataclass(frozen=True, slots=True)
class Clocks:
    """When each step of a session was reached; None where it was not, or is not known."""

    noticed: datetime | None
    opened: datetime
    acknowledged: datetime | None
    root_found: datetime | None
    fixed: date | None
    told: datetime | None

    @property
    def since(self) -> datetime:
        """From when the clocks run: when it was noticed or, if not known, the session opened."""
        return self.noticed or self.opened

    def reached(self, step: Step) -> datetime | date | None:
        """The moment, or for what was fixed the day, at which a step was reached."""
        found: datetime | date | None = getattr(self, step.value)
        return found

    def took(self, step: Step) -> timedelta | None:
        """How long a step took; whole days for what was fixed. None while its clock runs."""
        at = self.reached(step)
        return None if at is None else _between(self.since, at)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock as it stands."""

    step: Step
    at: datetime | date | None
    """When it stopped; None while it runs."""
    time: timedelta
    """How long it took, or has run by now."""
    target: timedelta | None
    """None where the session has no severity."""

    @property
    def is_running(self) -> bool:
        """Whether the step is still to be reached."""
        return self.at is None

    @property
    def is_late(self) -> bool:
        """Whether the target was missed, or is by now."""
        return self.target is not None and self.time > self.target

    @property
    def left(self) -> timedelta | None:
        """How long a running clock has before its target; negative beyond it, None without one."""
        return self.target - self.time if self.is_running and self.target is not None else None


def clocks(tree: Tree) -> Clocks:
    """When each step of a session was reached.

    Who was told what happened and what changes has heard as well that we know and own it. A root
    counts while the session has one. It is fixed on the day on which the last thing was done about
    it, once all that was not rejected is done and has not proved useless; what only acknowledges
    is not waited for.
    """
    session = tree.session
    return Clocks(
        noticed=session.noticed_at,
        opened=session.opened_at,
        acknowledged=session.acknowledged_at or session.told_at,
        root_found=session.root_found_at if tree.roots() else None,
        fixed=_fixed(tree),
        told=session.told_at,
    )


def readings(
    found: Clocks, severity: Severity | None, targets: Targets, now: datetime
) -> tuple[Clock, ...]:
    """The four clocks that run from when a problem was noticed, in order, as they stand at `now`.

    For example: acknowledged, root found, fixed and told, each with its hours and its target.
    """
    target = targets.of(severity) if severity else None
    return tuple(
        Clock(
            step=step,
            at=found.reached(step),
            time=_between(found.since, found.reached(step) or _as_told(step, now)),
            target=target.to(step) if target else None,
        )
        for step in Step
    )


def _fixed(tree: Tree) -> date | None:
    awaited = [
        item
        for item in tree.all_countermeasures()
        if item.kind is not CountermeasureKind.ACKNOWLEDGE
        and item.progress is not Progress.REJECTED
    ]
    if any(tree.standing(item) not in _DONE for item in awaited):
        return None
    return max((item.done_on for item in awaited if item.done_on), default=None)


def _as_told(step: Step, now: datetime) -> datetime | date:
    """`now` as this step's moments are given."""
    return now.astimezone(UTC).date() if step is Step.FIXED else now


def _between(since: datetime, until: datetime | date) -> timedelta:
    """The time between; none where the second is earlier, as somebody mistook a date."""
    if isinstance(until, datetime):
        return max(until - since, timedelta())
    return max(until - since.astimezone(UTC).date(), timedelta())
