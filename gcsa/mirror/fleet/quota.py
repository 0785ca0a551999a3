"""Keeping within Google's quotas with many workers: they count their calls in the same rows of PostgreSQL.

Google allows 600 calls a minute for each user and 10,000 for a project, "using a sliding window":
https://developers.google.com/workspace/calendar/api/guides/quota

Each quota is a bucket that holds a tenth of a minute's calls, and is refilled with the other nine tenths during a
minute: so no window of a minute has more calls than the quota, wherever it begins.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from gcsa.mirror.database import Database

# The bucket of all users together; no account can have this name.
ALL = "*"

# Without a limit, calls are counted all the same.
_UNLIMITED = 1e12

_PART_AT_ONCE = 0.1

# Waits that are longer than that are not worth keeping a worker for; in seconds.
LONGEST_WAIT = 5.0

# The database's clock counts for all workers. It is read while the row is locked, so that it never goes back.
_REFILLED = """LEAST(
    :burst,
    pace.remaining
        + GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - pace.counted_at)) * :per_second
) - :calls"""

_TAKE = text(f"""
    INSERT INTO fleet_paces AS pace (name, remaining, counted_at, calls)
    VALUES (:name, :burst - :calls, clock_timestamp(), :calls)
    ON CONFLICT (name) DO UPDATE SET
        remaining = {_REFILLED},
        counted_at = GREATEST(pace.counted_at, clock_timestamp()),
        calls = pace.calls + :calls
    WHERE {_REFILLED} >= :lowest
    RETURNING remaining
""")

_MISSING = text(f"SELECT {_REFILLED} FROM fleet_paces AS pace WHERE name = :name")


class QuotaSpentError(Exception):
    """So much of a quota is spent that a call would have to wait too long.

    Args:
        seconds: After how long it is worth trying again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"A quota is used up; there will be calls again in {seconds:.1f} seconds.")
        self.seconds = seconds


class SharedQuota:
    """How fast calls may follow each other, for all workers together.

    Args:
        database: Where the calls are counted.
        per_minute: The quota of each user; None for no limit.
        per_minute_of_all: The quota of all users together, likewise.
        longest_wait: How many seconds a call may have to wait at most.
    """

    def __init__(
        self,
        database: Database,
        per_minute: float | None,
        per_minute_of_all: float | None,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self._database = database
        self._per_minute = per_minute
        self._per_minute_of_all = per_minute_of_all
        self._longest_wait = longest_wait

    def reserve(self, account: str, calls: int = 1) -> float:
        """Count calls that are about to be made.

        Args:
            account: On whose behalf.
            calls: How many.

        Returns:
            Seconds to wait before making them.

        Raises:
            QuotaSpentError: It would be too long; the calls must not be made.
            DatabaseError: The database cannot be used.
        """
        # Always in this order, so that no two wait for each other; if the second is spent, nothing is taken at all.
        with self._database.writing() as connection:
            return max(
                self._take(connection, account, calls, self._per_minute),
                self._take(connection, ALL, calls, self._per_minute_of_all),
            )

    def _take(
        self, connection: Connection, name: str, calls: int, per_minute: float | None
    ) -> float:
        limit = per_minute or _UNLIMITED
        burst = max(limit * _PART_AT_ONCE, 1.0)
        per_second = max(limit - burst, limit * _PART_AT_ONCE) / 60
        values = {
            "name": name,
            "calls": calls,
            "burst": burst,
            "per_second": per_second,
            "lowest": -self._longest_wait * per_second,
        }
        remaining: float | None = connection.scalar(_TAKE, values)
        if remaining is None:
            missing = connection.scalar(_MISSING, values) or 0.0
            raise QuotaSpentError(max(-missing / per_second, self._longest_wait))
        return max(0.0, -remaining / per_second)
