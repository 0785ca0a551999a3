"""The reminders that users have for events on calendars that are not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class StoredReminders:
    """The `own_reminders` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, calendar: int, event: str, user: int) -> str | None:
        """Return the JSON text of a user's reminders for an event, None where there are none of their own."""
        row = self._connection.execute(
            "SELECT resource FROM own_reminders WHERE calendar = ? AND event = ? AND user = ?",
            (calendar, event, user),
        ).fetchone()
        return None if row is None else row[0]

    def put(self, calendar: int, event: str, user: int, resource: str) -> None:
        """Write a user's reminders for an event."""
        self._connection.execute(
            "INSERT OR REPLACE INTO own_reminders (calendar, event, user, resource)"
            " VALUES (?, ?, ?, ?)",
            (calendar, event, user, resource),
        )

    def take(self, calendar: int, event: str, user: int) -> str | None:
        """Return a user's reminders for an event, and forget them."""
        row = self._connection.execute(
            "DELETE FROM own_reminders WHERE calendar = ? AND event = ? AND user = ?"
            " RETURNING resource",
            (calendar, event, user),
        ).fetchone()
        return None if row is None else row[0]

    def move(self, source: int, destination: int, event: str) -> None:
        """Let everybody's reminders for an event go with it to another calendar."""
        self._connection.execute(
            "UPDATE OR REPLACE own_reminders SET calendar = ? WHERE calendar = ? AND event = ?",
            (destination, source, event),
        )
