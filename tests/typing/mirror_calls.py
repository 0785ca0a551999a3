"""What type checkers see of a mirror, with either kind of client; checked by both of them, and never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import assert_type

from starlette.applications import Starlette

from gcsa.channel import Channel
from gcsa.errors import GoogleCalendarError
from gcsa.event import Event
from gcsa.free_busy import FreeBusy
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.mirror import (
    Change,
    Mirror,
    MirroredCalendar,
    ReadOnlyMirror,
    Received,
    RenewReport,
    SyncAllReport,
    SyncReport,
)
from gcsa.mirror.fleet import CompanyMirror
from gcsa.mirror.webhook import webhook

START, END = date(2030, 1, 7), date(2030, 1, 14)


def filled(mirror: Mirror, client: GoogleCalendar) -> None:
    assert_type(mirror.sync(client), SyncReport)
    assert_type(mirror.sync_all(client), SyncAllReport)
    assert_type(mirror.sync_due(client), SyncAllReport)
    assert_type(mirror.watch(client, "primary", "https://example.com/"), Channel)
    assert_type(mirror.renew(client), RenewReport)
    assert_type(mirror.sync_due(client).failures, dict[str, GoogleCalendarError])


async def filled_by_await(mirror: Mirror, client: AsyncGoogleCalendar) -> None:
    assert_type(await mirror.sync(client), SyncReport)
    assert_type(await mirror.sync_all(client), SyncAllReport)
    assert_type(await mirror.sync_due(client), SyncAllReport)
    assert_type(await mirror.watch(client, "primary", "https://example.com/"), Channel)
    assert_type(await mirror.renew(client), RenewReport)
    assert_type(await mirror.sync(client, "team@example.com"), SyncReport)
    assert_type(await mirror.sync_due(client, timedelta(minutes=5)), SyncAllReport)


def read(mirror: Mirror) -> None:
    assert_type(mirror.events("primary", START, END), Iterator[Event])
    assert_type(mirror.event("id"), Event)
    assert_type(mirror.search("words"), Iterator[Event])
    assert_type(mirror.free_busy("primary", START, END), FreeBusy)
    assert_type(mirror.calendars(), list[MirroredCalendar])
    assert_type(mirror.changes(), list[Change])
    assert_type(mirror.changes(after=7, limit=10, calendar_id="primary")[0].event, Event | None)
    assert_type(mirror.cursor(), int)
    assert_type(mirror.stored_events(), Iterator[Event])
    assert_type(mirror.of("ann"), Mirror)
    with Mirror() as opened:
        assert_type(opened, Mirror)


def read_only(mirror: ReadOnlyMirror) -> None:
    assert_type(mirror.events("primary", START, END), Iterator[Event])
    assert_type(mirror.calendars(), list[MirroredCalendar])


def forgotten(mirror: Mirror) -> None:
    mirror.forget_changes(7)
    mirror.forget_changes(before=datetime.now().astimezone())


def received(mirror: Mirror) -> None:
    assert_type(mirror.receive({}), Received)
    assert_type(webhook(mirror), Starlette)


def company(mirror: CompanyMirror, client: GoogleCalendar) -> None:
    assert_type(mirror.of("ann"), CompanyMirror)
    assert_type(mirror.of("ann").sync(client), SyncReport)


def listen(mirror: Mirror) -> None:
    @mirror.on_change
    def tell(change: Change) -> int:
        return change.cursor

    assert_type(tell(mirror.changes()[0]), int)
