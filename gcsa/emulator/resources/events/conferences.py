"""Conferences: create requests that are answered later, and copies that need a signature.

The rules are those of conferenceData in https://developers.google.com/workspace/calendar/api/v3/reference/events and of
https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing .
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gcsa.emulator.answer import json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.fields import merged
from gcsa.emulator.resources.events.finding import decoded

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.store.calendars import CalendarRow

# "for video, http: or https: schema is required; for phone, tel: …; for sip, sip: …; for more, http: or https: …"
_SCHEMES: Final = {
    "video": ("http:", "https:"),
    "phone": ("tel:",),
    "sip": ("sip:",),
    "more": ("http:", "https:"),
}
# "A conference can have zero or one video [sip, more] entry point."
_AT_MOST_ONE: Final = ("video", "sip", "more")
# A dial-in number of Meet for the United States; 555 numbers are never given to anyone.
_PHONE: Final = "+1 575-555-0142"
_REGION: Final = "US"


# What a person may add to a conference of any origin; it is not signed.
_OWN_FIELDS: Final = ("notes", "parameters")


class _Solution(NamedTuple):
    name: str
    icon: str


_SOLUTIONS: Final = {
    "hangoutsMeet": _Solution(
        "Google Meet",
        "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/"
        "logo_meet_2020q4_color_2x_web_512dp.png",
    ),
    "eventHangout": _Solution(
        "Hangouts", "https://fonts.gstatic.com/s/i/productlogos/hangouts/v9/web-512dp/hangouts.png"
    ),
    "eventNamedHangout": _Solution(
        "Hangouts", "https://fonts.gstatic.com/s/i/productlogos/hangouts/v9/web-512dp/hangouts.png"
    ),
}


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
        data = _made(emulator, resource["conferenceData"])
        for changed in (row, *store.events.exceptions(due.calendar, due.event)):
            # Exceptions that were made while the request was pending share it.
            resource = decoded(changed)
            if is_pending(resource.get("conferenceData"), due.request):
                attach(resource, data)
                saving.rewrite(store, calendar, changed, resource, due.due)


def attach(resource: Resource, data: Resource | None) -> None:
    """Put a conference on an event, or take it away, with the event's hangoutLink."""
    resource.pop("hangoutLink", None)
    if not data:
        resource.pop("conferenceData", None)
        return
    resource["conferenceData"] = data
    if data.get("conferenceSolution", {}).get("key", {}).get("type") in _SOLUTIONS:
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
    if kind not in allowed or kind not in _SOLUTIONS:
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


def _made(emulator: Emulator, pending: Resource) -> Resource:
    create: Resource = pending["createRequest"]
    kind: str = create["conferenceSolutionKey"]["type"]
    failing = emulator.conference_failure
    if failing is True or (failing is not False and kind in failing):
        return {**pending, "createRequest": {**create, "status": {"statusCode": "failure"}}}
    solution = _SOLUTIONS[kind]
    conference_id, entry_points = _entry_points(emulator, kind)
    data: Resource = {
        **pending,
        "createRequest": {**create, "status": {"statusCode": "success"}},
        "entryPoints": entry_points,
        "conferenceSolution": {
            "key": {"type": kind},
            "name": solution.name,
            "iconUri": solution.icon,
        },
    }
    if conference_id is not None:
        data["conferenceId"] = conference_id
    data["signature"] = _signature(emulator, data)
    emulator.store.conferences.made(_uris(data))
    return data


def _entry_points(emulator: Emulator, kind: str) -> tuple[str | None, list[Resource]]:
    # "eventHangout: ID is not set. eventNamedHangout: ID is the name of the Hangout.
    # hangoutsMeet: ID is the 10-letter meeting code, for example aaa-bbbb-ccc."
    if kind != "hangoutsMeet":
        name = emulator.ids.event()
        address = f"hangouts.google.com/hangouts/_/{name}"
        video = {"entryPointType": "video", "uri": f"https://{address}", "label": address}
        return (name if kind == "eventNamedHangout" else None), [video]
    code = emulator.ids.meeting_code()
    pin = emulator.ids.digits(9)
    phone_number = _PHONE.replace(" ", "-")
    return code, [
        {
            "entryPointType": "video",
            "uri": f"https://meet.google.com/{code}",
            "label": f"meet.google.com/{code}",
        },
        {
            "entryPointType": "phone",
            "uri": f"tel:{phone_number}",
            "label": _PHONE,
            "pin": pin,
            "regionCode": _REGION,
        },
        {
            "entryPointType": "more",
            "uri": f"https://tel.meet/{code}?pin={emulator.ids.digits(13)}",
            "pin": pin,
        },
    ]


# Copies -------------------------------------------------------------------------------------------------


def _copied(
    emulator: Emulator, stored: Resource | None, complete: Resource, create: Resource | None
) -> Resource | None:
    check_entry_points(complete)
    complete.pop("createRequest", None)
    uris = _uris(complete)
    if not emulator.store.conferences.made_here(uris):
        return complete
    signature: str = complete.get("signature") or ""
    if not hmac.compare_digest(_signature(emulator, complete).encode(), signature.encode()):
        return stored
    if stored and stored.get("entryPoints") and _uris(stored) == uris:
        create = stored.get("createRequest")
    if create:
        complete["createRequest"] = {**create, "status": {"statusCode": "success"}}
    return complete


def check_entry_points(data: Resource) -> None:
    """Check the rules for a conference's entry points.

    Raises:
        ApiError: There is no solution or entry point, there are too many of a type, or a URI does not fit its type.
    """
    entry_points: list[Resource] = data.get("entryPoints") or []
    if not entry_points or not data.get("conferenceSolution"):
        # "Either conferenceSolution and at least one entryPoint, or createRequest is required." The message is that of
        # https://github.com/googleapis/google-api-dotnet-client/issues/1894
        raise ApiError.invalid("Invalid conference data.")
    counts = Counter(entry_point.get("entryPointType") for entry_point in entry_points)
    if None in counts:
        raise ApiError.required("Missing entry point type.")
    if any(counts[kind] > 1 for kind in _AT_MOST_ONE) or set(counts) == {"more"}:
        # "A conference with only a more entry point is not a valid conference."
        raise ApiError.invalid("Invalid conference entry points.")
    for entry_point in entry_points:
        _check_entry_point(entry_point)


def _check_entry_point(entry_point: Resource) -> None:
    uri: str = entry_point.get("uri") or ""
    kind: str = entry_point["entryPointType"]
    if not uri.lower().startswith(_SCHEMES[kind]):
        raise ApiError.invalid(f"Invalid URI of a {kind} entry point.")
    features: list[str] = entry_point.get("entryPointFeatures") or []
    if "toll" in features and "toll-free" in features:
        # "toll and toll-free cannot be both set on the same entry point"
        raise ApiError.invalid("Invalid features of an entry point.")


def _uris(data: Resource) -> list[str]:
    # Everyone who dials in by phone dials the same number: it says nothing of the conference.
    return [
        entry_point["uri"]
        for entry_point in data["entryPoints"]
        if entry_point["entryPointType"] != "phone"
    ]


def _signature(emulator: Emulator, data: Resource) -> str:
    """Return the signature of what makes a conference this one: its id, its kind and its entry points."""
    content = json_text(
        [
            data.get("conferenceId"),
            data["conferenceSolution"].get("key", {}).get("type"),
            [sorted(entry_point.items()) for entry_point in data["entryPoints"]],
        ]
    )
    return hmac.new(emulator.secret, content.encode(), hashlib.sha256).hexdigest()
