"""The numbers that people know sessions by. None is given twice, not even after a purge."""

from sqlalchemy import Connection, func, select, update

from fivewhys.models.tables import counter_table, tables

LARGEST_KEPT = 10**9
"""A session from elsewhere keeps its number up to here; with a larger one, it gets the next.

What follows here must still fit into columns and archives, and be said by people.
"""


def next_number(db: Connection) -> int:
    """The next number, which is taken with the caller's transaction."""
    query = (
        update(counter_table)
        .where(counter_table.c.name == "session")
        .values(value=counter_table.c.value + 1)
        .returning(counter_table.c.value)
    )
    return int(db.execute(query).scalar_one())


def number_like(db: Connection, wanted: int) -> int:
    """The wanted number where it is free and not too large to go on from, else the next one."""
    session = tables["why_session"]
    used = select(func.count()).where(session.c.number == wanted)
    if not 1 <= wanted <= LARGEST_KEPT or db.execute(used).scalar_one():
        return next_number(db)
    db.execute(
        update(counter_table)
        .where(counter_table.c.name == "session", counter_table.c.value < wanted)
        .values(value=wanted)
    )
    return wanted
