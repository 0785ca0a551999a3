"""The calls on calendars themselves: their names, zones and owners.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars
"""

from __future__ import annotations

from gcsa.calendar import Calendar
from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, deletion, identity, nothing, path
from gcsa.operations.runner import Caller
from gcsa.serializers.calendar_serializer import CalendarSerializer


class Calendars(Caller):
    """The methods on calendars, of both clients and of their batches."""

    @operation
    def get_calendar(self, calendar_id: str | None = None) -> Operation[Calendar]:
        """Return a calendar.

        Args:
            calendar_id: Its id; the default calendar if None.

        Raises:
            NotFoundError: There is none with this id, or the user may not see it.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/get
        """
        return Operation(
            "GET",
            path("calendars", calendar_id or self.default_calendar),
            CalendarSerializer.from_bytes,
        )

    @operation
    def add_calendar(self, calendar: Calendar) -> Operation[Calendar]:
        """Create a secondary calendar, and return it with its id.

        Args:
            calendar: Its summary, description, location and zone.

        Raises:
            TransportError: There was no answer. The call is not repeated then, as it could create a
                second calendar.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/insert
        """
        return Operation(
            "POST",
            "calendars",
            CalendarSerializer.from_bytes,
            body=CalendarSerializer.to_json(calendar),
            repeatable=False,
        )

    @operation
    def update_calendar(self, calendar: Calendar) -> Operation[Calendar]:
        """Store a calendar's summary, description, location and zone, and return it.

        Args:
            calendar: The calendar, with its id.

        Raises:
            ValueError: It has no id.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/update
        """
        return Operation(
            "PUT",
            path("calendars", identity(calendar, Calendar, "calendar")),
            CalendarSerializer.from_bytes,
            body=CalendarSerializer.to_json(calendar),
        )

    @operation
    def delete_calendar(self, calendar: Calendar | str) -> Operation[None]:
        """Delete a secondary calendar with everything on it. A primary one can only be cleared.

        Args:
            calendar: The calendar, or its id.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/delete
        """
        return deletion(path("calendars", identity(calendar, Calendar, "calendar")))

    @operation
    def clear_calendar(self) -> Operation[None]:
        """Delete all events of the user's primary calendar.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/clear
        """
        return Operation("POST", path("calendars", "primary", "clear"), nothing)

    @operation
    def clear(self) -> Operation[None]:
        """Delete all events of the user's primary calendar, as `clear_calendar` does."""
        return Operation("POST", path("calendars", "primary", "clear"), nothing)

    @operation
    def transfer_ownership(self, calendar: Calendar | str, new_owner: str) -> Operation[None]:
        """Make somebody else the data owner of a secondary calendar.

        Args:
            calendar: The calendar, or its id.
            new_owner: The e-mail address of the new owner.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars/transferOwnership
        """
        return Operation(
            "POST",
            path("calendars", identity(calendar, Calendar, "calendar"), "transferOwnership"),
            nothing,
            {"newDataOwner": new_owner},
        )
