"""Batches: calls that are collected, sent together, and answered through futures."""

from __future__ import annotations

import asyncio
import gc
import logging
from concurrent.futures import CancelledError, InvalidStateError, wait
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from gcsa.errors import ConflictError, NotFoundError, RateLimitError, ServerError
from gcsa.event import Event
from gcsa.google_calendar import Retry

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def meeting(number):
    return Event(f"{number}", start=TEN + timedelta(minutes=number))


@pytest.fixture
def calendar(emulator):
    return emulator.client()


@pytest.fixture
def async_calendar(emulator):
    return emulator.async_client()


def batches(emulator):
    return len(emulator.requests.of("batch"))


def summaries(calendar):
    return sorted(int(event.summary) for event in calendar.get_events())


def test_nothing_is_sent_before_the_end_of_the_block(calendar, emulator):
    with calendar.batch() as batch:
        batch.add_event(meeting(1))
        batch.add_event(meeting(2))
        assert len(batch) == 2
        assert len(emulator.requests) == 0
    assert batches(emulator) == 1
    assert summaries(calendar) == [1, 2]


def test_each_future_has_the_result_of_its_own_call(calendar):
    stored = [calendar.add_event(meeting(number)) for number in range(5)]
    with calendar.batch() as batch:
        futures = [batch.get_event(event.id) for event in reversed(stored)]
    assert [future.result() for future in futures] == stored[::-1]


def test_calls_of_many_kinds_go_into_one_batch(calendar, emulator):
    event = calendar.add_event(meeting(1))
    emulator.requests.clear()
    with calendar.batch() as batch:
        patched = batch.patch_event(event, summary="2")
        added = batch.add_event(meeting(3))
        colors = batch.list_event_colors()
        primary = batch.get_calendar()
        busy = batch.get_free_busy()
        settings = batch.get_settings()
    assert batches(emulator) == 1
    assert patched.result().summary == "2"
    assert added.result().summary == "3"
    assert "1" in colors.result()
    assert primary.result().id == "me@example.com"
    assert [one.start for one in busy.result()] == [TEN + timedelta(minutes=1)]
    assert settings.result().timezone == "Etc/GMT"


def test_a_failure_is_in_its_own_future(calendar):
    with calendar.batch() as batch:
        missing = batch.get_event("nosuchevent")
        stored = batch.add_event(meeting(1))
    assert isinstance(missing.exception(), NotFoundError)
    assert str(missing.exception()).startswith(
        "Not Found (404 notFound) on GET calendars/primary/events/nosuchevent."
    )
    assert stored.result().summary == "1"


def test_more_than_fifty_calls_are_split(calendar, emulator):
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(120)]
    assert batches(emulator) == 3
    assert [int(future.result().summary) for future in futures] == list(range(120))
    assert summaries(calendar) == list(range(120))


def test_hundreds_of_calls_keep_their_order(calendar, emulator):
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(450)]
    assert batches(emulator) == 9
    assert [int(future.result().summary) for future in futures] == list(range(450))


def test_an_empty_batch_sends_nothing(calendar, emulator):
    with calendar.batch():
        pass
    assert len(emulator.requests) == 0


def test_a_batch_can_be_filled_and_sent_again(calendar):
    batch = calendar.batch()
    first = batch.add_event(meeting(1))
    batch.send()
    second = batch.add_event(meeting(2))
    batch.send()
    assert (first.result().summary, second.result().summary) == ("1", "2")


def test_waiting_before_the_batch_is_sent_is_refused_and_not_waited_for_ever(calendar):
    with calendar.batch() as batch:
        future = batch.add_event(meeting(1))
        for wait_for in (future.result, future.exception):
            with pytest.raises(InvalidStateError, match="The batch is not sent yet: its results"):
                wait_for()
    assert future.result().summary == "1"


def test_an_exception_in_the_block_cancels_the_calls(calendar, emulator):
    futures = []

    def book():
        with calendar.batch() as batch:
            futures.append(batch.add_event(meeting(1)))
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        book()
    assert futures[0].cancelled()
    with pytest.raises(CancelledError):
        futures[0].result()
    assert len(emulator.requests) == 0


def test_a_cancelled_future_is_a_call_that_is_not_made(calendar):
    with calendar.batch() as batch:
        batch.add_event(meeting(1)).cancel()
        kept = batch.add_event(meeting(2))
    assert kept.result().summary == "2"
    assert summaries(calendar) == [2]


