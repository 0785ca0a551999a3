"""A new account: its primary calendar, and the defaults that Google gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import calendar_lists, ids, sharing
from gcsa.emulator.answer import json_text

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User

DEFAULT_TIME_ZONE = "UTC"
DEFAULT_REMINDERS = [{"method": "popup", "minutes": 10}]
# What a calendar of today allows: the other two types are deprecated, and new ones cannot be created.
# https://developers.google.com/workspace/calendar/api/v3/reference/events#conferenceData
DEFAULT_CONFERENCE_TYPES = ["hangoutsMeet"]
# Google's colour of a primary calendar, and the mails about it that are on until somebody turns them off.
_PRIMARY_COLOR = "14"
_PRIMARY_NOTIFICATIONS = [
    {"type": kind, "method": "email"}
    for kind in ("eventCreation", "eventChange", "eventCancellation", "eventResponse")
]


def new_account(store: Store, email: str, now: int) -> User:
    """Make the account of an address that has none, with a primary calendar of the same name.

    Needs a writing transaction.

    Args:
        store: The database.
        email: The address, in lower case.
        now: The time, in milliseconds.
    """
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
        version=ids.next_version(now),
        now=now,
    )
    sharing.set_role(store, calendar.key, f"user:{email}", "owner", now)
    calendar_lists.put(
        store,
        user.key,
        calendar.key,
        {
            **calendar_lists.colors(_PRIMARY_COLOR),
            "selected": True,
            "defaultReminders": DEFAULT_REMINDERS,
            "notificationSettings": {"notifications": _PRIMARY_NOTIFICATIONS},
        },
        now,
    )
    return user
