"""Events from Gmail: they come out of mails, and little of them can be changed.

Reference: https://developers.google.com/workspace/calendar/api/guides/event-types#events-from-gmail
"""

from __future__ import annotations

from typing import Final

from gcsa.emulator.errors import ApiError

# "The API allows updating the colorId, reminders, visibility, transparency, status, attendees, private and shared
# extended properties using the update and patch methods."
_CHANGEABLE: Final = frozenset(
    {
        "colorId",
        "eventLabelId",
        "reminders",
        "visibility",
        "transparency",
        "status",
        "attendees",
        "extendedProperties",
        "sequence",
    }
)


def check(changes: frozenset[str], *, is_new: bool) -> None:
    """Check that only that of an event from Gmail changes which may.

    Args:
        changes: The fields that differ from before.
        is_new: Whether it is new, and has just come out of a mail.

    Raises:
        ApiError: 400, as in https://github.com/phw198/OutlookGoogleCalendarSync/issues/1919
    """
    if not is_new and changes - _CHANGEABLE:
        raise ApiError.bad_request()
