"""Rooms and other resources: calendars that nobody signs in to, and that answer invitations by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator import opening, sharing
from gcsa.emulator.organization import domain_of, is_consumer

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow


def open_room(store: Store, address: str, organizer: CalendarRow, now: int) -> None:
    """Make the calendar of a room that is booked for the first time.

    Everybody of the organizer's organization may see it, as is usual for the resources of one.
    https://support.google.com/a/answer/1034381

    Args:
        store: The database.
        address: The room's.
        organizer: The calendar of the event that it is booked for.
        now: The time, in milliseconds.
    """
    opening.new_account(store, address, now)
    calendar = store.calendars.by_id(address)
    owner = store.users.by_key(organizer.data_owner)
    if calendar is not None and owner is not None and not is_consumer(owner.email):
        domain = domain_of(owner.email)
        sharing.set_role(store, calendar.key, f"domain:{domain}", "reader", now)


def accepts_by_itself(room: CalendarRow) -> bool:
    """Whether a room answers invitations by itself: unless its autoAcceptInvitations is false."""
    fields: Resource = msgspec.json.decode(room.resource)
    return fields.get("autoAcceptInvitations") is not False
