"""The reminders of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# "Valid values are between 0 and 40320 (4 weeks in minutes)"
# https://developers.google.com/workspace/calendar/api/v3/reference/events#reminders.overrides.minutes
_MOST_MINUTES = 40_320


def reminders(given: Resource | None) -> Resource:
    """Return the reminders as they are stored; an event that says nothing has its calendar's.

    Raises:
        ApiError: Both the calendar's and own ones; or one without method or minutes, or with too many of them.
    """
    if not given:
        return {"useDefault": True}
    overrides: list[Resource] = given.get("overrides") or []
    if given.get("useDefault"):
        if overrides:
            # https://github.com/phw198/OutlookGoogleCalendarSync/issues/666 quotes domain, reason and message.
            raise ApiError(
                400,
                "cannotUseDefaultRemindersAndSpecifyOverride",
                "Cannot specify both default reminders and overrides at the same time.",
                domain="calendar",
            )
        return {"useDefault": True}
    check_overrides(overrides)
    return {"useDefault": False, "overrides": overrides} if overrides else {"useDefault": False}


def check_overrides(overrides: list[Resource]) -> None:
    """Check reminders, of an event or the default ones of a calendar.

    Raises:
        ApiError: One has no method or no minutes, or too many of them.
    """
    for override in overrides:
        for name in ("method", "minutes"):
            if override.get(name) is None:
                raise ApiError.required(f"Missing reminder {name}.")
        if not 0 <= override["minutes"] <= _MOST_MINUTES:
            raise ApiError.invalid(
                f"Invalid reminder minutes: {override['minutes']}."
                f" Values must be within the range: [0, {_MOST_MINUTES}]"
            )
