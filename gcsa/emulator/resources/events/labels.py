"""The label of an event: one of those that its calendar has.

Reference: https://developers.google.com/workspace/calendar/api/guides/labels
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.finding import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow

_COLOR: Final = "colorId"
_LABEL: Final = "eventLabelId"


def labels_of(calendar: CalendarRow) -> frozenset[str]:
    """Return the ids of the labels that a calendar has for its events."""
    fields: Resource = msgspec.json.decode(calendar.resource)
    labels: list[Resource] = fields.get("labelProperties", {}).get("eventLabels", [])
    return frozenset(label["id"] for label in labels)


def ignored_by(call: Call) -> str:
    """Return the one of colour and label that a call's eventLabelVersion does not choose.

    "Version 0 assumes no event label support and processes the colorId field for color management. Version 1 enables
    support for event labels, and processes the eventLabelId in the event's body. In this case, the colorId field is
    ignored."  https://developers.google.com/workspace/calendar/api/v3/reference/events/insert#eventLabelVersion
    """
    return _COLOR if call.parameters.integer("eventLabelVersion") == 1 else _LABEL


def settle_label(event: Resource, before: Resource, calendar: CalendarRow) -> None:
    """Check an event's label; "This property supersedes the index-based colorId property", so that it has only one.

    Args:
        event: The event, changed in place.
        before: The event as it was; empty for a new one.
        calendar: The calendar that it is on.

    Raises:
        ApiError: 400, the calendar has no such label.
    """
    label = event.get(_LABEL)
    if not label:
        return
    if event.get(_COLOR) and event.get(_COLOR) != before.get(_COLOR):
        # A colour was chosen by a program that knows no labels.
        del event[_LABEL]
        return
    if label != before.get(_LABEL):
        if label not in labels_of(calendar):
            raise ApiError.invalid("Invalid event label ID.")
        event.pop(_COLOR, None)


def take_off_labels(store: Store, calendar: CalendarRow, labels: Iterable[str], now: int) -> None:
    """Take labels off the events that have them: the calendar has them no longer.

    Args:
        store: The database.
        calendar: The calendar.
        labels: The ids of labels that it had.
        now: The time, in milliseconds.
    """
    for label in labels:
        for row in store.events.mentioning(calendar.key, f'"{_LABEL}":"{label}"'):
            resource = decoded(row)
            if resource.pop(_LABEL, None) is not None:
                saving.rewrite(store, calendar, row, resource, now)
