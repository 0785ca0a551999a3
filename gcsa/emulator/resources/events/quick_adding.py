"""events.quickAdd: an event out of a phrase."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from gcsa.emulator import times
from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.quick_add import quick_event
from gcsa.emulator.resources.events.inserting import insert_event
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call


@method("calendar.events.quickAdd")
def quick_add(call: Call) -> Answer:
    """Create an event out of a phrase, in the calendar's zone.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/quickAdd
    """
    access = call.calendar("writerWithoutPrivateAccess")
    calendar = access.calendar
    zone = times.known_zone(calendar.time_zone)
    now = times.from_seconds(call.now // 1000).astimezone(zone).replace(tzinfo=None)
    try:
        quick = quick_event(call.parameters.required("text"), now)
    except OverflowError:
        raise ApiError.invalid("Invalid start time.") from None
    body: Resource = {
        "summary": quick.summary,
        "start": _moment(quick.start, calendar.time_zone),
        "end": _moment(quick.end, calendar.time_zone),
        "attendees": [{"email": address} for address in quick.guests],
    }
    if quick.location:
        body["location"] = quick.location
    if quick.rule:
        body["recurrence"] = [quick.rule]
    saved = insert_event(call, calendar, call.ids.event(), body)
    return Answer(view_of(call, access).text(saved.text), saved.etag)


def _moment(value: date | datetime, zone: str) -> Resource:
    if isinstance(value, datetime):
        return {"dateTime": value.isoformat(timespec="seconds"), "timeZone": zone}
    return {"date": value.isoformat()}
