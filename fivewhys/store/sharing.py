"""Where else a cause was found: by what people decided, and by equal words.

The rule is that of `fivewhys.models.same`; this finds the rows that it needs, and no others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select

from fivewhys.models.past import Sameness
from fivewhys.models.same import components
from fivewhys.models.tables import tables, wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance
from fivewhys.models.words import Kind, Part, Status
from fivewhys.store import deciding
from fivewhys.store.batches import in_batches
from fivewhys.text import plain_words, words_number


@dataclass(frozen=True, slots=True)
class Alike:
    """A cause of another session that may be the same as one that was asked for."""

    id: UUID
    session_id: UUID
    number: int
    site: str
    since: datetime
    """When its problem was noticed, or else when its session was opened."""
    is_root: bool
    is_out: bool
    """It was ruled out: it connects others, and does not count itself."""
    words: str


@dataclass(frozen=True, slots=True)
class Others:
    """The causes of other sessions that are like one cause, without those that were ruled out."""

    same: tuple[Alike, ...]
    """By decisions and words together: these count."""
    in_words: tuple[Alike, ...]
    """Those with equal words, whatever people decided."""


def shared(db: Connection, tree: Tree) -> Mapping[UUID, tuple[Appearance, ...]]:
    """Where else each cause of `tree` was found, oldest first; causes found only here left out."""
    causes = [
        cause
        for cause in tree.causes.values()
        if cause.kind is Kind.CAUSE and cause.status is not Status.RULED_OUT
    ]
    return appearances(db, {cause.id: (cause.session_id, cause.text) for cause in causes})


def elsewhere(db: Connection, tree: Tree) -> Mapping[UUID, tuple[Appearance, ...]]:
    """The same for all causes of `tree` that have countermeasures, and for these alone."""
    causes = [
        tree.causes[key] for key in tree.countermeasures_of if tree.causes[key].kind is Kind.CAUSE
    ]
    return appearances(db, {cause.id: (cause.session_id, cause.text) for cause in causes})


def appearances(
    db: Connection, causes: Mapping[UUID, tuple[UUID, str]]
) -> dict[UUID, tuple[Appearance, ...]]:
    """Each of `causes` → the other sessions it was found in, each once, oldest first.

    `causes` gives the session and the text of each. Those that were found nowhere else are left
    out. Deleted sessions and causes that were ruled out do not count.
    """
    found = {key: _by_session(others.same) for key, others in like(db, causes).items()}
    return {key: again for key, again in found.items() if again}


def alike(db: Connection, causes: Iterable[UUID]) -> dict[UUID, dict[UUID, Appearance]]:
    """Each cause → the causes of other sessions that are the same, with where they are."""
    return {
        key: {item.id: _appearance(item) for item in others.same}
        for key, others in like(db, _asked(db, causes)).items()
    }


def found_again(db: Connection, causes: Iterable[UUID]) -> dict[UUID, tuple[Appearance, ...]]:
    """`appearances` of causes of any sessions; problems and those that are gone left out."""
    return appearances(db, _asked(db, causes))


def _asked(db: Connection, causes: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The session and the text of each of `causes` that is there."""
    return {
        row[0]: (row[1], row.text)
        for keys in in_batches(causes)
        for row in db.execute(_WITH_KEYS, {"keys": keys})
    }


def like(db: Connection, causes: Mapping[UUID, tuple[UUID, str]]) -> dict[UUID, Others]:
    """Each of `causes` → the causes of other sessions that are like it."""
    if not causes:
        return {}
    around = _Around(db, {key: text for key, (_, text) in causes.items()})
    of_key = {
        key: part
        for part in components(around.words, around.same, around.different)
        for key in part
    }
    in_words: dict[str, list[Alike]] = {}
    for found in around.found.values():
        in_words.setdefault(found.words, []).append(found)
    apart: dict[UUID, set[UUID]] = {}
    for a, b in around.different:
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    result = {}
    for key, (session_id, _) in causes.items():
        same = (around.found[other] for other in of_key[key] if other in around.found)
        result[key] = Others(
            # A person's word on these very two stands above what follows from others.
            _counting((item for item in same if item.id not in apart.get(key, ())), session_id),
            _counting(in_words.get(around.words[key], ()), session_id),
        )
    return result


