"""The rows of a review's columns, read from the tables for the sessions of one block.

A block is small enough to be read anew in a few milliseconds when one of its sessions changed.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import floor
from typing import Any

from sqlalchemy import Connection, Select, func, select

from fivewhys.models.tables import change_table, tables, wording_table
from fivewhys.models.words import Kind, Part, Status
from fivewhys.review import columns
from fivewhys.review.columns import (
    FACTS,
    KINDS,
    MEANS,
    MOST,
    NEVER,
    NO_DAY,
    NO_WORDS,
    PROGRESS,
    SEVERITIES,
    UNKNOWN,
)
from fivewhys.review.period import days_since_1970
from fivewhys.review.rows import customers_in
from fivewhys.store.streaming import bytes_of, raw

BLOCK = 256
"""Sessions of a block, by their numbers."""

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_ACTION = tables["countermeasure"]

_SEVERITIES, _KINDS, _PROGRESS, _MEANS = (
    {None: UNKNOWN} | {word.value: code for code, word in enumerate(words)}
    for words in (SEVERITIES, KINDS, PROGRESS, MEANS)
)

Rows = dict[columns.Part, list[tuple[Any, ...]]]


class Names:
    """All names that rows refer to, by their places in one list, which only grows."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.known = list(known)
        self._places = {name: place for place, name in enumerate(self.known)}

    def place(self, name: str) -> int:
        """The place of a name."""
        place = self._places.setdefault(name, len(self.known))
        if place == len(self.known):
            self.known.append(name)
        return place

    def learn(self, known: Iterable[str]) -> None:
        """Take in names that were added to the same list elsewhere."""
        for name in known:
            self.place(name)


def block_of(number: int) -> int:
    """The block of a session."""
    return number // BLOCK


def read(db: Connection, block: int, names: Names) -> Rows:
    """What a review needs of the sessions of a block, but for what is counted in them."""
    found: Rows = {part: [] for part in columns.Part if part is not columns.Part.COUNT}
    _read_sessions(db, block, names, found)
    if found[columns.Part.SESSION]:
        words = _read_causes(db, block, names, found)
        _read_actions(db, block, names, found, words)
    return found


def _here(block: int) -> Any:
    return _SESSION.c.number.between(block * BLOCK, block * BLOCK + BLOCK - 1)


def _read_sessions(db: Connection, block: int, names: Names, found: Rows) -> None:
    said = _SESSION.c
    lines = (
        select(said.number, func.max(change_table.c.seq))
        .join(change_table, change_table.c.session_id == said.id)
        .where(_here(block))
        .group_by(said.number)
    )
    seq = {row[0]: row[1] for row in db.execute(lines)}
    query = (
        select(
            *(said.number, said.deleted_at, said.noticed_at, said.opened_at),
            *(said[name] for name in FACTS),
            *(raw(said.severity), said.how_much),
            *(said.acknowledged_at, said.root_found_at, said.told_at),
        )
        .where(_here(block))
        .order_by(said.number)
    )
    for number, deleted, noticed, opened, *facts, severity, hit, heard, root, told in db.execute(
        query
    ):
        customers = customers_in(hit)
        found[columns.Part.SESSION].append(
            (
                *(number, seq.get(number, 0), deleted is not None, _second(noticed or opened)),
                *map(names.place, facts),
                *(_SEVERITIES[severity], UNKNOWN if customers is None else min(customers, MOST)),
                # Whoever is told has heard of it.
                *(_second(heard or told), _second(root), _second(told)),
            )
        )


def _read_causes(db: Connection, block: int, names: Names, found: Rows) -> dict[bytes, int]:
    """Read causes; returns the words of each."""
    cause = _CAUSE.c
    query = (
        select(
            *(raw(cause.id), raw(cause.parent_id), _SESSION.c.number, wording_table.c.words),
            *(raw(cause.status), raw(cause.part), cause.lens, cause.category),
        )
        .select_from(_SESSION)
        .join(_CAUSE, cause.session_id == _SESSION.c.id)
        .join(wording_table, wording_table.c.cause_id == cause.id)
        .where(_here(block), cause.kind == Kind.CAUSE)
        .order_by(_SESSION.c.number, cause.id)
    )
    rows = db.execute(query).all()
    words = {bytes_of(row[0]): row[3] for row in rows}
    above = {bytes_of(row[0]): row[1] for row in rows}
    out = {bytes_of(row[0]) for row in rows if row[4] == Status.RULED_OUT}
    categories = set()
    for key, _, number, its_words, status, part, lens, category in rows:
        if status == Status.RULED_OUT:
            continue
        found[columns.Part.CAUSE].append((number, its_words))
        if part == Part.ROOT and _stands(bytes_of(key), above, out):
            found[columns.Part.ROOT].append((number, its_words, bytes_of(key)))
        if category:
            categories.add((number, names.place(lens), names.place(category)))
    found[columns.Part.CATEGORY] += sorted(categories)
    return words


def _stands(key: bytes, above: dict[bytes, Any], out: set[bytes]) -> bool:
    """Whether neither a cause nor any above it was ruled out."""
    while key in above:
        if key in out:
            return False
        parent = above[key]
        if parent is None:
            break
        key = bytes_of(parent)
    return True


def _read_actions(
    db: Connection, block: int, names: Names, found: Rows, words: dict[bytes, int]
) -> None:
    said = _ACTION.c
    query: Select[Any] = (
        select(
            *(_SESSION.c.number, raw(said.cause_id), raw(said.kind), raw(said.progress)),
            *(raw(said.means), said.owner, said.due, said.done_on),
        )
        .select_from(_SESSION)
        .join(_ACTION, said.session_id == _SESSION.c.id)
        .where(_here(block))
        .order_by(_SESSION.c.number, said.id)
    )
    for number, cause, kind, progress, means, owner, due, done_on in db.execute(query):
        key = bytes_of(cause)
        found[columns.Part.ACTION].append(
            (
                *(number, words.get(key, NO_WORDS), key),
                *(_KINDS[kind], _PROGRESS[progress], _MEANS[means]),
                *(names.place(owner), _day(due), _day(done_on)),
            )
        )


def _second(moment: datetime | None) -> int:
    return NEVER if moment is None else floor(moment.timestamp())


def _day(day: date | None) -> int:
    return NO_DAY if day is None else days_since_1970(day)


def all_rows(db: Connection, query: Select[Any]) -> Sequence[Any]:
    """All rows of a query: one by one they take more than twice as long."""
    return db.execute(query).all()
