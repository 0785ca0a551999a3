"""A new account: its primary calendar, and the defaults that Google gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.answer import json_text

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User

DEFAULT_TIME_ZONE = "UTC"
DEFAULT_REMINDERS = [{"method": "popup", "minutes": 10}]
# What a calendar of today allows: the other two types are deprecated, and new ones cannot be created.
# https://developers.google.com/workspace/calendar/api/v3/reference/events#conferenceData
DEFAULT_CONFERENCE_TYPES = ["hangoutsMeet"]
# Google's colour of a primary calendar, 14 in the palette of calendars.
_PRIMARY_COLORS = {"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000"}


def open_account(store: Store, email: str, now: int) -> User:
    """Return the account of an address; one that is new gets a primary calendar of the same name.

    Needs a writing transaction.

    Args:
        store: The database.
        email: The address, in lower case.
        now: The time, in milliseconds.
    """
    user = store.users.by_email(email)
    if user is not None:
        return user
    user = store.users.add(email, now)
    calendar = store.calendars.add(
        email,
        data_owner=user.key,
        is_primary=True,
        time_zone=DEFAULT_TIME_ZONE,
        resource=json_text(
            {
                "summary": email,
                "timeZone": DEFAULT_TIME_ZONE,
                "conferenceProperties": {
                    "allowedConferenceSolutionTypes": DEFAULT_CONFERENCE_TYPES
                },
            }
        ),
        now=now,
    )
    store.calendars.set_rule(calendar, f"user:{email}", "owner", now)
    store.calendars.add_to_list(
        user.key,
        calendar,
        json_text({**_PRIMARY_COLORS, "selected": True, "defaultReminders": DEFAULT_REMINDERS}),
        now,
    )
    return user
