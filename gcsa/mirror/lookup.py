"""Finding stored events: by id, by iCalendar id, by words, or all of them.

Instances of a series have no rows of their own, unless they differ from it; they are found in their series.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from gcsa.event import Event
from gcsa.mirror.calendars import Shown
from gcsa.mirror.errors import UnknownEventError
from gcsa.mirror.moments import instant
from gcsa.mirror.placing import Kind
from gcsa.mirror.schema.tables import accounts, calendars, events
from gcsa.mirror.window import read_resource, read_series
from gcsa.serializers.event_serializer import EventSerializer

Resource = dict[str, Any]

# An instance's id is its series' and when it would start by the rule: `…_20260301T090000Z`, `…_20260301` for a day.
_INSTANCE_ID = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)", re.ASCII)


def find_event(connection: Connection, calendar: Shown, event_id: str) -> Event:
    """Return the event of this id: a single one, a series, or an instance, which may be cancelled.

    Raises:
        UnknownEventError: There is none.
    """
    stored = _row(connection, calendar, event_id)
    resource = (
        _instance(connection, calendar, event_id) if stored is None else read_resource(stored[1])
    )
    if resource is None:
        raise UnknownEventError(f"There is no event {event_id!r} in the copy of {calendar.id!r}.")
    return EventSerializer.read(resource)


def read_some(
    connection: Connection, calendar: Shown, after: str, updated_min: int | None, limit: int
) -> list[tuple[str, str]]:
    """Return some of a calendar's stored events, cancelled instances among them: their ids and JSON, in order of id.

    Args:
        connection: A transaction.
        calendar: The calendar.
        after: Only those after this id.
        updated_min: Only those that were updated then or later, in milliseconds.
        limit: At most so many.
    """
    query = (
        select(events.c.id, events.c.resource)
        .where(events.c.copy == calendar.copy, events.c.id > after)
        .order_by(events.c.id)
        .limit(limit)
    )
    if updated_min is not None:
        query = query.where(events.c.updated >= updated_min)
    return [(row.id, row.resource) for row in connection.execute(query)]


def with_words(
    connection: Connection,
    account: str,
    calendar_id: str | None,
    condition: ColumnElement[bool],
    limit: int,
) -> list[str]:
    """Return the JSON of stored events of an account that meet a condition, those that end last first.

    Args:
        connection: A transaction.
        account: Whose calendars are searched.
        calendar_id: Only this calendar.
        condition: The condition on the rows of `events`.
        limit: At most so many.
    """
    query = (
        _of_account(account, calendar_id)
        .where(condition)
        .order_by(events.c.ends.desc(), events.c.id)
        .limit(limit)
    )
    return list(connection.scalars(query))


def with_ical_uid(
    connection: Connection, account: str, calendar_id: str | None, ical_uid: str
) -> list[str]:
    """Return the JSON of the stored events of an iCalendar id, a series before its exceptions."""
    query = _of_account(account, calendar_id).where(events.c.ical_uid == ical_uid)
    return list(
        connection.scalars(
            query.order_by(calendars.c.id, events.c.original_start.is_not(None), events.c.id)
        )
    )


def _of_account(account: str, calendar_id: str | None) -> Select[str]:
    query = (
        select(events.c.resource)
        .join(calendars, calendars.c.copy == events.c.copy)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == account, events.c.kind != Kind.CANCELLED_INSTANCE)
    )
    return query if calendar_id is None else query.where(calendars.c.id == calendar_id)


def _row(connection: Connection, calendar: Shown, event_id: str) -> tuple[int, str] | None:
    row = connection.execute(
        select(events.c.kind, events.c.resource).where(
            events.c.copy == calendar.copy, events.c.id == event_id
        )
    ).one_or_none()
    return None if row is None else (row.kind, row.resource)


def _instance(connection: Connection, calendar: Shown, event_id: str) -> Resource | None:
    named = _INSTANCE_ID.fullmatch(event_id)
    stored = None if named is None else _row(connection, calendar, named[1])
    at = None if named is None else _start(named[2], calendar)
    if stored is None or at is None or stored[0] != Kind.SERIES:
        return None
    series = read_series(stored[1], calendar.zone)
    found = next(series.between(at, at + 1), None)
    return None if found is None else series.instance(found)


def _start(stamp: str, calendar: Shown) -> int | None:
    try:
        if len(stamp) == len("20260301"):
            return instant(date.fromisoformat(stamp), calendar.zone)
        return instant(datetime.fromisoformat(stamp).astimezone(UTC), calendar.zone)
    except (ValueError, OverflowError):
        return None
