"""The calendars, the lists of them that users have, and who may do what on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = "key, id, data_owner, is_primary, time_zone, resource, updated, change, changed, deleted"


class CalendarRow(NamedTuple):
    """A calendar.

    `updated` is when the calendar itself was last changed, `changed` when one of its events was, `change` how often.
    `resource` is the JSON text of the fields that belong to the calendar itself: summary, description, location,
    timeZone, conferenceProperties and so on; what depends on who asks is put around it.
    """

    key: int
    id: str
    data_owner: int
    is_primary: bool
    time_zone: str
    resource: str
    updated: int
    change: int
    changed: int
    deleted: bool


class Calendars:
    """The `calendars`, `calendar_list` and `acl` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_id(self, calendar_id: str) -> CalendarRow | None:
        """Return the calendar of this id."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM calendars WHERE id = ?", (calendar_id,)
        ).fetchone()
        return None if row is None else CalendarRow._make(row)

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
        now: int,
    ) -> int:
        """Add a calendar and return its key."""
        cursor = self._connection.execute(
            "INSERT INTO calendars"
            " (id, data_owner, is_primary, time_zone, resource, updated, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING key",
            (calendar_id, data_owner, is_primary, time_zone, resource, now, now),
        )
        key: int = cursor.fetchone()[0]
        return key

    def set_resource(self, key: int, resource: str, time_zone: str, now: int) -> None:
        """Change a calendar's own fields."""
        self._connection.execute(
            "UPDATE calendars SET resource = ?, time_zone = ?, updated = ? WHERE key = ?",
            (resource, time_zone, now, key),
        )

    def next_change(self, key: int, now: int) -> int:
        """Return the next number in the calendar's sequence of changes to its events."""
        cursor = self._connection.execute(
            "UPDATE calendars SET change = change + 1, changed = ? WHERE key = ? RETURNING change",
            (now, key),
        )
        change: int = cursor.fetchone()[0]
        return change

    # The list of a user ---------------------------------------------------------------------------------

    def add_to_list(self, user: int, calendar: int, resource: str, now: int) -> None:
        """Put a calendar on a user's list, with the fields that are this user's own."""
        self._connection.execute(
            "INSERT INTO calendar_list (user, calendar, resource, updated) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (user, calendar) DO UPDATE"
            " SET resource = excluded.resource, updated = excluded.updated, deleted = 0",
            (user, calendar, resource, now),
        )

    def list_entry(self, user: int, calendar: int) -> str | None:
        """Return the JSON text of a user's own fields of a calendar; None when it is not on the list."""
        row = self._connection.execute(
            "SELECT resource FROM calendar_list WHERE user = ? AND calendar = ? AND deleted = 0",
            (user, calendar),
        ).fetchone()
        return None if row is None else row[0]

    # Access ---------------------------------------------------------------------------------------------

    def set_rule(self, calendar: int, rule_id: str, role: str, now: int) -> None:
        """Give the role to the rule's scope; `rule_id` is Google's, such as `user:me@example.com`."""
        self._connection.execute(
            "INSERT INTO acl (calendar, id, role, updated) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (calendar, id) DO UPDATE"
            " SET role = excluded.role, updated = excluded.updated, deleted = 0",
            (calendar, rule_id, role, now),
        )

    def role(self, calendar: int, rule_id: str) -> str | None:
        """Return the role that a rule gives, if there is such a rule."""
        row = self._connection.execute(
            "SELECT role FROM acl WHERE calendar = ? AND id = ? AND deleted = 0",
            (calendar, rule_id),
        ).fetchone()
        return None if row is None else row[0]
