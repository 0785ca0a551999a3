"""The calendars of an account, as the mirror knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, TypeVar

import attrs
from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from gcsa.calendar import CalendarListEntry
from gcsa.mirror.errors import UnknownCalendarError
from gcsa.mirror.moments import from_milliseconds, zone_named
from gcsa.mirror.places import add_account, add_calendar
from gcsa.mirror.placing import text_of
from gcsa.mirror.schema.tables import accounts, calendars, copies
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer

Resource = dict[str, Any]
R = TypeVar("R")

PRIMARY = "primary"

_is_known = or_(calendars.c.is_listed, calendars.c.copy.is_not(None))


@attrs.frozen
class SyncFailure:
    """Why a calendar could not be synchronised the last time.

    Args:
        kind: The name of the exception, such as `'NotFoundError'` for a calendar that is no longer there or shared.
        message: What it said.
        at: When.
        times: How often in a row it has failed by then.
    """

    kind: str
    message: str
    at: datetime
    times: int


@attrs.frozen
class MirroredCalendar:
    """A calendar that the mirror knows.

    Args:
        id: The calendar's id.
        entry: What the user's list of calendars says of it; only what listings of events say as well, if it was
            synchronised by its id and is not on the list.
        is_listed: Whether it is on the user's list.
        synced_at: When the copy was up to date; None before the first synchronisation is complete.
        is_due: Whether a notification has come since.
        failure: What went wrong the last time; None if it went well.
    """

    id: str
    entry: CalendarListEntry
    is_listed: bool
    synced_at: datetime | None
    is_due: bool
    failure: SyncFailure | None


class Shown(NamedTuple):
    """What is shown of a calendar.

    Attributes:
        id: The calendar's id.
        copy: The copy.
        zone: The calendar's zone.
    """

    id: str
    copy: int
    zone: tzinfo


def all_calendars(connection: Connection, account: str) -> list[MirroredCalendar]:
    """Return the calendars of an account that are listed or were synchronised."""
    rows = connection.execute(
        select(calendars)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == account, _is_known)
        .order_by(calendars.c.is_primary.desc(), calendars.c.id)
    )
    return [
        MirroredCalendar(
            id=row.id,
            entry=CalendarListEntrySerializer.to_object(row.resource),
            is_listed=row.is_listed,
            synced_at=None if row.synced_at is None else from_milliseconds(row.synced_at),
            is_due=row.notifications > row.heeded,
            failure=None
            if row.failure is None
            else SyncFailure(
                row.failure_kind, row.failure, from_milliseconds(row.failed_at), row.failures
            ),
        )
        for row in rows
    ]


def shown(connection: Connection, account: str, calendar_id: str) -> Shown:
    """Return what is shown of a calendar.

    Args:
        connection: A transaction.
        account: Whose calendar it is.
        calendar_id: Its id, or `'primary'`.

    Raises:
        UnknownCalendarError: Nothing was synchronised yet, or there are several primary calendars.
    """
    rows = connection.execute(
        select(calendars.c.id, calendars.c.copy, copies.c.time_zone)
        .join(accounts, accounts.c.key == calendars.c.account)
        .join(copies, copies.c.key == calendars.c.copy)
        .where(accounts.c.name == account, _is_named(calendar_id))
    ).all()
    row = _the_only(rows, calendar_id)
    return Shown(row.id, row.copy, zone_named(row.time_zone))


class Named(NamedTuple):
    """A calendar's row and its id."""

    key: int
    id: str


def find(connection: Connection, account: str, calendar_id: str) -> Named:
    """Return a calendar, synchronised or not, by its id or as `'primary'`.

    Raises:
        UnknownCalendarError: It is not known, or there are several primary calendars.
    """
    rows = connection.execute(
        select(calendars.c.key, calendars.c.id)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == account, _is_named(calendar_id))
    ).all()
    return Named._make(_the_only(rows, calendar_id))


def put_entries(
    connection: Connection, account: str, entries: Iterable[tuple[str, Resource]]
) -> list[str]:
    """Write down entries of the user's list of calendars; return the calendars' ids.

    Args:
        connection: A transaction that writes.
        account: Whose list it is.
        entries: The entries, with their JSON as it came.
    """
    # One at a time for each account: the rows of calendars would be taken hold of in one order here, and in another one
    # there.
    add_account(connection, account)
    connection.execute(
        select(accounts.c.key).where(accounts.c.name == account).with_for_update(key_share=True)
    )
    ids: list[str] = []
    for text, entry in entries:
        calendar_id = text_of(entry, "id")
        if calendar_id is None or entry.get("deleted") is True:
            continue
        ids.append(calendar_id)
        add_calendar(connection, account, calendar_id)
        _change(
            connection,
            account,
            calendars.c.id == calendar_id,
            resource=text,
            is_listed=True,
            is_primary=entry.get("primary") is True,
        )
    return ids


def put_list(
    connection: Connection, account: str, entries: Iterable[tuple[str, Resource]]
) -> list[str]:
    """Write down the whole list of calendars; what was on it and is no longer is marked so, and kept."""
    ids = put_entries(connection, account, entries)
    _change(connection, account, calendars.c.id.not_in(ids), is_listed=False)
    return ids


def due(connection: Connection, account: str, now: int, every: int) -> list[str]:
    """Return the ids of the calendars that should be synchronised.

    Args:
        connection: A transaction.
        account: Whose calendars.
        now: The time, in milliseconds.
        every: How long, in milliseconds, a calendar is taken to be up to date without a notification.
    """
    is_due = or_(
        calendars.c.notifications > calendars.c.heeded,
        calendars.c.synced_at.is_(None),
        calendars.c.synced_at <= now - every,
    )
    may_be_tried = or_(calendars.c.retry_at.is_(None), calendars.c.retry_at <= now)
    return list(
        connection.scalars(
            select(calendars.c.id)
            .join(accounts, accounts.c.key == calendars.c.account)
            .where(accounts.c.name == account, _is_known, is_due, may_be_tried)
            .order_by(calendars.c.synced_at, calendars.c.key)
        )
    )


def _the_only(rows: Sequence[R], calendar_id: str) -> R:
    if not rows:
        raise UnknownCalendarError(
            f"The calendar {calendar_id!r} is not in this mirror: `sync(client, {calendar_id!r})` brings it in."
        )
    if len(rows) > 1:
        raise UnknownCalendarError(
            "There are several primary calendars in this mirror: give the id of one, and keep the calendars of several"
            " users apart with `Mirror.of(account)`."
        )
    return rows[0]


def _is_named(calendar_id: str) -> ColumnElement[bool]:
    return calendars.c.is_primary if calendar_id == PRIMARY else calendars.c.id == calendar_id


def _change(
    connection: Connection, account: str, which: ColumnElement[bool], **columns: Any
) -> None:
    owner = select(accounts.c.key).where(accounts.c.name == account).scalar_subquery()
    connection.execute(
        update(calendars).where(and_(calendars.c.account == owner, which)).values(**columns)
    )
