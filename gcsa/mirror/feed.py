"""The feed of changes: a list that only grows, in the order in which changes became visible.

Each change has a position, one more than that of the change before. Positions are given out under a lock that is held
until the transaction is over: numbers from a sequence would be given out in one order and become visible in another, so
that a reader who has seen 7 could miss 6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal, NamedTuple, TypeAlias

import attrs
from sqlalchemy import Connection, and_, insert, select, update

from gcsa.event import Event
from gcsa.mirror.errors import ForgottenChangesError
from gcsa.mirror.moments import from_milliseconds
from gcsa.mirror.placing import Kind
from gcsa.mirror.schema.tables import accounts, calendars, changes, events, feed
from gcsa.serializers.event_serializer import EventSerializer

ChangeKind: TypeAlias = Literal["added", "updated", "deleted"]


_FORGOTTEN_AT_A_TIME = 10_000

# In this order: what changes while the calendars are read is told again, and not missed.
_BEGIN_ANEW = "Take `cursor()`, read the calendars anew, and go on from that cursor."


class Code(IntEnum):
    """How the kind of a change is stored."""

    ADDED = 1
    UPDATED = 2
    DELETED = 3


_KINDS: dict[int, ChangeKind] = {
    Code.ADDED: "added",
    Code.UPDATED: "updated",
    Code.DELETED: "deleted",
}


@attrs.frozen
class Change:
    """Something that was added to a calendar, updated, or deleted.

    Args:
        cursor: Its place in the feed: what comes after it is asked for with `changes(after=cursor)`.
        kind: `'added'`, `'updated'` or `'deleted'`.
        account: The account whose calendar it is.
        calendar_id: The calendar.
        event_id: The event: a series, a single event, or an instance that differs from its series.
        event: The event as it is now in the copy, so that whoever reads late does not work with what is no longer true;
            None if it has been deleted since. Of what was deleted: as it was last, with the status `'cancelled'`.
        at: When the copy was changed.
    """

    cursor: int
    kind: ChangeKind
    account: str
    calendar_id: str
    event_id: str
    event: Event | None
    at: datetime


class Entry(NamedTuple):
    """A change that is to be recorded.

    Attributes:
        event_id: The event's id.
        code: Its kind.
        resource: The JSON of what was deleted.
    """

    event_id: str
    code: Code
    resource: str | None = None


class Recorded(NamedTuple):
    """Changes that were recorded: those after one position, up to and with another one.

    Attributes:
        after: The position before the first of them.
        until: The position of the last of them.
        added: How many of them are of this kind.
        updated: Likewise.
        deleted: Likewise.
    """

    after: int
    until: int
    added: int
    updated: int
    deleted: int

    @classmethod
    def of(cls, after: int, counts: Mapping[Code, int]) -> Recorded:
        """Return what was recorded after a position, by how many there are of each kind."""
        added, updated, deleted = (counts.get(code, 0) for code in Code)
        return cls(after, after + added + updated + deleted, added, updated, deleted)


def lock(connection: Connection) -> int:
    """Keep others from recording changes until the transaction is over; return the last position."""
    position: int = connection.execute(select(feed.c.position).with_for_update()).scalar_one()
    return position


def put_end(connection: Connection, position: int) -> None:
    """Write down the last position. The feed has to be locked."""
    connection.execute(update(feed).values(position=position))


def record(connection: Connection, calendar: int, entries: Sequence[Entry], at: int) -> Recorded:
    """Record changes of a calendar.

    It is the last thing to do in a transaction, for all others wait until that is over.

    Args:
        connection: A transaction that writes.
        calendar: The key of the calendar's row.
        entries: The changes.
        at: When, in milliseconds.
    """
    if not entries:
        return Recorded.of(0, {})
    after = lock(connection)
    connection.execute(
        insert(changes),
        [
            {
                "position": position,
                "calendar": calendar,
                "event_id": entry.event_id,
                "kind": int(entry.code),
                "resource": entry.resource,
                "at": at,
            }
            for position, entry in enumerate(entries, after + 1)
        ],
    )
    put_end(connection, after + len(entries))
    return Recorded.of(after, Counter(entry.code for entry in entries))


def end_of(connection: Connection) -> int:
    """Return the position of the last change; 0 when there has been none."""
    position: int = connection.execute(select(feed.c.position)).scalar_one()
    return position


def read(
    connection: Connection,
    *,
    after: int,
    limit: int,
    until: int | None = None,
    account: str | None = None,
    calendar_id: str | None = None,
) -> list[Change]:
    """Return changes in their order.

    Args:
        connection: A transaction.
        after: Only those after this position.
        limit: At most so many.
        until: Only those up to and with this position.
        account: Only those of this account.
        calendar_id: Only those of this calendar.

    Raises:
        ForgottenChangesError: Some of those after this position are forgotten, or the feed never came so far.
    """
    end, forgotten = connection.execute(select(feed.c.position, feed.c.forgotten)).one()
    if after < forgotten:
        raise ForgottenChangesError(
            f"The changes up to {forgotten} are forgotten, so that what came after {after} cannot be told any more."
            f" {_BEGIN_ANEW}"
        )
    if after > end:
        # Whoever waits for later ones would miss those that come until then.
        raise ForgottenChangesError(
            f"The last change is {end}: the cursor {after} is of another database, or of a time that is not in this one"
            f" any more. {_BEGIN_ANEW}"
        )
    current = and_(
        events.c.copy == calendars.c.copy,
        events.c.id == changes.c.event_id,
        events.c.kind != Kind.CANCELLED_INSTANCE,
        changes.c.kind != Code.DELETED,
    )
    query = (
        select(
            changes.c.position,
            changes.c.kind,
            accounts.c.name,
            calendars.c.id,
            changes.c.event_id,
            changes.c.resource,
            events.c.resource.label("current"),
            changes.c.at,
        )
        .join(calendars, calendars.c.key == changes.c.calendar)
        .join(accounts, accounts.c.key == calendars.c.account)
        .outerjoin(events, current)
        .where(changes.c.position > after)
        .order_by(changes.c.position)
        .limit(limit)
    )
    if until is not None:
        query = query.where(changes.c.position <= until)
    if account is not None:
        query = query.where(accounts.c.name == account)
    if calendar_id is not None:
        query = query.where(calendars.c.id == calendar_id)
    return [
        Change(
            cursor=position,
            kind=_KINDS[kind],
            account=name,
            calendar_id=calendar,
            event_id=event_id,
            event=_event(kind, deleted, current),
            at=from_milliseconds(at),
        )
        for position, kind, name, calendar, event_id, deleted, current, at in connection.execute(
            query
        )
    ]


def position_before(connection: Connection, at: int) -> int:
    """Return the position of the last change before the first one that was made at this time or later.

    Args:
        connection: A transaction.
        at: The time, in milliseconds.
    """
    # In the order of positions: clocks of several machines differ, and none that is later may be taken for earlier.
    first = connection.scalar(
        select(changes.c.position).where(changes.c.at >= at).order_by(changes.c.position).limit(1)
    )
    return end_of(connection) if first is None else first - 1


def forget_some(connection: Connection, until: int) -> bool:
    """Forget some of the changes up to and with a position; tell whether there may be more of them.

    Nothing can be recorded meanwhile, so that it must not take long.
    """
    end = lock(connection)
    forgotten: int = connection.execute(select(feed.c.forgotten)).scalar_one()
    until = min(until, end)
    if until <= forgotten:
        return False
    some = min(until, forgotten + _FORGOTTEN_AT_A_TIME)
    connection.execute(changes.delete().where(changes.c.position <= some))
    connection.execute(update(feed).values(forgotten=some))
    return some < until


def _event(kind: int, deleted: str | None, current: str | None) -> Event | None:
    text = deleted if kind == Code.DELETED else current
    if text is None:
        return None
    resource: dict[str, Any] = EventSerializer.ensure_dict(text)
    if kind == Code.DELETED:
        resource["status"] = "cancelled"
    return EventSerializer.read(resource)
