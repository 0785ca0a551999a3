"""Forgetting a calendar: its copy, and all that is known of it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from gcsa.mirror.calendar_list import find
from gcsa.mirror.copies import record_exchange
from gcsa.mirror.feed import Recorded
from gcsa.mirror.moments import milliseconds
from gcsa.mirror.places import WELL, move_on
from gcsa.mirror.schema.tables import calendars, channels


def forget_calendar(connection: Connection, account: str, calendar_id: str) -> tuple[int, Recorded]:
    """Let a calendar have no copy any more; return the key of its row, and what was recorded in the feed.

    Raises:
        UnknownCalendarError: It is not known.
    """
    key = find(connection, account, calendar_id).key
    copy = connection.scalar(
        select(calendars.c.copy).where(calendars.c.key == key).with_for_update()
    )
    recorded = record_exchange(connection, key, copy, None, milliseconds(datetime.now(UTC)))
    connection.execute(delete(channels).where(channels.c.calendar == key))
    move_on(
        connection,
        key,
        copy=None,
        sync_token=None,
        staging=None,
        page_token=None,
        is_listed=False,
        synced_at=None,
        **WELL,
    )
    return key, recorded
