"""events.import: a copy of an event that is somewhere else too."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from gcsa.emulator.answer import Answer
from gcsa.emulator.auth import is_address
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.body import event_body
from gcsa.emulator.resources.events.changing import check_sequence
from gcsa.emulator.resources.events.completing import complete
from gcsa.emulator.resources.events.conferences import attach, conference_of, note_request
from gcsa.emulator.resources.events.fields import without_nulls
from gcsa.emulator.resources.events.finding import Found, decoded, find
from gcsa.emulator.resources.events.following import follow_series
from gcsa.emulator.resources.events.inserting import new_event, person
from gcsa.emulator.resources.events.own_reminders import own_reminders, set_aside
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.resources.events.schedule import Placement, read_moment, schedule
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

# "If a non-default event is imported, its type will be changed to default and any event-type-specific properties it may
# have will be dropped."  https://developers.google.com/workspace/calendar/api/v3/reference/events/import
_TYPE_PROPERTIES: Final = (
    "birthdayProperties",
    "focusTimeProperties",
    "outOfOfficeProperties",
    "workingLocationProperties",
)


@method("calendar.events.import")
def import_event(call: Call) -> Answer:
    """Store a copy of an event under its iCalUID; what was imported before under the same one is replaced.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/import
    """
    access = call.calendar("writerWithoutPrivateAccess")
    calendar = access.calendar
    body: Resource = without_nulls(event_body(call))
    uid = body.get("iCalUID")
    if not uid:
        raise ApiError.required("Missing iCalUID.")
    for name in _TYPE_PROPERTIES:
        body.pop(name, None)
    body["eventType"] = "default"
    found = _known(call, calendar, uid, body)
    event_id = _imported_id(uid) if found is None else found.resource["id"]
    set_aside(call, calendar, event_id, body)
    resource = new_event(call, calendar, event_id, body)
    if organizer := body.get("organizer"):
        resource["organizer"] = _organizer(organizer, calendar)
    before = {} if found is None else found.resource
    check_changeable(access, before)
    if "organizer" in before and not body.get("organizer"):
        resource["organizer"] = before["organizer"]
    _check_participation(resource, calendar)
    if own_reminders(call, calendar) is not None and "reminders" in before:
        resource["reminders"] = before["reminders"]
    complete(resource, before, calendar)
    placement = schedule(resource, calendar.time_zone)
    if found is not None and found.placement.kind is Kind.EXCEPTION:
        resource |= {name: before[name] for name in ("recurringEventId", "originalStartTime")}
        placement = found.placement._replace(starts=placement.starts, ends=placement.ends)
    conference = None
    if data := resource.pop("conferenceData", None):
        conference = conference_of(
            call.emulator, calendar, event_id, before.get("conferenceData"), data
        )
        attach(resource, conference.data)
    if found is not None:
        if "sequence" in before:
            # What is left of an event that went to another calendar has none.
            check_sequence(resource, before)
        resource |= {
            name: before[name] for name in ("created", "etag", "updated") if name in before
        }
    if found is None or found.row is None:
        saved = saving.add(call.store, calendar, resource, placement, call.now)
    else:
        saved = saving.replace(call.store, calendar, resource, placement, call.now)
        _update_exceptions(call, calendar, found.row, before, resource)
    note_request(call, calendar, event_id, conference)
    return Answer(view_of(call, access).text(saved.text), saved.etag)


def _known(call: Call, calendar: CalendarRow, uid: str, body: Resource) -> Found | None:
    """Return the event that is imported again; of a series that is known, the instance that the body means.

    "All occurrences of one event have different ids while they all share the same icalUIDs", and an instance's
    originalStartTime "uniquely identifies the instance within the recurring event series":
    https://developers.google.com/workspace/calendar/api/v3/reference/events . An instance of a series that is not here
    is an event of its own, as for a guest who is invited to it alone.

    Raises:
        ApiError: The series has no such instance.
    """
    known = call.store.events.by_ical_uid(calendar.key, uid)
    if not known or known[0].kind == Kind.EXCEPTION:
        return None
    row = known[0]
    original: Resource | None = body.get("originalStartTime")
    if original and row.kind == Kind.SERIES and row.state == State.LIVE:
        start = read_moment(original, "original start", calendar.time_zone).value
        event = RecurringEvent(decoded(row), calendar)
        if not event.has(start):
            raise ApiError.invalid("Invalid original start time.")
        body.pop("recurrence", None)
        return find(call.store, calendar, event.own_fields(start)["id"])
    placement = Placement(Kind(row.kind), row.starts, row.ends, row.series, row.original_start)
    return Found(decoded(row), placement, row)


def _organizer(given: Resource, calendar: CalendarRow) -> Resource:
    """Return the organizer that a body says: this field is "Read-only, except when importing an event.".

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events#organizer

    Raises:
        ApiError: Their address is none.
    """
    email = given.get("email") or calendar.id
    if not is_address(email):
        # "It must be a valid email address as per RFC5322."
        raise ApiError.invalid("Invalid organizer email.")
    return person({**given, "email": email.lower()}, calendar)


def _check_participation(resource: Resource, calendar: CalendarRow) -> None:
    """Check that a calendar has to do with what is imported to it.

    Raises:
        ApiError: Somebody else organises it, and the calendar is not among its attendees.
    """
    listed: list[Resource] = resource.get("attendees", [])
    addresses = {str(one.get("email", "")).lower() for one in listed}
    if resource["organizer"]["email"] != calendar.id and calendar.id not in addresses:
        # https://github.com/kewisch/gdata-provider/issues/1049 shows the answer as a whole.
        raise ApiError(
            400,
            "participantIsNeitherOrganizerNorAttendee",
            "The owner of the calendar must either be the organizer or an attendee of an event that is imported.",
            domain="calendar",
        )


def _update_exceptions(
    call: Call, calendar: CalendarRow, row: EventRow, before: Resource, after: Resource
) -> None:
    if row.kind == Kind.SERIES:
        follow_series(call.store, calendar, before, after, call.now)


def _imported_id(uid: str) -> str:
    """Return the id of an imported event: Google's is an underscore and the base32hex of the iCalUID."""
    return "_" + base64.b32hexencode(uid.encode()).decode().lower().rstrip("=")
