"""Which words each cause has, kept beside the causes, and where the same words stand elsewhere."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select

from fivewhys.models.delta import Operation
from fivewhys.models.tables import tables, wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.models.words import Kind, Part, Status
from fivewhys.text import plain_words, words_number

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


def elsewhere(db: Connection, tree: Tree) -> Mapping[UUID, tuple[Appearance, ...]]:
    """Where else the causes of `tree` that have countermeasures were found, oldest first."""
    causes = [
        tree.causes[key] for key in tree.countermeasures_of if tree.causes[key].kind is Kind.CAUSE
    ]
    found = appearances(db, {cause.text for cause in causes})
    others = {
        cause.id: tuple(
            again for again in found[cause.text] if again.session_id != cause.session_id
        )
        for cause in causes
    }
    return {key: again for key, again in others.items() if again}


def appearances(db: Connection, texts: set[str]) -> dict[str, list[Appearance]]:
    """Each text → the sessions in which a cause has the same words, each once, oldest first.

    Deleted sessions and causes that were ruled out do not count.
    """
    if not texts:
        return {}
    cause, session = tables["cause"], tables["why_session"]
    since = func.coalesce(session.c.noticed_at, session.c.opened_at).label("since")
    query = (
        select(session.c.id, session.c.number, session.c.site, since, cause.c.part, cause.c.text)
        .select_from(wording_table)
        .join(cause, cause.c.id == wording_table.c.cause_id)
        .join(session, session.c.id == cause.c.session_id)
        .where(
            wording_table.c.words.in_(sorted(map(words_number, texts))),
            # A problem that was worded anew has a wording too, and is no cause.
            cause.c.kind == Kind.CAUSE,
            session.c.deleted_at.is_(None),
            cause.c.status != Status.RULED_OUT,
        )
        .order_by(since, session.c.number)
    )
    found: dict[str, dict[UUID, Appearance]] = {}
    for key, number, site, moment, part, text in db.execute(query):
        in_sessions = found.setdefault(plain_words(text), {})
        before = in_sessions.get(key)
        is_root = part is Part.ROOT or (before is not None and before.is_root)
        in_sessions[key] = Appearance(key, number, site, moment.date(), is_root)
    return {text: list(found.get(plain_words(text), {}).values()) for text in texts}
