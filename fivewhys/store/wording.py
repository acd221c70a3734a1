"""Which words each cause has, kept beside the causes: `sharing` finds the same words by it."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, delete, insert

from fivewhys.models.delta import Operation
from fivewhys.models.tables import wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind
from fivewhys.text import words_number

_FORGET = delete(wording_table).where(
    and_(
        wording_table.c.words == bindparam("old_words"),
        wording_table.c.cause_id == bindparam("old_cause"),
    )
)


def keep(db: Connection, operations: Iterable[Operation]) -> None:
    """Bring the wordings up to date with `operations`, which have just been written."""
    gone, new = [], []
    for operation in operations:
        if operation.table != "cause":
            continue
        before, after = operation.before or {}, operation.after or {}
        # The problem is no cause; but where its text changed, nothing says that it is the problem.
        if "text" in before and before.get("kind") is not Kind.PROBLEM:
            gone.append({"old_words": words_number(before["text"]), "old_cause": operation.key})
        if "text" in after and after.get("kind") is not Kind.PROBLEM:
            new.append({"words": words_number(after["text"]), "cause_id": operation.key})
    if gone:
        db.execute(_FORGET, gone)
    if new:
        db.execute(insert(wording_table), new)


def is_about(tree: Tree, operations: Iterable[Operation]) -> bool:
    """Whether `operations` change which causes have countermeasures, or what these causes say."""
    return any(
        operation.table == "countermeasure"
        or (operation.key in tree.countermeasures_of and "text" in (operation.after or {}))
        for operation in operations
    )
