"""Partial responses: what `fields` selects, of every kind of answer, and what it refuses.

https://developers.google.com/workspace/calendar/api/guides/performance#partial-response
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError
from gcsa.emulator.partial import read_fields, select

EVENT = {
    "kind": "calendar#event",
    "id": "abc",
    "summary": "Lunch",
    "creator": {"email": "me@example.com", "self": True},
    "organizer": {"email": "me@example.com", "displayName": "Me"},
    "attendees": [{"email": "a@example.com", "optional": True}, {"email": "b@example.com"}],
    "extendedProperties": {"private": {"x": "1", "y": "2"}, "shared": {"x": "3"}},
}
EVENTS = {"kind": "calendar#events", "items": [EVENT, {"id": "def"}]}
BUSY = {
    "calendars": {
        "a@example.com": {"busy": [{"start": "s", "end": "e"}], "errors": []},
        "b@example.com": {"busy": [], "errors": []},
    }
}


def selected(fields, value=EVENT, schema="Event"):
    return select(read_fields(fields, schema), value)


def refusal(fields, schema="Event"):
    with pytest.raises(ApiError) as caught:
        read_fields(fields, schema)
    return caught.value


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ("id", {"id": "abc"}),
        ("id,summary", {"id": "abc", "summary": "Lunch"}),
        ("id, summary", {"id": "abc", "summary": "Lunch"}),
        ("creator", {"creator": EVENT["creator"]}),
        ("creator/email", {"creator": {"email": "me@example.com"}}),
        ("creator(email)", {"creator": {"email": "me@example.com"}}),
        ("creator(email,self)", {"creator": EVENT["creator"]}),
        ("creator/email,creator/self", {"creator": EVENT["creator"]}),
        ("creator/email,creator", {"creator": EVENT["creator"]}),
        ("creator,creator/email", {"creator": EVENT["creator"]}),
        ("creator/*", {"creator": EVENT["creator"]}),
        (
            "attendees/email",
            {"attendees": [{"email": "a@example.com"}, {"email": "b@example.com"}]},
        ),
        ("attendees(optional)", {"attendees": [{"optional": True}, {}]}),
        ("location", {}),
        ("extendedProperties/private/x", {"extendedProperties": {"private": {"x": "1"}}}),
        (
            "extendedProperties/*/x",
            {"extendedProperties": {"private": {"x": "1"}, "shared": {"x": "3"}}},
        ),
        ("*", EVENT),
        (
            "*/displayName",
            {"creator": {}, "organizer": {"displayName": "Me"}, "attendees": [{}, {}]},
        ),
        ("", {}),
    ],
)
def test_fields_selects_of_an_event(fields, kept):
    assert selected(fields) == kept


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ("items", {"items": EVENTS["items"]}),
        ("items/id", {"items": [{"id": "abc"}, {"id": "def"}]}),
        ("kind,items(id,creator/email)", {
            "kind": "calendar#events",
            "items": [{"id": "abc", "creator": {"email": "me@example.com"}}, {"id": "def"}],
        }),
        ("items(*)", {"items": EVENTS["items"]}),
        ("items/*/self", {"items": [{"creator": {"self": True}, "organizer": {}, "attendees": [{}, {}]}, {}]}),
    ],
)  # fmt: skip
def test_fields_selects_of_every_item_of_a_list(fields, kept):
    assert selected(fields, EVENTS, "Events") == kept


def test_fields_selects_within_a_map_by_name_and_for_every_name():
    assert selected(
        "calendars/*/busy/start,calendars/b@example.com/errors", BUSY, "FreeBusyResponse"
    ) == {
        "calendars": {
            "a@example.com": {"busy": [{"start": "s"}]},
            "b@example.com": {"busy": [], "errors": []},
        }
    }


def test_selecting_leaves_the_resource_as_it_was():
    before = json.dumps(EVENT)
    selected("creator/email,attendees(email)")
    assert json.dumps(EVENT) == before


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ("colour", "colour"),
        ("id,colour", "colour"),
        ("creator/colour", "colour"),
        ("id/x", "x"),
        ("ID", "ID"),
        ("*/*/*/*/*/*/*", "*"),
        ("id,", "id,"),
        (",id", ",id"),
        ("id,,summary", "id,,summary"),
        ("creator(", "creator("),
        ("creator(email", "creator(email"),
        ("creator(email))", "creator(email))"),
        ("creator()", "creator()"),
        ("creator(email)/x", "creator(email)/x"),
        ("creator//email", "creator//email"),
        ("/", "/"),
    ],
)
def test_fields_that_are_not_there_are_refused_by_name(fields, named):
    error = refusal(fields)
    assert (error.status, error.reason, error.location) == (400, "invalidParameter", "fields")
    assert error.message == f"Invalid field selection {named}"


@pytest.mark.parametrize(
    "fields", ["(" * 50_000, "creator/" * 50_000, "id," * 50_000 + "x", "*/" * 50_000 + "id"]
)
def test_endless_fields_are_refused_in_a_short_sentence(fields):
    assert len(refusal(fields).message) < 150


def test_the_work_of_reading_fields_grows_with_their_length_only():
    assert set(read_fields("*(" + "*," * 20_000 + "*)", "Events")) >= {"items"}


@given(st.text("abid*/(),creatoremail ", max_size=40), st.sampled_from(sorted(contract().schemas)))
def test_whatever_fields_says_it_selects_or_is_refused_as_google_does(fields, schema):
    try:
        selection = read_fields(fields, schema)
    except ApiError:
        return
    assert set(select(selection, EVENT)) <= set(EVENT)


def test_an_answer_has_only_the_fields_that_are_asked_for(me, meeting):
    event = me.insert(meeting, fields="id,start/dateTime")
    assert event == {"id": event["id"], "start": {"dateTime": "2026-03-03T10:00:00Z"}}
    assert me.get(event["id"], fields="summary") == {"summary": "Meeting"}
    assert me.list(fields="items/summary") == {"items": [{"summary": "Meeting"}]}


def test_a_call_with_wrong_fields_changes_nothing(me, meeting):
    error = me.error("POST", "/calendars/primary/events", meeting, fields="colour")
    assert error["message"] == "Invalid field selection colour"
    assert me.items() == []


def test_of_two_fields_parameters_the_first_counts(me, meeting):
    me.insert(meeting)
    assert me.list(fields=["items/summary", "kind"]) == {"items": [{"summary": "Meeting"}]}


def test_fields_of_a_call_without_an_answer_are_of_no_account(me, meeting):
    event = me.insert(meeting)
    me.delete(event["id"], fields="id")
    assert me.get(event["id"])["status"] == "cancelled"


def test_an_error_is_whole_whatever_fields_are_asked_for(me):
    error = me.error("GET", "/calendars/primary/events/nosuchevent", fields="id")
    assert (error["status"], error["reason"]) == (404, "notFound")
