"""An event as one row of a table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution, EntryPoint
from gcsa.event import Event
from gcsa.person import Person
from gcsa.serializers.event_serializer import EventSerializer

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

COLUMNS = [
    *("id", "summary", "start", "end", "all_day", "minutes", "timezone", "description", "location"),
    *("status", "event_type", "transparency", "visibility", "color_id", "creator", "organizer"),
    *("attendees", "response_status", "conference", "attachments", "recurrence"),
    *(
        "recurring_event_id",
        "original_start",
        "created",
        "updated",
        "html_link",
        "ical_uid",
        "etag",
    ),
]

EVENTS = [
    Event("Lunch", start=TEN),
    Event("Trip", start=date(2026, 3, 2)),
    Event("Cancelled", start=None),
    EventSerializer.to_object({"id": "abc123"}),
    EventSerializer.to_object({"start": 5, "attendees": [{}, None], "conferenceData": {}}),
]


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_the_same_columns(event):
    assert list(event.to_dict()) == COLUMNS


@pytest.mark.parametrize("event", EVENTS)
def test_every_value_is_a_plain_one(event):
    assert {type(value) for value in event.to_dict().values()} <= {
        *(str, int, bool, datetime, type(None)),
    }


def test_times_are_in_utc():
    row = Event("Lunch", start=datetime(2026, 7, 2, 10), timezone="Europe/Prague").to_dict()
    assert row["start"] == datetime(2026, 7, 2, 8, tzinfo=UTC)
    assert row["start"].tzinfo is UTC
    assert row["end"] - row["start"] == timedelta(hours=1)
    assert row["minutes"] == 60
    assert row["timezone"] == "Europe/Prague"
    assert row["all_day"] is False


def test_days_keep_their_dates_wherever_one_is():
    row = Event("Trip", start=date(2026, 3, 2), end=date(2026, 3, 5)).to_dict()
    assert row["start"] == datetime(2026, 3, 2, tzinfo=UTC)
    assert row["end"] == datetime(2026, 3, 5, tzinfo=UTC)
    assert row["minutes"] == 3 * 24 * 60
    assert row["all_day"] is True


def test_people_are_their_addresses():
    row = Event(
        "Review",
        start=TEN,
        attendees=["ann@x.com", Attendee("me@x.com", _is_self=True, _response_status="accepted")],
        _creator=Person("eve@x.com"),
        _organizer=Person("bob@x.com"),
    ).to_dict()
    assert row["attendees"] == "ann@x.com, me@x.com"
    assert row["response_status"] == "accepted"
    assert (row["creator"], row["organizer"]) == ("eve@x.com", "bob@x.com")


def test_a_conference_is_the_link_to_its_video():
    solution = ConferenceSolution(
        [EntryPoint("phone", uri="tel:+420123"), EntryPoint("video", uri="https://meet.example/a")]
    )
    assert Event("Review", start=TEN, conference_solution=solution).to_dict()["conference"] == (
        "https://meet.example/a"
    )


def test_lists_become_texts():
    row = Event(
        "Review",
        start=TEN,
        attachments=[Attachment("https://a.example"), Attachment("https://b.example")],
        recurrence=["RRULE:FREQ=DAILY", "EXDATE:20260303T100000Z"],
    ).to_dict()
    assert row["attachments"] == "https://a.example, https://b.example"
    assert row["recurrence"] == "RRULE:FREQ=DAILY\nEXDATE:20260303T100000Z"


def test_what_is_not_there_is_none():
    row = Event("Lunch", start=TEN).to_dict()
    assert [name for name in COLUMNS if row[name] is None] == [
        *("id", "timezone", "description", "location", "status", "transparency", "color_id"),
        *("creator", "organizer", "attendees", "response_status", "conference", "attachments"),
        *("recurrence", "recurring_event_id", "original_start", "created", "updated"),
        *("html_link", "ical_uid", "etag"),
    ]


def test_rows_are_what_a_csv_writer_takes():
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(event.to_dict() for event in EVENTS)
    assert len(list(csv.DictReader(io.StringIO(text.getvalue())))) == len(EVENTS)
