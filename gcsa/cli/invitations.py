"""The user's own answer to an invitation."""

from __future__ import annotations

from gcsa.event import Event


def own_response(event: Event) -> str | None:
    """Return the user's own answer to the invitation, None where there is none."""
    return next((guest.response_status for guest in event.attendees if guest.is_self), None)
