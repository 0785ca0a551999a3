"""Events that are alike: a new one made after another, and two that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from gcsa.event import Event
from gcsa.event_properties import PROPERTIES
from gcsa.event_time import moment, one_later, same_length_later
from gcsa.serializers.event_serializer import EventSerializer

# What belongs to one event only, and not to another that is like it.
OWN_KEYS = frozenset(
    {"id", "iCalUID", "etag", "htmlLink", "kind", "sequence", "status", "recurringEventId"}
    | {"originalStartTime", "hangoutLink", "privateCopy", "locked"}
)


# The attributes under whose names changes are given.
NAMES = frozenset(
    {field.name for field in attrs.fields(Event)} | PROPERTIES.keys() | {"conference_data"}
)


def like(event: Event, changes: Mapping[str, Any]) -> Event:
    """Return a new event that is like another one, but for some changes.

    Args:
        event: The other one. It stays as it is.
        changes: New values under the names of `Event`'s attributes. With a new start and no new end, the
            event lasts as long as the other one.

    Raises:
        TypeError: `Event` has no attribute of such a name.
    """
    if unknown := sorted(changes.keys() - NAMES):
        raise TypeError(f"{', '.join(unknown)} cannot be changed: an event has no such attribute.")
    resource = EventSerializer.to_json(event)
    new = EventSerializer.to_object(
        {key: value for key, value in resource.items() if key not in OWN_KEYS}
    )
    for name, value in with_end(event, changes).items():
        setattr(new, name, value)
    return new


def says_the_same(event: Event, stored: Event) -> bool:
    """Tell whether a stored event is one that was added, as far as Google stores that unchanged.

    Args:
        event: The event that was added.
        stored: What is there under its id.
    """
    if stored.status == "cancelled" or (event.summary or "") != (stored.summary or ""):
        return False
    return all(
        _when(given, event.timezone) == _when(kept, stored.timezone)
        for given, kept in ((event.start, stored.start), (event.end, stored.end))
    )


def _when(value: date | datetime | None, timezone: str | None) -> date | None:
    # Google leaves microseconds out.
    return moment(value, timezone).replace(microsecond=0) if isinstance(value, datetime) else value


def with_end(event: Event, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Add to a change of start the end that it needs for the event to last as long as before."""
    start: object = changes.get("start")
    if not isinstance(start, date) or "end" in changes:
        return dict(changes)
    timezone: object = changes.get("timezone", event.timezone)
    return {
        **changes,
        "end": _end_of(event, start, timezone if isinstance(timezone, str) else None),
    }


def _end_of(event: Event, start: date, timezone: str | None) -> date | None:
    begin, end = event.start, event.end
    if begin is None or end is None or isinstance(begin, datetime) != isinstance(start, datetime):
        return one_later(start)
    return same_length_later(begin, end, start, timezone)
