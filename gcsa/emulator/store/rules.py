"""Who may do what on a calendar: its access control rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Rule(NamedTuple):
    """An access control rule.

    Attributes:
        calendar: The calendar's key.
        id: Google's id of it, which says whom it is for: `user:me@example.com`, `domain:example.com`, `default`.
        role: What they may do; 'none' when the rule was deleted. The row stays.
        version: The number in its etag.
        change: Its place in the sequence of changes to the calendar's rules.
    """

    calendar: int
    id: str
    role: str
    version: int
    change: int


_COLUMNS: Final = ", ".join(Rule._fields)
# A group may be a member of a group: everything that an address belongs to, at any depth. UNION ends circles.
_ROLES: Final = """
WITH RECURSIVE belonging (address) AS (
    SELECT :email UNION
    SELECT group_members.group_email FROM group_members JOIN belonging ON member = address
)
SELECT role FROM acl WHERE calendar = :calendar AND role != 'none' AND (
    id IN (:user, :domain, 'default') OR id IN (SELECT 'group:' || address FROM belonging)
)
"""


class Rules:
    """The `acl` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, rule: Rule) -> None:
        """Write a rule, over the one of the same calendar and id; its place in the list stays."""
        self._connection.execute(
            f"INSERT INTO acl ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (calendar, id) DO UPDATE"
            " SET role = excluded.role, version = excluded.version, change = excluded.change",
            rule,
        )

    def get(self, calendar: int, rule_id: str) -> Rule | None:
        """Return the rule of this id, deleted or not."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM acl WHERE calendar = ? AND id = ?", (calendar, rule_id)
        ).fetchone()
        return None if row is None else Rule._make(row)

    def of_calendar(self, calendar: int) -> list[Rule]:
        """Return a calendar's rules, deleted ones too, in the order in which they were made."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM acl WHERE calendar = ? ORDER BY key", (calendar,)
        )
        return [Rule._make(row) for row in rows]

    def changes(self, calendar: int, *, after: int, until: int) -> list[Rule]:
        """Return what changed after one number of the rules' sequence, until another one, in order."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM acl WHERE calendar = ? AND change > ? AND change <= ?"
            " ORDER BY change",
            (calendar, after, until),
        )
        return [Rule._make(row) for row in rows]

    def last_change(self, calendar: int) -> int:
        """Return the number of the last change of a calendar's rules, 0 before the first one."""
        row = self._connection.execute(
            "SELECT coalesce(max(change), 0) FROM acl WHERE calendar = ?", (calendar,)
        ).fetchone()
        change: int = row[0]
        return change

    def calendars_shared_with_groups(self) -> list[int]:
        """Return the keys of the calendars on which a group has a role."""
        rows = self._connection.execute(
            "SELECT DISTINCT calendar FROM acl WHERE role != 'none' AND id GLOB 'group:*'"
        )
        return [row[0] for row in rows]

    def roles_of(self, calendar: int, email: str) -> list[str]:
        """Return the roles that rules give to an address: to itself, its groups, its domain, and to everybody."""
        rows = self._connection.execute(
            _ROLES,
            {
                "calendar": calendar,
                "email": email,
                "user": f"user:{email}",
                "domain": f"domain:{email.partition('@')[2]}",
            },
        )
        return [row[0] for row in rows]
