"""Making a fleet: its tables, and those of the mirror and the queue, in one database."""

from __future__ import annotations

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import inspect

from gcsa.mirror.fleet.company import CompanyMirror
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.fleet.tables import check_tables, create_tables, hold_schema

_QUEUE_TABLE = "procrastinate_jobs"


def make_fleet(settings: FleetSettings) -> None:
    """Create the tables of a fleet; what is there stays. Safe to repeat, also from several machines at once.

    Raises:
        NewerSchemaError: The tables were made by a newer version of gcsa.
        DatabaseError: The database cannot be used.
    """
    with CompanyMirror(settings.url) as mirror, mirror.database.writing() as connection:
        hold_schema(connection)
        if not inspect(connection).has_table(_QUEUE_TABLE):
            app = App(connector=SyncPsycopgConnector(conninfo=settings.conninfo, min_size=1))
            with app.open():
                app.schema_manager.apply_schema()
        create_tables(connection)


def check_fleet(mirror: CompanyMirror) -> None:
    """Check that a database has the tables of a fleet, of the version that is known here.

    Raises:
        LookupError: They are not there.
        NewerSchemaError: They were made by a newer version of gcsa.
        DatabaseError: The database cannot be used.
    """
    with mirror.database.reading() as connection:
        check_tables(connection)
