"""The kinds of columns that tables have, on SQLite and PostgreSQL alike, and what ties their rows.

It knows no table.
"""

from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Column, SQLModel

# Alembic and the schema comparison need every constraint to have a name that both engines share.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Key(TypeDecorator[UUID]):
    """A UUID: uuid on PostgreSQL, 16 bytes on SQLite (text would take half as much space again)."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Uuid())
        return dialect.type_descriptor(sa.LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]  # psycopg hands out UUIDs
        return UUID(bytes=value)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC; refuses one that does not say its zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(words: type[Enum], name: str) -> sa.Enum:
    """One of the field's words as text, which a constraint holds to them."""
    return sa.Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


def key(**options: Any) -> Any:
    """A column of keys."""
    return Column(Key(), nullable=options.pop("nullable", False), **options)


def line() -> Any:
    """The column that counts the lines of a table to which lines are only ever added."""
    # SQLite counts up by itself only where the type is called INTEGER.
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return Column(counted, primary_key=True, autoincrement=True)


def text() -> Any:
    """A column of texts, which may be empty but not missing."""
    return Column(sa.Text(), nullable=False, server_default="")


def flag() -> Any:
    """A column of yes or no, no unless it says yes."""
    return Column(sa.Boolean(), nullable=False, server_default=sa.false())


def moment(nullable: bool = False) -> Any:
    """A column of moments."""
    return Column(UtcMoment(), nullable=nullable)


def on_cause(table: str) -> tuple[Any, ...]:
    """What hangs on a cause hangs on one of the same session."""
    # The id comes first: with session_id first, PostgreSQL took 30 times as long for 10,000 rows.
    return (
        sa.ForeignKeyConstraint(["cause_id", "session_id"], ["cause.id", "cause.session_id"]),
        sa.Index(f"ix_{table}_session_id", "session_id"),
        sa.Index(f"ix_{table}_cause_id_session_id", "cause_id", "session_id"),
    )
