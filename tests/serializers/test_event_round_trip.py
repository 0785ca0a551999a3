"""What Google sends of events goes back as it came, whatever it is, and nothing raises."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gcsa._on_demand import attributes_looked_at
from gcsa.event import Event
from gcsa.serializers.event_keys import READ_ONLY, READERS
from gcsa.serializers.event_serializer import EventSerializer
from tests.strategies.discovery import json_values, odd_resources, resources

any_events = st.one_of(resources("Event"), odd_resources("Event"))
any_pages = st.one_of(resources("Events"), odd_resources("Events"))

brief = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

A_CANCELLED_EVENT = {"kind": "calendar#event", "etag": '"1"', "id": "abc", "status": "cancelled"}
A_CONFERENCE_WITHOUT_ENTRY_POINTS = {
    "conferenceData": {
        "createRequest": {"requestId": "r", "status": {"statusCode": "success"}},
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}},
    }
}
AN_ENTRY_POINT_WITHOUT_A_TYPE = {"conferenceData": {"entryPoints": [{"uri": "https://a.b"}, None]}}
ZONES_THAT_DIFFER = {
    "start": {"dateTime": "2025-06-02T10:00:00Z", "timeZone": "Europe/Prague", "x": [1]},
    "end": {"dateTime": "2025-06-02T10:00:00.000+00:00", "timeZone": "Asia/Tokyo", "date": None},
}
TIMES_THAT_ARE_NONE = {
    "start": {"dateTime": "2016-12-31T23:59:60Z", "timeZone": "../../etc/passwd"},
    "end": {"date": "2025-02-30"},
    "originalStartTime": {"dateTime": 5, "timeZone": "\x00"},
}


def what_is_sent_back(resource: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if key not in READ_ONLY}


def look_at_everything(event: Event) -> None:
    for name in dir(event):
        if not name.startswith("_"):
            getattr(event, name)
    str(event)
    repr(event)
    _ = event < event
    assert event == copy.deepcopy(event)


def as_bytes(value: object) -> bytes:
    # Compared as bytes: == takes 1, 1.0 and True for the same. The keys' order counts, too.
    return msgspec.json.encode(value)


@brief
@given(resource=any_events)
@example(resource=A_CANCELLED_EVENT)
@example(resource=A_CONFERENCE_WITHOUT_ENTRY_POINTS)
@example(resource=AN_ENTRY_POINT_WITHOUT_A_TYPE)
@example(resource=ZONES_THAT_DIFFER)
@example(resource=TIMES_THAT_ARE_NONE)
@example(resource={})
def test_what_was_read_is_sent_back_as_it_came(resource: dict[str, Any]) -> None:
    event = EventSerializer.to_object(resource)
    assert as_bytes(EventSerializer.to_json(event)) == as_bytes(what_is_sent_back(resource))


@brief
@given(resource=any_events)
@example(resource=A_CONFERENCE_WITHOUT_ENTRY_POINTS)
@example(resource=AN_ENTRY_POINT_WITHOUT_A_TYPE)
@example(resource=ZONES_THAT_DIFFER)
@example(resource=TIMES_THAT_ARE_NONE)
def test_looking_at_everything_changes_nothing_of_what_is_sent_back(
    resource: dict[str, Any],
) -> None:
    event = EventSerializer.to_object(resource)
    look_at_everything(event)
    assert attributes_looked_at(event) >= READERS.keys()
    assert as_bytes(EventSerializer.to_json(event)) == as_bytes(what_is_sent_back(resource))


@brief
@given(resource=any_events)
def test_neither_reading_nor_writing_changes_what_it_was_given(resource: dict[str, Any]) -> None:
    before = copy.deepcopy(resource)
    event = EventSerializer.to_object(resource)
    look_at_everything(event)
    written = EventSerializer.to_json(event)
    assert as_bytes(resource) == as_bytes(before)

    again = as_bytes(written)
    make_a_mess_of(resource)
    make_a_mess_of(written)
    assert as_bytes(EventSerializer.to_json(event)) == again


def make_a_mess_of(value: Any) -> None:
    """Change every list and dict in it."""
    inner = value.values() if isinstance(value, dict) else value
    for item in list(inner):
        if isinstance(item, (dict, list)):
            make_a_mess_of(item)
    value.clear()


@brief
@given(resource=any_events)
def test_copies_and_pickles_are_equal_and_send_back_the_same(resource: dict[str, Any]) -> None:
    for duplicate in (copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))):
        event = EventSerializer.to_object(resource)
        same = duplicate(event)
        assert same == event
        assert as_bytes(EventSerializer.to_json(same)) == as_bytes(EventSerializer.to_json(event))


@brief
@given(resource=any_events)
def test_vars_has_every_attribute_before_any_was_looked_at(resource: dict[str, Any]) -> None:
    one, other = EventSerializer.to_object(resource), EventSerializer.to_object(resource)
    assert vars(one) == {name: getattr(other, name) for name in READERS}


@brief
@given(page=any_pages)
def test_a_listing_never_fails_and_loses_nothing(page: dict[str, Any]) -> None:
    read = EventSerializer.page_from_bytes(as_bytes(page))
    for event in read.items:
        look_at_everything(event)

    sent = page.get("items")
    objects = [item for item in sent if isinstance(item, dict)] if isinstance(sent, list) else []
    assert as_bytes([EventSerializer.to_json(event) for event in read.items]) == as_bytes(
        [what_is_sent_back(item) for item in objects]
    )
    envelope = {key: value for key, value in page.items() if key != "items"}
    kept = {key: value for key, value in read.other.items() if key != "items"}
    tokens = {"nextPageToken": read.next_page_token, "nextSyncToken": read.next_sync_token}
    said = {key: token for key, token in tokens.items() if token is not None}
    assert kept | said == envelope


@brief
@given(resource=any_events, value=json_values())
def test_what_is_put_into_other_is_sent(resource: dict[str, Any], value: Any) -> None:
    event = EventSerializer.to_object(resource)
    event.other["somethingNew"] = value
    sent = what_is_sent_back(resource) | {"somethingNew": value}
    assert as_bytes(EventSerializer.to_json(event)) == as_bytes(sent)


@brief
@given(resource=any_events)
def test_a_change_wins_and_leaves_the_rest_as_it_came(resource: dict[str, Any]) -> None:
    event = EventSerializer.to_object(resource)
    event.summary = "Lunch, after all"
    event.attendees = ["a@example.com"]
    event.conference_solution = None
    written = EventSerializer.to_json(event)
    changed = {"summary": "Lunch, after all", "attendees": [{"email": "a@example.com"}]}
    expected = what_is_sent_back(resource) | changed
    # Where it could not be read as a conference, there was nothing to be taken away.
    if isinstance(resource.get("conferenceData"), dict):
        del expected["conferenceData"]
    assert written == expected
