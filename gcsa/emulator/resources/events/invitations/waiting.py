"""Invitations to addresses that had no account yet, once they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.invitations.spreading import publish
from gcsa.emulator.store.events import State

if TYPE_CHECKING:
    from gcsa.emulator.store import Store


def deliver(store: Store, address: str, now: int) -> None:
    """Put the events that an address was invited to on the primary calendar that it has now.

    What has been called off since, or invites others by now, stays away.

    Args:
        store: The database.
        address: The address of a new account.
        now: The time, in milliseconds.
    """
    for waiting in store.invitations.take(address):
        calendar = store.calendars.by_key(waiting.calendar)
        row = store.events.get(waiting.calendar, waiting.event)
        if calendar is None or calendar.deleted or row is None or row.state != State.LIVE:
            continue
        exceptions = store.events.exceptions(calendar.key, row.id)
        publish(store, calendar, decoded(row), now, {one.id: decoded(one) for one in exceptions})
