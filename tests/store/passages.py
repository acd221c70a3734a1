"""What the database keeps of everything that people wrote, beside the rows themselves."""

from collections import Counter

from sqlalchemy import func, select, text

from fivewhys.models.searched import indexed
from fivewhys.models.tables import passage_table, tables
from fivewhys.store.passages import SEARCHED
from fivewhys.store.store import Store


def see_that_everything_is_indexed(store: Store) -> None:
    """Each row with words has them in the index, once, and nothing else has any."""
    expected = {}
    words = passage_table.c.words
    with store._database.reading() as db:
        for name, searched in SEARCHED.items():
            for row in db.execute(select(tables[name])).mappings():
                said = {word for column in searched for word in indexed(row[column])}
                if said:
                    session = row.get("session_id", row["id"])
                    expected[row["id"]] = (name, session, sorted(said))
        on_sqlite = db.dialect.name == "sqlite"
        kept = words if on_sqlite else func.array_to_string(func.tsvector_to_array(words), " ")
        query = select(
            passage_table.c.row_id, passage_table.c.kept_in, passage_table.c.session_id, kept
        )
        found = {
            key: (name, session, sorted(said.split(" ")))
            for key, name, session, said in db.execute(query)
        }
        assert found == expected
        if on_sqlite:
            counts = Counter(word for _, _, said in expected.values() for word in said)
            terms = db.execute(text("SELECT term, doc FROM passage_index_words"))
            assert {row.term: row.doc for row in terms} == counts
            ever = db.execute(text("SELECT term FROM passage_index_terms")).scalars()
            assert counts.keys() <= set(ever)
