"""Writing an event: the one place where an event's row changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gcsa.emulator import ids, times
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.fields import TOMBSTONE, event_text
from gcsa.emulator.resources.events.schedule import Placement
from gcsa.emulator.store.events import Kind, State, StoredEvent

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow


class Saved(NamedTuple):
    """An event as it was written."""

    text: str
    etag: str


def add(
    store: Store, calendar: CalendarRow, resource: Resource, placement: Placement, now: int
) -> Saved:
    """Write a new event; its etag and updated are set, and its created where it has none.

    Args:
        store: The database.
        calendar: The calendar that it is on.
        resource: The event; an exception of a series has its series' etag and created.
        placement: Where it is found.
        now: The time, in milliseconds.

    Raises:
        ApiError: 409, the calendar has, or had, an event of this id.
    """
    resource.setdefault("created", times.rfc3339_milliseconds(now))
    saved, stored = _stored(store, calendar, resource, placement, now, now)
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
    state: State | None = None,
) -> Saved:
    """Write a changed event over the one before; its etag and updated are set.

    Args:
        store: The database.
        calendar: The calendar that it is on.
        resource: The event, with the etag that it had.
        placement: Where it is found.
        now: The time, in milliseconds.
        updated: The `updated` to show, in milliseconds, where it is not now: changing reminders leaves it alone.
        state: Whether it is still there, where its status alone does not say so.
    """
    # A clock that was set back must not let a change look older than the one before.
    shown = max(now, _updated(resource)) if updated is None else updated
    saved, stored = _stored(store, calendar, resource, placement, now, shown, state)
    store.former_series.keep(stored, now)
    store.events.replace(stored)
    return saved


def rewrite(
    store: Store,
    calendar: CalendarRow,
    row: EventRow,
    resource: Resource,
    now: int,
    *,
    state: State | None = None,
) -> Saved:
    """Write a changed event over its row, in the same place."""
    placement = Placement(Kind(row.kind), row.starts, row.ends, row.series, row.original_start)
    # The text of a cancelled instance leaves these out.
    resource.setdefault("iCalUID", row.ical_uid)
    resource.setdefault("eventType", row.event_type)
    return replace(store, calendar, resource, placement, now, state=state)


def leave_tombstone(
    store: Store,
    calendar: CalendarRow,
    row: EventRow,
    now: int,
    *,
    state: State = State.DELETED,
) -> Saved:
    """Write over an event that it is gone from its calendar, and nothing else: it does not repeat any more, either.

    Args:
        store: The database.
        calendar: The calendar that it was on.
        row: The event.
        now: The time, in milliseconds.
        state: Whether it was an instance of a series that is still there.
    """
    before: Resource = msgspec.json.decode(row.resource)
    left: Resource = {name: before[name] for name in TOMBSTONE if name in before}
    left |= {"status": "cancelled", "iCalUID": row.ical_uid, "eventType": row.event_type}
    kind = Kind.EXCEPTION if row.kind == Kind.EXCEPTION else Kind.SINGLE
    placement = Placement(kind, row.starts, row.ends, row.series, row.original_start)
    return replace(store, calendar, left, placement, now, state=state)


def _updated(resource: Resource) -> int:
    text: str | None = resource.get("updated")
    return 0 if text is None else times.milliseconds(times.known_date_time(text))


def _stored(
    store: Store,
    calendar: CalendarRow,
    resource: Resource,
    placement: Placement,
    now: int,
    updated: int,
    state: State | None = None,
) -> tuple[Saved, StoredEvent]:
    before = resource.get("etag")
    version = ids.next_version(now, 0 if before is None else ids.version_of(before))
    resource["etag"] = etag = ids.etag(version)
    resource["updated"] = times.rfc3339_milliseconds(updated)
    text = event_text(resource)
    if state is None:
        state = _state(resource, placement)
    stored = StoredEvent(
        calendar.key,
        resource["id"],
        text,
        state,
        placement.kind,
        placement.starts,
        placement.ends,
        updated,
        store.calendars.next_change(calendar.key, now),
        resource["iCalUID"],
        placement.series,
        placement.original_start,
        resource["eventType"],
    )
    return Saved(text, etag), stored


def _state(resource: Resource, placement: Placement) -> State:
    if resource["status"] != "cancelled":
        return State.LIVE
    return State.CANCELLED_INSTANCE if placement.kind is Kind.EXCEPTION else State.DELETED
