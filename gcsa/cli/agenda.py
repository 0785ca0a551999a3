"""An agenda: what happens on each day, one line for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

import attrs

from gcsa.cli.sources import Found
from gcsa.cli.windows import Window
from gcsa.cli.wording import local


@attrs.frozen
class Entry:
    """A line of an agenda: an event on one of its days.

    Args:
        times: The time of day, such as `12:30–13:15`, `all day`, `22:00→` and on the next day `→06:00`.
        found: The event and its calendar.
        is_over: Whether it has ended.
    """

    times: str
    found: Found
    is_over: bool


def agenda(
    found: Iterable[Found], window: Window, zone: tzinfo, now: datetime
) -> dict[date, list[Entry]]:
    """Return the entries of each day of a window on which something happens, the days in order."""
    days: dict[date, list[Entry]] = {}
    for one in found:
        start = local(one.event.start or window.start, one.event.timezone, zone)
        end = local(one.event.end or start, one.event.end_timezone or one.event.timezone, zone)
        for day in days_of(start, end):
            if window.start.date() <= day <= (window.end - timedelta(microseconds=1)).date():
                entry = Entry(_times(start, end, day), one, _is_over(end, now))
                days.setdefault(day, []).append(entry)
    return {day: sorted(days[day], key=_order) for day in sorted(days)}


def days_of(start: date | datetime, end: date | datetime) -> list[date]:
    """Return the days on which something happens; its end is exclusive."""
    first = start.date() if isinstance(start, datetime) else start
    if isinstance(end, datetime):
        last = (end - timedelta(microseconds=1)).date()
    else:
        last = end - timedelta(days=1)
    return [first + timedelta(days=number) for number in range(max(1, (last - first).days + 1))]


def _order(entry: Entry) -> tuple[bool, bool, str]:
    # Whole days first, then what goes on from the day before, then by the time.
    return entry.times != "all day", not entry.times.startswith("→"), entry.times


def _times(start: date | datetime, end: date | datetime, day: date) -> str:
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return "all day"
    begins, ends = start.date() == day, end <= _midnight_after(day, end)
    if not begins and not ends:
        return "all day"
    until = "24:00" if end.date() > day else f"{end:%H:%M}"
    if begins and ends:
        return f"{start:%H:%M}–{until}"
    return f"{start:%H:%M}→" if begins else f"→{until}"


def _midnight_after(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo) + timedelta(days=1)


def _is_over(end: date | datetime, now: datetime) -> bool:
    return end <= now if isinstance(end, datetime) else end <= now.date()
