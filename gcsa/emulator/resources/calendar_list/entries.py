"""calendarList.get, insert, patch, update and delete: one calendar on the caller's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator import access, calendar_lists
from gcsa.emulator.answer import NO_CONTENT, Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.calendar_list import fields
from gcsa.emulator.resources.calendars.fields import data_owner
from gcsa.emulator.resources.events.fields import merged, without_nulls
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.lists import ListEntry


class _Found(NamedTuple):
    entry: ListEntry
    access: Access
    etag: str


@method("calendar.calendarList.get")
def get(call: Call) -> Answer:
    """Return a calendar from the caller's list.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/get
    """
    found = _find(call)
    return _answer(call, found.entry, found.access)


@method("calendar.calendarList.insert")
def insert(call: Call) -> Answer:
    """Put a calendar that the caller may see on the caller's list; one that is there already changes.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/insert
    """
    body: Resource = without_nulls(call.body)
    if not body.get("id"):
        raise ApiError.required("Missing calendar ID.")
    allowed = call.calendar("freeBusyReader", body["id"])
    entry = call.store.lists.get(call.user.key, allowed.calendar.key)
    if entry is None or entry.deleted:
        before = calendar_lists.next_colors(call.store, call.user.key)
    else:
        before = calendar_lists.decoded(entry)
    return _save(call, allowed, {**before, **_own(body)}, body, before)


@method("calendar.calendarList.patch")
def patch(call: Call) -> Answer:
    """Change the fields that the body names of a calendar on the caller's list; null removes one.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/patch
    """
    found = _find(call)
    call.check_match(found.etag)
    before = calendar_lists.decoded(found.entry)
    after = merged({"hidden": found.entry.hidden, **before}, _own(call.body))
    return _save(call, found.access, after, call.body, before)


@method("calendar.calendarList.update")
def update(call: Call) -> Answer:
    """Replace the caller's own fields of a calendar on the list by those of the body; a colour stays.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/update
    """
    found = _find(call)
    call.check_match(found.etag)
    body: Resource = without_nulls(call.body)
    before = calendar_lists.decoded(found.entry)
    return _save(call, found.access, _own(body), body, before)


@method("calendar.calendarList.delete")
def delete(call: Call) -> Answer:
    """Take a calendar off the caller's list.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/delete
    """
    found = _find(call)
    call.check_match(found.etag)
    if found.access.calendar.data_owner == call.user.key:
        raise _not_removable(is_primary=found.access.calendar.is_primary)
    calendar_lists.take_off(call.store, found.entry, call.now)
    return NO_CONTENT


def _find(call: Call) -> _Found:
    calendar_id = call.parameters.required("calendarId")
    calendar = access.find(call.store, call.user, calendar_id)
    entry = call.store.lists.get(call.user.key, calendar.key)
    if entry is None or entry.deleted:
        raise ApiError.not_found()
    role = access.role_of(call.store, call.user, calendar)
    return _Found(entry, access.Access(calendar, role), fields.etag_of(entry, calendar, role))


def _own(body: Resource) -> Resource:
    return {name: value for name, value in body.items() if name in fields.OWN}


def _save(
    call: Call, allowed: Access, after: Resource, given: Resource, before: Resource
) -> Answer:
    """Write an entry.

    Args:
        call: The call.
        allowed: The calendar.
        after: The user's own fields as they are to be; their colours are taken from `given` and `before`.
        given: What the body says.
        before: The fields that the entry had, with colours.
    """
    rgb = call.parameters.flag("colorRgbFormat")
    had = {name: before[name] for name in fields.COLORS}
    own = {**after, **fields.colors_of(given, had, rgb=rgb)}
    fields.check(own)
    hidden = bool(own.pop("hidden", False))
    entry = calendar_lists.put(
        call.store, call.user.key, allowed.calendar.key, own, call.now, hidden=hidden
    )
    return _answer(call, entry, allowed)


def _answer(call: Call, entry: ListEntry, allowed: Access) -> Answer:
    calendar = allowed.calendar
    etag = fields.etag_of(entry, calendar, allowed.role)
    owner = data_owner(call.store, calendar)
    return Answer(fields.entry_text(entry, calendar, allowed.role, owner, etag), etag)


def _not_removable(*, is_primary: bool) -> ApiError:
    # https://github.com/GAM-team/GAM (gamlib/glgapi.py) knows both reasons; the second one's status and message are
    # quoted by https://github.com/khuisman/mcp-gee-sweet (test plan, TC-CAL59). "The data owner cannot remove an
    # owned calendar from their calendar list": https://developers.google.com/calendar/releases (October 27, 2025)
    if is_primary:
        return ApiError(
            403,
            "cannotChangeOwnPrimarySubscription",
            "Cannot change your own primary subscription.",
            domain="calendar",
        )
    return ApiError(
        403,
        "cannotUnsubscribeFromOwnedCalendar",
        "The data owner of a calendar cannot remove such a calendar from their calendar list.",
        domain="calendar",
    )
