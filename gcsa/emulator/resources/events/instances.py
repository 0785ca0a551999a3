"""events.instances: the instances of one series."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from gcsa.emulator import times
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.administration import calendar_of_event
from gcsa.emulator.resources.events.collection import (
    check_window,
    first_or_later_page,
    page_of,
)
from gcsa.emulator.resources.events.entries import Entry
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import NEVER, Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from gcsa.emulator.access import Access
    from gcsa.emulator.answer import Answer
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.events import EventRow
    from gcsa.emulator.tokens import PageToken


@method("calendar.events.instances")
def instances(call: Call) -> Answer:
    """Return a page of a series' instances, exceptions among them.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/instances
    """
    access = calendar_of_event(call, "freeBusyReader")
    row = call.store.events.get(access.calendar.key, call.parameters.required("eventId"))
    if row is None or row.kind != Kind.SERIES or view_of(call, access).hides(decoded(row)):
        raise ApiError.not_found()
    check_window(call)
    page = first_or_later_page(call, access)
    entries = heapq.merge(
        _exceptions(call, access, row),
        _others(call, access, row, page),
        key=lambda entry: entry.place,
    )
    return page_of(call, access, (entry for entry in entries if entry.place > page.after), page)


def _exceptions(call: Call, access: Access, series: EventRow) -> Iterator[Entry]:
    parameters = call.parameters
    time_min, time_max = parameters.seconds("timeMin"), parameters.seconds("timeMax")
    wanted = _original_start(call)
    view = view_of(call, access)
    rows = call.store.events.exceptions(access.calendar.key, series.id)
    for row in sorted(rows, key=lambda row: (row.starts, row.key)):
        is_gone = row.state != State.LIVE or view.hides(decoded(row))
        if is_gone and not parameters.flag("showDeleted"):
            continue
        if (time_min is not None and row.ends < time_min) or (
            time_max is not None and row.starts >= time_max
        ):
            continue
        if wanted is None or row.original_start == _at(wanted, access):
            yield Entry((row.starts, row.key), view.text(row.resource))


def _others(call: Call, access: Access, row: EventRow, page: PageToken) -> Iterator[Entry]:
    if row.state != State.LIVE and not call.parameters.flag("showDeleted"):
        return
    view = view_of(call, access)
    event = RecurringEvent(view.of(decoded(row)), access.calendar, view.zone)
    exceptions = call.store.events.exception_starts(access.calendar.key, row.id)
    time_min, time_max = call.parameters.seconds("timeMin"), call.parameters.seconds("timeMax")
    if time_max is None and row.ends == NEVER:
        time_max = page.horizon
    if time_min is not None:
        # Here the bound is inclusive: "Lower bound (inclusive) for an event's end time to filter by."
        time_min -= 1
    starting = page.after[0] if page.after else None
    wanted = _original_start(call)
    if wanted is not None:
        at = _at(wanted, access)
        starting = at if starting is None else max(starting, at)
        time_max = at + 1 if time_max is None else min(time_max, at + 1)
    texts = event.texts()
    for at, start in event.starts(time_min, time_max, starting=starting):
        if at not in exceptions:
            yield Entry((at, row.key), texts.text(start))


def _original_start(call: Call) -> date | datetime | None:
    text = call.parameters.text("originalStart")
    if not text:
        return None
    start = times.parse_date(text) or times.parse_date_time(text)
    if start is None:
        raise ApiError.bad_request()
    return start


def _at(start: date | datetime, access: Access) -> int:
    from datetime import datetime

    zone = times.known_zone(access.calendar.time_zone)
    if isinstance(start, datetime):
        return times.seconds(start if start.tzinfo else start.replace(tzinfo=zone))
    return times.seconds(datetime(start.year, start.month, start.day, tzinfo=zone))
