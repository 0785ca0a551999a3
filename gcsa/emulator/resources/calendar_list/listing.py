"""calendarList.list: the calendars on the caller's list, all of them or what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import access, organization
from gcsa.emulator.resources.calendar_list import fields
from gcsa.emulator.resources.calendars.fields import data_owner
from gcsa.emulator.resources.paging import Item, answer_page, read_request
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.answer import Answer
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.lists import ListEntry


@method("calendar.calendarList.list")
def list_entries(call: Call) -> Answer:
    """Return a page of the caller's list of calendars.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
    """
    user = call.user
    asked = read_request(
        call,
        ["calendarList", user.key],
        call.store.lists.last_change(user.key),
        # "minAccessRole and showOwnOrganizationOnly query parameters cannot be specified together with nextSyncToken"
        not_with_sync_token=("minAccessRole", "showOwnOrganizationOnly"),
        # "it is not allowed to set showDeleted neither showHidden to False"
        not_false_with_sync_token=("showDeleted", "showHidden"),
    )
    if asked.since is None:
        rows = call.store.lists.of_user(user.key)
        items = ((entry.calendar, entry) for entry in rows if _is_asked_for(call, entry))
    else:
        # "All entries deleted and hidden since the previous list request will always be in the result set"
        changed = call.store.lists.changes(user.key, after=asked.since, until=asked.page.until)
        items = ((entry.change, entry) for entry in changed)
    return answer_page(call, asked, "calendar#calendarList", _items(call, items))


def _is_asked_for(call: Call, entry: ListEntry) -> bool:
    parameters = call.parameters
    if entry.deleted:
        return parameters.flag("showDeleted")
    return parameters.flag("showHidden") or not entry.hidden


def _items(call: Call, entries: Iterator[tuple[int, ListEntry]]) -> Iterator[Item]:
    least = call.parameters.text("minAccessRole")
    only_own = call.parameters.flag("showOwnOrganizationOnly")
    for place, entry in entries:
        calendar = call.store.calendars.by_key(entry.calendar)
        if calendar is None:
            continue
        role = access.role_of(call.store, call.user, calendar)
        if least is not None and access.rank(role) < access.rank(least):
            continue
        if only_own and not _is_of_own_organization(call, calendar):
            continue
        etag = fields.etag_of(entry, calendar, role)
        owner = data_owner(call.store, calendar)
        yield Item(place, fields.entry_text(entry, calendar, role, owner, etag))


def _is_of_own_organization(call: Call, calendar: CalendarRow) -> bool:
    owner = call.store.users.by_key(calendar.data_owner)
    return owner is not None and organization.is_colleague(call.user.email, owner.email)
