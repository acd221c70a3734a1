"""The tables of sessions, their causes, and what is said of these: a row for each frozen value."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from fivewhys.models import columns
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
        # The sessions of a site, and which sites there are, without a look at any of them.
        sa.Index(
            "ix_why_session_site",
            "site",
            "id",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
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
        *columns.on_cause("evidence"),
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
    __table_args__ = (*columns.on_cause("link_answer"), sa.UniqueConstraint("cause_id", "question"))

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
        *columns.on_cause("dismissal"),
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
    __table_args__ = (*columns.on_cause("root_check"), sa.UniqueConstraint("cause_id", "point"))

    id: UUID = Field(sa_column=columns.key(primary_key=True))
    session_id: UUID = Field(sa_column=columns.key())
    cause_id: UUID = Field(sa_column=columns.key())
    point: RootPoint = Field(sa_column=Column(columns.word(RootPoint, "point"), nullable=False))
    said_by: str = Field(sa_column=columns.text())
    created_at: datetime = Field(sa_column=columns.moment())


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
