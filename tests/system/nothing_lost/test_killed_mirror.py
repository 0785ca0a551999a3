"""Processes that are killed while they bring a mirror up to date: the next one finds what it needs to finish."""

from __future__ import annotations

import random
import signal
from datetime import date, timedelta

import pytest

from gcsa._on_demand import sent_by_server
from gcsa.calendar import Calendar
from gcsa.emulator import Emulator
from gcsa.event import Event
from gcsa.mirror import Mirror

ROUNDS = 20
PAGE = 2


class Replica:
    """What somebody has who knows of a calendar only what the feed of changes tells."""

    def __init__(self, mirror, calendar_id):
        self._mirror = mirror
        self._calendar_id = calendar_id
        self._cursor = 0
        self.ids = set()

    def catch_up(self):
        while changes := self._mirror.changes(
            after=self._cursor, calendar_id=self._calendar_id, limit=7
        ):
            for change in changes:
                assert change.cursor > self._cursor
                self._cursor = change.cursor
                if change.kind == "added":
                    assert change.event_id not in self.ids
                    self.ids.add(change.event_id)
                elif change.kind == "deleted":
                    # An instance that is cancelled is told of, although it was never added by itself.
                    assert change.event_id in self.ids or "_" in change.event_id
                    self.ids.discard(change.event_id)
                else:
                    assert change.event_id in self.ids


class Busy:
    """Somebody who works on calendars: adds, changes and deletes events, single and recurring ones."""

    def __init__(self, client, now, chance):
        self.client = client
        self._now = now
        self._chance = chance
        self._made = 0
        self.events = {}

    def new_calendar(self):
        calendar_id = self.client.add_calendar(Calendar("Another")).id
        self.events[calendar_id] = []
        self.add(calendar_id, 8)
        return calendar_id

    def add(self, calendar_id, number):
        new = []
        for _ in range(number):
            self._made += 1
            start = self._now + timedelta(hours=self._made)
            rule = "RRULE:FREQ=DAILY;COUNT=30" if self._made % 5 == 0 else None
            new.append(Event(f"Event {self._made}", start, timezone="UTC", recurrence=rule))
        self.events[calendar_id] += self.client.add_events(new, calendar_id=calendar_id)

    def change(self, calendar_id):
        events = self.events[calendar_id]
        self._chance.shuffle(events)
        self.client.delete_events([events.pop() for _ in range(2)], calendar_id=calendar_id)
        with self.client.batch() as batch:
            for event in events[:3]:
                self._made += 1
                batch.patch_event(event, summary=f"New {self._made}", calendar_id=calendar_id)
        series = next((event for event in events if event.recurrence), None)
        if series is not None:
            _, second, third, *_ = self.client.get_instances(series, calendar_id=calendar_id)
            self.client.patch_event(second, summary="Other", calendar_id=calendar_id)
            self.client.delete_event(third, calendar_id=calendar_id)
        self.add(calendar_id, 3)


def listed(client, calendar_id):
    """Everything that the server lists of a calendar, as it sends it."""
    events = client.get_events(
        date(1970, 1, 1), date(2200, 1, 1), calendar_id=calendar_id, maxResults=2500
    )
    return {event.id: sent_by_server(event) for event in events}


def check(mirror, client, calendar_id, replica):
    """The copy is what the server lists, stored and shown, and the feed leads to the same."""
    there = listed(client, calendar_id)
    stored = {event.id: sent_by_server(event) for event in mirror.stored_events(calendar_id)}
    live = {key for key, event in there.items() if event["status"] != "cancelled"}
    assert {key: stored.get(key) for key in there} == there
    assert {key for key, event in stored.items() if event["status"] != "cancelled"} == live
    replica.catch_up()
    assert replica.ids == live


@pytest.fixture
def company(tmp_path, clock):
    """The path of an emulator's database, and the emulator on it."""
    path = tmp_path / "calendars.db"
    with Emulator(path, clock=clock, seed=1) as emulator:
        yield path, emulator


def test_twenty_kills_in_first_and_in_later_synchronisations(company, url, nursery, clock):
    path, emulator = company
    client = emulator.client()
    chance = random.Random(11)
    busy = Busy(client, clock.now(), chance)

    def synchronise(calendar_id, at):
        order = {"path": str(path), "url": url, "calendar_id": calendar_id, "page_size": PAGE}
        return nursery.child("synchronise", **order, at=at).to_its_end()

    def kill(calendar_id, steps):
        # The first kill can be anywhere, the ones after it on what is left.
        for share in (1.0, 0.4)[: chance.randint(1, 2)]:
            _, ended = synchronise(calendar_id, chance.randint(1, round(steps * share)))
            assert ended == -signal.SIGKILL

    with Mirror(url, page_size=PAGE) as mirror:
        old = busy.new_calendar()
        [first], _ = synchronise(old, 0)
        busy.change(old)
        [later], _ = synchronise(old, 0)
        replica = Replica(mirror, old)
        check(mirror, client, old, replica)
        for _ in range(ROUNDS):
            new = busy.new_calendar()
            kill(new, first["steps"] * 0.9)
            if chance.random() < 0.5:
                busy.change(new)  # what was interrupted is no longer what is there
            mirror.sync(client, new)
            check(mirror, client, new, Replica(mirror, new))

            busy.change(old)
            kill(old, later["steps"] * 0.7)
            if chance.random() < 0.5:
                busy.change(old)
            mirror.sync(client, old)
            check(mirror, client, old, replica)
