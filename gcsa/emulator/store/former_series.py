"""What series were before their instances changed: without it nobody could tell which instances are gone.

It is asked for with a sync token only, and is let go of when no token that is still good is as old.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.tokens import KEPT_CHANGES

if TYPE_CHECKING:
    import sqlite3

    from gcsa.emulator.store.events import StoredEvent

# A series (kind 1) that starts or repeats otherwise now; a single event that became a series, or the other way round.
_KEEP: Final = """
INSERT OR REPLACE INTO former_series (calendar, event, change, resource, replaced)
SELECT calendar, id, :change, resource, :now FROM events
WHERE calendar = :calendar AND id = :id AND state = 0 AND kind <> 2
AND ((kind = 1) <> (:kind = 1) OR (kind = 1 AND (
    json_extract(resource, '$.start') <> json_extract(:resource, '$.start')
    OR json_extract(resource, '$.recurrence') <> json_extract(:resource, '$.recurrence')
)))
"""


class FormerSeries:
    """The `former_series` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, event: StoredEvent, now: int) -> None:
        """Keep what is stored of an event that is about to be written over, where other instances follow.

        Args:
            event: What it becomes.
            now: The time, in milliseconds.
        """
        kept = self._connection.execute(
            _KEEP,
            {
                "calendar": event.calendar,
                "id": event.id,
                "change": event.change,
                "kind": event.kind,
                "resource": event.resource,
                "now": now,
            },
        )
        if kept.rowcount:
            # One goes when another comes, so there are never more than of those four weeks.
            self._connection.execute(
                "DELETE FROM former_series WHERE replaced < ?", (now - KEPT_CHANGES,)
            )

    def at(self, calendar: int, event: str, change: int) -> str | None:
        """Return what a series was after a change of its calendar; None where that is what it is now."""
        row = self._connection.execute(
            "SELECT resource FROM former_series WHERE calendar = ? AND event = ? AND change > ?"
            " ORDER BY change LIMIT 1",
            (calendar, event, change),
        ).fetchone()
        return None if row is None else row[0]
