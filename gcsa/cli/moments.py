"""Days and times as people write them, in their zone and against a given now.

The common forms of English are read here, so that they mean the same on every machine; the others, and other
languages, by dateparser, in so far as it is sure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol, cast

from gcsa.cli.days import read_day
from gcsa.cli.failure import Misunderstanding
from gcsa.cli.lengths import parse_length


class _Read(Protocol):
    """What dateparser has read."""

    date_obj: datetime | None
    period: str | None


class _Parser(Protocol):
    """What of dateparser is used."""

    def get_date_data(self, date_string: str) -> _Read: ...


_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})|h(?P<minute_h>\d{2})?)?\s?(?P<half>[ap]\.?m\.?)?"
    r"|(?P<name>noon|midday|midnight)"
)
_CLOCK = re.compile(rf"(?:at |@ ?)?(?:{_TIME})")
_TIME_LAST = re.compile(rf"(?P<day>.+?)(?:,? at |,? @ ?|,? )(?:{_TIME})")
_TIME_FIRST = re.compile(rf"(?:at )?(?:{_TIME})(?:,? on|,)? (?P<day>.+)")
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?(?!\d)")
_LONGEST = 100
# Marks the base from which dateparser counts: people name no microseconds.
_UNSAID = 123457
# Dateparser reads some 200 languages, and has to load them all to know that a text is in none of them: for seconds.
_IN_LATIN_LETTERS = ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "cs", "tr", "sv", "id")
_IN_OTHERS = ("ru", "uk", "el", "zh", "ja", "ko", "ar", "fa", "he", "hi")
_LATIN = re.compile(r"[\u0000-\u024f]*")
_LANGUAGE_VARIABLES = ("LC_ALL", "LC_TIME", "LANG")
# What says a time of day, whether there is such a one or not.
_LIKE_A_TIME = re.compile(r"\d:\d|\d ?(?:[ap]\.?m|h|uhr)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:in )?[-+]?\d{1,4}")
_HINT = "Write it as 'tomorrow 12:30', 'next monday', 'in 2 hours' or '2026-03-02 14:00'."


def parse_moment(text: str, now: datetime) -> date | datetime:
    """Return the day or the moment that a text names.

    Args:
        text: Such as `tomorrow 12:30`, `next monday`, `in 2 hours`, `3pm`, `2 march 14:00`, `2026-03-02`.
        now: The present, in the user's zone.

    Returns:
        A date where no time is named; otherwise an aware datetime, in the user's zone unless the text says another.

    Raises:
        Misunderstanding: It cannot be read, or can be read in two ways.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if not words or len(words) > _LONGEST:
        raise Misunderstanding(f"{text[:_LONGEST]!r} is no date or time.", _HINT)
    try:
        found = _read(words, now)
    except (ValueError, OverflowError):
        raise Misunderstanding(f"There is no such day or time as {text!r}.", _HINT) from None
    if found is None:
        _refuse_two_readings(words)
        found = _read_elsewhere(words, now)
    if found is None:
        raise Misunderstanding(f"{text!r} is no date or time that I can read.", _HINT)
    return found


def parse_clock(text: str) -> time | None:
    """Return the time of day that a text names and nothing else, such as `9`, `9:30`, `3pm` or `noon`; or None."""
    match = _CLOCK.fullmatch(text.strip().lower())
    return None if match is None else _time(match)


def at(day: date, wall: time, zone: tzinfo | None) -> datetime:
    """Return a wall time of a day in a zone; one that the clocks skip is as much later as they are put forward."""
    return datetime.combine(day, wall, zone).astimezone(UTC).astimezone(zone)


def _read(words: str, now: datetime) -> date | datetime | None:
    if words == "now":
        return now.replace(second=0, microsecond=0)
    iso = _read_iso(words, now)
    if iso is not None:
        return iso
    day = read_day(words, now.date())
    if day is not None:
        return at(day, time(20), now.tzinfo) if words == "tonight" else day
    if words.startswith("in "):
        later = _read_distance(words[3:], now)
        if later is not None:
            return later
    clock = _read_clock(words, now)
    if clock is not None:
        return clock
    for form in (_TIME_LAST, _TIME_FIRST):
        match = form.fullmatch(words)
        day = None if match is None else read_day(match["day"].strip(), now.date())
        if match is not None and day is not None:
            wall = _time(match)
            if wall is None:
                raise ValueError("There is no such time of day.")
            return at(day, wall, now.tzinfo)
    return None


