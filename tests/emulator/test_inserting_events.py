import base64
import re

import pytest

from gcsa.emulator import Emulator


def test_a_new_event_is_answered_as_google_answers_it(me, meeting):
    event = me.insert(meeting)
    event_id = event["id"]
    assert re.fullmatch("[0-9a-v]{26}", event_id)
    assert event == {
        "kind": "calendar#event",
        "etag": event["etag"],
        "id": event_id,
        "status": "confirmed",
        "htmlLink": event["htmlLink"],
        "created": "2026-03-02T09:00:00.000Z",
        "updated": "2026-03-02T09:00:00.000Z",
        "summary": "Meeting",
        "creator": {"email": "me@example.com", "self": True},
        "organizer": {"email": "me@example.com", "self": True},
        "start": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"},
        "end": {"dateTime": "2026-03-03T11:00:00Z", "timeZone": "UTC"},
        "iCalUID": f"{event_id}@google.com",
        "sequence": 0,
        "reminders": {"useDefault": True},
        "eventType": "default",
    }


def test_the_fields_come_in_the_order_of_googles_reference(me, meeting):
    names = list(me.insert({"location": "here", **meeting}))
    assert names[:8] == [
        "kind",
        "etag",
        "id",
        "status",
        "htmlLink",
        "created",
        "updated",
        "summary",
    ]
    assert names[-3:] == ["sequence", "reminders", "eventType"]


def test_the_etag_is_twice_the_microseconds_of_the_update_in_quotation_marks(me, meeting, clock):
    assert me.insert(meeting)["etag"] == f'"{clock.milliseconds() * 2000}"'


def test_the_link_names_event_and_calendar(me, meeting):
    event = me.insert(meeting)
    prefix = "https://www.google.com/calendar/event?eid="
    assert event["htmlLink"].startswith(prefix)
    eid = event["htmlLink"].removeprefix(prefix)
    decoded = base64.urlsafe_b64decode(eid + "=" * (-len(eid) % 4)).decode()
    assert decoded == f"{event['id']} me@example.com"


def test_the_event_that_was_made_is_the_event_that_is_read(me, meeting):
    event = me.insert(meeting)
    assert me.get(event["id"]) == event
    assert me.items() == [event]


def test_a_seed_makes_the_same_ids_and_another_one_others(caller, meeting):
    def first_id(seed):
        with Emulator(seed=seed) as emulator:
            return caller(emulator).insert(meeting)["id"]

    assert first_id(1) == first_id(1)
    assert first_id(1) != first_id(2)
    assert first_id(None) != first_id(None)


def test_a_client_may_choose_the_id(me, meeting):
    event = me.insert({**meeting, "id": "abcdefghijklmnopqrstuv0123456789"})
    assert event["id"] == "abcdefghijklmnopqrstuv0123456789"
    assert event["iCalUID"] == "abcdefghijklmnopqrstuv0123456789@google.com"


@pytest.mark.parametrize("bad", ["abcd", "a" * 1025, "ABCDE", "wxyz0", "abc-de", "", "é" * 5])
def test_an_id_outside_of_base32hex_is_refused(me, meeting, bad):
    error = me.insert_error({**meeting, "id": bad})
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"] == "Invalid resource id value."


def test_an_id_that_is_taken_is_a_conflict(me, meeting):
    me.insert({**meeting, "id": "abcde"})
    error = me.insert_error({**meeting, "id": "abcde"})
    assert (error["status"], error["reason"]) == (409, "duplicate")
    assert error["message"] == "The requested identifier already exists."


def test_the_id_of_a_deleted_event_stays_taken(me, meeting):
    me.insert({**meeting, "id": "abcde"})
    me.delete("abcde")
    assert me.insert_error({**meeting, "id": "abcde"})["status"] == 409


def test_the_same_id_may_be_on_two_calendars(me, meeting, caller):
    me.insert({**meeting, "id": "abcde"})
    assert (
        caller(me.emulator, "you@example.com").insert({**meeting, "id": "abcde"})["id"] == "abcde"
    )


