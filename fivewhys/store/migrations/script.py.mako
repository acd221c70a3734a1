"""${message}."""

import sqlalchemy as sa
from alembic import op

from fivewhys.models.columns import Key, UtcMoment

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the database up to this version."""
    ${upgrades if upgrades else "pass"}
