"""Causes that a review asks the tables for: those that people decided on, and a few's words."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from fivewhys.models.past import Sameness
from fivewhys.models.tables import decision_table, tables, wording_table
from fivewhys.models.words import Status
from fivewhys.review import columns
from fivewhys.review.columns import Column
from fivewhys.review.rows import Linked
from fivewhys.store import deciding
from fivewhys.store.batches import in_batches
from fivewhys.store.review_rows import all_rows
from fivewhys.store.streaming import bytes_of, raw

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]

# Built once: that takes as long as a third of the read.
_THERE = (
    select(raw(_CAUSE.c.id), _SESSION.c.number, wording_table.c.words, raw(_CAUSE.c.status))
    .select_from(_CAUSE)
    .join(wording_table, wording_table.c.cause_id == _CAUSE.c.id)
    .join(_SESSION, _SESSION.c.id == _CAUSE.c.session_id)
    .where(
        _CAUSE.c.id.in_(bindparam("keys", expanding=True)),
        _SESSION.c.deleted_at.is_(None),
    )
)
"""Causes of sessions that are not deleted: one by one they take twice as long to fetch."""


def linked(db: Connection) -> tuple[Linked, Column]:
    """What people decided of causes that stand, and those of these that were not ruled out.

    The second are rows of `columns.Part.ROOT`.
    """
    counting = (Sameness.SAME, Sameness.DIFFERENT)
    decided = [pair for pair in deciding.pairs(db) if pair.sameness in counting]
    there: dict[bytes, tuple[int, int, bool]] = {}
    for some in in_batches(sorted({key for pair in decided for key in pair[:2]})):
        for key, number, words, status in db.execute(
            _THERE, {"keys": [UUID(bytes=key) for key in some]}
        ).all():
            there[bytes_of(key)] = number, words, status == Status.RULED_OUT
    decided = [pair for pair in decided if pair.a in there and pair.b in there]
    keys = sorted({key for pair in decided for key in pair[:2]})
    same, different = (
        [(pair.a, pair.b) for pair in decided if pair.sameness is one] for one in counting
    )
    known = Linked({key: there[key][1] for key in keys}, same, different)
    rows = [(*there[key][:2], key) for key in keys if not there[key][2]]
    return known, columns.unpack(columns.Part.ROOT, [columns.pack(columns.Part.ROOT, rows)])


def texts(db: Connection, keys: Iterable[UUID]) -> dict[UUID, str]:
    """The words of some causes."""
    found: dict[UUID, str] = {}
    for some in in_batches(keys):
        query = select(_CAUSE.c.id, _CAUSE.c.text).where(_CAUSE.c.id.in_(some))
        found |= {row[0]: row[1] for row in all_rows(db, query)}
    return found


def last_decision(db: Connection) -> tuple[int, int]:
    """The last line of the decisions, and how many there are: while they stay, so do these."""
    last, lines = db.execute(select(func.max(decision_table.c.seq), func.count())).one()
    return last or 0, lines