def test_times_are_answered_in_the_zone_of_the_calendar(me, timed):
    event = me.insert(timed("2026-07-01T10:00:00", "2026-07-01T11:30:00", "Europe/Zurich"))
    assert event["start"] == {"dateTime": "2026-07-01T08:00:00Z", "timeZone": "Europe/Zurich"}
    assert event["end"] == {"dateTime": "2026-07-01T09:30:00Z", "timeZone": "Europe/Zurich"}


def test_an_offset_is_the_instant_and_the_zone_is_only_named(me, timed):
    event = me.insert(
        timed("2026-07-01T10:00:00-05:00", "2026-07-01T11:00:00-05:00", "Europe/Zurich")
    )
    assert event["start"] == {"dateTime": "2026-07-01T15:00:00Z", "timeZone": "Europe/Zurich"}


def test_milliseconds_of_a_time_are_dropped(me, timed):
    event = me.insert(timed("2026-07-01T10:00:00.999Z", "2026-07-01T11:00:00.5+00:00"))
    assert event["start"]["dateTime"] == "2026-07-01T10:00:00Z"


def test_start_and_end_may_be_in_two_zones(me):
    event = me.insert(
        {
            "start": {"dateTime": "2026-07-01T10:00:00", "timeZone": "Europe/Zurich"},
            "end": {"dateTime": "2026-07-01T10:00:00", "timeZone": "Europe/London"},
        }
    )
    assert event["start"] == {"dateTime": "2026-07-01T08:00:00Z", "timeZone": "Europe/Zurich"}
    assert event["end"] == {"dateTime": "2026-07-01T09:00:00Z", "timeZone": "Europe/London"}


def test_an_all_day_event_has_days(me):
    event = me.insert({"start": {"date": "2026-07-01"}, "end": {"date": "2026-07-03"}})
    assert event["start"] == {"date": "2026-07-01"}
    assert event["end"] == {"date": "2026-07-03"}


def test_what_goes_without_saying_is_not_said(me, meeting):
    event = me.insert(
        {
            **meeting,
            "transparency": "opaque",
            "visibility": "default",
            "guestsCanModify": False,
            "guestsCanInviteOthers": True,
            "guestsCanSeeOtherGuests": True,
            "description": "",
            "attendees": [],
            "recurrence": [],
        }
    )
    assert set(event) == set(me.insert(meeting))


def test_what_differs_from_the_default_is_said(me, meeting):
    different = {
        "transparency": "transparent",
        "visibility": "private",
        "guestsCanModify": True,
        "guestsCanInviteOthers": False,
        "guestsCanSeeOtherGuests": False,
        "anyoneCanAddSelf": True,
        "status": "tentative",
        "colorId": "11",
    }
    event = me.insert({**meeting, **different})
    assert {name: event[name] for name in different} == different


def test_read_only_and_unknown_fields_of_a_body_are_ignored(me, meeting):
    event = me.insert(
        {
            **meeting,
            "kind": "something",
            "etag": '"1"',
            "created": "1999-01-01T00:00:00Z",
            "updated": 5,
            "creator": {"email": "you@example.com"},
            "organizer": {"email": "you@example.com"},
            "htmlLink": "https://example.com",
            "hangoutLink": "https://example.com",
            "locked": True,
            "recurringEventId": "abc",
            "nonsense": {"deep": [1, 2]},
        }
    )
    assert set(event) == set(me.insert(meeting))
    assert event["kind"] == "calendar#event"
    assert event["creator"] == event["organizer"] == {"email": "me@example.com", "self": True}
    assert event["created"] == "2026-03-02T09:00:00.000Z"


def test_null_in_an_insert_is_the_same_as_nothing(me, meeting):
    event = me.insert(
        {**meeting, "description": None, "reminders": None, "attendees": None, "id": None}
    )
    assert set(event) == set(me.insert(meeting))


