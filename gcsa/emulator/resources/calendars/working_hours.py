"""The working hours of a primary calendar."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

_MINUTES_OF_A_DAY: Final = 24 * 60


def check_working_hours(hours: Resource) -> None:
    """Check working hours.

    The rules are those of https://developers.google.com/workspace/calendar/api/v3/reference/calendars#workingHours .

    Raises:
        ApiError: They are on without any time, or a period lacks something, is no part of a day, or overlaps another.
    """
    periods: list[Resource] = hours.get("availableTimes") or []
    if hours.get("workingHoursEnabled") and not periods:
        # "Cannot be set to true when availableTimes is empty."
        raise ApiError.invalid("Working hours cannot be enabled without available times.")
    for period in periods:
        for name in ("dayOfWeek", "periodStart", "periodEnd"):
            if period.get(name) is None:
                raise ApiError.required(f"Missing {name} of working hours.")
        if not 0 <= period["periodStart"] < period["periodEnd"] <= _MINUTES_OF_A_DAY:
            raise ApiError.invalid("Invalid period of working hours.")
    in_order = sorted(periods, key=lambda period: (period["dayOfWeek"], period["periodStart"]))
    for before, after in pairwise(in_order):
        if before["dayOfWeek"] == after["dayOfWeek"] and before["periodEnd"] > after["periodStart"]:
            raise ApiError.invalid("Overlapping periods of working hours.")
