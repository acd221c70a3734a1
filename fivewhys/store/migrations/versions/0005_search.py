"""The words of everything people wrote, as search compares them, and the index over them."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from fivewhys.models.searched import indexed
from fivewhys.store.stages import Stage, Tell, listener

revision = "5"
down_revision = "4"

ROWS_AT_A_TIME = 5000

_SEARCHED = {
    "why_session": (
        "customer_words",
        "expected",
        "actual",
        "location",
        "since_when",
        "how_much",
        "site",
        "region",
        "department",
        "channel",
        "notes",
        "acknowledgement",
        "told_channel",
    ),
    "cause": ("text", "question", "reason", "part_reason"),
    "evidence": ("text",),
    "parked": ("text",),
    "link_answer": ("words",),
    "dismissal": ("reason",),
    "countermeasure": ("text", "reason", "notes"),
    "measure": ("definition", "baseline", "target"),
    "measure_check": ("value",),
}
_LIVE = "deleted_at IS NULL"
_FTS = (
    "CREATE VIRTUAL TABLE passage_index USING fts5("
    "words, content='passage', content_rowid='seq', tokenize='ascii', detail=none, columnsize=0)"
)
_INDEX = {
    "sqlite": (
        "INSERT INTO passage_index(passage_index) VALUES ('optimize')",
        "CREATE VIRTUAL TABLE passage_index_words USING fts5vocab('passage_index', 'row')",
        "CREATE TABLE passage_index_terms (term TEXT PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO passage_index_terms SELECT term FROM passage_index_words",
        "CREATE TRIGGER passage_index_insert AFTER INSERT ON passage BEGIN "
        "INSERT INTO passage_index(rowid, words) VALUES (new.seq, new.words); "
        "INSERT OR IGNORE INTO passage_index_terms SELECT value "
        """FROM json_each('["' || replace(new.words, ' ', '","') || '"]'); END""",
        "CREATE TRIGGER passage_index_delete AFTER DELETE ON passage BEGIN "
        "INSERT INTO passage_index(passage_index, rowid, words) "
        "VALUES ('delete', old.seq, old.words); END",
    ),
    "postgresql": ("CREATE INDEX passage_index ON passage USING gin (words)", "ANALYZE passage"),
}


def _key() -> TypeEngine[bytes]:
    return sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


def upgrade() -> None:
    """Make the table, fill it from what is there, and make the index of it at once."""
    passage = op.create_table(
        "passage",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kept_in", sa.Text(), nullable=False),
        sa.Column("row_id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column(
            "words",
            sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_passage")),
        sa.UniqueConstraint("row_id", name=op.f("uq_passage_row_id")),
    )
    tell = listener(op.get_context())
    _take_in_all(passage, tell)
    if op.get_bind().dialect.name == "sqlite":
        _index_all(passage, tell)
    op.create_index("ix_passage_session_id", "passage", ["session_id"])
    op.create_index(
        "ix_why_session_site",
        "why_session",
        ["site", "id"],
        sqlite_where=sa.text(_LIVE),
        postgresql_where=sa.text(_LIVE),
    )
    tell(Stage("putting the index of words in order"))
    for statement in _INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute("UPDATE about SET value = '0.5.0' WHERE name = 'needs'")


def _take_in_all(passage: sa.Table, tell: Tell) -> None:
    """The words of every table."""
    of = sum(
        op.get_bind().execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
        for name in _SEARCHED
    )
    done = 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        tell(Stage("collecting its words", done, of))

    for table, columns in _SEARCHED.items():
        _take_in(passage, table, columns, count)


def _take_in(
    passage: sa.Table, table: str, columns: tuple[str, ...], count: Callable[[int], None]
) -> None:
    """The words of every row of a table, the earliest first: keys count up."""
    bind = op.get_bind()
    mark = "" if bind.dialect.name == "sqlite" else "'"
    session = "id" if table == "why_session" else "session_id"
    source = sa.table(
        table, sa.column("id", _key()), sa.column(session, _key()), *map(sa.column, columns)
    )
    query = sa.select(source.c.id, source.c[session], *(source.c[name] for name in columns))
    in_parts = query.order_by(source.c.id).execution_options(yield_per=ROWS_AT_A_TIME)
    with bind.execute(in_parts) as found:
        for rows in found.partitions():
            passages: list[dict[str, Any]] = []
            for key, session_id, *texts in rows:
                words = sorted({word for text in texts for word in indexed(text)})
                if words:
                    passages.append(
                        {
                            "kept_in": table,
                            "row_id": key,
                            "session_id": session_id,
                            "words": " ".join(f"{mark}{word}{mark}" for word in words),
                        }
                    )
            if passages:
                bind.execute(sa.insert(passage), passages)
            count(len(rows))


def _index_all(passage: sa.Table, tell: Tell) -> None:
    """Put all passages into SQLite's index, in the order of their rows.

    The index's own command does the same in one go, in which nobody can be told how far it is.
    """
    bind = op.get_bind()
    last = bind.execute(sa.select(sa.func.max(passage.c.seq))).scalar_one() or 0
    op.execute(_FTS)
    for begin in range(0, last, ROWS_AT_A_TIME):
        tell(Stage("making the index of words", begin, last))
        bind.exec_driver_sql(
            "INSERT INTO passage_index (rowid, words) "
            "SELECT seq, words FROM passage WHERE seq > ? AND seq <= ? ORDER BY seq",
            (begin, begin + ROWS_AT_A_TIME),
        )
