"""The window of time that a listing of events asks for, in calls and between square brackets."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import cast

import attrs

from gcsa._checks import require_time
from gcsa.operations.operation import Param
from gcsa.util.date_time_util import ensure_localisation

ORDERS = ("startTime", "updated")


@attrs.frozen
class Window:
    """What an index asks for, as arguments of `get_events`."""

    time_min: date | None = None
    time_max: date | None = None
    order_by: str | None = None

    @property
    def single_events(self) -> bool:
        """Whether instances are listed: only they can be in the order of their starts."""
        return self.order_by == "startTime"


def moment(value: date | datetime, timezone: str | None = None) -> datetime:
    """Return a moment with its zone; a date is its midnight.

    Args:
        value: The date or the moment.
        timezone: The zone of a date and of a naive datetime; the machine's if None.
    """
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    return ensure_localisation(value, timezone)


def window_params(
    time_min: date | datetime | None, time_max: date | datetime | None, timezone: str | None
) -> dict[str, Param]:
    """Return the parameters of a window of time.

    Args:
        time_min: When it begins; None for no beginning.
        time_max: When it ends; None for no end.
        timezone: The zone of dates and of naive datetimes; the machine's if None.

    Raises:
        ValueError: It ends before it begins, or at that moment.
        TypeError: One of them is no time.
    """
    require_time("time_min", time_min)
    require_time("time_max", time_max)
    begin = None if time_min is None else moment(time_min, timezone)
    end = None if time_max is None else moment(time_max, timezone)
    if begin is not None and end is not None and end <= begin:
        raise ValueError(f"time_max ({end}) must be after time_min ({begin}).")
    return {
        "timeMin": None if begin is None else begin.isoformat(),
        "timeMax": None if end is None else end.isoformat(),
    }


def one_year_after(moment: date) -> date:
    """Return the same day and time of the next year; the 28th where there is no 29 February."""
    try:
        return moment.replace(year=moment.year + 1)
    except ValueError:
        return moment.replace(year=moment.year + 1, day=28)


def read_index(index: object) -> Window:
    """Return the window that `calendar[index]` asks for.

    Args:
        index: A date or datetime from which on, or a slice `time_min:time_max:order_by`.

    Raises:
        ValueError: The parts of a slice are not dates, or the order is not one of Google's two.
        NotImplementedError: The index is neither.
    """
    if isinstance(index, date):
        return Window(index)
    if not isinstance(index, slice):
        raise NotImplementedError(
            "A calendar is indexed by time: calendar[time_min], calendar[time_min:time_max] or "
            f"calendar[time_min:time_max:'startTime'], not by {type(index).__name__}."
        )
    parts = cast("slice[object, object, object]", index)
    time_min, time_max, order_by = parts.start, parts.stop, parts.step
    if not (
        (time_min is None or isinstance(time_min, date))
        and (time_max is None or isinstance(time_max, date))
        and (order_by is None or order_by in ORDERS)
    ):
        raise ValueError(
            "A calendar is sliced as calendar[time_min:time_max:order_by], with dates or datetimes "
            f"and the order 'startTime' or 'updated'; not [{time_min!r}:{time_max!r}:{order_by!r}]."
        )
    return Window(time_min, time_max, None if order_by is None else str(order_by))
