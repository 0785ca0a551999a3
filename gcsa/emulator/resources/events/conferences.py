"""Conferences: create requests that are answered later, and copies that need a signature.

The rules are those of conferenceData in https://developers.google.com/workspace/calendar/api/v3/reference/events and of
https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing .
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.conference_making import TYPES, made, signature_of, uris_of
from gcsa.emulator.resources.events.entry_points import check_entry_points
from gcsa.emulator.resources.events.fields import merged
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.invitations.spreading import spread_again

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.store.calendars import CalendarRow

# What a person may add to a conference of any origin; it is not signed.
_OWN_FIELDS: Final = ("notes", "parameters")


class Conference(NamedTuple):
    """What becomes of an event's conference.

    Attributes:
        data: Its conferenceData afterwards, None for none.
        request: The id of a new create request in it: see `note_request`.
    """

    data: Resource | None
    request: str | None = None


def conference_of(
    emulator: Emulator,
    calendar: CalendarRow,
    event_id: str,
    stored: Resource | None,
    given: Resource | None,
    base: Resource | None = None,
) -> Conference:
    """Return an event's conference after a body that says something of it.

    - A create request with an id that is new to the event starts one; with an old id it is ignored.
    - Entry points are a copy. One of a conference that was made here counts only with its signature; otherwise
      the event keeps what it had. One of a conference from elsewhere is kept as it is given.

    Args:
        emulator: The emulator.
        calendar: The event's calendar.
        event_id: The event's id.
        stored: The conferenceData that the event has.
        given: The body's conferenceData; None removes it.
        base: What the body's is merged into: in a patch what is stored, otherwise nothing.

    Raises:
        ApiError: The type of conference is not allowed on the calendar, or the data break a rule.
    """
    if not given:
        return Conference(None if given is None else stored)
    given = merged({}, given)
    create = given.pop("createRequest", None)
    if given.get("entryPoints"):
        return Conference(_copied(emulator, stored, merged(base or {}, given), create))
    if create:
        return _requested(emulator, calendar, event_id, stored, given, create)
    complete = merged(base or {}, given)
    if is_pending(stored) and base:
        return Conference(complete)
    return Conference(_copied(emulator, stored, complete, None))


def finish_due(emulator: Emulator, now: int) -> None:
    """Answer the pending create requests whose time has come.

    Needs a writing transaction. The change is dated to the moment at which each was due.
    """
    store = emulator.store
    for due in store.conferences.due(now):
        store.conferences.done(due.calendar, due.event)
        row = store.events.get(due.calendar, due.event)
        calendar = store.calendars.by_key(due.calendar)
        if row is None or calendar is None:
            continue
        resource = decoded(row)
        if not is_pending(resource.get("conferenceData"), due.request):
            continue
        data = made(emulator, resource["conferenceData"])
        for changed in (row, *store.events.exceptions(due.calendar, due.event)):
            # Exceptions that were made while the request was pending share it.
            resource = decoded(changed)
            if is_pending(resource.get("conferenceData"), due.request):
                before = dict(resource)
                attach(resource, data)
                saving.rewrite(store, calendar, changed, resource, due.due)
                spread_again(store, calendar, before, resource, due.due)


def attach(resource: Resource, data: Resource | None) -> None:
    """Put a conference on an event, or take it away, with the event's hangoutLink."""
    resource.pop("hangoutLink", None)
    if not data:
        resource.pop("conferenceData", None)
        return
    resource["conferenceData"] = data
    if data.get("conferenceSolution", {}).get("key", {}).get("type") in TYPES:
        for entry_point in data.get("entryPoints", []):
            if entry_point.get("entryPointType") == "video":
                resource["hangoutLink"] = entry_point["uri"]


def is_pending(data: Resource | None, request: str | None = None) -> bool:
    """Whether a conference's create request (the one of this id) is still to be answered."""
    create = (data or {}).get("createRequest", {})
    if request is not None and create.get("requestId") != request:
        return False
    return bool(create.get("status", {}).get("statusCode") == "pending")


def note_request(
    call: Call, calendar: CalendarRow, event_id: str, conference: Conference | None
) -> None:
    """Note when a new create request will be answered, now that its event is stored."""
    if conference is not None and conference.request:
        due = call.now + round(call.emulator.conference_delay * 1000)
        call.store.conferences.request(calendar.key, event_id, conference.request, due)


# Create requests ----------------------------------------------------------------------------------------


def _requested(
    emulator: Emulator,
    calendar: CalendarRow,
    event_id: str,
    stored: Resource | None,
    given: Resource,
    create: Resource,
) -> Conference:
    request = create.get("requestId")
    if not request:
        raise ApiError.required("Missing conference request ID.")
    if emulator.store.conferences.was_requested(calendar.key, event_id, request):
        return Conference(stored)
    allowed = _allowed_types(calendar)
    kind = create.get("conferenceSolutionKey", {}).get("type") or next(iter(allowed), None)
    if kind not in allowed or kind not in TYPES:
        # https://github.com/googleapis/google-api-php-client/issues/2077 quotes the whole answer.
        raise ApiError.invalid("Invalid conference type value.")
    return Conference(
        {
            "createRequest": {
                "requestId": request,
                "conferenceSolutionKey": {"type": kind},
                "status": {"statusCode": "pending"},
            },
            **{name: given[name] for name in _OWN_FIELDS if name in given},
        },
        request,
    )


def _allowed_types(calendar: CalendarRow) -> list[str]:
    own: Resource = msgspec.json.decode(calendar.resource)
    types: list[str] = own.get("conferenceProperties", {}).get("allowedConferenceSolutionTypes", [])
    return types


# Copies -------------------------------------------------------------------------------------------------


def _copied(
    emulator: Emulator, stored: Resource | None, complete: Resource, create: Resource | None
) -> Resource | None:
    check_entry_points(complete)
    complete.pop("createRequest", None)
    uris = uris_of(complete)
    if not emulator.store.conferences.made_here(uris):
        return complete
    signature: str = complete.get("signature") or ""
    if not hmac.compare_digest(signature_of(emulator, complete).encode(), signature.encode()):
        return stored
    if stored and stored.get("entryPoints") and uris_of(stored) == uris:
        create = stored.get("createRequest")
    if create:
        complete["createRequest"] = {**create, "status": {"statusCode": "success"}}
    return complete
