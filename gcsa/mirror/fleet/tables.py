"""The tables of a fleet, beside the mirror's and the queue's, and how they come about."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from gcsa.mirror.errors import NewerSchemaError

# Raised with every change of the tables.
VERSION = 1

# Any number that no other program is likely to lock on the same PostgreSQL.
_LOCK = 6_732_651_002

metadata = MetaData()

_Moment = TIMESTAMP(timezone=True)
_NOW = text("clock_timestamp()")

version = Table("fleet_version", metadata, Column("number", BigInteger, nullable=False))

# The users whose calendars are copied.
accounts = Table(
    "fleet_accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("added_at", _Moment, nullable=False, server_default=_NOW),
    # When the user's list of calendars was read last, and when that was last tried.
    Column("discovered_at", _Moment),
    Column("tried_at", _Moment),
    # Why it could not be read the last time.
    Column("failure", Text),
    Column("failure_kind", Text),
)

# How much of a quota there is: a bucket for each user, and one, of the name '*', for all.
paces = Table(
    "fleet_paces",
    metadata,
    Column("name", Text, primary_key=True),
    Column("remaining", Double, nullable=False),
    Column("counted_at", _Moment, nullable=False),
    Column("calls", BigInteger, nullable=False),
)

# Who did what and when. A run without an end is under way, or was until its worker was killed.
runs = Table(
    "fleet_runs",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("account", Text, nullable=False),
    # Empty for what is about the account itself.
    Column("calendar_id", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("began_at", _Moment, nullable=False, server_default=_NOW),
    Column("ended_at", _Moment),
    Column("outcome", Text),
    Column("failure", Text),
    Index("fleet_runs_by_calendar", "account", "calendar_id", "id"),
    Index("fleet_runs_by_end", "ended_at"),
    # The database itself refuses a second run of the same calendar at the same time.
    Index(
        "fleet_runs_one_at_a_time",
        "account",
        "calendar_id",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
)

# How often runs have ended in which way, since the beginning.
outcomes = Table(
    "fleet_outcomes",
    metadata,
    Column("outcome", Text, primary_key=True),
    Column("times", BigInteger, nullable=False),
)

# Jobs that were given up, each calendar's last one, unless the calendar has been well since.
DEAD_LETTERS = """
    CREATE VIEW fleet_dead_letters AS
    SELECT DISTINCT ON (job.lock)
        job.id AS job,
        job.args ->> 'account' AS account,
        COALESCE(job.args ->> 'calendar_id', '') AS calendar_id,
        job.attempts AS attempts,
        run.outcome AS kind,
        run.failure AS failure,
        run.ended_at AS failed_at
    FROM procrastinate_jobs AS job
    JOIN LATERAL (
        SELECT outcome, failure, ended_at
        FROM fleet_runs
        WHERE account = job.args ->> 'account'
            AND calendar_id = COALESCE(job.args ->> 'calendar_id', '')
            AND ended_at IS NOT NULL
        ORDER BY id DESC
        LIMIT 1
    ) AS run ON run.outcome <> 'done'
    WHERE job.status = 'failed' AND job.lock IS NOT NULL
    ORDER BY job.lock, job.id DESC
"""


def create_tables(connection: Connection) -> None:
    """Create the fleet's tables, unless they are there; the queue's have to be.

    Args:
        connection: A transaction that writes.

    Raises:
        NewerSchemaError: They were made by a newer version of gcsa; nothing is changed.
    """
    hold_schema(connection)
    if not inspect(connection).has_table(version.name):
        metadata.create_all(connection)
        connection.execute(version.insert().values(number=VERSION))
        connection.execute(text(DEAD_LETTERS))
    check_tables(connection)


def hold_schema(connection: Connection) -> None:
    """Keep others from creating tables until the end of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def check_tables(connection: Connection) -> None:
    """Check that the fleet's tables are there, and of the version that is known here.

    Raises:
        LookupError: They are not there.
        NewerSchemaError: They were made by a newer version of gcsa.
    """
    if not inspect(connection).has_table(version.name):
        raise LookupError("This database has no fleet yet: `gcsa fleet init` makes one.")
    number = connection.scalar(select(version.c.number)) or 0
    if number > VERSION:
        raise NewerSchemaError(
            f"The fleet's tables are of version {number}, made by a newer gcsa than this one, which knows version"
            f" {VERSION}. Upgrade gcsa, or give another database."
        )
