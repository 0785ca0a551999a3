"""The groups: addresses that stand for several others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.store.several import bound, places

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence


class Groups:
    """The `groups` and `group_members` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, email: str, members: Iterable[str]) -> None:
        """Make a group, or give the one of this address other members."""
        self._connection.execute("INSERT OR IGNORE INTO user_groups (email) VALUES (?)", (email,))
        self._connection.execute("DELETE FROM group_members WHERE group_email = ?", (email,))
        self._connection.executemany(
            "INSERT OR IGNORE INTO group_members (group_email, member) VALUES (?, ?)",
            [(email, member) for member in members],
        )

    def remove(self, email: str) -> bool:
        """Take a group away, also out of the groups that it belongs to; False when there was none."""
        cursor = self._connection.execute("DELETE FROM user_groups WHERE email = ?", (email,))
        self._connection.execute(
            "DELETE FROM group_members WHERE group_email = ? OR member = ?", (email, email)
        )
        return cursor.rowcount == 1

    def exists(self, email: str) -> bool:
        """Whether this is the address of a group."""
        row = self._connection.execute(
            "SELECT 1 FROM user_groups WHERE email = ?", (email,)
        ).fetchone()
        return row is not None

    def among(self, addresses: Sequence[str]) -> list[str]:
        """Return those of these addresses that are a group's, in alphabetical order."""
        rows = self._connection.execute(
            f"SELECT email FROM user_groups WHERE email IN {places(addresses)} ORDER BY email",
            bound(addresses),
        )
        return [row[0] for row in rows]

    def addresses(self) -> list[str]:
        """Return the addresses of all groups, in alphabetical order."""
        return [
            row[0]
            for row in self._connection.execute("SELECT email FROM user_groups ORDER BY email")
        ]

    def members(self, email: str) -> list[str]:
        """Return a group's own members, groups among them, in alphabetical order."""
        rows = self._connection.execute(
            "SELECT member FROM group_members WHERE group_email = ? ORDER BY member", (email,)
        )
        return [row[0] for row in rows]

    def people(self, email: str) -> list[str]:
        """Return everybody who belongs to a group, directly or through groups in it, in alphabetical order."""
        rows = self._connection.execute(
            "WITH RECURSIVE belonging (address) AS ("
            " SELECT member FROM group_members WHERE group_email = ? UNION"
            " SELECT group_members.member FROM group_members JOIN belonging ON group_email = address)"
            " SELECT address FROM belonging WHERE address NOT IN (SELECT email FROM user_groups)"
            " ORDER BY address",
            (email,),
        )
        return [row[0] for row in rows]
