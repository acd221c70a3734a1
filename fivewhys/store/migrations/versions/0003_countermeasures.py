"""What is done about causes, how it is known to work, and how it is owned up to."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from fivewhys.store.stages import Stage, listener
from fivewhys.text import words_number

revision = "3"
down_revision = "2"

ROWS_AT_A_TIME = 5000

_KINDS = ("contain", "correct", "prevent", "detect", "acknowledge")
_MEANS = (
    "place",
    "forcing",
    "simplify",
    "standardise",
    "leaders",
    "redundancy",
    "staffing",
    "software",
    "distractions",
    "simulation",
    "checklist",
    "look_alikes",
    "communication",
    "documentation",
    "double_check",
    "warning",
    "policy",
    "training",
)
_PROGRESS = ("idea", "planned", "in_progress", "done", "effective", "not_effective", "rejected")
_READY = ("ready_plan", "ready_tools", "ready_people", "ready_channels", "ready_impact")
_REASON = "reason <> '' OR progress NOT IN ('rejected', 'not_effective')"
_WAITING = "progress = 'idea' OR progress = 'planned' OR progress = 'in_progress'"
_DONE_ON = "done_on IS NULL OR progress IN ('done', 'effective', 'not_effective')"


def _key() -> TypeEngine[bytes]:
    return sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def upgrade() -> None:
    """Give sessions their new columns and make the new tables."""
    for name in ("acknowledged_at", "root_found_at"):
        op.add_column("why_session", sa.Column(name, _moment(), nullable=True))
    op.add_column("why_session", _text("acknowledgement"))
    op.add_column("why_session", sa.Column("told_at", _moment(), nullable=True))
    op.add_column("why_session", _text("told_channel"))
    _make_wording()
    _make(
        "countermeasure",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", _word("kind", *_KINDS), nullable=False),
        sa.Column("means", _word("means", *_MEANS), nullable=True),
        _text("owner"),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("progress", _word("progress", *_PROGRESS), nullable=False),
        _text("reason"),
        sa.Column("done_on", sa.Date(), nullable=True),
        _text("notes"),
        *(
            sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            for name in _READY
        ),
        _text("said_by"),
        sa.Column("created_at", _moment(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_countermeasure_text")),
        sa.CheckConstraint(_REASON, name=op.f("ck_countermeasure_reason")),
        sa.CheckConstraint(_DONE_ON, name=op.f("ck_countermeasure_done_on")),
        sa.UniqueConstraint(
            "id",
            "cause_id",
            "session_id",
            name=op.f("uq_countermeasure_id_cause_id_session_id"),
        ),
    )
    op.create_index(
        "ix_countermeasure_waiting",
        "countermeasure",
        ["due", "id"],
        sqlite_where=sa.text(_WAITING),
        postgresql_where=sa.text(_WAITING),
    )
    op.create_index("ix_countermeasure_due", "countermeasure", ["due", "id"])
    op.create_index("ix_countermeasure_done_on", "countermeasure", ["done_on", "id"])
    _make(
        "measure",
        sa.Column("countermeasure_id", _key(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", _word("kind", "process", "outcome", "balance"), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        _text("baseline"),
        _text("target"),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.CheckConstraint("definition <> ''", name=op.f("ck_measure_definition")),
        sa.CheckConstraint("days IS NULL OR days > 0", name=op.f("ck_measure_days")),
        sa.UniqueConstraint(
            "id", "cause_id", "session_id", name=op.f("uq_measure_id_cause_id_session_id")
        ),
        of="countermeasure",
    )
    _make(
        "measure_check",
        sa.Column("measure_id", _key(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("result", _word("result", "met", "not_met", "too_early"), nullable=True),
        _text("value"),
        _text("checked_by"),
        _text("owner"),
        sa.Column("created_at", _moment(), nullable=False),
        sa.CheckConstraint(
            "(made_on IS NULL) = (result IS NULL)", name=op.f("ck_measure_check_made")
        ),
        sa.CheckConstraint(
            "result IS NULL OR checked_by <> ''", name=op.f("ck_measure_check_checked_by")
        ),
        sa.CheckConstraint(
            "checked_by = '' OR lower(checked_by) <> lower(owner)",
            name=op.f("ck_measure_check_not_by_owner"),
        ),
        of="measure",
    )
    op.create_index("ix_measure_check_made_on_due", "measure_check", ["made_on", "due"])
    op.execute("UPDATE about SET value = '0.3.0' WHERE name = 'needs'")


def _make_wording() -> None:
    """The words of every cause as a number."""
    op.create_table(
        "wording",
        sa.Column("words", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause_id", _key(), nullable=False),
        sa.PrimaryKeyConstraint("words", "cause_id", name=op.f("pk_wording")),
        sqlite_with_rowid=False,
    )
    bind = op.get_bind()
    cause = sa.table("cause", sa.column("id", _key()), sa.column("text"), sa.column("kind"))
    wording = sa.table("wording", sa.column("words"), sa.column("cause_id", _key()))
    causes = sa.select(cause.c.id, cause.c.text).where(cause.c.kind == "cause")
    of = bind.execute(sa.select(sa.func.count()).select_from(cause)).scalar_one()
    tell, done = listener(op.get_context()), 0
    with bind.execute(causes.execution_options(yield_per=ROWS_AT_A_TIME)) as found:
        for rows in found.partitions():
            tell(Stage("comparing the wordings of causes", done, of))
            bind.execute(
                sa.insert(wording),
                [{"words": words_number(text), "cause_id": key} for key, text in rows],
            )
            done += len(rows)


def _make(
    table: str,
    *parts: sa.Column[Any] | sa.CheckConstraint | sa.UniqueConstraint,
    of: str | None = None,
) -> None:
    """A table of rows that hang on a cause, and on a row of the table `of` on that cause."""
    columns = [part for part in parts if isinstance(part, sa.Column)]
    rules: list[sa.schema.Constraint] = [part for part in parts if not isinstance(part, sa.Column)]
    above = (f"{of}_id", "cause_id", "session_id")
    if of:
        rules.append(
            sa.ForeignKeyConstraint(
                above,
                [f"{of}.id", f"{of}.cause_id", f"{of}.session_id"],
                name=f"fk_{table}_{of}_id",
            )
        )
    op.create_table(
        table,
        sa.Column("id", _key(), nullable=False),
        sa.Column("session_id", _key(), nullable=False),
        sa.Column("cause_id", _key(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["cause_id", "session_id"],
            ["cause.id", "cause.session_id"],
            name=op.f(f"fk_{table}_cause_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *rules,
    )
    op.create_index(f"ix_{table}_session_id", table, ["session_id"])
    op.create_index(f"ix_{table}_cause_id_session_id", table, ["cause_id", "session_id"])
    if of:
        op.create_index(f"ix_{table}_{of}_id", table, list(above))