def test_futures_are_those_of_the_standard_library(calendar):
    seen = []
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(3)]
        futures[0].add_done_callback(lambda future: seen.append(future.result().summary))
    done, pending = wait(futures)
    assert (len(done), len(pending)) == (3, 0)
    assert seen == ["0"]


def test_bad_input_is_refused_where_it_is_given(calendar):
    with pytest.raises(ValueError, match="This event has no id"), calendar.batch() as batch:
        batch.update_event(meeting(1))


def test_a_listing_in_a_batch_has_the_items_of_all_its_pages(calendar):
    calendar.add_events(meeting(number) for number in range(7))
    with calendar.batch() as batch:
        events = batch.get_events(maxResults=3)
        rules = batch.get_acl_rules()
    assert sorted(int(event.summary) for event in events.result()) == list(range(7))
    assert len(rules.result()) == 1


def test_a_listing_whose_second_page_fails_fails(calendar, emulator):
    calendar.add_events(meeting(number) for number in range(5))
    emulator.faults.add(reason="forbidden", on="events.list", skip=1)
    with calendar.batch() as batch:
        events = batch.get_events(maxResults=2)
    assert events.exception().reason == "forbidden"


def test_what_takes_several_calls_is_not_made_in_a_batch(calendar):
    assert not hasattr(calendar.batch(), "add_events")
    assert not hasattr(calendar.batch(), "wait_for_conference")
    assert not hasattr(calendar.batch(), "get_event_changes")


def test_what_fails_for_a_passing_reason_is_sent_again_by_itself(calendar, emulator):
    emulator.faults.add(status=503, on="events.insert", skip=10, times=3)
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(50)]
    assert [int(future.result().summary) for future in futures] == list(range(50))
    assert batches(emulator) == 2
    assert len(emulator.requests.of("events.insert")) == 53
    assert summaries(calendar) == list(range(50))


def test_what_fails_for_good_is_not_sent_again(calendar, emulator):
    calendar.add_event(Event("taken", start=TEN, event_id="taken"))
    emulator.requests.clear()
    with calendar.batch() as batch:
        future = batch.add_event(Event("late", start=TEN, event_id="taken"))
        batch.add_event(meeting(1))
    assert isinstance(future.exception(), ConflictError)
    assert batches(emulator) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 429},
        {"reason": "userRateLimitExceeded"},
        {"drop": "before"},
        {"drop": "after"},
        {"truncate": True},
    ],
    ids=str,
)
def test_a_batch_that_fails_as_a_whole_is_sent_again(calendar, emulator, fault):
    emulator.faults.add(on="batch", times=2, **fault)
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(60)]
    assert [int(future.result().summary) for future in futures] == list(range(60))
    assert summaries(calendar) == list(range(60))


def test_a_batch_that_is_refused_as_a_whole_says_nothing_of_its_calls(calendar, emulator):
    # A batch that cannot be found, at a wrong address perhaps, is not an event that is gone.
    event = calendar.add_event(meeting(1))
    emulator.faults.add(status=503, on="batch", times=1)
    emulator.faults.add(status=404, on="batch")
    with calendar.batch() as batch:
        future = batch.delete_event(event)
    assert isinstance(future.exception(), NotFoundError)
    assert future.exception().outcome_unknown
    assert summaries(calendar) == [1]


class Fragile(httpx2.BaseTransport):
    """A line to the emulator that breaks over one of the events."""

    def __init__(self, transport, poison):
        self.transport = transport
        self.poison = f'"summary":"{poison}"'.encode()

    def handle_request(self, request):
        if self.poison in request.read():
            return httpx2.Response(500)
        return self.transport.handle_request(request)


def test_a_call_that_the_server_fails_over_does_not_take_the_others_with_it(connect, emulator):
    calendar = connect(transport=Fragile(emulator.transport, poison=13))
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(50)]
    assert [number for number, future in enumerate(futures) if future.exception()] == [13]
    assert summaries(calendar) == [number for number in range(50) if number != 13]


class Counting(httpx2.BaseTransport):
    """A line to the emulator that fails the first times, and knows how many calls it was given each time."""

    def __init__(self, transport, failure, times):
        self.transport = transport
        self.failure = failure
        self.times = times
        self.sizes = []

    def handle_request(self, request):
        self.sizes.append(request.read().count(b"Content-ID:"))
        if len(self.sizes) <= self.times:
            raise self.failure
        return self.transport.handle_request(request)


