"""events.list: the events of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import ids, times
from gcsa.emulator.answer import Answer, collection
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call


@method("calendar.events.list")
def list_events(call: Call) -> Answer:
    """Return a page of a calendar's events.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/list
    """
    access = call.calendar("reader")
    calendar = access.calendar
    rows = call.store.events.in_window(
        calendar.key,
        series=True,
        time_min=call.parameters.seconds("timeMin"),
        time_max=call.parameters.seconds("timeMax"),
        cancelled=call.parameters.flag("showDeleted"),
        limit=min(call.parameters.integer("maxResults") or 250, 2500),
    )
    own = msgspec.json.decode(calendar.resource)
    etag = ids.etag(ids.next_version(calendar.updated) + calendar.change)
    head: Resource = {
        "kind": "calendar#events",
        "etag": etag,
        "summary": own["summary"],
        "updated": times.rfc3339_milliseconds(calendar.updated),
        "timeZone": calendar.time_zone,
        "accessRole": access.role,
        "defaultReminders": [],
    }
    return collection(head, (row.resource for row in rows), etag)
