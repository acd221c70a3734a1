"""Full text search over everything people wrote: one question, the same answers on both engines.

The index gives the latest passages that have all the words, and what stands in front is decided
here from their texts: `fivewhys.models.searched` knows how.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    null,
    select,
)

from fivewhys.models.found import Found, What
from fivewhys.models.plan_words import Progress
from fivewhys.models.searched import Term, asked, hits, scores
from fivewhys.models.tables import tables
from fivewhys.models.words import Kind, Status
from fivewhys.store import reading
from fivewhys.store.batches import in_batches
from fivewhys.store.passages import SEARCHED
from fivewhys.store.past import context
from fivewhys.store.searched_sessions import sessions_asked
from fivewhys.store.streaming import key_of, raw
from fivewhys.store.with_words import Row, rows_with

WEIGHTS = {What.PROBLEM: 1.2, What.CAUSE: 1.2, What.FACT: 0.5, What.QUESTION: 0.7}
"""What a kind of words counts; others count 1."""

LESS = 0.5
"""What is left of it where a cause was ruled out, or a countermeasure rejected."""

_NAME = re.compile(r"\s*[sS]-?([0-9]{1,19})\s*")
_SESSION, _CAUSE = tables["why_session"], tables["cause"]


class _Passage(NamedTuple):
    """One row with words, and the best of its texts. Keys are as the driver gives them."""

    score: float
    what: What
    id: Any
    session_id: Any
    cause_id: Any
    text: str
    progress: Progress | None


def search(
    db: Connection,
    words: str,
    limit: int = 30,
    site: str = "",
    since: date | None = None,
    until: date | None = None,
) -> list[Found]:
    """What holds every word of `words`, the best first. See `Store.search`."""
    terms = asked(words)
    if not terms or limit < 1:
        return []
    sessions = sessions_asked(db, site, since, until)
    rows = rows_with(db, terms, sessions)
    passages = sorted(_passages(db, rows, terms), key=_how_well, reverse=True)
    if found := _NAME.fullmatch(words):
        passages = [*_named(db, int(found[1]), sessions.conditions), *passages]
    best = list({passage.id: passage for passage in passages}.values())[:limit]
    return list(_in_context(db, best, terms))


def _how_well(passage: _Passage) -> float:
    return passage.score


def _passages(db: Connection, rows: Sequence[Row], terms: Sequence[Term]) -> list[_Passage]:
    """The rows that answer, the latest first, each with how well."""
    keys: dict[str, list[Any]] = {}
    for kept_in, key in rows:
        keys.setdefault(kept_in, []).append(key)
    found: dict[Any, _Passage] = {}
    for kept_in, of_table in keys.items():
        query, whats = _texts_of(kept_in)
        for some in in_batches(of_table):
            for key, *values in db.execute(query, {"keys": some}):
                passage = _passage(key, values, whats, terms)
                if passage:
                    found[key] = passage
    return [found[key] for _, key in rows if key in found]


@cache
def _texts_of(kept_in: str) -> tuple[Select[Any], tuple[What, ...]]:
    """The query for some rows of a table, and what each of its texts is.

    Rows have their key, session, cause, kind of node and state, then the texts.
    """
    columns, searched = tables[kept_in].c, SEARCHED[kept_in]
    is_session, is_cause = kept_in == "why_session", kept_in == "cause"
    values = (
        columns.id,
        columns.id if is_session else columns.session_id,
        columns.id if is_cause else columns.get("cause_id", null()),
        columns.kind if is_cause else null(),
        columns.status if is_cause else columns.get("progress", null()),
    )
    keys: Any = bindparam("keys", expanding=True)
    texts = (columns[name] for name in searched)
    query = select(*map(raw, values), *texts).where(raw(columns.id).in_(keys))
    return query, tuple(searched.values())


def _passage(
    key: Any, values: Sequence[Any], whats: Sequence[What], terms: Sequence[Term]
) -> _Passage | None:
    session, cause, kind, state, *texts = values
    if kind == Kind.PROBLEM.value:
        # A problem is kept where causes are.
        whats = (What.PROBLEM, *whats[1:])
    whats, texts = tuple(compress(whats, texts)), list(filter(None, texts))
    found = scores(texts, terms)
    if found is None:
        return None
    counts = [score * WEIGHTS.get(what, 1) for score, what in zip(found, whats, strict=True)]
    best = counts.index(max(counts))
    out = state in (Status.RULED_OUT.value, Progress.REJECTED.value)
    progress = Progress(state) if state and kind is None else None
    score = counts[best] * (LESS if out else 1)
    return _Passage(score, whats[best], key, session, cause, texts[best], progress)


def _named(db: Connection, number: int, which: Sequence[Any]) -> Iterator[_Passage]:
    """The problem of the session with this number, for who types S-12."""
    if number > reading.LARGEST_NUMBER:
        return
    query = (
        select(raw(_CAUSE.c.id), raw(_CAUSE.c.session_id), _CAUSE.c.text)
        .join(_SESSION, _SESSION.c.id == _CAUSE.c.session_id)
        .where(_SESSION.c.number == number, _CAUSE.c.kind == Kind.PROBLEM, *which)
    )
    for key, session, text in db.execute(query):
        yield _Passage(0.0, What.PROBLEM, key, session, key, text, None)


def _in_context(
    db: Connection, passages: Sequence[_Passage], terms: Sequence[Term]
) -> Iterator[Found]:
    problems = _problems(db, {each.session_id for each in passages if each.cause_id is None})
    causes = [key_of(each.cause_id or problems[each.session_id]) for each in passages]
    contexts = context(db, causes)
    for each, cause in zip(passages, causes, strict=True):
        marked = hits(each.text, terms)
        key = key_of(each.id)
        yield Found(each.what, key, each.text, marked, contexts[cause], each.progress)


def _problems(db: Connection, sessions: Iterable[Any]) -> dict[Any, Any]:
    """Each session → its problem."""
    found: dict[Any, Any] = {}
    for some in in_batches(sessions):
        query = select(raw(_CAUSE.c.session_id), raw(_CAUSE.c.id)).where(
            raw(_CAUSE.c.session_id).in_(some), _CAUSE.c.kind == Kind.PROBLEM
        )
        found |= {row[0]: row[1] for row in db.execute(query)}
    return found
