"""When an event is: its start, end and recurrence, checked, written as Google answers them, and in numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator import times
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events.occurrences import occurrences
from gcsa.emulator.store.events import NEVER, Kind
from gcsa.recurrence import RecurrenceTooLongError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.recurrence import Series

_DAY = timedelta(days=1)
# From 0001-01-03 to 9999-12-29: no time that is left leaves the calendar in any other zone.
EARLIEST = times.seconds(datetime(1, 1, 3, tzinfo=UTC))
LATEST = times.seconds(datetime(9999, 12, 29, tzinfo=UTC))


class Moment(NamedTuple):
    """A start or an end.

    Attributes:
        value: A day, or an aware datetime in its own zone.
        zone: The name of the zone, None for a day.
        at: Seconds since 1970; of a day, those of its midnight in the calendar's zone.
    """

    value: date | datetime
    zone: str | None
    at: int


class Placement(NamedTuple):
    """Where an event is found: what its row says beside its text."""

    kind: Kind
    starts: int
    ends: int
    series: str | None = None
    original_start: int | None = None


def read_moment(value: Resource, which: str, calendar_zone_name: str) -> Moment:
    """Return the start or end that a resource says.

    Args:
        value: An EventDateTime.
        which: 'start' or 'end', for the message.
        calendar_zone_name: The zone of the calendar.

    Raises:
        ApiError: It is no time: both a date and a dateTime, malformed, without a zone, out of range.
    """
    day, date_time = value.get("date"), value.get("dateTime")
    zone_name: str | None = value.get("timeZone")
    if day is not None and date_time is not None:
        raise ApiError.invalid(f"Invalid {which} time.")
    if day is None and date_time is None:
        raise ApiError.required(f"Missing {which} time.")
    zone = None
    if zone_name is not None:
        zone = times.zone(zone_name)
        if zone is None:
            raise ApiError.invalid(f"Invalid time zone definition for {which} time.")
    if day is not None:
        parsed_day = times.parse_date(day)
        if parsed_day is None:
            # https://itblog.dynaspo.com/blog-entry-202.html
            raise ApiError.invalid(f"Invalid value for: Invalid format: '{day[:100]}' is malformed")
        return Moment(parsed_day, None, _midnight(parsed_day, times.known_zone(calendar_zone_name)))
    text = str(date_time)
    parsed = times.parse_date_time(text)
    if parsed is None:
        raise ApiError.invalid(f"Invalid value for: Invalid format: '{text[:100]}' is malformed")
    if zone is None or zone_name is None:
        if parsed.tzinfo is None:
            # https://github.com/googleapis/google-api-dotnet-client/issues/1093
            raise ApiError.required(f"Missing time zone definition for {which} time.")
        zone_name, zone = calendar_zone_name, times.known_zone(calendar_zone_name)
    aware = parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed
    at = times.seconds(aware)
    if not EARLIEST <= at <= LATEST:
        raise ApiError.invalid(f"Invalid {which} time.")
    return Moment(aware.astimezone(zone), zone_name, at)


def write_moment(moment: Moment, shown_in: tzinfo) -> Resource:
    """Return the EventDateTime that Google answers: a day, or a time in the zone of the answer."""
    if moment.zone is None:
        return {"date": moment.value.isoformat()}
    return {"dateTime": _shown(moment.value, shown_in), "timeZone": moment.zone}


def _shown(value: date, shown_in: tzinfo) -> str:
    if not isinstance(value, datetime):
        raise TypeError("a day has no zone")
    return date_time_text(value, shown_in)


def date_time_text(value: datetime, shown_in: tzinfo) -> str:
    """Return the RFC 3339 text of a time in a zone."""
    return times.rfc3339(value.astimezone(shown_in))


def shown_in_zone(value: Resource, shown_in: tzinfo) -> Resource:
    """Return a stored EventDateTime as it is answered in another zone."""
    text = value.get("dateTime")
    if text is None:
        return value
    return {**value, "dateTime": date_time_text(times.known_date_time(text), shown_in)}


def schedule(resource: Resource, calendar_zone_name: str) -> Placement:
    """Check an event's start, end and recurrence, write them as Google answers them, and return its place.

    Args:
        resource: The event; its start and end are rewritten.
        calendar_zone_name: The zone of the calendar.

    Raises:
        ApiError: The times are missing, malformed or empty.
    """
    start, end = resource.get("start"), resource.get("end")
    if not start:
        raise ApiError.required("Missing start time.")
    if not end:
        raise ApiError.required("Missing end time.")
    first = read_moment(start, "start", calendar_zone_name)
    last = read_moment(end, "end", calendar_zone_name)
    if (first.zone is None) != (last.zone is None):
        # https://github.com/t4t5/caldir/issues/20
        raise ApiError.invalid("Start and end times must either both be date or both be dateTime.")
    if last.at < first.at:
        raise ApiError.time_range_empty()
    shown_in = times.known_zone(calendar_zone_name)
    resource["start"] = write_moment(first, shown_in)
    resource["end"] = write_moment(last, shown_in)
    # A day that ends when it begins is shown as that day.
    ends = last.at
    if first.zone is None and last.at == first.at:
        ends = _midnight(first.value + _DAY, shown_in) if first.value < date.max else last.at
    lines: list[str] = resource.get("recurrence") or []
    if not lines:
        return Placement(Kind.SINGLE, first.at, ends)
    if first.zone is not None and not (start.get("timeZone") and end.get("timeZone")):
        # "For recurring events this field is required and specifies the time zone in which the recurrence is expanded."
        # https://developers.google.com/workspace/calendar/api/v3/reference/events#start.timeZone
        which = "end" if start.get("timeZone") else "start"
        raise ApiError.required(f"Missing time zone definition for {which} time.")
    return _series_placement(read_series(lines, first.value), first, ends - first.at, shown_in)


def read_series(lines: list[str], start: date | datetime) -> Series:
    """Return the occurrences of an event's recurrence lines.

    Args:
        lines: Its RRULE, EXRULE, RDATE and EXDATE lines.
        start: Its start: a day, or a time in the event's own zone.

    Raises:
        ApiError: A line cannot be read, or stands for something that cannot be expanded.
    """
    try:
        return occurrences(lines, start)
    except (ValueError, OverflowError):
        raise ApiError.invalid("Invalid recurrence rule.") from None


def at_of(start: date | datetime, zone: tzinfo) -> int:
    """Return the seconds since 1970 of an occurrence; of a day, those of its midnight in the calendar's zone."""
    if isinstance(start, datetime):
        return times.seconds(start)
    return _midnight(start, zone)


def _series_placement(
    series: Series, first: Moment, duration: int, calendar_zone: tzinfo
) -> Placement:
    try:
        earliest, latest = series.first(), series.last()
    except (RecurrenceTooLongError, OverflowError):
        raise ApiError.invalid("Invalid recurrence rule.") from None
    if earliest is None:
        # Every instance is excluded; the series is still there, at its start.
        return Placement(Kind.SERIES, first.at, first.at + duration)
    starts = at_of(earliest, calendar_zone)
    ends = NEVER if latest is None else at_of(latest, calendar_zone) + duration
    return Placement(Kind.SERIES, starts, ends)


def _midnight(day: date, zone: tzinfo) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    try:
        return times.seconds(midnight)
    except OverflowError:
        raise ApiError.invalid("Invalid start time.") from None
