"""Long results, row by row in the driver's own values.

Turning each value into ours on its way costs most of a long read; whoever reads so turns them into
ours once, and knows which driver gives what.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, type_coerce
from sqlalchemy.types import NullType

ROWS_AT_A_TIME = 5000


def streamed(db: Connection, query: Select[Any]) -> Iterator[Any]:
    """The rows of `query`, never all in memory."""
    return iter(db.execute(query.execution_options(yield_per=ROWS_AT_A_TIME)))


def raw(column: Any) -> Any:
    """A column as the driver gives it."""
    return type_coerce(column, NullType())


def key_of(value: Any) -> UUID:
    """The key in a raw column: bytes on SQLite, a UUID already on PostgreSQL."""
    return UUID(bytes=value) if isinstance(value, bytes) else value


def bytes_of(value: Any) -> bytes:
    """The key in a raw column, as bytes."""
    return value if isinstance(value, bytes) else bytes(value.bytes)
