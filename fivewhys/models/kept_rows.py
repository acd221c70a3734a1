"""The tables beside those of sessions: their journal, decisions on causes, drafts, numbers."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel

from fivewhys.models import columns
from fivewhys.models.delta import ChangeKind
from fivewhys.models.past import Sameness


class WordingRow(SQLModel, table=True):
    """Which words a cause has, as a number: the same words in other sessions are found by it.

    The store derives it from the texts of causes as it writes them.
    """

    __tablename__ = "wording"
    # One tree of these two, not a table and an index: half the space at a million causes.
    __table_args__ = (
        # The words of all roots at once: through the texts it took four times as long.
        sa.Index("ix_wording_cause_id", "cause_id"),
        {"sqlite_with_rowid": False},
    )

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

    seq: int | None = Field(sa_column=columns.line())
    id: UUID = Field(sa_column=columns.key())
    a: UUID = Field(sa_column=columns.key())
    b: UUID = Field(sa_column=columns.key())
    sameness: Sameness = Field(sa_column=Column(columns.word(Sameness, "sameness"), nullable=False))
    decided_by: str = Field(sa_column=columns.text())
    decided_at: datetime = Field(sa_column=columns.moment())
    takes_back: UUID | None = Field(sa_column=columns.key(nullable=True))


class ChangeRow(SQLModel, table=True):
    """A line of the journal: `fivewhys.models.delta.Change`, its operations as JSON text."""

    __tablename__ = "change"
    __table_args__ = (
        sa.ForeignKeyConstraint(["session_id"], ["why_session.id"]),
        sa.Index("ix_change_session_id_seq", "session_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(sa_column=columns.line())
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
