"""Making sure that a calendar is synchronised by one worker at a time, even where one was only taken for dead.

The queue hands out one job of a calendar at a time, and gives a job to somebody else when its worker has not been heard
of for a while. A worker that was merely slow, or suspended with its machine, may come back to its job then. PostgreSQL
knows better: an advisory lock lasts exactly as long as the connection of who holds it.

Reference: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress

import psycopg

from gcsa.mirror.errors import DatabaseError

# A machine that is switched off does not close its connections: the server asks after half a minute of silence.
_SETTINGS = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"

_HOLD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_RELEASE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


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

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _hold(self, name: str) -> bool:
        try:
            if self._connection is None or self._connection.closed:
                self._connection = psycopg.connect(
                    self._conninfo, autocommit=True, options=_SETTINGS
                )
            row = self._connection.execute(_HOLD, [name]).fetchone()
        except psycopg.OperationalError as error:
            raise DatabaseError(f"The fleet's database cannot be used: {error}") from error
        return row is not None and bool(row[0])

    def _release(self, name: str) -> None:
        # With the connection gone, the lock is as well.
        with suppress(psycopg.OperationalError):
            if self._connection is not None and not self._connection.closed:
                self._connection.execute(_RELEASE, [name])
