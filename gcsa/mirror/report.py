"""What a synchronisation did."""

from __future__ import annotations

import attrs

from gcsa.errors import GoogleCalendarError


@attrs.frozen
class SyncReport:
    """What became of a calendar's copy.

    Only what really changed is counted: what came again as it was is not. A series counts as one event, and so does
    each instance that differs from its series; one that is cancelled counts as deleted.

    Args:
        added: How many events are new.
        updated: How many are different.
        deleted: How many are gone.
        pages: How many pages of Google's listing were stored.
        full: Whether the whole calendar was listed, and not only what had changed.
    """

    added: int
    updated: int
    deleted: int
    pages: int
    full: bool


@attrs.frozen
class SyncAllReport:
    """What became of the copies of several calendars.

    Args:
        reports: What became of each calendar that could be synchronised, by its id.
        failures: What went wrong with each of the others. What was stored of them is kept.
    """

    reports: dict[str, SyncReport]
    failures: dict[str, GoogleCalendarError]

    @property
    def added(self) -> int:
        """How many events are new, on all calendars."""
        return sum(report.added for report in self.reports.values())

    @property
    def updated(self) -> int:
        """How many are different, on all calendars."""
        return sum(report.updated for report in self.reports.values())

    @property
    def deleted(self) -> int:
        """How many are gone, on all calendars."""
        return sum(report.deleted for report in self.reports.values())
