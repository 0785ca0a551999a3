"""An event that was read cannot be told from one whose attributes were all read at once."""

from __future__ import annotations

import copy
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import attrs
import pytest

from gcsa._on_demand import attributes_looked_at, on_demand, sent_by_server
from gcsa.attendee import Attendee
from gcsa.event import Event
from gcsa.serializers.event_keys import READERS
from gcsa.serializers.event_serializer import EventSerializer


def sent() -> dict[str, Any]:
    return {
        "id": "abc12",
        "summary": "Meeting",
        "start": {"dateTime": "2025-06-02T10:00:00Z"},
        "end": {"dateTime": "2025-06-02T11:00:00Z"},
        "attendees": [{"email": "a@example.com"}],
        "status": "confirmed",
    }


@pytest.fixture
def event() -> Event:
    return EventSerializer.to_object(sent())


def test_every_attribute_of_an_event_can_be_read() -> None:
    assert set(READERS) == {field.name for field in attrs.fields(Event)}


def test_nothing_is_read_before_somebody_looks(event: Event) -> None:
    assert not attributes_looked_at(event)
    assert event.summary == "Meeting"
    assert attributes_looked_at(event) == {"summary"}


def test_a_listing_is_not_read_before_somebody_looks() -> None:
    page = EventSerializer.page_from_bytes(b'{"items": [{"summary": "A"}, {"summary": "B"}]}')
    assert not any(attributes_looked_at(event) for event in page.items)
    assert [event.summary for event in page.items] == ["A", "B"]


def test_an_attribute_is_the_same_object_each_time(event: Event) -> None:
    assert event.attendees is event.attendees
    assert event.other is event.other


def test_vars_has_every_attribute_and_nothing_else(event: Event) -> None:
    assert vars(event).keys() == set(READERS)
    assert vars(event)["attendees"] is event.attendees


def test_vars_is_where_the_attributes_are(event: Event) -> None:
    vars(event)["summary"] = "Lunch"
    assert event.summary == "Lunch"


def test_dir_has_every_attribute(event: Event) -> None:
    assert set(READERS) <= set(dir(event))


def test_attrs_sees_every_attribute(event: Event) -> None:
    assert attrs.asdict(event, recurse=False) == vars(event)


def test_it_is_equal_before_and_after_somebody_has_looked(event: Event) -> None:
    looked_at = EventSerializer.to_object(sent())
    vars(looked_at)
    assert event == looked_at
    assert EventSerializer.to_object(sent() | {"summary": "Lunch"}) != looked_at


def test_it_is_equal_to_an_event_that_a_person_built(event: Event) -> None:
    assert event == Event(
        "Meeting",
        datetime(2025, 6, 2, 10, tzinfo=UTC),
        event_id="abc12",
        attendees="a@example.com",
        status="confirmed",
    )


def test_what_is_set_before_anything_was_read_stays(event: Event) -> None:
    event.summary = "Lunch"
    assert event.summary == "Lunch"
    assert vars(event)["summary"] == "Lunch"


def test_what_is_set_is_checked_as_in_any_event(event: Event) -> None:
    with pytest.raises(TypeError, match="summary must be a string, not int"):
        event.summary = 5
    event.attendees = "b@example.com"
    assert event.attendees == [Attendee("b@example.com")]


def test_a_shallow_copy_shares_lists_that_nobody_had_looked_at(event: Event) -> None:
    same = copy.copy(event)
    event.add_attendee("b@example.com")
    assert same.attendees is event.attendees


def test_a_deep_copy_shares_nothing(event: Event) -> None:
    same = copy.deepcopy(event)
    event.add_attendee("b@example.com")
    event.other["status"] = "tentative"
    assert same.attendees == [Attendee("a@example.com")]
    assert same.status == "confirmed"
    assert EventSerializer.to_json(same) == sent()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_has_everything_and_is_changed_like_the_original(
    event: Event, protocol: int
) -> None:
    same = pickle.loads(pickle.dumps(event, protocol))
    assert same == event
    same.summary = "Lunch"
    assert EventSerializer.to_json(same) == sent() | {"summary": "Lunch"}


def test_a_copy_of_a_copy_still_sends_back_what_came(event: Event) -> None:
    same = pickle.loads(pickle.dumps(copy.deepcopy(copy.copy(event))))
    assert EventSerializer.to_json(same) == sent()


def test_what_the_server_sent_is_never_changed() -> None:
    resource = sent() | {
        "attendees": [{"email": "a@example.com", "new": [1]}],
        "conferenceData": {"parameters": {"new": 1}},
        "creator": {"new": {}},
        "source": {"url": "https://a.b"},
    }
    event = EventSerializer.to_object(resource)
    event.attendees[0].other["new"].append(2)
    event.conference_solution.other["parameters"]["new"] = 2
    event.creator.other["new"]["x"] = 2
    event.other["source"]["url"] = "https://c.d"
    assert sent_by_server(event) == resource


def test_it_may_be_referred_to_weakly(event: Event) -> None:
    assert weakref.ref(event)() is event


def test_the_class_has_its_attributes_by_name() -> None:
    assert Event.summary.name == "summary"


def test_an_event_that_is_not_built_yet_has_no_attributes() -> None:
    with pytest.raises(AttributeError, match="'Event' object has no attribute 'summary'"):
        _ = Event.__new__(Event).summary


def test_a_person_built_event_was_not_sent() -> None:
    assert sent_by_server(Event("Meeting", datetime(2025, 6, 2, 10, tzinfo=UTC))) is None


def test_threads_that_look_at_the_same_time_see_the_same_list() -> None:
    threads = 8
    barrier = Barrier(threads)

    def reading_together(resource: dict[str, Any]) -> list[str]:
        # All have begun to read before one of them has finished.
        barrier.wait(timeout=30)
        return list(resource)

    event = on_demand(Event, sent(), {"recurrence": reading_together})
    with ThreadPoolExecutor(threads) as pool:
        seen = list(pool.map(lambda _: event.recurrence, range(threads)))
    assert all(each is event.recurrence for each in seen)


def test_what_a_thread_sets_while_another_one_reads_wins() -> None:
    def slow(resource: dict[str, Any]) -> str:
        event.summary = "Lunch"
        return "Meeting"

    event = on_demand(Event, sent(), {"summary": slow})
    assert event.summary == "Lunch"
