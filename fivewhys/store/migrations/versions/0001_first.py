"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "1"
down_revision = None


def _key() -> TypeEngine[bytes]:
    return sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "about",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_about")),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "draft",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "place", name=op.f("pk_draft")),
    )
    op.create_table(
        "why_session",
        sa.Column("id", _key(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", _word("state", "open", "finished"), nullable=False),
        sa.Column("customer_words", sa.Text(), server_default="", nullable=False),
        sa.Column("expected", sa.Text(), server_default="", nullable=False),
        sa.Column("actual", sa.Text(), server_default="", nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("since_when", sa.Text(), server_default="", nullable=False),
        sa.Column("how_much", sa.Text(), server_default="", nullable=False),
        sa.Column("site", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "severity", _word("severity", "minor", "moderate", "major", "critical"), nullable=True
        ),
        sa.Column("noticed_at", _moment(), nullable=True),
        sa.Column("time_box", sa.Integer(), nullable=True),
        sa.Column("facilitator", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", _moment(), nullable=False),
        sa.Column("finished_at", _moment(), nullable=True),
        sa.Column("deleted_at", _moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name=op.f("ck_why_session_finished")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_why_session_number")),
        sa.CheckConstraint(
            "time_box IS NULL OR time_box > 0", name=op.f("ck_why_session_time_box")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_why_session")),
        sa.UniqueConstraint("number", name=op.f("uq_why_session_number")),
    )
    op.create_index(
        "ix_why_session_deleted",
        "why_session",
        ["deleted_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )

    op.create_table(
        "cause",
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("parent_id", _key(), nullable=True),
        sa.Column("kind", _word("kind", "problem", "cause"), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "status",
            _word("status", "open", "suspected", "verified", "ruled_out", "stopped"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("part", _word("part", "root", "contributing"), nullable=True),
        sa.Column("part_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("leg", _word("leg", "occurrence", "detection", "system"), nullable=True),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'problem') = (parent_id IS NULL)", name=op.f("ck_cause_problem_on_top")
        ),
        sa.CheckConstraint(
            "kind = 'cause' OR part IS NULL", name=op.f("ck_cause_problem_is_no_root")
        ),
        sa.CheckConstraint(
            "reason <> '' OR status NOT IN ('ruled_out', 'stopped')", name=op.f("ck_cause_reason")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_cause_text")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_cause_not_own_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id", "session_id"],
            ["cause.id", "cause.session_id"],
            name="fk_cause_parent_id_session_id",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["why_session.id"], name=op.f("fk_cause_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_cause_id_session_id")),
    )
    op.create_index(
        "ix_cause_parent_id_session_id", "cause", ["parent_id", "session_id"], unique=False
    )
    op.create_index(
        "ix_cause_root",
        "cause",
        ["session_id", "part"],
        unique=False,
        sqlite_where=sa.text("part = 'root'"),
        postgresql_where=sa.text("part = 'root'"),
    )
    op.create_index("ix_cause_session_id", "cause", ["session_id"], unique=False)
    op.create_index(
        "ux_cause_problem",
        "cause",
        ["session_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'problem'"),
        postgresql_where=sa.text("kind = 'problem'"),
    )

    op.create_table(
        "change",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", _word("kind", "start", "do", "undo", "redo"), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("operations", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["why_session.id"], name=op.f("fk_change_session_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_session_id_seq", "change", ["session_id", "seq"], unique=False)

    op.create_table(
        "parked",
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_parked_text")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["why_session.id"], name=op.f("fk_parked_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked")),
    )
    op.create_index("ix_parked_session_id", "parked", ["session_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_person_name")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["why_session.id"], name=op.f("fk_person_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_session_id", "person", ["session_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("cause_id", _key(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", _word("kind", "note", "link", "number"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("supports", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_evidence_text")),
        sa.ForeignKeyConstraint(
            ["cause_id", "session_id"],
            ["cause.id", "cause.session_id"],
            name=op.f("fk_evidence_cause_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(
        "ix_evidence_cause_id_session_id", "evidence", ["cause_id", "session_id"], unique=False
    )
    op.create_index("ix_evidence_session_id", "evidence", ["session_id"], unique=False)

    op.execute("INSERT INTO about (name, value) VALUES ('needs', '0.1.0')")
    op.execute("INSERT INTO counter (name, value) VALUES ('session', 0)")
