"""What people decided of two causes: the same, or different."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision = "4"
down_revision = "3"


def _key() -> TypeEngine[bytes]:
    return sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")


def upgrade() -> None:
    """Make the table of decisions."""
    words = sa.Enum(
        "same",
        "different",
        "skipped",
        "open",
        name="sameness",
        native_enum=False,
        create_constraint=True,
        length=16,
    )
    op.create_table(
        "decision",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", _key(), nullable=False),
        sa.Column("a", _key(), nullable=False),
        sa.Column("b", _key(), nullable=False),
        sa.Column("sameness", words, nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes_back", _key(), nullable=True),
        sa.CheckConstraint("a < b", name=op.f("ck_decision_order")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decision")),
        sa.UniqueConstraint("id", name=op.f("uq_decision_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_a_b", "decision", ["a", "b"])
    op.create_index("ix_decision_b", "decision", ["b"])
    op.create_index("ix_decision_takes_back", "decision", ["takes_back"])
    op.create_index("ix_decision_decided_by", "decision", ["decided_by", "decided_at"])
    op.execute("UPDATE about SET value = '0.4.0' WHERE name = 'needs'")
