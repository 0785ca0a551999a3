"""Putting calendars on the users' lists, and taking them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import ids, palette
from gcsa.emulator.answer import json_text
from gcsa.emulator.store.lists import ListEntry

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store


def put(
    store: Store, user: int, calendar: int, own: Resource, now: int, *, hidden: bool = False
) -> ListEntry:
    """Put a calendar on a user's list, or change how it is there.

    Args:
        store: The database.
        user: The user's key.
        calendar: The calendar's key.
        own: The fields that are this user's own.
        now: The time, in milliseconds.
        hidden: Whether it is hidden from the list.
    """
    before = store.lists.get(user, calendar)
    entry = ListEntry(
        user,
        calendar,
        json_text(own),
        hidden,
        ids.next_version(now, 0 if before is None else before.version),
        store.lists.last_change(user) + 1,
        False,
    )
    store.lists.put(entry)
    return entry


def take_off(store: Store, entry: ListEntry, now: int) -> None:
    """Take a calendar off a user's list; that it was there is remembered."""
    store.lists.put(
        entry._replace(
            resource="{}",
            hidden=False,
            version=ids.next_version(now, entry.version),
            change=store.lists.last_change(entry.user) + 1,
            deleted=True,
        )
    )


def own_fields(store: Store, user: int, calendar: int) -> Resource:
    """Return a user's own fields of a calendar; none when it is not on the list."""
    entry = store.lists.get(user, calendar)
    return {} if entry is None else decoded(entry)


def decoded(entry: ListEntry) -> Resource:
    """Return the user's own fields in an entry."""
    own: Resource = msgspec.json.decode(entry.resource)
    return own


def colors(color_id: str) -> Resource:
    """Return the fields of an entry that has this colour of the palette."""
    return {
        "colorId": color_id,
        "backgroundColor": palette.CALENDAR_BACKGROUNDS[color_id],
        "foregroundColor": palette.ENTRY_FOREGROUND,
    }


def next_colors(store: Store, user: int) -> Resource:
    """Return the fields of the colour for one more calendar on a user's list: the palette's, in turn."""
    count = len(store.lists.of_user(user))
    return colors(str(count % len(palette.CALENDAR_BACKGROUNDS) + 1))
