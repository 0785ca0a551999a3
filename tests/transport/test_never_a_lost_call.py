"""A third of all calls fails, in every way: what was wanted happens all the same, once.

The clock is frozen, so the pauses between attempts take no time.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# So patient that chance cannot win, even where both a batch and its calls fail now and then.
PATIENT = Retry(attempts=60, time_limit=10**9)

# Of each kind of failure so many that together 30 % of the calls meet one.
WAYS = [
    {"status": 500},
    {"status": 502},
    {"status": 503, "retry_after": 3},
    {"status": 429},
    {"reason": "userRateLimitExceeded"},
    {"reason": "rateLimitExceeded"},
    {"reason": "conflict"},
    {"status": 503, "truncate": True},
    {"drop": "connect"},
    {"drop": "before"},
    {"drop": "after"},
    {"truncate": True},
]
SHARE = 1 - (1 - 0.3) ** (1 / len(WAYS))


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=7) as emulator:
        yield emulator


def make_unreliable(emulator, *targets):
    for target in targets:
        for way in WAYS:
            emulator.faults.add(on=target, rate=SHARE, **way)


def sync_client(emulator):
    return GoogleCalendar(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        transport=emulator.transport,
        clock=emulator.clock,
        retry=PATIENT,
    )


def async_client(emulator):
    return AsyncGoogleCalendar(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        transport=emulator.transport,
        clock=emulator.clock,
        retry=PATIENT,
    )


def meeting(number):
    return Event(f"{number}", start=NOW + timedelta(minutes=number))


def changed(event):
    event.description = f"changed {event.summary}"
    return event


@pytest.fixture
def old(emulator):
    """A thousand events that are there before anything fails."""
    return emulator.client().add_events(meeting(number) for number in range(1000))


# A thousand are changed, a thousand others added, and of both the first half deleted.
NEW = range(1000, 2000)
INTENDED = Counter(
    [(f"{number}", f"changed {number}") for number in range(500, 1000)]
    + [(f"{number}", None) for number in range(1500, 2000)]
)


def stored(emulator):
    """What is on the calendar, read on a line that does not fail: title and text, and how often."""
    emulator.faults.clear()
    return Counter(
        (event.summary, event.description)
        for event in emulator.client().get_events(maxResults=2500)
    )


def share_that_failed(emulator):
    calls = emulator.requests.of("events.*")
    return sum(call.status != 200 and call.status != 204 for call in calls) / len(calls)


def test_one_by_one(emulator, old):
    calendar = sync_client(emulator)
    make_unreliable(emulator, "*")

    updated = [calendar.update_event(changed(event)) for event in old]
    added = [calendar.add_event(meeting(number)) for number in NEW]
    for event in updated[:500] + added[:500]:
        calendar.delete_event(event)

    assert share_that_failed(emulator) > 0.2
    assert stored(emulator) == INTENDED


def test_from_eight_threads_that_share_a_client(emulator, old):
    calendar = sync_client(emulator)
    make_unreliable(emulator, "*")

    with ThreadPoolExecutor(8) as threads:
        updated = list(threads.map(lambda event: calendar.update_event(changed(event)), old))
        added = list(threads.map(lambda number: calendar.add_event(meeting(number)), NEW))
        list(threads.map(calendar.delete_event, updated[:500] + added[:500]))

    assert stored(emulator) == INTENDED


def test_from_many_tasks_that_share_a_client(emulator, old):
    async def script():
        async with async_client(emulator) as calendar:
            make_unreliable(emulator, "*")
            updated = await asyncio.gather(
                *(calendar.update_event(changed(event)) for event in old)
            )
            added = await asyncio.gather(*(calendar.add_event(meeting(n)) for n in NEW))
            await asyncio.gather(*map(calendar.delete_event, updated[:500] + added[:500]))

    asyncio.run(script())
    assert stored(emulator) == INTENDED


def test_in_bulk(emulator, old):
    calendar = sync_client(emulator)
    make_unreliable(emulator, "batch")
    emulator.faults.add(status=503, on="events.*", rate=0.1)
    emulator.faults.add(reason="rateLimitExceeded", on="events.*", rate=0.1)
    emulator.faults.add(reason="conflict", on="events.*", rate=0.1)

    updated = calendar.update_events(map(changed, old))
    added = calendar.add_events(map(meeting, NEW))
    calendar.delete_events(updated[:500] + added[:500])

    assert [event.summary for event in updated + added] == [f"{n}" for n in range(2000)]
    assert stored(emulator) == INTENDED


def test_in_bulk_under_asyncio(emulator, old):
    make_unreliable(emulator, "batch")
    emulator.faults.add(status=503, on="events.*", rate=0.3)

    async def script():
        async with async_client(emulator) as calendar:
            updated = await calendar.update_events(map(changed, old))
            added = await calendar.add_events(map(meeting, NEW))
            await calendar.delete_events(updated[:500] + added[:500])

    asyncio.run(script())
    assert stored(emulator) == INTENDED


def test_in_batches_from_eight_threads_that_share_a_client(emulator, old):
    calendar = sync_client(emulator)
    make_unreliable(emulator, "batch")
    emulator.faults.add(status=503, on="events.*", rate=0.3)

    def handle(part):
        with calendar.batch() as batch:
            updates = [batch.update_event(changed(event)) for event in old[part::8]]
            adds = [batch.add_event(meeting(number)) for number in NEW[part::8]]
        with calendar.batch() as batch:
            for future in updates + adds:
                event = future.result()
                if int(event.summary) % 1000 < 500:
                    batch.delete_event(event)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(handle, range(8)))
    assert stored(emulator) == INTENDED


def test_connections_that_break_within_a_batch(emulator):
    # What is lost for one call is lost for the whole batch: fifty calls at 1 % lose 40 % of the batches.
    calendar = sync_client(emulator)
    emulator.faults.add(drop="after", on="events.insert", rate=0.01)
    calendar.add_events(map(meeting, range(500)))
    assert stored(emulator) == Counter((f"{number}", None) for number in range(500))


def test_a_listing_goes_on_where_it_was_interrupted(emulator, old):
    make_unreliable(emulator, "*")
    listed = [event.summary for event in sync_client(emulator).get_events(maxResults=7)]
    assert sorted(map(int, listed)) == list(range(1000))
