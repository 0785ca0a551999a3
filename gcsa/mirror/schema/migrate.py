"""Bringing a database to the present version of its tables, and refusing one of a later version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from gcsa.mirror.database import Database
from gcsa.mirror.schema.version import MIRROR, Schema


def migrate(database: Database, schema: Schema = MIRROR) -> None:
    """Create the tables, or bring them to the present version.

    Raises:
        NewerSchemaError: The tables are of a version that is not known here; nothing is changed.
        DatabaseError: The database cannot be used.
    """
    with database.reading() as connection:
        if schema.is_present(version_of(connection, schema), database):
            return
    with database.writing() as connection:
        if not database.is_sqlite:  # there a writer is alone anyway
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": schema.lock})
        if not schema.is_present(version_of(connection, schema), database):
            _upgrade(connection, schema)


def version_of(connection: Connection, schema: Schema) -> str | None:
    """Return the version of the tables, None where there are none."""
    if not inspect(connection).has_table(schema.table):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {schema.table}"))
    return found


def _upgrade(connection: Connection, schema: Schema) -> None:
    # Alembic takes longer to load than a mirror that is up to date takes to open.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", _option(Path(__file__).parent))
    config.set_main_option("version_locations", _option(schema.migrations))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = schema.table
    command.upgrade(config, schema.versions[-1])


def _option(folder: Path) -> str:
    return str(folder).replace("%", "%%")
