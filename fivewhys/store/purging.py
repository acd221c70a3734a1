"""Taking words away for good, inside the caller's transaction: sessions, or what led to them."""

from uuid import UUID

from sqlalchemy import Connection, delete, select

from fivewhys.models.tables import change_table, draft_table, tables, wording_table
from fivewhys.store import deciding, journal, passages, reading, reviewing


def remove_deleted(db: Connection) -> int:
    """Remove deleted sessions with their words, history and drafts; returns how many they were."""
    session = tables["why_session"]
    keys = list(db.execute(select(session.c.id).where(session.c.deleted_at.is_not(None))).scalars())
    for key in keys:
        _remove(db, key)
    passages.purge(db)
    reviewing.forget(db)
    return len(keys)


def forget_history(db: Connection, session_id: UUID) -> int:
    """Remove a session's journal; returns how many lines went.

    With it go the decisions on causes that could only have come back by undo.
    """
    cause = tables["cause"]
    there = db.execute(select(cause.c.id).where(cause.c.session_id == session_id)).scalars()
    deciding.remove(db, _causes_ever(db, session_id) - set(there))
    passages.purge(db)
    reviewing.forget(db)
    return db.execute(delete(change_table).where(change_table.c.session_id == session_id)).rowcount


def _remove(db: Connection, session_id: UUID) -> None:
    session, cause = tables["why_session"], tables["cause"]
    deciding.remove(db, _causes_ever(db, session_id))
    passages.forget(db, session_id)
    around = (table for table in tables.values() if table not in (session, cause))
    for table in (change_table, *reversed(list(around))):
        db.execute(delete(table).where(table.c.session_id == session_id))
    of_session = select(cause.c.id).where(cause.c.session_id == session_id)
    db.execute(delete(wording_table).where(wording_table.c.cause_id.in_(of_session)))
    db.execute(delete(draft_table).where(draft_table.c.place.startswith(str(session_id))))
    # The tree goes from its leaves, because a parent is never removed before its children.
    tree = reading.tree(db, session_id)
    nodes = list(tree.walk()) if tree else []
    for node, _ in reversed(nodes):
        db.execute(delete(cause).where(cause.c.id == node.id))
    db.execute(delete(session).where(session.c.id == session_id))


def _causes_ever(db: Connection, session_id: UUID) -> set[UUID]:
    """The causes that a session has, and those that it had."""
    cause = tables["cause"]
    there = db.execute(select(cause.c.id).where(cause.c.session_id == session_id)).scalars()
    return set(there) | {
        operation.key
        for change in journal.changes(db, session_id)
        for operation in change.operations
        if operation.table == "cause"
    }
