"""Row operations on a database: each must find the row as its `before` says, or nothing happens."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Update, and_, bindparam, delete, insert, update

from fivewhys.models.delta import Operation
from fivewhys.models.tables import tables
from fivewhys.store import passages, wording
from fivewhys.store.problems import Conflict

_CHANGED_SINCE = "Somebody else has changed this since. Nothing was done; look at it as it is now."


def write(db: Connection, operations: Iterable[Operation]) -> None:
    """Apply `operations` in order inside the caller's transaction.

    Raises `Conflict` where a row is not as an operation expects; the caller rolls back.
    """
    operations = list(operations)
    for statement, rows in _batches(operations):
        result = db.execute(statement, rows)
        if not isinstance(statement, Insert) and result.rowcount != len(rows):
            raise Conflict(_CHANGED_SINCE)
    wording.keep(db, operations)
    passages.keep(db, operations)


def _batches(
    operations: Iterable[Operation],
) -> Iterator[tuple[Insert | Update | Delete, list[dict[str, Any]]]]:
    """Neighbours of one shape go to the database together; the order stays."""
    for (table, before, after), group in groupby(operations, key=_shape):
        yield _statement(table, before, after), [_parameters(operation) for operation in group]


def _shape(operation: Operation) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return operation.table, tuple(operation.before or ()), tuple(operation.after or ())


def _parameters(operation: Operation) -> dict[str, Any]:
    before, after = operation.before, operation.after
    if before is None:
        return dict(after or {})
    values = {f"old_{name}": value for name, value in before.items()}
    if after is not None:
        values |= {f"new_{name}": value for name, value in after.items()}
    return values | {"row_key": operation.key}


@cache
def _statement(
    table_name: str, before: Sequence[str], after: Sequence[str]
) -> Insert | Update | Delete:
    table = tables[table_name]
    if not before:
        return insert(table)
    as_expected = and_(
        table.c.id == bindparam("row_key", type_=table.c.id.type),
        *(
            table.c[name].is_not_distinct_from(bindparam(f"old_{name}", type_=table.c[name].type))
            for name in before
        ),
    )
    if not after:
        return delete(table).where(as_expected)
    new = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in after}
    return update(table).where(as_expected).values(new)
