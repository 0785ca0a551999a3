"""Calendars, and the entries of a user's list of calendars."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.calendar import AccessRoles, Calendar, CalendarListEntry, NotificationType
from gcsa.conference import SolutionType
from gcsa.reminders import EmailReminder, PopupReminder

ID = "work@group.calendar.google.com"


def test_a_calendar_needs_a_title_only() -> None:
    calendar = Calendar("Work")
    assert calendar.summary == "Work"
    assert calendar.timezone == "Etc/UTC"
    assert (calendar.calendar_id, calendar.id) == (None, None)
    assert (calendar.description, calendar.location) == (None, None)
    assert calendar.allowed_conference_solution_types is None
    assert calendar.other == {}


def test_a_calendar_has_what_it_was_given() -> None:
    calendar = Calendar(
        "Work",
        calendar_id=ID,
        description="Meetings",
        location="Prague",
        timezone="Europe/Prague",
        allowed_conference_solution_types=[SolutionType.HANGOUTS_MEET, SolutionType.HANGOUT],
        other={"etag": '"1"'},
    )
    assert (calendar.calendar_id, calendar.id) == (ID, ID)
    assert (calendar.description, calendar.location) == ("Meetings", "Prague")
    assert calendar.timezone == "Europe/Prague"
    assert calendar.allowed_conference_solution_types == ["hangoutsMeet", "eventHangout"]
    assert calendar.other == {"etag": '"1"'}


def test_one_conference_solution_type_is_accepted_where_a_list_is() -> None:
    calendar = Calendar("Work", allowed_conference_solution_types=SolutionType.ADD_ON)
    assert calendar.allowed_conference_solution_types == ["addOn"]


def test_the_notification_types_are_these_five() -> None:
    assert NotificationType.EVENT_CREATION == "eventCreation"
    assert NotificationType.EVENT_CHANGE == "eventChange"
    assert NotificationType.EVENT_CANCELLATION == "eventCancellation"
    assert NotificationType.EVENT_RESPONSE == "eventResponse"
    assert NotificationType.AGENDA == "agenda"


def test_the_access_roles_are_these_five() -> None:
    assert AccessRoles.FREE_BUSY_READER == "freeBusyReader"
    assert AccessRoles.READER == "reader"
    assert AccessRoles.WRITER_WITHOUT_PRIVATE_ACCESS == "writerWithoutPrivateAccess"
    assert AccessRoles.WRITER == "writer"
    assert AccessRoles.OWNER == "owner"


def test_an_entry_needs_the_calendars_id_only() -> None:
    entry = CalendarListEntry(ID)
    assert (entry.calendar_id, entry.id) == (ID, ID)
    assert (entry.hidden, entry.selected, entry.primary, entry.deleted) == (False,) * 4
    others = set(vars(entry)) - {"calendar_id", "hidden", "selected", "primary", "deleted", "other"}
    assert {getattr(entry, name) for name in others} == {None}


def test_an_entry_has_what_it_was_given() -> None:
    entry = CalendarListEntry(
        ID,
        summary_override="My work",
        color_id="9",
        background_color="#0088aa",
        foreground_color="#ffffff",
        hidden=True,
        selected=True,
        default_reminders=EmailReminder(10),
        notification_types=NotificationType.AGENDA,
        _summary="Work",
        _description="Meetings",
        _location="Prague",
        _timezone="Europe/Prague",
        _allowed_conference_solution_types=["hangoutsMeet"],
        _access_role="owner",
        _primary=True,
        _deleted=True,
    )
    assert entry.summary_override == "My work"
    assert entry.color_id == "9"
    assert (entry.background_color, entry.foreground_color) == ("#0088aa", "#ffffff")
    assert (entry.hidden, entry.selected, entry.primary, entry.deleted) == (True,) * 4
    assert entry.default_reminders == [EmailReminder(10)]
    assert entry.notification_types == ["agenda"]
    assert (entry.summary, entry.description, entry.location) == ("Work", "Meetings", "Prague")
    assert entry.timezone == "Europe/Prague"
    assert entry.allowed_conference_solution_types == ["hangoutsMeet"]
    assert entry.access_role == "owner"


def test_an_entry_is_a_calendar() -> None:
    assert isinstance(CalendarListEntry(ID), Calendar)


def test_setting_the_color_id_resets_both_colors() -> None:
    entry = CalendarListEntry(ID, background_color="#0088aa", foreground_color="#ffffff")
    entry.color_id = "9"
    assert entry.color_id == "9"
    assert (entry.background_color, entry.foreground_color) == (None, None)


def test_setting_a_color_leaves_the_color_id_and_the_other_color() -> None:
    entry = CalendarListEntry(
        ID, color_id="9", background_color="#0088aa", foreground_color="#ffffff"
    )
    entry.background_color = "#000000"
    assert (entry.color_id, entry.foreground_color) == ("9", "#ffffff")


def test_a_color_id_of_the_wrong_type_resets_no_colors() -> None:
    entry = CalendarListEntry(ID, background_color="#0088aa")
    with pytest.raises(TypeError, match="color_id must be a string, not int"):
        entry.color_id = 9  # type: ignore[assignment]
    assert (entry.color_id, entry.background_color) == (None, "#0088aa")


def test_a_calendar_becomes_an_entry_of_the_list() -> None:
    calendar = Calendar(
        "Work",
        calendar_id=ID,
        description="Meetings",
        location="Prague",
        timezone="Europe/Prague",
        allowed_conference_solution_types="hangoutsMeet",
        other={"kind": "calendar#calendar", "etag": '"1"'},
    )
    entry = calendar.to_calendar_list_entry(
        summary_override="My work",
        color_id="9",
        background_color="#0088aa",
        foreground_color="#ffffff",
        hidden=True,
        selected=True,
        default_reminders=[PopupReminder(5)],
        notification_types=["agenda"],
    )
    assert entry == CalendarListEntry(
        ID,
        summary_override="My work",
        color_id="9",
        background_color="#0088aa",
        foreground_color="#ffffff",
        hidden=True,
        selected=True,
        default_reminders=[PopupReminder(5)],
        notification_types=["agenda"],
        _summary="Work",
        _description="Meetings",
        _location="Prague",
        _timezone="Europe/Prague",
        _allowed_conference_solution_types=["hangoutsMeet"],
    )


def test_an_entry_has_an_etag_of_its_own() -> None:
    calendar = Calendar("Work", calendar_id=ID, other={"etag": '"1"'})
    assert calendar.to_calendar_list_entry().other == {}


def test_a_calendar_without_an_id_does_not_become_an_entry() -> None:
    with pytest.raises(ValueError, match="has no calendar_id; add it before you list it"):
        Calendar("Work").to_calendar_list_entry()


def test_an_entry_shares_no_list_with_its_calendar() -> None:
    calendar = Calendar("Work", calendar_id=ID, allowed_conference_solution_types=["addOn"])
    types = calendar.to_calendar_list_entry().allowed_conference_solution_types
    assert types == ["addOn"]
    assert types is not calendar.allowed_conference_solution_types


def test_calendars_compare_by_value() -> None:
    assert Calendar("Work", calendar_id=ID) == Calendar("Work", calendar_id=ID)
    assert Calendar("Work") != Calendar("Work", timezone="Europe/Prague")
    assert CalendarListEntry(ID) == CalendarListEntry(ID)
    assert CalendarListEntry(ID) != CalendarListEntry(ID, color_id="9")
    assert CalendarListEntry(ID, _summary="Work") != Calendar("Work", calendar_id=ID)


def test_calendars_show_their_title_and_id() -> None:
    assert repr(Calendar("Work", calendar_id="id")) == "<Calendar 'Work' - 'id'>"
    assert repr(CalendarListEntry("id", _summary="Work")) == "<CalendarListEntry 'Work' - 'id'>"
    assert repr(CalendarListEntry("id", _summary="Work", summary_override="Mine")) == (
        "<CalendarListEntry 'Mine' - 'id'>"
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"summary": None}, "summary must be a string, not NoneType"),
        ({"timezone": 1}, "timezone must be a string, not int"),
        (
            {"allowed_conference_solution_types": 5},
            "allowed_conference_solution_types must be str or a list of it, not int",
        ),
        (
            {"allowed_conference_solution_types": ["addOn", 5]},
            "allowed_conference_solution_types must have str only, not int",
        ),
    ],
)
def test_a_calendars_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Calendar(**{"summary": "Work", **values})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"calendar_id": None}, "calendar_id must be a string, not NoneType"),
        ({"hidden": None}, "hidden must be True or False, not NoneType"),
        ({"selected": "yes"}, "selected must be True or False, not str"),
        ({"default_reminders": ["email"]}, "default_reminders must have Reminder only, not str"),
        ({"notification_types": [5]}, "notification_types must have str only, not int"),
        ({"background_color": 5}, "background_color must be a string, not int"),
    ],
)
def test_an_entrys_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        CalendarListEntry(**{"calendar_id": ID, **values})
