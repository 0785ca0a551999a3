"""iCalendar files as Google, Apple, Outlook and Exchange write them, each named for its quirks.

They were built by what these programs are known to write, with made-up people and places; each has a line ending and an
encoding as its program has it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gcsa.ical import from_ical, to_ical
from gcsa.ical.writing import resource_of

FILES = Path(__file__).parent / "ical_files"
NAMES = sorted(path.name for path in FILES.glob("*.ics"))


def read(name):
    data = (FILES / name).read_bytes()
    # Kept with plain line ends, so that they can be looked at; written by their programs with these.
    return list(from_ical(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))


def reminders(event):
    return [(one.method, one.minutes_before_start) for one in event.reminders]


def test_google_changed_and_cancelled_instances_and_meet(caplog):
    series, changed, holidays = read("google_changed_and_cancelled_instances_and_meet.ics")

    assert (series.start, series.timezone) == (datetime(2026, 3, 2, 9), "Europe/Prague")
    assert series.recurrence == [
        "RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z;BYDAY=MO",
        "EXDATE;TZID=Europe/Prague:20260316T090000",
    ]
    assert [(one.display_name, one.is_resource) for one in series.attendees] == [
        ("Ann Nováková", None),
        ("Prague-2-Blue (8)", True),
    ]
    assert series.location == "Prague-2-Blue (8), Karlín"
    assert '<a href="https://example.com/board?x=1;y=2">The board</a>\n\n-::~' in series.description
    assert series.conference_solution.entry_points[0].uri == "https://meet.google.com/abc-defg-hij"
    assert series.conference_solution.solution_type == "hangoutsMeet"
    assert reminders(series) == [("email", 60), ("popup", 10)]

    assert changed.ical_uid == series.ical_uid
    assert changed.original_start_time == datetime(2026, 3, 9, 9)
    assert (changed.start, changed.summary) == (datetime(2026, 3, 9, 14), "Stand-up, later")

    assert (holidays.start, holidays.end) == (date(2026, 7, 6), date(2026, 7, 11))
    assert (holidays.summary, holidays.visibility) == ("Summer 🌞", "private")
    assert holidays.transparency == "transparent"
    assert caplog.text == ""


def test_apple_default_alarm_travel_time_and_structured_location(caplog):
    dentist, birthday = read("apple_default_alarm_travel_time_and_structured_location.ics")

    assert (dentist.start, dentist.timezone) == (datetime(2026, 3, 5, 9, 30), "America/Los_Angeles")
    assert dentist.location == (
        "Apple: Infinite Loop\n1 Infinite Loop\nCupertino CA 95014\nUnited States"
    )
    # Not the one of 1976, which stands for no alarm at all.
    assert reminders(dentist) == [("popup", 15), ("popup", 1440)]
    assert dentist.source == {"url": "https://example.com/dentist"}

    assert (birthday.start, birthday.end) == (date(1984, 4, 12), date(1984, 4, 13))
    assert birthday.recurrence == ["RRULE:FREQ=YEARLY"]
    assert caplog.text == ""


def test_outlook_quoted_windows_zone_and_html_description(caplog):
    (meeting,) = read("outlook_quoted_windows_zone_and_html_description.ics")

    assert (meeting.start, meeting.end) == (datetime(2026, 3, 3, 10), datetime(2026, 3, 3, 11, 30))
    assert meeting.timezone == "Europe/Budapest"
    assert (meeting.summary, meeting.visibility) == ("Porada vedení", "confidential")
    assert meeting.description == "Agenda:\n\n1.\tNumbers\n2.\tPlans\n \n"
    assert meeting.ical_uid.endswith("0000000010000000D7A6C2B4E1F04B4F9A3B5C6D7E8F9A0B")
    assert meeting.recurrence == ["RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=TU;BYSETPOS=1"]
    assert reminders(meeting) == [("popup", 15)]
    assert caplog.text == ""


def test_exchange_customized_time_zone_and_teams_meeting(caplog):
    (review,) = read("exchange_customized_time_zone_and_teams_meeting.ics")

    assert review.start == datetime(2026, 7, 2, 7, tzinfo=UTC)
    assert review.organizer.email == "dan@example.com"
    assert [
        (one.email, one.response_status, one.optional, one.is_resource) for one in review.attendees
    ] == [
        ("ann@example.com", "needsAction", None, None),
        ("bob@example.com", "declined", True, None),
        ("blue@example.com", "accepted", True, True),
    ]
    assert review.description.endswith("\nMicrosoft Teams meeting\n")
    assert reminders(review) == [("popup", 15)]
    assert caplog.text == ""


def test_outlook_on_the_web_zones_without_names_elsewhere(caplog):
    shift, cancelled, sync, call = read("outlook_on_the_web_zones_without_names_elsewhere.ics")

    assert shift.timezone == "America/Los_Angeles"
    assert shift.recurrence[1] == "EXDATE;TZID=America/Los_Angeles:20260309T220000,20260316T220000"
    assert (cancelled.start, cancelled.timezone) == (datetime(2026, 3, 4, 9), "UTC")
    assert cancelled.status == "cancelled"
    assert sync.start == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert sync.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260312T090000Z"]
    assert sync.timezone == "UTC"
    assert call.timezone == "America/New_York"
    assert caplog.messages == [
        "Line 36: only the file knows the zone of this series; it is kept in UTC."
    ]


def test_outlook_2003_unfolded_lines_and_an_old_encoding(caplog):
    (cheese,) = read("outlook_2003_unfolded_lines_and_an_old_encoding.ics")

    assert (cheese.summary, cheese.description) == ("Käse", "The first line")
    assert [one.email for one in cheese.attendees] == ["ann@example.com"]
    assert cheese.reminders == []
    assert [message.partition(":")[0] for message in caplog.messages] == [
        "Line 11",
        "Line 9",
        "Line 12",
        "Line 14",
    ]
    assert "'of a text that was not folded' is no line of iCalendar" in caplog.text


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_is_written_and_read_again(name):
    events = read(name)
    back = list(from_ical(to_ical(events)))
    assert [resource_of(event) for event in back] == [resource_of(event) for event in events]


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_can_be_imported_again_and_again(name, google_calendar):
    events = [event for event in read(name) if event.original_start_time is None]
    first = {google_calendar.import_event(event).event_id for event in events}
    assert {google_calendar.import_event(event).event_id for event in events} == first
    assert len(first) == len(events)


def test_every_file_is_read_by_a_test_of_its_name():
    assert {f"test_{name.removesuffix('.ics')}" for name in NAMES} <= set(globals())
