"""The table of passages: the words of each row that people wrote, as search compares them.

All of it is derived from other tables, and can be made again. On SQLite an FTS5 index stands beside
it, which triggers keep; PostgreSQL has an index of the column itself.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Column, Field, SQLModel

from fivewhys.models import columns


class SearchWords(TypeDecorator[str]):
    """Words with spaces between them: a text on SQLite, a tsvector without places on PostgreSQL.

    Words come as `fivewhys.models.searched.indexed` makes them. They are only written.
    """

    impl = sa.Text()
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TSVECTOR())
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return value
        # No word has a quote or a backslash in it.
        return " ".join(f"'{word}'" for word in value.split(" "))


class PassageRow(SQLModel, table=True):
    """The words of one row of another table, if it has any; other words of it are another row.

    The later it was written, the higher `seq`.

    Nothing ties it to that row: the store writes both in one transaction.
    """

    __tablename__ = "passage"
    __table_args__ = (
        sa.UniqueConstraint("row_id"),
        # Where few sessions are asked about, it is their passages that are looked through.
        sa.Index("ix_passage_session_id", "session_id"),
    )

    seq: int | None = Field(sa_column=columns.line())
    kept_in: str = Field(sa_column=Column(sa.Text(), nullable=False))
    row_id: UUID = Field(sa_column=columns.key())
    session_id: UUID = Field(sa_column=columns.key())
    words: str = Field(sa_column=Column(SearchWords(), nullable=False))


INDEX = "passage_index"
"""The index's name; what belongs to it on SQLite has names that begin so."""

_ON_SQLITE = (
    # The words come split and folded, so any splitting but at spaces would be wrong. Where in a
    # text a word stands, and how long texts are, is looked up in the few that are found.
    "CREATE VIRTUAL TABLE passage_index USING fts5("
    "words, content='passage', content_rowid='seq', tokenize='ascii', detail=none, columnsize=0)",
    "CREATE VIRTUAL TABLE passage_index_words USING fts5vocab('passage_index', 'row')",
    # All words that were ever in it: the index itself reads through every passage to tell them.
    "CREATE TABLE passage_index_terms (term TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TRIGGER passage_index_insert AFTER INSERT ON passage BEGIN "
    "INSERT INTO passage_index(rowid, words) VALUES (new.seq, new.words); "
    "INSERT OR IGNORE INTO passage_index_terms SELECT value "
    """FROM json_each('["' || replace(new.words, ' ', '","') || '"]'); END""",
    "CREATE TRIGGER passage_index_delete AFTER DELETE ON passage BEGIN "
    "INSERT INTO passage_index(passage_index, rowid, words) "
    "VALUES ('delete', old.seq, old.words); END",
)
_ON_POSTGRESQL = ("CREATE INDEX passage_index ON passage USING gin (words)",)

for _dialect, _statements in (("sqlite", _ON_SQLITE), ("postgresql", _ON_POSTGRESQL)):
    for _statement in _statements:
        sa.event.listen(
            SQLModel.metadata.tables["passage"],
            "after_create",
            sa.DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
