"""Recurrence lines, read: what Google returns as text, as objects with fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

from attrs import field, frozen

from gcsa.recurrence.parts import FREQUENCIES, NUMBER_PARTS
from gcsa.recurrence.values import Period, read_period, read_value, write_date, write_utc
from gcsa.recurrence.week_days import BY_CODE, WeekDay

_RULES = ("RRULE", "EXRULE")
_DATES = ("RDATE", "EXDATE")

# A parameter's value may be quoted, and a quoted one may hold ':' and ';'.
_LINE = re.compile(r'([A-Za-z]+(?:;[^;:="]+=(?:"[^"]*"|[^;:"]*))*):(.*)', re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")
_PARAMETER = re.compile(r';([^;:="]+)=("[^"]*"|[^;:"]*)')
_WEEK_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,10}")


@frozen(repr=False)
class RecurrenceRule:
    """An RRULE line (the event repeats so) or an EXRULE line (but not then).

    Made by `Recurrence.parse`. `str` of it is the line as it was read. A part that the line does
    not have is None, or an empty tuple where it could have several values.

    Args:
        name: 'RRULE' or 'EXRULE'.
        freq: 'DAILY', 'WEEKLY', …
        interval: 2 is every second one. 1 where the line does not say.
        count: How many times.
        until: The last moment, or the last day, on which it may happen.
        by_second: Seconds, 0 to 60.
        by_minute: Minutes, 0 to 59.
        by_hour: Hours, 0 to 23.
        by_week_day: Week days, perhaps counted.
        by_month_day: Days of the month, 1 to 31, or -1 to -31 from its end.
        by_year_day: Days of the year, 1 to 366, or -1 to -366 from its end.
        by_week: Weeks of the year, 1 to 53, or -1 to -53 from its end.
        by_month: Months, 1 to 12.
        by_set_pos: Which ones of each period's occurrences, 1 to 366, or -1 to -366 from the last.
        week_start: The day on which a week starts. None where the line does not say, which means Monday.
        other: Parts that are none of the above, as (name, value).
        line: The line as it was read.
    """

    name: str
    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    by_second: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_week_day: tuple[WeekDay, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: WeekDay | None = None
    other: tuple[tuple[str, str], ...] = ()
    line: str = field(default="", eq=False, kw_only=True)

    @property
    def is_exclusion(self) -> bool:
        """Whether the line takes occurrences away (EXRULE)."""
        return self.name == "EXRULE"

    def ending(self, until: date | datetime) -> RecurrenceRule:
        """Return the same rule, ending at another time; everything else in the line stays as it is.

        Args:
            until: The last moment (naive is taken as UTC) or day on which it may happen. It replaces
                COUNT and UNTIL.
        """
        value = write_utc(until) if isinstance(until, datetime) else write_date(until)
        return self._limited(f"UNTIL={value}")

    def counting(self, count: int) -> RecurrenceRule:
        """Return the same rule, happening so many times; everything else in the line stays as it is.

        Args:
            count: How many times, at least 1. It replaces COUNT and UNTIL.
        """
        return self._limited(f"COUNT={count}")

    def _limited(self, limit: str) -> RecurrenceRule:
        head, body = _split(self.line)
        kept = [
            part
            for part in body.split(";")
            if part and part.partition("=")[0].strip().upper() not in ("COUNT", "UNTIL")
        ]
        return _read_rule(f"{head}:{';'.join([kept[0], limit, *kept[1:]])}")

    def describe(self) -> str:
        """Return the rule as an English sentence, such as 'Every week on Monday'."""
        from gcsa.recurrence.describing import describe

        return describe(self)

    def __str__(self) -> str:
        return self.line

    def __repr__(self) -> str:
        return f"<RecurrenceRule {self.line}>"


@frozen(repr=False)
class RecurrenceDates:
    """An RDATE line (the event also happens then) or an EXDATE line (it does not happen then).

    Made by `Recurrence.parse`. `str` of it is the line as it was read.

    Args:
        name: 'RDATE' or 'EXDATE'.
        dates: Days, times or periods, in the order of the line. A time is aware where the line gives
            it in UTC, and naive where it is wall time in `timezone` or, without one, in the event's zone.
        timezone: The line's TZID.
        parameters: The line's other parameters, as (name, value).
        line: The line as it was read.
    """

    name: str
    dates: tuple[date | datetime | Period, ...]
    timezone: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    line: str = field(default="", eq=False, kw_only=True)

    @property
    def is_exclusion(self) -> bool:
        """Whether the line takes occurrences away (EXDATE)."""
        return self.name == "EXDATE"

    def keeping(self, wanted: Callable[[date | datetime], bool]) -> RecurrenceDates | None:
        """Return the line with only some of its dates; everything else in it stays as it is.

        Args:
            wanted: Tells, of a date or of the start of a period, whether to keep it.

        Returns:
            The line, or None where no date is left.
        """
        head, body = _split(self.line)
        texts = [
            text
            for text, value in zip(body.split(","), self.dates, strict=True)
            if wanted(value.start if isinstance(value, Period) else value)
        ]
        return _read_dates(f"{head}:{','.join(texts)}") if texts else None

    def describe(self) -> str:
        """Return the line in English, such as 'Also on 21 November 2020'."""
        from gcsa.recurrence.describing import describe

        return describe(self)

    def __str__(self) -> str:
        return self.line

    def __repr__(self) -> str:
        return f"<RecurrenceDates {self.line}>"


@frozen(repr=False)
class RecurrenceSet:
    """All the recurrence lines of an event.

    Made by `Recurrence.parse` from a list. Iterating it yields its lines, read; `str` of each gives
    the line back.

    Args:
        lines: The lines, in the order in which they came.
    """

    lines: tuple[RecurrenceRule | RecurrenceDates, ...]

    @property
    def rules(self) -> tuple[RecurrenceRule, ...]:
        """The RRULE lines."""
        return tuple(x for x in self.lines if isinstance(x, RecurrenceRule) and not x.is_exclusion)

    @property
    def exclude_rules(self) -> tuple[RecurrenceRule, ...]:
        """The EXRULE lines."""
        return tuple(x for x in self.lines if isinstance(x, RecurrenceRule) and x.is_exclusion)

    @property
    def dates(self) -> tuple[RecurrenceDates, ...]:
        """The RDATE lines."""
        return tuple(x for x in self.lines if isinstance(x, RecurrenceDates) and not x.is_exclusion)

    @property
    def exclude_dates(self) -> tuple[RecurrenceDates, ...]:
        """The EXDATE lines."""
        return tuple(x for x in self.lines if isinstance(x, RecurrenceDates) and x.is_exclusion)

    def describe(self) -> str:
        """Return all of it as an English sentence."""
        from gcsa.recurrence.describing import describe

        return describe(self)

    def __iter__(self) -> Iterator[RecurrenceRule | RecurrenceDates]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __str__(self) -> str:
        return "\n".join(str(line) for line in self.lines)

    def __repr__(self) -> str:
        return f"<RecurrenceSet {[str(line) for line in self.lines]}>"


def read_lines(lines: Iterable[str]) -> RecurrenceSet:
    """Read an event's recurrence lines.

    Raises:
        ValueError: A line cannot be read; the message names the part.
        TypeError: A line is not text.
    """
    return RecurrenceSet(tuple(read_line(line) for line in lines))


def read_line(line: str) -> RecurrenceRule | RecurrenceDates:
    """Read one recurrence line.

    Raises:
        ValueError: It cannot be read; the message names the part.
        TypeError: It is not text.
    """
    if not isinstance(line, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"A recurrence line must be a str, got {type(line).__name__}.")
    head, _ = _split(line)
    if _name(head) in _DATES:
        return _read_dates(line)
    # The same few rules come again and again; long lines would only fill the cache.
    return _read_known_rule(line) if len(line) <= 200 else _read_rule(line)


def _split(line: str) -> tuple[str, str]:
    """Split a line into its name with parameters, and its value."""
    # RFC 5545, 3.1: a long line may be folded.
    found = _LINE.fullmatch(_FOLD.sub("", line).strip())
    if found is None or _name(found[1]) not in _RULES + _DATES:
        raise ValueError(
            f"{_shown(line)} is not a recurrence line: "
            "it must start with 'RRULE:', 'EXRULE:', 'RDATE' or 'EXDATE'."
        )
    return found[1], found[2]


def _name(head: str) -> str:
    return head.partition(";")[0].upper()


def _shown(text: str) -> str:
    return repr(text if len(text) <= 100 else text[:100] + "…")


def _read_rule(line: str) -> RecurrenceRule:
    head, body = _split(line)
    values: dict[str, str] = {}
    for part in body.split(";"):
        key, equals, value = part.partition("=")
        key = key.strip().upper()
        if not part.strip():
            continue  # a closing ';' is common, and harmless
        if not equals or not value.strip():
            raise ValueError(
                f"{_shown(part)} in {_shown(line)} is not a part such as 'FREQ=DAILY'."
            )
        if key in values:
            raise ValueError(f"{key} occurs twice in {_shown(line)}.")
        values[key] = value.strip()

    def fail(part: str, reason: str) -> ValueError:
        return ValueError(f"{part}={_shown(values[part])[1:-1]} in {_shown(line)}: {reason}.")

    if "FREQ" not in values:
        raise ValueError(f"{_shown(line)} has no FREQ.")
    freq = values["FREQ"].upper()
    if freq not in FREQUENCIES:
        raise fail("FREQ", f"it must be one of {', '.join(FREQUENCIES)}")

    def positive(part: str) -> int | None:
        if part not in values:
            return None
        number = int(values[part]) if _NUMBER.fullmatch(values[part]) else 0
        if number < 1:
            raise fail(part, "it must be a whole number, 1 or more")
        return number

    def numbers(part: str) -> tuple[int, ...]:
        if part not in values:
            return ()
        texts = [text.strip() for text in values[part].split(",")]
        if not all(_NUMBER.fullmatch(text) for text in texts):
            raise fail(part, "it must be whole numbers")
        found = tuple(int(text) for text in texts)
        if not all(NUMBER_PARTS[part].accepts(number) for number in found):
            raise fail(part, f"it must be {NUMBER_PARTS[part].range}")
        return found

    def week_day(part: str, text: str) -> WeekDay:
        found = _WEEK_DAY.fullmatch(text.strip().upper())
        if found is None:
            raise fail(part, "it must be week days such as MO or -1FR")
        if found[1] is None:
            return BY_CODE[found[2]]
        number = int(found[1])
        if not 1 <= abs(number) <= 53:
            raise fail(part, "a week day's number must be between 1 and 53 or between -53 and -1")
        return BY_CODE[found[2]](number)

    until: date | datetime | None = None
    if "UNTIL" in values:
        try:
            until = read_value(values["UNTIL"])
        except ValueError as error:
            raise fail("UNTIL", str(error).removesuffix(".")) from None
    by_number = {part.field: numbers(part.name) for part in NUMBER_PARTS.values()}
    by_week_day = (
        tuple(week_day("BYDAY", text) for text in values["BYDAY"].split(","))
        if "BYDAY" in values
        else ()
    )
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *NUMBER_PARTS}
    return RecurrenceRule(
        _name(head),
        freq,
        interval=positive("INTERVAL") or 1,
        count=positive("COUNT"),
        until=until,
        by_week_day=by_week_day,
        week_start=week_day("WKST", values["WKST"]).every if "WKST" in values else None,
        other=tuple(item for item in values.items() if item[0] not in known),
        line=line,
        **by_number,
    )


_read_known_rule = lru_cache(maxsize=1024)(_read_rule)


def _read_dates(line: str) -> RecurrenceDates:
    head, body = _split(line)
    timezone: str | None = None
    parameters: list[tuple[str, str]] = []
    for found in _PARAMETER.finditer(head):
        key, value = found[1].strip().upper(), found[2].strip('"')
        if key == "TZID":
            timezone = value
        else:
            parameters.append((key, value))
    dates: list[date | datetime | Period] = []
    for text in body.split(","):
        text = text.strip()
        try:
            dates.append(read_period(text) if "/" in text else read_value(text))
        except ValueError as error:
            raise ValueError(f"{_shown(line)}: {error}") from None
    return RecurrenceDates(_name(head), tuple(dates), timezone, tuple(parameters), line=line)
