"""Where the synchronisation of a calendar has got to: read, moved on, and kept from moving in two directions at once.

Each page that is stored moves a calendar one step on, in the same transaction. Whoever stores one says from which step
they came; if the calendar is at another one by now, somebody else was faster, and nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs
from sqlalchemy import Connection, select, update

from gcsa.mirror.placing import text_of
from gcsa.mirror.schema.tables import accounts, calendars, copies
from gcsa.mirror.texts import storable
from gcsa.mirror.upsert import insert

# After a failure a calendar is left alone for half a minute, twice as long after each further one, up to a day; in
# milliseconds.
_FIRST_PAUSE = 30_000
_LONGEST_PAUSE = 86_400_000

# The columns of a calendar with which nothing is wrong.
WELL: Mapping[str, Any] = {
    "failures": 0,
    "failed_at": None,
    "failure": None,
    "failure_kind": None,
    "retry_at": None,
}


@attrs.frozen
class Place:
    """Where the synchronisation of a calendar has got to.

    Args:
        account: The name of the account whose calendar it is.
        calendar_id: The calendar's id.
        key: The key of the calendar's row; None while it has none.
        step: How many steps it has taken.
        copy: The copy that is shown; None before the first synchronisation is complete.
        sync_token: What has changed since the copy was up to date is asked for with it; None asks for everything.
        staging: The copy that is being filled; None unless everything has been asked for.
        page_token: The page that comes next; None for the first one.
        time_zone: The zone of the calendar, as it was when the copy that is written to was begun.
        access_role: The user's role on the calendar, likewise.
        notifications: How many notifications have come.
    """

    account: str
    calendar_id: str
    key: int | None = None
    step: int = 0
    copy: int | None = None
    sync_token: str | None = None
    staging: int | None = None
    page_token: str | None = None
    time_zone: str | None = None
    access_role: str | None = None
    notifications: int = 0

    @property
    def is_full(self) -> bool:
        """Whether everything is asked for."""
        return self.staging is not None or self.sync_token is None

    @property
    def is_under_way(self) -> bool:
        """Whether some of the pages are stored, and some are not."""
        return self.staging is not None or self.page_token is not None

    def afresh(self) -> Place:
        """Return the place from which everything is asked for again."""
        return attrs.evolve(self, sync_token=None, staging=None, page_token=None)

    def looks_the_same(self, head: dict[str, Any]) -> bool:
        """Whether a listing with this head shows events as they are in the copy that is written to."""
        if self.staging is None and self.is_full:
            return True  # a copy that is yet to be made
        zone, role = text_of(head, "timeZone"), text_of(head, "accessRole")
        return zone in (None, self.time_zone) and role in (None, self.access_role)


def find_place(connection: Connection, account: str, calendar_id: str) -> Place:
    """Return where the synchronisation of a calendar has got to."""
    row = connection.execute(
        select(
            calendars.c.key,
            calendars.c.step,
            calendars.c.copy,
            calendars.c.sync_token,
            calendars.c.staging,
            calendars.c.page_token,
            calendars.c.notifications,
        )
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == account, calendars.c.id == calendar_id)
    ).one_or_none()
    if row is None:
        return Place(account, calendar_id)
    written = row.copy if row.staging is None else row.staging
    look = connection.execute(
        select(copies.c.time_zone, copies.c.access_role).where(copies.c.key == written)
    ).one_or_none()
    zone, role = (None, None) if look is None else (look.time_zone, look.access_role)
    return Place(account, calendar_id, *row[:-1], zone, role, row.notifications)


def hold(connection: Connection, place: Place) -> int | None:
    """Take hold of a calendar until the end of the transaction, if it is still at this place.

    Returns:
        The key of the calendar's row; None when somebody else has moved it on.
    """
    if place.key is None:
        add_calendar(connection, place.account, place.calendar_id)
    row = connection.execute(
        select(calendars.c.key, calendars.c.step)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == place.account, calendars.c.id == place.calendar_id)
        .with_for_update(of=calendars)
    ).one_or_none()
    if row is None or row.step != place.step or place.key not in (None, row.key):
        return None
    key: int = row.key
    return key


def add_account(connection: Connection, account: str) -> None:
    """Make a row for an account, unless it has one."""
    connection.execute(insert(connection, accounts).values(name=account).on_conflict_do_nothing())


def add_calendar(connection: Connection, account: str, calendar_id: str) -> None:
    """Make a row for a calendar of an account, unless it has one."""
    add_account(connection, account)
    account_key = connection.scalar(select(accounts.c.key).where(accounts.c.name == account))
    connection.execute(
        insert(connection, calendars)
        .values(
            account=account_key,
            id=calendar_id,
            resource=json.dumps({"id": calendar_id}),
            is_listed=False,
            is_primary=False,
            step=0,
            notifications=0,
            heeded=0,
            failures=0,
        )
        .on_conflict_do_nothing()
    )


def move_on(connection: Connection, key: int, **columns: Any) -> None:
    """Take a step: write down where the calendar is now. It has to be held."""
    connection.execute(
        update(calendars).where(calendars.c.key == key).values(step=calendars.c.step + 1, **columns)
    )


def note_failure(connection: Connection, place: Place, error: Exception, at: int) -> None:
    """Write down that a calendar could not be synchronised; one that is not known here is not made known by that."""
    row = connection.execute(
        select(calendars.c.key, calendars.c.failures)
        .join(accounts, accounts.c.key == calendars.c.account)
        .where(accounts.c.name == place.account, calendars.c.id == place.calendar_id)
    ).one_or_none()
    if row is None:
        return
    connection.execute(
        update(calendars)
        .where(calendars.c.key == row.key)
        .values(
            failures=calendars.c.failures + 1,
            failed_at=at,
            failure=storable(str(error)),
            failure_kind=type(error).__name__,
            retry_at=at + min(_FIRST_PAUSE * 2 ** min(row.failures, 20), _LONGEST_PAUSE),
        )
    )
