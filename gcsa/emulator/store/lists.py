"""The users' lists of calendars: one row for each calendar that is, or was, on somebody's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class ListEntry(NamedTuple):
    """A calendar on a user's list.

    Attributes:
        user: The user's key.
        calendar: The calendar's key.
        resource: The JSON text of the fields that are this user's own: colours, reminders, summaryOverride and so on.
        hidden: Whether it is hidden from the list.
        version: The number in its etag.
        change: Its place in the list's sequence of changes.
        deleted: Whether it was taken off the list; the row stays.
    """

    user: int
    calendar: int
    resource: str
    hidden: bool
    version: int
    change: int
    deleted: bool


_COLUMNS: Final = ", ".join(ListEntry._fields)


class Lists:
    """The `calendar_list` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, entry: ListEntry) -> None:
        """Write an entry, over the one of the same user and calendar."""
        self._connection.execute(
            f"INSERT OR REPLACE INTO calendar_list ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", entry
        )

    def get(self, user: int, calendar: int) -> ListEntry | None:
        """Return a calendar's entry on a user's list, deleted or not."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendar_list WHERE user = ? AND calendar = ?",
            (user, calendar),
        ).fetchone()
        return None if row is None else ListEntry._make(row)

    def of_user(self, user: int, *, after: int = 0) -> list[ListEntry]:
        """Return a user's entries, deleted ones too, in the order in which their calendars were made.

        Args:
            user: The user's key.
            after: Only those of calendars with a greater key.
        """
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendar_list WHERE user = ? AND calendar > ? ORDER BY calendar",
            (user, after),
        )
        return [ListEntry._make(row) for row in rows]

    def of_calendar(self, calendar: int) -> list[ListEntry]:
        """Return everybody's entries of a calendar that are not deleted."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendar_list WHERE calendar = ? AND deleted = 0 ORDER BY user",
            (calendar,),
        )
        return [ListEntry._make(row) for row in rows]

    def changes(self, user: int, *, after: int, until: int) -> list[ListEntry]:
        """Return what changed after one number of a list's sequence, until another one, in order."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendar_list WHERE user = ? AND change > ? AND change <= ?"
            " ORDER BY change",
            (user, after, until),
        )
        return [ListEntry._make(row) for row in rows]

    def last_change(self, user: int) -> int:
        """Return the number of the last change of a user's list, 0 before the first one."""
        row = self._connection.execute(
            "SELECT coalesce(max(change), 0) FROM calendar_list WHERE user = ?", (user,)
        ).fetchone()
        change: int = row[0]
        return change
