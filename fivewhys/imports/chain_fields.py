"""What a file of chains may hold, checked. Only “problem” has to be there."""

from typing import Any, Self

from pydantic import Field, model_validator

from fivewhys.imports.chain_plan import ChainAction, ChainCountermeasure
from fivewhys.imports.fields import Entry, Flag, Minutes, Moment
from fivewhys.models.commands import Line, Passage, Statement
from fivewhys.models.words import (
    EvidenceKind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Severity,
    Status,
    StopReason,
    Verdict,
)
from fivewhys.text import excerpt

RECOVERY = "recovery"
"""A leg of some sources (how it was put right) that is none of ours."""

_SETTLED = (Status.RULED_OUT, Status.STOPPED)


class ChainEvidence(Entry):
    """What was seen, counted or read about a cause."""

    kind: EvidenceKind = EvidenceKind.NOTE
    text: Statement
    supports: Flag = True
    said_by: Line = ""


class ChainAnswer(Entry):
    """What was said to a question of the read-back."""

    question: LinkQuestion
    verdict: Verdict
    words: Line = ""
    said_by: Line = ""


class ChainDismissal(Entry):
    """A prompt that was put aside."""

    rule: Statement
    rule_set: Line = ""
    prompt: Statement
    reason: Line = ""
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
    condition: Line | None = None
    """Why it is kept in mind though it is not ours to change."""
    stop: StopReason | None = None
    lens: Line = ""
    category: Line = ""
    read_back: list[ChainAnswer] = []
    root_list: list[RootPoint] = []
    """The points of the root list that are ticked."""
    dismissed: list[ChainDismissal] = []
    said_by: Line = ""
    question: Line = ""
    evidence: list[ChainEvidence] = []
    countermeasures: list[ChainCountermeasure] = []

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.leg not in (None, RECOVERY, *Leg):
            legs = ", ".join(Leg)
            raise ValueError(f"“leg” should be one of {legs}")
        parts = [
            part for part in (self.root, self.contributing, self.condition) if part is not None
        ]
        if len(parts) > 1:
            raise ValueError("A cause is one of root, contributing and condition, not several")
        if self.status is Status.RULED_OUT and parts:
            raise ValueError("It is ruled out, so it cannot be root, contributing or a condition")
        if self.stop and self.status is not Status.STOPPED:
            raise ValueError("“stop” goes with the status stopped")
        if (self.status in _SETTLED) != bool(self.reason or self.stop):
            raise ValueError("“reason” goes with the status ruled_out or stopped, and they need it")
        if bool(self.lens) != bool(self.category):
            raise ValueError("“lens” and “category” go together: both are given, or neither")
        for name, keys in (
            ("read_back", [answer.question.value for answer in self.read_back]),
            ("root_list", [point.value for point in self.root_list]),
            ("dismissed", [dismissal.rule for dismissal in self.dismissed]),
        ):
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise ValueError(f"“{name}” has “{excerpt(twice)}” twice")
        return self

    @property
    def part(self) -> tuple[Part | None, str]:
        """The part it plays, with its reason."""
        for part, reason in (
            (Part.ROOT, self.root),
            (Part.CONTRIBUTING, self.contributing),
            (Part.CONDITION, self.condition),
        ):
            if reason is not None:
                return part, reason
        return None, ""

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
    acknowledged_at: Moment | None = None
    acknowledgement: Passage = ""
    told_at: Moment | None = None
    told_channel: Line = ""


class Chain(Entry):
    """One analysis."""

    id: Line = ""
    source: Line = ""
    domain: Line = ""
    kind: Line = ""
    problem: Statement
    tree: list[Any] = []
    root_causes: list[Statement] = []
    countermeasures: list[ChainCountermeasure] = []
    """What will be done about the problem itself."""
    actions: list[ChainAction] = []
    """The same in plain words, as other sources list it."""
    facts: ChainFacts = Field(default_factory=ChainFacts)
    opened_at: Moment | None = None
    finished_at: Moment | None = None
    root_found_at: Moment | None = None
    """When the first root was decided; where there is one, the end of the meeting unless given."""
    people: list[ChainPerson] = []
    parked: list[Statement] = []
