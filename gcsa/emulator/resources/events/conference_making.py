"""Making a conference: its solution, its entry points and its signature."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator.answer import json_text

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.emulator import Emulator

# A dial-in number of Meet for the United States; 555 numbers are never given to anyone.
_PHONE: Final = "+1 575-555-0142"
_REGION: Final = "US"


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
# The types of conferences that are made here.
TYPES: Final = frozenset(_SOLUTIONS)


def made(emulator: Emulator, pending: Resource) -> Resource:
    """Return what becomes of a pending conference: one with entry points, or a failure.

    Args:
        emulator: The emulator, which says what fails, and remembers what was made.
        pending: The conferenceData with the create request.
    """
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
    data["signature"] = signature_of(emulator, data)
    emulator.store.conferences.made(uris_of(data))
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


def uris_of(data: Resource) -> list[str]:
    """Return the addresses by which a conference is known."""
    # Everyone who dials in by phone dials the same number: it says nothing of the conference.
    return [
        entry_point["uri"]
        for entry_point in data["entryPoints"]
        if entry_point["entryPointType"] != "phone"
    ]


def signature_of(emulator: Emulator, data: Resource) -> str:
    """Return the signature of what makes a conference this one: its id, its kind and its entry points."""
    content = json_text(
        [
            data.get("conferenceId"),
            data["conferenceSolution"].get("key", {}).get("type"),
            [sorted(entry_point.items()) for entry_point in data["entryPoints"]],
        ]
    )
    return hmac.new(emulator.secret, content.encode(), hashlib.sha256).hexdigest()
