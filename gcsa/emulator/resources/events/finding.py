"""Finding one event by its id: a stored one, or an instance that only its series says is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.schedule import Placement
from gcsa.emulator.resources.events.series import RecurringEvent, read_instance_id
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

_decode = msgspec.json.Decoder().decode


class Found(NamedTuple):
    """An event.

    Attributes:
        resource: All its fields; an instance that was cancelled has those of its series.
        placement: Where it is found.
        row: Its row; None for an instance that has none of its own.
    """

    resource: Resource
    placement: Placement
    row: EventRow | None


def find(store: Store, calendar: CalendarRow, event_id: str) -> Found:
    """Return the event of this id, deleted or not.

    Raises:
        ApiError: 404, there is none and never was.
    """
    row = store.events.get(calendar.key, event_id)
    if row is None:
        return _instance(store, calendar, event_id)
    resource = decoded(row)
    placement = Placement(Kind(row.kind), row.starts, row.ends, row.series, row.original_start)
    if row.state == State.CANCELLED_INSTANCE:
        # Its text says no more than that it was cancelled; what it would be again is what the series says.
        try:
            resource = {**_instance(store, calendar, event_id).resource, **resource}
        except ApiError:
            # A guest of this instance alone has no series to ask.
            return Found(resource, placement, row)
    return Found(resource, placement, row)


def decoded(row: EventRow) -> Resource:
    """Return the fields of a stored event."""
    resource: Resource = _decode(row.resource)
    return resource


def _instance(store: Store, calendar: CalendarRow, event_id: str) -> Found:
    named = read_instance_id(event_id)
    if named is None:
        raise ApiError.not_found()
    row = store.events.get(calendar.key, named.series)
    if row is None or row.kind != Kind.SERIES:
        raise ApiError.not_found()
    event = RecurringEvent(decoded(row), calendar)
    if not event.has(named.start):
        raise ApiError.not_found()
    return Found(event.instance(named.start), event.placement(named.start), None)
