"""The calls on the user's list of calendars: what is shown, in which colours, with which reminders.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gcsa.calendar import AccessRoles, Calendar, CalendarListEntry
from gcsa.operations.arguments import identity, if_match, one_of, parted, require
from gcsa.operations.method import listing, operation
from gcsa.operations.operation import Listing, Operation, Param, ReadBack, deletion, path
from gcsa.operations.runner import Caller
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer

LIST = ("users", "me", "calendarList")

ROLES = (
    AccessRoles.FREE_BUSY_READER,
    AccessRoles.READER,
    AccessRoles.WRITER_WITHOUT_PRIVATE_ACCESS,
    AccessRoles.WRITER,
    AccessRoles.OWNER,
)


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

        Raises:
            ValueError: `min_access_role` is no role.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
        """
        if min_access_role is not None:
            one_of(min_access_role, ROLES, "min_access_role")
        params: dict[str, Param] = {
            "minAccessRole": min_access_role,
            "showDeleted": show_deleted,
            "showHidden": show_hidden,
            **kwargs,
        }
        return entries(params)

    @operation
    def get_calendar_list_entry(
        self, /, calendar_id: str | None = None, **kwargs: Param
    ) -> Operation[CalendarListEntry]:
        """Return one entry of the user's list.

        Args:
            calendar_id: The calendar's id; the default calendar if None.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            NotFoundError: The calendar is not on the list.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/get
        """
        where = path(*LIST, self.calendar_or_default(calendar_id))
        return Operation("GET", where, CalendarListEntrySerializer.from_bytes, kwargs)

    @operation
    def add_calendar_list_entry(
        self, /, calendar: CalendarListEntry, color_rgb_format: bool | None = None, **kwargs: Param
    ) -> Operation[CalendarListEntry]:
        """Put an existing calendar on the user's list, and return the entry.

        Args:
            calendar: The entry, with the calendar's id.
            color_rgb_format: Whether the colours are given as RGB (`background_color`,
                `foreground_color`) instead of a `color_id`; None means: where the entry has any.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            TypeError: `calendar` is not a `CalendarListEntry`.
            NotFoundError: There is no such calendar, or the user may not see it.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/insert
        """
        body = CalendarListEntrySerializer.to_json(require(calendar, CalendarListEntry, "calendar"))
        stored = Operation("GET", _path(calendar), CalendarListEntrySerializer.from_bytes)
        return Operation(
            "POST",
            path(*LIST),
            CalendarListEntrySerializer.from_bytes,
            {"colorRgbFormat": _has_rgb(body, color_rgb_format), **kwargs},
            body,
            read_back=ReadBack(stored, lambda _: True),
        )

    @operation
    def update_calendar_list_entry(
        self,
        /,
        calendar: CalendarListEntry,
        color_rgb_format: bool | None = None,
        *,
        if_unchanged: bool = False,
        **kwargs: Param,
    ) -> Operation[CalendarListEntry]:
        """Store an entry in place of what is there for its calendar, and return it.

        Args:
            calendar: The entry.
            color_rgb_format: As for `add_calendar_list_entry`.
            if_unchanged: Whether to refuse when the entry has changed since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The entry has no etag with `if_unchanged`.
            TypeError: `calendar` is not a `CalendarListEntry`.
            PreconditionFailedError: It was changed meanwhile.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/update
        """
        body = CalendarListEntrySerializer.to_json(require(calendar, CalendarListEntry, "calendar"))
        return Operation(
            "PUT",
            _path(calendar),
            CalendarListEntrySerializer.from_bytes,
            {"colorRgbFormat": _has_rgb(body, color_rgb_format), **kwargs},
            body,
            if_match(calendar, if_unchanged),
            # A second attempt would find the etag that the first one made.
            repeatable=not if_unchanged,
        )

    @operation
    def patch_calendar_list_entry(
        self,
        /,
        calendar: Calendar | str,
        *,
        color_rgb_format: bool | None = None,
        if_unchanged: bool = False,
        **changes: Any,
    ) -> Operation[CalendarListEntry]:
        """Change only what is named of an entry of the user's list, and return it.

        Args:
            calendar: The entry or its calendar, or the calendar's id.
            color_rgb_format: As for `add_calendar_list_entry`; None means: where a colour is named.
            if_unchanged: Whether to refuse when the entry has changed since it was read.
            **changes: New values under the names of `CalendarListEntry`'s arguments, such as
                `selected=True`; None clears one. What has no argument there goes into `other`, a dict with
                Google's names.

        Raises:
            ValueError: Nothing is named, or the calendar has no id.
            TypeError: A name is none of the entry's arguments, or a value is of the wrong type.
            PreconditionFailedError: It was changed meanwhile.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/patch
        """
        named, params = parted(changes, ())
        body = CalendarListEntrySerializer.changes_to_json(named)
        return Operation(
            "PATCH",
            _path(calendar),
            CalendarListEntrySerializer.from_bytes,
            {"colorRgbFormat": _has_rgb(body, color_rgb_format), **params},
            body,
            if_match(calendar, if_unchanged),
            repeatable=not if_unchanged,
        )

    @operation
    def delete_calendar_list_entry(
        self, /, calendar: Calendar | str, *, if_unchanged: bool = False, **kwargs: Param
    ) -> Operation[None]:
        """Take a calendar off the user's list. The calendar itself stays.

        Args:
            calendar: The calendar or its entry, or its id.
            if_unchanged: Whether to refuse when the entry has changed since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The calendar has no id.
            PreconditionFailedError: It was changed meanwhile.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/delete
        """
        return deletion(_path(calendar), kwargs, if_match(calendar, if_unchanged))


def entries(params: Mapping[str, Param]) -> Listing[CalendarListEntry]:
    """Describe the listing of the user's list with these parameters and no others."""
    return Listing(
        Operation("GET", path(*LIST), CalendarListEntrySerializer.page_from_bytes, params)
    )


def _path(calendar: Calendar | str) -> str:
    return path(*LIST, identity(calendar, Calendar, "calendar"))


def _has_rgb(body: Mapping[str, Any], given: bool | None) -> bool:
    if given is not None:
        return given
    return any(body.get(color) is not None for color in ("backgroundColor", "foregroundColor"))
