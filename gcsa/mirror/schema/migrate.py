"""Bringing a database to the present version of the tables, and refusing one of a later version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from gcsa.mirror.database import Database
from gcsa.mirror.schema.version import VERSION_TABLE, is_present

# Any number that no other program is likely to lock on the same PostgreSQL.
_LOCK = 6_732_651_001


def migrate(database: Database) -> None:
    """Create the tables, or bring them to the present version.

    Raises:
        NewerSchemaError: The tables are of a version that is not known here; nothing is changed.
        DatabaseError: The database cannot be used.
    """
    with database.reading() as connection:
        if is_present(_version(connection), database):
            return
    with database.writing() as connection:
        if not database.is_sqlite:  # there a writer is alone anyway
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if not is_present(_version(connection), database):
            _upgrade(connection)


def _version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return found


def _upgrade(connection: Connection) -> None:
    # Alembic takes longer to load than a mirror that is up to date takes to open.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
