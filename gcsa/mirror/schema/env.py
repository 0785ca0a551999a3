"""What Alembic runs to bring tables up to date, on the connection that it is given."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    # All or nothing, on SQLite too: the transaction is the caller's.
    transactional_ddl=True,
)
context.run_migrations()
