"""The frozen values that leave the store: a class for each kind of row, a field for each column.

They hold no behaviour and know nothing of screens or databases. Moments are aware datetimes in
UTC; texts have been through `fivewhys.text.clean`.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from fivewhys.models.words import (
    EvidenceKind,
    Kind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Severity,
    State,
    Status,
    StopReason,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class WhySession:
    """One Five Whys analysis of one problem: everything but its tree."""

    id: UUID
    number: int
    state: State
    customer_words: str
    expected: str
    actual: str
    location: str
    since_when: str
    how_much: str
    site: str
    region: str
    department: str
    channel: str
    severity: Severity | None
    noticed_at: datetime | None
    time_box: int | None
    """Minutes the meeting should take."""
    facilitator: str
    notes: str
    opened_at: datetime
    finished_at: datetime | None
    deleted_at: datetime | None

    @property
    def name(self) -> str:
        """The short name people use, for example S-12."""
        return f"S-{self.number}"


@dataclass(frozen=True, slots=True)
class Cause:
    """An answer to a why, or the problem itself at the top of the tree."""

    id: UUID
    session_id: UUID
    parent_id: UUID | None
    kind: Kind
    position: int
    text: str
    question: str
    """The why-question asked of this cause, where a person worded it; else empty."""
    status: Status
    reason: str
    """Why it was ruled out or the asking stopped here."""
    part: Part | None
    part_reason: str
    """Why the team decided to act on it as root, or what it contributed."""
    leg: Leg | None
    said_by: str
    created_at: datetime
    # What came with schema 2 has values to begin with: journals and archives hold older rows.
    stop: StopReason | None = None
    """Which of the known reasons the asking stopped here for; only where it is stopped."""
    lens: str = ""
    """The set of categories that the team looked through, with the category it found."""
    category: str = ""

    @property
    def is_root(self) -> bool:
        """Whether the team decided to act on this cause as a root."""
        return self.part is Part.ROOT


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen, counted or read that supports or contradicts a cause."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    position: int
    kind: EvidenceKind
    text: str
    supports: bool
    said_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What the team said when a chain was read back: one answer to each question of a cause."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    question: LinkQuestion
    verdict: Verdict
    words: str
    said_by: str
    created_at: datetime
    """When it was given; an answer that replaces another takes its place with its own moment."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A prompt that was shown and put aside, which is not shown again for that cause."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    """The cause or the problem that it was about."""
    rule: str
    """The rule's name, for example blame."""
    rule_set: str
    """The version of the rules that said it."""
    prompt: str
    """What it said."""
    reason: str
    said_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RootCheck:
    """A ticked point of the list that is gone through before a cause is called root."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    point: RootPoint
    said_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """An idea kept aside so that the meeting stays on the question."""

    id: UUID
    session_id: UUID
    position: int
    text: str
    said_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the room, or someone who does this work and is not here."""

    id: UUID
    session_id: UUID
    position: int
    name: str
    role: str
    here: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as the library lists it."""

    id: UUID
    number: int
    problem: str
    site: str
    department: str
    location: str
    opened_at: datetime
    state: State
    roots: int

    @property
    def name(self) -> str:
        """The short name people use, for example S-12."""
        return f"S-{self.number}"

    @property
    def place(self) -> str:
        """Site and department, or where the problem was seen."""
        return " · ".join(part for part in (self.site, self.department) if part) or self.location


type_of_table: dict[str, type[Any]] = {
    "why_session": WhySession,
    "cause": Cause,
    "evidence": Evidence,
    "parked": Parked,
    "person": Person,
    "link_answer": LinkAnswer,
    "dismissal": Dismissal,
    "root_check": RootCheck,
}
"""Table name → the value its rows become."""

tables_on_causes = {
    "evidence": "evidence_of",
    "link_answer": "link_answers_of",
    "dismissal": "dismissals_of",
    "root_check": "root_checks_of",
}
"""The tables whose rows hang on a cause and go with it → the field of a tree that holds them."""

table_of_type = {value: name for name, value in type_of_table.items()}

columns_of_table = {
    name: tuple(field.name for field in fields(value)) for name, value in type_of_table.items()
}
