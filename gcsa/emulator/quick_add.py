"""Quick add: an event out of a phrase such as "Lunch with Ann at Java tomorrow at noon".

What a phrase may say: the reference gives "Appointment at Somewhere on June 3rd 10am-10:25am", see
https://developers.google.com/workspace/calendar/api/v3/reference/events/quickAdd . English only; the same phrase at the
same time gives the same event.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

_DAY: Final = timedelta(days=1)
_DEFAULT_LENGTH: Final = timedelta(hours=1)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RULE_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class QuickEvent(NamedTuple):
    """What a phrase says.

    Attributes:
        summary: What happens.
        start: When: a day, or wall time in the calendar's zone.
        end: When it is over, of the same kind.
        location: Where.
        rule: How it repeats, as an RRULE line.
        guests: The e-mail addresses in the phrase.
    """

    summary: str
    start: date | datetime
    end: date | datetime
    location: str | None = None
    rule: str | None = None
    guests: tuple[str, ...] = ()


def _names(names: tuple[str, ...], shortest: int) -> str:
    """Return a pattern for names that may be cut short: monday, mon, tues."""
    return "|".join(
        f"{name[:shortest]}(?:{'|'.join(name[shortest:end] for end in range(len(name), shortest, -1))})?"
        if len(name) > shortest
        else name
        for name in names
    )


_MONTH: Final = rf"(?:{_names(_MONTHS, 3)})\.?"
_WEEKDAY: Final = rf"(?:{_names(_WEEKDAYS, 3)})"
_CLOCK: Final = r"(?:noon|midday|midnight|\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?(?!\w))|\d{1,2}:\d\d)"
_BARE_CLOCK: Final = rf"(?:{_CLOCK}|\d{{1,2}}(?![\d/:]))"
_TO: Final = r"\s*(?:-|–|\bto\b|\buntil\b|\btill\b)\s*"
_DAY_OF_MONTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])(?:{text})(?![\w@])", re.IGNORECASE)


_EVERY: Final = (
    (_pattern(r"every\s+weekday|on\s+weekdays"), "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    (_pattern(r"every\s+day|daily"), "RRULE:FREQ=DAILY"),
    (_pattern(r"every\s+week|weekly"), "RRULE:FREQ=WEEKLY"),
    (_pattern(r"every\s+month|monthly"), "RRULE:FREQ=MONTHLY"),
    (_pattern(r"every\s+year|yearly|annually"), "RRULE:FREQ=YEARLY"),
)
_EVERY_WEEKDAY: Final = _pattern(
    rf"every\s+(?P<days>{_WEEKDAY}(?:(?:\s*,\s*|\s+and\s+){_WEEKDAY}){{0,6}})"
)
_EVERY_SO_MANY: Final = _pattern(
    r"every\s+(?P<count>\d{1,2}|other|second)\s+(?P<unit>day|week|month|year)s?"
)
_TIME_RANGE: Final = _pattern(
    rf"(?:(?:at|from|between)\s+)?(?P<first>{_BARE_CLOCK})(?:{_TO}|\s+and\s+)(?P<last>{_CLOCK})"
)
_TIME: Final = _pattern(rf"(?:(?:at|from)\s+)?(?P<time>{_CLOCK})")
_AT_HOUR: Final = _pattern(r"(?:at|from)\s+(?P<time>1[0-2]|[1-9])(?=\s*(?:$|[,.]|on\b|for\b))")
_LENGTH: Final = _pattern(
    r"for\s+(?P<count>\d{1,3}|an?|half\s+an)\s*(?P<unit>hours?|hrs?|h|minutes?|mins?|m|days?|weeks?)"
)
_ISO_DATE: Final = _pattern(r"(?:on\s+)?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_SLASH_DATE: Final = _pattern(r"(?:on\s+)?(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?")
_MONTH_DAY: Final = _pattern(
    rf"(?:on\s+)?(?:the\s+)?(?P<month>{_MONTH})\s+(?P<day>{_DAY_OF_MONTH})"
    rf"(?:{_TO}(?P<last>{_DAY_OF_MONTH}))?(?:,?\s+(?P<year>\d{{4}}))?"
)
_DAY_MONTH: Final = _pattern(
    rf"(?:on\s+)?(?:the\s+)?(?P<day>{_DAY_OF_MONTH})(?:{_TO}(?P<last>{_DAY_OF_MONTH}))?"
    rf"\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?"
)
_RELATIVE_DAY: Final = _pattern(
    r"(?:on\s+)?(?P<day>today|tonight|tomorrow|day\s+after\s+tomorrow)"
    r"|in\s+(?P<count>\d{1,3}|an?)\s+(?P<unit>day|week)s?"
)
_NAMED_WEEKDAY: Final = _pattern(rf"(?:on\s+)?(?:(?P<which>this|next)\s+)?(?P<weekday>{_WEEKDAY})")
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PLACE: Final = re.compile(r"\s+(?:at|in|@)\s+(?P<place>\S.*)$", re.IGNORECASE)
_LEFT_OVER: Final = re.compile(r"(?:\s+(?:on|at|from|in|for)|[\s,;:–-])+$", re.IGNORECASE)


class _Phrase:
    """A phrase, out of which what was understood is taken."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return where the pattern is, and take it out."""
        match = pattern.search(self.text)
        if match is not None:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return match


