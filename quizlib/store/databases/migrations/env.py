"""Alembic's door: it runs on the connection that quizlib.store.databases.migrate passes in."""

from alembic import context

from quizlib.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
