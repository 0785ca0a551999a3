"""What carries the calls: limits on answers and on pace, interruptions, closing."""

from __future__ import annotations

import asyncio
import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.errors import AnswerTooLargeError, GoogleCalendarError, TransportError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.transport import answer
from gcsa.transport.pacing import WINDOW

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TOKEN = "ya29.secret"


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=1) as emulator:
        yield emulator


def client(transport, kind=GoogleCalendar, token=TOKEN, **settings):
    return kind(
        credentials=Credentials(token),
        transport=transport,
        **{"api_endpoint": "http://calendar.test", "clock": Clock.frozen(NOW), **settings},
    )


def answering(response, seen=None):
    def answer(request):
        if seen is not None:
            seen.append(request)
        return response() if callable(response) else response

    return httpx2.MockTransport(answer)


def meeting(number=0):
    return Event(f"{number}", start=NOW + timedelta(minutes=number))


# --- answers


def test_a_compressed_answer_is_read():
    body = gzip.compress(b'{"id": "abc123", "summary": "Lunch"}')
    line = answering(httpx2.Response(200, headers={"Content-Encoding": "gzip"}, content=body))
    assert client(line).get_event("abc123").summary == "Lunch"


class Pieces(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    def __init__(self, pieces):
        self.pieces = pieces

    def __iter__(self):
        yield from self.pieces

    async def __aiter__(self):
        for piece in self.pieces:
            yield piece


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(answer, "LARGEST_ANSWER", 4 << 20)


def test_an_answer_that_unfolds_without_end_is_not_read_to_its_end(small_limit):
    seen = []
    line = answering(lambda: large(compressed=True), seen)
    with pytest.raises(AnswerTooLargeError) as raised:
        client(line).get_event("abc123")
    assert str(raised.value) == (
        "The answer is larger than 4 MiB on GET calendars/primary/events/abc123. "
        "Ask for less at once, for example with a smaller `maxResults`."
    )
    assert len(seen) == 1  # it will not be smaller the next time


def large(compressed):
    megabyte = b" " * (1 << 20)
    if not compressed:
        return httpx2.Response(200, stream=Pieces([megabyte] * 9))
    body = gzip.compress(megabyte * 9)
    return httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=Pieces([body]))


@pytest.mark.parametrize("compressed", [True, False])
def test_an_async_client_bounds_answers_too(small_limit, compressed):
    async def script():
        async with client(answering(lambda: large(compressed)), AsyncGoogleCalendar) as calendar:
            await calendar.get_event("abc123")

    with pytest.raises(AnswerTooLargeError):
        asyncio.run(script())


def test_whether_a_change_with_too_large_an_answer_was_carried_out_is_unknown(small_limit):
    with pytest.raises(AnswerTooLargeError) as raised:
        client(answering(lambda: large(compressed=False))).add_event(meeting())
    assert raised.value.outcome_unknown


def test_each_call_of_a_batch_with_too_large_an_answer_has_an_error_of_its_own(small_limit):
    with client(answering(lambda: large(compressed=False))).batch() as batch:
        futures = [batch.get_event("abc123"), batch.add_event(meeting())]
    read, inserted = (future.exception() for future in futures)
    assert isinstance(read, AnswerTooLargeError)
    assert isinstance(inserted, AnswerTooLargeError)
    assert not read.outcome_unknown
    assert inserted.outcome_unknown


def test_no_error_keeps_the_request_which_has_the_token():
    line = answering(httpx2.Response(404, json={"error": {"message": "Not Found"}}))
    with pytest.raises(GoogleCalendarError) as raised:
        client(line).get_event("abc123")
    with pytest.raises(RuntimeError, match="request"):
        raised.value.response.request  # noqa: B018 - the access is what is tested


# --- redirections


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed_and_gets_no_token(status):
    seen = []
    headers = {"Location": "https://elsewhere.example/steal?from=me"}
    line = answering(httpx2.Response(status, headers=headers), seen)
    with pytest.raises(GoogleCalendarError) as raised:
        client(line).get_event("abc123")
    assert [request.url.host for request in seen] == ["calendar.test"]
    assert raised.value.status == status
    assert str(raised.value) == (
        f"The server redirects to https://elsewhere.example, which is not followed: the call and its"
        f" token are meant for Google Calendar only ({status}) on GET"
        " calendars/primary/events/abc123."
    )


@pytest.mark.parametrize("where", ["", "/login", "http://[", "https://exa mple/"])
def test_a_redirection_to_nowhere_is_one_all_the_same(where):
    line = answering(httpx2.Response(302, headers={"Location": where}))
    with pytest.raises(GoogleCalendarError, match="The server redirects"):
        client(line).get_event("abc123")


def test_a_batch_that_is_redirected_is_not_followed():
    seen = []
    line = answering(httpx2.Response(302, headers={"Location": "https://elsewhere.example"}), seen)
    with client(line).batch() as batch:
        future = batch.get_event("abc123")
    assert "redirects to https://elsewhere.example" in str(future.exception())
    assert [request.url.host for request in seen] == ["calendar.test"]


# --- pace


def to_google(emulator, **settings):
    """Return a client that takes the emulator for Google, quota included."""
    return client(
        emulator.transport,
        token="me@example.com",
        api_endpoint="https://www.googleapis.com",
        clock=emulator.clock,
        **settings,
    )


def test_calls_keep_to_googles_quota(emulator):
    calendar = to_google(emulator, calls_per_minute=60)
    for number in range(70):
        calendar.add_event(meeting(number))
    assert emulator.clock.now() - NOW == timedelta(seconds=WINDOW)


