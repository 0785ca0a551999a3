"""The users' settings, as far as they are not the default ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class StoredSetting(NamedTuple):
    """A setting that a user has, or had, changed.

    Attributes:
        user: The user's key.
        id: The setting's id.
        value: Its value.
        version: The number in its etag.
        change: Its place in the sequence of changes to the user's settings.
    """

    user: int
    id: str
    value: str
    version: int
    change: int


_COLUMNS: Final = ", ".join(StoredSetting._fields)


class StoredSettings:
    """The `settings` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, setting: StoredSetting) -> None:
        """Write a setting, over the one of the same user and id."""
        self._connection.execute(
            f"INSERT OR REPLACE INTO settings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", setting
        )

    def get(self, user: int, setting_id: str) -> StoredSetting | None:
        """Return a user's setting; None when it was never changed."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM settings WHERE user = ? AND id = ?", (user, setting_id)
        ).fetchone()
        return None if row is None else StoredSetting._make(row)

    def of_user(self, user: int) -> dict[str, StoredSetting]:
        """Return the settings that a user changed, by their ids."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM settings WHERE user = ?", (user,))
        return {setting.id: setting for setting in map(StoredSetting._make, rows)}

    def changes(self, user: int, *, after: int, until: int) -> list[StoredSetting]:
        """Return what changed after one number of the settings' sequence, until another one, in order."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM settings WHERE user = ? AND change > ? AND change <= ?"
            " ORDER BY change",
            (user, after, until),
        )
        return [StoredSetting._make(row) for row in rows]

    def last_change(self, user: int) -> int:
        """Return the number of the last change of a user's settings, 0 before the first one."""
        row = self._connection.execute(
            "SELECT coalesce(max(change), 0) FROM settings WHERE user = ?", (user,)
        ).fetchone()
        change: int = row[0]
        return change
