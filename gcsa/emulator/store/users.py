"""The accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class User(NamedTuple):
    """An account.

    Attributes:
        key: Its key in the database.
        email: Its e-mail address, which is also the id of its primary calendar.
        name: The name of who it belongs to; empty where nobody has said it.
    """

    key: int
    email: str
    name: str = ""


class Users:
    """The `users` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def by_email(self, email: str) -> User | None:
        """Return the account of this address (in lower case)."""
        row = self._connection.execute(
            "SELECT key, email, name FROM users WHERE email = ?", (email,)
        ).fetchone()
        return None if row is None else User._make(row)

    def by_key(self, key: int) -> User | None:
        """Return the account of this key."""
        row = self._connection.execute(
            "SELECT key, email, name FROM users WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else User._make(row)

    def emails(self) -> list[str]:
        """Return the addresses of all accounts, in the order in which they were made."""
        return [row[0] for row in self._connection.execute("SELECT email FROM users ORDER BY key")]

    def any_of_domain(self, domain: str) -> bool:
        """Whether somebody has an address in this domain (in lower case)."""
        row = self._connection.execute(
            "SELECT 1 FROM users WHERE substr(email, instr(email, '@') + 1) = ? LIMIT 1", (domain,)
        ).fetchone()
        return row is not None

    def add(self, email: str, now: int) -> User:
        """Make an account."""
        cursor = self._connection.execute(
            "INSERT INTO users (email, created) VALUES (?, ?) RETURNING key, email, name",
            (email, now),
        )
        return User._make(cursor.fetchone())

    def set_name(self, key: int, name: str) -> None:
        """Say whose account this is."""
        self._connection.execute("UPDATE users SET name = ? WHERE key = ?", (name, key))
