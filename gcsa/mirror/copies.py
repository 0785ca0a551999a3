"""Copies of a calendar: one that is shown, and one that is filled beside it and then takes its place.

So there is no moment in which a calendar that is listed anew looks empty, or half there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
)

from gcsa.mirror import feed
from gcsa.mirror.database import Database
from gcsa.mirror.feed import Code, Recorded
from gcsa.mirror.placing import CANCELLED, Kind
from gcsa.mirror.schema.tables import calendars, changes, copies, events

# How many events of a copy that nobody needs any more are deleted at a time, so that nobody waits for long.
_AT_A_TIME = 5_000

_old, _new = events.alias("old"), events.alias("new")
_was_live = _old.c.kind != Kind.CANCELLED_INSTANCE
_is_live = _new.c.kind != Kind.CANCELLED_INSTANCE
_differs = or_(
    _old.c.etag != _new.c.etag,
    # Without etags, what is said counts.
    and_(or_(_old.c.etag.is_(None), _new.c.etag.is_(None)), _old.c.resource != _new.c.resource),
)


def begin_copy(
    connection: Connection, calendar: int, time_zone: str | None, access_role: str | None
) -> int:
    """Begin a copy of a calendar, and return its number.

    Args:
        connection: A transaction that writes.
        calendar: The key of the calendar's row.
        time_zone: The zone in which the listing says times.
        access_role: The user's role on the calendar.
    """
    key: int = connection.execute(
        insert(copies)
        .values(calendar=calendar, time_zone=time_zone, access_role=access_role)
        .returning(copies.c.key)
    ).scalar_one()
    return key


def drop_strays(connection: Connection, copy: int) -> None:
    """Take the cancelled instances out of a full copy whose series is not in it."""
    series = events.alias()
    has_series = exists().where(series.c.copy == copy, series.c.id == events.c.series)
    connection.execute(
        delete(events).where(events.c.copy == copy, events.c.span == CANCELLED, not_(has_series))
    )


def record_exchange(
    connection: Connection, calendar: int, before: int | None, after: int | None, at: int
) -> Recorded:
    """Record what differs between the copy that was shown and the one that takes its place.

    Args:
        connection: A transaction that writes.
        calendar: The key of the calendar's row.
        before: The copy that was shown; None if there was none.
        after: The copy that is shown from now on; None if there is none.
        at: When, in milliseconds.
    """
    start = position = feed.lock(connection)
    counts: dict[Code, int] = {}
    for code, query in _differences(before, after):
        found = query.subquery()
        recorded = connection.execute(
            insert(changes).from_select(
                ["position", "calendar", "event_id", "kind", "resource", "at"],
                select(
                    position + func.row_number().over(order_by=found.c.key),
                    literal(calendar),
                    found.c.id,
                    literal(int(code)),
                    found.c.resource,
                    literal(at),
                ),
            ),
            execution_options={"preserve_rowcount": True},
        )
        counts[code] = counts.get(code, 0) + recorded.rowcount
        position += recorded.rowcount
    feed.put_end(connection, position)
    return Recorded.of(start, counts)


def purge(database: Database, calendar: int) -> None:
    """Delete the copies of a calendar that are neither shown nor being filled, some events at a time."""
    with database.reading() as connection:
        unneeded = list(connection.scalars(_unneeded(calendar)))
    for copy in unneeded:
        while _delete_some(database, copy):
            pass


def _differences(
    before: int | None, after: int | None
) -> Iterator[tuple[Code, Select[Any, Any, Any]]]:
    pair = _old.c.id == _new.c.id
    # No copy has the number 0.
    of_old, of_new = _old.c.copy == (before or 0), _new.c.copy == (after or 0)
    gone = (
        select(_old.c.key, _old.c.id, _old.c.resource)
        .outerjoin(_new, and_(pair, of_new))
        .where(of_old, _was_live, or_(_new.c.key.is_(None), not_(_is_live)))
    )
    cancelled = (
        select(_new.c.key, _new.c.id, _new.c.resource)
        .outerjoin(_old, and_(pair, of_old))
        .where(of_new, not_(_is_live), _old.c.key.is_(None))
    )
    nothing = cast(null(), Text)
    added = (
        select(_new.c.key, _new.c.id, nothing.label("resource"))
        .outerjoin(_old, and_(pair, of_old))
        .where(of_new, _is_live, or_(_old.c.key.is_(None), not_(_was_live)))
    )
    updated = (
        select(_new.c.key, _new.c.id, nothing.label("resource"))
        .join(_old, and_(pair, of_old))
        .where(of_new, _is_live, _was_live, _differs)
    )
    yield Code.DELETED, gone
    yield Code.DELETED, cancelled
    yield Code.ADDED, added
    yield Code.UPDATED, updated


def _unneeded(calendar: int) -> Select[int]:
    return (
        select(copies.c.key)
        .join(calendars, calendars.c.key == copies.c.calendar)
        .where(
            copies.c.calendar == calendar,
            or_(calendars.c.copy.is_(None), calendars.c.copy != copies.c.key),
            or_(calendars.c.staging.is_(None), calendars.c.staging != copies.c.key),
        )
    )


def _delete_some(database: Database, copy: int) -> bool:
    """Delete some events of a copy, and the copy itself when there are no more; return whether there may be more."""
    with database.writing() as connection:
        some = select(events.c.key).where(events.c.copy == copy).limit(_AT_A_TIME)
        deleted = connection.execute(delete(events).where(events.c.key.in_(some))).rowcount
        if deleted == _AT_A_TIME:
            return True
        connection.execute(delete(copies).where(copies.c.key == copy))
        return False
