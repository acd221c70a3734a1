"""What people said of two causes: the same, different, not now. Rows are added, never changed.

The newest decision on two causes holds. One that takes another back is a row too, so that who said
what when is never lost; what holds then is what held before. Decisions on a cause that is deleted,
or whose session is, wait in the table until it comes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)

from fivewhys.models.commands import Moment
from fivewhys.models.past import Decision, Sameness
from fivewhys.models.tables import decision_table, tables
from fivewhys.models.words import Kind
from fivewhys.store.batches import in_batches
from fivewhys.store.problems import StoreProblem
from fivewhys.store.streaming import bytes_of, raw

CAUSE_GONE = "One of the two causes is no longer there. Nothing was decided."

_ROW = decision_table.c
_COLUMNS = (
    _ROW.id,
    _ROW.a,
    _ROW.b,
    _ROW.sameness,
    _ROW.decided_by,
    _ROW.decided_at,
    _ROW.takes_back,
)
_AGE = (_ROW.decided_at, _ROW.id)
"""The order of decisions is the same in every database that they come to; that of rows is not."""
_EVERY = select(*_COLUMNS).where(
    or_(_ROW.a.in_(bindparam("keys", expanding=True)), _ROW.b.in_(bindparam("keys")))
)
_TICK = timedelta(microseconds=1)


class _Said(Protocol):
    """What tells whether a decision holds."""

    @property
    def id(self) -> Any:
        """Its key."""

    @property
    def takes_back(self) -> Any:
        """The key of the decision that it takes back, if it does."""


D = TypeVar("D", bound=_Said)


class Pair(NamedTuple):
    """What holds of two causes, which are told by the bytes of their keys."""

    a: bytes
    b: bytes
    sameness: Sameness


class _Row(NamedTuple):
    """A decision as the driver gives it."""

    id: Any
    takes_back: Any
    sameness: str
    a: Any
    b: Any


def decide(db: Connection, one: UUID, other: UUID, sameness: Sameness, moment: Moment) -> Decision:
    """Write what `moment.actor` says of two causes; nothing where that person's word holds already.

    Raises `StoreProblem` where one of them is not there, and ValueError where they are one.
    """
    if one == other:
        raise ValueError("a decision is about two causes")
    a, b = sorted((one, other))
    cause = tables["cause"]
    if db.execute(_standing(func.count()).where(cause.c.id.in_([a, b]))).scalar_one() != 2:
        raise StoreProblem(CAUSE_GONE)
    before = _rows(db, _of_pair(a, b))
    holds = _holding(before)
    # Where all was taken back, that holds, and nobody has said anything.
    said_already = (
        holds
        and holds.takes_back is None
        and (holds.sameness, holds.decided_by) == (sameness, moment.actor)
    )
    # A pair that is skipped again goes behind all others again.
    if holds and said_already and sameness is not Sameness.SKIPPED:
        return holds
    decision = Decision(moment.new_key(), a, b, sameness, moment.actor, moment.now)
    return _write(db, decision, before)


def take_back(db: Connection, moment: Moment) -> Decision | None:
    """Take back the last decision of `moment.actor` that holds; returns it, None where none does.

    Doing so again takes back the one before. What somebody else has decided differently since does
    not hold, and neither does what is about a cause that is not there now.
    """
    for row in _backwards(db, moment.actor):
        before = _rows(db, _of_pair(row.a, row.b))
        stack = _stack(before)
        if not stack or stack[-1].id != row.id or not _both_stand(db, row):
            continue
        former = stack[-2].sameness if len(stack) > 1 else Sameness.OPEN
        back = Decision(
            moment.new_key(), row.a, row.b, former, moment.actor, moment.now, takes_back=row.id
        )
        _write(db, back, before)
        return row
    return None


def holding(db: Connection) -> list[Decision]:
    """The decision that holds of each two causes that are there, oldest first."""
    cause, session = tables["cause"], tables["why_session"]
    a, b = cause.alias("cause_a"), cause.alias("cause_b")
    of_a, of_b = session.alias("session_a"), session.alias("session_b")
    query = (
        select(*_COLUMNS)
        .join(a, a.c.id == _ROW.a)
        .join(b, b.c.id == _ROW.b)
        .join(of_a, of_a.c.id == a.c.session_id)
        .join(of_b, of_b.c.id == b.c.session_id)
        .where(of_a.c.deleted_at.is_(None), of_b.c.deleted_at.is_(None))
        .order_by(*_AGE)
    )
    return _held(Decision(*row) for row in db.execute(query))


def pairs(db: Connection) -> list[Pair]:
    """What holds of each two causes, those that are gone among them: many times quicker."""
    query = select(*(raw(_ROW[name]) for name in _Row._fields)).order_by(*_AGE)
    every_pair = _by_pair(map(_Row._make, db.execute(query).all()))
    return [
        Pair(bytes_of(holds.a), bytes_of(holds.b), Sameness(holds.sameness))
        for pair in every_pair
        if (holds := _holding(pair))
    ]


def about(db: Connection, causes: Iterable[UUID]) -> list[Decision]:
    """The decision that holds of each two causes of which one is in `causes`, oldest first."""
    return _held(every(db, causes))


def every(db: Connection, causes: Iterable[UUID]) -> list[Decision]:
    """All that was ever decided on `causes` and not purged, oldest first."""
    found: dict[UUID, Decision] = {}
    for keys in in_batches(causes):
        found |= {row.id: Decision(*row) for row in db.execute(_EVERY, {"keys": keys})}
    return sorted(found.values(), key=_age)


def are_there(db: Connection) -> bool:
    """Whether anything was ever decided: most reads can stop here."""
    return db.execute(select(_ROW.seq).limit(1)).first() is not None


def bring_in(db: Connection, decisions: Iterable[Decision]) -> None:
    """Add decisions from elsewhere in their order, but for those that are here already."""
    incoming = {decision.id: decision for decision in decisions}
    for keys in in_batches(incoming):
        here = set(db.execute(select(_ROW.id).where(_ROW.id.in_(keys))).scalars())
        new = [_values(incoming[key]) for key in keys if key not in here]
        if new:
            db.execute(insert(decision_table), new)


def remove(db: Connection, causes: Iterable[UUID]) -> None:
    """Forget for good what was decided on `causes`."""
    for keys in in_batches(causes):
        db.execute(delete(decision_table).where(or_(_ROW.a.in_(keys), _ROW.b.in_(keys))))


def _write(db: Connection, decision: Decision, before: list[Decision]) -> Decision:
    # Clocks differ, and a decision that came from elsewhere may be of later today.
    if before and before[-1].decided_at >= decision.decided_at:
        decision = replace(decision, decided_at=before[-1].decided_at + _TICK)
    db.execute(insert(decision_table).values(_values(decision)))
    return decision


def _values(decision: Decision) -> dict[str, Any]:
    return {column.name: getattr(decision, column.name) for column in _COLUMNS}


def _rows(db: Connection, which: ColumnElement[bool]) -> list[Decision]:
    query = select(*_COLUMNS).where(which).order_by(*_AGE)
    return [Decision(*row) for row in db.execute(query)]


def _of_pair(a: UUID, b: UUID) -> ColumnElement[bool]:
    return (_ROW.a == a) & (_ROW.b == b)


def _standing(*columns: Any) -> Select[Any]:
    """Of causes that are not deleted, in sessions that are not."""
    cause, session = tables["cause"], tables["why_session"]
    return (
        select(*columns)
        .select_from(cause)
        .join(session, session.c.id == cause.c.session_id)
        .where(cause.c.kind == Kind.CAUSE, session.c.deleted_at.is_(None))
    )


def _both_stand(db: Connection, decision: Decision) -> bool:
    query = _standing(func.count()).where(tables["cause"].c.id.in_([decision.a, decision.b]))
    return bool(db.execute(query).scalar_one() == 2)


def _backwards(db: Connection, actor: str) -> Iterator[Decision]:
    """One person's decisions that are not taken back, newest first, in pages."""
    back = decision_table.alias("back")
    before: Decision | None = None
    page = 20
    while True:
        query = (
            select(*_COLUMNS)
            .where(
                _ROW.decided_by == actor,
                _ROW.takes_back.is_(None),
                ~select(back.c.seq).where(back.c.takes_back == _ROW.id).exists(),
            )
            .order_by(*(column.desc() for column in _AGE))
            .limit(page)
        )
        if before is not None:
            there = (
                literal(before.decided_at, _ROW.decided_at.type),
                literal(before.id, _ROW.id.type),
            )
            query = query.where(tuple_(*_AGE) < tuple_(*there))
        rows = [Decision(*row) for row in db.execute(query)]
        yield from rows
        if len(rows) < page:
            return
        before = rows[-1]


def _held(rows: Iterable[Decision]) -> list[Decision]:
    """Of each two causes in `rows`, which are oldest first, the decision that holds."""
    found = [holds for pair in _by_pair(rows) if (holds := _holding(pair))]
    return sorted(found, key=_age)


def _by_pair(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """The rows of each two causes, in the order in which they come."""
    found: dict[tuple[Any, Any], list[Any]] = {}
    for row in rows:
        found.setdefault((row.a, row.b), []).append(row)
    return found.values()


def _holding(pair: list[D]) -> D | None:
    """Of all decisions on two causes, oldest first, the one that holds."""
    if len(pair) == 1:
        return pair[0]
    stack = _stack(pair)
    return stack[-1] if stack else pair[-1] if pair else None


def _stack(pair: list[D]) -> list[D]:
    """The decisions on two causes that are not taken back, oldest first."""
    taken_back = {decision.takes_back for decision in pair if decision.takes_back}
    return [row for row in pair if row.takes_back is None and row.id not in taken_back]


def _age(decision: Decision) -> tuple[datetime, UUID]:
    return decision.decided_at, decision.id
