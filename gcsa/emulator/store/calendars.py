"""The calendars themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.store.several import bound, places

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_COLUMNS = "key, id, data_owner, is_primary, time_zone, resource, version, change, changed, deleted"


class CalendarRow(NamedTuple):
    """A calendar.

    `version` is the number in the calendar's own etag, `changed` when one of its events was last changed, `change` how
    often one was.
    `resource` is the JSON text of the fields that belong to the calendar itself: summary, description, location,
    timeZone, conferenceProperties and so on; what depends on who asks is put around it.
    """

    key: int
    id: str
    data_owner: int
    is_primary: bool
    time_zone: str
    resource: str
    version: int
    change: int
    changed: int
    deleted: bool


class Calendars:
    """The `calendars` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_id(self, calendar_id: str) -> CalendarRow | None:
        """Return the calendar of this id."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendars WHERE id = ?", (calendar_id,)
        ).fetchone()
        return None if row is None else CalendarRow._make(row)

    def of_ids(self, ids: Sequence[str]) -> dict[str, CalendarRow]:
        """Return the calendars of these ids that are there, by their ids."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendars WHERE id IN {places(ids)} AND NOT deleted",
            bound(ids),
        )
        calendars = map(CalendarRow._make, rows)
        return {calendar.id: calendar for calendar in calendars}

    def by_key(self, key: int) -> CalendarRow | None:
        """Return the calendar of this key."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendars WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else CalendarRow._make(row)

    def add(
        self,
        calendar_id: str,
        *,
        data_owner: int,
        is_primary: bool,
        time_zone: str,
        resource: str,
        version: int,
        now: int,
    ) -> CalendarRow:
        """Add a calendar."""
        cursor = self._connection.execute(
            "INSERT INTO calendars"
            " (id, data_owner, is_primary, time_zone, resource, version, changed)"
            f" VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
            (calendar_id, data_owner, is_primary, time_zone, resource, version, now),
        )
        return CalendarRow._make(cursor.fetchone())

    def set_resource(self, key: int, resource: str, time_zone: str, version: int) -> None:
        """Change a calendar's own fields."""
        self._connection.execute(
            "UPDATE calendars SET resource = ?, time_zone = ?, version = ? WHERE key = ?",
            (resource, time_zone, version, key),
        )

    def set_data_owner(self, key: int, data_owner: int, version: int) -> None:
        """Give a calendar to another user."""
        self._connection.execute(
            "UPDATE calendars SET data_owner = ?, version = ? WHERE key = ?",
            (data_owner, version, key),
        )

    def delete(self, key: int) -> None:
        """Note that a calendar is gone; its id is never given again."""
        self._connection.execute("UPDATE calendars SET deleted = 1 WHERE key = ?", (key,))

    def next_change(self, key: int, now: int) -> int:
        """Return the next number in the calendar's sequence of changes to its events."""
        cursor = self._connection.execute(
            "UPDATE calendars SET change = change + 1, changed = max(changed, ?) WHERE key = ?"
            " RETURNING change",
            (now, key),
        )
        change: int = cursor.fetchone()[0]
        return change
