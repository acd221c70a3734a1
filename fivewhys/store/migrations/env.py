"""Runs the migrations on the connection that `fivewhys.store.schema` hands over."""

from typing import Any

from alembic import context

from fivewhys.models.passage_rows import INDEX
from fivewhys.models.tables import metadata


def _is_described(name: str | None, _kind: Any, _parents: Any) -> bool:
    """Whether the tables say of something in a database what it is; of search's index they do not.

    Each engine has an index of its own kind there, of which SQLite makes several tables.
    """
    return not (name or "").startswith(INDEX)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=_is_described,
)
context.run_migrations()
