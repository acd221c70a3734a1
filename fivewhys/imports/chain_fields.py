"""What a file of chains may hold, checked. Only “problem” has to be there."""

from typing import Any, Self

from pydantic import Field, model_validator

from fivewhys.imports.fields import Entry, Flag, Minutes, Moment
from fivewhys.models.commands import Line, Passage, Statement
from fivewhys.models.words import EvidenceKind, Leg, Severity, Status

RECOVERY = "recovery"
"""A leg of some sources (how it was put right) that is none of ours."""

_SETTLED = (Status.RULED_OUT, Status.STOPPED)


class ChainEvidence(Entry):
    """What was seen, counted or read about a cause."""

    kind: EvidenceKind = EvidenceKind.NOTE
    text: Statement
    supports: Flag = True
    said_by: Line = ""


class ChainNode(Entry):
    """One cause. What is below it is checked node by node, since it may be deep."""

    text: Statement
    children: list[Any] = []
    leg: Line | None = None
    status: Status = Status.OPEN
    reason: Line = ""
    root: Line | None = None
    """Why the team acts on it as root; it is a root wherever this is given, even empty."""
    contributing: Line | None = None
    said_by: Line = ""
    question: Line = ""
    evidence: list[ChainEvidence] = []

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.leg not in (None, RECOVERY, *Leg):
            legs = ", ".join(Leg)
            raise ValueError(f"“leg” should be one of {legs}")
        if self.root is not None and self.contributing is not None:
            raise ValueError("A cause is root or contributing, not both")
        if self.status is Status.RULED_OUT and (self.root, self.contributing) != (None, None):
            raise ValueError("It is ruled out, so it cannot be root or contributing")
        if (self.status in _SETTLED) != bool(self.reason):
            raise ValueError("“reason” goes with the status ruled_out or stopped, and they need it")
        return self

    @property
    def our_leg(self) -> Leg | None:
        """The leg, where it is one of ours."""
        return Leg(self.leg) if self.leg in tuple(Leg) else None


class ChainPerson(Entry):
    """Someone in the room, or someone who does this work and was not there."""

    name: Statement
    role: Line = ""
    here: Flag = True


class ChainFacts(Entry):
    """What is known of the problem and the meeting."""

    customer_words: Passage = ""
    expected: Line = ""
    actual: Line = ""
    location: Line = ""
    since_when: Line = ""
    how_much: Line = ""
    site: Line = ""
    region: Line = ""
    department: Line = ""
    channel: Line = ""
    severity: Severity | None = None
    noticed_at: Moment | None = None
    time_box: Minutes | None = None
    facilitator: Line = ""
    notes: Passage = ""


class ChainAction(Entry):
    """Something that the source says was or will be done."""

    text: Statement
    owner: Line | None = None
    due: Line | None = None
    status: Line | None = None


class Chain(Entry):
    """One analysis."""

    id: Line = ""
    source: Line = ""
    domain: Line = ""
    kind: Line = ""
    problem: Statement
    tree: list[Any] = []
    root_causes: list[Statement] = []
    actions: list[ChainAction] = []
    facts: ChainFacts = Field(default_factory=ChainFacts)
    opened_at: Moment | None = None
    finished_at: Moment | None = None
    people: list[ChainPerson] = []
    parked: list[Statement] = []
