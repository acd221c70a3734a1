"""What the database keeps of the words of causes, beside the causes themselves."""

from sqlalchemy import select

from fivewhys.models.tables import tables, wording_table
from fivewhys.models.words import Kind
from fivewhys.store.store import Store
from fivewhys.text import words_number
from tests.store.passages import see_that_everything_is_indexed


def see_that_all_words_are_kept(store: Store) -> None:
    """Each cause has its wording, once, and nothing else has one; all words are in the index."""
    with store._database.reading() as db:
        cause = tables["cause"]
        causes = select(cause.c.id, cause.c.text).where(cause.c.kind == Kind.CAUSE)
        words = sorted((words_number(text), key) for key, text in db.execute(causes))
        kept = sorted(tuple(row) for row in db.execute(select(wording_table)))
    assert kept == words
    see_that_everything_is_indexed(store)
