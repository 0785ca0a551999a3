"""The end of an event that has none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gcsa.emulator import times
from gcsa.emulator.errors import ApiError
from gcsa.emulator.preferences import default_length

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.users import User


def complete_end(event: Resource, store: Store, user: User) -> None:
    """Give an end to an event that says it has none.

    "Whether the end time is actually unspecified. An end time is still provided for compatibility reasons".
    https://developers.google.com/workspace/calendar/api/v3/reference/events#endTimeUnspecified

    Args:
        event: The event, changed in place.
        store: The database.
        user: Whose settings say how long an event usually is; one of whole days is one day.

    Raises:
        ApiError: It would end after the year 9999.
    """
    start: Resource = event.get("start") or {}
    if not event.get("endTimeUnspecified") or event.get("end"):
        return
    day = times.parse_date(start.get("date") or "")
    time = times.parse_date_time(start.get("dateTime") or "")
    try:
        if day is not None:
            event["end"] = {"date": (day + timedelta(days=1)).isoformat()}
        elif time is not None:
            end = time + timedelta(minutes=default_length(store, user.key))
            event["end"] = {**start, "dateTime": end.isoformat(timespec="seconds")}
    except OverflowError:
        raise ApiError.invalid("Invalid end time.") from None
