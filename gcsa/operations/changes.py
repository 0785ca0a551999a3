"""What has changed since a sync token was given: incremental synchronisation.

Reference: https://developers.google.com/workspace/calendar/api/guides/sync
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

import attrs

from gcsa.acl import AccessControlRule, ACLRole
from gcsa.calendar import CalendarListEntry
from gcsa.changes import Changes
from gcsa.errors import GoogleCalendarError
from gcsa.event import Event
from gcsa.operations.acl import rules_of
from gcsa.operations.calendar_list import entries
from gcsa.operations.events import events_of
from gcsa.operations.method import procedure
from gcsa.operations.operation import Listing, Param
from gcsa.operations.page_turns import PageTurns
from gcsa.operations.procedure import Procedure, ask
from gcsa.operations.runner import Caller
from gcsa.operations.settings import single_settings
from gcsa.settings import Setting

T = TypeVar("T")

# What "syncToken" in https://developers.google.com/workspace/calendar/api/v3/reference/events/list
# does not go together with. The window of time holds for the first answer, and is kept for those that
# follow; the others would make an answer that no token comes with.
FIRST_TIME_ONLY = frozenset({"timeMin", "timeMax"})
NEVER = frozenset(
    {"iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"}
)


class ChangesSince(Caller):
    """The methods on what has changed, of both clients."""

    @procedure
    def get_event_changes(
        self, /, sync_token: str | None = None, calendar_id: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[Event]]:
        """Return what has changed among a calendar's events since a sync token was given.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            calendar_id: The calendar; the default one if None.
            **kwargs: Parameters of Google's listing, under its own names, the same each time.
                `timeMin` and `timeMax` limit the first answer, and are not sent with a token.

        Returns:
            The changes. A cancelled instance of a series is among the items, with the `status`
            `'cancelled'`, because the series cannot be shown right without it; with
            `singleEvents=True` it is among the deleted.

        Raises:
            ValueError: A parameter does not go together with sync tokens.
            SyncTokenExpiredError: The token is no longer good: drop what is stored, and ask again
                without one.

        Reference: https://developers.google.com/workspace/calendar/api/guides/sync
        """
        _refuse(NEVER.intersection(kwargs))
        params = {
            name: value
            for name, value in kwargs.items()
            if sync_token is None or name not in FIRST_TIME_ONLY
        }
        lists_instances = bool(kwargs.get("singleEvents", False))

        def is_deleted(event: Event) -> bool:
            return event.status == "cancelled" and (
                lists_instances or not event.is_recurring_instance
            )

        return _changes_of(
            events_of(self, calendar_id, params),
            sync_token,
            is_deleted,
            lambda event: event.event_id,
        )

    @procedure
    def get_calendar_list_changes(
        self, /, sync_token: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[CalendarListEntry]]:
        """Return what has changed on the user's list of calendars since a sync token was given.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            **kwargs: Parameters of Google's listing, under its own names, the same each time.

        Raises:
            ValueError: `minAccessRole` is given, which does not go together with sync tokens.
            SyncTokenExpiredError: The token is no longer good: drop what is stored, and ask again
                without one.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
        """
        _refuse({"minAccessRole"}.intersection(kwargs))
        return _changes_of(
            entries(kwargs), sync_token, lambda entry: entry.deleted, lambda entry: entry.id
        )

    @procedure
    def get_acl_changes(
        self, /, sync_token: str | None = None, calendar_id: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[AccessControlRule]]:
        """Return what has changed among a calendar's access rules since a sync token was given.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            calendar_id: The calendar; the default one if None.
            **kwargs: Parameters of Google's listing, under its own names, the same each time.

        Raises:
            SyncTokenExpiredError: The token is no longer good: drop what is stored, and ask again
                without one.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/list
        """
        return _changes_of(
            rules_of(self, calendar_id, kwargs),
            sync_token,
            lambda rule: rule.role == ACLRole.NONE,
            lambda rule: rule.id,
        )

    @procedure
    def get_settings_changes(
        self, /, sync_token: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[Setting]]:
        """Return which settings have changed since a sync token was given, each with its value.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            **kwargs: Parameters of Google's listing, under its own names, the same each time.

        Raises:
            SyncTokenExpiredError: The token is no longer good: drop what is stored, and ask again
                without one.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
        """
        return _changes_of(
            single_settings(kwargs), sync_token, lambda _: False, lambda setting: setting.id
        )


def _refuse(named: Collection[str]) -> None:
    if named:
        raise ValueError(f"{', '.join(sorted(named))} cannot be used together with sync tokens.")


def _changes_of(
    listing: Listing[T],
    sync_token: str | None,
    is_deleted: Callable[[T], bool],
    id_of: Callable[[T], str | None],
) -> Procedure[Changes[T]]:
    """Fetch every page since a sync token, and sort out what was deleted."""
    if sync_token == "":
        raise ValueError("The sync token is empty; give None to begin.")
    if sync_token is not None:
        first = listing.first
        listing = Listing(attrs.evolve(first, params={**first.params, "syncToken": sync_token}))
    items: list[T] = []
    deleted: list[str] = []
    page_token: str | None = None
    turns = PageTurns(str(listing.first))
    while True:
        page = yield from ask(listing.page(page_token))
        for item in page.items:
            identifier = id_of(item)
            if is_deleted(item) and identifier is not None:
                deleted.append(identifier)
            else:
                items.append(item)
        page_token = turns.on(page.next_page_token)
        if page_token is None:
            break
    if page.next_sync_token is None:
        raise GoogleCalendarError("No sync token came with the changes", request=str(listing.first))
    return Changes(items, deleted, page.next_sync_token, full=sync_token is None)
