"""How an event is written, and that nothing of it is lost."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gcsa.attachment import Attachment
from gcsa.attendee import Attendee, ResponseStatus
from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.event import Event, Visibility
from gcsa.person import Person
from gcsa.recurrence import DAILY, Recurrence
from gcsa.reminders import EmailReminder, PopupReminder
from gcsa.serializers.attendee_serializer import AttendeeSerializer
from gcsa.serializers.event_keys import READ_ONLY
from gcsa.serializers.event_serializer import EventSerializer

TEN = datetime(2019, 10, 28, 11, 22, 33)
A_MEETING: dict[str, Any] = {
    "kind": "calendar#event",
    "etag": '"3181161784712000"',
    "id": "6p3b4ak7e1q8s6p0q0c5m5f2i4",
    "status": "confirmed",
    "htmlLink": "https://www.google.com/calendar/event?eid=abc",
    "created": "2020-05-28T20:14:52.000Z",
    "updated": "2020-05-29T10:01:32.356Z",
    "summary": "Team sync",
    "creator": {"email": "a@example.com"},
    "organizer": {"email": "me@example.com", "displayName": "Me", "self": True},
    "start": {"dateTime": "2020-06-01T10:00:00+02:00", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2020-06-01T11:00:00+02:00", "timeZone": "Europe/Prague"},
    "iCalUID": "6p3b4ak7e1q8s6p0q0c5m5f2i4@google.com",
    "sequence": 0,
    "attendees": [
        {"email": "a@example.com", "responseStatus": "accepted", "organizer": True, "new": {"x": 1}}
    ],
    "attachments": [{"fileUrl": "https://a.b", "fileId": "42", "iconLink": "https://a.c"}],
    "conferenceData": {
        "createRequest": {
            "requestId": "r",
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {"entryPointType": "phone", "uri": "tel:+1", "pin": "1", "regionCode": "US"}
        ],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "conferenceId": "aaa-bbbb-ccc",
        "signature": "s",
        "parameters": {"addOnParameters": {"parameters": {"a": "b"}}},
    },
    "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 10}]},
    "eventType": "default",
}


def sent_back(resource: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {k: v for k, v in resource.items() if k not in READ_ONLY} | changes


class TestWritingANewEvent:
    def test_a_plain_one(self) -> None:
        written = EventSerializer.to_json(Event("Good day", TEN, timezone="Europe/Prague"))
        assert written == {
            "summary": "Good day",
            "start": {"dateTime": "2019-10-28T11:22:33", "timeZone": "Europe/Prague"},
            "end": {"dateTime": "2019-10-28T12:22:33", "timeZone": "Europe/Prague"},
            "recurrence": [],
            "visibility": "default",
            "attendees": [],
            "attachments": [],
            "reminders": {"useDefault": False},
            "guestsCanInviteOthers": True,
            "guestsCanModify": False,
            "guestsCanSeeOtherGuests": True,
        }

    def test_its_keys_come_in_the_known_order(self) -> None:
        event = Event("A", TEN, description="d", color_id="1", event_id="abcde", sequence=1)
        assert list(EventSerializer.to_json(event)) == [
            "summary",
            "start",
            "end",
            "recurrence",
            "visibility",
            "attendees",
            "attachments",
            "reminders",
            "guestsCanInviteOthers",
            "guestsCanModify",
            "guestsCanSeeOtherGuests",
            "id",
            "description",
            "colorId",
            "sequence",
        ]

    def test_one_with_everything(self) -> None:
        event = Event(
            "Team sync",
            TEN,
            timezone="Europe/Prague",
            event_id="abcde",
            description="What for",
            location="Where",
            recurrence=Recurrence.rule(freq=DAILY),
            color_id="4",
            visibility=Visibility.PRIVATE,
            attendees=[
                Attendee("a@example.com", "Ann", _response_status=ResponseStatus.ACCEPTED),
                "b@example.com",
            ],
            attachments=Attachment("https://a.b", "Plan", "text/plain"),
            conference_solution=ConferenceSolutionCreateRequest(
                SolutionType.HANGOUTS_MEET, request_id="r"
            ),
            reminders=[PopupReminder(15), EmailReminder(days_before=1, at=time(9, 22, 33))],
            guests_can_invite_others=False,
            guests_can_modify=True,
            guests_can_see_other_guests=False,
            transparency="transparent",
            _recurring_event_id="series",
            extended_properties={"private": {"a": "b"}},
            gadget={"display": "chip"},
        )
        assert EventSerializer.to_json(event) == {
            "summary": "Team sync",
            "start": {"dateTime": "2019-10-28T11:22:33", "timeZone": "Europe/Prague"},
            "end": {"dateTime": "2019-10-28T12:22:33", "timeZone": "Europe/Prague"},
            "recurrence": ["RRULE:FREQ=DAILY;WKST=SU"],
            "visibility": "private",
            "attendees": [
                {
                    "email": "a@example.com",
                    "displayName": "Ann",
                    "responseStatus": "accepted",
                },
                {"email": "b@example.com"},
            ],
            "attachments": [{"fileUrl": "https://a.b", "title": "Plan", "mimeType": "text/plain"}],
            "reminders": {
                "useDefault": False,
                "overrides": [
                    {"method": "popup", "minutes": 15},
                    {"method": "email", "minutes": 26 * 60},
                ],
            },
            "guestsCanInviteOthers": False,
            "guestsCanModify": True,
            "guestsCanSeeOtherGuests": False,
            "id": "abcde",
            "description": "What for",
            "location": "Where",
            "colorId": "4",
            "transparency": "transparent",
            "conferenceData": {
                "createRequest": {
                    "requestId": "r",
                    "conferenceSolutionKey": {"type": "hangoutsMeet"},
                }
            },
            "recurringEventId": "series",
            "extendedProperties": {"private": {"a": "b"}},
            "gadget": {"display": "chip"},
        }

    def test_an_all_day_one_has_dates_and_no_zone(self) -> None:
        written = EventSerializer.to_json(Event("Holiday", date(2019, 10, 28)))
        assert written["start"] == {"date": "2019-10-28"}
        assert written["end"] == {"date": "2019-10-29"}

    def test_an_all_day_one_with_a_zone_says_it(self) -> None:
        event = Event("Holiday", date(2019, 10, 28), timezone="Europe/Prague")
        assert EventSerializer.to_json(event)["start"] == {
            "date": "2019-10-28",
            "timeZone": "Europe/Prague",
        }

    def test_an_aware_time_has_its_own_offset_and_no_zone(self) -> None:
        event = Event("A", TEN.replace(tzinfo=ZoneInfo("Europe/Prague")))
        assert EventSerializer.to_json(event)["start"] == {"dateTime": "2019-10-28T11:22:33+01:00"}

    def test_an_aware_time_with_a_zone_has_both(self) -> None:
        event = Event("A", TEN.replace(tzinfo=timezone(timedelta(hours=-5))), timezone="Asia/Tokyo")
        assert EventSerializer.to_json(event)["start"] == {
            "dateTime": "2019-10-28T11:22:33-05:00",
            "timeZone": "Asia/Tokyo",
        }

    def test_a_naive_time_is_in_the_machines_zone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Asia/Tokyo")
        assert EventSerializer.to_json(Event("A", TEN))["end"] == {
            "dateTime": "2019-10-28T12:22:33",
            "timeZone": "Asia/Tokyo",
        }

    def test_the_end_is_in_its_own_zone_where_it_has_one(self) -> None:
        event = Event("Flight", TEN, timezone="Europe/Prague", end_timezone="Asia/Tokyo")
        written = EventSerializer.to_json(event)
        assert written["start"]["timeZone"] == "Europe/Prague"
        assert written["end"] == {"dateTime": "2019-10-28T12:22:33", "timeZone": "Asia/Tokyo"}

    def test_the_calendars_reminders(self) -> None:
        written = EventSerializer.to_json(Event("A", TEN, default_reminders=True))
        assert written["reminders"] == {"useDefault": True}

    def test_a_reminder_at_a_time_of_day_is_that_time_in_the_events_zone(self) -> None:
        # The clocks go forward in the night between, so there is an hour less.
        event = Event(
            "A",
            datetime(2025, 3, 30, 9, 0),
            timezone="Europe/Prague",
            reminders=PopupReminder(days_before=1, at=time(9, 0)),
        )
        written = EventSerializer.to_json(event)
        assert written["reminders"]["overrides"] == [{"method": "popup", "minutes": 23 * 60}]

    def test_a_reminder_at_a_time_of_day_needs_a_start(self) -> None:
        event = Event("A", None, reminders=PopupReminder(days_before=1, at=time(9, 0)))
        with pytest.raises(ValueError, match="needs an event that has a start"):
            EventSerializer.to_json(event)

    def test_what_only_google_sets_is_not_sent(self) -> None:
        event = Event(
            "A",
            TEN,
            _creator=Person("a@example.com"),
            _organizer=Person("a@example.com"),
            _created=datetime(2025, 1, 1, tzinfo=UTC),
            _updated=datetime(2025, 1, 1, tzinfo=UTC),
        )
        assert EventSerializer.to_json(event).keys().isdisjoint(READ_ONLY)

    def test_what_is_none_is_left_out(self) -> None:
        assert None not in EventSerializer.to_json(Event("A", None, visibility=None)).values()

    def test_everything_in_other_is_sent_as_it_is(self) -> None:
        event = Event("A", TEN, visibility="public", colorId="7", anything=None)
        event.other["visibility"] = "confidential"
        written = EventSerializer.to_json(event)
        assert written["colorId"] == "7"
        assert written["visibility"] == "confidential"
        assert written["anything"] is None

    def test_the_json_shares_nothing_with_the_event(self) -> None:
        event = Event("A", TEN, source={"url": "https://a.b"}, recurrence=["RRULE:FREQ=DAILY"])
        written = EventSerializer.to_json(event)
        written["source"]["url"] = written["recurrence"][0] = "changed"
        assert event.source == {"url": "https://a.b"}
        assert event.recurrence == ["RRULE:FREQ=DAILY"]

    def test_the_json_shares_nothing_with_odd_values_of_its_guests(self) -> None:
        guest = AttendeeSerializer.to_object({"email": "ann@example.com", "comment": ["odd"]})
        event = Event("Dinner", TEN, attendees=[guest], timezone="UTC")
        EventSerializer.to_json(event)["attendees"][0]["comment"].append("changed")
        assert guest.other == {"comment": ["odd"]}


class TestReading:
    def test_a_meeting(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        assert event.id == "6p3b4ak7e1q8s6p0q0c5m5f2i4"
        assert event.summary == "Team sync"
        assert event.start == datetime(2020, 6, 1, 8, 0, tzinfo=UTC)
        assert event.start.tzinfo == ZoneInfo("Europe/Prague")
        assert event.end == datetime(2020, 6, 1, 9, 0, tzinfo=UTC)
        assert (event.timezone, event.end_timezone) == ("Europe/Prague", None)
        assert event.created == datetime(2020, 5, 28, 20, 14, 52, tzinfo=UTC)
        assert event.updated == datetime(2020, 5, 29, 10, 1, 32, 356000, tzinfo=UTC)
        assert event.creator == Person("a@example.com")
        assert event.organizer == Person("me@example.com", "Me", _is_self=True)
        assert [a.email for a in event.attendees] == ["a@example.com"]
        assert event.attendees[0].response_status == ResponseStatus.ACCEPTED
        assert event.attachments[0].file_id == "42"
        assert event.reminders == [PopupReminder(10)]
        assert not event.default_reminders
        assert isinstance(event.conference_solution, ConferenceSolution)
        assert event.conference_solution.status == "success"
        assert event.conference_solution.entry_points[0].pin == "1"
        assert event.status == "confirmed"
        assert event.other == {
            key: A_MEETING[key]
            for key in ("kind", "etag", "status", "htmlLink", "iCalUID", "sequence", "eventType")
        }

    def test_an_all_day_event(self) -> None:
        event = EventSerializer.to_object(
            {"start": {"date": "2020-06-01"}, "end": {"date": "2020-06-02"}}
        )
        assert (event.start, event.end) == (date(2020, 6, 1), date(2020, 6, 2))
        assert event.timezone is None

    def test_the_lines_of_a_recurrence(self) -> None:
        lines = ["RRULE:FREQ=DAILY;COUNT=5", "EXDATE;VALUE=DATE:20200602"]
        assert EventSerializer.to_object({"recurrence": lines}).recurrence == lines
        odd = {"recurrence": [*lines, 5, None]}
        assert EventSerializer.to_object(odd).recurrence == lines
        assert EventSerializer.to_object({"recurrence": lines[0]}).recurrence == []

    def test_what_is_not_there_is_as_google_has_it_by_default(self) -> None:
        event = EventSerializer.to_object({})
        built = Event("any", None)
        built.summary = None
        assert event == built

    def test_nothing_is_warned_of(self, caplog: pytest.LogCaptureFixture) -> None:
        event = EventSerializer.to_object({"start": {"dateTime": "2020-06-01T10:00:00.123Z"}})
        with caplog.at_level(logging.DEBUG):
            vars(event)
        assert caplog.records == []

    def test_what_is_beyond_the_limits_is_read_all_the_same(self) -> None:
        event = EventSerializer.to_object(
            {
                "visibility": "somethingNew",
                "transparency": "glass",
                "reminders": {
                    "useDefault": True,
                    "overrides": [{"method": "carrierPigeon", "minutes": -5}] * 6,
                },
            }
        )
        assert (event.visibility, event.transparency) == ("somethingNew", "glass")
        assert event.default_reminders
        assert [(r.method, r.minutes_before_start) for r in event.reminders] == [
            ("carrierPigeon", -5)
        ] * 6

    def test_one_that_is_written_and_read_is_equal(self) -> None:
        event = Event(
            "Team sync",
            datetime(2025, 6, 2, 10, tzinfo=ZoneInfo("Europe/Prague")),
            timezone="Europe/Prague",
            attendees=["a@example.com"],
            reminders=[PopupReminder(5)],
            conference_solution=ConferenceSolution(
                EntryPoint(EntryPoint.VIDEO, "https://meet.google.com/a")
            ),
            status="confirmed",
        )
        assert EventSerializer.to_object(EventSerializer.to_json(event)) == event

    def test_a_naive_time_that_is_written_is_read_as_a_naive_one(self) -> None:
        event = Event("A", TEN, timezone="Europe/Prague")
        again = EventSerializer.to_object(EventSerializer.to_json(event))
        assert again.start == TEN
        assert again == event


class TestOddEvents:
    """One odd event must not end a listing (and each goes back as it came)."""

    @pytest.mark.parametrize(
        "resource",
        [
            pytest.param({"id": "abc", "status": "cancelled"}, id="cancelled, with only an id"),
            pytest.param({"start": {"date": "2020-06-01"}}, id="no end"),
            pytest.param(
                {"conferenceData": {"entryPoints": [{"uri": "https://a.b"}]}},
                id="an entry point without a type",
            ),
            pytest.param(
                {"conferenceData": {"conferenceSolution": {"key": {"type": "addOn"}}}},
                id="a conference without entry points",
            ),
            pytest.param(
                {"conferenceData": {"createRequest": {"requestId": "r"}}},
                id="a create request without a status",
            ),
            pytest.param(
                {"conferenceData": {"createRequest": {"status": {"statusCode": "success"}}}},
                id="a conference that was made but has no entry points",
            ),
            pytest.param({"summary": None, "attendees": None, "end": None}, id="nulls"),
            pytest.param({"attendees": [None, {"email": 5}, "a@b.c"]}, id="odd attendees"),
            pytest.param({"reminders": {"overrides": [{}], "x": None}}, id="odd reminders"),
            pytest.param({"recurrence": "RRULE:FREQ=DAILY"}, id="no list"),
            pytest.param({"start": "today", "summary": ["A"]}, id="another type"),
        ],
    )
    def test_it_is_read_and_goes_back_as_it_came(self, resource: dict[str, Any]) -> None:
        event = EventSerializer.to_object(resource)
        str(event)
        vars(event)
        assert EventSerializer.to_json(event) == resource

    def test_a_cancelled_event_with_only_an_id(self) -> None:
        event = EventSerializer.to_object({"id": "abc", "status": "cancelled"})
        assert (event.id, event.status, event.start, event.end) == ("abc", "cancelled", None, None)

    def test_a_create_request_without_a_status_is_a_request(self) -> None:
        event = EventSerializer.to_object({"conferenceData": {"createRequest": {"requestId": "r"}}})
        assert isinstance(event.conference_solution, ConferenceSolutionCreateRequest)
        assert event.conference_solution.status is None

    def test_a_listing_goes_on_after_an_odd_event(self) -> None:
        page = EventSerializer.page_from_bytes(
            b'{"items": [{"start": 5, "attendees": {}}, {"summary": "Lunch"}]}'
        )
        assert [event.summary for event in page.items] == [None, "Lunch"]
        assert [event.start for event in page.items] == [None, None]


class TestSendingBack:
    def test_what_nobody_changed_goes_back_as_it_came(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        vars(event)
        assert EventSerializer.to_json(event) == sent_back(A_MEETING)

    def test_the_keys_keep_their_order(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        assert list(EventSerializer.to_json(event)) == list(sent_back(A_MEETING))

    @pytest.mark.parametrize(
        ("attribute", "value", "changes"),
        [
            ("summary", "Lunch", {"summary": "Lunch"}),
            ("description", "New", {"description": "New"}),
            ("visibility", "public", {"visibility": "public"}),
            ("guests_can_modify", True, {"guestsCanModify": True}),
            ("recurrence", "RRULE:FREQ=DAILY", {"recurrence": ["RRULE:FREQ=DAILY"]}),
            ("sequence", 2, {"sequence": 2}),
            ("transparency", "opaque", {"transparency": "opaque"}),
            ("attendees", [], {"attendees": []}),
            ("status", "tentative", {"status": "tentative"}),
        ],
    )
    def test_a_change_wins_and_changes_nothing_else(
        self, attribute: str, value: object, changes: dict[str, Any]
    ) -> None:
        event = EventSerializer.to_object(A_MEETING)
        setattr(event, attribute, value)
        assert EventSerializer.to_json(event) == sent_back(A_MEETING, **changes)

    @pytest.mark.parametrize(
        ("attribute", "key"),
        [
            ("summary", "summary"),
            ("conference_solution", "conferenceData"),
            ("end", "end"),
            ("ical_uid", "iCalUID"),
            ("event_id", "id"),
        ],
    )
    def test_what_is_set_to_none_is_left_out(self, attribute: str, key: str) -> None:
        event = EventSerializer.to_object(A_MEETING)
        setattr(event, attribute, None)
        expected = sent_back(A_MEETING)
        del expected[key]
        assert EventSerializer.to_json(event) == expected

    def test_what_is_taken_out_of_other_is_left_out(self) -> None:
        event = EventSerializer.to_object({"gadget": {}, "summary": "A"})
        del event.other["gadget"]
        assert EventSerializer.to_json(event) == {"summary": "A"}

    def test_setting_the_same_value_again_is_no_change(self) -> None:
        start = {"dateTime": "2020-06-01T08:00:00.000Z", "timeZone": "Europe/Prague"}
        event = EventSerializer.to_object({"start": start})
        event.start = datetime(2020, 6, 1, 8, tzinfo=UTC)
        assert EventSerializer.to_json(event) == {"start": start}

    def test_the_same_moment_in_another_zone_is_a_change(self) -> None:
        event = EventSerializer.to_object({"start": {"dateTime": "2020-06-01T08:00:00Z"}})
        event.start = event.start.astimezone(timezone(timedelta(hours=2)))
        assert EventSerializer.to_json(event) == {
            "start": {"dateTime": "2020-06-01T10:00:00+02:00"}
        }

    def test_true_is_a_change_from_one(self) -> None:
        event = EventSerializer.to_object({"attendees": [{"email": "a@b.c", "resource": 1}]})
        event.attendees[0].is_resource = True
        assert EventSerializer.to_json(event)["attendees"][0]["resource"] is True

    def test_a_changed_attendee_keeps_what_is_unknown_of_them(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.attendees[0].comment = "On my way"
        assert EventSerializer.to_json(event) == sent_back(
            A_MEETING, attendees=[A_MEETING["attendees"][0] | {"comment": "On my way"}]
        )

    def test_an_added_attendee_leaves_the_others_as_they_came(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.add_attendee("b@example.com")
        assert EventSerializer.to_json(event)["attendees"] == [
            *A_MEETING["attendees"],
            {"email": "b@example.com"},
        ]

    def test_a_changed_conference_keeps_what_is_unknown_of_it(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.conference_solution.notes = "Call in late"
        written = EventSerializer.to_json(event)["conferenceData"]
        assert written == A_MEETING["conferenceData"] | {"notes": "Call in late"}

    def test_a_changed_attachment_keeps_what_is_unknown_of_it(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.attachments[0].title = "Plan"
        written = EventSerializer.to_json(event)["attachments"]
        assert written == [A_MEETING["attachments"][0] | {"title": "Plan"}]

    def test_a_changed_time_keeps_what_is_unknown_beside_it(self) -> None:
        event = EventSerializer.to_object(
            {"start": {"dateTime": "2020-06-01T08:00:00Z", "date": None, "new": [1]}}
        )
        event.start = date(2020, 6, 2)
        assert EventSerializer.to_json(event) == {"start": {"new": [1], "date": "2020-06-02"}}

    def test_changed_reminders_keep_what_is_unknown_beside_them(self) -> None:
        event = EventSerializer.to_object({"reminders": {"useDefault": True, "new": 1}})
        event.default_reminders = False
        event.add_popup_reminder(5)
        assert EventSerializer.to_json(event) == {
            "reminders": {
                "new": 1,
                "useDefault": False,
                "overrides": [{"method": "popup", "minutes": 5}],
            }
        }

    def test_reminders_that_are_taken_away_are_gone(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.reminders.clear()
        assert EventSerializer.to_json(event)["reminders"] == {"useDefault": False}

    def test_what_google_did_not_say_is_not_said(self) -> None:
        event = EventSerializer.to_object({"id": "abc"})
        vars(event)
        event.summary = "Lunch"
        assert EventSerializer.to_json(event) == {"id": "abc", "summary": "Lunch"}

    def test_an_odd_value_gives_way_to_a_change(self) -> None:
        event = EventSerializer.to_object({"start": "today", "attendees": 5})
        event.start = date(2020, 6, 1)
        event.attendees = ["a@example.com"]
        assert EventSerializer.to_json(event) == {
            "start": {"date": "2020-06-01"},
            "attendees": [{"email": "a@example.com"}],
        }

    def test_odd_attendees_stay_until_the_attendees_are_changed(self) -> None:
        odd = {"attendees": [None, {"email": "a@example.com"}]}
        event = EventSerializer.to_object(odd)
        assert event.attendees == [Attendee("a@example.com")]
        assert EventSerializer.to_json(event) == odd
        event.attendees[0].comment = "On my way"
        assert EventSerializer.to_json(event) == {
            "attendees": [{"email": "a@example.com", "comment": "On my way"}]
        }

    def test_what_only_google_sets_is_not_sent_back_even_if_somebody_sets_it(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.creator = Person("b@example.com")
        event.updated = datetime(2025, 1, 1, tzinfo=UTC)
        assert EventSerializer.to_json(event) == sent_back(A_MEETING)


class TestZonesThatDiffer:
    FLIGHT: dict[str, Any] = {
        "start": {"dateTime": "2025-06-02T10:00:00+02:00", "timeZone": "Europe/Prague"},
        "end": {"dateTime": "2025-06-03T05:00:00+09:00", "timeZone": "Asia/Tokyo"},
    }

    def test_each_is_read(self) -> None:
        event = EventSerializer.to_object(self.FLIGHT)
        assert (event.timezone, event.end_timezone) == ("Europe/Prague", "Asia/Tokyo")
        assert event.start.tzinfo == ZoneInfo("Europe/Prague")
        assert event.end.tzinfo == ZoneInfo("Asia/Tokyo")

    def test_each_goes_back(self) -> None:
        event = EventSerializer.to_object(self.FLIGHT)
        vars(event)
        assert EventSerializer.to_json(event) == self.FLIGHT

    def test_a_change_of_the_end_leaves_its_zone(self) -> None:
        event = EventSerializer.to_object(self.FLIGHT)
        event.end += timedelta(hours=1)
        assert EventSerializer.to_json(event)["end"] == {
            "dateTime": "2025-06-03T06:00:00+09:00",
            "timeZone": "Asia/Tokyo",
        }

    def test_a_change_of_the_events_zone_leaves_that_of_the_end(self) -> None:
        event = EventSerializer.to_object(self.FLIGHT)
        event.timezone = "Europe/London"
        written = EventSerializer.to_json(event)
        assert written["start"] == self.FLIGHT["start"] | {"timeZone": "Europe/London"}
        assert written["end"] == self.FLIGHT["end"]

    def test_where_they_are_the_same_a_change_of_the_events_zone_is_one_of_both(self) -> None:
        event = EventSerializer.to_object(A_MEETING)
        event.timezone = "Europe/London"
        written = EventSerializer.to_json(event)
        assert written["start"]["timeZone"] == written["end"]["timeZone"] == "Europe/London"

    def test_a_zone_of_its_own_may_be_taken_from_the_end(self) -> None:
        event = EventSerializer.to_object(self.FLIGHT)
        event.end_timezone = None
        assert EventSerializer.to_json(event)["end"]["timeZone"] == "Europe/Prague"

    def test_an_end_that_alone_has_a_zone_keeps_it(self) -> None:
        sent = {"start": {"date": "2025-06-02"}, "end": {"date": "2025-06-03", "timeZone": "UTC"}}
        event = EventSerializer.to_object(sent)
        assert (event.timezone, event.end_timezone) == (None, "UTC")
        event.start = date(2025, 6, 1)
        assert EventSerializer.to_json(event) == {
            "start": {"date": "2025-06-01"},
            "end": sent["end"],
        }


def test_the_serializer_may_be_an_instance() -> None:
    event = Event("A", TEN)
    assert EventSerializer(event).get_object() is event
    assert EventSerializer(event).get_json() == EventSerializer.to_json(event)
    assert EventSerializer(A_MEETING).get_object() == EventSerializer.to_object(A_MEETING)
    assert EventSerializer('{"summary": "A"}').get_object().summary == "A"
    with pytest.raises(TypeError, match="EventSerializer takes Event, a dict or a JSON string"):
        EventSerializer(5)


def test_a_listing_says_what_it_is_of() -> None:
    page = EventSerializer.page_from_bytes(
        b'{"kind": "calendar#events", "summary": "me", "timeZone": "Europe/Prague",'
        b' "defaultReminders": [], "nextSyncToken": "s", "items": []}'
    )
    assert page.next_sync_token == "s"
    assert page.other == {
        "kind": "calendar#events",
        "summary": "me",
        "timeZone": "Europe/Prague",
        "defaultReminders": [],
    }
