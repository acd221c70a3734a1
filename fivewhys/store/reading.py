"""Queries on sessions: rows in, frozen values out. The journal has its own in `journal`."""

from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, FromClause, ScalarSelect, func, select

from fivewhys.models.tables import change_table, tables
from fivewhys.models.tree import Tree
from fivewhys.models.values import SessionLine, type_of_table
from fivewhys.models.words import Part, Status
from fivewhys.store import sharing
from fivewhys.store.conditions import holds_words, is_problem_of, one_text, written

LARGEST_NUMBER = 2**63 - 1
"""Above every session's number."""

SUGGESTED = 200
"""How many earlier values of a fact are offered, the most used first."""


def library(
    db: Connection, search: str = "", before: int | None = None, limit: int = 50
) -> list[SessionLine]:
    """Sessions, newest first, that hold every word of `search`; numbers below `before` only."""
    problem = tables["cause"].alias("problem")
    session = tables["why_session"]
    columns = (
        session.c.id,
        session.c.number,
        problem.c.text,
        session.c.site,
        session.c.department,
        session.c.location,
        session.c.opened_at,
        session.c.state,
        roots_of(session),
    )
    query = (
        select(*columns)
        .select_from(session)
        .join(problem, is_problem_of(problem, session.c.id))
        # The bound is there even for the first page: without it, SQLite reads every problem and
        # sorts, which takes a second at 100,000 sessions instead of a millisecond.
        .where(
            session.c.deleted_at.is_(None),
            session.c.number < (LARGEST_NUMBER if before is None else before),
        )
        .order_by(session.c.number.desc())
        .limit(limit)
    )
    facts = (problem.c.text, session.c.site, session.c.department, session.c.location)
    everything = one_text(session, *facts)
    query = query.where(*holds_words(everything, search, db.dialect.name))
    return [SessionLine(*row) for row in db.execute(query)]


# Building it takes half as long as a whole page, and it is the same every time.
@cache
def roots_of(session: FromClause) -> ScalarSelect[int]:
    """How many roots each row of `session` has; as `Tree.roots`, none in ruled-out branches."""
    root, start, cause = (tables["cause"].alias(name) for name in ("root", "start", "above"))
    # Upwards from the roots, which are few: downwards would read every cause of the session.
    way_up = (
        select(start.c.parent_id, start.c.status)
        .where(start.c.id == root.c.id)
        .correlate(root)
        .cte("way_up", recursive=True, nesting=True)
    )
    way_up = way_up.union_all(
        select(cause.c.parent_id, cause.c.status).where(cause.c.id == way_up.c.parent_id)
    )
    is_out = way_up.c.status == written(cause.c.status, Status.RULED_OUT)
    return (
        select(func.count())
        .select_from(root)
        .where(
            root.c.session_id == session.c.id,
            root.c.part == written(root.c.part, Part.ROOT),
            ~select(way_up.c.status).where(is_out).exists(),
        )
        .correlate(session)
        .scalar_subquery()
    )


def key_of(db: Connection, number: int) -> UUID | None:
    """The key of S-`number`, unless it was deleted."""
    if number > LARGEST_NUMBER:
        return None
    session = tables["why_session"]
    query = select(session.c.id).where(session.c.number == number, session.c.deleted_at.is_(None))
    return db.execute(query).scalar_one_or_none()


def exists(db: Connection, session_id: UUID) -> bool:
    """Whether the session is there, deleted or not."""
    session = tables["why_session"]
    return db.execute(select(session.c.id).where(session.c.id == session_id)).first() is not None


def last_deleted(db: Connection) -> UUID | None:
    """The session that was deleted last, if one is still to be brought back."""
    session = tables["why_session"]
    query = (
        select(session.c.id)
        .where(session.c.deleted_at.is_not(None))
        .order_by(session.c.deleted_at.desc())
        .limit(1)
    )
    return db.execute(query).scalar_one_or_none()


def counts(db: Connection) -> tuple[int, int]:
    """How many sessions and causes there are, deleted sessions included."""
    session, cause = tables["why_session"], tables["cause"]
    sessions = db.execute(select(func.count()).select_from(session)).scalar_one()
    nodes = db.execute(select(func.count()).select_from(cause)).scalar_one()
    return sessions, nodes - sessions


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
    tree = Tree.of(
        sessions[0],
        rest["cause"],
        rest["evidence"],
        rest["parked"],
        rest["person"],
        seq=seq,
        link_answers=rest["link_answer"],
        dismissals=rest["dismissal"],
        root_checks=rest["root_check"],
        countermeasures=rest["countermeasure"],
        measures=rest["measure"],
        checks=rest["measure_check"],
    )
    return replace(tree, elsewhere=sharing.elsewhere(db, tree)) if tree.countermeasures_of else tree


_TABLE_OF = {"name": "person", "role": "person", "owner": "countermeasure"}


def suggestions(db: Connection, column: str) -> list[str]:
    """Earlier values of a session's fact, of a person's `name` or `role`, or of an `owner`."""
    table = tables[_TABLE_OF.get(column, "why_session")]
    value = table.c[column]
    query = (
        select(value)
        .where(value != "")
        .group_by(value)
        .order_by(func.count().desc(), value)
        .limit(SUGGESTED)
    )
    return list(db.execute(query).scalars())


def _rows(db: Connection, name: str, column: str, key: UUID) -> list[Any]:
    table, value = tables[name], type_of_table[name]
    return [value(*row) for row in db.execute(select(table).where(table.c[column] == key))]
