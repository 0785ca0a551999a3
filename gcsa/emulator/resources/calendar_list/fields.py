"""The fields of an entry of a calendar list: the user's own ones, checked, and the whole as it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator import access, calendar_lists, ids, palette
from gcsa.emulator.answer import json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.calendars import fields as calendar_fields
from gcsa.emulator.resources.events.reminders import check_overrides

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.lists import ListEntry

# What is the user's own; the rest of an entry is the calendar's.
OWN: Final = frozenset(
    {
        "summaryOverride",
        "colorId",
        "backgroundColor",
        "foregroundColor",
        "hidden",
        "selected",
        "defaultReminders",
        "notificationSettings",
    }
)
COLORS: Final = ("colorId", "backgroundColor", "foregroundColor")
_OF_THE_CALENDAR: Final = (
    "description",
    "location",
    "timeZone",
    "conferenceProperties",
    "autoAcceptInvitations",
)
_ORDER: Final = (
    "kind",
    "etag",
    "id",
    "summary",
    "description",
    "location",
    "timeZone",
    "dataOwner",
    "summaryOverride",
    "colorId",
    "backgroundColor",
    "foregroundColor",
    "hidden",
    "selected",
    "accessRole",
    "defaultReminders",
    "notificationSettings",
    "primary",
    "deleted",
    "conferenceProperties",
    "autoAcceptInvitations",
)
_EMPTY: Final[tuple[object, ...]] = (None, "", False, {})
# "at most 5 override reminders per event", and as many defaults in the web's settings.
_MOST_REMINDERS: Final = 5


def etag_of(entry: ListEntry, calendar: CalendarRow, role: str) -> str:
    """Return an entry's etag: it is another one too when the calendar changes, or the user's role on it."""
    return ids.etag(max(entry.version, calendar.version) * 10 + access.rank(role))


def entry_text(
    entry: ListEntry, calendar: CalendarRow, role: str, data_owner: Resource, etag: str
) -> str:
    """Return the JSON text of an entry.

    Args:
        entry: The entry.
        calendar: Its calendar.
        role: The user's role on it.
        data_owner: The calendar's field dataOwner.
        etag: The entry's etag.
    """
    head: Resource = {"kind": "calendar#calendarListEntry", "etag": etag, "id": calendar.id}
    if entry.deleted:
        # As https://github.com/closeio/sync-engine has one of Google's (tests/events/test_google_events.py).
        return json_text({**head, "defaultReminders": [], "deleted": True})
    shared = calendar_fields.decoded(calendar)
    resource: Resource = {
        **head,
        "summary": shared["summary"],
        **{name: shared[name] for name in _OF_THE_CALENDAR if name in shared},
        **data_owner,
        "defaultReminders": [],
        **calendar_lists.decoded(entry),
        "hidden": bool(entry.hidden),
        "accessRole": role,
        "primary": calendar.is_primary and calendar.data_owner == entry.user,
    }
    return json_text(
        {name: value for name in _ORDER if (value := resource.get(name)) not in _EMPTY}
    )


def check(own: Resource) -> None:
    """Check a user's own fields, but for the colours.

    Raises:
        ApiError: A reminder or a notification lacks something, or there are too many.
    """
    reminders: list[Resource] = own.get("defaultReminders") or []
    check_overrides(reminders)
    if len(reminders) > _MOST_REMINDERS:
        raise ApiError.invalid(f"At most {_MOST_REMINDERS} default reminders are allowed.")
    settings: Resource = own.get("notificationSettings") or {}
    notifications: list[Resource] = settings.get("notifications") or []
    for notification in notifications:
        for name in ("type", "method"):
            # "Required when adding a notification."
            if not notification.get(name):
                raise ApiError.required(f"Missing notification {name}.")


def colors_of(given: Resource, before: Resource, *, rgb: bool) -> Resource:
    """Return an entry's colours.

    Args:
        given: What the body says.
        before: The colours that the entry has.
        rgb: The parameter colorRgbFormat: whether the body's RGB colours count, instead of the one by index.

    Raises:
        ApiError: There is no colour of this id, or something is not a colour.
    """
    if rgb:
        main = given.get("backgroundColor") or before["backgroundColor"]
        text = given.get("foregroundColor") or before["foregroundColor"]
        if not palette.is_color(main) or not palette.is_color(text):
            raise ApiError.invalid("Invalid color.")
        # "the index-based colorId field will be set to the best matching option automatically"
        # https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/update#colorRgbFormat
        return {
            "colorId": palette.nearest_calendar_color(main),
            "backgroundColor": main.lower(),
            "foregroundColor": text.lower(),
        }
    color_id = given.get("colorId")
    if not color_id or color_id == before["colorId"]:
        return before
    if color_id not in palette.CALENDAR_BACKGROUNDS:
        raise ApiError.invalid("Invalid color ID.")
    return calendar_lists.colors(color_id)
