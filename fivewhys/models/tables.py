"""The tables, on SQLite and PostgreSQL alike. One table for each frozen value, plus the journal.

Table models check nothing at run time; commands and archives do, and the constraints here are the
last line. Columns bear the names of the values' fields, in the same order.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from fivewhys.models import columns
from fivewhys.models.delta import ChangeKind
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
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

# Alembic and the schema comparison need every constraint to have a name that both engines share.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _on_cause(table: str) -> tuple[Any, ...]:
    """What hangs on a cause hangs on one of the same session."""
    # The id comes first: with session_id first, PostgreSQL took 30 times as long for 10,000 rows.
    return (
        sa.ForeignKeyConstraint(["cause_id", "session_id"], ["cause.id", "cause.session_id"]),
        sa.Index(f"ix_{table}_session_id", "session_id"),
        sa.Index(f"ix_{table}_cause_id_session_id", "cause_id", "session_id"),
    )


class WhySessionRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.WhySession`."""

    __tablename__ = "why_session"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("time_box IS NULL OR time_box > 0", name="time_box"),
        sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished"),
        # Of the deleted ones only: an index of all led SQLite to sort the whole library by it.
        sa.Index(
            "ix_why_session_deleted",
            "deleted_at",
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    number: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    state: State = Field(sa_column=Column(columns.word(State, "state"), nullable=False))
    customer_words: str = Field(sa_column=columns.text())
    expected: str = Field(sa_column=columns.text())
    actual: str = Field(sa_column=columns.text())
    location: str = Field(sa_column=columns.text())
    since_when: str = Field(sa_column=columns.text())
    how_much: str = Field(sa_column=columns.text())
    site: str = Field(sa_column=columns.text())
    region: str = Field(sa_column=columns.text())
    department: str = Field(sa_column=columns.text())
    channel: str = Field(sa_column=columns.text())
    severity: Severity | None = Field(sa_column=Column(columns.word(Severity, "severity")))
    noticed_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    time_box: int | None = Field(sa_column=Column(sa.Integer()))
    facilitator: str = Field(sa_column=columns.text())
    notes: str = Field(sa_column=columns.text())
    opened_at: datetime = Field(sa_column=columns.moment())
    finished_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    deleted_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    acknowledged_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    root_found_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    acknowledgement: str = Field(sa_column=columns.text())
    told_at: datetime | None = Field(sa_column=columns.moment(nullable=True))
    told_channel: str = Field(sa_column=columns.text())


class CauseRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Cause`."""

    __tablename__ = "cause"
    __table_args__ = (
        sa.UniqueConstraint("id", "session_id"),
        sa.ForeignKeyConstraint(["session_id"], ["why_session.id"]),
        sa.ForeignKeyConstraint(
            ["parent_id", "session_id"],
            ["cause.id", "cause.session_id"],
            name="fk_cause_parent_id_session_id",
        ),
        sa.CheckConstraint("(kind = 'problem') = (parent_id IS NULL)", name="problem_on_top"),
        sa.CheckConstraint("parent_id <> id", name="not_own_parent"),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.CheckConstraint(
            "reason <> '' OR stop IS NOT NULL OR status NOT IN ('ruled_out', 'stopped')",
            name="reason",
        ),
        sa.CheckConstraint("stop IS NULL OR status = 'stopped'", name="stop_where_stopped"),
        sa.CheckConstraint("(lens = '') = (category = '')", name="category_of_lens"),
        sa.CheckConstraint("kind = 'cause' OR part IS NULL", name="problem_is_no_root"),
        sa.Index("ix_cause_session_id", "session_id"),
        # Both columns of the foreign key: with the first alone, SQLite looked through the session
        # to see that nothing hangs on a cause, and deleting 5,000 of 10,000 took 11 s, not 0.5.
        sa.Index("ix_cause_parent_id_session_id", "parent_id", "session_id"),
        sa.Index(
            "ux_cause_problem",
            "session_id",
            unique=True,
            sqlite_where=sa.text("kind = 'problem'"),
            postgresql_where=sa.text("kind = 'problem'"),
        ),
        sa.Index(
            "ix_cause_root",
            "session_id",
            # Always root, but two equal columns make SQLite prefer it to the index of all causes.
            "part",
            sqlite_where=sa.text("part = 'root'"),
            postgresql_where=sa.text("part = 'root'"),
        ),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    parent_id: UUID | None = Field(sa_column=columns.key(nullable=True))
    kind: Kind = Field(sa_column=Column(columns.word(Kind, "kind"), nullable=False))
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    text: str = Field(sa_column=Column(sa.Text(), nullable=False))
    question: str = Field(sa_column=columns.text())
    status: Status = Field(sa_column=Column(columns.word(Status, "status"), nullable=False))
    reason: str = Field(sa_column=columns.text())
    part: Part | None = Field(sa_column=Column(columns.word(Part, "part")))
    part_reason: str = Field(sa_column=columns.text())
    leg: Leg | None = Field(sa_column=Column(columns.word(Leg, "leg")))
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())
    stop: StopReason | None = Field(sa_column=Column(columns.word(StopReason, "stop")))
    lens: str = Field(sa_column=columns.text())
    category: str = Field(sa_column=columns.text())


class EvidenceRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Evidence`."""

    __tablename__ = "evidence"
    __table_args__ = (
        *_on_cause("evidence"),
        sa.CheckConstraint("text <> ''", name="text"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    kind: EvidenceKind = Field(sa_column=Column(columns.word(EvidenceKind, "kind"), nullable=False))
    text: str = Field(sa_column=Column(sa.Text(), nullable=False))
    supports: bool = Field(sa_column=Column(sa.Boolean(), nullable=False))
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class LinkAnswerRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.LinkAnswer`."""

    __tablename__ = "link_answer"
    __table_args__ = (*_on_cause("link_answer"), sa.UniqueConstraint("cause_id", "question"))

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    question: LinkQuestion = Field(
        sa_column=Column(columns.word(LinkQuestion, "question"), nullable=False)
    )
    verdict: Verdict = Field(sa_column=Column(columns.word(Verdict, "verdict"), nullable=False))
    words: str = Field(sa_column=columns.text())
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class DismissalRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Dismissal`."""

    __tablename__ = "dismissal"
    __table_args__ = (
        *_on_cause("dismissal"),
        sa.UniqueConstraint("cause_id", "rule"),
        sa.CheckConstraint("rule <> ''", name="rule"),
        sa.CheckConstraint("prompt <> ''", name="prompt"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    rule: str = Field(sa_column=Column(sa.Text(), nullable=False))
    rule_set: str = Field(sa_column=columns.text())
    prompt: str = Field(sa_column=Column(sa.Text(), nullable=False))
    reason: str = Field(sa_column=columns.text())
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class RootCheckRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.RootCheck`."""

    __tablename__ = "root_check"
    __table_args__ = (*_on_cause("root_check"), sa.UniqueConstraint("cause_id", "point"))

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    point: RootPoint = Field(sa_column=Column(columns.word(RootPoint, "point"), nullable=False))
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


_WAITING = "progress = 'idea' OR progress = 'planned' OR progress = 'in_progress'"


class CountermeasureRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Countermeasure`."""

    __tablename__ = "countermeasure"
    __table_args__ = (
        *_on_cause("countermeasure"),
        sa.UniqueConstraint("id", "cause_id", "session_id"),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.CheckConstraint(
            "reason <> '' OR progress NOT IN ('rejected', 'not_effective')", name="reason"
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR progress IN ('done', 'effective', 'not_effective')", name="done_on"
        ),
        # The follow-up reads what is still to be done by its day, and what was done by its own.
        sa.Index(
            "ix_countermeasure_waiting",
            "due",
            "id",
            sqlite_where=sa.text(_WAITING),
            postgresql_where=sa.text(_WAITING),
        ),
        sa.Index("ix_countermeasure_due", "due", "id"),
        sa.Index("ix_countermeasure_done_on", "done_on", "id"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    text: str = Field(sa_column=Column(sa.Text(), nullable=False))
    kind: CountermeasureKind = Field(
        sa_column=Column(columns.word(CountermeasureKind, "kind"), nullable=False)
    )
    means: Means | None = Field(sa_column=Column(columns.word(Means, "means")))
    owner: str = Field(sa_column=columns.text())
    due: date | None = Field(sa_column=Column(sa.Date()))
    progress: Progress = Field(sa_column=Column(columns.word(Progress, "progress"), nullable=False))
    reason: str = Field(sa_column=columns.text())
    done_on: date | None = Field(sa_column=Column(sa.Date()))
    notes: str = Field(sa_column=columns.text())
    ready_plan: bool = Field(sa_column=columns.flag())
    ready_tools: bool = Field(sa_column=columns.flag())
    ready_people: bool = Field(sa_column=columns.flag())
    ready_channels: bool = Field(sa_column=columns.flag())
    ready_impact: bool = Field(sa_column=columns.flag())
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class MeasureRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Measure`."""

    __tablename__ = "measure"
    __table_args__ = (
        *_on_cause("measure"),
        sa.UniqueConstraint("id", "cause_id", "session_id"),
        sa.ForeignKeyConstraint(
            ["countermeasure_id", "cause_id", "session_id"],
            ["countermeasure.id", "countermeasure.cause_id", "countermeasure.session_id"],
            name="fk_measure_countermeasure_id",
        ),
        sa.CheckConstraint("definition <> ''", name="definition"),
        sa.CheckConstraint("days IS NULL OR days > 0", name="days"),
        sa.Index("ix_measure_countermeasure_id", "countermeasure_id", "cause_id", "session_id"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    countermeasure_id: UUID = Field(sa_column=columns.key())
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    kind: MeasureKind = Field(sa_column=Column(columns.word(MeasureKind, "kind"), nullable=False))
    definition: str = Field(sa_column=Column(sa.Text(), nullable=False))
    baseline: str = Field(sa_column=columns.text())
    target: str = Field(sa_column=columns.text())
    days: int | None = Field(sa_column=Column(sa.Integer()))


class CheckRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Check`."""

    __tablename__ = "measure_check"
    __table_args__ = (
        *_on_cause("measure_check"),
        sa.ForeignKeyConstraint(
            ["measure_id", "cause_id", "session_id"],
            ["measure.id", "measure.cause_id", "measure.session_id"],
            name="fk_measure_check_measure_id",
        ),
        sa.CheckConstraint("(made_on IS NULL) = (result IS NULL)", name="made"),
        sa.CheckConstraint("result IS NULL OR checked_by <> ''", name="checked_by"),
        # The program compares names whatever their capitals, the database those of English.
        sa.CheckConstraint(
            "checked_by = '' OR lower(checked_by) <> lower(owner)", name="not_by_owner"
        ),
        sa.Index("ix_measure_check_measure_id", "measure_id", "cause_id", "session_id"),
        sa.Index("ix_measure_check_made_on_due", "made_on", "due"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    measure_id: UUID = Field(sa_column=columns.key())
    due: date = Field(sa_column=Column(sa.Date(), nullable=False))
    made_on: date | None = Field(sa_column=Column(sa.Date()))
    result: CheckResult | None = Field(sa_column=Column(columns.word(CheckResult, "result")))
    value: str = Field(sa_column=columns.text())
    checked_by: str = Field(sa_column=columns.text())
    owner: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class WordingRow(SQLModel, table=True):
    """Which words a cause has, as a number: the same words in other sessions are found by it.

    The store derives it from the texts of causes as it writes them.
    """

    __tablename__ = "wording"
    # One tree of these two, not a table and an index: half the space at a million causes.
    __table_args__ = ({"sqlite_with_rowid": False},)

    words: int = Field(sa_column=Column(sa.BigInteger(), primary_key=True, autoincrement=False))
    cause_id: UUID = Field(sa_column=columns.key(primary_key=True))


class DecisionRow(SQLModel, table=True):
    """A row of `fivewhys.models.past.Decision`. Rows are added only, but for what is purged.

    Nothing ties it to its causes: a decision waits while one of them is deleted, and holds again
    when it is brought back.
    """

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("id"),
        sa.CheckConstraint("a < b", name="order"),
        sa.Index("ix_decision_a_b", "a", "b"),
        sa.Index("ix_decision_b", "b"),
        sa.Index("ix_decision_takes_back", "takes_back"),
        sa.Index("ix_decision_decided_by", "decided_by", "decided_at"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(
        sa_column=Column(
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        )
    )
    id: UUID = Field(sa_column=columns.key())
    a: UUID = Field(sa_column=columns.key())
    b: UUID = Field(sa_column=columns.key())
    sameness: Sameness = Field(sa_column=Column(columns.word(Sameness, "sameness"), nullable=False))
    decided_by: str = Field(sa_column=columns.text())
    decided_at: datetime = Field(sa_column=columns.moment())
    takes_back: UUID | None = Field(sa_column=columns.key(nullable=True))


class ParkedRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Parked`."""

    __tablename__ = "parked"
    __table_args__ = (
        sa.ForeignKeyConstraint(["session_id"], ["why_session.id"]),
        sa.CheckConstraint("text <> ''", name="text"),
        sa.Index("ix_parked_session_id", "session_id"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    text: str = Field(sa_column=Column(sa.Text(), nullable=False))
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


class PersonRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Person`."""

    __tablename__ = "person"
    __table_args__ = (
        sa.ForeignKeyConstraint(["session_id"], ["why_session.id"]),
        sa.CheckConstraint("name <> ''", name="name"),
        sa.Index("ix_person_session_id", "session_id"),
    )

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    position: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))
    name: str = Field(sa_column=Column(sa.Text(), nullable=False))
    role: str = Field(sa_column=columns.text())
    here: bool = Field(sa_column=Column(sa.Boolean(), nullable=False))


class ChangeRow(SQLModel, table=True):
    """A line of the journal: `fivewhys.models.delta.Change`, its operations as JSON text."""

    __tablename__ = "change"
    __table_args__ = (
        sa.ForeignKeyConstraint(["session_id"], ["why_session.id"]),
        sa.Index("ix_change_session_id_seq", "session_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(
        sa_column=Column(
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        )
    )
    session_id: UUID = Field(sa_column=columns.key())
    at: datetime = Field(sa_column=columns.moment())
    actor: str = Field(sa_column=columns.text())
    kind: ChangeKind = Field(sa_column=Column(columns.word(ChangeKind, "kind"), nullable=False))
    label: str = Field(sa_column=columns.text())
    undoes: int | None = Field(sa_column=Column(sa.BigInteger()))
    operations: str = Field(sa_column=Column(sa.Text(), nullable=False))


class DraftRow(SQLModel, table=True):
    """Typed text that is not yet an answer. Not journaled: it is nobody's word until Enter."""

    __tablename__ = "draft"

    actor: str = Field(sa_column=Column(sa.Text(), primary_key=True))
    place: str = Field(sa_column=Column(sa.Text(), primary_key=True))
    text: str = Field(sa_column=Column(sa.Text(), nullable=False))
    at: datetime = Field(sa_column=columns.moment())


class CounterRow(SQLModel, table=True):
    """The last number given to a session: numbers of purged sessions are not given again."""

    __tablename__ = "counter"

    name: str = Field(sa_column=Column(sa.Text(), primary_key=True))
    value: int = Field(sa_column=Column(sa.BigInteger(), nullable=False))


class AboutRow(SQLModel, table=True):
    """What the database says of itself: `needs`, the oldest Five Whys that can write it."""

    __tablename__ = "about"

    name: str = Field(sa_column=Column(sa.Text(), primary_key=True))
    value: str = Field(sa_column=Column(sa.Text(), nullable=False))


metadata = SQLModel.metadata

tables: dict[str, sa.Table] = {
    name: metadata.tables[name]
    for name in (
        "why_session",
        "cause",
        "evidence",
        "parked",
        "person",
        "link_answer",
        "dismissal",
        "root_check",
        "countermeasure",
        "measure",
        "measure_check",
    )
}
"""The tables whose rows are frozen values, parents first."""

change_table = metadata.tables["change"]
wording_table = metadata.tables["wording"]
decision_table = metadata.tables["decision"]
draft_table = metadata.tables["draft"]
counter_table = metadata.tables["counter"]
