"""A server that answers nothing: whoever asks is told so within the time limit, and what was not sent is said, too."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.errors import BulkError, RateLimitError, ServerError, TransportError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIMIT = 120.0

OUTAGES = {
    "answers nothing": {"drop": "before"},
    "loses every answer": {"drop": "after"},
    "is not there": {"drop": "connect"},
    "fails": {"status": 500},
    "is unavailable": {"status": 503, "retry_after": 31},
    "cuts every answer": {"truncate": True},
    "is at its limit": {"reason": "rateLimitExceeded"},
    "hangs": {"latency": 3600},
    "hangs and fails": {"latency": 25, "status": 503},
}
# What may have been carried out in spite of it.
IN_DOUBT = OUTAGES.keys() - {"is not there", "is at its limit"}
FAILURES = (TransportError, ServerError, RateLimitError)


class EachOnesTime:
    """A clock on which everybody who waits, in a thread or a task, waits alone."""

    def __init__(self):
        self._waited = ContextVar("waited", default=0.0)

    def now(self):
        return NOW + timedelta(seconds=self.monotonic())

    def monotonic(self):
        return self._waited.get()

    def sleep(self, seconds):
        self._waited.set(self.monotonic() + seconds)

    async def asleep(self, seconds):
        self.sleep(seconds)
        await asyncio.sleep(0)


@pytest.fixture(params=OUTAGES)
def outage(request):
    return request.param


@pytest.fixture
def emulator(clock, outage):
    with Emulator(clock=clock, seed=1) as emulator:
        emulator.client().get_calendar()
        emulator.faults.add(**OUTAGES[outage])
        emulator.faults.add(**OUTAGES[outage], on="batch")
        yield emulator


def connected(emulator, kind=GoogleCalendar, clock=None, attempts=1000):
    """A client that goes on for as long as it has time."""
    return kind(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        transport=emulator.transport,
        clock=clock or emulator.clock,
        retry=Retry(attempts, time_limit=LIMIT, first_pause=8),
    )


def lunch(number=0):
    return Event(f"Lunch {number}", NOW + timedelta(hours=number))


def seconds_since(began, clock):
    return round(clock.monotonic() - began, 6)


@pytest.mark.parametrize("attempts", [10, 1000])
def test_a_call_ends_within_the_time_limit_and_says_what_is_unknown(emulator, outage, attempts):
    began = emulator.clock.monotonic()
    with connected(emulator, attempts=attempts) as calendar, pytest.raises(FAILURES) as raised:
        calendar.add_event(lunch())
    assert seconds_since(began, emulator.clock) <= LIMIT
    assert " on POST calendars/primary/events. " in str(raised.value)
    assert raised.value.outcome_unknown is (outage in IN_DOUBT)


def test_a_listing_ends_within_the_time_limit(emulator):
    began = emulator.clock.monotonic()
    with connected(emulator) as calendar, pytest.raises(FAILURES) as raised:
        list(calendar.get_events())
    assert seconds_since(began, emulator.clock) <= LIMIT
    assert not raised.value.outcome_unknown


def test_an_asynchronous_call_ends_within_the_time_limit(emulator, outage):
    began = emulator.clock.monotonic()

    async def add():
        async with connected(emulator, AsyncGoogleCalendar) as calendar:
            await calendar.add_event(lunch())

    with pytest.raises(FAILURES) as raised:
        asyncio.run(add())
    assert seconds_since(began, emulator.clock) <= LIMIT
    assert raised.value.outcome_unknown is (outage in IN_DOUBT)


def test_a_batch_ends_within_the_time_limit(emulator, outage):
    began = emulator.clock.monotonic()
    with connected(emulator) as calendar:
        with calendar.batch() as batch:
            futures = [batch.add_event(lunch(number)) for number in range(3)]
        errors = [future.exception() for future in futures]
    assert seconds_since(began, emulator.clock) <= LIMIT
    for error in errors:
        assert isinstance(error, FAILURES)
        assert error.outcome_unknown is (outage in IN_DOUBT)


def check_many(results, outage):
    """Of many calls that failed, only those may have been carried out that were sent."""
    assert len(results) == 600
    for result in results:
        assert isinstance(result, FAILURES)
        assert "POST calendars/primary/events" in str(result)
    unsent = [
        result
        for result in results
        if "Not sent, as the calls before it failed until the time limit on POST" in str(result)
    ]
    assert unsent == results[200:]
    for result in unsent:
        assert not result.outcome_unknown
    assert {result.outcome_unknown for result in results[:200]} == {outage in IN_DOUBT}


# Of those that hang, several batches would wait at the same time, and a clock that waiting moves cannot show that.
QUICK = ["answers nothing", "is not there", "is unavailable", "is at its limit"]


@pytest.mark.parametrize("outage", QUICK, indirect=True)
def test_hundreds_of_calls_end_within_the_time_limit_too(emulator, outage):
    began = emulator.clock.monotonic()
    with connected(emulator) as calendar, pytest.raises(BulkError) as raised:
        calendar.add_events(map(lunch, range(600)))
    assert seconds_since(began, emulator.clock) <= LIMIT
    check_many(raised.value.results, outage)


@pytest.mark.parametrize("outage", QUICK, indirect=True)
def test_hundreds_of_asynchronous_calls_end_within_the_time_limit_too(emulator, outage):
    began = emulator.clock.monotonic()

    async def add():
        async with connected(emulator, AsyncGoogleCalendar) as calendar:
            await calendar.add_events(map(lunch, range(600)))

    with pytest.raises(BulkError) as raised:
        asyncio.run(add())
    assert seconds_since(began, emulator.clock) <= LIMIT
    check_many(raised.value.results, outage)


@pytest.mark.parametrize("outage", QUICK, indirect=True)
def test_a_batch_of_hundreds_of_calls_ends_within_the_time_limit_too(emulator, outage):
    began = emulator.clock.monotonic()
    with connected(emulator) as calendar:
        with calendar.batch() as batch:
            futures = [batch.add_event(lunch(number)) for number in range(600)]
        check_many([future.exception() for future in futures], outage)
    assert seconds_since(began, emulator.clock) <= LIMIT


@pytest.mark.parametrize("outage", QUICK, indirect=True)
def test_each_of_eight_threads_is_told_within_the_time_limit(emulator, outage):
    clock = EachOnesTime()
    calendar = connected(emulator, clock=clock)

    def add(number):
        began = clock.monotonic()
        with pytest.raises(FAILURES) as raised:
            calendar.add_event(lunch(number))
        assert raised.value.outcome_unknown is (outage in IN_DOUBT)
        return seconds_since(began, clock)

    with calendar, ThreadPoolExecutor(8) as threads:
        assert max(threads.map(add, range(16))) <= LIMIT


@pytest.mark.parametrize("outage", QUICK, indirect=True)
def test_each_of_many_tasks_is_told_within_the_time_limit(emulator, outage):
    clock = EachOnesTime()

    async def add(calendar, number):
        with pytest.raises(FAILURES) as raised:
            await calendar.add_event(lunch(number))
        assert raised.value.outcome_unknown is (outage in IN_DOUBT)
        return clock.monotonic()

    async def add_all():
        async with connected(emulator, AsyncGoogleCalendar, clock) as calendar:
            return await asyncio.gather(*(add(calendar, number) for number in range(16)))

    assert max(asyncio.run(add_all())) <= LIMIT


@pytest.mark.parametrize("outage", ["hangs"], indirect=True)
def test_calls_that_wait_in_line_are_not_sent_once_the_time_is_up(emulator):
    # Batches that time out are sent again in smaller ones, which are more; each costs the time of a timeout.
    with connected(emulator) as calendar, pytest.raises(BulkError) as raised:
        calendar.add_events(map(lunch, range(400)))
    assert len(emulator.requests.of("batch")) <= 8
    assert all(result.outcome_unknown for result in raised.value.results[:200])
    assert not any(result.outcome_unknown for result in raised.value.results[200:])


@pytest.mark.parametrize("outage", ["answers nothing"], indirect=True)
def test_an_outage_that_ends_does_not_keep_the_rest_from_being_sent(emulator):
    emulator.faults.clear()
    emulator.faults.add(drop="before", on="batch", times=12)
    with connected(emulator) as calendar:
        added = calendar.add_events(map(lunch, range(600)))
    assert [event.summary for event in added] == [f"Lunch {number}" for number in range(600)]


@pytest.mark.parametrize("outage", ["fails"], indirect=True)
def test_time_that_the_events_take_to_come_does_not_count(emulator):
    emulator.faults.clear()

    def slowly():
        for number in range(600):
            emulator.clock.advance(1)
            yield lunch(number)

    with connected(emulator) as calendar:
        assert len(calendar.add_events(slowly())) == 600


@pytest.mark.parametrize("outage", ["fails"], indirect=True)
def test_calls_that_are_all_refused_do_not_keep_the_ones_after_them_from_being_sent(emulator):
    """A refusal is an answer: the server is there, and the time begins anew."""
    emulator.faults.clear()
    emulator.faults.add(status=403, reason="forbidden", on="events.insert")

    def slowly():
        for number in range(600):
            emulator.clock.advance(1)
            yield lunch(number)

    with connected(emulator) as calendar, pytest.raises(BulkError) as raised:
        calendar.add_events(slowly())
    assert {result.status for result in raised.value.results} == {403}
    assert len(emulator.requests.of("events.insert")) == 600


@pytest.mark.parametrize("outage", ["loses every answer"], indirect=True)
def test_calls_that_cannot_be_repeated_are_sent_for_as_long_as_there_is_time(emulator):
    """Those before them failed for good at the first attempt; that says nothing of the time."""
    emulator.faults.clear()
    emulator.faults.add(drop="after", on="batch", times=4)
    with connected(emulator) as calendar:
        with calendar.batch() as batch:
            futures = [batch.add_quick_event(f"Lunch {number}") for number in range(300)]
        errors = [future.exception() for future in futures]
    assert {error.outcome_unknown for error in errors[:200]} == {True}
    assert errors[200:] == [None] * 100
    assert len(emulator.requests.of("events.quickAdd")) == 300


@pytest.mark.parametrize("outage", ["hangs"], indirect=True)
def test_without_a_time_limit_to_keep_an_attempt_may_take_its_time(emulator):
    """Zero seconds are no repetition; the call itself is waited for."""
    began = emulator.clock.monotonic()
    calendar = GoogleCalendar(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        transport=emulator.transport,
        clock=emulator.clock,
        retry=Retry(time_limit=0),
    )
    with calendar, pytest.raises(TransportError, match="ReadTimeout"):
        calendar.get_calendar()
    assert seconds_since(began, emulator.clock) == 60
