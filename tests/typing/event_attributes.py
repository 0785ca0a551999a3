"""What type checkers see of an event's attributes and of its properties over `other`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, assert_type

from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution, ConferenceSolutionCreateRequest
from gcsa.event import Event
from gcsa.serializers.event_serializer import EventSerializer
from gcsa.serializers.page import Page


def attributes(event: Event) -> None:
    assert_type(event.summary, str | None)
    assert_type(event.start, date | datetime | None)
    assert_type(event.attendees, list[Attendee])
    assert_type(event.default_reminders, bool)
    assert_type(event.conference_data, ConferenceSolution | ConferenceSolutionCreateRequest | None)
    assert_type(event.other, dict[str, Any])


def properties(event: Event) -> None:
    assert_type(event.etag, str | None)
    assert_type(event.sequence, int | None)
    assert_type(event.event_type, str)
    assert_type(event.locked, bool)
    assert_type(event.original_start_time, date | datetime | None)
    assert_type(event.extended_properties, dict[str, Any] | None)
    event.status = "tentative"
    event.status = None
    event.private_copy = True
    event.original_start_time = date(2025, 6, 2)


def assignments(event: Event) -> None:
    event.attendees = [Attendee("b@example.com")]
    event.recurrence = ["RRULE:FREQ=DAILY"]
    event.start = datetime(2025, 6, 2, 10)


def serializers(event: Event, body: bytes) -> None:
    assert_type(EventSerializer.to_json(event), dict[str, Any])
    assert_type(EventSerializer.to_object("{}"), Event)
    assert_type(EventSerializer.from_bytes(body), Event)
    assert_type(EventSerializer.page_from_bytes(body), Page[Event])
    assert_type(EventSerializer(event).get_object(), Event)
