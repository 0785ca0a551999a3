"""The queue of jobs: one for each calendar and account at a time, however often it is asked for.

Reference: https://procrastinate.readthedocs.io/en/stable/howto/advanced/queueing_locks.html
"""

from __future__ import annotations

from typing import Self

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "gcsa"
SYNC = "gcsa.fleet.sync"
DISCOVER = "gcsa.fleet.discover"

# Somebody is waiting for what a notification is about; the rest is done when there is time.
URGENT = 10
USUAL = 0

# Seconds. When its database is gone, a worker waits so long for each thing that it would still write down, one after
# the other; with the pool's default, half a minute, its end would take minutes.
CONNECTION_TIMEOUT = 10.0


class Queue:
    """Puts jobs into the queue. Safe to share between threads.

    Args:
        conninfo: The database.
    """

    def __init__(self, conninfo: str) -> None:
        connector = SyncPsycopgConnector(
            conninfo=conninfo, min_size=1, max_size=4, timeout=CONNECTION_TIMEOUT
        )
        self._app = App(connector=connector)
        self._app.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._app.close()

    def sync(
        self, account: str, calendar_id: str, *, priority: int = USUAL, after: float = 0
    ) -> bool:
        """Ask for a calendar to be synchronised.

        Args:
            account: Whose calendar.
            calendar_id: Its id.
            priority: What has a higher one is done first.
            after: In how many seconds.

        Returns:
            Whether there is a new job; False if one is waiting already.
        """
        lock = calendar_lock(account, calendar_id)
        return self._put(SYNC, lock, priority, after, account=account, calendar_id=calendar_id)

    def discover(self, account: str, *, after: float = 0) -> bool:
        """Ask for an account's list of calendars to be read; return whether there is a new job."""
        return self._put(DISCOVER, account_lock(account), USUAL, after, account=account)

    def _put(self, task: str, lock: str, priority: int, after: float, **arguments: str) -> bool:
        job = self._app.configure_task(
            task,
            queue=QUEUE,
            lock=lock,
            queueing_lock=lock,
            priority=priority,
            schedule_in={"seconds": after} if after else None,
        )
        try:
            job.defer(**arguments)
        except AlreadyEnqueued:
            return False
        return True


def calendar_lock(account: str, calendar_id: str) -> str:
    """Return the name of a calendar's lock."""
    return f"calendar:{account}/{calendar_id}"


def account_lock(account: str) -> str:
    """Return the name of an account's lock."""
    return f"account:{account}"
