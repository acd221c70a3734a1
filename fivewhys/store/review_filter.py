"""Which sessions hold some words: the one filter of a review that the database decides."""

from sqlalchemy import Connection, select

from fivewhys.models.tables import tables
from fivewhys.store.conditions import holds_words, is_problem_of, one_text


def holding(db: Connection, words: str) -> list[int]:
    """The numbers of the sessions whose problem, place, facilitator or name holds each word."""
    problem, session = tables["cause"].alias("problem"), tables["why_session"].alias("held")
    facts = (
        *(problem.c.text, session.c.site, session.c.region, session.c.department),
        *(session.c.channel, session.c.location, session.c.facilitator),
    )
    everything = one_text(session, *facts)
    query = (
        select(session.c.number)
        .join(problem, is_problem_of(problem, session.c.id))
        .where(*holds_words(everything, words, db.dialect.name))
    )
    return list(db.execute(query).scalars())