@pytest.mark.parametrize(
    ("failure", "times", "sizes"),
    [
        pytest.param(httpx2.ReadTimeout("slow"), 1, [50, 25, 25], id="lost on the way"),
        pytest.param(httpx2.ReadTimeout("slow"), 3, [50, 25, 25, 12, 12, 12, 12, 2], id="again"),
        pytest.param(httpx2.ConnectError("refused"), 1, [50, 50], id="never sent"),
    ],
)
def test_batches_become_smaller_if_one_of_their_calls_may_be_to_blame(
    connect, emulator, failure, times, sizes
):
    line = Counting(emulator.transport, failure, times)
    calendar = connect(transport=line)
    with calendar.batch() as batch:
        for number in range(50):
            batch.add_event(meeting(number))
    # Those of a round are sent side by side, in any order.
    assert sorted(line.sizes[: len(sizes)], reverse=True) == sizes
    assert summaries(calendar) == list(range(50))


class Forgetful(httpx2.BaseTransport):
    """A line to the emulator on which the last part of the first batch's answer is lost."""

    def __init__(self, transport):
        self.transport = transport
        self.batches = 0

    def handle_request(self, request):
        response = self.transport.handle_request(request)
        if request.url.path.startswith("/batch"):
            self.batches += 1
            if self.batches == 1:
                return self._without_last_part(response)
        return response

    @staticmethod
    def _without_last_part(response):
        boundary = response.headers["Content-Type"].partition("boundary=")[2].strip('"')
        *kept, _lost, _end = response.read().split(f"--{boundary}".encode())
        body = f"--{boundary}".encode().join([*kept, b"--"])
        headers = {"Content-Type": response.headers["Content-Type"]}
        return httpx2.Response(response.status_code, headers=headers, content=body)


def test_a_call_that_the_answer_of_its_batch_says_nothing_of_is_sent_again(connect, emulator):
    line = Forgetful(emulator.transport)
    calendar = connect(transport=line)
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(3)]
    assert [future.result().summary for future in futures] == ["0", "1", "2"]
    assert summaries(calendar) == [0, 1, 2]
    assert line.batches > 1


def test_whether_a_call_was_carried_out_of_which_nothing_is_said_is_unknown(connect, emulator):
    with connect(transport=Forgetful(emulator.transport)).batch() as batch:
        batch.add_event(meeting(1))
        future = batch.add_quick_event("Lunch at noon")
    assert str(future.exception()) == (
        "No answer: RemoteProtocolError: the batch's answer has no part for this call on POST"
        " calendars/primary/events/quickAdd. Whether the call was carried out is unknown: look"
        " before you send it again."
    )


def test_an_insert_that_is_read_back_in_a_batch_which_is_refused_may_have_been_carried_out(
    connect, emulator
):
    # The insert's answer is lost, the second insert is a conflict, and reading back is refused.
    emulator.faults.add(drop="after", on="batch", times=1)
    emulator.faults.add(reason="dailyLimitExceeded", on="batch", skip=1)
    with connect().batch() as batch:
        future = batch.add_event(meeting(1))
    assert isinstance(future.exception(), ConflictError)
    assert future.exception().outcome_unknown
    emulator.faults.clear()
    assert summaries(connect()) == [1]


def test_an_insert_is_read_back_again_if_that_batch_fails_for_a_passing_reason(calendar, emulator):
    emulator.faults.add(drop="after", on="batch", times=1)
    emulator.faults.add(status=503, on="batch", skip=1, times=1)
    with calendar.batch() as batch:
        future = batch.add_event(meeting(1))
    assert future.result().summary == "1"
    assert summaries(calendar) == [1]


def test_what_a_batch_is_sent_again_for_is_logged_with_its_first_failure(
    calendar, emulator, caplog
):
    emulator.faults.add(status=503, on="events.insert", times=2)
    with (
        caplog.at_level(logging.INFO, logger="gcsa.transport.retries"),
        calendar.batch() as batch,
    ):
        for number in range(3):
            batch.add_event(meeting(number))
    (record,) = (one for one in caplog.records if one.name == "gcsa.transport.retries")
    assert record.levelname == "INFO"
    assert record.getMessage() == (
        "2 calls failed for a passing reason: Backend Error; trying again, for 120 s at most."
    )


def test_calls_that_are_not_repeatable_are_not_repeated_in_a_batch_either(calendar, emulator):
    emulator.faults.add(drop="after", on="batch", times=1)
    with calendar.batch() as batch:
        quick = batch.add_quick_event("Lunch at noon")
        added = batch.add_event(meeting(1))
    assert quick.exception().outcome_unknown
    assert "Whether the call was carried out is unknown" in str(quick.exception())
    assert added.result().summary == "1"
    assert len(list(calendar.get_events())) == 2


