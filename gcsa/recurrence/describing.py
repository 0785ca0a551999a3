"""Recurrence in English sentences, such as 'Every second week on Monday until 3 March 2027'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import product

from gcsa.recurrence.duration import Duration
from gcsa.recurrence.parts import MONTHLY, WEEKLY, YEARLY
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, RecurrenceSet
from gcsa.recurrence.values import Period
from gcsa.recurrence.week_days import WeekDay

_UNITS = {
    "SECONDLY": "second",
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEK_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# How many dates or times are spelled out before the rest is only counted.
_SPELLED_OUT = 6


def describe(recurrence: RecurrenceRule | RecurrenceDates | RecurrenceSet) -> str:
    """Return the recurrence as an English sentence."""
    if isinstance(recurrence, RecurrenceSet):
        return _sentence(_all_of(recurrence))
    if isinstance(recurrence, RecurrenceDates):
        return _sentence(f"{'except' if recurrence.is_exclusion else 'also'} {_on(recurrence)}")
    return _sentence(("except " if recurrence.is_exclusion else "") + _rule(recurrence))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _all_of(recurrence: RecurrenceSet) -> str:
    rules = "; and ".join(map(_rule, recurrence.rules))
    also = [_on(line) for line in recurrence.dates]
    without = [*map(_rule, recurrence.exclude_rules), *map(_on, recurrence.exclude_dates)]
    words = [rules] if rules else []
    if also:
        words.append(f"also {_listed(also)}")
    if without:
        words.append(f"except {_listed(without)}")
    return ", ".join(words) or "does not repeat"


def _on(line: RecurrenceDates) -> str:
    shown = [_moment(value) for value in line.dates[:_SPELLED_OUT]]
    if len(line.dates) > len(shown):
        shown.append(f"{len(line.dates) - len(shown)} more")
    return f"on {_listed(shown)}" + (f" ({line.timezone})" if line.timezone else "")


def _moment(value: date | datetime | Period) -> str:
    if isinstance(value, Period):
        start, end = value
        rest = f" to {_moment(end)}" if isinstance(end, datetime) else f" for {_length(end)}"
        return _moment(start) + rest
    day = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if not isinstance(value, datetime):
        return day
    seconds = f":{value.second:02}" if value.second else ""
    zone = "" if value.tzinfo is None else f" {value.tzname()}"
    return f"{day} at {value.hour:02}:{value.minute:02}{seconds}{zone}"


def _length(duration: Duration) -> str:
    units = (
        ("week", duration.w),
        ("day", duration.d),
        ("hour", duration.h),
        ("minute", duration.m),
        ("second", duration.s),
    )
    return _listed(f"{n} {unit}{'s' * (n > 1)}" for unit, n in units if n) or "no time"


def _rule(rule: RecurrenceRule) -> str:
    words = _monthly_or_yearly(rule) if rule.freq in (MONTHLY, YEARLY) else _weekly_or_less(rule)
    words += _times(rule)
    if rule.by_set_pos and not _chooses_week_day(rule):
        words += f", only the {_listed(map(_ordinal, rule.by_set_pos))} of them"
    if rule.count is not None:
        words += ", " + {1: "once", 2: "twice"}.get(rule.count, f"{rule.count} times")
    if rule.until is not None:
        words += f" until {_moment(rule.until)}"
    for name, value in rule.other:
        words += f" ({name}={value})"
    return words


def _every(rule: RecurrenceRule) -> str:
    unit = _UNITS[rule.freq]
    if rule.interval == 1:
        return f"every {unit}"
    if rule.interval <= len(_ORDINALS):
        return f"every {_ORDINALS[rule.interval - 1]} {unit}"
    return f"every {rule.interval} {unit}s"


def _weekly_or_less(rule: RecurrenceRule) -> str:
    words = _every(rule)
    if rule.by_week_day:
        on = _days(day.every for day in rule.by_week_day)
        words += f" on {on}" if rule.freq == WEEKLY else f", only on {on}"
    if rule.by_month_day:
        words += f", only on {_month_days(rule)} of the month"
    return words + _only_in(rule) + _only_on_year_days(rule)


def _monthly_or_yearly(rule: RecurrenceRule) -> str:
    every = _every(rule)
    months = _listed(_MONTHS[month - 1] for month in rule.by_month)
    yearly_months = months if rule.freq == YEARLY else ""
    of = f" of {yearly_months} {every}" if yearly_months else f" of {every}"
    only_in = _only_in(rule) if rule.freq == MONTHLY else ""
    if rule.by_month_day:
        if len(rule.by_month_day) == len(rule.by_month) == 1 and yearly_months:
            [day] = rule.by_month_day
            on = f"on {day} {months} {every}" if day > 0 else f"on the {_day(day)}{of}"
        else:
            on = f"on {_month_days(rule)}{of}"
        if rule.by_week_day:
            on += f", only on {_days(rule.by_week_day)}"
        return on + only_in + _only_in_weeks(rule) + _only_on_year_days(rule)
    if rule.by_year_day:
        on = f"on {_listed(f'the {_ordinal(day)} day' for day in rule.by_year_day)} of {every}"
        if rule.by_week_day:
            on += f", only on {_days(rule.by_week_day)}"
        return on + _only_in(rule) + _only_in_weeks(rule)
    if rule.by_week:
        days = _days(rule.by_week_day) if rule.by_week_day else "every day"
        return f"on {days} of {_weeks(rule)} of {every}" + _only_in(rule)
    if rule.by_week_day:
        if _chooses_week_day(rule):
            which = _listed(f"the {_ordinal(position)}" for position in rule.by_set_pos)
            return f"on {which} {_kind_of_day(rule.by_week_day)}{of}{only_in}"
        return f"on {_days(rule.by_week_day, 'every ')}{of}{only_in}"
    return every + (f" in {yearly_months}" if yearly_months else "") + only_in


def _only_in(rule: RecurrenceRule) -> str:
    months = _listed(_MONTHS[month - 1] for month in rule.by_month)
    return f", only in {months}" if months else ""


def _only_in_weeks(rule: RecurrenceRule) -> str:
    return f", only in {_weeks(rule)}" if rule.by_week else ""


def _only_on_year_days(rule: RecurrenceRule) -> str:
    if not rule.by_year_day:
        return ""
    return (
        f", only on {_listed(f'the {_ordinal(day)} day' for day in rule.by_year_day)} of the year"
    )


def _weeks(rule: RecurrenceRule) -> str:
    if all(week > 0 for week in rule.by_week):
        return f"week{'s' * (len(rule.by_week) > 1)} {_listed(map(str, rule.by_week))}"
    return _listed(f"the {_ordinal(week)} week" for week in rule.by_week)


def _month_days(rule: RecurrenceRule) -> str:
    return _listed(f"the {_day(day)}" for day in rule.by_month_day)


def _day(day: int) -> str:
    return _numeral(day) if day > 0 else f"{_ordinal(day)} day"


def _days(days: Iterable[WeekDay], every: str = "") -> str:
    """Return the days in words, with 'every ' before each that has no number."""
    named = list(dict.fromkeys(days))
    kind = _kind(named)
    if kind == "day":
        return "every day"
    if kind == "weekday":
        return f"{every}weekday" if every else "weekdays"
    return _listed(
        f"{every}{_WEEK_DAYS[day.index]}"
        if day.number is None
        else f"the {_ordinal(day.number)} {_WEEK_DAYS[day.index]}"
        for day in named
    )


def _kind(days: Sequence[WeekDay]) -> str | None:
    """Return what one calls each of these days, None when there is no word for them."""
    plain = frozenset(day.index for day in days if day.number is None)
    if len(plain) != len(set(days)):
        return None
    kinds = {range(7): "day", range(5): "weekday", range(5, 7): "weekend day"}
    return next((kind for indices, kind in kinds.items() if plain == frozenset(indices)), None)


def _kind_of_day(days: Sequence[WeekDay]) -> str:
    return _kind(days) or _listed((_WEEK_DAYS[day.index] for day in days), "or")


def _chooses_week_day(rule: RecurrenceRule) -> bool:
    """Return whether BYSETPOS picks from week days and nothing else, as in 'the last weekday'."""
    others = (rule.by_month_day, rule.by_year_day, rule.by_week, *_clock_parts(rule))
    plain = all(day.number is None for day in rule.by_week_day)
    one_set = rule.freq == MONTHLY or (rule.freq == YEARLY and len(rule.by_month) <= 1)
    return bool(rule.by_set_pos and rule.by_week_day) and plain and one_set and not any(others)


def _clock_parts(rule: RecurrenceRule) -> tuple[tuple[int, ...], ...]:
    return rule.by_hour, rule.by_minute, rule.by_second


def _times(rule: RecurrenceRule) -> str:
    hours, minutes, seconds = (sorted(set(part)) for part in _clock_parts(rule))
    clock = list(product(hours, minutes, seconds or (None,)))
    if clock and len(clock) <= _SPELLED_OUT:
        times = (
            f"{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")
            for hour, minute, second in clock
        )
        return f" at {_listed(times)}"
    words = ""
    for unit, numbers in (("hour", hours), ("minute", minutes), ("second", seconds)):
        if numbers:
            words += f" at {unit}{'s' * (len(numbers) > 1)} {_listed(map(str, numbers))}"
    return words


def _ordinal(number: int) -> str:
    if number == -1:
        return "last"
    if number < 0:
        return f"{_ordinal(-number)} to last"
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else _numeral(number)


def _numeral(number: int) -> str:
    teens = 11 <= number % 100 <= 13
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(words: Iterable[str], conjunction: str = "and") -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {conjunction} {last}" if most else last
