"""The frozen values that leave the store: a class for each kind of row, a field for each column.

They hold no behaviour and know nothing of screens or databases. Moments are aware datetimes in
UTC; texts have been through `fivewhys.text.clean`.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fivewhys.models.plan_words import (
    STRENGTH_OF,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
    Strength,
)
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
    # What came with schema 3 has values to begin with: journals and archives hold older rows.
    acknowledged_at: datetime | None = None
    """When the customers first heard that we know and own it."""
    root_found_at: datetime | None = None
    """When the first of its roots was decided."""
    acknowledgement: str = ""
    """What the customers are told, in words for them."""
    told_at: datetime | None = None
    """When they were told what happened and what changes."""
    told_channel: str = ""

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
class Countermeasure:
    """What will be done about a cause, or about the problem itself."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    position: int
    text: str
    kind: CountermeasureKind
    means: Means | None
    """What it works by, as a person decided; its strength follows from that."""
    owner: str
    """A person, a team or initials."""
    due: date | None
    progress: Progress
    reason: str
    """Why it was rejected, or what showed that it is not effective."""
    done_on: date | None
    """When it was carried out, where that is known."""
    notes: str
    ready_plan: bool
    ready_tools: bool
    ready_people: bool
    ready_channels: bool
    ready_impact: bool
    said_by: str
    created_at: datetime

    @property
    def strength(self) -> Strength | None:
        """How much it leaves to people's memory and care; None until its means are decided."""
        return STRENGTH_OF[self.means] if self.means else None

    @property
    def not_ready(self) -> tuple[Ready, ...]:
        """The points of the readiness list that are not ticked, in its order."""
        return tuple(point for point in Ready if not getattr(self, f"ready_{point}"))


@dataclass(frozen=True, slots=True)
class Measure:
    """How it will be known whether a countermeasure works."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    countermeasure_id: UUID
    position: int
    kind: MeasureKind
    definition: str
    baseline: str
    target: str
    days: int | None
    """The window: over how many days after it is done the target is looked at."""


@dataclass(frozen=True, slots=True)
class Check:
    """A dated look at a measure: one that is planned, or one that was made."""

    id: UUID
    session_id: UUID
    cause_id: UUID
    measure_id: UUID
    due: date
    made_on: date | None
    result: CheckResult | None
    """None while it is only planned."""
    value: str
    """What was found, with its unit."""
    checked_by: str
    owner: str
    """Who owned the countermeasure when it was made: someone other than who checked."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Appearance:
    """The same cause in another session."""

    session_id: UUID
    number: int
    site: str
    on: date
    """When that session's problem was noticed, or else when the session was opened (UTC)."""
    is_root: bool

    @property
    def name(self) -> str:
        """The short name of that session, for example S-12."""
        return f"S-{self.number}"


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
    "countermeasure": Countermeasure,
    "measure": Measure,
    "measure_check": Check,
}
"""Table name → the value its rows become."""

tables_on_causes = {
    "evidence": "evidence_of",
    "link_answer": "link_answers_of",
    "dismissal": "dismissals_of",
    "root_check": "root_checks_of",
    # Each hangs on the one before as well, so this is the order in which they come and go.
    "countermeasure": "countermeasures_of",
    "measure": "measures_of",
    "measure_check": "checks_of",
}
"""The tables whose rows hang on a cause and go with it → the field of a tree that holds them."""

table_of_type = {value: name for name, value in type_of_table.items()}

columns_of_table = {
    name: tuple(field.name for field in fields(value)) for name, value in type_of_table.items()
}
