"""What Alembic runs to bring a mirror's tables up to date, on the connection that it is given."""

from __future__ import annotations

from alembic import context

from gcsa.mirror.schema.version import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    # All or nothing, on SQLite too: the transaction is the caller's.
    transactional_ddl=True,
)
context.run_migrations()
