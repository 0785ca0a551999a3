"""Persons to and from JSON."""

from __future__ import annotations

from typing import Any

from gcsa.person import Person
from gcsa.serializers._layout import Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer

_LAYOUT = Layout(
    Person,
    {
        "email": Value("email"),
        "displayName": Value("display_name"),
        "id": Value("id_"),
        "self": Value("is_self", bool),
    },
)


class PersonSerializer(BaseSerializer[Person]):
    """Turns a `Person` into the JSON of an event's `creator` or `organizer` and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = Person

    def __init__(self, person: Person | dict[str, Any] | str) -> None:
        super().__init__(person)

    @classmethod
    def write(cls, obj: Person) -> dict[str, Any]:
        """Return the person's JSON; None is left out."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Person:
        """Return the person, whatever the values are."""
        return _LAYOUT.read(resource)
