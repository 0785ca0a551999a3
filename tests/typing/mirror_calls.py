"""What type checkers see of a mirror, with either kind of client; checked by both of them, and never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_type

from gcsa.channel import Channel
from gcsa.event import Event
from gcsa.free_busy import FreeBusy
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.mirror import (
    Change,
    Mirror,
    MirroredCalendar,
    RenewReport,
    SyncAllReport,
    SyncReport,
)

START, END = date(2030, 1, 7), date(2030, 1, 14)


def filled(mirror: Mirror, client: GoogleCalendar) -> None:
    assert_type(mirror.sync(client), SyncReport)
    assert_type(mirror.sync_all(client), SyncAllReport)
    assert_type(mirror.sync_due(client), SyncAllReport)
    assert_type(mirror.watch(client, "primary", "https://example.com/"), Channel)
    assert_type(mirror.renew(client), RenewReport)


async def filled_by_await(mirror: Mirror, client: AsyncGoogleCalendar) -> None:
    assert_type(await mirror.sync(client), SyncReport)
    assert_type(await mirror.sync_all(client), SyncAllReport)
    assert_type(await mirror.sync_due(client), SyncAllReport)
    assert_type(await mirror.watch(client, "primary", "https://example.com/"), Channel)
    assert_type(await mirror.renew(client), RenewReport)


def read(mirror: Mirror) -> None:
    assert_type(mirror.events("primary", START, END), Iterator[Event])
    assert_type(mirror.event("id"), Event)
    assert_type(mirror.search("words"), Iterator[Event])
    assert_type(mirror.free_busy("primary", START, END), FreeBusy)
    assert_type(mirror.calendars(), list[MirroredCalendar])
    assert_type(mirror.changes(), list[Change])
    assert_type(mirror.of("ann"), Mirror)


def listen(mirror: Mirror) -> None:
    @mirror.on_change
    def tell(change: Change) -> int:
        return change.cursor

    assert_type(tell(mirror.changes()[0]), int)
