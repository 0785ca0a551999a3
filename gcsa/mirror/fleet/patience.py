"""How failed jobs are repeated: which of them, how often, after how long, and never beside a job that waits already."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from gcsa.errors import (
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
)
from gcsa.mirror.fleet.guard import REMOVE_DEAD_WORKERS, Guard

MOST_ATTEMPTS = 8

# Seconds; each further pause is twice as long.
_FIRST_PAUSE = 15
_LONGEST_PAUSE = 3600

# What would be refused again. The mirror tries the calendar once more after a while, up to a day.
_FINAL = (AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError)


class BackOff(BaseRetryStrategy):
    """Repeats what failed for a reason that may pass, with longer and longer pauses; then it is a dead letter."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when a job is repeated, None for never."""
        if isinstance(exception, _FINAL) or job.attempts + 1 >= MOST_ATTEMPTS:
            return None
        pause = min(_FIRST_PAUSE * 2**job.attempts, _LONGEST_PAUSE)
        # Jobs that failed together should not come back together.
        return RetryDecision(retry_in={"seconds": round(pause * random.uniform(0.5, 1))})  # noqa: S311


class Jobs(JobManager):
    """The jobs of a fleet.

    Procrastinate lets no two jobs with the same queueing lock wait. So a job that failed, or whose worker died, cannot
    be put back if there has been a notification meanwhile; its database then says so, and the job would stay as if it
    were running. There is no need for it: the one that waits does the same.

    Args:
        connector: The queue's connections.
        guard: Knows which workers are gone.
    """

    def __init__(self, connector: BaseConnector, guard: Guard) -> None:
        super().__init__(connector)
        self._guard = guard

    async def register_worker(self) -> int:
        """Enter this worker into the list, in such a way that the others notice when it is gone."""
        return await asyncio.to_thread(self._guard.register_worker)

    async def remove_dead_workers(self, queue: str) -> None:
        """Take the workers off the list that have jobs of a queue and are gone; their jobs are nobody's then."""
        await self.connector.execute_query_async(REMOVE_DEAD_WORKERS, queue=queue)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back into the queue, or delete it if another one waits for the same calendar."""
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except UniqueViolation:
            await self.finish_job(job, Status.SUCCEEDED, delete_job=True)
