"""The invitations that wait: to addresses that have no account yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class WaitingInvitation(NamedTuple):
    """An invitation to somebody who has no account.

    Attributes:
        calendar: The key of the organizer's calendar.
        event: The event's id.
    """

    calendar: int
    event: str


class Invitations:
    """The `invitations` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, addresses: Iterable[str], calendar: int, event: str) -> None:
        """Keep an invitation for those who have no account yet."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO invitations (address, calendar, event) VALUES (?, ?, ?)",
            [(address, calendar, event) for address in addresses],
        )

    def take(self, address: str) -> list[WaitingInvitation]:
        """Return what waits for an address, oldest calendars first, and forget it."""
        rows = self._connection.execute(
            "SELECT calendar, event FROM invitations WHERE address = ? ORDER BY calendar, event",
            (address,),
        ).fetchall()
        self._connection.execute("DELETE FROM invitations WHERE address = ?", (address,))
        return [WaitingInvitation._make(row) for row in rows]
