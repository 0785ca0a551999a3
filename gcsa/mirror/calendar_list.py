"""The user's list of calendars, as it is written down, and which of them are to be synchronised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from gcsa.mirror.calendars import PRIMARY, the_only
from gcsa.mirror.places import add_account, add_calendar
from gcsa.mirror.placing import text_of
from gcsa.mirror.schema.tables import accounts, calendars
from gcsa.mirror.texts import is_storable

Resource = dict[str, Any]

_is_known = or_(calendars.c.is_listed, calendars.c.copy.is_not(None))


class Named(NamedTuple):
    """A calendar's row and its id."""

    key: int
    id: str


def find(connection: Connection, account: str, calendar_id: str) -> Named:
    """Return a calendar, synchronised or not, by its id or as `'primary'`.

    Raises:
        UnknownCalendarError: It is not known, or there are several primary calendars.
    """
    query = (
        select(calendars.c.key, calendars.c.id)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == account, _is_named(calendar_id))
    )
    rows: Sequence[Row[int, str]] = []
    if is_storable(calendar_id):
        rows = connection.execute(query).all()
    return Named._make(the_only(rows, calendar_id))


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


def _is_named(calendar_id: str) -> ColumnElement[bool]:
    return calendars.c.is_primary if calendar_id == PRIMARY else calendars.c.id == calendar_id


def _change(
    connection: Connection, account: str, which: ColumnElement[bool], **columns: Any
) -> None:
    owner = select(accounts.c.key).where(accounts.c.name == account).scalar_subquery()
    connection.execute(
        update(calendars).where(and_(calendars.c.account == owner, which)).values(**columns)
    )
