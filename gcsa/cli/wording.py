"""Days, times and answers in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from gcsa.event import Event
from gcsa.event_time import moment

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Not strftime: names in the machine's language would make the same command print different things.
RESPONSES = {
    "accepted": "yes",
    "declined": "no",
    "tentative": "maybe",
    "needsAction": "not answered",
}


def day_text(day: date) -> str:
    """Return a day such as `Mon 5 Jan 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Return a day such as `Mon 5`."""
    return f"{_DAYS[day.weekday()]} {day.day}"


def long_day(day: date) -> str:
    """Return a day such as `Monday 5 January 2026`."""
    return f"{_LONG_DAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def day_name(weekday: int) -> str:
    """Return a weekday such as `Mon`."""
    return _DAYS[weekday]


def local(value: date | datetime, timezone: str | None, zone: tzinfo | None) -> date | datetime:
    """Return a day as it is, and a moment in the zone in which it is shown."""
    return moment(value, timezone).astimezone(zone) if isinstance(value, datetime) else value


def when_text(event: Event, zone: tzinfo | None) -> str:
    """Return when an event is, such as `Mon 5 Jan 2026 12:30-13:15` or `Mon 5 Jan 2026 (2 days)`."""
    if event.start is None:
        original = event.original_start_time
        if original is None:
            return "no time"
        # Of a cancelled instance of a series Google tells no more.
        was = local(original, event.timezone, zone)
        return day_text(was) + (f" {was:%H:%M}" if isinstance(was, datetime) else "")
    start = local(event.start, event.timezone, zone)
    end = (
        None if event.end is None else local(event.end, event.end_timezone or event.timezone, zone)
    )
    if not isinstance(start, datetime):
        days = (end - start).days if end is not None and not isinstance(end, datetime) else 1
        return day_text(start) + (f" ({days} days)" if days > 1 else "")
    text = f"{day_text(start)} {start:%H:%M}"
    if not isinstance(end, datetime):
        return text
    if end.date() == start.date():
        return f"{text}–{end:%H:%M}"
    if end.date() == start.date() + timedelta(days=1) and end.hour == end.minute == 0:
        return f"{text}–24:00"
    return f"{text} – {day_text(end)} {end:%H:%M}"


def range_text(start: datetime, end: datetime) -> str:
    """Return a stretch of time such as `Mon 5 Jan 2026 09:00–12:30`."""
    if start.date() == end.date():
        return f"{day_text(start)} {start:%H:%M}–{end:%H:%M}"
    return f"{day_text(start)} {start:%H:%M} – {day_text(end)} {end:%H:%M}"
