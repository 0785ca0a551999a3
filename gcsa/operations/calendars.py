"""The calls on calendars themselves: their names, zones and owners.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars
"""

from __future__ import annotations

from typing import Any

from gcsa.calendar import Calendar
from gcsa.operations.arguments import identity, if_match, parted, require
from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, Param, deletion, nothing, path
from gcsa.operations.runner import Caller
from gcsa.serializers.calendar_serializer import CalendarSerializer


class Calendars(Caller):
    """The methods on calendars, of both clients and of their batches."""

    @operation
    def get_calendar(
        self, /, calendar_id: str | None = None, **kwargs: Param
    ) -> Operation[Calendar]:
        """Return a calendar.

        Args:
            calendar_id: Its id; the default calendar if None.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            NotFoundError: There is none with this id, or the user may not see it.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/get
        """
        where = path("calendars", self.calendar_or_default(calendar_id))
        return Operation("GET", where, CalendarSerializer.from_bytes, kwargs)

    @operation
    def add_calendar(self, /, calendar: Calendar, **kwargs: Param) -> Operation[Calendar]:
        """Create a secondary calendar, and return it with its id.

        Args:
            calendar: Its summary, description, location and zone.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            TypeError: `calendar` is not a `Calendar`.
            TransportError: There was no answer. The call is not repeated then, as it could create a
                second calendar.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/insert
        """
        body = CalendarSerializer.to_json(require(calendar, Calendar, "calendar"))
        return Operation(
            "POST", "calendars", CalendarSerializer.from_bytes, kwargs, body, repeatable=False
        )

    @operation
    def update_calendar(
        self, /, calendar: Calendar, *, if_unchanged: bool = False, **kwargs: Param
    ) -> Operation[Calendar]:
        """Store a calendar in place of what is there under its id, and return it.

        Args:
            calendar: The calendar, with its id.
            if_unchanged: Whether to refuse when somebody has changed it since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: It has no id, or no etag with `if_unchanged`.
            TypeError: `calendar` is not a `Calendar`.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/update
        """
        return Operation(
            "PUT",
            _path(require(calendar, Calendar, "calendar")),
            CalendarSerializer.from_bytes,
            kwargs,
            CalendarSerializer.to_json(calendar),
            if_match(calendar, if_unchanged),
            # A second attempt would find the etag that the first one made.
            repeatable=not if_unchanged,
        )

    @operation
    def patch_calendar(
        self, /, calendar: Calendar | str, *, if_unchanged: bool = False, **changes: Any
    ) -> Operation[Calendar]:
        """Change only what is named of a calendar, and return it.

        Args:
            calendar: The calendar, or its id.
            if_unchanged: Whether to refuse when somebody has changed it since it was read.
            **changes: New values under the names of `Calendar`'s arguments, such as `summary='Travel'`;
                None clears one. What has no argument there goes into `other`, a dict with Google's names.

        Raises:
            ValueError: Nothing is named, or the calendar has no id.
            TypeError: A name is none of `Calendar`'s arguments, or a value is of the wrong type.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/patch
        """
        named, params = parted(changes, ())
        return Operation(
            "PATCH",
            _path(calendar),
            CalendarSerializer.from_bytes,
            params,
            CalendarSerializer.changes_to_json(named),
            if_match(calendar, if_unchanged),
            repeatable=not if_unchanged,
        )

    @operation
    def delete_calendar(
        self, /, calendar: Calendar | str, *, if_unchanged: bool = False, **kwargs: Param
    ) -> Operation[None]:
        """Delete a secondary calendar with everything on it. A primary one can only be cleared.

        Args:
            calendar: The calendar, or its id.
            if_unchanged: Whether to refuse when somebody has changed it since it was read.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The calendar has no id.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/delete
        """
        return deletion(_path(calendar), kwargs, if_match(calendar, if_unchanged))

    @operation
    def clear_calendar(self, /, **kwargs: Param) -> Operation[None]:
        """Delete all events of the user's primary calendar.

        Args:
            **kwargs: Parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/clear
        """
        return Operation("POST", path("calendars", "primary", "clear"), nothing, kwargs)

    @operation
    def clear(self, /, **kwargs: Param) -> Operation[None]:
        """Delete all events of the user's primary calendar, as `clear_calendar` does.

        Args:
            **kwargs: Parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/clear
        """
        return Calendars.clear_calendar.of(self, **kwargs)

    @operation
    def transfer_ownership(
        self, /, calendar: Calendar | str, new_owner: str, **kwargs: Param
    ) -> Operation[None]:
        """Make somebody else of the organization the data owner of a secondary calendar.

        Only an administrator of the Google Workspace organization with the privilege to manage
        calendars may do this, and does it as such.

        Args:
            calendar: The calendar, or its id.
            new_owner: The e-mail address of the new owner.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The calendar has no id, or the address is empty.
            PermissionDeniedError: The user is no such administrator.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/transferOwnership
        """
        if not new_owner:
            raise ValueError("new_owner is empty; give an e-mail address.")
        params: dict[str, Param] = {"newDataOwner": new_owner, "useAdminAccess": True, **kwargs}
        return Operation("POST", _path(calendar, "transferOwnership"), nothing, params)


def _path(calendar: Calendar | str, *more: str) -> str:
    return path("calendars", identity(calendar, Calendar, "calendar"), *more)
