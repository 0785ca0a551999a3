"""events.patch and events.update: an event changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.attendees import only_responses
from gcsa.emulator.resources.events.body import event_body
from gcsa.emulator.resources.events.completing import complete
from gcsa.emulator.resources.events.conferences import attach, conference_of, note_request
from gcsa.emulator.resources.events.fields import SERVER_FIELDS, merged, ordered, without_nulls
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.following import follow_series
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.resources.events.saving import Saved
from gcsa.emulator.resources.events.schedule import Placement, schedule
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.conferences import Conference
    from gcsa.emulator.resources.events.finding import Found
    from gcsa.emulator.store.calendars import CalendarRow

# "SEQUENCE is incremented when DTSTART, DTEND, DURATION, DUE, RRULE, RDATE or EXDATE change."
# https://datatracker.ietf.org/doc/html/rfc5546#section-2.1.4
_RESCHEDULING: Final = ("start", "end", "recurrence")
_VERSION_FIELDS: Final = frozenset({"etag", "updated"})


@method("calendar.events.patch")
def patch(call: Call) -> Answer:
    """Change the fields of an event that the body names; null removes one.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/patch
    """
    access, found = _find(call)
    body = event_body(call)
    writable = {name: value for name, value in body.items() if name not in SERVER_FIELDS}
    after = merged(found.resource, writable)
    conference = None
    if "conferenceData" in body:
        stored = found.resource.get("conferenceData")
        conference = conference_of(
            call.emulator,
            access.calendar,
            found.resource["id"],
            stored,
            body["conferenceData"],
            base=stored,
        )
    return _change(call, access, found, body, after, conference)


@method("calendar.events.update")
def update(call: Call) -> Answer:
    """Replace the fields of an event by those of the body.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/update
    """
    access, found = _find(call)
    body = event_body(call)
    before = found.resource
    kept = {name: before[name] for name in SERVER_FIELDS if name in before}
    if not call.parameters.flag("supportsAttachments") and "attachments" in before:
        kept["attachments"] = before["attachments"]
    writable = {name: value for name, value in body.items() if name not in SERVER_FIELDS}
    after = {
        "status": "confirmed",
        "sequence": before["sequence"],
        **without_nulls(writable),
        **kept,
    }
    conference = None
    if call.parameters.integer("conferenceDataVersion") == 1:
        conference = conference_of(
            call.emulator,
            access.calendar,
            before["id"],
            before.get("conferenceData"),
            body.get("conferenceData"),
        )
    return _change(call, access, found, body, after, conference)


def _find(call: Call) -> tuple[Access, Found]:
    access = call.calendar("writerWithoutPrivateAccess")
    found = find(call.store, access.calendar, call.parameters.required("eventId"))
    check_changeable(access, found.resource)
    call.check_match(found.resource["etag"])
    return access, found


def _change(
    call: Call,
    access: Access,
    found: Found,
    body: Resource,
    after: Resource,
    conference: Conference | None,
) -> Answer:
    calendar, before = access.calendar, found.resource
    after.pop("attendeesOmitted", None)
    after.setdefault("status", "confirmed")
    if body.get("attendeesOmitted") and "attendees" in before:
        after["attendees"] = only_responses(after.get("attendees", []), before["attendees"])
    complete(after, before, calendar)
    check_sequence(after, before)
    if conference is not None:
        attach(after, conference.data)
    placement = _place(after, found, calendar)
    if any(after.get(name) != before.get(name) for name in _RESCHEDULING):
        after["sequence"] = max(after["sequence"], before["sequence"] + 1)
    saved = _save(call, calendar, found, after, placement)
    note_request(call, calendar, after["id"], conference)
    return Answer(view_of(call, access).text(saved.text), saved.etag)


def check_sequence(after: Resource, before: Resource) -> None:
    """Check that an event's sequence does not go back; without one it stays.

    Raises:
        ApiError: It is lower than before.
    """
    if after.setdefault("sequence", before["sequence"]) < before["sequence"]:
        # The number may not go down, and changes of the time put it up, says Google in
        # https://stackoverflow.com/questions/24364004 ; a body without one leaves it as it is.
        raise ApiError.invalid(
            "Invalid sequence value. The specified sequence number is below the current sequence number of the"
            " resource. Re-fetch the resource and use its sequence number on the following request."
        )


def _place(after: Resource, found: Found, calendar: CalendarRow) -> Placement:
    if found.placement.kind is not Kind.EXCEPTION:
        return schedule(after, calendar.time_zone)
    # An instance does not repeat: its recurrence is that of its series.
    after.pop("recurrence", None)
    placed = schedule(after, calendar.time_zone)
    return Placement(
        Kind.EXCEPTION,
        placed.starts,
        placed.ends,
        found.placement.series,
        found.placement.original_start,
    )


def _save(
    call: Call, calendar: CalendarRow, found: Found, after: Resource, placement: Placement
) -> Saved:
    """Write the event, where anything changed at all."""
    store, row = call.store, found.row
    if row is None:
        if _changed(after, found.resource):
            return saving.add(store, calendar, after, placement, call.now)
        return Saved(json_text(ordered(found.resource)), found.resource["etag"])
    changed = _changed(after, found.resource)
    if not changed:
        return Saved(row.resource, found.resource["etag"])
    # "Note that changing reminders does not also change the updated property of the enclosing event."
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#reminders
    updated = row.updated if changed == {"reminders"} else None
    saved = saving.replace(store, calendar, after, placement, call.now, updated=updated)
    if row.kind == Kind.SERIES:
        follow_series(store, calendar, found.resource, after, call.now)
    return saved


def _changed(after: Resource, before: Resource) -> set[str]:
    """Return the names of the fields that differ."""
    left, right = ordered(after), ordered(before)
    names = (left.keys() | right.keys()) - _VERSION_FIELDS
    return {name for name in names if left.get(name) != right.get(name)}
