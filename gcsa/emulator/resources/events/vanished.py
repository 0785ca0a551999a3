"""Instances that a series does not have any more, for those who have seen them.

"All events deleted since the previous list request will always be in the result set":
https://developers.google.com/workspace/calendar/api/v3/reference/events/list#syncToken . Ids of instances say when each
was to start: when a series moves, those of before are deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator.answer import json_text
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.resources.events.view import View
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

# So many instances in a row that are still there are looked at, 27 years of days: a limit to the work of a call.
_PATIENCE: Final = 10_000


def vanished(
    store: Store, calendar: CalendarRow, view: View, row: EventRow, since: int, until: int
) -> Iterator[tuple[int, str]]:
    """Yield where what is gone of an event would have started, and the text that says so, in order.

    Args:
        store: The database.
        calendar: The calendar.
        view: How its events are shown.
        row: The event as it is now.
        since: The change after which it became so.
        until: The end of what is expanded, in seconds.
    """
    text = store.former_series.at(calendar.key, row.id, since)
    if text is None:
        return
    former: Resource = msgspec.json.decode(text)
    now = decoded(row)
    if "recurrence" not in former:
        if row.kind == Kind.SERIES:
            yield row.starts, _tombstone(now, {"id": row.id})
        return
    event = RecurringEvent(former, calendar, view.zone)
    current = RecurringEvent(now, calendar) if row.kind == Kind.SERIES else None
    exceptions = store.events.exception_starts(calendar.key, row.id)
    patience = _PATIENCE
    for at, start in event.starts(None, until):
        if at not in exceptions and (current is None or not current.has(start)):
            patience = _PATIENCE
            yield at, _tombstone(now, event.own_fields(start))
            continue
        patience -= 1
        if patience < 0:
            return


def _tombstone(event: Resource, own: Resource) -> str:
    kept = ("id", "recurringEventId", "originalStartTime")
    gone = {name: own[name] for name in kept if name in own}
    head = {"kind": event["kind"], "etag": event["etag"], "status": "cancelled"}
    return json_text(ordered({**head, **gone}))