def _read_iso(words: str, now: datetime) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[t ]\d", words):
        return None
    try:
        moment = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else at(moment.date(), moment.time(), now.tzinfo)


def _read_distance(words: str, now: datetime) -> datetime | None:
    try:
        length = parse_length(words)
    except Misunderstanding:
        return None
    later = (now.astimezone(UTC) + length).astimezone(now.tzinfo)
    return later.replace(second=0, microsecond=0)


def _read_clock(words: str, now: datetime) -> datetime | None:
    match = _CLOCK.fullmatch(words)
    # A number alone could be a day just as well.
    if match is None or words.isdigit():
        return None
    wall = _time(match)
    if wall is None:
        return None
    today = at(now.date(), wall, now.tzinfo)
    return today if today >= now else at(now.date() + timedelta(days=1), wall, now.tzinfo)


def _time(match: re.Match[str]) -> time | None:
    if match["name"]:
        return _NAMED[match["name"]]
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute_h"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _refuse_two_readings(text: str) -> None:
    if _NUMBER.fullmatch(text):
        raise Misunderstanding(f"{text!r} could be a day, an hour or a length of time.", _HINT)
    for match in _SLASHES.finditer(text):
        if match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12:
            raise Misunderstanding(
                f"{match[0]!r} is one day in America and another elsewhere.",
                "Write it as 2026-03-02 or as 2 March.",
            )


def _read_elsewhere(text: str, now: datetime) -> date | datetime | None:
    """Read days in other languages, with a time of day or without one."""
    match = _TIME_LAST.fullmatch(text)
    if match is not None and (match["minute"] or not text[-1].isdigit()):
        # Dateparser takes "demain 14h" for fourteen hours after this time tomorrow.
        day, wall = _ask_dateparser(match["day"], now), _time(match)
        if day is not None and not isinstance(day, datetime) and wall is not None:
            return at(day, wall, now.tzinfo)
    return _ask_dateparser(text, now)


def _ask_dateparser(text: str, now: datetime) -> date | datetime | None:
    """Ask dateparser, in the user's language, those that are spoken most and are written in such letters."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # it has no types

    make = cast("Callable[..., _Parser]", DateDataParser)
    parser = make(
        languages=_languages(text),
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None, microsecond=_UNSAID),
            "PREFER_DATES_FROM": "future",
            "PARSERS": ["relative-time", "absolute-time"],
            "RETURN_TIME_AS_PERIOD": True,
            "REQUIRE_PARTS": ["day"],
        },
    )
    found = parser.get_date_data(text)
    read = found.date_obj
    if read is None or found.period not in ("day", "time"):
        return None
    # It takes "14h" for a year: what lies far away has to say so.
    if abs(read.year - now.year) > 2 and str(read.year) not in text:
        return None
    # Where no time is said, the day begins, or the base's time of day is left as it was.
    if read.time() == time(0) or (found.period == "day" and read.microsecond == _UNSAID):
        # It passes over times that there are not, such as 25:00.
        return None if _LIKE_A_TIME.search(text) else read.date()
    if read.tzinfo is not None:
        return read.astimezone(now.tzinfo)
    return at(read.date(), read.time().replace(second=0, microsecond=0), now.tzinfo)


def _languages(text: str) -> list[str]:
    from dateparser.data.languages_info import (  # type: ignore[import-untyped]  # it has no types
        language_order,
    )

    usual = _IN_LATIN_LETTERS if _LATIN.fullmatch(text) else _IN_OTHERS
    named = next((value for name in _LANGUAGE_VARIABLES if (value := os.environ.get(name))), "")
    own = re.split(r"[_.@]", named)[0].lower()
    return list(dict.fromkeys([*([own] if own in language_order else []), *usual]))
