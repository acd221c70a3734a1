"""Runs the migrations on the connection that `fivewhys.store.schema` hands over."""

from alembic import context

from fivewhys.models.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
