"""The decorators that make a described call into one that is made."""

from __future__ import annotations

import inspect
import pydoc
import re
from pathlib import Path

import pytest

from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.operations.arguments import identity
from gcsa.operations.operation import Operation, path
from gcsa.operations.verbs import Tasks, Verbs


def test_a_method_shows_its_own_signature_with_the_result_it_returns():
    signature = inspect.signature(GoogleCalendar.get_event)
    assert list(signature.parameters) == ["self", "event_id", "calendar_id", "kwargs"]
    assert signature.return_annotation == "Event"


def test_a_listing_shows_an_iterator():
    assert inspect.signature(GoogleCalendar.get_events).return_annotation == "Iterator[Event]"


def test_a_procedure_shows_its_result():
    signature = inspect.signature(GoogleCalendar.wait_for_conference)
    assert signature.return_annotation == "Event"


def test_help_shows_the_docstring_of_every_call():
    text = pydoc.plain(pydoc.render_doc(GoogleCalendar))
    # From Python 3.13 on a long signature is broken over several lines.
    assert re.search(r"get_event\(\s*\|?\s*self,\s*\|?\s*/,\s*\|?\s*event_id: ", text)
    assert "Return one event." in text


@pytest.mark.parametrize("client", [GoogleCalendar, AsyncGoogleCalendar])
def test_every_public_method_is_documented(client):
    undocumented = [
        name
        for name, member in inspect.getmembers(client, callable)
        if not name.startswith("_") and not inspect.getdoc(member)
    ]
    assert undocumented == []


def test_both_clients_have_the_same_calls():
    def calls(client):
        return {name for name in dir(client) if not name.startswith("_")} - {"close", "aclose"}

    assert calls(GoogleCalendar) == calls(AsyncGoogleCalendar)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (("calendars", "a@b.com"), "calendars/a%40b.com"),
        (("calendars", "a/../b"), "calendars/a%2F..%2Fb"),
        (("calendars", "x#y?z"), "calendars/x%23y%3Fz"),
        (("calendars", "Ž"), "calendars/%C5%BD"),
    ],
)
def test_identifiers_are_quoted_in_a_path(segments, expected):
    assert path(*segments) == expected


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_what_would_name_another_resource_is_refused(segment):
    with pytest.raises(ValueError, match="is not an identifier"):
        path("calendars", segment, "events")


def test_an_operation_says_what_it_asks():
    operation = Operation("GET", "calendars/primary", bytes)
    assert str(operation) == "GET calendars/primary"


def test_identity_takes_an_object_or_its_id():
    assert identity("abc", Event, "event") == "abc"
    with pytest.raises(ValueError, match="event is an empty string, and not an id"):
        identity("", Event, "event")


def test_the_type_of_every_call_is_checked():
    text = (Path(__file__).parents[1] / "typing" / "calls.py").read_text()
    calls = {
        name
        for verbs in (*Verbs.__bases__, *Tasks.__bases__)
        for name, member in vars(verbs).items()
        if hasattr(member, "of")
    }
    assert len(calls) > 50
    assert [name for name in sorted(calls) if f"calendar.{name}(" not in text] == []
