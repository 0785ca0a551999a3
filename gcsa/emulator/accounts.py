"""The accounts: an address has one as soon as somebody uses it, and finds there what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.opening import new_account
from gcsa.emulator.resources.events.invitations.waiting import deliver

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User


def open_account(store: Store, email: str, now: int) -> User:
    """Return the account of an address; one that is new gets the events that it was invited to before.

    Needs a writing transaction.

    Args:
        store: The database.
        email: The address, in lower case.
        now: The time, in milliseconds.
    """
    user = store.users.by_email(email)
    if user is None:
        user = new_account(store, email, now)
        deliver(store, email, now)
    return user
