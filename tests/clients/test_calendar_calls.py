"""The calls on calendars, and on the list of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gcsa.acl import AccessControlRule
from gcsa.calendar import AccessRoles, Calendar, CalendarListEntry, NotificationType
from gcsa.conference import SolutionType
from gcsa.errors import NotFoundError, PermissionDeniedError, PreconditionFailedError
from gcsa.event import Event
from gcsa.reminders import PopupReminder

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def travel(calendar):
    return calendar.add_calendar(
        Calendar("Travel", description="Trips", location="Prague", timezone="Europe/Prague")
    )


def test_the_default_calendar_is_the_primary_one(calendar):
    primary = calendar.get_calendar()
    assert primary.id == "me@example.com"
    assert primary.summary == "me@example.com"


def test_an_added_calendar_is_returned_with_its_id(calendar, travel):
    assert travel.id
    assert (travel.summary, travel.description) == ("Travel", "Trips")
    assert (travel.location, travel.timezone) == ("Prague", "Europe/Prague")
    assert calendar.get_calendar(travel.id) == travel


def test_an_update_replaces_what_was_stored_of_a_calendar(calendar, travel):
    travel.summary = "Trips"
    travel.description = None
    updated = calendar.update_calendar(travel)
    assert (updated.summary, updated.description) == ("Trips", None)
    assert calendar.get_calendar(travel.id).summary == "Trips"


def test_a_patch_changes_only_what_is_named_of_a_calendar(calendar, travel):
    patched = calendar.patch_calendar(travel, summary="Trips", location=None)
    assert (patched.summary, patched.location) == ("Trips", None)
    assert (patched.description, patched.timezone) == ("Trips", "Europe/Prague")


def test_a_patch_can_name_the_conferences_that_a_calendar_allows(calendar, travel):
    patched = calendar.patch_calendar(
        travel.id, allowed_conference_solution_types=SolutionType.HANGOUTS_MEET
    )
    assert patched.allowed_conference_solution_types == ["hangoutsMeet"]


@pytest.mark.parametrize("change", [{"sumary": "Trips"}, {"access_role": "owner"}])
def test_a_patch_of_what_a_calendar_has_not_is_a_type_error(calendar, travel, change):
    with pytest.raises(TypeError, match=f"{next(iter(change))} cannot be changed: of Calendar, "):
        calendar.patch_calendar(travel, **change)


def test_a_patch_of_a_calendar_checks_what_it_is_given(calendar, travel):
    with pytest.raises(TypeError, match="summary"):
        calendar.patch_calendar(travel, summary=5)


def test_a_patch_of_a_calendar_that_names_nothing_is_refused(calendar, travel):
    with pytest.raises(ValueError, match="Name at least one thing to change: summary, "):
        calendar.patch_calendar(travel)


def test_a_calendar_that_somebody_has_changed_is_not_overwritten_if_unchanged(calendar, travel):
    calendar.patch_calendar(travel.id, summary="Theirs")
    travel.summary = "Mine"
    for change in (calendar.update_calendar, calendar.delete_calendar):
        with pytest.raises(PreconditionFailedError, match="Somebody was faster"):
            change(travel, if_unchanged=True)
    with pytest.raises(PreconditionFailedError):
        calendar.patch_calendar(travel, summary="Mine", if_unchanged=True)
    assert calendar.get_calendar(travel.id).summary == "Theirs"


def test_if_unchanged_needs_a_calendar_that_was_read(calendar, travel):
    with pytest.raises(ValueError, match="if_unchanged needs what was read"):
        calendar.patch_calendar(travel.id, summary="Mine", if_unchanged=True)


def test_a_deleted_calendar_is_not_found(calendar, travel):
    assert calendar.delete_calendar(travel) is None
    with pytest.raises(NotFoundError):
        calendar.get_calendar(travel.id)


def test_a_calendar_can_be_deleted_by_its_id(calendar, travel):
    calendar.delete_calendar(travel.id)
    with pytest.raises(NotFoundError):
        calendar.get_calendar(travel.id)


@pytest.mark.parametrize("clear", ["clear", "clear_calendar"])
def test_clearing_deletes_all_events_of_the_primary_calendar(calendar, travel, clear):
    calendar.add_event(Event("Lunch", start=TEN))
    calendar.add_event(Event("Flight", start=TEN), calendar_id=travel.id)
    assert getattr(calendar, clear)() is None
    assert list(calendar.get_events()) == []
    assert [event.summary for event in calendar.get_events(calendar_id=travel.id)] == ["Flight"]


@pytest.mark.parametrize(
    "call", ["update_calendar", "delete_calendar", "delete_calendar_list_entry"]
)
def test_a_calendar_without_an_id_is_refused(calendar, call):
    with pytest.raises(ValueError, match="This calendar has no id"):
        getattr(calendar, call)(Calendar("Travel"))


@pytest.mark.parametrize(
    "call",
    ["add_calendar", "update_calendar", "add_calendar_list_entry", "update_calendar_list_entry"],
)
def test_the_id_does_not_do_where_a_whole_calendar_is_needed(calendar, call):
    with pytest.raises(TypeError, match=r"calendar must be Calendar\w*, not str"):
        getattr(calendar, call)("travel")


def test_only_an_administrator_transfers_a_calendar(calendar, client_for, travel):
    with pytest.raises(PermissionDeniedError):
        client_for("bob@example.com").transfer_ownership(travel, "ann@example.com")


def test_a_transferred_calendar_has_another_data_owner(calendar, travel):
    # The emulator's default user administers its organization.
    assert calendar.transfer_ownership(travel, "ann@example.com") is None
    assert calendar.get_calendar(travel.id).other["dataOwner"] == "ann@example.com"


def test_the_list_has_the_primary_calendar_and_those_that_were_added(calendar, travel):
    listed = {entry.id: entry for entry in calendar.get_calendar_list()}
    assert listed.keys() == {"me@example.com", travel.id}
    assert listed["me@example.com"].primary
    assert listed[travel.id].access_role == AccessRoles.OWNER


def test_the_list_follows_every_page(calendar):
    for number in range(4):
        calendar.add_calendar(Calendar(f"{number}"))
    listed = [entry.summary for entry in calendar.get_calendar_list(maxResults=2)]
    assert sorted(listed) == ["0", "1", "2", "3", "me@example.com"]


def test_the_list_can_be_limited_to_a_role(calendar, travel):
    assert travel.id in [entry.id for entry in calendar.get_calendar_list(AccessRoles.OWNER)]
    with pytest.raises(ValueError, match="min_access_role must be one of 'freeBusyReader', "):
        calendar.get_calendar_list(min_access_role="admin")


@pytest.fixture
def shared(client_for):
    """A calendar of somebody else's that one may read."""
    owner = client_for("ann@example.com")
    shared = owner.add_calendar(Calendar("Team"))
    owner.add_acl_rule(
        AccessControlRule(role="reader", scope_type="user", scope_value="me@example.com"),
        calendar_id=shared.id,
    )
    return shared


