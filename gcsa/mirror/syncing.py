"""Synchronising a calendar with its copy, as Google's guide says.

Everything is listed once, page by page; the last page has a sync token. With it, what has changed since is listed,
again page by page, and the last page has another token. A token that is no longer good is answered with 410, and then
everything is listed again, into another copy.

Two synchronisations of the same calendar at once, in one process or in two, do not wait for each other. Each page is
stored by whoever has it first; the other one finds the calendar moved on, drops the page, and goes on from there.
Nobody returns before a listing is complete that was begun after they were called, so that what was on the calendar
then is in the copy now.

Reference: https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
from sqlalchemy import Connection, case, literal

from gcsa.errors import BadRequestError, GoneError, GoogleCalendarError
from gcsa.mirror import copies, feed
from gcsa.mirror.arrivals import put_changes, rows_of
from gcsa.mirror.database import Database
from gcsa.mirror.feed import Recorded
from gcsa.mirror.moments import milliseconds, zone_named
from gcsa.mirror.pages import RawPage, events_page
from gcsa.mirror.places import WELL, Place, find_place, hold, move_on, note_failure
from gcsa.mirror.placing import text_of
from gcsa.mirror.report import SyncReport
from gcsa.mirror.rows import Rows
from gcsa.mirror.schema.tables import calendars
from gcsa.operations.operation import path
from gcsa.operations.page_turns import PageTurns
from gcsa.operations.procedure import Procedure, ask, work
from gcsa.operations.runner import Caller

# How often a listing is begun again because the server takes back what it gave: a token, or the calendar's zone.
_PATIENCE = 3

# What of the head of a listing is also in an entry of the list of calendars.
_ENTRY = ("summary", "description", "timeZone", "accessRole", "defaultReminders")


@attrs.frozen
class Stored:
    """What came of storing a page.

    Args:
        place: Where the calendar is now.
        recorded: What has changed with it.
    """

    place: Place
    recorded: Recorded


@attrs.define
class _Tally:
    """What a synchronisation has done so far."""

    added: int = 0
    updated: int = 0
    deleted: int = 0
    pages: int = 0
    full: bool = False

    def count(self, stored: Stored, *, was_full: bool) -> None:
        self.added += stored.recorded.added
        self.updated += stored.recorded.updated
        self.deleted += stored.recorded.deleted
        self.pages += 1
        self.full = self.full or was_full

    def report(self) -> SyncReport:
        return SyncReport(self.added, self.updated, self.deleted, self.pages, self.full)


class Synchroniser:
    """Synchronises calendars with their copies.

    Args:
        database: Where the copies are.
        account: The name of the account whose calendars they are.
        page_size: How many events a page has at the most.
        changed: What is told of changes once they are in the database.
    """

    def __init__(
        self,
        database: Database,
        account: str,
        page_size: int,
        changed: Callable[[Recorded], None],
    ) -> None:
        self._database = database
        self._account = account
        self._page_size = page_size
        self._changed = changed

    def synchronise(self, client: Caller, calendar_id: str) -> Procedure[SyncReport]:
        """Bring the copy of a calendar up to date.

        Args:
            client: What the calls are made on.
            calendar_id: The calendar's id.

        Raises:
            GoogleCalendarError: A call failed; that is written down, and what is stored stays.
        """
        place = yield from work(partial(self._find, calendar_id))
        try:
            report = yield from self._list(client, place)
        except GoogleCalendarError as error:
            yield from work(partial(self._note_failure, place, error, _now(client)))
            raise
        yield from work(partial(self._tidy, calendar_id))
        return report

    def _list(self, client: Caller, place: Place) -> Procedure[SyncReport]:
        tally = _Tally()
        # A listing that somebody else began says nothing of what has changed since then.
        is_own = not place.is_under_way
        began = _now(client)
        restarts = 0
        turns = _page_turns(place)
        while True:
            page = yield from self._fetch(client, place, turns)
            if not isinstance(page, RawPage) or not place.looks_the_same(page.head):
                restarts += 1
                if restarts > _PATIENCE:
                    raise page if isinstance(page, GoogleCalendarError) else _unsteady(place)
                place = _begin_again(place, page)
                turns = _page_turns(place)
                is_own, began = True, _now(client)
                continue
            stored = yield from work(partial(self._store, place, page, began, _now(client), is_own))
            if stored is None:
                # Somebody else has stored this page, or another one.
                place = yield from work(partial(self._find, place.calendar_id))
                turns = _page_turns(place)
                is_own = not place.is_under_way
            else:
                tally.count(stored, was_full=place.is_full)
                if stored.recorded.until > stored.recorded.after:
                    yield from work(partial(self._changed, stored.recorded))
                place = stored.place
                if place.is_under_way:
                    continue
                if is_own:
                    return tally.report()
                is_own = True
                turns = _page_turns(place)
            began = _now(client)

    def _fetch(
        self, client: Caller, place: Place, turns: PageTurns
    ) -> Procedure[RawPage | GoogleCalendarError]:
        """Fetch the page that comes next; return what is wrong with it where beginning again may help.

        That is the refusal of a token that is no longer good, or a page that leads back to one before it.
        """
        sync_token = None if place.is_full else place.sync_token
        asked = events_page(
            client, place.calendar_id, self._page_size, sync_token, place.page_token
        )
        try:
            page = yield from ask(asked)
        except (GoneError, BadRequestError) as error:
            if sync_token is None and place.page_token is None:
                raise
            return error
        try:
            turns.on(page.next_page_token)
        except GoogleCalendarError as error:
            return error
        return page

    def _find(self, calendar_id: str) -> Place:
        with self._database.reading() as connection:
            return find_place(connection, self._account, calendar_id)

    def _store(
        self, place: Place, page: RawPage, began: int, at: int, is_own: bool
    ) -> Stored | None:
        """Store a page, and write down where the calendar is then; None if somebody else has moved it on."""
        with self._database.writing() as connection:
            key = hold(connection, place)
            if key is None:
                return None
            stored = _put_page(connection, attrs.evolve(place, key=key), page, at)
            columns: dict[str, Any] = {
                "copy": stored.place.copy,
                "staging": stored.place.staging,
                "page_token": stored.place.page_token,
            }
            if not stored.place.is_under_way:
                columns |= _described(place, page)
                columns["sync_token"] = stored.place.sync_token
                if is_own:
                    columns |= _went_well(place, began)
            move_on(connection, key, **columns)
        return stored

    def _note_failure(self, place: Place, error: GoogleCalendarError, at: int) -> None:
        with self._database.writing() as connection:
            note_failure(connection, place, error, at)

    def _tidy(self, calendar_id: str) -> None:
        key = self._find(calendar_id).key
        if key is not None:
            copies.purge(self._database, key)


def _page_turns(place: Place) -> PageTurns:
    return PageTurns(f"GET {path('calendars', place.calendar_id, 'events')}")


def _put_page(connection: Connection, place: Place, page: RawPage, at: int) -> Stored:
    if place.is_full:
        return _put_in_new_copy(connection, place, page, at)
    rows = Rows(connection, _known(place.copy), zone_named(place.time_zone))
    recorded = feed.record(connection, _known(place.key), put_changes(rows, page), at)
    return Stored(_after(place, page), recorded)


def _put_in_new_copy(connection: Connection, place: Place, page: RawPage, at: int) -> Stored:
    key = _known(place.key)
    if place.staging is None:
        zone, role = text_of(page.head, "timeZone"), text_of(page.head, "accessRole")
        staging = copies.begin_copy(connection, key, zone, role)
        place = attrs.evolve(place, staging=staging, time_zone=zone, access_role=role)
    staging = _known(place.staging)
    rows = Rows(connection, staging, zone_named(place.time_zone))
    arrived = rows_of(rows, page)
    rows.put([row for row in arrived.values() if row is not None])
    rows.remove({event_id for event_id, row in arrived.items() if row is None})
    if page.next_page_token is not None:
        return Stored(_after(place, page), Recorded.of(0, {}))
    copies.drop_strays(connection, staging)
    recorded = copies.record_exchange(connection, key, place.copy, staging, at)
    return Stored(_after(attrs.evolve(place, copy=staging, staging=None), page), recorded)


def _after(place: Place, page: RawPage) -> Place:
    """Return the place after a page."""
    is_last = page.next_page_token is None
    return attrs.evolve(
        place,
        step=place.step + 1,
        page_token=page.next_page_token,
        sync_token=page.next_sync_token if is_last else place.sync_token,
    )


def _described(place: Place, page: RawPage) -> dict[str, Any]:
    """Return what a listing says of the calendar; the entry of the list of calendars says more, if there is one."""
    said = {name: page.head[name] for name in _ENTRY if name in page.head}
    text = json.dumps({"id": place.calendar_id, **said})
    return {"resource": case((calendars.c.is_listed, calendars.c.resource), else_=literal(text))}


def _went_well(place: Place, began: int) -> dict[str, Any]:
    return {"synced_at": began, "heeded": place.notifications, **WELL}


def _begin_again(place: Place, page: RawPage | GoogleCalendarError) -> Place:
    """Return where to go on from when a page cannot be had, or does not fit to the ones before it."""
    if isinstance(page, BadRequestError) and not place.is_full and place.page_token is not None:
        # The page token is too old; the sync token may still be good.
        return attrs.evolve(place, page_token=None)
    return place.afresh()


def _unsteady(place: Place) -> GoogleCalendarError:
    return GoogleCalendarError(
        f"The listing of {place.calendar_id!r} changes its time zone or the user's role from page to page"
    )


def _known(key: int | None) -> int:
    if key is None:
        raise LookupError("A calendar without a copy has no changes to put into it.")
    return key


def _now(client: Caller) -> int:
    return milliseconds(client.now())
