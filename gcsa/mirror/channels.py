"""Push channels of the calendars in a mirror: opened, written down, renewed in time, and stopped.

A channel is written down before it is opened, so that there is none that nobody knows of, and that the notification
which says that it is open finds it.

Reference: https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import attrs
from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from gcsa.channel import Channel, Notification, UnknownNotificationError, parse_notification
from gcsa.errors import GoogleCalendarError, NotFoundError
from gcsa.mirror.calendar_list import find
from gcsa.mirror.database import Database
from gcsa.mirror.moments import from_milliseconds, milliseconds
from gcsa.mirror.schema.tables import accounts, calendars, channels
from gcsa.mirror.texts import is_storable
from gcsa.operations.channels import Channels
from gcsa.operations.operation import Operation
from gcsa.operations.procedure import Procedure, ask, work
from gcsa.operations.runner import Caller

# A channel that was written down, and of which nobody knows after so long whether it was opened, has ended by itself:
# "Default is 604800 seconds", https://developers.google.com/workspace/calendar/api/v3/reference/events/watch
_LOST = 7 * 86_400_000


@attrs.frozen
class RenewReport:
    """What became of the channels that were to end soon.

    Args:
        channels: The new channel of each calendar, by its id.
        failures: What went wrong with the others; they are tried again the next time.
    """

    channels: dict[str, Channel]
    failures: dict[str, GoogleCalendarError]


class Received(NamedTuple):
    """A notification that was received, and what it is about.

    Attributes:
        account: The account whose calendar it is.
        calendar_id: The calendar.
        notification: What it says.
    """

    account: str
    calendar_id: str
    notification: Notification


class Watching:
    """Opens, renews and stops the channels of an account's calendars.

    Args:
        database: Where they are written down.
        account: The name of the account.
    """

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    def open(
        self, client: Caller, calendar_id: str, address: str, ttl: int | None
    ) -> Procedure[Channel]:
        """Open a channel for a calendar, and stop those that it had for the same address.

        Args:
            client: What the calls are made on.
            calendar_id: The calendar's id.
            address: Where notifications are sent.
            ttl: Seconds after which the channel ends; the server's default if None.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
            GoogleCalendarError: The channel cannot be opened.
        """
        asked = Channels.watch_events.of(client, address, ttl=ttl, calendar_id=calendar_id)
        before = yield from work(partial(self._of_calendar, calendar_id, address))
        now = milliseconds(client.now())
        yield from work(partial(self._note, asked, calendar_id, address, ttl, now))
        try:
            channel = yield from ask(asked)
        except GoogleCalendarError:
            yield from work(partial(self._forget, _id_of(asked)))
            raise
        yield from work(partial(self._note_opened, channel))
        for old in before:
            yield from self._stop(client, old)
        return channel

    def renew(self, client: Caller, within: int) -> Procedure[RenewReport]:
        """Open new channels in place of those that end soon, and only then stop these, so that nothing is missed.

        Args:
            client: What the calls are made on.
            within: What ends within so many milliseconds is renewed.
        """
        report = RenewReport({}, {})
        now = milliseconds(client.now())
        ending = yield from work(partial(self._ending, now, now + within))
        for calendar_id, address, ttl in ending:
            try:
                opened = yield from self.open(client, calendar_id, address, ttl)
            except GoogleCalendarError as error:
                report.failures[calendar_id] = error
            else:
                report.channels[calendar_id] = opened
        return report

    def close(self, client: Caller, calendar_id: str) -> Procedure[None]:
        """Stop all channels of a calendar.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
        """
        for channel in (yield from work(partial(self._of_calendar, calendar_id))):
            yield from self._stop(client, channel)

    def _stop(self, client: Caller, channel: Channel) -> Procedure[None]:
        if channel.resource_id is not None:
            with suppress(NotFoundError):  # it has ended by itself
                yield from ask(Channels.stop_channel.of(client, channel))
        yield from work(partial(self._forget, channel.channel_id))

    def _note(
        self, asked: Operation[Channel], calendar_id: str, address: str, ttl: int | None, now: int
    ) -> None:
        body = asked.body or {}
        with self._database.writing() as connection:
            connection.execute(
                insert(channels).values(
                    id=_id_of(asked),
                    calendar=find(connection, self._account, calendar_id).key,
                    address=address,
                    token=body["token"],
                    ttl=ttl,
                    opened_at=now,
                )
            )

    def _note_opened(self, channel: Channel) -> None:
        expires_at = None if channel.expiration is None else milliseconds(channel.expiration)
        with self._database.writing() as connection:
            connection.execute(
                update(channels)
                .where(channels.c.id == channel.channel_id)
                .values(
                    resource_id=channel.resource_id,
                    resource_uri=channel.resource_uri,
                    expires_at=expires_at,
                )
            )

    def _forget(self, channel_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(channels).where(channels.c.id == channel_id))

    def _of_calendar(self, calendar_id: str, address: str | None = None) -> list[Channel]:
        with self._database.reading() as connection:
            key = find(connection, self._account, calendar_id).key
            query = select(channels).where(channels.c.calendar == key)
            if address is not None:
                query = query.where(channels.c.address == address)
            return [_channel(row) for row in connection.execute(query)]

    def _ending(self, now: int, until: int) -> list[tuple[str, str, int | None]]:
        """Return the calendars, addresses and lives of the channels that end until then, each once."""
        lost = and_(channels.c.expires_at.is_(None), channels.c.opened_at <= now - _LOST)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(calendars.c.id, channels.c.address, channels.c.ttl)
                .join(calendars, calendars.c.key == channels.c.calendar)
                .join(accounts, accounts.c.key == calendars.c.account)
                .where(accounts.c.name == self._account, or_(channels.c.expires_at <= until, lost))
                .order_by(channels.c.expires_at)
            )
            return list(
                {(row.id, row.address): (row.id, row.address, row.ttl) for row in rows}.values()
            )


def check(connection: Connection, headers: Mapping[str, str]) -> tuple[Received, int]:
    """Check a notification, and return what it is about, and the key of the calendar's row.

    Args:
        connection: A transaction.
        headers: The headers of the request that was received.

    Raises:
        UnknownNotificationError: It is not on one of the mirror's channels, or not Google's.
    """
    said = {name.lower(): value for name, value in headers.items()}
    channel_id = said.get("x-goog-channel-id", "")
    query = (
        select(channels, calendars.c.id.label("calendar_id"), accounts.c.name.label("account"))
        .join(calendars, calendars.c.key == channels.c.calendar)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(channels.c.id == channel_id)
    )
    row = connection.execute(query).one_or_none() if is_storable(channel_id) else None
    if row is None:
        raise UnknownNotificationError(f"There is no open channel {channel_id!r}.")
    notification = parse_notification(said, [_channel(row)])
    return Received(row.account, row.calendar_id, notification), row.calendar


def mark(connection: Connection, calendar: int) -> None:
    """Mark a calendar as due, by the key of its row."""
    connection.execute(
        update(calendars)
        .where(calendars.c.key == calendar)
        .values(notifications=calendars.c.notifications + 1)
    )


def _channel(row: Row[Any]) -> Channel:
    return Channel(
        row.id,
        row.resource_id,
        row.resource_uri,
        row.token,
        None if row.expires_at is None else from_milliseconds(row.expires_at),
        row.address,
    )


def _id_of(asked: Operation[Channel]) -> str:
    body = asked.body or {}
    channel_id: str = body["id"]
    return channel_id
