"""Making sure that a calendar is synchronised by one worker at a time, and knowing at once which workers are gone.

The queue hands out one job of a calendar at a time, and gives a job to somebody else when its worker has not been heard
of for a while. A worker that was merely slow, or suspended with its machine, may come back to its job then. PostgreSQL
knows better: an advisory lock lasts exactly as long as the connection of who holds it. So each worker holds the
calendars that it is busy with, and, from its first moment, its own number in the queue's list of workers.

Reference: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg

from gcsa.mirror.errors import DatabaseError

# A machine that is switched off does not close its connections: the server asks after half a minute of silence.
_SETTINGS = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"

_HOLD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_RELEASE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"

# Whoever sees the worker in the list, once this is committed, finds its lock held.
_REGISTER = """
    WITH registered AS MATERIALIZED (SELECT worker_id FROM procrastinate_register_worker_v1())
    SELECT worker_id, pg_advisory_lock(hashtextextended('worker:' || worker_id, 0)) FROM registered
"""

# Only workers of a fleet hold locks: another program may have its own workers in the same list.
REMOVE_DEAD_WORKERS = """
    DELETE FROM procrastinate_workers
    WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = %(queue)s)
        AND pg_try_advisory_xact_lock(hashtextextended('worker:' || id, 0))
"""


class Guard:
    """Holds names for a worker, over one connection.

    Args:
        conninfo: The database.
    """

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: psycopg.Connection | None = None
        self._lock = threading.Lock()
        # A connection may hold the same lock twice, so threads of this process are kept apart here.
        self._held: set[str] = set()
        self._worker: int | None = None

    @contextmanager
    def holding(self, name: str) -> Generator[bool]:
        """Hold a name, if nobody else does.

        Yields:
            Whether it is held.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self._lock:
            held = name not in self._held and self._hold(name)
            if held:
                self._held.add(name)
        try:
            yield held
        finally:
            if held:
                with self._lock:
                    self._held.discard(name)
                    self._release(name)

    def register_worker(self) -> int:
        """Enter a worker into the queue's list, and hold its number for as long as this connection lasts.

        Returns:
            Its number.

        Raises:
            DatabaseError: The database cannot be used.
        """
        with self._lock:
            row = self._execute(_REGISTER)
            if row is None:
                raise DatabaseError("The fleet's database gives workers no numbers.")
            self._worker = int(row[0])
            return self._worker

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _hold(self, name: str) -> bool:
        row = self._execute(_HOLD, name)
        return row is not None and bool(row[0])

    def _execute(self, query: LiteralString, *values: str) -> tuple[Any, ...] | None:
        try:
            if self._connection is None or self._connection.closed:
                self._connection = self._connect()
            return self._connection.execute(query, values).fetchone()
        except psycopg.OperationalError as error:
            raise DatabaseError(f"The fleet's database cannot be used: {error}") from error

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(self._conninfo, autocommit=True, options=_SETTINGS)
        if self._worker is not None:
            connection.execute(_HOLD, [f"worker:{self._worker}"])
        return connection

    def _release(self, name: str) -> None:
        # With the connection gone, the lock is as well.
        with suppress(psycopg.OperationalError):
            if self._connection is not None and not self._connection.closed:
                self._connection.execute(_RELEASE, [name])
