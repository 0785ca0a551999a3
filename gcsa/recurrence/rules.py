"""Recurrence: writes the lines that say when an event repeats, and reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import NoneType
from typing import TypeVar, cast, overload

from gcsa.recurrence.duration import Duration
from gcsa.recurrence.parts import BY_DATE, BY_TIME, DAILY, FREQUENCIES, NumberPart
from gcsa.recurrence.reading import (
    RecurrenceDates,
    RecurrenceRule,
    RecurrenceSet,
    read_line,
    read_lines,
)
from gcsa.recurrence.values import write_date, write_time, write_utc
from gcsa.recurrence.week_days import DEFAULT_WEEK_START, WeekDay
from gcsa.recurrence.zones import local_zone_name, localise

_T = TypeVar("_T")


class Recurrence:
    """Recurrence lines, for the `recurrence` of an event.

    Each method returns one line; an event may have several. `parse` reads them back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    (`recurrence`) and https://datatracker.ietf.org/doc/html/rfc5545#section-3.8.5
    """

    @staticmethod
    def rule(
        freq: str = DAILY,
        interval: int | None = None,
        count: int | None = None,
        until: date | datetime | None = None,
        by_second: int | Iterable[int] | None = None,
        by_minute: int | Iterable[int] | None = None,
        by_hour: int | Iterable[int] | None = None,
        by_week_day: WeekDay | Iterable[WeekDay] | None = None,
        by_month_day: int | Iterable[int] | None = None,
        by_year_day: int | Iterable[int] | None = None,
        by_week: int | Iterable[int] | None = None,
        by_month: int | Iterable[int] | None = None,
        by_set_pos: int | Iterable[int] | None = None,
        week_start: WeekDay = DEFAULT_WEEK_START,
    ) -> str:
        """Return the rule by which an event repeats, such as 'RRULE:FREQ=DAILY;WKST=SU'.

        Every argument that takes a list takes a single value too.

        Args:
            freq: SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY. Default: DAILY.
                Google Calendar refuses the first three.
            interval: 2 is every second day (week, month…), 1 or more. Default: every one.
            count: How many times it happens, 1 or more. Default: without end. Not together with until.
            until: The last moment at which it may happen; a naive time is taken as UTC. For an all-day
                event: the last day, as a date. Default: without end.
            by_second: Seconds, 0 to 60.
            by_minute: Minutes, 0 to 59.
            by_hour: Hours, 0 to 23.
            by_week_day: Week days, such as MONDAY, [SA, SU] or, in a monthly or yearly rule, FR(-1)
                for the last Friday.
            by_month_day: Days of the month, 1 to 31, or -1 to -31 from its end.
            by_year_day: Days of the year, 1 to 366, or -1 to -366 from its end.
            by_week: Weeks of the year, 1 to 53, or -1 to -53 from its end; for a yearly rule.
            by_month: Months, 1 to 12.
            by_set_pos: Which ones of the occurrences within each day (week, month…), 1 to 366, or -1 to
                -366 from the last; together with another argument that begins with `by`.
            week_start: The day on which a week starts. Default: SUNDAY.

        Returns:
            An RRULE line.

        Raises:
            TypeError: An argument is of another type.
            ValueError: An argument is out of its range, the frequency is unknown, count and until
                are both given, or by_set_pos is given without another argument that begins with `by`.

        Reference: https://datatracker.ietf.org/doc/html/rfc5545#section-3.3.10
        """
        return "RRULE:" + _write_rule(locals())

    @staticmethod
    def exclude_rule(
        freq: str = DAILY,
        interval: int | None = None,
        count: int | None = None,
        until: date | datetime | None = None,
        by_second: int | Iterable[int] | None = None,
        by_minute: int | Iterable[int] | None = None,
        by_hour: int | Iterable[int] | None = None,
        by_week_day: WeekDay | Iterable[WeekDay] | None = None,
        by_month_day: int | Iterable[int] | None = None,
        by_year_day: int | Iterable[int] | None = None,
        by_week: int | Iterable[int] | None = None,
        by_month: int | Iterable[int] | None = None,
        by_set_pos: int | Iterable[int] | None = None,
        week_start: WeekDay = DEFAULT_WEEK_START,
    ) -> str:
        """Return a rule for when a repeating event does not happen, such as 'EXRULE:FREQ=…'.

        Args:
            freq: As in `rule`.
            interval: As in `rule`.
            count: As in `rule`.
            until: As in `rule`.
            by_second: As in `rule`.
            by_minute: As in `rule`.
            by_hour: As in `rule`.
            by_week_day: As in `rule`.
            by_month_day: As in `rule`.
            by_year_day: As in `rule`.
            by_week: As in `rule`.
            by_month: As in `rule`.
            by_set_pos: As in `rule`.
            week_start: As in `rule`.

        Returns:
            An EXRULE line.

        Raises:
            TypeError: As in `rule`.
            ValueError: As in `rule`.

        Reference: https://datatracker.ietf.org/doc/html/rfc2445#section-4.8.5.2
        """
        return "EXRULE:" + _write_rule(locals())

    @staticmethod
    def dates(ds: date | Iterable[date]) -> str:
        """Return days on which an all-day event happens too: 'RDATE;VALUE=DATE:20201121,20201122'.

        Args:
            ds: A date or dates; of a datetime only its date counts.

        Returns:
            An RDATE line.

        Raises:
            TypeError: One of them is not a date.
            ValueError: There are none.
        """
        return "RDATE;VALUE=DATE:" + _write_dates(ds)

    @staticmethod
    def times(dts: datetime | Iterable[datetime], timezone: str | None = None) -> str:
        """Return times at which an event happens too: 'RDATE;TZID=Europe/Prague:20201121T180000'.

        Args:
            dts: A time or times. A naive one is wall time in `timezone`; an aware one is converted to it.
            timezone: The name of a time zone, such as 'Europe/Prague'. Default: the machine's.

        Returns:
            An RDATE line.

        Raises:
            TypeError: One of them is not a datetime.
            ValueError: There are none, or the time zone is unknown.
        """
        return "RDATE;" + _write_times(dts, timezone)

    @staticmethod
    def periods(
        ps: tuple[datetime, datetime | Duration] | Iterable[tuple[datetime, datetime | Duration]],
        timezone: str | None = None,
    ) -> str:
        """Return periods in which an event happens too: 'RDATE;VALUE=PERIOD:20201121T170000Z/PT2H'.

        Args:
            ps: A period or periods: tuples of a start and either an end or a `Duration`. Naive times
                are wall time in `timezone`.
            timezone: The name of a time zone, such as 'Europe/Prague'. Default: the machine's.

        Returns:
            An RDATE line, in UTC.

        Raises:
            TypeError: One of them is not such a tuple.
            ValueError: There are none, one ends before it starts, or the time zone is unknown.
        """
        return "RDATE;VALUE=PERIOD:" + _write_periods(ps, timezone)

    @staticmethod
    def exclude_dates(ds: date | Iterable[date]) -> str:
        """Return days on which an all-day event does not happen: 'EXDATE;VALUE=DATE:20201121'.

        An event that has a time needs `exclude_times`.

        Args:
            ds: As in `dates`.

        Returns:
            An EXDATE line.

        Raises:
            TypeError: As in `dates`.
            ValueError: As in `dates`.
        """
        return "EXDATE;VALUE=DATE:" + _write_dates(ds)

    @staticmethod
    def exclude_times(dts: datetime | Iterable[datetime], timezone: str | None = None) -> str:
        """Return times at which an event does not happen: 'EXDATE;TZID=Europe/Prague:…'.

        Args:
            dts: As in `times`.
            timezone: As in `times`.

        Returns:
            An EXDATE line.

        Raises:
            TypeError: As in `times`.
            ValueError: As in `times`.
        """
        return "EXDATE;" + _write_times(dts, timezone)

    @staticmethod
    def exclude_periods(
        ps: tuple[datetime, datetime | Duration] | Iterable[tuple[datetime, datetime | Duration]],
        timezone: str | None = None,
    ) -> str:
        """Return periods in which an event does not happen: 'EXDATE;VALUE=PERIOD:…'.

        Args:
            ps: As in `periods`.
            timezone: As in `periods`.

        Returns:
            An EXDATE line, in UTC.

        Raises:
            TypeError: As in `periods`.
            ValueError: As in `periods`.
        """
        return "EXDATE;VALUE=PERIOD:" + _write_periods(ps, timezone)

    @overload
    @staticmethod
    def parse(recurrence: str) -> RecurrenceRule | RecurrenceDates: ...

    @overload
    @staticmethod
    def parse(recurrence: list[str] | tuple[str, ...]) -> RecurrenceSet: ...

    @staticmethod
    def parse(
        recurrence: str | list[str] | tuple[str, ...],
    ) -> RecurrenceRule | RecurrenceDates | RecurrenceSet:
        """Read a recurrence line, or all the recurrence lines of an event.

        Args:
            recurrence: A line such as 'RRULE:FREQ=DAILY', or a list of lines.

        Returns:
            A `RecurrenceRule` for an RRULE or EXRULE line, a `RecurrenceDates` for an RDATE or EXDATE line,
            a `RecurrenceSet` for a list. Each has `describe()`, and `str` of it gives the text back.

        Raises:
            TypeError: A line is not text.
            ValueError: A line cannot be read; the message names the part.
        """
        return read_line(recurrence) if isinstance(recurrence, str) else read_lines(recurrence)


def _listed(value: _T | Iterable[_T], single: type) -> list[_T]:
    if isinstance(value, (single, str)) or not isinstance(value, Iterable):
        return [cast("_T", value)]
    return list(cast("Iterable[_T]", value))


def _check_type(name: str, value: object, wanted: type, words: str) -> None:
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
        raise TypeError(f"{name} must be {words}, got {value!r}.")


def _write_rule(arguments: dict[str, object]) -> str:
    freq, until = arguments["freq"], arguments["until"]
    _check_type("freq", freq, str, "one of the names of a frequency, such as DAILY")
    if freq not in FREQUENCIES:
        raise ValueError(f"freq must be one of {', '.join(FREQUENCIES)}, got {freq!r}.")
    parts = [f"FREQ={freq}"]

    for name in ("interval", "count"):
        value = arguments[name]
        if value is None:
            continue
        _check_type(name, value, int, "an int")
        if cast("int", value) < 1:
            raise ValueError(f"{name} must be 1 or more, got {value}.")
        parts.append(f"{name.upper()}={value}")

    if until is not None:
        _check_type("until", until, date, "a date or a datetime")
        if arguments["count"] is not None:
            raise ValueError("count and until cannot both be given.")
        moment = cast("date", until)
        written = write_utc(moment) if isinstance(moment, datetime) else write_date(moment)
        parts.append(f"UNTIL={written}")

    by = [_write_numbers(part, arguments[part.field]) for part in BY_TIME]
    by.append(_write_week_days(arguments["by_week_day"]))
    by += [_write_numbers(part, arguments[part.field]) for part in BY_DATE]
    given = [part for part in by if part]
    if len(given) == 1 and given[0].startswith("BYSETPOS"):
        raise ValueError("by_set_pos needs another by_… argument to choose from.")

    week_start = arguments["week_start"]
    _check_type("week_start", week_start, WeekDay, "a week day such as MONDAY")
    return ";".join([*parts, *given, f"WKST={cast('WeekDay', week_start).every}"])


def _write_numbers(part: NumberPart, value: object) -> str:
    if value is None:
        return ""
    numbers = _listed(cast("int", value), int)
    for number in numbers:
        _check_type(part.field, number, int, "an int or ints")
        if not part.accepts(number):
            raise ValueError(f"{part.field} must be {part.range}, got {number}.")
    return f"{part.name}={','.join(map(str, numbers))}" if numbers else ""


def _write_week_days(value: object) -> str:
    if value is None:
        return ""
    days = _listed(cast("WeekDay", value), WeekDay)
    for day in days:
        _check_type("by_week_day", day, WeekDay, "a week day or week days, such as MONDAY")
    return f"BYDAY={','.join(map(str, days))}" if days else ""


def _write_dates(ds: date | Iterable[date]) -> str:
    dates = _listed(ds, date)
    for day in dates:
        _check_type("ds", day, date, "a date or dates")
    if not dates:
        raise ValueError("ds must hold at least one date.")
    return ",".join(map(write_date, dates))


def _write_times(dts: datetime | Iterable[datetime], timezone: str | None) -> str:
    times = _listed(dts, datetime)
    for time in times:
        _check_type("dts", time, datetime, "a datetime or datetimes")
    if not times:
        raise ValueError("dts must hold at least one datetime.")
    name = _zone_name(timezone)
    return f"TZID={name}:" + ",".join(write_time(localise(time, name)) for time in times)


def _write_periods(
    ps: tuple[datetime, datetime | Duration] | Iterable[tuple[datetime, datetime | Duration]],
    timezone: str | None,
) -> str:
    given: object = ps
    single = isinstance(given, tuple) and not any(isinstance(part, tuple) for part in ps)
    periods = _listed(given, tuple if single else NoneType)
    if not periods:
        raise ValueError("ps must hold at least one period.")
    name = _zone_name(timezone)
    return ",".join(_write_period(period, name) for period in periods)


def _write_period(period: object, zone_name: str) -> str:
    if not isinstance(period, tuple) or len(cast("tuple[object, ...]", period)) != 2:
        raise TypeError(f"ps must be tuples of a start and an end or a Duration, got {period!r}.")
    start, end = cast("tuple[object, object]", period)
    _check_type("The start of a period", start, datetime, "a datetime")
    start = localise(cast("datetime", start), zone_name)
    if isinstance(end, Duration):
        return f"{write_utc(start)}/{end}"
    _check_type("The end of a period", end, datetime, "a datetime or a Duration")
    end = localise(cast("datetime", end), zone_name)
    if end.astimezone(UTC) < start.astimezone(UTC):
        raise ValueError(f"A period must not end before it starts, got {start} to {end}.")
    return f"{write_utc(start)}/{write_utc(end)}"


def _zone_name(timezone: str | None) -> str:
    if timezone is None:
        return local_zone_name()
    _check_type("timezone", timezone, str, "the name of a time zone")
    return timezone
