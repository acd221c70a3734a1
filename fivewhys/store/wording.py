"""Which words each cause has, kept beside the causes: `sharing` finds the same words by it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from fivewhys.models.delta import Operation
from fivewhys.models.tables import tables, wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind
from fivewhys.store.batches import in_batches
from fivewhys.text import words_number

_FORGET = delete(wording_table).where(
    and_(
        wording_table.c.words == bindparam("old_words"),
        wording_table.c.cause_id == bindparam("old_cause"),
    )
)


def keep(db: Connection, operations: Iterable[Operation]) -> None:
    """Bring the wordings up to date with `operations`, which have just been written."""
    about = [operation for operation in operations if operation.table == "cause"]
    problems = _problems(db, about)
    gone, new = [], []
    for operation in about:
        before, after = operation.before or {}, operation.after or {}
        if operation.key in problems:
            continue
        if "text" in before:
            gone.append({"old_words": words_number(before["text"]), "old_cause": operation.key})
        if "text" in after:
            new.append({"words": words_number(after["text"]), "cause_id": operation.key})
    if gone:
        db.execute(_FORGET, gone)
    if new:
        db.execute(insert(wording_table), new)


def _problems(db: Connection, operations: Iterable[Operation]) -> set[UUID]:
    """The problems among the nodes whose texts `operations` are about: a problem is no cause."""
    found, edited = set(), []
    for operation in operations:
        row = operation.after or operation.before or {}
        if row.get("kind") is Kind.PROBLEM:
            found.add(operation.key)
        # Where its text alone changed, only the row tells what it is.
        elif "text" in row and "kind" not in row:
            edited.append(operation.key)
    cause = tables["cause"]
    for keys in in_batches(edited):
        query = select(cause.c.id).where(cause.c.id.in_(keys), cause.c.kind == Kind.PROBLEM)
        found |= set(db.execute(query).scalars())
    return found


def is_about(tree: Tree, operations: Iterable[Operation]) -> bool:
    """Whether `operations` change which causes have countermeasures, or what these causes say."""
    return any(
        operation.table == "countermeasure"
        or (operation.key in tree.countermeasures_of and "text" in (operation.after or {}))
        for operation in operations
    )
