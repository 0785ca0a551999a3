"""Free/busy: when people and rooms are busy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from attrs import define, field

from gcsa import _checks as checks
from gcsa.errors import GoogleCalendarError

# What failed, by group or calendar: Google's errors, each with `domain` and `reason`.
Errors: TypeAlias = dict[str, list[dict[str, Any]]]


class TimeRange(NamedTuple):
    """A time from `start` up to, but not with, `end`."""

    start: datetime
    end: datetime


def _as_errors(errors: Errors | None) -> Errors:
    return {} if errors is None else errors


@define(slots=False, kw_only=True, repr=False)
class FreeBusy:
    """When each of several calendars is busy.

    Iterating one gives the busy times of its calendar, where it has only one::

        for start, end in free_busy:
            print(start, end)

    Args:
        time_min: Start of the time that was asked for.
        time_max: End of the time that was asked for.
        groups: The ids of the calendars in each group, by the group's e-mail address.
        calendars: The busy times of each calendar, by the calendar's id.
        groups_errors: What failed, by group: dicts with Google's `domain` and `reason`.
        calendars_errors: What failed, by calendar, in the same way.
        other: What else Google says, under Google's own names.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
    """

    time_min: datetime | None
    time_max: datetime | None
    groups: dict[str, list[str]]
    calendars: dict[str, list[TimeRange]]
    groups_errors: Errors = field(default=None, converter=_as_errors)
    calendars_errors: Errors = field(default=None, converter=_as_errors)
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping)

    def __iter__(self) -> Iterator[TimeRange]:
        """Iterate over the busy times of the only calendar.

        Raises:
            ValueError: There are none or several.
        """
        if len(self.calendars) != 1:
            names = ", ".join(map(repr, self.calendars)) or "none"
            raise ValueError(
                "Only the free/busy of one calendar can be iterated, but there are "
                f"{len(self.calendars)}: {names}. Use `calendars`."
            )
        (busy,) = self.calendars.values()
        return iter(busy)

    def __repr__(self) -> str:
        return f"<FreeBusy {self.time_min} - {self.time_max}: {', '.join(self.calendars)}>"


class FreeBusyQueryError(GoogleCalendarError):
    """Google could not say of some groups or calendars when they are busy.

    Args:
        groups_errors: What failed, by group: dicts with Google's `domain` and `reason`.
        calendars_errors: What failed, by calendar, in the same way.
    """

    advice = "Check the addresses and your access to them, or pass `ignore_errors=True`."

    def __init__(self, groups_errors: Errors, calendars_errors: Errors) -> None:
        failed = [
            *(f"group {name!r}: {_reasons(errors)}" for name, errors in groups_errors.items()),
            *(
                f"calendar {name!r}: {_reasons(errors)}"
                for name, errors in calendars_errors.items()
            ),
        ]
        super().__init__(f"No free/busy of {'; '.join(failed)}")
        self.groups_errors = groups_errors
        self.calendars_errors = calendars_errors

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.groups_errors, self.calendars_errors)


def _reasons(errors: list[dict[str, Any]]) -> str:
    reasons = [str(error.get("reason") or "unknown reason") for error in errors]
    return ", ".join(reasons) or "unknown reason"