def quick_event(text: str, now: datetime) -> QuickEvent:
    """Return the event that a phrase describes.

    A day without a year is the next one; a time without a day is the next time that it is so late; without a time the
    event takes all day; without either it begins now. Without an end it takes an hour.

    Args:
        text: The phrase.
        now: Wall time in the calendar's zone, naive.
    """
    phrase = _Phrase(text[:1024])
    guests = tuple(dict.fromkeys(address.lower() for address in _ADDRESS.findall(phrase.text)))
    rule, weekdays = _repetition(phrase)
    days = _days(phrase, now)
    times = _times(phrase)
    length = _length(phrase)
    if days is None and weekdays:
        days = (_on_weekday(now.date(), weekdays[0]), None)
    start, end = _when(days, times, length, now)
    place = _PLACE.search(_tidy(phrase.text))
    return QuickEvent(
        summary=_tidy(phrase.text[: place.start()] if place else phrase.text) or text.strip(),
        start=start,
        end=end,
        location=_tidy(place["place"]) if place else None,
        rule=rule,
        guests=guests,
    )


def _when(
    days: tuple[date, date | None] | None,
    times: tuple[time, time | None] | None,
    length: timedelta | None,
    now: datetime,
) -> tuple[date | datetime, date | datetime]:
    if times is None:
        if days is not None and (length is None or length % _DAY == timedelta()):
            first, last = days
            return first, (first + length if length else (last or first) + _DAY)
        start = now.replace(second=0, microsecond=0)
        if days is not None:
            start = datetime.combine(days[0], start.time())
        return start, start + (length or _DEFAULT_LENGTH)
    first_time, last_time = times
    start = datetime.combine(days[0] if days else now.date(), first_time)
    if days is None and start < now:
        start += _DAY
    if last_time is None:
        return start, start + (length or _DEFAULT_LENGTH)
    end = datetime.combine((days and days[1]) or start.date(), last_time)
    return start, end if end > start else end + _DAY


# What repeats --------------------------------------------------------------------------------------------


def _repetition(phrase: _Phrase) -> tuple[str | None, list[int]]:
    """Return the rule in a phrase, and the days of the week that it names."""
    if match := phrase.take(_EVERY_SO_MANY):
        count = 2 if match["count"] in ("other", "second") else int(match["count"])
        unit = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
        return f"RRULE:FREQ={unit[match['unit'].lower()]};INTERVAL={max(1, count)}", []
    for pattern, rule in _EVERY:
        if phrase.take(pattern):
            return rule, []
    if match := phrase.take(_EVERY_WEEKDAY):
        names = re.findall(_WEEKDAY, match["days"], re.IGNORECASE)
        weekdays = sorted({_index(name, _WEEKDAYS) for name in names})
        return f"RRULE:FREQ=WEEKLY;BYDAY={','.join(_RULE_DAYS[day] for day in weekdays)}", weekdays
    return None, []


# Days ----------------------------------------------------------------------------------------------------


