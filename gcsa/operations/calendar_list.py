"""The calls on the user's list of calendars: what is shown, in which colours, with which reminders.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
"""

from __future__ import annotations

from gcsa.calendar import Calendar, CalendarListEntry
from gcsa.changes import Changes
from gcsa.operations.method import listing, operation, procedure
from gcsa.operations.operation import Listing, Operation, Param, ReadBack, deletion, identity, path
from gcsa.operations.procedure import Procedure
from gcsa.operations.runner import Caller
from gcsa.operations.sync import changes_of
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer

LIST = ("users", "me", "calendarList")


class CalendarList(Caller):
    """The methods on the calendar list, of both clients and of their batches."""

    @listing
    def get_calendar_list(
        self,
        /,
        min_access_role: str | None = None,
        show_deleted: bool = False,
        show_hidden: bool = False,
        **kwargs: Param,
    ) -> Listing[CalendarListEntry]:
        """List the calendars on the user's list.

        Args:
            min_access_role: Only those on which the user has at least this role, see `AccessRoles`.
            show_deleted: Whether to list entries that were removed, too.
            show_hidden: Whether to list hidden entries, too.
            **kwargs: Further parameters of Google's, under its own names.

        Returns:
            The entries, as an iterator.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
        """
        params: dict[str, Param] = {
            "minAccessRole": min_access_role,
            "showDeleted": show_deleted,
            "showHidden": show_hidden,
            **kwargs,
        }
        return Listing(
            Operation("GET", path(*LIST), CalendarListEntrySerializer.page_from_bytes, params)
        )

    @operation
    def get_calendar_list_entry(
        self, calendar_id: str | None = None
    ) -> Operation[CalendarListEntry]:
        """Return one entry of the user's list.

        Args:
            calendar_id: The calendar's id; the default calendar if None.

        Raises:
            NotFoundError: The calendar is not on the list.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/get
        """
        return Operation(
            "GET",
            path(*LIST, calendar_id or self.default_calendar),
            CalendarListEntrySerializer.from_bytes,
        )

    @operation
    def add_calendar_list_entry(
        self, calendar: CalendarListEntry, color_rgb_format: bool | None = None
    ) -> Operation[CalendarListEntry]:
        """Put an existing calendar on the user's list, and return the entry.

        Args:
            calendar: The entry, with the calendar's id.
            color_rgb_format: Whether the colours are given as RGB (`background_color`,
                `foreground_color`) instead of a `color_id`; None means: where the entry has any.

        Raises:
            NotFoundError: There is no such calendar, or the user may not see it.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/insert
        """
        calendar_id = identity(calendar, CalendarListEntry, "calendar")
        stored = Operation("GET", path(*LIST, calendar_id), CalendarListEntrySerializer.from_bytes)
        return Operation(
            "POST",
            path(*LIST),
            CalendarListEntrySerializer.from_bytes,
            {"colorRgbFormat": _has_rgb(calendar, color_rgb_format)},
            CalendarListEntrySerializer.to_json(calendar),
            read_back=ReadBack(stored, lambda _: True),
        )

    @operation
    def update_calendar_list_entry(
        self, calendar: CalendarListEntry, color_rgb_format: bool | None = None
    ) -> Operation[CalendarListEntry]:
        """Store an entry in place of what is there for its calendar, and return it.

        Args:
            calendar: The entry.
            color_rgb_format: As for `add_calendar_list_entry`.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/update
        """
        return Operation(
            "PUT",
            path(*LIST, identity(calendar, CalendarListEntry, "calendar")),
            CalendarListEntrySerializer.from_bytes,
            {"colorRgbFormat": _has_rgb(calendar, color_rgb_format)},
            CalendarListEntrySerializer.to_json(calendar),
        )

    @operation
    def delete_calendar_list_entry(self, calendar: Calendar | str) -> Operation[None]:
        """Take a calendar off the user's list. The calendar itself stays.

        Args:
            calendar: The calendar or its entry, or its id.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/delete
        """
        return deletion(path(*LIST, identity(calendar, Calendar, "calendar")))

    @procedure
    def get_calendar_list_changes(
        self, /, sync_token: str | None = None, **kwargs: Param
    ) -> Procedure[Changes[CalendarListEntry]]:
        """Return what has changed on the user's list since a sync token was given.

        Args:
            sync_token: `next_sync_token` of the last answer; None for everything, and a first token.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            SyncTokenExpiredError: The token is no longer good; ask again without one.

        Reference: https://developers.google.com/workspace/calendar/api/guides/sync
        """
        first = Operation("GET", path(*LIST), CalendarListEntrySerializer.page_from_bytes, kwargs)
        return changes_of(Listing(first), sync_token, lambda entry: entry.deleted, lambda e: e.id)


def _has_rgb(entry: CalendarListEntry, given: bool | None) -> bool:
    if given is not None:
        return given
    return entry.background_color is not None or entry.foreground_color is not None
