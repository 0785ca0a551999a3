"""Persons: the creator and the organizer of an event."""

from __future__ import annotations

from typing import Any

from attrs import define, field
from attrs.validators import optional

from gcsa import _checks as checks


@define(slots=False, repr=False)
class Person:
    """Somebody whom an event names.

    Args:
        email: Their e-mail address.
        display_name: Their name.
        _id: Their profile id. Set by Google.
        _is_self: Whether the calendar that the event was read from is theirs. Set by Google.
        other: What else Google says of them, under Google's own names.

    Attributes:
        id_: What Google said as `_id`.
        is_self: What Google said as `_is_self`.

    Raises:
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    email: str | None = field(default=None, validator=optional(checks.text()))
    display_name: str | None = field(default=None, validator=optional(checks.text()))
    id_: str | None = field(default=None, alias="_id", validator=optional(checks.text()))
    is_self: bool | None = field(default=None, alias="_is_self", validator=optional(checks.flag))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)

    def __repr__(self) -> str:
        return f"<Person {self.email!r} - {self.display_name!r}>"
