"""All sessions at once: what causes, problems and countermeasures the whole history holds.

Small frozen values, one field for each fact that comparing sessions needs; a history of a million
causes fits in memory as these.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Kind, Leg, Severity, State, Status


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session as the history shows it."""

    id: UUID
    number: int
    state: State
    problem: str
    site: str
    region: str
    department: str
    severity: Severity | None
    on: date
    """When its problem was noticed, or else when the session was opened (UTC)."""

    @property
    def name(self) -> str:
        """The short name people use, for example S-12."""
        return f"S-{self.number}"


@dataclass(frozen=True, slots=True)
class PastCause:
    """A cause, or a problem, as the history shows it."""

    id: UUID
    session_id: UUID
    parent_id: UUID | None
    kind: Kind
    text: str
    status: Status
    is_root: bool
    leg: Leg | None


@dataclass(frozen=True, slots=True)
class PastDeed:
    """A countermeasure as the history shows it."""

    id: UUID
    cause_id: UUID
    text: str
    progress: Progress
    owner: str
    due: date | None
    done_on: date | None
    kind: CountermeasureKind


@dataclass(frozen=True, slots=True)
class Past:
    """Sessions that are not deleted, with all their causes and countermeasures.

    Sessions are in the order of their days; the causes of a session stand together, each after
    its parent.
    """

    sessions: tuple[PastSession, ...] = ()
    causes: tuple[PastCause, ...] = ()
    deeds: tuple[PastDeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A cause with what a person needs to tell whether another one is the same."""

    cause: PastCause
    session: PastSession
    chain: tuple[str, ...]
    """The texts from the problem down to the cause, both included."""
    deeds: tuple[PastDeed, ...]
    is_out: bool = False
    """Whether it, or a cause above it, was ruled out."""


class Sameness(StrEnum):
    """What a person said of two causes."""

    SAME = "same"
    DIFFERENT = "different"
    SKIPPED = "skipped"
    """Not decided now; asked again after all others."""
    OPEN = "open"
    """A decision was taken back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on whether two causes are the same. The newest of a pair holds."""

    id: UUID
    a: UUID
    b: UUID
    """The causes; `a` is the smaller of the two keys."""
    sameness: Sameness
    decided_by: str
    decided_at: datetime
    """The moment in UTC, later than any earlier decision on the same two."""
    takes_back: UUID | None = None
    """The decision that this one takes back; its own `sameness` is then what held before."""
