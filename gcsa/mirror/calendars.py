"""The calendars of an account, as the mirror knows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, TypeVar

import attrs

from gcsa.calendar import CalendarListEntry
from gcsa.mirror.errors import UnknownCalendarError
from gcsa.mirror.moments import from_milliseconds, zone_named
from gcsa.mirror.reader import Reader
from gcsa.mirror.texts import is_storable
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer

R = TypeVar("R")

PRIMARY = "primary"

# The account of a mirror that has only one.
ONLY = "me"


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


_ALL = """
    SELECT c.id, c.resource, c.is_listed, c.synced_at, c.notifications > c.heeded AS is_due,
        c.failure_kind, c.failure, c.failed_at, c.failures
    FROM mirror_calendars AS c JOIN mirror_accounts AS a ON a.key = c.account
    WHERE a.name = :account AND (c.is_listed OR c.copy IS NOT NULL)
    ORDER BY c.is_primary DESC, c.id
"""


def all_calendars(reader: Reader, account: str) -> list[MirroredCalendar]:
    """Return the calendars of an account that are listed or were synchronised."""
    return [
        MirroredCalendar(
            id=calendar_id,
            entry=CalendarListEntrySerializer.to_object(resource),
            is_listed=bool(is_listed),
            synced_at=None if synced_at is None else from_milliseconds(synced_at),
            is_due=bool(is_due),
            failure=None
            if failure is None
            else SyncFailure(kind, failure, from_milliseconds(failed_at), failures),
        )
        for (
            calendar_id, resource, is_listed, synced_at, is_due, kind, failure, failed_at, failures
        ) in reader.rows(_ALL, account=account)
    ]  # fmt: skip


_SHOWN = """
    SELECT c.id, c.copy, copies.time_zone
    FROM mirror_calendars AS c JOIN mirror_accounts AS a ON a.key = c.account
        JOIN mirror_copies AS copies ON copies.key = c.copy
    WHERE a.name = :account AND
"""


def shown(reader: Reader, account: str, calendar_id: str) -> Shown:
    """Return what is shown of a calendar.

    Args:
        reader: A transaction.
        account: Whose calendar it is.
        calendar_id: Its id, or `'primary'`.

    Raises:
        UnknownCalendarError: Nothing was synchronised yet, or there are several primary calendars.
    """
    rows: Sequence[tuple[Any, ...]] = []
    if calendar_id == PRIMARY:
        rows = reader.rows(f"{_SHOWN} c.is_primary", account=account)
    elif is_storable(calendar_id):
        rows = reader.rows(f"{_SHOWN} c.id = :id", account=account, id=calendar_id)
    found, copy, time_zone = the_only(rows, calendar_id)
    return Shown(found, copy, zone_named(time_zone))


def the_only(rows: Sequence[R], calendar_id: str) -> R:
    """Return the only one of the rows that were found for a calendar.

    Raises:
        UnknownCalendarError: There is none, or there are several.
    """
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
