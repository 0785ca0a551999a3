"""The conferences that were asked for and made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class DueRequest(NamedTuple):
    """A pending create request whose time has come."""

    calendar: int
    event: str
    request: str
    due: int


class Conferences:
    """The `conference_requests` and `conferences` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def request(self, calendar: int, event: str, request: str, due: int) -> None:
        """Note that an event has a create request that will be answered at this time, and no other pending one."""
        self._connection.execute(
            "UPDATE conference_requests SET due = NULL WHERE calendar = ? AND event = ?",
            (calendar, event),
        )
        self._connection.execute(
            "INSERT INTO conference_requests (calendar, event, request, due) VALUES (?, ?, ?, ?)",
            (calendar, event, request, due),
        )

    def was_requested(self, calendar: int, event: str, request: str) -> bool:
        """Whether the event ever had a create request of this id."""
        row = self._connection.execute(
            "SELECT 1 FROM conference_requests WHERE calendar = ? AND event = ? AND request = ?",
            (calendar, event, request),
        ).fetchone()
        return row is not None

    def any_due(self, now: int) -> bool:
        """Whether a pending create request should be answered by now."""
        row = self._connection.execute(
            "SELECT 1 FROM conference_requests WHERE due <= ? LIMIT 1", (now,)
        ).fetchone()
        return row is not None

    def due(self, now: int) -> list[DueRequest]:
        """Return the pending create requests that should be answered by now, oldest first."""
        rows = self._connection.execute(
            "SELECT calendar, event, request, due FROM conference_requests WHERE due <= ?"
            " ORDER BY due, calendar, event",
            (now,),
        )
        return [DueRequest._make(row) for row in rows]

    def done(self, calendar: int, event: str) -> None:
        """Note that no create request of the event is pending any more."""
        self._connection.execute(
            "UPDATE conference_requests SET due = NULL"
            " WHERE calendar = ? AND event = ? AND due IS NOT NULL",
            (calendar, event),
        )

    def move(self, source: int, destination: int, event: str) -> None:
        """Take an event's create requests to the calendar that it moved to."""
        self._connection.execute(
            "UPDATE OR REPLACE conference_requests SET calendar = ? WHERE calendar = ? AND event = ?",
            (destination, source, event),
        )

    def made(self, uris: Iterable[str]) -> None:
        """Remember the addresses of a conference that was made here."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO conferences (uri) VALUES (?)", [(uri,) for uri in uris]
        )

    def made_here(self, uris: Iterable[str]) -> bool:
        """Whether one of these is the address of a conference that was made here."""
        return any(
            self._connection.execute("SELECT 1 FROM conferences WHERE uri = ?", (uri,)).fetchone()
            for uri in uris
        )