def _days(phrase: _Phrase, now: datetime) -> tuple[date, date | None] | None:
    """Return the day in a phrase, and the last one where it is a range of days."""
    today = now.date()
    for pattern in (_ISO_DATE, _SLASH_DATE, _MONTH_DAY, _DAY_MONTH):
        match = pattern.search(phrase.text)
        if match and (days := _calendar_days(match, today)):
            phrase.take(pattern)
            return days
    if match := phrase.take(_RELATIVE_DAY):
        return _relative_day(match, today), None
    if match := phrase.take(_NAMED_WEEKDAY):
        weekday = _index(match["weekday"], _WEEKDAYS)
        if (match["which"] or "").lower() == "next":
            # Of next week, which begins on Sunday.
            sunday = today + timedelta(days=7 - today.isoweekday() % 7)
            return sunday + timedelta(days=(weekday + 1) % 7), None
        return _on_weekday(today, weekday), None
    return None


def _calendar_days(match: re.Match[str], today: date) -> tuple[date, date | None] | None:
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _index(month, _MONTHS) + 1
    year = parts.get("year")
    day = _day_of(int(year) if year else today.year, number, parts["day"])
    if day is not None and year is None and day < today:
        day = _day_of(today.year + 1, number, parts["day"])
    if day is None:
        return None
    last = _day_of(day.year, number, parts["last"]) if parts.get("last") else None
    return day, last if last is None or last > day else None


def _day_of(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None


def _relative_day(match: re.Match[str], today: date) -> date:
    if match["count"]:
        count = int(match["count"]) if match["count"].isdigit() else 1
        return today + timedelta(days=count * (7 if match["unit"].lower() == "week" else 1))
    name = match["day"].lower()
    return today + _DAY * (2 if "after" in name else 1 if name == "tomorrow" else 0)


def _on_weekday(today: date, weekday: int) -> date:
    """Return the day of this name, from today on."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _index(name: str, names: tuple[str, ...]) -> int:
    beginning = name.lower().rstrip(".")
    return next(index for index, full in enumerate(names) if full.startswith(beginning))


# Times ---------------------------------------------------------------------------------------------------


def _times(phrase: _Phrase) -> tuple[time, time | None] | None:
    """Return the time in a phrase, and the one at which it ends where it says so."""
    match = _TIME_RANGE.search(phrase.text)
    if match and (found := _time_range(match["first"], match["last"])):
        phrase.take(_TIME_RANGE)
        return found
    match = _TIME.search(phrase.text)
    if match and (start := _read_time(match["time"])):
        phrase.take(_TIME)
        return start, None
    if match := phrase.take(_AT_HOUR):
        # "at 7" is in the evening, "at 9" in the morning.
        hour = int(match["time"])
        return time(hour + 12 if hour < 8 else hour), None
    return None


def _time_range(first: str, last: str) -> tuple[time, time] | None:
    end = _read_time(last)
    if end is None:
        return None
    start = _read_time(first)
    if start is None or (first.isdigit() and start.hour <= 12):
        # "10-11am" and "2-3pm": both in the half of the day that the end names; "11-1pm" is not.
        hour = int(first)
        if hour > 23:
            return None
        candidates = [time(hour % 12 + half) for half in (12, 0)] if hour <= 12 else [time(hour)]
        start = next((candidate for candidate in candidates if candidate < end), candidates[-1])
    return start, end


def _read_time(text: str) -> time | None:
    named = {"noon": time(12), "midday": time(12), "midnight": time(0)}.get(text.lower())
    if named is not None:
        return named
    match = re.fullmatch(r"(\d{1,2})(?::(\d\d))?\s?([ap]?)\.?m?\.?", text.lower())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _length(phrase: _Phrase) -> timedelta | None:
    match = phrase.take(_LENGTH)
    if match is None:
        return None
    count = match["count"].lower()
    number = 0.5 if count.startswith("half") else 1 if count in ("a", "an") else int(count)
    unit = {"h": "hours", "m": "minutes", "d": "days", "w": "weeks"}[match["unit"][0].lower()]
    return timedelta(**{unit: number}) or None


def _tidy(text: str) -> str:
    return _LEFT_OVER.sub("", " ".join(text.split())).strip(" ,;")
