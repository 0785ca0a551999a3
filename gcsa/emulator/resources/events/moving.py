"""events.move: an event goes to another calendar, which becomes its organizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import ids
from gcsa.emulator.answer import Answer
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.attendees import attendees
from gcsa.emulator.resources.events.finding import decoded, find
from gcsa.emulator.resources.events.inserting import organizer, person
from gcsa.emulator.resources.events.invitations.spreading import spread_again
from gcsa.emulator.resources.events.invitations.telling import tell
from gcsa.emulator.resources.events.own_reminders import move_reminders
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.resources.events.schedule import Placement, schedule
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.saving import Saved
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow


@method("calendar.events.move")
def move(call: Call) -> Answer:
    """Move an event, a series with all its exceptions.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/move
    """
    access = call.calendar("writerWithoutPrivateAccess")
    source = access.calendar
    target = call.calendar("writerWithoutPrivateAccess", call.parameters.required("destination"))
    destination = target.calendar
    found = find(call.store, source, call.parameters.required("eventId"))
    check_changeable(access, found.resource)
    resource, row = found.resource, found.row
    call.check_match(resource["etag"])
    if resource["status"] == "cancelled":
        raise ApiError.deleted()
    if row is None or found.placement.kind is Kind.EXCEPTION:
        raise ApiError.cannot_change_organizer_of_instance()
    if resource["eventType"] != "default":
        # "Note that only default events can be moved".
        # https://developers.google.com/workspace/calendar/api/v3/reference/events/move
        raise ApiError.event_type_restriction("Only events of type default can be moved.")
    if resource["organizer"]["email"] != source.id:
        raise ApiError.cannot_change_organizer()
    if source.key == destination.key:
        return Answer(view_of(call, access).text(row.resource), resource["etag"])
    rows = call.store.events.exceptions(source.key, row.id)
    exceptions = {exception.id: decoded(exception) for exception in rows}
    _make_room(call, destination, row)
    saved = _move(call, source, destination, row)
    for exception in rows:
        _move(call, source, destination, exception)
    call.store.conferences.move(source.key, destination.key, row.id)
    moved = find(call.store, destination, row.id).resource
    spread_again(
        call.store,
        destination,
        resource,
        moved,
        call.now,
        exceptions=exceptions,
        own={source.key: resource},
    )
    tell(call, resource, moved)
    return Answer(view_of(call, target).text(saved.text), saved.etag)


def _make_room(call: Call, destination: CalendarRow, row: EventRow) -> None:
    """Take away what is in the event's place on the calendar that it moves to: a copy of it, or what one left there.

    Raises:
        ApiError: 409, another event has its id there.
    """
    events = call.store.events
    there = events.get(destination.key, row.id)
    if there is None:
        return
    if there.state == State.LIVE and there.ical_uid != row.ical_uid:
        raise ApiError.duplicate()
    for exception in events.exceptions(destination.key, row.id):
        events.remove(destination.key, exception.id)
    events.remove(destination.key, row.id)


def _move(call: Call, source: CalendarRow, destination: CalendarRow, row: EventRow) -> Saved:
    store, before = call.store, decoded(row)
    after: Resource = {
        **before,
        "iCalUID": row.ical_uid,
        "eventType": row.event_type,
        "htmlLink": ids.html_link(row.id, destination.id),
    }
    # A label is one of its calendar's.
    after.pop("eventLabelId", None)
    placement = Placement(Kind(row.kind), row.starts, row.ends, row.series, row.original_start)
    if row.state == State.LIVE:
        after["organizer"] = organizer(call, destination)
        after["creator"] = person(before["creator"], destination)
        if guests := before.get("attendees"):
            after["attendees"] = attendees(guests, guests, destination.id, destination.id)
        placed = schedule(after, destination.time_zone)
        placement = placement._replace(starts=placed.starts, ends=placed.ends)
    move_reminders(store, source, destination, after)
    saved = saving.add(store, destination, after, placement, call.now)
    # "If an event changes its organizer (for example via the move operation) and the original organizer is not on the
    # attendee list, it will leave behind a cancelled event where only the id field is guaranteed to be populated."
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#status ; one who is has a copy again.
    saving.leave_tombstone(store, source, row, call.now)
    return saved
