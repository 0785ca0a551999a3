"""Any number of events added, updated and deleted at once."""

from __future__ import annotations

import asyncio
import copy
import pickle
from datetime import UTC, datetime, timedelta

import pytest

from gcsa.errors import BulkError, ConflictError, GoneError, PreconditionFailedError
from gcsa.event import Event

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def calendar(unbatched):
    return unbatched


def meeting(number, **kwargs):
    return Event(f"{number}", start=TEN + timedelta(minutes=number), **kwargs)


def summaries(calendar):
    return sorted(int(event.summary) for event in calendar.get_events(maxResults=2500))


def test_added_events_are_returned_as_stored_in_order(calendar, emulator):
    added = calendar.add_events([meeting(number) for number in range(120)])
    assert [event.summary for event in added] == [f"{number}" for number in range(120)]
    assert all(event.etag for event in added)
    assert len(emulator.requests.of("batch")) == 3
    assert summaries(calendar) == list(range(120))


def test_updated_events_are_returned_as_stored_in_order(calendar):
    added = calendar.add_events(meeting(number) for number in range(60))
    for event in added:
        event.location = f"Room {event.summary}"
    updated = calendar.update_events(added)
    assert [event.location for event in updated] == [f"Room {number}" for number in range(60)]


def test_deleted_events_are_gone(calendar):
    added = calendar.add_events(meeting(number) for number in range(60))
    assert calendar.delete_events(added[:30] + [event.id for event in added[30:50]]) is None
    assert summaries(calendar) == list(range(50, 60))


def test_no_events_are_no_calls(calendar, emulator):
    assert calendar.add_events([]) == []
    assert calendar.delete_events(iter(())) is None
    assert len(emulator.requests) == 0


def test_the_arguments_of_a_single_call_hold_for_each(calendar, emulator):
    calendar.add_events([meeting(1)], "all", "me@example.com", maxAttendees=1)
    (call,) = emulator.requests.of("events.insert")
    assert call.query["sendUpdates"] == ["all"]
    assert call.query["maxAttendees"] == ["1"]
    assert "me%40example.com" in call.path


def test_a_generator_is_never_more_than_200_ahead(calendar, emulator):
    ahead = []

    def meetings():
        for number in range(600):
            ahead.append(number - len(emulator.requests))
            yield meeting(number)

    assert len(calendar.add_events(meetings())) == 600
    assert max(ahead) < 200
    assert summaries(calendar) == list(range(600))


def test_progress_is_reported(calendar):
    reported = []
    calendar.add_events((meeting(number) for number in range(450)), progress=reported.append)
    assert reported == [200, 400, 450]


def test_those_that_fail_do_not_keep_the_others_from_being_stored(calendar):
    calendar.add_event(Event("taken", start=TEN - timedelta(days=9), event_id="taken"))
    with pytest.raises(BulkError) as raised:
        calendar.add_events(
            [meeting(0), meeting(1, event_id="taken"), meeting(2), meeting(3, event_id="no!")]
        )
    results = raised.value.results
    assert [getattr(result, "summary", None) for result in results] == ["0", None, "2", None]
    assert isinstance(results[1], ConflictError)
    assert isinstance(results[3], ValueError)
    assert raised.value.failures == [results[1], results[3]]
    assert str(raised.value) == (
        "2 of 4 calls failed. The first is results[1]: The requested identifier already exists (409"
        " duplicate) on POST calendars/primary/events. Choose another id; an id stays taken after"
        " its event is deleted. What happened to each call is in `results`, in order."
    )
    assert summaries(calendar) == [0, 2]


def test_failures_beyond_the_first_two_hundred_are_in_their_places(calendar):
    added = calendar.add_events(meeting(number) for number in range(250))
    calendar.delete_event(added[230])
    with pytest.raises(BulkError) as raised:
        calendar.delete_events(added)
    failed = [n for n, result in enumerate(raised.value.results) if result is not None]
    assert failed == [230]
    assert isinstance(raised.value.results[230], GoneError)
    assert summaries(calendar) == []


def test_a_bulk_error_can_be_copied_and_sent_to_another_process(calendar):
    with pytest.raises(BulkError) as raised:
        calendar.delete_events(["nosuchevent"])
    for copied in (copy.copy(raised.value), pickle.loads(pickle.dumps(raised.value))):
        assert str(copied) == str(raised.value)
        assert len(copied.failures) == 1


def test_updates_if_unchanged_leave_what_somebody_has_changed(calendar):
    mine = calendar.add_events(meeting(number) for number in range(3))
    calendar.patch_event(mine[1].id, summary="100")
    for event in mine:
        event.summary = "7"
    with pytest.raises(BulkError) as raised:
        calendar.update_events(mine, if_unchanged=True)
    assert isinstance(raised.value.failures[0], PreconditionFailedError)
    assert summaries(calendar) == [7, 7, 100]


def test_an_update_of_what_has_no_id_fails_alone(calendar):
    stored = calendar.add_event(meeting(1))
    with pytest.raises(
        BulkError, match=r"1 of 2 calls failed\. The first is results\[0\]: This event"
    ):
        calendar.update_events([meeting(0), stored])


@pytest.mark.parametrize("call", ["add_events", "update_events", "delete_events"])
@pytest.mark.parametrize("one", ["abc123", meeting(1), 5])
def test_one_event_is_not_several(calendar, emulator, call, one):
    with pytest.raises(TypeError, match="events must be an iterable of events, not "):
        getattr(calendar, call)(one)
    assert len(emulator.requests) == 0


@pytest.mark.parametrize("call", ["add_events", "update_events", "delete_events"])
def test_an_argument_that_is_wrong_for_all_is_refused_at_once(calendar, call):
    with pytest.raises(ValueError, match="send_updates must be one of 'all', 'externalOnly'"):
        getattr(calendar, call)([], send_updates="everybody")
    with pytest.raises(TypeError, match="'send_update' is neither an argument of this call nor"):
        getattr(calendar, call)([], send_update="all")


def test_an_iterator_that_fails_says_how_far_the_calls_came(calendar):
    def meetings():
        for number in range(210):
            yield meeting(number)
        raise OSError("the file ends here")

    with pytest.raises(OSError, match="the file ends here") as raised:
        calendar.add_events(meetings())
    assert raised.value.__notes__ == ["The first 200 events are done."]
    assert summaries(calendar) == list(range(200))


def test_a_listing_can_be_what_is_deleted(emulator):
    calendar = emulator.client()
    calendar.add_events(meeting(number) for number in range(30))
    calendar.delete_events(calendar.get_events())
    assert summaries(calendar) == []


def test_an_asynchronous_listing_can_be_what_is_deleted(emulator):
    async def script():
        async with emulator.async_client() as calendar:
            await calendar.add_events(meeting(number) for number in range(450))
            await calendar.delete_events(calendar.get_events(maxResults=100))
            return [event async for event in calendar.get_events()]

    assert asyncio.run(script()) == []


def test_an_asynchronous_listing_is_for_the_asynchronous_client(emulator):
    async def meetings():
        yield meeting(1)

    with pytest.raises(TypeError, match="async_generator is asynchronous: AsyncGoogleCalendar"):
        emulator.client().add_events(meetings())
