"""What the database keeps of the words of causes, beside the causes themselves."""

from sqlalchemy import select

from fivewhys.models.tables import tables, wording_table
from fivewhys.models.words import Kind
from fivewhys.store.store import Store
from fivewhys.text import words_number


def see_that_all_words_are_kept(store: Store) -> None:
    """Each cause has its wording, once, and nothing else but a problem has one."""
    with store._database.reading() as db:
        cause = tables["cause"]
        rows = db.execute(select(cause.c.id, cause.c.text, cause.c.kind)).all()
        kept = sorted(tuple(row) for row in db.execute(select(wording_table)))
    words = {key: (words_number(text), key) for key, text, _ in rows}
    problems = {words[key] for key, _, kind in rows if kind is Kind.PROBLEM}
    causes = {words[key] for key, _, kind in rows if kind is Kind.CAUSE}
    assert causes <= set(kept) <= causes | problems
