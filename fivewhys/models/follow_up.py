"""What the follow-up lists over all sessions: countermeasures, checks, and customers to be told."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from fivewhys.models.plan_words import CountermeasureKind, Means, Progress
from fivewhys.models.values import Appearance
from fivewhys.models.words import Severity


class View(StrEnum):
    """Which countermeasures the follow-up lists."""

    OPEN = "open"
    """Still to be done."""
    OVERDUE = "overdue"
    WEEK = "week"
    """Due within a week from today."""
    CHECKS = "checks"
    """With a check that is due within a week, or was."""
    NO_EFFECT = "no effect"
    """Found not effective, or their cause was found again since they were done."""
    CLOSED = "closed"
    """Done, effective, not effective or rejected."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the follow-up is narrowed to; texts that are empty narrow nothing."""

    words: str = ""
    """Each must stand in the measure, its cause, owner, problem, place or session number."""
    owner: str = ""
    site: str = ""
    department: str = ""
    session: UUID | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A countermeasure as the follow-up lists it."""

    id: UUID
    session_id: UUID
    number: int
    problem: str
    site: str
    department: str
    severity: Severity | None
    cause_id: UUID
    cause: str
    text: str
    kind: CountermeasureKind
    means: Means | None
    owner: str
    due: date | None
    progress: Progress
    reason: str
    done_on: date | None
    not_ready: bool
    """Whether a point of its readiness list is not ticked."""
    next_check: date | None
    """The day of its first check that is planned and not made; among checks, of this one."""
    check: UUID | None
    """Among checks, which one the line is about: each has a line of its own."""
    back: Appearance | None
    """Where its cause was found again first since it was done."""

    @property
    def session(self) -> str:
        """The short name of its session, for example S-12."""
        return f"S-{self.number}"

    @property
    def place(self) -> str:
        """Site and department."""
        return " · ".join(part for part in (self.site, self.department) if part)

    @property
    def standing(self) -> Progress:
        """Where it stands; one that was done is not effective once its cause has come back."""
        if self.back:
            return Progress.NOT_EFFECTIVE
        return self.progress


@dataclass(frozen=True, slots=True)
class ToTell:
    """A session whose customers have not been told yet what happened and what changes."""

    session_id: UUID
    number: int
    problem: str
    site: str
    department: str
    severity: Severity | None
    noticed_at: datetime | None
    opened_at: datetime
    acknowledged_at: datetime | None

    @property
    def session(self) -> str:
        """The short name of the session, for example S-12."""
        return f"S-{self.number}"