def test_a_limit_that_does_not_pass_is_in_each_future(calendar, emulator):
    emulator.faults.add(reason="dailyLimitExceeded", on="batch")
    with calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(3)]
    errors = [future.exception() for future in futures]
    assert all(isinstance(error, RateLimitError) for error in errors)
    assert len({id(error) for error in errors}) == 3
    assert " on POST calendars/primary/events (in a batch)." in str(errors[0])
    assert batches(emulator) == 1


def test_after_the_last_attempt_the_failure_is_in_the_future(connect, emulator):
    emulator.faults.add(status=503, on="events.insert")
    with connect(retry=Retry(attempts=3)).batch() as batch:
        future = batch.add_event(meeting(1))
    assert isinstance(future.exception(), ServerError)
    assert batches(emulator) == 3


def test_the_pause_before_another_round_is_the_longest_that_was_asked_for(calendar, emulator):
    before = emulator.clock.now()
    emulator.faults.add(status=429, retry_after=7, on="events.insert", times=1)
    emulator.faults.add(status=503, retry_after=40, on="events.insert", times=1)
    with calendar.batch() as batch:
        batch.add_event(meeting(1))
        batch.add_event(meeting(2))
    assert emulator.clock.now() - before == timedelta(seconds=40)


def test_a_failure_that_nobody_asks_for_is_logged(calendar, caplog):
    with calendar.batch() as batch:
        batch.get_event("nosuchevent")
        asked = batch.get_event("neither")
    assert asked.exception()
    with caplog.at_level(logging.ERROR, logger="gcsa.batches"):
        del batch, asked
        gc.collect()
    (record,) = caplog.records
    assert record.getMessage().startswith(
        "A call in a batch failed, and nobody asked for its result: Not Found (404 notFound) on GET"
        " calendars/primary/events/nosuchevent."
    )


def test_an_interrupted_batch_leaves_no_future_waiting(calendar, emulator, monkeypatch):
    def interrupt(_seconds):
        raise KeyboardInterrupt

    emulator.faults.add(status=503, on="events.insert", skip=1)
    monkeypatch.setattr(emulator.clock, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt), calendar.batch() as batch:
        futures = [batch.add_event(meeting(number)) for number in range(2)]
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(timeout=0)


# --- the asynchronous client's


def test_an_async_batch_fulfils_asyncio_futures(async_calendar, emulator):
    async def script():
        async with async_calendar.batch() as batch:
            futures = [batch.add_event(meeting(number)) for number in range(120)]
            assert all(isinstance(future, asyncio.Future) for future in futures)
            assert not futures[0].done()
        return [int((await future).summary) for future in futures]

    assert asyncio.run(script()) == list(range(120))
    assert batches(emulator) == 3


def test_an_exception_in_an_async_block_cancels_the_calls(async_calendar, emulator):
    futures = []

    async def book():
        async with async_calendar.batch() as batch:
            futures.append(batch.add_event(meeting(1)))
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        asyncio.run(book())
    assert futures[0].cancelled()
    assert len(emulator.requests) == 0


def test_a_cancelled_asyncio_future_is_a_call_that_is_not_made(async_calendar, calendar):
    async def script():
        async with async_calendar.batch() as batch:
            batch.add_event(meeting(1)).cancel()
            kept = batch.add_event(meeting(2))
        return await kept

    assert asyncio.run(script()).summary == "2"
    assert summaries(calendar) == [2]


def test_a_task_that_is_cancelled_while_its_batch_is_under_way_cancels_the_futures(
    async_calendar, emulator
):
    emulator.faults.add(status=503, on="events.insert")

    async def script():
        futures = []

        async def book():
            async with async_calendar.batch() as batch:
                futures.append(batch.add_event(meeting(1)))

        task = asyncio.create_task(book())
        while not emulator.requests.of("events.insert"):  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert futures[0].cancelled()

    asyncio.run(script())


def test_a_listing_in_an_async_batch_has_the_items_of_all_its_pages(async_calendar, calendar):
    calendar.add_events(meeting(number) for number in range(7))

    async def script():
        async with async_calendar.batch() as batch:
            events = batch.get_events(maxResults=3)
        return await events

    assert len(asyncio.run(script())) == 7
