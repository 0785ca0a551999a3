"""events.list: the events of a calendar, all of them or what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from gcsa.emulator.answer import json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.administration import calendar_for_types
from gcsa.emulator.resources.events.collection import (
    check_window,
    first_or_later_page,
    page_of,
    page_size,
)
from gcsa.emulator.resources.events.entries import ALL_STATES, Entry, Selection, by_rows, by_start
from gcsa.emulator.resources.events.search import filter_of
from gcsa.emulator.resources.events.view import view_of
from gcsa.emulator.routes import method
from gcsa.emulator.store.events import Cursor, State
from gcsa.emulator.tokens import (
    KEPT_CHANGES,
    SyncToken,
    fingerprint,
    read_token,
    write_token,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.access import Access
    from gcsa.emulator.answer import Answer
    from gcsa.emulator.call import Call
    from gcsa.emulator.store.events import EventRow
    from gcsa.emulator.tokens import PageToken

# "There are several query parameters that cannot be specified together with nextSyncToken"
# https://developers.google.com/workspace/calendar/api/v3/reference/events/list#syncToken
_NOT_WITH_SYNC_TOKEN: Final = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
# A window of time may be given on the first listing, and is not repeated with its sync token.
# https://developers.google.com/workspace/calendar/api/guides/sync
_NO_SYNC_TOKEN_AFTER: Final = frozenset(_NOT_WITH_SYNC_TOKEN) - {"timeMin", "timeMax"}


@method("calendar.events.list")
def list_events(call: Call) -> Answer:
    """Return a page of a calendar's events.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/list
    """
    access = calendar_for_types(call, "freeBusyReader", lambda: call.parameters.texts("eventTypes"))
    sync_token = _sync_token(call, access)
    _check(call)
    page = first_or_later_page(call, access)
    selection = _selection(call, access, page)
    entries = _entries(call, selection, page, sync_token)
    token = None
    if not any(name in call.parameters for name in _NO_SYNC_TOKEN_AFTER):
        token = write_token(
            SyncToken(_collection(access), page.until, call.now), call.emulator.secret
        )
    return page_of(call, access, entries, page, token)


def _check(call: Call) -> None:
    parameters = call.parameters
    check_window(call)
    if parameters.text("orderBy") == "startTime" and not parameters.flag("singleEvents"):
        # https://github.com/googleworkspace/java-samples/issues/52
        raise ApiError.invalid(
            "The requested ordering is not available for the particular query.", location="orderBy"
        )
    updated_min = parameters.milliseconds("updatedMin")
    if updated_min is not None and updated_min < call.now - KEPT_CHANGES:
        raise ApiError.updated_min_too_long_ago()


def _sync_token(call: Call, access: Access) -> SyncToken | None:
    text = call.parameters.text("syncToken")
    if not text:
        return None
    for name in _NOT_WITH_SYNC_TOKEN:
        if name in call.parameters:
            raise ApiError.invalid(
                f"The parameter {name} cannot be used together with a sync token.", location=name
            )
    if "showDeleted" in call.parameters and not call.parameters.flag("showDeleted"):
        # "it is not allowed to set showDeleted to False"
        raise ApiError.invalid(
            "Deleted events cannot be left out together with a sync token.", location="showDeleted"
        )
    token = read_token(text, SyncToken, call.emulator.secret)
    if (
        token is None
        or token.collection != _collection(access)
        or token.issued < call.now - KEPT_CHANGES
        or token.change > access.calendar.change
    ):
        raise ApiError.full_sync_required()
    return token


def _collection(access: Access) -> str:
    # "Sometimes sync tokens are invalidated by the server, for various reasons including token expiration or changes in
    # related ACLs."  https://developers.google.com/workspace/calendar/api/guides/sync
    return fingerprint(["events", access.calendar.key, access.calendar.id, access.role])


def _selection(call: Call, access: Access, page: PageToken) -> Selection:
    parameters = call.parameters
    expanded = parameters.flag("singleEvents")
    updated_min = parameters.milliseconds("updatedMin")
    states: tuple[State, ...] = (State.LIVE,)
    if parameters.flag("showDeleted") or updated_min is not None or parameters.text("syncToken"):
        states = ALL_STATES
    elif not expanded:
        # "Cancelled instances of recurring events (but not the underlying recurring event) will still be included if
        # showDeleted and singleEvents are both False."
        states = (State.LIVE, State.CANCELLED_INSTANCE)
    return Selection(
        access.calendar,
        view_of(call, access),
        expanded,
        states,
        parameters.seconds("timeMin"),
        parameters.seconds("timeMax"),
        page.horizon,
        updated_min,
        filter_of(parameters, hides_invitations=_hides_invitations(call, access)),
        page_size(call) + 1,
    )


def _hides_invitations(call: Call, access: Access) -> bool:
    """Whether a user wants to see no invitations of theirs that wait for an answer.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings (hideInvitations)
    """
    if access.calendar.id != call.user.email:
        return False
    setting = call.store.settings.get(call.user.key, "hideInvitations")
    return setting is not None and setting.value == "true"


def _entries(
    call: Call, selection: Selection, page: PageToken, sync_token: SyncToken | None
) -> Iterator[Entry]:
    """Return the events from the page on, in the order that was asked for."""
    store, parameters = call.store, call.parameters
    order = parameters.text("orderBy")
    if sync_token is not None:
        rows = _changed_rows(call, selection, page, sync_token)
        entries = by_rows(store, selection, rows, sync_token.change)
        if not parameters.flag("showDeleted"):
            entries = map(_without_details, entries)
    elif order == "updated" or (selection.updated_min is not None and order is None):
        entries = by_rows(store, selection, _rows_by_update(call, selection, page))
    else:
        return by_start(store, selection, page.after or None)
    return (entry for entry in entries if entry.place > page.after)


def _changed_rows(
    call: Call, selection: Selection, page: PageToken, sync_token: SyncToken
) -> Iterator[tuple[tuple[int, int], EventRow]]:
    # The row of the page before may have more instances.
    change = max(sync_token.change, page.after[0] - 1) if page.after else sync_token.change
    while True:
        rows = call.store.events.changes(
            selection.calendar.key, after=change, until=page.until, limit=selection.page
        )
        for row in rows:
            yield (row.change, row.key), row
        if len(rows) < selection.page:
            return
        change = rows[-1].change


def _rows_by_update(
    call: Call, selection: Selection, page: PageToken
) -> Iterator[tuple[tuple[int, int], EventRow]]:
    cursor = Cursor(page.after[0], page.after[1] - 1) if page.after else None
    while True:
        rows = call.store.events.by_updated(
            selection.calendar.key,
            updated_min=selection.updated_min or 0,
            after=cursor,
            limit=selection.page,
        )
        for row in rows:
            yield (row.updated, row.key), row
        if len(rows) < selection.page:
            return
        cursor = Cursor(rows[-1].updated, rows[-1].key)


def _without_details(entry: Entry) -> Entry:
    # "incremental sync requests with showDeleted set to false will not return these details"
    # https://developers.google.com/workspace/calendar/api/v3/reference/events#status
    if '"status":"cancelled"' not in entry.text:
        return entry
    event = msgspec.json.decode(entry.text)
    if event["status"] != "cancelled":
        return entry
    return Entry(entry.place, json_text({name: event[name] for name in _KEPT if name in event}))


_KEPT: Final = ("kind", "etag", "id", "status", "recurringEventId", "originalStartTime")
