"""The words of everything people wrote, kept beside it: `searching` finds them.

It keeps them on every path on which rows are written, and takes them out where rows are purged.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, insert, select, union_all

from fivewhys.models.delta import Operation
from fivewhys.models.found import What
from fivewhys.models.passage_rows import INDEX
from fivewhys.models.searched import indexed
from fivewhys.models.tables import passage_table, tables
from fivewhys.store.batches import in_batches

SEARCHED: Mapping[str, Mapping[str, What]] = {
    "why_session": {
        "customer_words": What.CUSTOMER,
        "expected": What.FACT,
        "actual": What.FACT,
        "location": What.FACT,
        "since_when": What.FACT,
        "how_much": What.FACT,
        "site": What.FACT,
        "region": What.FACT,
        "department": What.FACT,
        "channel": What.FACT,
        "notes": What.NOTE,
        "acknowledgement": What.ACKNOWLEDGEMENT,
        "told_channel": What.FACT,
    },
    "cause": {
        "text": What.CAUSE,
        "question": What.QUESTION,
        "reason": What.REASON,
        "part_reason": What.REASON,
    },
    "evidence": {"text": What.EVIDENCE},
    "parked": {"text": What.PARKED},
    "link_answer": {"words": What.READ_BACK},
    "dismissal": {"reason": What.REASON},
    "countermeasure": {
        "text": What.COUNTERMEASURE,
        "reason": What.REASON,
        "notes": What.NOTE,
    },
    "measure": {"definition": What.MEASURE, "baseline": What.MEASURE, "target": What.MEASURE},
    "measure_check": {"value": What.CHECK},
}
"""The tables with words to find and their columns, each with what it holds.

Names of people are none of them: search is for causes, and the follow-up knows who owns what.
"""

Row = tuple[str, UUID]
"""The table and the key of a row."""


def keep(db: Connection, operations: Iterable[Operation]) -> None:
    """Bring the passages up to date with `operations`, which have just been written."""
    gone: set[UUID] = set()
    new: dict[Row, dict[str, Any]] = {}
    changed: dict[str, set[UUID]] = {}
    for operation in operations:
        columns = SEARCHED.get(operation.table)
        if columns is None:
            continue
        key, after = operation.key, operation.after
        row = (operation.table, key)
        if operation.before is None:
            new[row] = dict(after or {})
        elif after is None:
            gone.add(key)
            new.pop(row, None)
            changed.get(operation.table, set()).discard(key)
        elif row in new:
            new[row] |= after
        elif not columns.keys().isdisjoint(after):
            gone.add(key)
            changed.setdefault(operation.table, set()).add(key)
    for some in in_batches(gone):
        db.execute(delete(passage_table).where(passage_table.c.row_id.in_(some)))
    passages = [_passage(*row, values) for row, values in new.items()]
    for table, keys in changed.items():
        passages += [_passage(table, values["id"], values) for values in _rows(db, table, keys)]
    if with_words := [passage for passage in passages if passage["words"]]:
        db.execute(insert(passage_table), with_words)


def forget(db: Connection, session_id: UUID) -> None:
    """Take out the words of a session, whose rows are still there."""
    keys = union_all(
        *(
            select(tables[name].c.id).where(tables[name].c[_session(name)] == session_id)
            for name in SEARCHED
        )
    )
    db.execute(delete(passage_table).where(passage_table.c.row_id.in_(keys)))


def purge(db: Connection) -> None:
    """Write the index anew without the words that are no longer in it.

    Until then SQLite notes beside a word that it is gone.
    """
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")
        db.exec_driver_sql(f"DELETE FROM {INDEX}_terms")
        db.exec_driver_sql(f"INSERT INTO {INDEX}_terms SELECT term FROM {INDEX}_words")


def _session(table: str) -> str:
    """The column that says of which session a row is."""
    return "id" if table == "why_session" else "session_id"


def _rows(db: Connection, table: str, keys: Collection[UUID]) -> Iterator[RowMapping]:
    """What is searched of some rows, as they are now."""
    columns = tables[table].c
    wanted = [columns[name] for name in dict.fromkeys(("id", _session(table), *SEARCHED[table]))]
    for some in in_batches(sorted(keys)):
        yield from db.execute(select(*wanted).where(columns.id.in_(some))).mappings()


def _passage(table: str, key: UUID, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    words = {word for name in SEARCHED[table] for word in indexed(row.get(name) or "")}
    return {
        "kept_in": table,
        "row_id": key,
        "session_id": key if table == "why_session" else row["session_id"],
        "words": " ".join(sorted(words)),
    }
