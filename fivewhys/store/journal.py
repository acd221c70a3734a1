"""The journal: a line for each change of a session, which history, undo and other programs read."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from fivewhys.models.delta import Change, ChangeKind, from_json, to_json
from fivewhys.models.tables import change_table
from fivewhys.models.tree import Tree
from fivewhys.store import reading, sharing, wording


def add(db: Connection, session_id: UUID, change: Change) -> int:
    """Write `change` as the session's next line; returns its number, whatever `seq` it has."""
    row = {
        "session_id": session_id,
        "at": change.at,
        "actor": change.actor,
        "kind": change.kind,
        "label": change.label,
        "undoes": change.undoes,
        "operations": to_json(change.operations),
    }
    query = insert(change_table).values(row).returning(change_table.c.seq)
    return int(db.execute(query).scalar_one())


def changes(
    db: Connection, session_id: UUID, after: int = 0, besides: str | None = None
) -> list[Change]:
    """The session's journal after line `after`, oldest first, without the lines of `besides`."""
    query = (
        select(change_table)
        .where(change_table.c.session_id == session_id, change_table.c.seq > after)
        .order_by(change_table.c.seq)
    )
    if besides is not None:
        query = query.where(change_table.c.actor != besides)
    return [_change(row) for row in db.execute(query)]


def backwards(db: Connection, session_id: UUID, before: int, limit: int) -> list[Change]:
    """At most `limit` lines of the session's journal before line `before`, newest first."""
    query = (
        select(change_table)
        .where(change_table.c.session_id == session_id, change_table.c.seq < before)
        .order_by(change_table.c.seq.desc())
        .limit(limit)
    )
    return [_change(row) for row in db.execute(query)]


def line(db: Connection, seq: int) -> Change:
    """One line of the journal."""
    return _change(db.execute(select(change_table).where(change_table.c.seq == seq)).one())


def caught_up(db: Connection, tree: Tree) -> Tree:
    """The tree with the lines that it has not seen; the same object where there are none."""
    since = changes(db, tree.session.id, after=tree.seq)
    if not since:
        return tree
    if any(change.kind is ChangeKind.START for change in since):
        # The history was removed meanwhile, and with it the lines that `tree` has not seen.
        whole = reading.tree(db, tree.session.id)
        assert whole is not None
        return replace(whole, touched=frozenset(whole.causes))
    operations = [operation for change in since for operation in change.operations]
    current = tree.with_operations(operations, since[-1].seq)
    if wording.is_about(current, operations):
        current = replace(current, elsewhere=sharing.elsewhere(db, current))
    return current


def _change(row: Any) -> Change:
    return Change(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        kind=row.kind,
        label=row.label,
        undoes=row.undoes,
        operations=tuple(from_json(row.operations)),
    )
