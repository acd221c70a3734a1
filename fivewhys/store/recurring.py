"""Conditions on countermeasures whose causes were found elsewhere, for queries over all of them.

Equal words are compared by the engine itself, over the whole history. What people decided is worked
out beside it for the few causes that it touches, and corrects the result.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
)

from fivewhys.models.plan_words import CountermeasureKind
from fivewhys.models.tables import decision_table, tables, wording_table
from fivewhys.models.words import Status
from fivewhys.store import deciding, sharing
from fivewhys.store.batches import in_batches
from fivewhys.text import words_number

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_ACTION = tables["countermeasure"]
_DECISION = decision_table


def is_like(
    db: Connection, causes: Mapping[UUID, tuple[UUID, str]], key: Any
) -> ColumnElement[bool]:
    """Whether the cause `key` is the same as one of `causes`, each with its session and text."""
    numbers = sorted({words_number(text) for _, text in causes.values()})
    alike = select(wording_table.c.cause_id).where(wording_table.c.words.in_(numbers))
    in_words: ColumnElement[bool] = key.in_(alike)
    if not deciding.are_there(db):
        return in_words
    found = sharing.like(db, causes).values()
    same = {item.id for others in found for item in others.same}
    worded = {item.id for others in found for item in others.in_words}
    return or_(and_(in_words, key.not_in(worded - same)), key.in_(same - worded))


def acts_on_cause(action: FromClause) -> ColumnElement[bool]:
    """Whether a countermeasure could keep its cause from coming back; as `Tree.recurrences`."""
    return action.c.kind != CountermeasureKind.ACKNOWLEDGE


def came_back(db: Connection, key: Any) -> ColumnElement[bool]:
    """Whether the cause of the countermeasure `key` was found again after that was done."""
    in_words: ColumnElement[bool] = key.in_(_in_words(db.dialect.name))
    more, fewer = _by_decisions(db)
    if not more and not fewer:
        return in_words
    return or_(and_(in_words, key.not_in(fewer)), key.in_(more))


def _by_decisions(db: Connection) -> tuple[set[UUID], set[UUID]]:
    """What `_in_words` does not know: the countermeasures to add to it, and those to leave out.

    They are few, because only causes matter that are in a decision, or in its words.
    """
    words: set[int] = set()
    for side in (_DECISION.c.a, _DECISION.c.b):
        texts = select(_CAUSE.c.text).join(_DECISION, side == _CAUSE.c.id).distinct()
        words |= set(map(words_number, db.execute(texts).scalars()))
    actions: list[Any] = []
    for numbers in in_batches(sorted(words)):
        query = (
            select(_ACTION.c.id, _ACTION.c.done_on, _CAUSE.c.id, _CAUSE.c.session_id, _CAUSE.c.text)
            .select_from(wording_table)
            .join(_ACTION, _ACTION.c.cause_id == wording_table.c.cause_id)
            .join(_CAUSE, _CAUSE.c.id == _ACTION.c.cause_id)
            .where(
                wording_table.c.words.in_(numbers),
                _ACTION.c.done_on.is_not(None),
                acts_on_cause(_ACTION),
            )
        )
        actions += db.execute(query).all()
    found = sharing.like(db, {row[2]: (row[3], row[4]) for row in actions})
    more, fewer = set(), set()
    for action, done_on, cause, *_ in actions:
        others = found[cause]
        by_all, by_words = (
            any(item.since.date() > done_on for item in items)
            for items in (others.same, others.in_words)
        )
        if by_all and not by_words:
            more.add(action)
        elif by_words and not by_all:
            fewer.add(action)
    return more, fewer


def _in_words(dialect: str) -> Select[Any]:
    """The countermeasures whose cause was found, in equal words, after they were done."""
    twice = (
        select(wording_table.c.words)
        .group_by(wording_table.c.words)
        .having(func.count() > 1)
        .subquery("twice")
    )
    ours, theirs = wording_table.alias("ours"), wording_table.alias("theirs")
    action, cause, session = (
        _ACTION.alias("done"),
        _CAUSE.alias("again"),
        _SESSION.alias("later"),
    )
    since = func.coalesce(session.c.noticed_at, session.c.opened_at)
    day: Any = func.date(since)
    if dialect != "sqlite":
        day = cast(func.timezone("UTC", since), Date)
    return (
        select(action.c.id)
        .select_from(twice)
        .join(ours, ours.c.words == twice.c.words)
        .join(action, action.c.cause_id == ours.c.cause_id)
        .join(theirs, theirs.c.words == twice.c.words)
        .join(cause, cause.c.id == theirs.c.cause_id)
        .join(session, session.c.id == cause.c.session_id)
        .where(
            action.c.done_on.is_not(None),
            acts_on_cause(action),
            session.c.id != action.c.session_id,
            session.c.deleted_at.is_(None),
            cause.c.status != Status.RULED_OUT,
            day > action.c.done_on,
        )
    )
