"""How a fleet is doing, by its database: the same whoever asks."""

from __future__ import annotations

from datetime import datetime

import attrs
from sqlalchemy import Connection, text

from gcsa.mirror.database import Database
from gcsa.mirror.fleet.quota import ALL

_CALENDARS = text("""
    SELECT
        count(*) AS calendars,
        count(*) FILTER (WHERE calendar.synced_at IS NULL) AS unsynced,
        count(*) FILTER (WHERE calendar.failures > 0) AS failing,
        COALESCE(
            EXTRACT(EPOCH FROM now()) - min(calendar.synced_at) / 1000.0, 0
        )::float AS stalest
    FROM mirror_calendars AS calendar
    JOIN mirror_accounts AS account ON account.key = calendar.account
    JOIN fleet_accounts AS fleet ON fleet.name = account.name
    WHERE calendar.is_listed
""")

_ACCOUNTS = text("""
    SELECT count(*) AS accounts, count(*) FILTER (WHERE failure IS NOT NULL) AS failing
    FROM fleet_accounts
""")

_JOBS = text("""
    SELECT status::text, count(*) AS number FROM procrastinate_jobs WHERE queue_name = :queue GROUP BY status
""")

# For how long the job has been ready that has waited longest; retries are ready when their pause is over.
_LAG = text("""
    SELECT COALESCE(EXTRACT(EPOCH FROM now() - min(GREATEST(job.scheduled_at, put.at))), 0)::float
    FROM procrastinate_jobs AS job
    JOIN LATERAL (
        SELECT max(event.at) AS at FROM procrastinate_events AS event WHERE event.job_id = job.id
    ) AS put ON true
    WHERE job.status = 'todo' AND job.lock IS NOT NULL
        AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
""")

_WORKERS = text("SELECT count(*) FROM procrastinate_workers")
_CALLS = text("SELECT COALESCE(sum(calls), 0)::bigint FROM fleet_paces WHERE name = :name")
_OUTCOMES = text("SELECT outcome, times FROM fleet_outcomes ORDER BY outcome")
_DEAD_LETTERS = text("SELECT * FROM fleet_dead_letters ORDER BY failed_at DESC, job LIMIT :limit")
_DEAD_LETTER_COUNT = text("SELECT count(*) FROM fleet_dead_letters")


@attrs.frozen
class DeadLetter:
    """A job that was given up.

    Args:
        job: Its number.
        account: Whose calendar it is about.
        calendar_id: The calendar; empty if it is about the account's list of calendars.
        attempts: How often it was tried.
        kind: The name of the exception.
        failure: What that said.
        failed_at: When.
    """

    job: int
    account: str
    calendar_id: str
    attempts: int
    kind: str
    failure: str | None
    failed_at: datetime


@attrs.frozen
class FleetState:
    """How a fleet is doing.

    Args:
        accounts: How many accounts there are.
        failing_accounts: Of how many the list of calendars could not be read the last time.
        calendars: How many calendars there are on the lists of all accounts.
        unsynced: How many have no copy yet.
        failing: How many could not be synchronised the last time.
        stalest: For how many seconds the calendar has not been synchronised that was so longest ago.
        lag: For how many seconds the job has been ready that has waited longest.
        jobs: How many jobs there are: `'todo'`, `'doing'`, `'failed'`.
        workers: How many workers have said of late that they are alive.
        calls: How many calls have been made since the beginning.
        outcomes: How often jobs have ended in which way since the beginning: `'done'`, or the name of an exception.
        dead_letters: How many jobs were given up.
    """

    accounts: int
    failing_accounts: int
    calendars: int
    unsynced: int
    failing: int
    stalest: float
    lag: float
    jobs: dict[str, int]
    workers: int
    calls: int
    outcomes: dict[str, int]
    dead_letters: int


def read_state(database: Database, queue: str) -> FleetState:
    """Return how a fleet is doing.

    Args:
        database: Where it is.
        queue: The name of its queue.
    """
    with database.reading() as connection:
        accounts = connection.execute(_ACCOUNTS).one()
        calendars = connection.execute(_CALENDARS).one()
        return FleetState(
            accounts=accounts.accounts,
            failing_accounts=accounts.failing,
            calendars=calendars.calendars,
            unsynced=calendars.unsynced,
            failing=calendars.failing,
            stalest=calendars.stalest,
            lag=float(connection.scalar(_LAG) or 0),
            jobs=_counted(connection, queue),
            workers=connection.scalar(_WORKERS) or 0,
            calls=connection.scalar(_CALLS, {"name": ALL}) or 0,
            outcomes={row.outcome: row.times for row in connection.execute(_OUTCOMES)},
            dead_letters=connection.scalar(_DEAD_LETTER_COUNT) or 0,
        )


def dead_letters(database: Database, limit: int = 1000) -> list[DeadLetter]:
    """Return the jobs that were given up, the latest first: each calendar's last one, unless it has been well since."""
    with database.reading() as connection:
        rows = connection.execute(_DEAD_LETTERS, {"limit": limit})
        return [DeadLetter(*row) for row in rows]


def _counted(connection: Connection, queue: str) -> dict[str, int]:
    counted = {"todo": 0, "doing": 0, "failed": 0}
    counted.update((row.status, row.number) for row in connection.execute(_JOBS, {"queue": queue}))
    return counted
