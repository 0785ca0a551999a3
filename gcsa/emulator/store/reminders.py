"""The reminders that users have for events on calendars that are not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

# The events of a calendar have the reminders of its data owner. Those of the one before go beside them: all but the
# default, which goes without saying, except for an instance whose series may have others.
_SET_ASIDE: Final = """
INSERT OR REPLACE INTO own_reminders (calendar, event, user, resource)
SELECT calendar, id, :before, json_extract(resource, '$.reminders') FROM events
WHERE calendar = :calendar AND json_type(resource, '$.reminders') = 'object'
AND (series IS NOT NULL OR json_extract(resource, '$.reminders.useDefault') = 0)
"""
_PUT_IN: Final = """
UPDATE events SET resource = json_replace(resource, '$.reminders', json(coalesce(
    (SELECT resource FROM own_reminders AS own
     WHERE own.calendar = events.calendar AND own.event = events.id AND own.user = :after),
    (SELECT resource FROM own_reminders AS own
     WHERE own.calendar = events.calendar AND own.event = events.series AND own.user = :after),
    '{"useDefault":true}'
)))
WHERE calendar = :calendar AND json_type(resource, '$.reminders') = 'object'
"""
_LET_GO: Final = "DELETE FROM own_reminders WHERE calendar = :calendar AND user = :after"


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

    def change_owner(self, calendar: int, before: int, after: int) -> None:
        """Let two users keep their reminders when a calendar goes from the one to the other."""
        keys = {"calendar": calendar, "before": before, "after": after}
        for statement in (_SET_ASIDE, _PUT_IN, _LET_GO):
            self._connection.execute(statement, keys)

    def move(self, source: int, destination: int, event: str) -> None:
        """Let everybody's reminders for an event go with it to another calendar."""
        self._connection.execute(
            "UPDATE OR REPLACE own_reminders SET calendar = ? WHERE calendar = ? AND event = ?",
            (destination, source, event),
        )
