"""The rows that have all the words of a question, the latest ones: each engine has its own way.

Where few sessions are asked about, their passages are looked through one by one; else the engine's
index of words is asked first.
"""

from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from fivewhys.models.passage_rows import INDEX
from fivewhys.models.searched import Term
from fivewhys.models.tables import passage_table, tables
from fivewhys.store.batches import in_batches
from fivewhys.store.searched_sessions import Sessions
from fivewhys.store.streaming import raw

MOST = 200
"""Passages that are compared: the latest with all the words. Common words have many more, among
which nothing tells the first from the others."""

RECENT = (3000, 40_000)
"""Passages at the end in which PostgreSQL looks before it looks in all: its index does not give the
latest first, and the rows of all that have a word are read to sort them. Of common words, enough
are there."""

RARE = 5000
"""Passages with words that are in few: these are read, and then their sessions."""

MOST_BEGINNINGS = 300
"""Words that begin as was asked of which passages are looked up: the shortest, which are used the
most."""

Row = tuple[str, Any]
"""The table of a row, and its key as the driver gives it."""

_SESSION, _PASSAGE = tables["why_session"], passage_table
_TERMS = table(f"{INDEX}_terms", column("term"))


def rows_with(db: Connection, terms: Sequence[Term], sessions: Sessions) -> list[Row]:
    """The latest rows that have all the terms."""
    if sessions.keys is not None:
        look: Callable[..., list[Row]] = partial(_in_few, keys=sessions.keys)
    elif db.dialect.name == "sqlite":
        look = partial(_on_sqlite, sessions=sessions)
    else:
        look = partial(_on_postgresql, sessions=sessions)
    rows = look(db, terms, beginnings=False)
    # Whole words are better answers; where they are enough, none that only begin so are needed.
    if len(rows) < MOST and any(term.begins for term in terms):
        return look(db, terms, beginnings=True) or rows
    return rows


def _in_few(
    db: Connection, terms: Sequence[Term], *, beginnings: bool, keys: Sequence[Any]
) -> list[Row]:
    """The rows of some sessions, all of whose passages are looked through."""
    found: list[tuple[int, Row]] = []
    words = _PASSAGE.c.words
    if db.dialect.name == "sqlite":
        has = [
            func.instr(literal_column("' ' || words || ' '"), f" {word}{end}") > 0
            for term in terms
            for end in ["" if beginnings and term.begins else " "]
            for word in term.indexed
        ]
    else:
        has = [words.bool_op("@@")(cast(_for_postgresql(terms, beginnings), TSQUERY))]
    for some in in_batches(keys):
        query = (
            select(_PASSAGE.c.seq, _PASSAGE.c.kept_in, raw(_PASSAGE.c.row_id))
            .where(raw(_PASSAGE.c.session_id).in_(some), *has)
            .order_by((_PASSAGE.c.seq + 0).desc())
            .limit(MOST)
        )
        found += ((seq, (kept_in, key)) for seq, kept_in, key in db.execute(query))
    return [row for _, row in sorted(found, key=itemgetter(0), reverse=True)[:MOST]]


def _on_sqlite(
    db: Connection, terms: Sequence[Term], *, beginnings: bool, sessions: Sessions
) -> list[Row]:
    match = _for_sqlite(db, terms, beginnings)
    if not match:
        return []
    index = table(INDEX, column("rowid"))
    # Its own sign keeps it out of an index: asked of each passage, the index of words is slow.
    session: Any = literal_column("+passage.session_id")
    query = select(_PASSAGE.c.kept_in, raw(_PASSAGE.c.row_id)).join(
        index, index.c.rowid == _PASSAGE.c.seq
    )
    if sessions.at_site:
        query = query.where(session.in_(select(raw(_SESSION.c.id)).where(*sessions.conditions)))
    else:
        query = query.join(_SESSION, raw(_SESSION.c.id) == session).where(*sessions.conditions)
    query = query.where(literal_column(INDEX).op("MATCH")(bindparam(None, match)))
    return _read(db, query.order_by(index.c.rowid.desc()).limit(MOST))


