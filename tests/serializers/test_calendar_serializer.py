"""Calendars and the entries of the list of calendars, as Google sends and takes them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.reminders import EmailReminder, PopupReminder
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer, CalendarSerializer

CALENDAR: dict[str, Any] = {
    "kind": "calendar#calendar",
    "etag": '"1"',
    "id": "work@group.calendar.google.com",
    "summary": "Work",
    "timeZone": "Europe/Prague",
    "dataOwner": "a@example.com",
    "autoAcceptInvitations": False,
    "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"], "new": 1},
}
ENTRY: dict[str, Any] = {
    "kind": "calendar#calendarListEntry",
    "etag": '"2"',
    "id": "a@example.com",
    "summary": "Ada",
    "timeZone": "Europe/Prague",
    "colorId": "14",
    "backgroundColor": "#9fe1e7",
    "foregroundColor": "#000000",
    "selected": True,
    "accessRole": "owner",
    "defaultReminders": [{"method": "popup", "minutes": 10}],
    "notificationSettings": {
        "notifications": [
            {"type": "eventCreation", "method": "email"},
            {"type": "agenda", "method": "email"},
        ]
    },
    "primary": True,
    "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
}


def test_a_calendar_is_written_with_what_was_set() -> None:
    calendar = Calendar(
        "Work",
        calendar_id="id",
        description="Meetings",
        location="Prague",
        timezone="Europe/Prague",
        allowed_conference_solution_types=["hangoutsMeet"],
    )
    assert CalendarSerializer.to_json(calendar) == {
        "id": "id",
        "summary": "Work",
        "description": "Meetings",
        "location": "Prague",
        "timeZone": "Europe/Prague",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }


def test_a_new_calendar_has_a_time_zone() -> None:
    assert CalendarSerializer.to_json(Calendar("Work")) == {
        "summary": "Work",
        "timeZone": "Etc/UTC",
    }


def test_a_calendar_is_read_with_what_else_google_says() -> None:
    calendar = CalendarSerializer.to_object(CALENDAR)
    assert calendar.summary == "Work"
    assert calendar.timezone == "Europe/Prague"
    assert calendar.allowed_conference_solution_types == ["hangoutsMeet"]
    assert calendar.other == {
        "kind": "calendar#calendar",
        "etag": '"1"',
        "dataOwner": "a@example.com",
        "autoAcceptInvitations": False,
        "conferenceProperties": {"new": 1},
    }
    assert CalendarSerializer.to_json(calendar) == CALENDAR


def test_a_calendar_without_a_time_zone_gets_none_when_it_is_read() -> None:
    calendar = CalendarSerializer.to_object({"summary": "Work"})
    assert calendar.timezone is None
    assert CalendarSerializer.to_json(calendar) == {"summary": "Work"}


def test_a_calendar_with_another_title_keeps_the_rest() -> None:
    calendar = CalendarSerializer.to_object(CALENDAR)
    calendar.summary = "Play"
    calendar.allowed_conference_solution_types = ["addOn"]
    assert CalendarSerializer.to_json(calendar) == {
        **CALENDAR,
        "summary": "Play",
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["addOn"], "new": 1},
    }


def test_conference_types_that_are_no_texts_are_left_out_but_go_back() -> None:
    resource = {"conferenceProperties": {"allowedConferenceSolutionTypes": ["addOn", None]}}
    calendar = CalendarSerializer.to_object(resource)
    assert calendar.allowed_conference_solution_types == ["addOn"]
    assert CalendarSerializer.to_json(calendar) == resource
    calendar.allowed_conference_solution_types = None
    assert CalendarSerializer.to_json(calendar) == {"conferenceProperties": {}}


def test_an_entry_is_written_with_what_was_set() -> None:
    entry = CalendarListEntry(
        "id",
        summary_override="Mine",
        color_id="9",
        background_color="#0088aa",
        foreground_color="#ffffff",
        hidden=True,
        selected=True,
        default_reminders=[EmailReminder(10), PopupReminder(5)],
        notification_types=["agenda"],
    )
    assert CalendarListEntrySerializer.to_json(entry) == {
        "id": "id",
        "summaryOverride": "Mine",
        "colorId": "9",
        "backgroundColor": "#0088aa",
        "foregroundColor": "#ffffff",
        "hidden": True,
        "selected": True,
        "defaultReminders": [
            {"method": "email", "minutes": 10},
            {"method": "popup", "minutes": 5},
        ],
        "notificationSettings": {"notifications": [{"type": "agenda", "method": "email"}]},
    }


def test_an_entry_always_says_whether_it_is_hidden_and_selected() -> None:
    assert CalendarListEntrySerializer.to_json(CalendarListEntry("id")) == {
        "id": "id",
        "hidden": False,
        "selected": False,
    }


def test_an_entry_is_read_with_all_three_colors() -> None:
    entry = CalendarListEntrySerializer.to_object(ENTRY)
    assert (entry.color_id, entry.background_color) == ("14", "#9fe1e7")
    assert entry.foreground_color == "#000000"
    assert CalendarListEntrySerializer.to_json(entry) == {**ENTRY, "hidden": False}


def test_an_entry_is_read_with_what_google_sets() -> None:
    entry = CalendarListEntrySerializer.to_object(ENTRY)
    assert (entry.summary, entry.timezone, entry.access_role) == ("Ada", "Europe/Prague", "owner")
    assert (entry.primary, entry.deleted, entry.hidden, entry.selected) == (
        True,
        False,
        False,
        True,
    )
    assert entry.default_reminders == [PopupReminder(10)]
    assert entry.notification_types == ["eventCreation", "agenda"]
    assert entry.allowed_conference_solution_types == ["hangoutsMeet"]
    assert entry.other == {"kind": "calendar#calendarListEntry", "etag": '"2"'}


def test_another_color_id_is_written_without_the_colors_of_the_old_one() -> None:
    entry = CalendarListEntrySerializer.to_object(ENTRY)
    entry.color_id = "9"
    written = CalendarListEntrySerializer.to_json(entry)
    assert written["colorId"] == "9"
    assert "backgroundColor" not in written
    assert "foregroundColor" not in written


def test_an_entry_that_says_it_is_not_primary_or_deleted_says_so_again() -> None:
    resource = {"primary": False, "deleted": False, "hidden": False, "selected": False}
    entry = CalendarListEntrySerializer.to_object(resource)
    assert (entry.primary, entry.deleted) == (False, False)
    assert CalendarListEntrySerializer.to_json(entry) == resource


def test_an_entry_without_reminders_and_notifications_is_not_one_with_empty_ones() -> None:
    without = CalendarListEntrySerializer.to_object({"id": "id"})
    assert (without.default_reminders, without.notification_types) == (None, None)
    empty = {"defaultReminders": [], "notificationSettings": {"notifications": []}}
    with_empty = CalendarListEntrySerializer.to_object(empty)
    assert (with_empty.default_reminders, with_empty.notification_types) == ([], [])
    assert CalendarListEntrySerializer.to_json(with_empty) == {
        **empty,
        "hidden": False,
        "selected": False,
    }


def test_other_notification_types_keep_what_else_was_said_of_those_that_stay() -> None:
    kept = {"type": "agenda", "method": "email", "hour": 7}
    resource = {
        "notificationSettings": {
            "notifications": [{"type": "eventChange", "method": "push"}, None, kept],
            "muted": False,
        }
    }
    entry = CalendarListEntrySerializer.to_object(resource)
    assert entry.notification_types == ["eventChange", "agenda"]
    entry.notification_types = ["agenda", "eventCreation"]
    assert CalendarListEntrySerializer.to_json(entry)["notificationSettings"] == {
        "notifications": [kept, {"type": "eventCreation", "method": "email"}],
        "muted": False,
    }


@pytest.mark.parametrize("value", [None, "yes", 1, []])
def test_an_odd_flag_goes_back_as_it_came_until_it_is_set(value: object) -> None:
    entry = CalendarListEntrySerializer.to_object({"hidden": value, "selected": False})
    assert entry.hidden is False
    assert CalendarListEntrySerializer.to_json(entry) == {"hidden": value, "selected": False}
    entry.hidden = True
    assert CalendarListEntrySerializer.to_json(entry) == {"hidden": True, "selected": False}


def test_notifications_that_cannot_be_read_go_back_as_they_came_until_they_are_set() -> None:
    odd = {"notifications": [None, {"type": 5}, {"type": "agenda"}]}
    entry = CalendarListEntrySerializer.to_object({"notificationSettings": odd})
    assert entry.notification_types == ["agenda"]
    assert CalendarListEntrySerializer.to_json(entry)["notificationSettings"] == odd
    entry.notification_types = None
    assert "notifications" not in CalendarListEntrySerializer.to_json(entry)["notificationSettings"]


# --- patches


def test_a_patch_of_a_calendar_has_only_what_is_named() -> None:
    assert CalendarSerializer.changes_to_json({"summary": "Trips", "location": None}) == {
        "summary": "Trips",
        "location": None,
    }


def test_a_patch_reaches_into_the_objects_within_a_calendar() -> None:
    changes = {"allowed_conference_solution_types": ["hangoutsMeet"]}
    assert CalendarSerializer.changes_to_json(changes) == {
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}
    }
    assert CalendarSerializer.changes_to_json({"allowed_conference_solution_types": None}) == {
        "conferenceProperties": {"allowedConferenceSolutionTypes": None}
    }


def test_a_patch_takes_what_else_is_named_under_googles_own_names() -> None:
    changes = {"summary": "Trips", "other": {"autoAcceptInvitations": True}}
    assert CalendarSerializer.changes_to_json(changes) == {
        "summary": "Trips",
        "autoAcceptInvitations": True,
    }
    assert CalendarSerializer.changes_to_json({"description": "x", "other": None}) == {
        "description": "x"
    }


def test_a_patch_of_an_entry_writes_nouns_flags_and_colors() -> None:
    changes = {
        "hidden": False,
        "color_id": None,
        "background_color": "#ffffff",
        "foreground_color": "#000000",
        "default_reminders": [PopupReminder(10)],
        "notification_types": ["agenda"],
    }
    assert CalendarListEntrySerializer.changes_to_json(changes) == {
        "hidden": False,
        "colorId": None,
        "backgroundColor": "#ffffff",
        "foregroundColor": "#000000",
        "defaultReminders": [{"method": "popup", "minutes": 10}],
        "notificationSettings": {"notifications": [{"type": "agenda", "method": "email"}]},
    }


def test_a_patch_shares_nothing_with_what_it_was_given() -> None:
    types = ["hangoutsMeet"]
    body = CalendarSerializer.changes_to_json({"allowed_conference_solution_types": types})
    body["conferenceProperties"]["allowedConferenceSolutionTypes"].append("addOn")
    assert types == ["hangoutsMeet"]


def test_a_patch_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Name at least") as raised:
        CalendarSerializer.changes_to_json({})
    assert str(raised.value) == (
        "Name at least one thing to change: summary, description, location, timezone,"
        " allowed_conference_solution_types or other."
    )


def test_a_patch_of_what_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be changed") as raised:
        CalendarSerializer.changes_to_json({"sumary": "Trips", "calendar_id": "x", "summary": "T"})
    assert str(raised.value) == (
        "calendar_id, sumary cannot be changed: of Calendar, summary, description, location,"
        " timezone, allowed_conference_solution_types and other can."
    )


def test_a_patch_checks_what_it_is_given() -> None:
    with pytest.raises(TypeError, match="summary"):
        CalendarSerializer.changes_to_json({"summary": 5})


def test_a_calendar_shares_nothing_with_what_it_was_read_from() -> None:
    resource = {"summary": 5, "new": {"list": [1]}}
    calendar = CalendarSerializer.read(resource)
    calendar.other["new"]["list"].append(2)
    assert resource == {"summary": 5, "new": {"list": [1]}}


def test_the_json_shares_nothing_with_what_is_kept() -> None:
    odd = {"notifications": [{"type": 5}]}
    entry = CalendarListEntrySerializer.to_object(
        {"colorId": ["4"], "defaultReminders": [5], "notificationSettings": odd, "new": [1]}
    )
    first = CalendarListEntrySerializer.to_json(entry)
    expected = copy.deepcopy(first)
    for name in ("colorId", "defaultReminders", "new"):
        first[name].append(2)
    first["notificationSettings"]["notifications"].clear()
    assert CalendarListEntrySerializer.to_json(entry) == expected
