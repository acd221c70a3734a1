"""What a person can take back or do again, and whether others have built on it since.

It finds and judges; the store writes.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select

from fivewhys.models import effect
from fivewhys.models.delta import Change, ChangeKind, Operation
from fivewhys.models.plan_words import Progress
from fivewhys.models.tables import change_table
from fivewhys.models.tree import Tree
from fivewhys.store import journal
from fivewhys.store.problems import SESSION_DELETED, Conflict
from fivewhys.text import excerpt


def to_undo(db: Connection, session_id: UUID, actor: str) -> Change | None:
    """The last thing `actor` did that is not taken back yet."""
    skip = 0
    for seq, kind in _backwards(db, session_id, actor):
        if kind is ChangeKind.UNDO:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return None if kind is ChangeKind.START else journal.line(db, seq)
    return None


def to_redo(db: Connection, session_id: UUID, actor: str) -> Change | None:
    """The last undo of `actor`, unless it was taken back or something new was done since."""
    skip = 0
    for seq, kind in _backwards(db, session_id, actor):
        if kind is ChangeKind.REDO:
            skip += 1
        elif kind is ChangeKind.UNDO and skip:
            skip -= 1
        else:
            return journal.line(db, seq) if kind is ChangeKind.UNDO else None
    return None


def see_that_it_is_not_deleted(tree: Tree, operations: list[Operation]) -> None:
    """Raises `Conflict` in a deleted session, unless `operations` are about just that."""
    if tree.session.deleted_at is not None and not any(
        operation.table == "why_session" and "deleted_at" in (operation.after or {})
        for operation in operations
    ):
        raise Conflict(SESSION_DELETED)


def see_that_nobody_else_went_on(
    db: Connection, session_id: UUID, actor: str, target: Change
) -> None:
    """Raises `Conflict` where somebody besides `actor` has changed a row of `target` since."""
    rows = {(operation.table, operation.key) for operation in target.operations}
    for change in journal.changes(db, session_id, after=target.seq, besides=actor):
        if any((operation.table, operation.key) in rows for operation in change.operations):
            raise Conflict(
                f"{change.actor or 'Somebody else'} has changed this since "
                f"({change.label}), so it stays as it is. Nothing was done."
            )


def see_that_no_circle_closes(tree: Tree, operations: list[Operation]) -> None:
    """Two people's moves, each fine in its turn, can leave no way back for the first alone."""
    for operation in operations:
        if operation.before is None or "parent_id" not in (operation.after or {}):
            continue
        above = {operation.key}
        parent = tree.causes[operation.key].parent_id
        while parent is not None:
            if parent in above:
                raise Conflict(
                    "This cause would hang under itself, because what is above it was moved "
                    "since. Nothing was done."
                )
            above.add(parent)
            parent = tree.causes[parent].parent_id


def see_that_the_plan_holds(before: Tree, after: Tree) -> None:
    """Raises `Conflict` where what others did to a plan since goes together with it no longer.

    Nobody checks their own work, and what was called effective keeps the checks that showed it.
    """
    for cause in after.touched:
        former = {item.id: item for item in before.countermeasures(cause)}
        for item in after.countermeasures(cause):
            old = former.get(item.id)
            if effect.is_checker(after, item, item.owner) and not (
                old and effect.is_checker(before, old, old.owner)
            ):
                raise Conflict(
                    f"{item.owner} would own “{excerpt(item.text)}” and check it too, so it stays "
                    "as it is. Nothing was done."
                )
            is_effective = item.progress is Progress.EFFECTIVE
            if is_effective and effect.unshown(after, item) and not effect.unshown(before, item):
                raise Conflict(
                    f"“{excerpt(item.text)}” was called effective since, and this would take away "
                    "what showed that, so it stays as it is. Nothing was done."
                )


def _backwards(db: Connection, session_id: UUID, actor: str) -> Iterable[tuple[int, ChangeKind]]:
    """Lines of one person's journal from the newest, in pages: the walk is mostly short."""
    table, before, page = change_table, None, 50
    while True:
        query = (
            select(table.c.seq, table.c.kind)
            .where(table.c.session_id == session_id, table.c.actor == actor)
            .order_by(table.c.seq.desc())
            .limit(page)
        )
        if before is not None:
            query = query.where(table.c.seq < before)
        rows = db.execute(query).all()
        yield from ((row.seq, row.kind) for row in rows)
        if len(rows) < page:
            return
        before = rows[-1].seq
