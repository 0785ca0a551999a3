"""gcsa's own clients against the served emulator, found by the variable and by an address."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Clock
from gcsa.errors import NotFoundError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
YEAR = {"time_min": START - timedelta(30), "time_max": START + timedelta(365)}


@pytest.fixture
def variable(emulator, monkeypatch):
    """The variable that points clients to the emulator."""
    monkeypatch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", urlsplit(emulator.address).netloc)


@pytest.fixture
def calendar(variable):
    with GoogleCalendar() as calendar:
        yield calendar


def test_the_variable_is_all_that_a_client_needs(calendar):
    event = calendar.add_event(Event("Breakfast", START))
    assert event.creator.email == "me@example.com"
    assert calendar.get_event(event.id) == event
    assert [each.summary for each in calendar.get_events(**YEAR)] == ["Breakfast"]


def test_an_address_and_a_token_are_as_good(emulator):
    with GoogleCalendar(
        credentials=Credentials("ada@example.com"), api_endpoint=emulator.address
    ) as calendar:
        assert calendar.add_event(Event("Breakfast", START)).creator.email == "ada@example.com"


def test_an_event_is_changed_moved_in_time_and_deleted(calendar):
    event = calendar.add_event(Event("Breakfast", START))
    event.location = "Kitchen"
    assert calendar.update_event(event).location == "Kitchen"
    calendar.delete_event(event)
    assert list(calendar.get_events(**YEAR)) == []


def test_what_is_not_there_is_not_found(calendar):
    with pytest.raises(NotFoundError):
        calendar.get_event("nosuchevent")


def test_a_long_listing_streams_page_by_page(emulator, calendar):
    for number in range(7):
        calendar.add_event(Event(str(number), START + timedelta(days=number)))
    emulator.requests.clear()
    events = calendar.get_events(**YEAR, single_events=True, order_by="startTime", maxResults=3)
    assert [event.summary for event in events] == list("0123456")
    assert len(emulator.requests.of("events.list")) == 3


def test_a_batch_is_one_request(emulator, calendar):
    emulator.requests.clear()
    with calendar.batch() as batch:
        added = [batch.add_event(Event(str(number), START)) for number in range(60)]
        missing = batch.get_event("nosuchevent")
    assert [each.result().summary for each in added] == [str(number) for number in range(60)]
    with pytest.raises(NotFoundError):
        missing.result()
    assert len(emulator.requests.of("batch")) == 2
    assert len(emulator.requests.of("events.insert")) == 60


def test_a_dropped_connection_is_made_good(emulator, variable):
    # On a frozen clock the pause before the second attempt takes no time.
    with GoogleCalendar(clock=Clock.frozen()) as calendar:
        with emulator.faults.add(drop="after", on="events.insert", times=1) as fault:
            event = calendar.add_event(Event("Breakfast", START))
            assert fault.hits == 1
        assert [each.id for each in calendar.get_events(**YEAR)] == [event.id]


def test_threads_share_a_client(calendar):
    def add(number):
        calendar.add_event(Event(str(number), START))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(event.summary) for event in calendar.get_events(**YEAR)) == list(range(16))


def test_tasks_share_an_asynchronous_client(variable):
    async def add_and_list():
        async with AsyncGoogleCalendar() as calendar:
            await asyncio.gather(
                *(calendar.add_event(Event(str(number), START)) for number in range(16))
            )
            return [event.summary async for event in calendar.get_events(**YEAR)]

    assert sorted(map(int, asyncio.run(add_and_list()))) == list(range(16))
