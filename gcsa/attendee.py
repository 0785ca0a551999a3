"""Attendees: the people and the rooms that are invited to an event."""

from __future__ import annotations

from typing import Any

from attrs import define, field, validators

from gcsa import _checks as checks
from gcsa.person import Person


class ResponseStatus:
    """An attendee's answer to the invitation.

    - `NEEDS_ACTION`: has not answered yet
    - `DECLINED`: does not come
    - `TENTATIVE`: perhaps comes
    - `ACCEPTED`: comes
    """

    NEEDS_ACTION = "needsAction"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"


@define(slots=False, init=False, repr=False)
class Attendee(Person):
    """Somebody, or a room, who is invited to an event.

    Args:
        email: The e-mail address.
        display_name: The name.
        comment: What they wrote with their answer.
        optional: Whether the event goes ahead without them. Google's default is False.
        is_resource: Whether this is a room or another resource. It can be said only when the
            attendee is added; Google ignores it later. Google's default is False.
        additional_guests: How many guests they bring along, 0 or more. Google's default is 0.
        _id: Their profile id. Set by Google.
        _is_self: Whether the calendar that the event was read from is theirs. Set by Google.
        _response_status: Their answer, one of `ResponseStatus`. Theirs to give.
        other: What else Google says of them, under Google's own names, such as `organizer`.

    Attributes:
        response_status: What was given as `_response_status`. An answer that you write yourself is
            taken as theirs.

    Raises:
        ValueError: `additional_guests` is negative.
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    comment: str | None = field(
        kw_only=True, default=None, validator=validators.optional(checks.text())
    )
    optional: bool | None = field(
        kw_only=True, default=None, validator=validators.optional(checks.flag)
    )
    is_resource: bool | None = field(
        kw_only=True, default=None, validator=validators.optional(checks.flag)
    )
    additional_guests: int | None = field(
        kw_only=True, default=None, validator=validators.optional(checks.number(0))
    )
    response_status: str | None = field(
        kw_only=True,
        default=None,
        alias="_response_status",
        validator=validators.optional(checks.text()),
    )

    def __init__(
        self,
        email: str,
        display_name: str | None = None,
        comment: str | None = None,
        optional: bool | None = None,
        is_resource: bool | None = None,
        additional_guests: int | None = None,
        _id: str | None = None,
        _is_self: bool | None = None,
        _response_status: str | None = None,
        *,
        other: dict[str, Any] | None = None,
    ) -> None:
        checks.require_text("email", email)
        super().__init__(email, display_name, _id, _is_self, other={} if other is None else other)
        self.comment = comment
        self.optional = optional
        self.is_resource = is_resource
        self.additional_guests = additional_guests
        self.response_status = _response_status

    def __repr__(self) -> str:
        return f"<Attendee {self.email!r} - response: {self.response_status!r}>"
