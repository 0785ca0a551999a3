"""events.patch and events.update: an event changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import own_reminders
from gcsa.emulator.resources.events.administration import calendar_of_event
from gcsa.emulator.resources.events.attendees import only_own_response
from gcsa.emulator.resources.events.body import event_body
from gcsa.emulator.resources.events.completing import complete
from gcsa.emulator.resources.events.conferences import attach, conference_of, note_request
from gcsa.emulator.resources.events.ends import complete_end
from gcsa.emulator.resources.events.fields import SERVER_FIELDS, merged, ordered, without_nulls
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.invitations import organizing
from gcsa.emulator.resources.events.invitations.attending import (
    change_copy,
    organized,
    take_off,
)
from gcsa.emulator.resources.events.labels import ignored_by
from gcsa.emulator.resources.events.privacy import check_changeable
from gcsa.emulator.resources.events.saving import Saved
from gcsa.emulator.resources.events.schedule import schedule
from gcsa.emulator.resources.events.types.checking import check_not_batched, settle_type
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.resources.events.visibility import settle_visibility
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Kind

if TYPE_CHECKING:
    from gcsa.emulator.access import Access
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.conferences import Conference
    from gcsa.emulator.resources.events.finding import Found
    from gcsa.emulator.resources.events.invitations.attending import Organized
    from gcsa.emulator.resources.events.schedule import Placement
    from gcsa.emulator.store.calendars import CalendarRow

# "SEQUENCE is incremented when DTSTART, DTEND, DURATION, DUE, RRULE, RDATE or EXDATE change."
# https://datatracker.ietf.org/doc/html/rfc5546#section-2.1.4
_RESCHEDULING: Final = organizing.RESCHEDULING
_VERSION_FIELDS: Final = frozenset({"etag", "updated"})


class _Target(NamedTuple):
    """The event that is to be changed.

    Attributes:
        access: Its calendar, and what the caller may do on it.
        found: The event.
        organized: The organizer's event, where this is a guest's copy of one.
    """

    access: Access
    found: Found
    organized: Organized | None

    @property
    def home(self) -> CalendarRow:
        """The calendar that decides about the event's conference: the organizer's."""
        return self.access.calendar if self.organized is None else self.organized.calendar


@method("calendar.events.patch")
def patch(call: Call) -> Answer:
    """Change the fields of an event that the body names; null removes one.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/patch
    """
    target = _find(call)
    body = event_body(call)
    target = target._replace(
        found=own_reminders.patched(call, target.access.calendar, target.found, body)
    )
    before = target.found.resource
    writable = {name: value for name, value in body.items() if name not in SERVER_FIELDS}
    after = merged(before, writable)
    conference = None
    if "conferenceData" in body:
        stored = before.get("conferenceData")
        conference = conference_of(
            call.emulator, target.home, before["id"], stored, body["conferenceData"], base=stored
        )
    return _change(call, target, body, after, conference)


@method("calendar.events.update")
def update(call: Call) -> Answer:
    """Replace the fields of an event by those of the body.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/update
    """
    target = _find(call)
    body = event_body(call)
    target = target._replace(
        found=own_reminders.updated(call, target.access.calendar, target.found, body)
    )
    before = target.found.resource
    kept = {name: before[name] for name in SERVER_FIELDS if name in before}
    if not call.parameters.flag("supportsAttachments") and "attachments" in before:
        kept["attachments"] = before["attachments"]
    if (name := ignored_by(call)) in before:
        kept[name] = before[name]
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
            target.home,
            before["id"],
            before.get("conferenceData"),
            body.get("conferenceData"),
        )
    return _change(call, target, body, after, conference)


def _find(call: Call) -> _Target:
    access = calendar_of_event(call, "writerWithoutPrivateAccess")
    found = find(call.store, access.calendar, call.parameters.required("eventId"))
    check_changeable(access, found.resource)
    if "start" not in found.resource:
        # What it left behind when it went to another calendar, or was called off, says no more than its id.
        raise ApiError.deleted()
    call.check_match(found.resource["etag"])
    return _Target(access, found, organized(call.store, access.calendar, found.resource))


def _change(
    call: Call,
    target: _Target,
    body: Resource,
    after: Resource,
    conference: Conference | None,
) -> Answer:
    access, found = target.access, target.found
    calendar, before = access.calendar, found.resource
    check_not_batched(call, before)
    after.pop("attendeesOmitted", None)
    after.setdefault("status", "confirmed")
    if before["creator"]["email"] != call.user.email:
        # "Can only be seen or modified by the creator of the event."
        # https://developers.google.com/workspace/calendar/api/v3/reference/events#source
        after.pop("source", None)
        after |= {name: before[name] for name in ("source",) if name in before}
    if "end" in body and "endTimeUnspecified" not in body:
        after.pop("endTimeUnspecified", None)
    complete_end(after, call.store, call.user)
    if body.get("attendeesOmitted") and "attendees" in before:
        after["attendees"] = only_own_response(
            after.get("attendees", []), before["attendees"], calendar.id
        )
    complete(after, before, calendar)
    check_sequence(after, before)
    if conference is not None:
        attach(after, conference.data)
    placement = _place(after, found, calendar)
    settle_type(after, before, calendar)
    found = settle_visibility(call, calendar, found, after)
    before = found.resource
    if target.organized is not None:
        found = _change_copy(call, calendar, found, after, target.organized)
        saved = Saved(_text(found), found.resource["etag"])
    else:
        if any(after.get(name) != before.get(name) for name in _RESCHEDULING):
            after["sequence"] = max(after["sequence"], before["sequence"] + 1)
        saved = _save(call, calendar, found, after, placement)
    note_request(call, target.home, after["id"], conference)
    return Answer(view_of(call, access).text(saved.text), saved.etag)


def _change_copy(
    call: Call, calendar: CalendarRow, found: Found, after: Resource, event: Organized
) -> Found:
    if after["status"] == "cancelled" and found.resource["status"] != "cancelled":
        take_off(call, calendar, found, event)
        return find(call.store, calendar, after["id"])
    return change_copy(call, calendar, found, after, event)


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
    return found.placement._replace(starts=placed.starts, ends=placed.ends)


def _save(
    call: Call, calendar: CalendarRow, found: Found, after: Resource, placement: Placement
) -> Saved:
    """Write the event, where anything changed at all."""
    changed = _changed(after, found.resource)
    if not changed:
        return Saved(_text(found), found.resource["etag"])
    # "Note that changing reminders does not also change the updated property of the enclosing event."
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#reminders
    updated = found.row.updated if found.row is not None and changed == {"reminders"} else None
    return organizing.change(call, calendar, found, after, placement, updated=updated)


def _text(found: Found) -> str:
    """Return the text of an event as it is stored, or as its series has it."""
    return json_text(ordered(found.resource)) if found.row is None else found.row.resource


def _changed(after: Resource, before: Resource) -> set[str]:
    """Return the names of the fields that differ."""
    left, right = ordered(after), ordered(before)
    names = (left.keys() | right.keys()) - _VERSION_FIELDS
    return {name for name in names if left.get(name) != right.get(name)}