def test_a_role_leaves_out_calendars_on_which_one_has_less(calendar, shared):
    calendar.add_calendar_list_entry(CalendarListEntry(shared.id))
    assert shared.id in [entry.id for entry in calendar.get_calendar_list()]
    assert shared.id not in [entry.id for entry in calendar.get_calendar_list("writer")]


def test_a_shared_calendar_can_be_put_on_the_list_and_taken_off(calendar, shared):
    added = calendar.add_calendar_list_entry(CalendarListEntry(shared.id, color_id="9"))
    assert (added.summary, added.color_id, added.access_role) == ("Team", "9", "reader")
    assert calendar.get_calendar_list_entry(shared.id) == added
    assert calendar.delete_calendar_list_entry(added) is None
    with pytest.raises(NotFoundError):
        calendar.get_calendar_list_entry(shared.id)


def test_entries_that_were_taken_off_are_listed_when_asked_for(calendar, shared):
    calendar.add_calendar_list_entry(CalendarListEntry(shared.id))
    calendar.delete_calendar_list_entry(shared.id)
    listed = {entry.id: entry.deleted for entry in calendar.get_calendar_list(show_deleted=True)}
    assert listed[shared.id]


def test_hidden_entries_are_listed_when_asked_for(calendar, travel):
    calendar.patch_calendar_list_entry(travel, hidden=True)
    assert travel.id not in [entry.id for entry in calendar.get_calendar_list()]
    assert travel.id in [entry.id for entry in calendar.get_calendar_list(show_hidden=True)]


def test_an_update_of_an_entry_stores_what_the_user_wants(calendar, travel):
    entry = calendar.get_calendar_list_entry(travel.id)
    entry.summary_override = "Our trips"
    entry.selected = True
    entry.default_reminders = [PopupReminder(minutes_before_start=15)]
    entry.notification_types = [NotificationType.AGENDA]
    updated = calendar.update_calendar_list_entry(entry)
    assert updated.summary_override == "Our trips"
    assert updated.selected
    assert updated.default_reminders == [PopupReminder(minutes_before_start=15)]
    assert updated.notification_types == ["agenda"]


def test_colours_of_ones_own_are_sent_as_such(calendar, travel):
    entry = calendar.get_calendar_list_entry(travel.id)
    entry.background_color, entry.foreground_color = "#0088aa", "#ffffff"
    updated = calendar.update_calendar_list_entry(entry)
    assert (updated.background_color, updated.foreground_color) == ("#0088aa", "#ffffff")


def test_a_patch_of_an_entry_changes_only_what_is_named(calendar, travel):
    calendar.patch_calendar_list_entry(travel, summary_override="Our trips", selected=True)
    patched = calendar.patch_calendar_list_entry(travel.id, background_color="#0088aa")
    assert patched.background_color == "#0088aa"
    assert patched.summary_override == "Our trips"
    assert patched.selected
    assert (
        calendar.patch_calendar_list_entry(travel, summary_override=None).summary_override is None
    )


def test_a_patch_can_name_a_colour_of_googles_and_no_other(calendar, travel):
    calendar.patch_calendar_list_entry(travel, background_color="#0088aa")
    patched = calendar.patch_calendar_list_entry(travel, color_id="9")
    assert patched.color_id == "9"
    assert patched.background_color == calendar.list_calendar_colors()["9"]["background"]


def test_an_entry_that_has_changed_is_not_overwritten_if_unchanged(calendar, travel):
    entry = calendar.get_calendar_list_entry(travel.id)
    calendar.patch_calendar_list_entry(travel.id, selected=False, hidden=True)
    with pytest.raises(PreconditionFailedError):
        calendar.update_calendar_list_entry(entry, if_unchanged=True)
    with pytest.raises(PreconditionFailedError):
        calendar.patch_calendar_list_entry(entry, hidden=False, if_unchanged=True)
    with pytest.raises(PreconditionFailedError):
        calendar.delete_calendar_list_entry(entry, if_unchanged=True)


def test_a_calendar_that_one_may_not_see_cannot_be_put_on_the_list(calendar):
    with pytest.raises(NotFoundError):
        calendar.add_calendar_list_entry(CalendarListEntry("secret@example.com"))


def test_the_palettes_are_read(calendar):
    events, calendars = calendar.list_event_colors(), calendar.list_calendar_colors()
    assert set(events["1"]) == {"background", "foreground"}
    assert len(events) == 11
    assert len(calendars) == 24
