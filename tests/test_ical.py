"""Events to and from iCalendar files: ours, and those of other programs with their quirks."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings

from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution, EntryPoint
from gcsa.event import Event
from gcsa.ical import content, from_ical, to_ical
from gcsa.ical.writing import resource_of
from gcsa.reminders import EmailReminder, PopupReminder
from gcsa.serializers.event_serializer import EventSerializer
from tests.strategies.discovery import odd_resources, resources

PRAGUE = ZoneInfo("Europe/Prague")


def file(*lines, outside=()):
    """A file with one event, as a program would write it."""
    inside = ["BEGIN:VEVENT", "UID:1@x", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *outside, *inside, "END:VCALENDAR", ""])


def read(*lines, outside=(), **kwargs):
    (event,) = from_ical(file(*lines, outside=outside), **kwargs)
    return event


def same_json(one, other):
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(resources("Event"))
def test_a_round_trip_loses_nothing_of_an_event(resource):
    event = EventSerializer.to_object(resource)
    (back,) = from_ical(to_ical([event]))
    assert same_json(resource_of(back), resource_of(event))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(odd_resources("Event"))
def test_a_round_trip_loses_nothing_of_what_nobody_foresaw(resource):
    event = EventSerializer.to_object(resource)
    (back,) = from_ical(to_ical([event]))
    assert same_json(EventSerializer.to_json(back), EventSerializer.to_json(event))


def test_another_program_reads_what_is_written():
    event = Event(
        "Lunch; with, Ann",
        start=datetime(2026, 3, 2, 12, 30),
        end=datetime(2026, 3, 2, 13, 30),
        timezone="Europe/Prague",
        location="Prague",
        recurrence=["RRULE:FREQ=WEEKLY;BYDAY=MO"],
        attendees=[Attendee("ann@example.com", display_name="Ann", _response_status="accepted")],
        reminders=[PopupReminder(10), EmailReminder(60)],
        attachments=[Attachment("https://drive.example/x", title="Plan", mime_type="text/plain")],
    )
    calendar = icalendar.Calendar.from_ical(to_ical([event], calendar_name="Mine"))
    (read_back,) = calendar.walk("VEVENT")

    assert calendar["X-WR-CALNAME"] == "Mine"
    assert str(read_back["SUMMARY"]) == "Lunch; with, Ann"
    assert read_back.decoded("DTSTART") == datetime(2026, 3, 2, 12, 30, tzinfo=PRAGUE)
    assert read_back["RRULE"]["BYDAY"] == ["MO"]
    assert read_back["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert [alarm["TRIGGER"].dt.total_seconds() for alarm in read_back.walk("VALARM")] == [
        -600,
        -3600,
    ]
    assert read_back["ATTACH"].params["FILENAME"] == "Plan"


def test_zones_come_with_a_definition_that_holds_for_the_event():
    event = Event("Lunch", start=datetime(2026, 7, 1, 12), timezone="America/New_York")
    calendar = icalendar.Calendar.from_ical(to_ical([event]))
    (definition,) = calendar.walk("VTIMEZONE")
    summer = datetime(2026, 7, 1, 12, tzinfo=definition.to_tz(lookup_tzid=False))
    assert summer.utcoffset().total_seconds() == -4 * 3600


def test_a_conference_is_written_as_rfc_7986_and_as_google_do():
    conference = ConferenceSolution(
        [
            EntryPoint(EntryPoint.VIDEO, uri="https://meet.google.com/abc", label="Meet"),
            EntryPoint(EntryPoint.PHONE, uri="tel:+420123"),
        ]
    )
    event = Event("Call", start=datetime(2026, 3, 2, 9, tzinfo=UTC), conference_solution=conference)
    text = to_ical([event]).decode()
    assert "X-GOOGLE-CONFERENCE:https://meet.google.com/abc" in text
    assert "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Meet:https://meet.google.com/abc" in text
    assert "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+420123" in text


def test_what_somebody_changed_in_the_file_stays_changed():
    event = Event(
        "Lunch", start=datetime(2026, 3, 2, 9, tzinfo=UTC), color_id="5", description="a\x07b"
    )
    changed = to_ical([event]).replace(b"DESCRIPTION:ab", b"DESCRIPTION:dinner")
    (back,) = from_ical(changed)
    assert back.description == "dinner"
    assert back.color_id == "5"


def test_two_new_events_have_two_ids_and_the_same_event_always_the_same():
    first = Event("One", start=datetime(2026, 3, 2, 9, tzinfo=UTC))
    second = Event("Two", start=datetime(2026, 3, 2, 9, tzinfo=UTC))
    calendar = icalendar.Calendar.from_ical(to_ical([first, second]))
    uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == 2
    assert to_ical([first]) == to_ical([first])


def test_an_all_day_event_without_an_end_lasts_one_day():
    event = read("DTSTART;VALUE=DATE:20260302", "SUMMARY:Holiday")
    assert (event.start, event.end) == (date(2026, 3, 2), date(2026, 3, 3))


def test_a_duration_stands_for_the_end():
    event = read("DTSTART:20260302T090000Z", "DURATION:PT1H30M")
    assert event.end == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_a_time_in_utc_is_read():
    assert read("DTSTART:20260302T090000Z").start == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_floating_time_is_in_the_calendars_zone():
    event = read("DTSTART:20260302T090000", outside=["X-WR-TIMEZONE:Europe/Prague"])
    assert (event.start, event.timezone) == (datetime(2026, 3, 2, 9), "Europe/Prague")


def test_a_floating_time_is_in_the_zone_that_is_asked_for():
    event = read("DTSTART:20260302T090000", timezone="America/New_York")
    assert event.timezone == "America/New_York"


def test_outlooks_windows_zone_names_are_known():
    event = read("DTSTART;TZID=W. Europe Standard Time:20260302T090000")
    assert event.timezone == "Europe/Berlin"


def test_exchanges_zone_of_its_own_is_read_from_its_definition():
    event = read(
        "DTSTART;TZID=Customized Time Zone:20260702T090000",
        outside=[
            "BEGIN:VTIMEZONE",
            "TZID:Customized Time Zone",
            "BEGIN:STANDARD",
            "DTSTART:16011028T030000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "BEGIN:DAYLIGHT",
            "DTSTART:16010325T020000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "END:DAYLIGHT",
            "END:VTIMEZONE",
        ],
    )
    assert event.start == datetime(2026, 7, 2, 7, tzinfo=UTC)


def test_evolutions_long_zone_names_are_known():
    event = read("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Prague:20260302T090000")
    assert event.timezone == "Europe/Prague"


def test_an_unknown_zone_is_named_in_a_warning(caplog):
    event = read("DTSTART;TZID=Mars/Olympus:20260302T090000")
    assert event.timezone == "UTC"
    assert "Line 5: there is no zone 'Mars/Olympus'; the time is taken to be in UTC." in caplog.text


def test_apples_alarms_become_reminders():
    event = read(
        "DTSTART;TZID=Europe/Prague:20260302T090000",
        "BEGIN:VALARM",
        "X-WR-ALARMUID:1",
        "TRIGGER:-PT15M",
        "ATTACH;VALUE=URI:Chord",
        "ACTION:AUDIO",
        "END:VALARM",
        "BEGIN:VALARM",
        "TRIGGER;VALUE=DATE-TIME:20260302T073000Z",
        "ACTION:EMAIL",
        "END:VALARM",
    )
    assert [(one.method, one.minutes_before_start) for one in event.reminders] == [
        ("popup", 15),
        ("email", 30),
    ]


def test_an_alarm_after_the_start_cannot_be_kept(caplog):
    event = read(
        "DTSTART:20260302T090000Z", "BEGIN:VALARM", "TRIGGER:PT5M", "ACTION:DISPLAY", "END:VALARM"
    )
    assert event.reminders == []
    assert "Line 7: an alarm -5 minutes before the start cannot be kept." in caplog.text


def test_an_alarm_may_be_related_to_the_end():
    event = read(
        "DTSTART:20260302T090000Z",
        "DTEND:20260302T100000Z",
        "BEGIN:VALARM",
        "TRIGGER;RELATED=END:-PT75M",
        "ACTION:DISPLAY",
        "END:VALARM",
    )
    assert event.reminders[0].minutes_before_start == 15


def test_guests_come_with_their_answers():
    event = read(
        "DTSTART:20260302T090000Z",
        'ATTENDEE;CN="Ann, Ms.";PARTSTAT=TENTATIVE;ROLE=OPT-PARTICIPANT;X-NUM-GUESTS=2:MAILTO:ann@x.com',
        "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@x.com",
        "ATTENDEE:mailto:bob@x.com",
    )
    ann, room, bob = event.attendees
    assert (ann.email, ann.display_name, ann.response_status) == (
        "ann@x.com",
        "Ann, Ms.",
        "tentative",
    )
    assert (ann.optional, ann.additional_guests) == (True, 2)
    assert (room.is_resource, room.response_status) == (True, "accepted")
    assert bob.response_status == "needsAction"


def test_exchanges_guests_are_known_by_their_parameter():
    event = read("DTSTART:20260302T090000Z", "ATTENDEE;EMAIL=ann@x.com:/o=Example/ou=First/cn=ann")
    assert event.attendees[0].email == "ann@x.com"


def test_a_changed_instance_comes_after_its_series_with_the_same_id():
    text = file(
        "DTSTART;TZID=Europe/Prague:20260302T090000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Prague:20260316T090000",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1@x",
        "RECURRENCE-ID;TZID=Europe/Prague:20260309T090000",
        "DTSTART;TZID=Europe/Prague:20260309T110000",
    )
    series, instance = from_ical(text)
    assert series.recurrence == ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Prague:20260316T090000"]
    assert series.ical_uid == instance.ical_uid == "1@x"
    assert instance.original_start_time == datetime(2026, 3, 9, 9)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("STATUS:TENTATIVE", "status", "tentative"),
        ("TRANSP:TRANSPARENT", "transparency", "transparent"),
        ("CLASS:PRIVATE", "visibility", "private"),
        ("LOCATION:Prague\\, Karlín", "location", "Prague, Karlín"),
        ("DESCRIPTION:one\\ntwo\\\\three", "description", "one\ntwo\\three"),
        ("SEQUENCE:3", "sequence", 3),
    ],
)
def test_single_properties_are_read(line, name, value):
    assert getattr(read("DTSTART:20260302T090000Z", line), name) == value


def test_folded_lines_are_joined():
    assert (
        read("DTSTART:20260302T090000Z", "SUMMARY:Lunch wi", " th Ann").summary == "Lunch with Ann"
    )


def test_a_line_that_is_none_is_left_out_with_a_warning(caplog):
    event = read("DTSTART:20260302T090000Z", "this is no line", "SUMMARY:Lunch")
    assert event.summary == "Lunch"
    assert "Line 6: 'this is no line' is no line of iCalendar; it is left out." in caplog.text


def test_a_value_that_cannot_be_read_is_left_out_with_a_warning(caplog):
    event = read("DTSTART:tomorrow", "SUMMARY:Lunch")
    assert event.start is None
    assert "Line 5: DTSTART cannot be read, and is left out" in caplog.text


def test_an_event_that_is_cut_off_is_left_out_with_a_warning(caplog):
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\n"
    assert [event.ical_uid for event in from_ical(text)] == ["1"]
    assert "Line 5: VEVENT has no END; it is left out." in caplog.text


def test_what_stands_outside_of_components_is_left_out_with_warnings(caplog):
    text = "SUMMARY:Nobody's\nEND:VEVENT\n" + file("DTSTART:20260302T090000Z", "SUMMARY:Lunch")
    assert [event.summary for event in from_ical(text)] == ["Lunch"]
    assert "Line 1: SUMMARY stands outside of any component; it is left out." in caplog.text
    assert "Line 2: END:VEVENT has no BEGIN; it is left out." in caplog.text


def test_an_alarm_without_end_takes_nothing_with_it(caplog):
    event = read("DTSTART:20260302T090000Z", "SUMMARY:Lunch", "BEGIN:VALARM", "TRIGGER:-PT15M")
    assert (event.summary, event.reminders) == ("Lunch", [])
    assert "Line 7: VALARM has no END before that of VEVENT; it is left out." in caplog.text


def test_a_line_that_is_far_too_long_is_left_out_with_a_warning(caplog, monkeypatch):
    monkeypatch.setattr(content, "LONGEST_LINE", 1000)
    event = read("DTSTART:20260302T090000Z", "DESCRIPTION:" + "x" * 1000, "SUMMARY:Lunch")
    assert (event.summary, event.description) == ("Lunch", None)
    assert "Line 6: it has 1012 characters; it is left out." in caplog.text


def test_parameters_that_cannot_be_read_are_left_out_with_a_warning(caplog):
    event = read("DTSTART:20260302T090000Z", 'SUMMARY;LANGUAGE="en"x="y":Lunch')
    assert event.summary == "Lunch"
    assert "Line 6: the parameters of SUMMARY cannot be read; they are left out." in caplog.text


def test_a_duration_that_cannot_be_read_is_none(caplog):
    event = read("DTSTART:20260302T090000Z", "DURATION:an hour")
    assert event.end == event.start
    assert "Line 6: DURATION cannot be read, and is left out" in caplog.text


@pytest.mark.parametrize(
    "alarm",
    [
        pytest.param(["ACTION:DISPLAY"], id="no trigger"),
        pytest.param(["TRIGGER:-PT15M", "ACTION:PROCEDURE"], id="an action that is none of ours"),
        pytest.param(["TRIGGER;RELATED=END:-PT15M", "ACTION:DISPLAY"], id="before an end unknown"),
    ],
)
def test_an_alarm_that_is_no_reminder_is_left_out(alarm, caplog):
    event = read("SUMMARY:Lunch", "BEGIN:VALARM", *alarm, "END:VALARM")
    assert (event.summary, event.reminders) == ("Lunch", [])


def test_an_alarm_that_cannot_be_read_is_left_out_with_a_warning(caplog):
    alarm = ["BEGIN:VALARM", "TRIGGER:PSOON", "ACTION:DISPLAY", "END:VALARM"]
    assert read("DTSTART:20260302T090000Z", *alarm).reminders == []
    assert "Line 7: TRIGGER cannot be read, and the alarm is left out: " in caplog.text


def test_of_many_alarms_as_many_are_kept_as_google_takes(caplog):
    alarms = []
    for minutes in range(10, 17):
        alarms += ["BEGIN:VALARM", f"TRIGGER:-PT{minutes}M", "ACTION:DISPLAY", "END:VALARM"]
    event = read("DTSTART:20260302T090000Z", *alarms)
    assert [one.minutes_before_start for one in event.reminders] == [10, 11, 12, 13, 14]
    assert "Line 3: of 7 alarms the first 5 are kept." in caplog.text


def test_a_second_link_to_a_conference_is_one_more_way_to_join_it():
    event = read(
        "DTSTART:20260302T090000Z",
        "CONFERENCE;FEATURE=VIDEO:https://meet.example.com/1",
        "CONFERENCE;FEATURE=VIDEO:https://meet.example.com/1",
        "CONFERENCE;FEATURE=VIDEO:https://meet.example.com/2",
    )
    points = event.conference_solution.entry_points
    assert [(one.entry_point_type, one.uri) for one in points] == [
        ("video", "https://meet.example.com/1"),
        ("more", "https://meet.example.com/2"),
    ]


ZONE_OF_ITS_OWN = "DTSTART;TZID=Ours:20260302T090000"


def test_a_definition_may_say_which_zone_it_is():
    zone = ["BEGIN:VTIMEZONE", "TZID:Ours", "X-LIC-LOCATION:Europe/Prague", "END:VTIMEZONE"]
    assert read(ZONE_OF_ITS_OWN, outside=zone).timezone == "Europe/Prague"


def test_a_definition_that_cannot_be_read_is_as_good_as_none(caplog):
    rule = ["BEGIN:STANDARD", "DTSTART:once", "TZOFFSETFROM:one", "TZOFFSETTO:two", "END:STANDARD"]
    zone = ["BEGIN:VTIMEZONE", "TZID:Ours", *rule, "END:VTIMEZONE"]
    assert read(ZONE_OF_ITS_OWN, outside=zone).timezone == "UTC"
    assert "Line 3: the zone 'Ours' cannot be read: " in caplog.text
    assert "there is no zone 'Ours'; the time is taken to be in UTC." in caplog.text


def test_what_nobody_foresaw_is_left_out_where_it_is_damaged(caplog):
    text = to_ical([Event("Lunch", start=datetime(2026, 3, 2, 9, tzinfo=UTC), new=1)])
    assert [event.other.get("new") for event in from_ical(text)] == [1]
    (line,) = (line for line in text.decode().splitlines() if line.startswith("X-GCSA-"))
    (event,) = from_ical(text.decode().replace(line, line[: line.index(":")] + ":[damaged"))
    assert (event.summary, event.other.get("new")) == ("Lunch", None)
    assert " is damaged, and is left out: " in caplog.text


def test_a_file_in_an_old_encoding_is_read_with_a_warning(caplog):
    data = file("DTSTART:20260302T090000Z", "SUMMARY:Käse").encode("cp1252")
    (event,) = from_ical(data)
    assert event.summary == "Käse"
    assert "the file is not UTF-8; it is read as Windows-1252" in caplog.text


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_both_line_endings_and_a_byte_order_mark_are_read(ending):
    text = "\ufeff" + file("DTSTART:20260302T090000Z", "SUMMARY:Lunch").replace("\r\n", ending)
    assert [event.summary for event in from_ical(text.encode())] == ["Lunch"]


def test_a_file_without_end_is_refused():
    with pytest.raises(ValueError, match="iCalendar files of up to 33554432 are read"):
        list(from_ical(b" " * (32 * 1024 * 1024 + 1)))


def test_components_without_end_are_refused():
    with pytest.raises(ValueError, match="Line 9: components are nested more than 8 deep"):
        list(from_ical("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 1000))


def test_importing_a_file_twice_does_not_double_its_events(google_calendar):
    text = file("DTSTART;TZID=Europe/Prague:20260302T090000", "SUMMARY:Lunch")
    for _ in range(2):
        for event in from_ical(text):
            google_calendar.import_event(event)
    assert [event.summary for event in google_calendar] == ["Lunch"]


# An event with something in every place that an iCalendar file says something of.
FULL = {
    "id": "abcde12345",
    "iCalUID": "1@x",
    "etag": '"1"',
    "status": "confirmed",
    "created": "2026-01-01T00:00:00Z",
    "updated": "2026-01-02T00:00:00Z",
    "summary": "Lunch",
    "description": "Bring money",
    "location": "Prague",
    "creator": {"email": "ann@x.com", "displayName": "Ann"},
    "organizer": {"email": "ann@x.com", "displayName": "Ann", "self": True},
    "start": {"dateTime": "2026-03-02T12:30:00+01:00", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-02T13:30:00+01:00", "timeZone": "Europe/Prague"},
    "originalStartTime": {"dateTime": "2026-03-02T12:00:00+01:00", "timeZone": "Europe/Prague"},
    "recurrence": ["RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Prague:20260303T123000"],
    "recurringEventId": "abcde",
    "sequence": 1,
    "transparency": "transparent",
    "visibility": "private",
    "attendees": [
        {
            "email": "me@x.com",
            "displayName": "Me",
            "self": True,
            "responseStatus": "tentative",
            "optional": True,
            "resource": True,
            "additionalGuests": 2,
            "comment": "Perhaps",
        }
    ],
    "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 10}]},
    "attachments": [{"fileUrl": "https://x/1", "title": "Menu", "mimeType": "text/plain"}],
    "source": {"url": "https://x", "title": "X"},
    "conferenceData": {
        "entryPoints": [
            {"entryPointType": "video", "uri": "https://meet.google.com/abc", "label": "Meet"}
        ],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
    },
}


def places(value, here=()):
    """Every place within a value, as the keys that lead to it."""
    if here:
        yield here
    inner = value.items() if isinstance(value, dict) else []
    for key, one in enumerate(value) if isinstance(value, list) else inner:
        yield from places(one, (*here, key))


def with_value(whole, place, value):
    if not place:
        return value
    key, *rest = place
    changed = dict(whole) if isinstance(whole, dict) else list(whole)
    changed[key] = with_value(whole[key], rest, value)
    return changed


@pytest.mark.parametrize(
    "value",
    [
        None, True, -1, 1.5, 10**30, "", "\n", "Nowhere/City", 'a\r\nb\x00"', "\ud800", [], [[]], [None], {},
        {"a": [1]}, [{"email": [1]}], "2026-01-01", "2026-01-05T12:00:00", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
    ids=ascii,
)  # fmt: skip
def test_any_value_in_any_place_is_written_and_comes_back(value):
    """Nothing that a server sends keeps the other events from being written."""
    resources = [with_value(FULL, place, value) for place in places(FULL)]
    events = [EventSerializer.to_object(resource) for resource in resources]
    back = list(from_ical(to_ical(events)))
    assert same_json(list(map(resource_of, back)), list(map(resource_of, events)))
