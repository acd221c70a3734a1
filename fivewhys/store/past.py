"""Reads over the whole history: all of it at once, and single causes with their context."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, func, literal, select

from fivewhys.models.past import Context, Past, PastCause, PastDeed, PastSession
from fivewhys.models.tables import tables
from fivewhys.models.words import Kind, Leg, Part, Status
from fivewhys.store.batches import in_batches
from fivewhys.store.streaming import key_of, raw, streamed

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_DEED = tables["countermeasure"]
_ON = func.coalesce(_SESSION.c.noticed_at, _SESSION.c.opened_at)
_FACTS = (
    _SESSION.c.id,
    _SESSION.c.number,
    _SESSION.c.state,
    _SESSION.c.site,
    _SESSION.c.region,
    _SESSION.c.department,
    _SESSION.c.severity,
    _ON,
)
_DEED_COLUMNS = (
    _DEED.c.id,
    _DEED.c.cause_id,
    _DEED.c.text,
    _DEED.c.progress,
    _DEED.c.owner,
    _DEED.c.due,
    _DEED.c.done_on,
    _DEED.c.kind,
)
_STATUSES = {status.value: status for status in Status}
_LEGS: dict[str | None, Leg | None] = {None: None} | {leg.value: leg for leg in Leg}


def past(
    db: Connection,
    site: str = "",
    since: date | None = None,
    until: date | None = None,
    only: Collection[UUID] | None = None,
) -> Past:
    """The whole history, or its sessions at a site (whatever its capitals) and between two days.

    With `only`, no sessions but these.
    """
    every = narrowed(site, since, until)
    parts = [every]
    if only is not None:
        parts = [[*every, _SESSION.c.id.in_(keys)] for keys in in_batches(only)]
    sessions: list[Any] = []
    nodes: dict[UUID, list[_Node]] = {}
    deeds: list[PastDeed] = []
    for which in parts:
        rows = db.execute(select(*_FACTS).where(*which)).all()
        sessions += rows
        nodes |= _nodes(db, {row[0] for row in rows}, which)
        chosen = select(_SESSION.c.id).where(*which)
        query = select(*_DEED_COLUMNS).where(_DEED.c.session_id.in_(chosen))
        deeds += [PastDeed(*row) for row in db.execute(query)]
    found: list[PastSession] = []
    causes: list[PastCause] = []
    for row in sorted(sessions, key=lambda row: (row[-1], row.number)):
        tree = _in_order(nodes.pop(row[0]))
        found.append(_session(row, tree[0].text))
        causes += tree
    return Past(tuple(found), tuple(causes), tuple(sorted(deeds, key=lambda deed: deed.id)))


def context(db: Connection, keys: Iterable[UUID]) -> dict[UUID, Context]:
    """The causes that are there, with what people need to tell whether another is the same."""
    return {key: found for some in in_batches(keys) for key, found in _contexts(db, some)}


def narrowed(site: str, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """The conditions on sessions that `past` reads: none is deleted."""
    which: list[ColumnElement[bool]] = [_SESSION.c.deleted_at.is_(None)]
    if site:
        which.append(func.lower(_SESSION.c.site) == func.lower(site))
    moment = _SESSION.c.opened_at.type
    if since is not None:
        which.append(literal(_midnight(since), moment) <= _ON)
    if until is not None and until < date.max:
        which.append(literal(_midnight(until + timedelta(days=1)), moment) > _ON)
    return which


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _session(facts: Any, problem: str) -> PastSession:
    key, number, state, site, region, department, severity, on = facts
    return PastSession(key, number, state, problem, site, region, department, severity, on.date())


_Node = tuple[int, PastCause]
"""A cause with its position among its parent's."""


