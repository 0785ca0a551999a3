"""A worker: takes jobs from the queue and does them, and with the others keeps an eye on what is due.

Reference: https://procrastinate.readthedocs.io/en/stable/howto/production/retry_stalled_jobs.html
"""

from __future__ import annotations

import asyncio
import logging
import math
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Status

from gcsa.mirror.fleet.patience import MOST_ATTEMPTS, BackOff, Jobs
from gcsa.mirror.fleet.queue import CONNECTION_TIMEOUT, DISCOVER, QUEUE, SYNC
from gcsa.mirror.fleet.work import KEEP_DEAD_LETTERS, Work

log = logging.getLogger(__name__)

# When all workers together do what has to be done now and then; the sixth column counts seconds.
_TAKE_UP = "* * * * * */5"
_LOOK = "* * * * *"
_TIDY = "17 * * * *"

_FIRST = 100
_HOUR = timedelta(hours=1)


def run_worker(work: Work, concurrency: int = 5, *, until_empty: bool = False) -> None:
    """Do the jobs of a fleet, until the process is asked to stop by SIGINT or SIGTERM; then finish those under way.

    Args:
        work: What is done.
        concurrency: How many jobs are done at a time. Most of their time is waiting for Google.
        until_empty: Return when no job is waiting; what the last ones ask for is left for the next time.
    """
    if concurrency < 1:
        raise ValueError(f"concurrency must be at least 1, not {concurrency}.")
    asyncio.run(_run(work, concurrency, until_empty))


async def _run(work: Work, concurrency: int, until_empty: bool) -> None:
    settings = work.settings
    loop = asyncio.get_running_loop()
    # asyncio's own pool would do no more jobs at a time than there are cores, and four.
    loop.set_default_executor(ThreadPoolExecutor(concurrency + 2, thread_name_prefix="gcsa-fleet"))
    app = make_app(work)
    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE],
            name=work.name,
            concurrency=concurrency,
            wait=not until_empty,
            delete_jobs="successful",
            update_heartbeat_interval=settings.heartbeat_every.total_seconds(),
            stalled_worker_timeout=settings.stalled_after.total_seconds(),
        )


def make_app(work: Work) -> App:
    """Return the queue's application, with what is done for each kind of job."""
    connector = PsycopgConnector(
        conninfo=work.settings.conninfo, min_size=1, max_size=4, timeout=CONNECTION_TIMEOUT
    )
    app = App(connector=connector)
    jobs = app.job_manager = Jobs(app.connector, work.guard)

    @app.task(name=SYNC, queue=QUEUE, retry=BackOff())
    def sync(account: str, calendar_id: str) -> None:
        work.sync(account, calendar_id)

    @app.task(name=DISCOVER, queue=QUEUE, retry=BackOff())
    def discover(account: str) -> None:
        work.discover(account)

    @app.periodic(cron=_LOOK)
    @app.task(name="gcsa.fleet.look", queue=QUEUE, queueing_lock="look", priority=_FIRST)
    def look(timestamp: int) -> None:
        log.debug("Asking for what is due, as planned for %s", timestamp)
        work.ask_for_what_is_due()

    @app.periodic(cron=_TAKE_UP)
    @app.task(name="gcsa.fleet.take_up", queue=QUEUE, queueing_lock="take up", priority=_FIRST)
    async def take_up(timestamp: int) -> None:
        log.debug("Taking up the jobs of dead workers, as planned for %s", timestamp)
        await take_up_stalled(jobs, work.settings.stalled_after)

    @app.periodic(cron=_TIDY)
    @app.task(name="gcsa.fleet.tidy", queue=QUEUE, queueing_lock="tidy", priority=_FIRST)
    async def tidy(timestamp: int) -> None:
        log.debug("Forgetting what is old, as planned for %s", timestamp)
        hours = max(1, work.settings.keep_for // _HOUR)
        await jobs.delete_old_jobs(nb_hours=hours * KEEP_DEAD_LETTERS, include_failed=True)
        await asyncio.to_thread(work.forget_what_is_old)

    # They are reached through the application.
    del sync, discover, look, take_up, tidy
    return app


async def take_up_stalled(jobs: Jobs, stalled_after: timedelta) -> None:
    """Give the jobs of dead workers to others: of those that are gone, and of those that are there and do not answer.

    Args:
        jobs: The fleet's jobs.
        stalled_after: After how long without a sign of life a worker is taken for dead that is still connected.
    """
    await jobs.remove_dead_workers(QUEUE)
    seconds = stalled_after.total_seconds()
    for job in await jobs.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=seconds):
        log.warning("The worker of %s is dead; somebody else does it.", job.call_string)
        if job.attempts + 1 >= MOST_ATTEMPTS:
            # Whatever it is, it may be what kills the workers.
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job)
    await jobs.prune_stalled_workers(math.ceil(seconds))
