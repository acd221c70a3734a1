"""What the guide records: read-back, prompts put aside, root list, stop reasons, categories.

The constraints of `cause` change, for which SQLite needs the table anew. Its rows wait in a plain
copy meanwhile: renaming tables would rewrite what others refer to, and a table that is rebuilt from
what SQLite tells of it loses its CHECKs.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "2"
down_revision = "1"

_PARTS = ("root", "contributing", "condition")
_STOPS = ("outside_control", "evidence_pending", "handed_over", "out_of_time", "too_complex")
_REASON = "reason <> '' OR stop IS NOT NULL OR status NOT IN ('ruled_out', 'stopped')"
_STOP = "stop IS NULL OR status = 'stopped'"
_CATEGORY = "(lens = '') = (category = '')"
_COLUMNS = (
    "id, session_id, parent_id, kind, position, text, question, status, reason, part, part_reason, "
    "leg, said_by, created_at"
)


def _key() -> TypeEngine[bytes]:
    return sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    """Give causes their new columns and make the new tables."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TABLE cause_before AS SELECT {_COLUMNS} FROM cause")
        op.drop_table("cause")
        _make_cause()
        op.execute(f"INSERT INTO cause ({_COLUMNS}) SELECT {_COLUMNS} FROM cause_before")
        op.drop_table("cause_before")
        _index_cause()
    else:
        _change_cause()
    _make_on_cause(
        "link_answer",
        sa.Column("question", _word("question", "follows", "without", "always"), nullable=False),
        sa.Column("verdict", _word("verdict", "yes", "no", "needs_evidence"), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        one="question",
    )
    _make_on_cause(
        "dismissal",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rule_set", sa.Text(), server_default="", nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("rule <> ''", name=op.f("ck_dismissal_rule")),
        sa.CheckConstraint("prompt <> ''", name=op.f("ck_dismissal_prompt")),
        one="rule",
    )
    _make_on_cause(
        "root_check",
        sa.Column(
            "point",
            _word(
                "point",
                "process",
                "evidence",
                "read_back",
                "necessary",
                "changeable",
                "prevents_class",
                "deep_enough",
                "what_else",
            ),
            nullable=False,
        ),
        one="point",
    )
    op.execute("UPDATE about SET value = '0.2.0' WHERE name = 'needs'")


def _make_on_cause(table: str, *parts: sa.Column[object] | sa.CheckConstraint, one: str) -> None:
    """A table of rows that hang on a cause, of which each has one row for each `one`."""
    columns = [part for part in parts if isinstance(part, sa.Column)]
    checks = [part for part in parts if not isinstance(part, sa.Column)]
    op.create_table(
        table,
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("cause_id", _key(), nullable=False),
        *columns,
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        *checks,
        sa.ForeignKeyConstraint(
            ["cause_id", "session_id"],
            ["cause.id", "cause.session_id"],
            name=op.f(f"fk_{table}_cause_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("cause_id", one, name=op.f(f"uq_{table}_cause_id_{one}")),
    )
    op.create_index(f"ix_{table}_session_id", table, ["session_id"], unique=False)
    op.create_index(
        f"ix_{table}_cause_id_session_id", table, ["cause_id", "session_id"], unique=False
    )


def _change_cause() -> None:
    op.add_column("cause", sa.Column("stop", _word("stop", *_STOPS), nullable=True))
    for name in ("lens", "category"):
        op.add_column("cause", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("part", "reason"):
        op.drop_constraint(op.f(f"ck_cause_{name}"), "cause", type_="check")
    parts = ", ".join(f"'{part}'" for part in _PARTS)
    for name, condition in (
        ("part", f"part IN ({parts})"),
        ("reason", _REASON),
        ("stop_where_stopped", _STOP),
        ("category_of_lens", _CATEGORY),
    ):
        op.create_check_constraint(op.f(f"ck_cause_{name}"), "cause", condition)


def _make_cause() -> None:
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
        sa.Column("part", _word("part", *_PARTS), nullable=True),
        sa.Column("part_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("leg", _word("leg", "occurrence", "detection", "system"), nullable=True),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("stop", _word("stop", *_STOPS), nullable=True),
        sa.Column("lens", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(kind = 'problem') = (parent_id IS NULL)", name=op.f("ck_cause_problem_on_top")
        ),
        sa.CheckConstraint(
            "kind = 'cause' OR part IS NULL", name=op.f("ck_cause_problem_is_no_root")
        ),
        sa.CheckConstraint(_REASON, name=op.f("ck_cause_reason")),
        sa.CheckConstraint(_STOP, name=op.f("ck_cause_stop_where_stopped")),
        sa.CheckConstraint(_CATEGORY, name=op.f("ck_cause_category_of_lens")),
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


def _index_cause() -> None:
    op.create_index(
        "ix_cause_parent_id_session_id", "cause", ["parent_id", "session_id"], unique=False
    )
    op.create_index(
        "ix_cause_root",
        "cause",
        ["session_id", "part"],
        unique=False,
        sqlite_where=sa.text("part = 'root'"),
    )
    op.create_index("ix_cause_session_id", "cause", ["session_id"], unique=False)
    op.create_index(
        "ux_cause_problem",
        "cause",
        ["session_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'problem'"),
    )
