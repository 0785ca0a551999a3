"""Making a fleet: its tables, and those of the mirror and the queue, in one database."""

from __future__ import annotations

from pathlib import Path

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import inspect, text

from gcsa.mirror.fleet.company import CompanyMirror
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.schema.migrate import migrate, version_of
from gcsa.mirror.schema.version import Schema

FLEET = Schema(
    "fleet", "fleet_version", ("0001",), Path(__file__).with_name("versions"), 6_732_651_002
)

_QUEUE_TABLE = "procrastinate_jobs"

# Any number that no other program is likely to lock on the same PostgreSQL.
_QUEUE_LOCK = 6_732_651_003


def make_fleet(settings: FleetSettings) -> None:
    """Create the tables of a fleet, or bring them to the present version. Safe to repeat, also from several machines.

    Raises:
        NewerSchemaError: The tables were made by a newer version of gcsa.
        DatabaseError: The database cannot be used.
    """
    with CompanyMirror(settings.url) as mirror:
        _make_queue(mirror, settings)
        migrate(mirror.database, FLEET)


def prepare_fleet(mirror: CompanyMirror) -> None:
    """See to it that a database has the tables of a fleet, of the version that is known here.

    Raises:
        LookupError: They are not there: somebody has to make a fleet first.
        NewerSchemaError: They were made by a newer version of gcsa.
        DatabaseError: The database cannot be used.
    """
    with mirror.database.reading() as connection:
        found = version_of(connection, FLEET)
    if found is None:
        raise LookupError("This database has no fleet yet: `gcsa fleet init` makes one.")
    migrate(mirror.database, FLEET)


def _make_queue(mirror: CompanyMirror, settings: FleetSettings) -> None:
    with mirror.database.writing() as connection:
        # Nobody else makes them meanwhile.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _QUEUE_LOCK})
        if not inspect(connection).has_table(_QUEUE_TABLE):
            app = App(connector=SyncPsycopgConnector(conninfo=settings.conninfo, min_size=1))
            with app.open():
                app.schema_manager.apply_schema()
