"""The rows of an archive, checked: a model for each frozen value, with the commands' rules."""

from typing import Any, Self

from pydantic import BaseModel, create_model, model_validator

from fivewhys.imports.fields import Counted, Day, Days, Entry, Flag, Key, Minutes, Moment, Whole
from fivewhys.models.commands import Line, Passage, Statement
from fivewhys.models.effect import is_same_name
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import (
    FINISHED,
    NEEDS_REASON,
    PROGRESS_WORDS,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.words import (
    STATUS_WORDS,
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


class SessionEntry(Entry):
    """Every column of a `WhySession`."""

    id: Key
    number: Counted
    state: State
    customer_words: Passage
    expected: Line
    actual: Line
    location: Line
    since_when: Line
    how_much: Line
    site: Line
    region: Line
    department: Line
    channel: Line
    severity: Severity | None
    noticed_at: Moment | None
    time_box: Minutes | None
    facilitator: Line
    notes: Passage
    opened_at: Moment
    finished_at: Moment | None
    deleted_at: Moment | None
    # Rows of earlier versions do not have these, in archives and in histories of today.
    acknowledged_at: Moment | None = None
    root_found_at: Moment | None = None
    acknowledgement: Passage = ""
    told_at: Moment | None = None
    told_channel: Line = ""

    @model_validator(mode="after")
    def _finished(self) -> Self:
        if (self.state is State.FINISHED) != (self.finished_at is not None):
            raise ValueError("A session has “finished_at” exactly where its state is finished")
        return self


class CauseEntry(Entry):
    """Every column of a `Cause`."""

    id: Key
    session_id: Key
    parent_id: Key | None
    kind: Kind
    position: Whole
    text: Statement
    question: Line
    status: Status
    reason: Line
    part: Part | None
    part_reason: Line
    leg: Leg | None
    said_by: Line
    created_at: Moment
    # Rows of the first version do not have these, in archives and in histories of today.
    stop: StopReason | None = None
    lens: Line = ""
    category: Line = ""

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if (self.kind is Kind.PROBLEM) != (self.parent_id is None):
            raise ValueError("The problem answers nothing, and every cause answers something")
        if self.kind is Kind.PROBLEM and (
            self.part or self.status is not Status.OPEN or self.lens or self.category
        ):
            raise ValueError("The problem itself is no root and has no status or category")
        if self.parent_id == self.id:
            raise ValueError("A cause cannot be the answer to itself")
        if self.stop and self.status is not Status.STOPPED:
            raise ValueError("It has a “stop”, which only a stopped cause has")
        settled = self.status in (Status.RULED_OUT, Status.STOPPED)
        if settled and not self.reason and not self.stop:
            raise ValueError(f"It is {STATUS_WORDS[self.status]}, which needs a reason")
        if bool(self.lens) != bool(self.category):
            raise ValueError("A “lens” and a “category” go together: both are given, or neither")
        if self.status is Status.RULED_OUT and self.part:
            raise ValueError("It is ruled out, so it cannot be root, contributing or a condition")
        return self


class EvidenceEntry(Entry):
    """Every column of an `Evidence`."""

    id: Key
    session_id: Key
    cause_id: Key
    position: Whole
    kind: EvidenceKind
    text: Statement
    supports: Flag
    said_by: Line
    created_at: Moment


class LinkAnswerEntry(Entry):
    """Every column of a `LinkAnswer`."""

    id: Key
    session_id: Key
    cause_id: Key
    question: LinkQuestion
    verdict: Verdict
    words: Line
    said_by: Line
    created_at: Moment


class DismissalEntry(Entry):
    """Every column of a `Dismissal`."""

    id: Key
    session_id: Key
    cause_id: Key
    rule: Statement
    rule_set: Line
    prompt: Statement
    reason: Line
    said_by: Line
    created_at: Moment


class RootCheckEntry(Entry):
    """Every column of a `RootCheck`."""

    id: Key
    session_id: Key
    cause_id: Key
    point: RootPoint
    said_by: Line
    created_at: Moment


class CountermeasureEntry(Entry):
    """Every column of a `Countermeasure`."""

    id: Key
    session_id: Key
    cause_id: Key
    position: Whole
    text: Statement
    kind: CountermeasureKind
    means: Means | None
    owner: Line
    due: Day | None
    progress: Progress
    reason: Line
    done_on: Day | None
    notes: Passage
    ready_plan: Flag
    ready_tools: Flag
    ready_people: Flag
    ready_channels: Flag
    ready_impact: Flag
    said_by: Line
    created_at: Moment

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.progress in NEEDS_REASON and not self.reason:
            raise ValueError(f"It is {PROGRESS_WORDS[self.progress]}, which needs a reason")
        if self.done_on is not None and self.progress not in FINISHED:
            raise ValueError("It has a “done_on”, which only what was done has")
        return self


class MeasureEntry(Entry):
    """Every column of a `Measure`."""

    id: Key
    session_id: Key
    cause_id: Key
    countermeasure_id: Key
    position: Whole
    kind: MeasureKind
    definition: Statement
    baseline: Line
    target: Line
    days: Days | None


class CheckEntry(Entry):
    """Every column of a `Check`."""

    id: Key
    session_id: Key
    cause_id: Key
    measure_id: Key
    due: Day
    made_on: Day | None
    result: CheckResult | None
    value: Line
    checked_by: Line
    owner: Line
    created_at: Moment

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if (self.made_on is None) != (self.result is None):
            raise ValueError("A check has “made_on” exactly where it has a result")
        if self.result is not None and not self.checked_by:
            raise ValueError("A check that was made says who made it, in “checked_by”")
        if is_same_name(self.checked_by, self.owner):
            raise ValueError("Whoever owns a countermeasure does not check it")
        return self


class ParkedEntry(Entry):
    """Every column of a `Parked`."""

    id: Key
    session_id: Key
    position: Whole
    text: Statement
    said_by: Line
    created_at: Moment


class PersonEntry(Entry):
    """Every column of a `Person`."""

    id: Key
    session_id: Key
    position: Whole
    name: Statement
    role: Line
    here: Flag


class DecisionEntry(Entry):
    """Every field of a `Decision`."""

    id: Key
    a: Key
    b: Key
    sameness: Sameness
    decided_by: Line
    decided_at: Moment
    takes_back: Key | None

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if not self.a < self.b:
            raise ValueError("A decision is about two causes, the smaller key first, in “a”")
        return self


entry_of_table: dict[str, type[Entry]] = {
    "why_session": SessionEntry,
    "cause": CauseEntry,
    "evidence": EvidenceEntry,
    "parked": ParkedEntry,
    "person": PersonEntry,
    "link_answer": LinkAnswerEntry,
    "dismissal": DismissalEntry,
    "root_check": RootCheckEntry,
    "countermeasure": CountermeasureEntry,
    "measure": MeasureEntry,
    "measure_check": CheckEntry,
}
"""Table name → the model of a whole row."""


def _some_columns(table: str, whole: type[Entry]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (field.rebuild_annotation(), None) for name, field in whole.model_fields.items()
    }
    return create_model(f"Some{whole.__name__}", __base__=Entry, **fields)


some_of_table = {table: _some_columns(table, whole) for table, whole in entry_of_table.items()}
"""Table name → the model of some columns of a row, as a change in the history has them."""
