"""The window of time that a listing of events asks for, in calls and between square brackets."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

ORDERS = ("startTime", "updated")


class Window(TypedDict, total=False):
    """The arguments of `get_events` that an index stands for."""

    time_min: date | datetime | None
    time_max: date | datetime | None
    order_by: str | None
    single_events: bool


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
        return {"time_min": index}
    if not isinstance(index, slice):
        raise NotImplementedError(
            "A calendar is indexed by time: calendar[time_min], calendar[time_min:time_max] or "
            f"calendar[time_min:time_max:'startTime'], not by {type(index).__name__}."
        )
    time_min: object = index.start
    time_max: object = index.stop
    order_by: object = index.step
    if not (
        (time_min is None or isinstance(time_min, date))
        and (time_max is None or isinstance(time_max, date))
        and (order_by is None or order_by in ORDERS)
    ):
        raise ValueError(
            "A calendar is sliced as calendar[time_min:time_max:order_by], with dates or datetimes "
            f"and the order 'startTime' or 'updated'; not [{time_min!r}:{time_max!r}:{order_by!r}]."
        )
    return {
        "time_min": time_min,
        "time_max": time_max,
        "order_by": str(order_by) if order_by else None,
        "single_events": order_by == "startTime",
    }
