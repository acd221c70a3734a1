"""Queries: rows in, frozen values out."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, and_, bindparam, cast, func, select

from fivewhys.models.delta import Change, ChangeKind, from_json
from fivewhys.models.tables import change_table, tables
from fivewhys.models.tree import Tree
from fivewhys.models.values import SessionLine, type_of_table
from fivewhys.models.words import Kind, Part
from fivewhys.text import clean

LARGEST_NUMBER = 2**63 - 1
"""Above every session's number."""

SUGGESTED = 200
"""How many earlier values of a fact are offered, the most used first."""


def library(
    db: Connection, search: str = "", before: int | None = None, limit: int = 50
) -> list[SessionLine]:
    """Sessions, newest first, that hold every word of `search`; numbers below `before` only."""
    problem = tables["cause"].alias("problem")
    root = tables["cause"].alias("root")
    session = tables["why_session"]
    roots = (
        select(func.count())
        .select_from(root)
        .where(root.c.session_id == session.c.id, root.c.part == _written(root.c.part, Part.ROOT))
        .correlate(session)
        .scalar_subquery()
    )
    columns = (
        session.c.id,
        session.c.number,
        problem.c.text,
        session.c.site,
        session.c.department,
        session.c.location,
        session.c.opened_at,
        session.c.state,
        roots,
    )
    query = (
        select(*columns)
        .select_from(session)
        .join(
            problem,
            and_(
                problem.c.session_id == session.c.id,
                problem.c.kind == _written(problem.c.kind, Kind.PROBLEM),
            ),
        )
        # The bound is there even for the first page: without it, SQLite reads every problem and
        # sorts, which takes a second at 100,000 sessions instead of a millisecond.
        .where(
            session.c.deleted_at.is_(None),
            session.c.number < (LARGEST_NUMBER if before is None else before),
        )
        .order_by(session.c.number.desc())
        .limit(limit)
    )
    # One text to look through, in which no word spans two facts: four separate comparisons of
    # 100,000 sessions took half as long again.
    everything = "S-" + cast(session.c.number, Text)
    for fact in (problem.c.text, session.c.site, session.c.department, session.c.location):
        everything = everything + "\n" + fact
    for word in clean(search).split():
        if db.dialect.name != "sqlite":
            query = query.where(everything.icontains(word, autoescape=True))
        elif word.isascii():
            # SQLite's LIKE minds no case from A to Z, and takes half as long as with `lower`.
            query = query.where(everything.contains(word, autoescape=True))
        else:
            # Not LIKE, nor GLOB with both cases: at 100,000 sessions this takes a third less.
            query = query.where(func.instr(func.lower(everything), word.lower()) > 0)
    return [SessionLine(*row) for row in db.execute(query)]


def tree(db: Connection, session_id: UUID) -> Tree | None:
    """The whole tree of a session, or None where there is no such session."""
    sessions = _rows(db, "why_session", "id", session_id)
    if not sessions:
        return None
    seq = db.execute(
        select(func.coalesce(func.max(change_table.c.seq), 0)).where(
            change_table.c.session_id == session_id
        )
    ).scalar_one()
    rest = {
        name: _rows(db, name, "session_id", session_id)
        for name in type_of_table
        if name != "why_session"
    }
    return Tree.of(
        sessions[0], rest["cause"], rest["evidence"], rest["parked"], rest["person"], seq=seq
    )


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
    return [change_of(row) for row in db.execute(query)]


def to_undo(db: Connection, session_id: UUID, actor: str) -> Change | None:
    """The last thing `actor` did that is not taken back yet."""
    skip = 0
    for seq, kind in _backwards(db, session_id, actor):
        if kind is ChangeKind.UNDO:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return None if kind is ChangeKind.START else _change(db, seq)
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
            return _change(db, seq) if kind is ChangeKind.UNDO else None
    return None


def suggestions(db: Connection, column: str) -> list[str]:
    """Earlier values of a session's fact, or of a person's `name` or `role`; most used first."""
    table = tables["person" if column in ("name", "role") else "why_session"]
    value = table.c[column]
    query = (
        select(value)
        .where(value != "")
        .group_by(value)
        .order_by(func.count().desc(), value)
        .limit(SUGGESTED)
    )
    return list(db.execute(query).scalars())


def change_of(row: Any) -> Change:
    """A journal row as a value."""
    return Change(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        kind=row.kind,
        label=row.label,
        undoes=row.undoes,
        operations=tuple(from_json(row.operations)),
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


def _change(db: Connection, seq: int) -> Change:
    return change_of(db.execute(select(change_table).where(change_table.c.seq == seq)).one())


def _written(column: Any, word: StrEnum) -> Any:
    """The word in the statement itself: no index of only these rows serves a parameter."""
    return bindparam(None, word, type_=column.type, literal_execute=True)


def _rows(db: Connection, name: str, column: str, key: UUID) -> list[Any]:
    table, value = tables[name], type_of_table[name]
    return [value(*row) for row in db.execute(select(table).where(table.c[column] == key))]
