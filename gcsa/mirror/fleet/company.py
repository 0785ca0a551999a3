"""The mirror of a whole company: the copies of many accounts' calendars, and what is to be done about them."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, Self

from sqlalchemy import func, select, text

from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror.database import Database
from gcsa.mirror.mirror import Mirror
from gcsa.mirror.places import Place, note_failure
from gcsa.mirror.schema import tables

_MILLISECOND = timedelta(milliseconds=1)

# Calendars for which a notification has come or that have not been synchronised for a while, and for which there is no
# job. What failed is left alone until its `retry_at`, which is up to a day later.
_DUE = text("""
    SELECT account.name AS account, calendar.id AS calendar_id
    FROM mirror_calendars AS calendar
    JOIN mirror_accounts AS account ON account.key = calendar.account
    JOIN fleet_accounts AS fleet ON fleet.name = account.name
    WHERE calendar.is_listed
        AND (
            calendar.notifications > calendar.heeded
            OR calendar.synced_at IS NULL
            OR calendar.synced_at <= :synced_before
        )
        AND (calendar.retry_at IS NULL OR calendar.retry_at <= :now)
        AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS waiting
            WHERE waiting.queueing_lock = 'calendar:' || account.name || '/' || calendar.id
                AND waiting.status = 'todo'
        )
        AND NOT EXISTS (
            SELECT FROM procrastinate_jobs AS running
            WHERE running.lock = 'calendar:' || account.name || '/' || calendar.id
                AND running.status = 'doing'
        )
    ORDER BY calendar.synced_at NULLS FIRST, calendar.key
    LIMIT :limit
""")


class CalendarOf(NamedTuple):
    """A calendar, as one of the accounts sees it."""

    account: str
    calendar_id: str


class CompanyMirror(Mirror):
    """The mirror of a whole company."""

    @property
    def database(self) -> Database:
        """The database, which the fleet's own tables are in as well."""
        return self._database

    def of(self, account: str) -> Self:
        """Return the mirror of one account's calendars."""
        other = super().of(account)
        if not isinstance(other, type(self)):
            raise TypeError("The mirror of another account is of the same kind.")
        return other

    def discover(self, client: GoogleCalendar) -> list[str]:
        """Read the user's list of calendars, and return the ids; what is no longer on it is no longer synchronised.

        Args:
            client: The account's client.

        Raises:
            GoogleCalendarError: It cannot be read.
        """
        return client.carry_out(self._discover(client))

    def due_calendars(self, now: int, every: timedelta, limit: int) -> list[CalendarOf]:
        """Return the calendars, of all accounts, that should be synchronised and for which there is no job.

        Args:
            now: The time, in milliseconds.
            every: How long a calendar is taken to be up to date without a notification.
            limit: How many at the most; those that have waited longest come first.
        """
        values = {"now": now, "synced_before": now - every // _MILLISECOND, "limit": limit}
        with self._database.reading() as connection:
            return [CalendarOf(*row) for row in connection.execute(_DUE, values)]

    def is_watched(self, calendar_id: str, address: str, now: int) -> bool:
        """Tell whether a calendar has an open channel to an address."""
        channels, known, owners = tables.channels, tables.calendars, tables.accounts
        with self._database.reading() as connection:
            count = connection.scalar(
                select(func.count())
                .select_from(channels)
                .join(known, known.c.key == channels.c.calendar)
                .join(owners, owners.c.key == known.c.account)
                .where(
                    owners.c.name == self._account,
                    known.c.id == calendar_id,
                    channels.c.address == address,
                    channels.c.expires_at > now,
                )
            )
        return bool(count)

    def note_failure(self, calendar_id: str, error: Exception, now: int) -> None:
        """Write down on a calendar that something else than Google's refusal keeps it from being synchronised."""
        with self._database.writing() as connection:
            note_failure(connection, Place(self._account, calendar_id), error, now)
