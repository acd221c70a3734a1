"""The tables of countermeasures, measures and checks: a row for each frozen value."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from fivewhys.models import columns
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)

_WAITING = "progress = 'idea' OR progress = 'planned' OR progress = 'in_progress'"


class CountermeasureRow(SQLModel, table=True):
    """A row of `fivewhys.models.values.Countermeasure`."""

    __tablename__ = "countermeasure"
    __table_args__ = (
        *columns.on_cause("countermeasure"),
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
        *columns.on_cause("measure"),
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
        *columns.on_cause("measure_check"),
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
