"""What the review needs to be quick: a narrow copy of the history, and the words of a cause."""

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Make an empty table, which the program fills as it reviews, and an index."""
    op.create_table(
        "review_part",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("part", "block", name=op.f("pk_review_part")),
    )
    op.create_index("ix_wording_cause_id", "wording", ["cause_id"])