def _nodes(
    db: Connection, sessions: Collection[UUID], which: list[ColumnElement[bool]]
) -> dict[UUID, list[_Node]]:
    """The problems and causes of `sessions`, in no order."""
    query = select(
        *(raw(_CAUSE.c[name]) for name in ("id", "session_id", "parent_id", "kind", "position")),
        *(raw(_CAUSE.c[name]) for name in ("text", "status", "part", "leg")),
    )
    if len(which) > 1:
        query = query.where(_CAUSE.c.session_id.in_(select(_SESSION.c.id).where(*which)))
    # Each key once: they are half of the time and of the room.
    keys: dict[Any, UUID] = {
        (key.bytes if db.dialect.name == "sqlite" else key): key for key in sessions
    }
    here = set(keys)
    found: dict[UUID, list[_Node]] = {key: [] for key in sessions}
    root, problem = Part.ROOT.value, Kind.PROBLEM.value
    for key, session, parent, kind, position, text, status, part, leg in streamed(db, query):
        if session not in here:
            continue
        session_id = keys[session]
        cause = PastCause(
            keys.get(key) or keys.setdefault(key, key_of(key)),
            session_id,
            parent and (keys.get(parent) or keys.setdefault(parent, key_of(parent))),
            Kind.PROBLEM if kind == problem else Kind.CAUSE,
            text,
            _STATUSES[status],
            part == root,
            _LEGS[leg],
        )
        found[session_id].append((position, cause))
    return found


def _in_order(nodes: list[_Node]) -> list[PastCause]:
    """The nodes of one session as its tree has them: the problem, then each branch in full."""
    below: dict[UUID | None, list[_Node]] = {}
    for node in nodes:
        below.setdefault(node[1].parent_id, []).append(node)
    ordered: list[PastCause] = []
    waiting = below[None]
    while waiting:
        _, cause = waiting.pop()
        ordered.append(cause)
        children = below.get(cause.id)
        if children:
            # The last comes off first.
            waiting += sorted(children, key=_place, reverse=True)
    return ordered


def _place(node: _Node) -> tuple[int, UUID]:
    return node[0], node[1].id


# Built once: building these takes longer than running them, and people wait for them as they type.
_KEYS = bindparam("keys", expanding=True, type_=_CAUSE.c.id.type)
_WITH_SESSION = (
    select(
        _CAUSE.c.id,
        _CAUSE.c.parent_id,
        _CAUSE.c.kind,
        _CAUSE.c.text,
        _CAUSE.c.status,
        _CAUSE.c.part,
        _CAUSE.c.leg,
        *_FACTS,
    )
    .join(_SESSION, _SESSION.c.id == _CAUSE.c.session_id)
    .where(_CAUSE.c.id.in_(_KEYS), _SESSION.c.deleted_at.is_(None))
)
_DEEDS = (
    select(*_DEED_COLUMNS).where(_DEED.c.cause_id.in_(_KEYS)).order_by(_DEED.c.position, _DEED.c.id)
)


def _way_up() -> Select[Any]:
    """For each of some causes itself and all above it, from the problem down."""
    start, cause = _CAUSE.alias("start"), _CAUSE.alias("above")
    up = (
        select(
            start.c.id.label("of"),
            start.c.parent_id,
            start.c.text,
            start.c.status,
            literal(0, Integer).label("height"),
        )
        .where(start.c.id.in_(_KEYS))
        .cte("up", recursive=True)
    )
    up = up.union_all(
        select(up.c.of, cause.c.parent_id, cause.c.text, cause.c.status, up.c.height + 1).where(
            cause.c.id == up.c.parent_id
        )
    )
    return select(up.c.of, up.c.text, up.c.status).order_by(up.c.height.desc())


_WAY_UP = _way_up()


def _contexts(db: Connection, keys: list[UUID]) -> Iterator[tuple[UUID, Context]]:
    """In the order of `keys`."""
    rows = {row[0]: row for row in db.execute(_WITH_SESSION, {"keys": keys})}
    if not rows:
        return
    here = {"keys": list(rows)}
    chains: dict[UUID, list[str]] = {}
    out: set[UUID] = set()
    for key, text, status in db.execute(_WAY_UP, here):
        chains.setdefault(key, []).append(text)
        if status is Status.RULED_OUT:
            out.add(key)
    deeds: dict[UUID, list[PastDeed]] = {}
    for row in db.execute(_DEEDS, here):
        deeds.setdefault(row.cause_id, []).append(PastDeed(*row))
    for key in dict.fromkeys(keys):
        if key not in rows:
            continue
        _, parent, kind, text, status, part, leg, *facts = rows[key]
        cause = PastCause(key, facts[0], parent, kind, text, status, part is Part.ROOT, leg)
        chain = tuple(chains[key])
        session = _session(facts, chain[0])
        yield key, Context(cause, session, chain, tuple(deeds.get(key, ())), key in out)
