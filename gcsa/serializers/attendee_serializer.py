"""Attendees to and from JSON."""

from __future__ import annotations

from typing import Any

from gcsa.attendee import Attendee
from gcsa.serializers._layout import Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer

_LAYOUT = Layout(
    Attendee,
    {
        "email": Value("email"),
        "displayName": Value("display_name"),
        "comment": Value("comment"),
        "optional": Value("optional", bool),
        "resource": Value("is_resource", bool),
        "additionalGuests": Value("additional_guests", int),
        "id": Value("id_"),
        "self": Value("is_self", bool),
        "responseStatus": Value("response_status"),
    },
)


class AttendeeSerializer(BaseSerializer[Attendee]):
    """Turns an `Attendee` into the JSON of one of an event's `attendees` and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = Attendee

    def __init__(self, attendee: Attendee | dict[str, Any] | str) -> None:
        super().__init__(attendee)

    @classmethod
    def write(cls, obj: Attendee) -> dict[str, Any]:
        """Return the attendee's JSON; None is left out."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Attendee:
        """Return the attendee, whatever the values are."""
        return _LAYOUT.read(resource)