def _counting(found: Iterable[Alike], session_id: UUID) -> tuple[Alike, ...]:
    return tuple(item for item in found if not item.is_out and item.session_id != session_id)


def _by_session(found: Iterable[Alike]) -> tuple[Appearance, ...]:
    sessions: dict[UUID, Appearance] = {}
    for item in sorted(found, key=lambda item: (item.since, item.number)):
        before = sessions.get(item.session_id)
        again = _appearance(item)
        if before is not None and before.is_root:
            again = replace(again, is_root=True)
        sessions[item.session_id] = again
    return tuple(sessions.values())


def _appearance(item: Alike) -> Appearance:
    return Appearance(item.session_id, item.number, item.site, item.since.date(), item.is_root)


def _rows() -> Select[Any]:
    """Causes, not problems, of sessions that are not deleted."""
    cause, session = tables["cause"], tables["why_session"]
    return (
        select(
            cause.c.id,
            session.c.id,
            session.c.number,
            session.c.site,
            func.coalesce(session.c.noticed_at, session.c.opened_at),
            cause.c.part,
            cause.c.status,
            cause.c.text,
        )
        .select_from(cause)
        .join(session, session.c.id == cause.c.session_id)
        .where(cause.c.kind == Kind.CAUSE, session.c.deleted_at.is_(None))
    )


# Built once: building them took longer than running them.
_WITH_WORDS = (
    _rows()
    .join(wording_table, wording_table.c.cause_id == tables["cause"].c.id)
    .where(wording_table.c.words.in_(bindparam("numbers", expanding=True)))
)
_WITH_KEYS = _rows().where(tables["cause"].c.id.in_(bindparam("keys", expanding=True)))


class _Around:
    """All that decisions and equal words connect with some causes, near and far."""

    def __init__(self, db: Connection, texts: Mapping[UUID, str]) -> None:
        self._db = db
        self.words = {key: plain_words(text) for key, text in texts.items()}
        """The causes that were asked for, and all that were found."""
        self.found: dict[UUID, Alike] = {}
        self.same: list[tuple[UUID, UUID]] = []
        self.different: list[tuple[UUID, UUID]] = []
        has_decisions = deciding.are_there(db)
        fresh, known_words, asked = set(self.words), set[str](), set[UUID]()
        while fresh:
            words = {self.words[key] for key in fresh} - known_words
            known_words |= words
            new = self._with_words(words)
            if has_decisions:
                near = self._decided((fresh | new) - asked)
                asked |= fresh | new
                new |= self._with_keys(near)
            fresh = new

    def _with_words(self, words: set[str]) -> set[UUID]:
        """Take in the causes with these words; returns those that were not known before."""
        new = set()
        for numbers in in_batches(sorted(map(words_number, words))):
            found = self._db.execute(_WITH_WORDS, {"numbers": numbers})
            # Two wordings can have one number, by chance.
            new |= self._take_in(row for row in found if plain_words(row.text) in words)
        return new

    def _with_keys(self, keys: set[UUID]) -> set[UUID]:
        """Take in these causes, so far as they stand; returns those that were not known before."""
        new = set()
        for some in in_batches(sorted(keys - self.words.keys())):
            new |= self._take_in(self._db.execute(_WITH_KEYS, {"keys": some}))
        return new

    def _decided(self, keys: set[UUID]) -> set[UUID]:
        """Take in what was decided on these causes; returns which are the same as one of them."""
        near = set()
        for decision in deciding.about(self._db, sorted(keys)):
            pair = (decision.a, decision.b)
            if decision.sameness is Sameness.SAME:
                self.same.append(pair)
                near |= set(pair)
            elif decision.sameness is Sameness.DIFFERENT:
                self.different.append(pair)
        return near

    def _take_in(self, rows: Iterable[Any]) -> set[UUID]:
        new = set()
        for key, session_id, number, site, since, part, status, text in rows:
            plain = plain_words(text)
            is_root, is_out = part is Part.ROOT, status is Status.RULED_OUT
            self.found[key] = Alike(key, session_id, number, site, since, is_root, is_out, plain)
            if key not in self.words:
                self.words[key] = plain
                new.add(key)
        return new
