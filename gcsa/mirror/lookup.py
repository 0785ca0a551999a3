"""Finding stored events: by id, by iCalendar id, by words, or all of them.

Instances of a series have no rows of their own, unless they differ from it; they are found in their series.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from gcsa.event import Event
from gcsa.mirror.calendars import Shown
from gcsa.mirror.errors import UnknownEventError
from gcsa.mirror.moments import instant
from gcsa.mirror.placing import Kind
from gcsa.mirror.reader import Condition, Reader
from gcsa.mirror.texts import is_storable
from gcsa.mirror.window import read_resource, read_series
from gcsa.serializers.event_serializer import EventSerializer

Resource = dict[str, Any]

# An instance's id is its series' and when it would start by the rule: `…_20260301T090000Z`, `…_20260301` for a day.
_INSTANCE_ID = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)", re.ASCII)


def find_event(reader: Reader, calendar: Shown, event_id: str) -> Event:
    """Return the event of this id: a single one, a series, or an instance, which may be cancelled.

    Raises:
        UnknownEventError: There is none.
    """
    if not is_storable(event_id):
        raise _unknown(event_id, calendar)
    stored = _row(reader, calendar, event_id)
    resource = _instance(reader, calendar, event_id) if stored is None else read_resource(stored[1])
    if resource is None:
        raise _unknown(event_id, calendar)
    return EventSerializer.read(resource)


def read_some(
    reader: Reader, calendar: Shown, after: str, updated_min: int | None, limit: int
) -> list[tuple[str, str]]:
    """Return some of a calendar's stored events, cancelled instances among them: their ids and JSON, in order of id.

    Args:
        reader: A transaction.
        calendar: The calendar.
        after: Only those after this id.
        updated_min: Only those that were updated then or later, in milliseconds.
        limit: At most so many.
    """
    values: dict[str, object] = {"copy": calendar.copy, "after": after, "limit": limit}
    condition = "copy = :copy AND id > :after"
    if updated_min is not None:
        condition += " AND updated >= :updated"
        values["updated"] = updated_min
    question = f"SELECT id, resource FROM mirror_events WHERE {condition} ORDER BY id LIMIT :limit"
    return [(event_id, resource) for event_id, resource in reader.rows(question, **values)]


def with_words(
    reader: Reader,
    account: str,
    calendar_id: str | None,
    condition: Condition,
    limit: int,
) -> list[str]:
    """Return the JSON of stored events of an account that meet a condition, those that end last first.

    Args:
        reader: A transaction.
        account: Whose calendars are searched.
        calendar_id: Only this calendar.
        condition: The condition.
        limit: At most so many.
    """
    wanted = _of_account(account, calendar_id)
    question = f"{wanted.sql} AND {condition.sql} ORDER BY e.ends DESC, e.id LIMIT :limit"
    rows = reader.rows(question, limit=limit, **wanted.values, **condition.values)
    return [resource for (resource,) in rows]


def with_ical_uid(
    reader: Reader, account: str, calendar_id: str | None, ical_uid: str
) -> list[str]:
    """Return the JSON of the stored events of an iCalendar id, a series before its exceptions."""
    if not is_storable(ical_uid):
        return []
    wanted = _of_account(account, calendar_id)
    question = (
        f"{wanted.sql} AND e.ical_uid = :uid ORDER BY c.id, e.original_start IS NOT NULL, e.id"
    )
    return [resource for (resource,) in reader.rows(question, uid=ical_uid, **wanted.values)]


def _unknown(event_id: str, calendar: Shown) -> UnknownEventError:
    return UnknownEventError(f"There is no event {event_id!r} in the copy of {calendar.id!r}.")


def _of_account(account: str, calendar_id: str | None) -> Condition:
    """Return the beginning of a query for what an account has, up to its conditions."""
    values: dict[str, object] = {"account": account, "cancelled": int(Kind.CANCELLED_INSTANCE)}
    query = (
        "SELECT e.resource FROM mirror_events AS e"
        " JOIN mirror_calendars AS c ON c.copy = e.copy"
        " JOIN mirror_accounts AS a ON a.key = c.account"
        " WHERE a.name = :account AND e.kind <> :cancelled"
    )
    if calendar_id is not None:
        query += " AND c.id = :calendar"
        values["calendar"] = calendar_id
    return Condition(query, values)


def _row(reader: Reader, calendar: Shown, event_id: str) -> tuple[int, str] | None:
    question = "SELECT kind, resource FROM mirror_events WHERE copy = :copy AND id = :id"
    for kind, resource in reader.rows(question, copy=calendar.copy, id=event_id):
        return kind, resource
    return None


def _instance(reader: Reader, calendar: Shown, event_id: str) -> Resource | None:
    named = _INSTANCE_ID.fullmatch(event_id)
    stored = None if named is None else _row(reader, calendar, named[1])
    at = None if named is None else _start(named[2], calendar)
    if stored is None or at is None or stored[0] != Kind.SERIES:
        return None
    series = read_series(stored[1], calendar.zone)
    found = next(series.between(at, at + 1), None)
    return None if found is None else series.instance(found[2])


def _start(stamp: str, calendar: Shown) -> int | None:
    try:
        if len(stamp) == len("20260301"):
            return instant(date.fromisoformat(stamp), calendar.zone)
        return instant(datetime.fromisoformat(stamp).astimezone(UTC), calendar.zone)
    except (ValueError, OverflowError):
        return None
