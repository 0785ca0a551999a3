"""What Google says of an event beyond the arguments of `Event`, as typed properties."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gcsa.event import Event
from gcsa.event_properties import PROPERTIES, Writable
from gcsa.serializers.event_keys import KEYS, READ_ONLY
from gcsa.serializers.event_serializer import EventSerializer
from tests.strategies.discovery import SCHEMAS

TEN = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
EVENT = SCHEMAS["Event"]["properties"]

A_VALUE_OF_EACH: dict[str, tuple[Any, Any]] = {
    "etag": ('"1"', '"1"'),
    "status": ("tentative", "tentative"),
    "html_link": ("https://a.b", "https://a.b"),
    "ical_uid": ("a@google.com", "a@google.com"),
    "sequence": (3, 3),
    "hangout_link": ("https://meet.google.com/a", "https://meet.google.com/a"),
    "event_type": ("focusTime", "focusTime"),
    "event_label_id": ("label", "label"),
    "original_start_time": (TEN, {"dateTime": "2025-06-02T10:00:00+00:00"}),
    "extended_properties": ({"private": {"a": "b"}}, {"private": {"a": "b"}}),
    "source": ({"title": "A", "url": "https://a.b"}, {"title": "A", "url": "https://a.b"}),
    "locked": (True, True),
    "private_copy": (True, True),
    "attendees_omitted": (True, True),
    "anyone_can_add_self": (True, True),
    "end_time_unspecified": (True, True),
    "focus_time_properties": ({"chatStatus": "doNotDisturb"}, {"chatStatus": "doNotDisturb"}),
    "out_of_office_properties": ({"declineMessage": "away"}, {"declineMessage": "away"}),
    "working_location_properties": ({"type": "homeOffice"}, {"type": "homeOffice"}),
    "birthday_properties": ({"type": "birthday"}, {"type": "birthday"}),
}
WRITABLE = sorted(name for name, p in PROPERTIES.items() if isinstance(p, Writable))
READABLE_ONLY = sorted(PROPERTIES.keys() - set(WRITABLE))


def read(name: str, event: Event) -> Any:
    return getattr(event, name)


def test_there_is_a_value_to_test_each_property_with() -> None:
    assert A_VALUE_OF_EACH.keys() == PROPERTIES.keys()


def test_every_field_of_google_is_an_attribute_but_for_two() -> None:
    covered = KEYS.keys() | READ_ONLY | {p.key for p in PROPERTIES.values()}
    # What kind of resource it is says its class; gadgets are gone from Google Calendar.
    assert EVENT.keys() - covered == {"kind", "gadget"}
    assert covered <= EVENT.keys()


def test_the_names_are_googles_in_python() -> None:
    for name, item in PROPERTIES.items():
        assert name.replace("_", "") == item.key.lower()


def test_those_without_a_setter_are_read_only_at_google() -> None:
    read_only = {
        name
        for name, item in PROPERTIES.items()
        if re.search(r"read-only", EVENT[item.key]["description"], re.IGNORECASE)
    }
    assert set(READABLE_ONLY) == read_only | {"etag"}


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_each_is_read_from_what_google_sent(name: str) -> None:
    value, in_json = A_VALUE_OF_EACH[name]
    event = EventSerializer.to_object({PROPERTIES[name].key: in_json})
    assert read(name, event) == value


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_each_may_be_given_to_the_constructor(name: str) -> None:
    value, in_json = A_VALUE_OF_EACH[name]
    event = Event("Meeting", TEN, **{name: value})
    assert read(name, event) == value
    assert event.other == {PROPERTIES[name].key: in_json}


@pytest.mark.parametrize("name", WRITABLE)
def test_each_that_google_lets_one_write_may_be_set_and_taken_away(name: str) -> None:
    value, in_json = A_VALUE_OF_EACH[name]
    event = Event("Meeting", TEN)
    before = read(name, event)
    setattr(event, name, value)
    assert read(name, event) == value
    assert EventSerializer.to_json(event)[PROPERTIES[name].key] == in_json
    setattr(event, name, None)
    assert read(name, event) == before
    assert event.other == {}


@pytest.mark.parametrize("name", READABLE_ONLY)
def test_the_others_may_not_be_set(name: str) -> None:
    event = Event("Meeting", TEN)
    with pytest.raises(AttributeError, match=f"property '{name}' of 'Event' object has no setter"):
        setattr(event, name, A_VALUE_OF_EACH[name][0])
    assert event.other == {}


@pytest.mark.parametrize("name", sorted(PROPERTIES))
@pytest.mark.parametrize("odd", [None, 5.5, ["a"], {"dateTime": 5}])
def test_an_odd_value_is_none_or_false_but_stays_in_other(name: str, odd: object) -> None:
    event = EventSerializer.to_object({PROPERTIES[name].key: odd})
    if not (isinstance(odd, dict) and isinstance(A_VALUE_OF_EACH[name][0], dict)):
        assert read(name, event) in (None, False, "default")
    assert event.other == {PROPERTIES[name].key: odd}


def test_what_google_does_not_say_is_none_or_its_default() -> None:
    event = Event("Meeting", TEN)
    assert {name: read(name, event) for name in PROPERTIES} == {
        **dict.fromkeys(PROPERTIES),
        "event_type": "default",
        "locked": False,
        "private_copy": False,
        "attendees_omitted": False,
        "anyone_can_add_self": False,
        "end_time_unspecified": False,
    }


def test_the_original_start_of_an_all_day_instance_is_a_date() -> None:
    event = Event("Holiday", date(2025, 6, 3), original_start_time=date(2025, 6, 2))
    assert event.original_start_time == date(2025, 6, 2)
    assert event.other == {"originalStartTime": {"date": "2025-06-02"}}


def test_a_naive_original_start_is_in_the_events_zone() -> None:
    event = Event("Meeting", datetime(2025, 6, 2, 10), timezone="Europe/Prague")
    event.original_start_time = datetime(2025, 6, 2, 9)
    assert event.other == {
        "originalStartTime": {"dateTime": "2025-06-02T09:00:00", "timeZone": "Europe/Prague"}
    }


def test_googles_own_names_go_into_other_as_they_are() -> None:
    event = Event("Meeting", TEN, extendedProperties={"private": {"a": "b"}}, gadget=None)
    assert event.extended_properties == {"private": {"a": "b"}}
    assert event.other == {"extendedProperties": {"private": {"a": "b"}}, "gadget": None}


def test_a_dict_may_be_changed_in_place() -> None:
    event = EventSerializer.to_object({"extendedProperties": {"private": {"a": "b"}}})
    event.extended_properties["private"]["a"] = "c"
    assert EventSerializer.to_json(event) == {"extendedProperties": {"private": {"a": "c"}}}


def test_each_says_what_it_is() -> None:
    assert Event.html_link.__doc__ == "The event's page in Google Calendar."
    assert all(item.__doc__ for item in PROPERTIES.values())
