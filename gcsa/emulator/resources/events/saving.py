"""Writing an event: the one place where an event's row changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator import ids, times
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.fields import event_text
from gcsa.emulator.store.events import StoredEvent

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.resources.events.schedule import Placement
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow


class Saved(NamedTuple):
    """An event as it was written."""

    text: str
    etag: str


def add(
    store: Store, calendar: CalendarRow, resource: Resource, placement: Placement, now: int
) -> Saved:
    """Write a new event; its etag, created and updated are set.

    Raises:
        ApiError: 409, the calendar has, or had, an event of this id.
    """
    resource["created"] = resource["updated"] = times.rfc3339_milliseconds(now)
    saved, stored = _stored(store, calendar, resource, placement, now, ids.next_version(now))
    if not store.events.add(stored):
        raise ApiError.duplicate()
    return saved


def replace(
    store: Store,
    calendar: CalendarRow,
    resource: Resource,
    placement: Placement,
    now: int,
    *,
    updated: int | None = None,
) -> Saved:
    """Write a changed event over the one before; its etag and updated are set.

    Args:
        store: The database.
        calendar: The calendar that the event is on.
        resource: The event, with the etag that it had.
        placement: Where it is found.
        now: The time, in milliseconds.
        updated: The `updated` to show, in milliseconds, where it is not now: changing reminders leaves it alone.
    """
    version = ids.next_version(now, ids.version_of(resource["etag"]))
    shown = now if updated is None else updated
    resource["updated"] = times.rfc3339_milliseconds(shown)
    saved, stored = _stored(store, calendar, resource, placement, shown, version)
    store.events.replace(stored)
    return saved


def _stored(
    store: Store,
    calendar: CalendarRow,
    resource: Resource,
    placement: Placement,
    updated: int,
    version: int,
) -> tuple[Saved, StoredEvent]:
    resource["etag"] = etag = ids.etag(version)
    text = event_text(resource)
    stored = StoredEvent(
        calendar.key,
        resource["id"],
        text,
        resource["status"] == "cancelled",
        placement.kind,
        placement.starts,
        placement.ends,
        updated,
        store.calendars.next_change(calendar.key),
        resource["iCalUID"],
        placement.series,
        placement.original_start,
        resource["eventType"],
    )
    return Saved(text, etag), stored
