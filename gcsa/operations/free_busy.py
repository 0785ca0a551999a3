"""The call that asks when people and rooms are busy.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from gcsa._checks import listed, require_time
from gcsa.free_busy import FreeBusy, FreeBusyQueryError
from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, Param
from gcsa.operations.runner import Caller
from gcsa.operations.windows import window_params
from gcsa.serializers.free_busy_serializer import FreeBusySerializer

TWO_WEEKS = timedelta(weeks=2)

# "groupExpansionMax" and "calendarExpansionMax" in
# https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
MOST_OF_A_GROUP = 100
MOST_CALENDARS = 50


class FreeBusyQueries(Caller):
    """The method on free/busy times, of both clients and of their batches."""

    @operation
    def get_free_busy(
        self,
        /,
        resource_ids: str | Sequence[str] | None = None,
        *,
        time_min: date | datetime | None = None,
        time_max: date | datetime | None = None,
        timezone: str | None = None,
        group_expansion_max: int | None = None,
        calendar_expansion_max: int | None = None,
        ignore_errors: bool = False,
        **kwargs: Param,
    ) -> Operation[FreeBusy]:
        """Return when calendars are busy.

        Args:
            resource_ids: Ids of calendars and groups, or one of them; the default calendar if None.
            time_min: From when on; now by default.
            time_max: Until when; two weeks after `time_min` by default.
            timezone: Zone of the answer's times; UTC by default.
            group_expansion_max: How many calendars of one group are looked at, 100 at the most.
            calendar_expansion_max: How many calendars are looked at in all, 50 at the most.
            ignore_errors: Whether to return what could be answered when some calendars could not be
                looked at; their errors are in the result then.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The window ends before it begins, or a number is out of its limits.
            TypeError: An id is not a string, or a time is neither a date nor a datetime.
            FreeBusyQueryError: Some could not be looked at.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
        """
        if resource_ids is None:
            resource_ids = self.default_calendar
        ids = listed("resource_ids", str, resource_ids)
        require_time("time_min", time_min)
        time_min = self.now() if time_min is None else time_min
        time_max = time_min + TWO_WEEKS if time_max is None else time_max
        body: dict[str, Any] = {
            **window_params(time_min, time_max, timezone),
            "items": [{"id": resource_id} for resource_id in ids],
        }
        if timezone is not None:
            body["timeZone"] = timezone
        if group_expansion_max is not None:
            body["groupExpansionMax"] = _up_to(
                MOST_OF_A_GROUP, group_expansion_max, "group_expansion_max"
            )
        if calendar_expansion_max is not None:
            body["calendarExpansionMax"] = _up_to(
                MOST_CALENDARS, calendar_expansion_max, "calendar_expansion_max"
            )

        def decode(data: bytes) -> FreeBusy:
            answer = FreeBusySerializer.from_bytes(data)
            if not ignore_errors and (answer.groups_errors or answer.calendars_errors):
                raise FreeBusyQueryError(answer.groups_errors, answer.calendars_errors)
            return answer

        return Operation("POST", "freeBusy", decode, kwargs, body, reads=True)


def _up_to(most: int, given: int, name: str) -> int:
    if not 1 <= given <= most:
        raise ValueError(f"{name} must be 1 to {most}, not {given}.")
    return given
