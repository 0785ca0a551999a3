"""A server that closes connections as soon as they are idle: clients open others, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Clock, Emulator
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.mirror import Mirror

ME = {"Authorization": "Bearer me@example.com"}
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def impatient():
    """A served emulator that keeps no connection once it has answered."""
    with pytest.MonkeyPatch.context() as patch, Emulator() as emulator:
        patch.setattr("gcsa.emulator.serving._KEEP_ALIVE", 0)
        emulator.serve()
        yield emulator


@pytest.fixture
def emulator(impatient):
    impatient.reset()
    return impatient


def connected(emulator, kind=GoogleCalendar):
    # On a frozen clock no pause takes time.
    return kind(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        clock=Clock.frozen(NOW),
    )


def lunch(number):
    return Event(f"{number}", NOW + timedelta(hours=number))


def check(emulator, number):
    """Each of so many events is there once."""
    titles = [event.summary for event in emulator.client().get_events(NOW, NOW + timedelta(99))]
    assert Counter(titles) == Counter(map(str, range(number)))


def test_connections_are_closed_indeed(emulator):
    ports = set()
    with httpx2.Client(base_url=emulator.address) as client:
        for _ in range(20):
            with client.stream("GET", "/calendar/v3/colors", headers=ME) as answer:
                assert answer.headers.get("connection", "keep-alive") == "keep-alive"
                connection = answer.extensions["network_stream"]
                ports.add(connection.get_extra_info("client_addr"))
    assert len(ports) > 5


def test_calls_one_after_another(emulator):
    with connected(emulator) as calendar:
        for number in range(40):
            event = calendar.add_event(lunch(number))
            assert calendar.get_event(event.id).summary == f"{number}"
    check(emulator, 40)


def test_calls_from_eight_threads(emulator):
    with connected(emulator) as calendar, ThreadPoolExecutor(8) as threads:
        list(threads.map(calendar.add_event, map(lunch, range(80))))
    check(emulator, 80)


def test_calls_from_many_tasks_one_wave_after_another(emulator):
    async def add():
        async with connected(emulator, AsyncGoogleCalendar) as calendar:
            for first in range(0, 80, 20):
                wave = range(first, first + 20)
                await asyncio.gather(*(calendar.add_event(lunch(number)) for number in wave))

    asyncio.run(add())
    check(emulator, 80)


def test_batches(emulator):
    with connected(emulator) as calendar:
        for first in range(0, 300, 100):
            calendar.add_events(map(lunch, range(first, first + 100)))
    check(emulator, 300)


def test_a_listing_and_a_synchronisation_in_pages(emulator, tmp_path):
    emulator.client().add_events(map(lunch, range(30)))
    with (
        connected(emulator) as calendar,
        Mirror(f"sqlite:///{tmp_path / 'm.db'}", page_size=2) as mirror,
    ):
        listed = [event.id for event in calendar.get_events(NOW, NOW + timedelta(99), maxResults=2)]
        mirror.sync(calendar)
        assert [event.id for event in mirror.stored_events()] == sorted(listed)
    assert len(listed) == 30
