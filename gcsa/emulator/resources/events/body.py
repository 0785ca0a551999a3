"""The event in a request's body, as far as the call's parameters let it count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator.bodies import read_body
from gcsa.emulator.resources.events.labels import ignored_by

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call


def event_body(call: Call) -> Resource:
    """Return the event in the body.

    What the call does not say it supports is left out: conference data without conferenceDataVersion=1, attachments
    without supportsAttachments, and of colour and label the one that eventLabelVersion does not choose.
    """
    parameters = call.parameters
    ignored: set[str] = set()
    if parameters.integer("conferenceDataVersion") != 1:
        ignored.add("conferenceData")
    if not parameters.flag("supportsAttachments"):
        ignored.add("attachments")
    ignored.add(ignored_by(call))
    body = read_body("Event", call.request.body, ignoring=frozenset(ignored))
    _add_contact(body, call.request.body)
    return body


def _add_contact(body: Resource, content: bytes) -> None:
    """Add whose birthday it is, which is read-only: a seed may say it, and an insert is refused for it."""
    properties: Resource | None = body.get("birthdayProperties")
    if properties is not None:
        given: Resource = msgspec.json.decode(content)["birthdayProperties"]
        for name in ("contact", "customTypeName"):
            if isinstance(given.get(name), str):
                properties[name] = given[name]