def _on_postgresql(
    db: Connection, terms: Sequence[Term], *, beginnings: bool, sessions: Sessions
) -> list[Row]:
    seq, match = _PASSAGE.c.seq, _for_postgresql(terms, beginnings)
    has = _PASSAGE.c.words.bool_op("@@")(cast(match, TSQUERY))
    query = (
        select(_PASSAGE.c.kept_in, raw(_PASSAGE.c.row_id))
        .join(_SESSION, _SESSION.c.id == _PASSAGE.c.session_id)
        .where(*sessions.conditions, has)
        .limit(MOST)
    )
    last = select(func.max(seq)).scalar_subquery()
    nearest, near = RECENT
    latest = [
        # Left to choose, it read all passages from the end for words that only one has, or none.
        query.where(seq > last - nearest).order_by(seq.desc()),
        query.where(seq > last - near).order_by((seq + 0).desc()),
    ]
    # Of one site, there is hardly ever enough among so few.
    for looked in latest[1:] if sessions.at_site else latest:
        rows = _read(db, looked)
        if len(rows) == MOST:
            return rows
    rare = _rare(db, has, sessions)
    return _read(db, query.order_by((seq + 0).desc())) if rare is None else rare


def _rare(db: Connection, has: Any, sessions: Sessions) -> list[Row] | None:
    """The rows where few passages `has` the words; None where many have.

    PostgreSQL takes any word that it has not counted for one of a thousand passages, and would read
    all sessions to see which of theirs are asked about.
    """
    seq = (_PASSAGE.c.seq + 0).desc()
    columns = _PASSAGE.c.kept_in, raw(_PASSAGE.c.row_id), raw(_PASSAGE.c.session_id)
    found = db.execute(select(*columns).where(has).order_by(seq).limit(RARE + 1)).all()
    if len(found) > RARE:
        return None
    rows: list[Row] = []
    for some in in_batches(found):
        key = raw(_SESSION.c.id)
        query = select(key).where(key.in_({row[2] for row in some}), *sessions.conditions)
        asked = set(db.execute(query).scalars())
        rows += ((row[0], row[1]) for row in some if row[2] in asked)
        if len(rows) >= MOST:
            break
    return rows[:MOST]


def _read(db: Connection, query: Select[Any]) -> list[Row]:
    return [(row[0], row[1]) for row in db.execute(query)]


def _for_sqlite(db: Connection, terms: Sequence[Term], beginnings: bool) -> str:
    """The words for MATCH; empty where one of them is nowhere, or where beginnings add nothing.

    A beginning is looked up as all words that begin so: FTS5's own way reads through all passages
    with one of them, which took 100 ms where they were half of 500,000.
    """
    parts = []
    adds = not beginnings
    for term in terms:
        if beginnings and term.begins:
            found = _beginning(db, term.folded)
            if not found:
                return ""
            adds = adds or found != [term.folded]
            parts.append(f"({' OR '.join(map(_quoted, found))})")
        else:
            parts += map(_quoted, term.indexed)
    return " AND ".join(parts) if adds else ""


def _quoted(word: str) -> str:
    return f'"{word}"'


def _beginning(db: Connection, letters: str) -> list[str]:
    """The words of the index that begin so, at most `MOST_BEGINNINGS`, the shortest ones."""
    term = _TERMS.c.term
    query = (
        select(term)
        .where(term >= letters, term <= letters + "\U0010ffff")
        .order_by(func.length(term), term)
        .limit(MOST_BEGINNINGS)
    )
    return list(db.execute(query).scalars())


def _for_postgresql(terms: Sequence[Term], beginnings: bool) -> str:
    return " & ".join(
        f"'{word}'{':*' if beginnings and term.begins else ''}"
        for term in terms
        for word in term.indexed
    )
