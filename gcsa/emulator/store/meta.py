"""Facts about the database itself, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


class Meta:
    """The `meta` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> bytes | None:
        """Return the value of this name, if there is one."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def get_or_make(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the value of this name; the first who asks makes it. Needs a writing transaction."""
        value = self.get(name)
        if value is None:
            value = make()
            self._connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
        return value
