"""What the customers of one session are told, and how long each step towards it took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fivewhys.countermeasures.clocks import clocks
from fivewhys.countermeasures.targets import Step
from fivewhys.models.tree import Tree
from fivewhys.reports.dates import day, time

_STEPS = {
    Step.ACKNOWLEDGED: "Customers heard that we know and own it",
    Step.ROOT_FOUND: "Root found",
    Step.FIXED: "Fixed",
    Step.TOLD: "Customers heard what happened and what changes",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A step: when it was reached, and how long that took."""

    name: str
    when: str


class Customers:
    """What the customers are told and when, as the session's Markdown tells it."""

    def __init__(self, tree: Tree) -> None:
        session = tree.session
        self.words = session.acknowledgement
        self._told_at, self._channel = session.told_at, session.told_channel
        self._clocks = clocks(tree)
        self._has_plan = bool(tree.countermeasures_of)
        self._has_root = bool(tree.roots())

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say of them."""
        return bool(self.words or self._told_at)

    @property
    def told(self) -> str:
        """When and how they were told, or that they are not."""
        if self._told_at is None:
            return "They are not told yet."
        how = f": {self._channel.rstrip('.')}" if self._channel else ""
        return f"Told on {day(self._told_at)}{how}."

    @property
    def clocks(self) -> list[Clock]:
        """The steps from noticing to telling; none before anything is planned or told."""
        found = self._clocks
        if not self._has_plan and found.acknowledged is None:
            return []
        first = "Noticed" if found.noticed else "Session opened (when it was noticed is not known)"
        steps = [Clock(first, time(found.since))]
        for step, name in _STEPS.items():
            at, took = found.reached(step), found.took(step)
            if at is None or took is None:
                # Sessions from elsewhere, or of before there were clocks, do not say when.
                is_known = step is Step.ROOT_FOUND and self._has_root
                steps.append(Clock(name, "it is not noted when" if is_known else "not yet"))
                continue
            if isinstance(at, datetime):
                steps.append(Clock(name, f"{time(at)} ({_lasted(took)})"))
                continue
            # What was fixed has a day and no time of the day.
            lasted = f"after {took.days:,} day{'' if took.days == 1 else 's'}"
            steps.append(Clock(name, f"{day(at)} ({lasted if took else 'on the same day'})"))
        return steps


def _lasted(took: timedelta) -> str:
    """A time in words, coarser the longer it is: 40 min, 1 h 35 min, 25 h, 4 days."""
    hours, minutes = divmod(took // timedelta(minutes=1), 60)
    if took >= timedelta(days=2):
        return f"after {took.days:,} days"
    if hours >= 24 or (hours and not minutes):
        return f"after {hours} h"
    if hours:
        return f"after {hours} h {minutes} min"
    if minutes:
        return f"after {minutes} min"
    return "at once"
