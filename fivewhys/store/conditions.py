"""Conditions that several lists of sessions share: words, places, and which node is the problem."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, and_, bindparam, cast, func

from fivewhys.models.follow_up import Filter
from fivewhys.models.words import Kind
from fivewhys.text import clean


def is_problem_of(problem: FromClause, session_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row of causes is the problem of a session."""
    return and_(
        problem.c.session_id == session_id,
        problem.c.kind == written(problem.c.kind, Kind.PROBLEM),
    )


def is_at_place(session: FromClause, narrowed: Filter) -> Iterator[ColumnElement[bool]]:
    """The session's site and department are those asked for, whatever their capitals."""
    for column, fact in (
        (session.c.site, narrowed.site),
        (session.c.department, narrowed.department),
    ):
        if fact:
            yield func.lower(column) == func.lower(fact)


def one_text(session: FromClause, *columns: Any) -> Any:
    """The session's short name and these texts as one, in which no word spans two of them.

    Separate comparisons of 100,000 sessions took half as long again.
    """
    everything: Any = "S-" + cast(session.c.number, Text)
    for words in columns:
        everything = everything + "\n" + words
    return everything


def holds_words(everything: Any, search: str, dialect: str) -> Iterator[ColumnElement[bool]]:
    """For each word of `search`: the text `everything` holds it, whatever the capitals."""
    for word in clean(search).split():
        if dialect != "sqlite":
            yield everything.icontains(word, autoescape=True)
        elif word.isascii():
            # SQLite's LIKE minds no case from A to Z, and takes half as long as with `lower`.
            yield everything.contains(word, autoescape=True)
        else:
            # Not LIKE, nor GLOB with both cases: at 100,000 sessions this takes a third less.
            yield func.instr(func.lower(everything), word.lower()) > 0


def written(column: Any, word: StrEnum) -> Any:
    """The word in the statement itself: no index of only these rows serves a parameter."""
    return bindparam(None, word, type_=column.type, literal_execute=True)
