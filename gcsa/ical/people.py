"""Guests and organizers on iCalendar lines.

Reference: RFC 5545, 3.8.4.1 (ATTENDEE) and 3.8.4.3 (ORGANIZER)
"""

from __future__ import annotations

from typing import Any

from gcsa.ical.content import Property

PARTSTATS = {
    "needsAction": "NEEDS-ACTION",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
    "accepted": "ACCEPTED",
}
_STATUSES = {text: status for status, text in PARTSTATS.items()}


def address(email: str) -> str:
    """Return the calendar address of an e-mail address."""
    return f"mailto:{email}"


def read_person(found: Property) -> dict[str, Any]:
    """Return who stands on an ORGANIZER line."""
    person: dict[str, Any] = {"email": _email(found)}
    name = found.parameters.get("CN")
    if name and name != person["email"]:
        person["displayName"] = name
    return person


def read_attendee(found: Property) -> dict[str, Any]:
    """Return the guest of an ATTENDEE line."""
    attendee = read_person(found)
    parameters = found.parameters
    attendee["responseStatus"] = _STATUSES.get(
        parameters.get("PARTSTAT", "").upper(), "needsAction"
    )
    if parameters.get("ROLE", "").upper() in ("OPT-PARTICIPANT", "NON-PARTICIPANT"):
        attendee["optional"] = True
    if parameters.get("CUTYPE", "").upper() in ("RESOURCE", "ROOM"):
        attendee["resource"] = True
    # Google's own parameters.
    guests = parameters.get("X-NUM-GUESTS", "")
    if guests.isdecimal() and int(guests) > 0:
        attendee["additionalGuests"] = int(guests)
    if "X-RESPONSE-COMMENT" in parameters:
        attendee["comment"] = parameters["X-RESPONSE-COMMENT"]
    return attendee


def write_person(person: dict[str, Any]) -> dict[str, str]:
    """Return the parameters that say who somebody is."""
    name = person.get("displayName")
    return {"CN": name} if isinstance(name, str) and name else {}


def write_attendee(attendee: dict[str, Any]) -> dict[str, str]:
    """Return the parameters of an ATTENDEE line."""
    parameters = write_person(attendee)
    parameters["CUTYPE"] = "RESOURCE" if attendee.get("resource") else "INDIVIDUAL"
    parameters["ROLE"] = "OPT-PARTICIPANT" if attendee.get("optional") else "REQ-PARTICIPANT"
    status: object = attendee.get("responseStatus")
    parameters["PARTSTAT"] = PARTSTATS.get(str(status), "NEEDS-ACTION")
    guests: object = attendee.get("additionalGuests")
    if isinstance(guests, int) and guests > 0:
        parameters["X-NUM-GUESTS"] = str(guests)
    comment: object = attendee.get("comment")
    if isinstance(comment, str) and comment:
        parameters["X-RESPONSE-COMMENT"] = comment
    return parameters


def _email(found: Property) -> str:
    value = found.value.strip()
    if value.lower().startswith("mailto:"):
        return value[7:]
    # Exchange writes addresses of its own kind, and the e-mail address beside it.
    return found.parameters.get("EMAIL", value)
