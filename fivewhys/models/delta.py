"""Row operations: the one form in which every change is applied, journaled, undone and sent.

An operation names a row and gives its columns before and after. Insertions have no `before`,
deletions no `after`; a change of a row carries the changed columns alone, so that two people who
touch different columns do not stand in each other's way.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from types import UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from fivewhys.models.values import (
    Cause,
    Check,
    Countermeasure,
    Dismissal,
    Evidence,
    LinkAnswer,
    Measure,
    Parked,
    Person,
    RootCheck,
    WhySession,
    table_of_type,
    type_of_table,
)

Row = Mapping[str, Any]
OnCause = Evidence | LinkAnswer | Dismissal | RootCheck | Countermeasure | Measure | Check
"""What hangs on a cause: its rows are those of `fivewhys.models.values.tables_on_causes`."""
Value = WhySession | Cause | OnCause | Parked | Person


@dataclass(frozen=True, slots=True)
class Operation:
    """One row before and after a change."""

    table: str
    key: UUID
    before: Row | None
    after: Row | None

    def inverse(self) -> "Operation":
        """The operation that takes this one back."""
        return Operation(self.table, self.key, self.after, self.before)


class ChangeKind(StrEnum):
    """What a line of the journal is. Undo and redo are changes too, and are journaled as such."""

    START = "start"
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a session's history: who did what, when."""

    seq: int
    at: datetime
    actor: str
    kind: ChangeKind
    label: str
    undoes: int | None
    """The `seq` of the line that an undo takes back, or of the undo that a redo takes back."""
    operations: tuple[Operation, ...]


def inserted(value: Value) -> Operation:
    """The operation that adds `value` as a row."""
    return Operation(table_of_type[type(value)], value.id, None, row_of(value))


def removed(value: Value) -> Operation:
    """The operation that takes the row of `value` away."""
    return Operation(table_of_type[type(value)], value.id, row_of(value), None)


def changed(value: Value, /, **columns: Any) -> list[Operation]:
    """The operation that gives `value` new `columns`; none where nothing would differ."""
    different = {name: new for name, new in columns.items() if getattr(value, name) != new}
    if not different:
        return []
    before = {name: getattr(value, name) for name in different}
    return [Operation(table_of_type[type(value)], value.id, before, different)]


def inverse(operations: Iterable[Operation]) -> list[Operation]:
    """The operations that take `operations` back, in the order in which they apply."""
    return [operation.inverse() for operation in reversed(list(operations))]


def row_of(value: Value) -> dict[str, Any]:
    """The columns of `value`."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def to_json(operations: Iterable[Operation]) -> str:
    """Write operations as the JSON text that the journal and archives hold."""
    return json.dumps([plain(operation) for operation in operations], ensure_ascii=False)


def from_json(text: str) -> list[Operation]:
    """Read what `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return [from_plain(item) for item in json.loads(text)]


def plain(operation: Operation) -> dict[str, Any]:
    """An operation as JSON-ready values."""
    return {
        "table": operation.table,
        "key": str(operation.key),
        "before": plain_row(operation.before),
        "after": plain_row(operation.after),
    }


def from_plain(item: Mapping[str, Any]) -> Operation:
    """Read what `plain` made."""
    table = item["table"]
    return Operation(
        table,
        UUID(item["key"]),
        row_from_plain(table, item["before"]),
        row_from_plain(table, item["after"]),
    )


def plain_row(row: Row | None) -> dict[str, Any] | None:
    """Columns as JSON-ready values: UUIDs, moments and dates as text, enums as their value."""
    if row is None:
        return None
    return {name: _plain_value(value) for name, value in row.items()}


def row_from_plain(table: str, row: Row | None) -> dict[str, Any] | None:
    """Read what `plain_row` made of a row of `table`."""
    if row is None:
        return None
    readers = _READERS[table]
    return {name: None if raw is None else readers[name](raw) for name, raw in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    if hint is datetime:
        return _moment
    if hint is date:
        return date.fromisoformat
    if hint in (str, int, bool):
        return lambda raw: raw
    return hint  # type: ignore[no-any-return]  # UUID and the enums read their own text


_READERS: dict[str, dict[str, Callable[[Any], Any]]] = {
    table: {name: _reader(hint) for name, hint in get_type_hints(value).items()}
    for table, value in type_of_table.items()
}
