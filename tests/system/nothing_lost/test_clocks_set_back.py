"""Clocks that are set back, by a person or a time server: nobody waits longer for it, or loses a change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.errors import ServerError
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar, Retry
from gcsa.mirror import Mirror

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def lunch(clock, number=0):
    return Event(f"Lunch {number}", clock.now() + timedelta(hours=number))


class SetBack(httpx2.BaseTransport):
    """Sets the clock back by an hour with each request."""

    def __init__(self, emulator):
        self._emulator = emulator

    def handle_request(self, request):
        self._emulator.clock.advance(timedelta(hours=-1))
        return self._emulator.transport.handle_request(request)


def connected(emulator, **settings):
    return GoogleCalendar(
        credentials=Credentials("me@example.com"),
        transport=SetBack(emulator),
        clock=emulator.clock,
        **{"api_endpoint": emulator.address, **settings},
    )


def test_an_outage_still_ends_within_the_time_limit(emulator, clock):
    emulator.faults.add(status=503)
    began = clock.monotonic()
    retry = Retry(attempts=1000, time_limit=60)
    with connected(emulator, retry=retry) as calendar, pytest.raises(ServerError):
        calendar.get_calendar()
    assert 0 < clock.monotonic() - began <= 60


def test_the_quota_is_neither_forgotten_nor_waited_for_longer(emulator, clock):
    began = clock.monotonic()
    endpoint = "https://www.googleapis.com"
    with connected(emulator, api_endpoint=endpoint, calls_per_minute=2) as calendar:
        for _ in range(5):
            calendar.get_calendar()
    assert round(clock.monotonic() - began) == 122


def test_the_emulators_quota_is_not_used_up_by_calls_of_a_later_time(emulator, clock):
    calendar = emulator.client()
    emulator.quota.per_user = 2
    for _ in range(2):
        calendar.get_calendar()
    clock.set(LONG_AGO)
    began = clock.now()
    calendar.get_calendar()
    assert clock.now() - began <= timedelta(seconds=61)


def test_a_token_that_was_given_later_still_shows_every_change(emulator, clock):
    calendar = emulator.client()
    kept, deleted = calendar.add_event(lunch(clock, 1)), calendar.add_event(lunch(clock, 2))
    token = calendar.get_event_changes().next_sync_token
    clock.set(LONG_AGO)
    calendar.patch_event(kept, summary="Dinner")
    calendar.delete_event(deleted)
    new = calendar.add_event(Event("New", date(2026, 3, 5)))
    changes = calendar.get_event_changes(token)
    assert {event.id for event in changes.items} == {kept.id, new.id}
    assert changes.deleted == [deleted.id]


def test_a_mirror_goes_on_and_its_feed_keeps_its_order(emulator, clock, url):
    calendar = emulator.client()
    with Mirror(url) as mirror:
        first = calendar.add_event(lunch(clock, 1))
        mirror.sync(calendar)
        clock.set(LONG_AGO)
        second = calendar.add_event(lunch(clock, 2))
        calendar.delete_event(first)
        report = mirror.sync(calendar)
        assert (report.added, report.deleted, report.full) == (1, 1, False)
        assert [event.id for event in mirror.stored_events()] == [second.id]
        told = [(change.cursor, change.kind) for change in mirror.changes()]
        assert told[0] == (1, "added")
        assert sorted(told[1:]) == sorted(zip((2, 3), dict(told[1:]).values(), strict=True))
        assert {kind for _, kind in told[1:]} == {"added", "deleted"}
