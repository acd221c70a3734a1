"""Typed text that is not an answer yet: one for each person and place, not journaled."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from fivewhys.models.tables import draft_table


def save(db: Connection, actor: str, place: str, text: str, at: datetime) -> None:
    """Keep what `actor` typed at `place`; an empty text forgets it."""
    db.execute(
        delete(draft_table).where(draft_table.c.actor == actor, draft_table.c.place == place)
    )
    if text:
        row = {"actor": actor, "place": place, "text": text, "at": at}
        db.execute(insert(draft_table).values(row))


def of(db: Connection, actor: str, prefix: str) -> dict[str, str]:
    """The drafts of `actor` at places that begin with `prefix`."""
    query = select(draft_table.c.place, draft_table.c.text).where(
        draft_table.c.actor == actor,
        draft_table.c.place.startswith(prefix, autoescape=True),
    )
    return {row.place: row.text for row in db.execute(query)}
