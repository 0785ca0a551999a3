"""The mails that Google would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class StoredMail(NamedTuple):
    """A mail.

    Attributes:
        sent: When, in milliseconds.
        kind: What it is about, such as 'calendarShared' or 'invitation'.
        sender: The address of who caused it.
        recipient: The address that it went to.
        subject: Its subject.
        calendar: The id of the calendar that it is about.
        event: The id of the event that it is about, if it is about one.
    """

    sent: int
    kind: str
    sender: str
    recipient: str
    subject: str
    calendar: str
    event: str | None = None


_COLUMNS: Final = ", ".join(StoredMail._fields)


class Mails:
    """The `mails` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, mail: StoredMail) -> None:
        """Keep a mail."""
        self._connection.execute(
            f"INSERT INTO mails ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", mail
        )

    def all(self) -> list[StoredMail]:
        """Return all mails, in the order in which they were sent."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM mails ORDER BY key")
        return [StoredMail._make(row) for row in rows]

    def clear(self) -> None:
        """Forget all mails."""
        self._connection.execute("DELETE FROM mails")
