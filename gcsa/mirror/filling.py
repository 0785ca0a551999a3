"""How a mirror is filled and kept up to date: synchronising, and push channels. With either kind of client."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, overload
from weakref import WeakKeyDictionary

from gcsa.channel import Channel
from gcsa.errors import GoogleCalendarError
from gcsa.mirror import calendar_list, channels, copies
from gcsa.mirror.calendars import PRIMARY
from gcsa.mirror.channels import Received, RenewReport, Watching
from gcsa.mirror.forgetting import forget_calendar
from gcsa.mirror.moments import milliseconds
from gcsa.mirror.pages import Resource, calendar_list_entry, calendar_list_page
from gcsa.mirror.part import MirrorPart
from gcsa.mirror.report import SyncAllReport, SyncReport
from gcsa.mirror.syncing import Synchroniser
from gcsa.operations.page_turns import PageTurns
from gcsa.operations.procedure import Procedure, ask, work
from gcsa.operations.runner import AsyncRunner, Caller, SyncRunner

_MILLISECOND = timedelta(milliseconds=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Filling(MirrorPart):
    """What brings calendars into a mirror, and keeps them there up to date."""

    # The ids that the clients' primary calendars have; each is asked for once.
    _primaries: WeakKeyDictionary[Caller, str]

    @overload
    def sync(self, client: SyncRunner, calendar_id: str = PRIMARY) -> SyncReport: ...
    @overload
    def sync(
        self, client: AsyncRunner, calendar_id: str = PRIMARY
    ) -> Coroutine[Any, Any, SyncReport]: ...
    def sync(
        self, client: SyncRunner | AsyncRunner, calendar_id: str = PRIMARY
    ) -> SyncReport | Coroutine[Any, Any, SyncReport]:
        """Bring the copy of a calendar up to date.

        The first time everything is listed, and shown once it is all there; then only what has changed. A
        synchronisation that was interrupted goes on where it was. Two at once, also from two machines, do not disturb
        each other: each page is stored once, and each of them returns when what was on the calendar at its call is in
        the copy.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.
            calendar_id: The calendar's id, or `'primary'` for the client's own.

        Returns:
            What has changed.

        Raises:
            GoogleCalendarError: A call failed. That is written down, see `calendars()`; what is stored stays.
            DatabaseError: The database cannot be used.

        Reference: https://developers.google.com/workspace/calendar/api/guides/sync
        """
        return client.carry_out(self._sync(client, calendar_id))

    @overload
    def sync_all(self, client: SyncRunner) -> SyncAllReport: ...
    @overload
    def sync_all(self, client: AsyncRunner) -> Coroutine[Any, Any, SyncAllReport]: ...
    def sync_all(
        self, client: SyncRunner | AsyncRunner
    ) -> SyncAllReport | Coroutine[Any, Any, SyncAllReport]:
        """Bring the copies of all calendars on the user's list up to date, one after the other.

        What goes wrong with one of them is written down and reported, and the others go on. What is no longer on the
        list is kept as it is.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.

        Raises:
            GoogleCalendarError: The list itself cannot be read.
            DatabaseError: The database cannot be used.
        """
        return client.carry_out(self._sync_all(client))

    @overload
    def sync_due(self, client: SyncRunner, every: timedelta = _HOUR) -> SyncAllReport: ...
    @overload
    def sync_due(
        self, client: AsyncRunner, every: timedelta = _HOUR
    ) -> Coroutine[Any, Any, SyncAllReport]: ...
    def sync_due(
        self, client: SyncRunner | AsyncRunner, every: timedelta = _HOUR
    ) -> SyncAllReport | Coroutine[Any, Any, SyncAllReport]:
        """Bring those calendars up to date of which a notification has come, or which have not been for a while.

        With nothing to do it is one query of the database, and may be called every second. A calendar that failed is
        left alone for half a minute, and twice as long each further time, up to a day.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.
            every: After how long a calendar is synchronised without a notification, as one may have been lost.

        Raises:
            DatabaseError: The database cannot be used.
        """
        return client.carry_out(self._sync_due(client, every))

    @overload
    def watch(
        self, client: SyncRunner, calendar_id: str, address: str, *, ttl: int | None = None
    ) -> Channel: ...
    @overload
    def watch(
        self, client: AsyncRunner, calendar_id: str, address: str, *, ttl: int | None = None
    ) -> Coroutine[Any, Any, Channel]: ...
    def watch(
        self,
        client: SyncRunner | AsyncRunner,
        calendar_id: str,
        address: str,
        *,
        ttl: int | None = None,
    ) -> Channel | Coroutine[Any, Any, Channel]:
        """Have Google say when a calendar changes: open a push channel, and write it down.

        A channel that the calendar has for the same address already is stopped when the new one is open.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.
            calendar_id: The calendar's id, or `'primary'`; it has to be in the mirror.
            address: Where `gcsa.mirror.webhook` is reached: an https address with a valid certificate.
            ttl: Seconds after which the channel ends; Google's default is a week. See `renew`.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror; synchronise it first.
            GoogleCalendarError: The channel cannot be opened.

        Reference: https://developers.google.com/workspace/calendar/api/guides/push
        """
        return client.carry_out(self._watch(client, calendar_id, address, ttl))

    @overload
    def renew(self, client: SyncRunner, within: timedelta = _DAY) -> RenewReport: ...
    @overload
    def renew(
        self, client: AsyncRunner, within: timedelta = _DAY
    ) -> Coroutine[Any, Any, RenewReport]: ...
    def renew(
        self, client: SyncRunner | AsyncRunner, within: timedelta = _DAY
    ) -> RenewReport | Coroutine[Any, Any, RenewReport]:
        """Open new channels in place of those that end soon, and stop these. Call it a few times a day.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.
            within: What ends within this time is renewed.
        """
        return client.carry_out(self._watching.renew(client, within // _MILLISECOND))

    @overload
    def unwatch(self, client: SyncRunner, calendar_id: str) -> None: ...
    @overload
    def unwatch(self, client: AsyncRunner, calendar_id: str) -> Coroutine[Any, Any, None]: ...
    def unwatch(
        self, client: SyncRunner | AsyncRunner, calendar_id: str
    ) -> Coroutine[Any, Any, None] | None:
        """Stop the channels of a calendar.

        Args:
            client: A `GoogleCalendar`, or an `AsyncGoogleCalendar`; then the result is to be awaited.
            calendar_id: The calendar's id, or `'primary'`.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
            GoogleCalendarError: A channel cannot be stopped; one that has ended by itself is no error.
        """
        return client.carry_out(self._unwatch(client, calendar_id))

    def receive(self, headers: Mapping[str, str]) -> Received:
        """Check a notification, and mark the calendar that it is about as due: what `gcsa.mirror.webhook` does.

        Args:
            headers: The headers of the request that was received, in any spelling.

        Returns:
            What it is about, whoever's calendar that is.

        Raises:
            UnknownNotificationError: It is not on an open channel, or not Google's. Answer 404, and do nothing.
            DatabaseError: The database cannot be used. Answer 503, so that it is sent again.
        """
        with self._database.reading() as connection:
            received, calendar = channels.check(connection, headers)
        if not received.notification.is_sync:
            with self._database.writing() as connection:
                channels.mark(connection, calendar)
        return received

    def forget(self, calendar_id: str) -> None:
        """Delete the copy of a calendar, and what is known of its channels; its events are deleted in the feed, too.

        As long as the calendar is on the user's list, `sync_all` brings it back.

        Args:
            calendar_id: The calendar's id, or `'primary'`.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
        """
        with self._database.writing() as connection:
            key, recorded = forget_calendar(connection, self._account, calendar_id)
        copies.purge(self._database, key)
        self._listeners.tell(recorded)

    @property
    def _synchroniser(self) -> Synchroniser:
        return Synchroniser(self._database, self._account, self._page_size, self._listeners.tell)

    @property
    def _watching(self) -> Watching:
        return Watching(self._database, self._account)

    def _sync(self, client: Caller, calendar_id: str) -> Procedure[SyncReport]:
        calendar_id = yield from self._id_of(client, calendar_id)
        return (yield from self._synchroniser.synchronise(client, calendar_id))

    def _sync_all(self, client: Caller) -> Procedure[SyncAllReport]:
        ids = yield from self._discover(client)
        return (yield from self._sync_each(client, ids))

    def _discover(self, client: Caller) -> Procedure[list[str]]:
        """Write down the user's list of calendars, and return the ids of those that are on it."""
        entries: list[tuple[str, Resource]] = []
        page_token: str | None = None
        turns = PageTurns("GET users/me/calendarList")
        while True:
            page = yield from ask(calendar_list_page(client, page_token))
            entries += page.items
            page_token = turns.on(page.next_page_token)
            if page_token is None:
                break
        return (yield from work(partial(self._put_list, entries)))

    def _sync_due(self, client: Caller, every: timedelta) -> Procedure[SyncAllReport]:
        now = milliseconds(client.now())
        ids = yield from work(partial(self._due, now, every // _MILLISECOND))
        return (yield from self._sync_each(client, ids))

    def _sync_each(self, client: Caller, ids: list[str]) -> Procedure[SyncAllReport]:
        report = SyncAllReport({}, {})
        for calendar_id in ids:
            try:
                done = yield from self._synchroniser.synchronise(client, calendar_id)
            except GoogleCalendarError as error:
                report.failures[calendar_id] = error
            else:
                report.reports[calendar_id] = done
        return report

    def _watch(
        self, client: Caller, calendar_id: str, address: str, ttl: int | None
    ) -> Procedure[Channel]:
        calendar_id = yield from self._id_of(client, calendar_id)
        return (yield from self._watching.open(client, calendar_id, address, ttl))

    def _unwatch(self, client: Caller, calendar_id: str) -> Procedure[None]:
        calendar_id = yield from self._id_of(client, calendar_id)
        yield from self._watching.close(client, calendar_id)

    def _id_of(self, client: Caller, calendar_id: str) -> Procedure[str]:
        """Return the id that a calendar has for everybody: `'primary'` is another one for each user."""
        if calendar_id != PRIMARY:
            return calendar_id
        known = self._primaries.get(client)
        if known is None:
            entry = yield from ask(calendar_list_entry(client, PRIMARY))
            [known] = yield from work(partial(self._put_entries, [entry]))
            self._primaries[client] = known
        return known

    def _put_list(self, entries: list[tuple[str, Resource]]) -> list[str]:
        with self._database.writing() as connection:
            return calendar_list.put_list(connection, self._account, entries)

    def _put_entries(self, entries: list[tuple[str, Resource]]) -> list[str]:
        with self._database.writing() as connection:
            return calendar_list.put_entries(connection, self._account, entries)

    def _due(self, now: int, every: int) -> list[str]:
        with self._database.reading() as connection:
            return calendar_list.due(connection, self._account, now, every)