def test_attendees_are_completed(me, meeting):
    event = me.insert(
        {
            **meeting,
            "attendees": [
                {
                    "email": "Ann@Example.com",
                    "displayName": "Ann",
                    "optional": True,
                    "comment": "late",
                },
                {"email": "me@example.com", "responseStatus": "accepted", "organizer": False},
                {"email": "ann@example.com", "additionalGuests": 2},
                {"email": "room@example.com", "resource": True, "optional": False},
            ],
        }
    )
    assert event["attendees"] == [
        {"email": "ann@example.com", "responseStatus": "needsAction", "additionalGuests": 2},
        {
            "email": "me@example.com",
            "organizer": True,
            "self": True,
            "responseStatus": "accepted",
        },
        {"email": "room@example.com", "resource": True, "responseStatus": "needsAction"},
    ]


def test_own_reminders_replace_the_calendars(me, meeting):
    overrides = [{"method": "popup", "minutes": 0}, {"method": "email", "minutes": 40320}]
    event = me.insert({**meeting, "reminders": {"useDefault": False, "overrides": overrides}})
    assert event["reminders"] == {"useDefault": False, "overrides": overrides}


def test_no_reminders_at_all_are_said_to_be_none(me, meeting):
    assert me.insert({**meeting, "reminders": {"useDefault": False}})["reminders"] == {
        "useDefault": False
    }


def test_default_reminders_with_an_empty_list_are_the_default_ones(me, meeting):
    given = {"useDefault": True, "overrides": []}
    assert me.insert({**meeting, "reminders": given})["reminders"] == {"useDefault": True}


def test_extended_properties_are_kept_within_googles_limits(me, meeting):
    event = me.insert(
        {
            **meeting,
            "extendedProperties": {
                "private": {"a": "1", "k" * 45: "too long a name"},
                "shared": {"b": "x" * 1030},
            },
        }
    )
    assert event["extendedProperties"] == {"private": {"a": "1"}, "shared": {"b": "x" * 1024}}


def test_attachments_need_the_parameter_that_says_a_client_knows_them(me, meeting):
    files = [{"fileUrl": "https://example.com/a.pdf", "title": "A", "fileId": "mine"}]
    assert "attachments" not in me.insert({**meeting, "attachments": files})
    event = me.insert({**meeting, "attachments": files}, supportsAttachments="true")
    assert event["attachments"] == [{"fileUrl": "https://example.com/a.pdf", "title": "A"}]


def test_an_attachment_of_google_drive_gets_its_file_id(me, meeting):
    url = "https://drive.google.com/file/d/1aBcDeFgHiJkLm/view?usp=sharing"
    event = me.insert({**meeting, "attachments": [{"fileUrl": url}]}, supportsAttachments="true")
    assert event["attachments"] == [{"fileUrl": url, "fileId": "1aBcDeFgHiJkLm"}]


def test_more_attendees_than_the_caller_wants_are_left_out_of_the_answer_only(me, meeting):
    guests = [{"email": f"guest{number}@example.com"} for number in range(3)]
    body = {**meeting, "attendees": [*guests, {"email": "me@example.com"}]}
    event = me.insert(body, maxAttendees=2)
    assert event["attendeesOmitted"] is True
    assert [attendee["email"] for attendee in event["attendees"]] == ["me@example.com"]
    assert len(me.get(event["id"])["attendees"]) == 4
    assert len(me.get(event["id"], maxAttendees=4)["attendees"]) == 4


def test_numbers_and_booleans_may_be_written_as_strings(me, meeting):
    event = me.insert(
        {
            **meeting,
            "guestsCanModify": "true",
            "sequence": "3",
            "reminders": {
                "useDefault": "false",
                "overrides": [{"method": "popup", "minutes": "7"}],
            },
        }
    )
    assert event["guestsCanModify"] is True
    assert event["sequence"] == 3
    assert event["reminders"]["overrides"] == [{"method": "popup", "minutes": 7}]


def test_an_account_is_opened_when_its_address_is_first_seen(caller, emulator):
    listing = caller(emulator, "New.Person@Example.com").list()
    assert listing["summary"] == "new.person@example.com"
    assert listing["accessRole"] == "owner"
    assert listing["defaultReminders"] == [{"method": "popup", "minutes": 10}]


def test_primary_is_the_calendar_of_the_callers_address(me, meeting):
    event = me.insert(meeting)
    assert me.get(event["id"], calendar="me@example.com") == event
    assert me.get(event["id"], calendar="me%40example.com") == event