def test_each_call_of_a_batch_counts(emulator):
    # 50, then 50 and 50 when a minute has passed each time.
    to_google(emulator, calls_per_minute=60).add_events(meeting(n) for n in range(150))
    assert emulator.clock.now() - NOW == timedelta(seconds=2 * WINDOW)


def test_a_server_with_the_same_quota_refuses_nothing(emulator):
    emulator.quota.per_user = 600
    calendar = to_google(emulator)
    calendar.add_events(meeting(number) for number in range(1500))
    assert emulator.clock.now() - NOW == timedelta(seconds=2 * WINDOW)
    assert len(emulator.requests.of("events.insert")) == 1500


def test_threads_share_the_quota_of_their_client(emulator):
    emulator.quota.per_user = 60
    calendar = to_google(emulator, calls_per_minute=60)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: calendar.add_event(meeting(n)), range(120)))
    assert emulator.clock.now() - NOW >= timedelta(seconds=60)
    assert len(emulator.requests.of("events.insert")) == 120  # none was refused


def test_waiting_for_the_quota_does_not_use_up_the_time_limit(emulator):
    calendar = to_google(emulator, calls_per_minute=50, retry=Retry(time_limit=30))
    emulator.faults.add(status=503, on="events.insert", skip=190, times=5)
    added = calendar.add_events(meeting(number) for number in range(200))
    assert len(added) == 200
    assert emulator.clock.now() - NOW > timedelta(minutes=3)


def test_there_is_no_quota_on_an_emulator(emulator):
    emulator.client().add_events(meeting(number) for number in range(700))
    assert emulator.clock.now() == NOW


# --- interruptions


def test_after_an_interruption_no_further_batch_leaves(emulator, monkeypatch):
    calendar = to_google(emulator, calls_per_minute=60)
    slept = []

    def interrupted(seconds):
        slept.append(seconds)
        raise KeyboardInterrupt

    monkeypatch.setattr(emulator.clock, "sleep", interrupted)
    with pytest.raises(KeyboardInterrupt) as raised:
        calendar.add_events(meeting(number) for number in range(200))

    assert len(slept) == 1
    assert len(emulator.requests.of("batch")) == 1
    assert raised.value.__notes__ == [
        "The first 0 events are done; of the 200 after them some may be."
    ]


class Waiting(httpx2.AsyncBaseTransport):
    """A line on which nothing comes back."""

    def __init__(self):
        self.asked = asyncio.Event()
        self.cancelled = 0

    async def handle_async_request(self, request):
        self.asked.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


@pytest.mark.parametrize("calls", [1, 120])
def test_a_cancelled_task_cancels_what_is_under_way(calls):
    async def script():
        line = Waiting()
        calendar = client(line, AsyncGoogleCalendar)
        task = asyncio.create_task(calendar.add_events(meeting(n) for n in range(calls)))
        await line.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return line.cancelled

    assert asyncio.run(script()) == -(-calls // 50)


def test_a_task_that_takes_too_long_can_be_given_up():
    async def script():
        calendar = client(Waiting(), AsyncGoogleCalendar)
        async with asyncio.timeout(0.01):
            await calendar.get_event("abc123")

    with pytest.raises(TimeoutError):
        asyncio.run(script())


def test_a_listing_that_is_left_early_asks_for_nothing_more(emulator):
    calendar = emulator.client()
    calendar.add_events(meeting(number) for number in range(9))
    emulator.requests.clear()
    for _event in calendar.get_events(maxResults=3):
        break
    assert len(emulator.requests) == 1


# --- closing


def test_a_closed_client_makes_no_calls(emulator):
    with emulator.client() as calendar:
        calendar.get_calendar()
    with pytest.raises(RuntimeError, match="closed"):
        calendar.get_calendar()


def test_a_closed_async_client_makes_no_calls(emulator):
    async def script():
        async with emulator.async_client() as calendar:
            await calendar.get_calendar()
        await calendar.get_calendar()

    with pytest.raises(RuntimeError, match="closed"):
        asyncio.run(script())


class Held(httpx2.BaseTransport):
    """A line that answers nothing, and breaks when it is closed."""

    def __init__(self):
        self.asked, self.closed = threading.Event(), threading.Event()

    def handle_request(self, request):
        self.asked.set()
        assert self.closed.wait(10)
        raise httpx2.ReadError("the connection was closed", request=request)

    def close(self):
        self.closed.set()


def test_a_call_that_is_under_way_when_its_client_is_closed_says_that_it_may_have_been_made():
    line = Held()
    calendar = client(line)
    with ThreadPoolExecutor(1) as threads:
        under_way = threads.submit(calendar.add_event, meeting())
        assert line.asked.wait(10)
        calendar.close()
        error = under_way.exception()
    assert isinstance(error, TransportError)
    assert error.outcome_unknown


def test_closing_does_not_close_the_emulator(emulator):
    emulator.client().close()
    assert emulator.client().get_calendar().id == "me@example.com"


# --- tasks and threads


def test_many_tasks_share_a_client(emulator):
    async def script():
        async with emulator.async_client() as calendar:
            stored = await asyncio.gather(*(calendar.add_event(meeting(n)) for n in range(100)))
            return [event.summary for event in stored]

    assert asyncio.run(script()) == [f"{number}" for number in range(100)]


def test_many_threads_share_a_client(emulator):
    calendar = emulator.client()
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(lambda n: calendar.add_event(meeting(n)), range(100)))
    assert [event.summary for event in stored] == [f"{number}" for number in range(100)]
