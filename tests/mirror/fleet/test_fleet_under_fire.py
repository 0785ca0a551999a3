"""A company's calendars, kept by workers that are killed again and again while everybody works on."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcsa._on_demand import sent_by_server
from gcsa.calendar import Calendar
from gcsa.event import Event
from gcsa.mirror.fleet import CompanyMirror, FleetSettings
from gcsa.mirror.fleet.commands import enqueue

USERS = [f"user{number}@example.com" for number in range(20)]
CALENDARS_OF_EACH = 10
WORKERS = 3
KILLS = 3
CHANGES = 10
# What is waited for comes much sooner, unless many other things are done on the same cores.
SECONDS = 300
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WINDOW = (START - timedelta(days=1), START + timedelta(days=60))


class Company:
    """The users of an emulator, who work on their calendars."""

    def __init__(self, emulator, chance):
        self.chance = chance
        self.clients = {user: emulator.client(user) for user in USERS}
        self.calendars = []
        self.events = {}
        for user, client in self.clients.items():
            ids = [user] + [
                client.add_calendar(Calendar(f"{user} {number}")).id
                for number in range(1, CALENDARS_OF_EACH)
            ]
            self.calendars += [(user, calendar_id) for calendar_id in ids]
        for user, calendar_id in self.calendars:
            rule = "RRULE:FREQ=DAILY;COUNT=5"
            made = self.clients[user].add_events(
                [Event("Standup", START, timezone="UTC", recurrence=rule), Event("Lunch", START)],
                calendar_id=calendar_id,
            )
            self.events[user, calendar_id] = [event.id for event in made]

    def change_something(self):
        user, calendar_id = self.chance.choice(self.calendars)
        client, events = self.clients[user], self.events[user, calendar_id]
        deed = self.chance.choice(["add", "add", "move", "delete"])
        at = START + timedelta(hours=self.chance.randrange(500))
        if deed == "add" or not events:
            events.append(client.add_event(Event("New", at), calendar_id=calendar_id).id)
        elif deed == "move":
            event_id = self.chance.choice(events)
            client.patch_event(
                event_id, start=at, end=at + timedelta(hours=1), calendar_id=calendar_id
            )
        else:
            event_id = events.pop(self.chance.randrange(len(events)))
            client.delete_event(event_id, calendar_id=calendar_id)

    def listed(self, user, calendar_id):
        events = self.clients[user].get_events(*WINDOW, single_events=True, calendar_id=calendar_id)
        return by_id(events)


class Processes:
    """The processes of a fleet."""

    def __init__(self, url, emulator, folder):
        self.port = free_port()
        self._key = folder / "key.json"
        self._key.write_text(json.dumps(emulator.service_account_info()))
        self._log = (folder / "fleet.log").open("wb")
        self._nursery = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("fleet_nursery.py"))],
            env={
                **os.environ,
                "GOOGLE_CALENDAR_EMULATOR_HOST": emulator.address,
                "GCSA_FLEET_DATABASE": url,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.workers = set()
        self._others = {self._start("webhook", "--port", str(self.port))}

    def start_worker(self):
        address = f"http://127.0.0.1:{self.port}/calendars"
        # A worker on a busy machine may be slow; that one is gone is noticed otherwise.
        settings = ("--concurrency", "4", "--stalled-after", str(SECONDS))
        self.workers.add(
            self._start("worker", "--key", str(self._key), "--address", address, *settings)
        )

    def kill(self, worker):
        os.kill(worker, signal.SIGKILL)
        self.workers.discard(worker)

    def close(self):
        for process in (*self.workers, *self._others):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with self._nursery:
            self._nursery.stdin.close()
        self._log.close()

    def _start(self, *arguments):
        self._nursery.stdin.write(json.dumps(arguments) + "\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())


@pytest.fixture
def processes(url, emulator, tmp_path):
    processes = Processes(url, emulator, tmp_path)
    yield processes
    processes.close()


def test_calendars_are_equal_in_the_end_however_often_workers_are_killed(
    url, emulator, processes, rows, wait_until
):
    chance = random.Random(20260105)
    company = Company(emulator, chance)
    # Time enough for a worker to be killed in the middle of a synchronisation.
    emulator.faults.add(latency=0.03, on="events.list")
    for _ in range(WORKERS):
        processes.start_worker()
    enqueue(FleetSettings(url), USERS, say=lambda line: None)

    killed = {}

    def kill_while_people_work():
        for _ in range(KILLS):
            for _ in range(CHANGES):
                company.change_something()
            worker, name = wait_until(lambda: busy_worker(rows, processes, chance), SECONDS, 0.005)
            [[at]] = rows("SELECT clock_timestamp()")
            processes.kill(worker)
            killed[name] = at
            processes.start_worker()

    # While the calendars are found and synchronised for the first time …
    kill_while_people_work()
    wait_until(lambda: is_quiet(rows), SECONDS)
    assert rows("SELECT count(*) FROM mirror_channels") == [(200,)]
    # … and when only notifications tell that something has changed.
    kill_while_people_work()
    with CompanyMirror(url) as mirror:
        wait_until(lambda: is_quiet(rows) and is_equal(mirror, company), SECONDS, 0.2)

    assert rows("SELECT sum(notifications) > 0 FROM mirror_calendars") == [(True,)]
    assert rows("SELECT * FROM fleet_dead_letters") == []
    assert "abandoned" in {row[0] for row in rows("SELECT outcome FROM fleet_runs")}
    assert runs_at_the_same_time(rows, killed) == []


def busy_worker(rows, processes, chance):
    """A worker that is in the middle of something, and the name by which the database knows it."""
    names = {
        int(name.split(":")[1]): name
        for (name,) in rows("SELECT DISTINCT worker FROM fleet_runs WHERE ended_at IS NULL")
    }
    busy = sorted(processes.workers & names.keys())
    worker = chance.choice(busy) if busy else None
    return worker and (worker, names[worker])


def is_quiet(rows):
    """Whether all calendars are there, and nothing is left to be done."""
    [[unfinished]] = rows("SELECT count(*) FROM procrastinate_jobs WHERE lock IS NOT NULL")
    [[behind]] = rows(
        "SELECT count(*) FROM mirror_calendars WHERE synced_at IS NULL OR notifications > heeded"
    )
    [[calendars]] = rows("SELECT count(*) FROM mirror_calendars")
    return calendars == 200 and not unfinished and not behind


def is_equal(mirror, company):
    return all(
        by_id(mirror.of(user).events(calendar_id, *WINDOW)) == company.listed(user, calendar_id)
        for user, calendar_id in company.calendars
    )


def by_id(events):
    return {event["id"]: event for event in map(sent_by_server, events)}


def runs_at_the_same_time(rows, killed):
    """The runs of a calendar that began before the one before had ended, by itself or with its worker."""
    overlaps, before = [], {}
    for run in rows(
        "SELECT account, calendar_id, worker, began_at, ended_at, outcome FROM fleet_runs ORDER BY id"
    ):
        account, calendar_id, worker, began_at, ended_at, outcome = run
        end = before.get((account, calendar_id))
        if end is not None and began_at < end:
            overlaps.append(run)
        if outcome in ("abandoned", None):
            # Nobody else may have thought that a worker was gone: a missing name is an error of its own.
            ended_at = killed[worker]
        before[account, calendar_id] = ended_at
    return overlaps


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
