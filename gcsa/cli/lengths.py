"""Lengths of time as people write them: `45m`, `1h30`, `2 hours`, `1d`."""

from __future__ import annotations

import re
from datetime import timedelta

from gcsa.cli.failure import Misunderstanding

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_NAMES = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d",
    "w": "w", "wk": "w", "week": "w", "weeks": "w",
}  # fmt: skip
_NUMBERS = {"a": "1", "an": "1", "one": "1", "half an": "0.5", "half a": "0.5"}
_PART = re.compile(r"(half an?|an?|one|\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]+)\s*(?:and\s*)?")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4})h(\d{1,2})|(\d{1,4}):(\d{2})")
_MOST = timedelta(days=3660)


def parse_length(text: str) -> timedelta:
    """Return a length of time.

    Args:
        text: Such as `45m`, `1h30`, `1h 30m`, `1:30`, `2 hours`, `half an hour`, `1.5h`, `1d`, `2w`. A number alone is
            minutes.

    Raises:
        Misunderstanding: It says no length, none above zero, or one beyond ten years.
    """
    length = _read(text.strip().lower())
    if length is None or not timedelta(0) < length <= _MOST:
        raise Misunderstanding(
            f"{text!r} is no length of time.", "Write it as 45m, 1h30, 2 hours, 1d or 2w."
        )
    return length


def write_length(length: timedelta) -> str:
    """Return a length as short text, such as `1h 30m` or `2d`."""
    minutes = round(length.total_seconds() / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        f"{number}{unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if number
    ]
    return " ".join(parts) or "0m"


def _read(text: str) -> timedelta | None:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return timedelta(minutes=int(text))
    clock = _HOURS_AND_MINUTES.fullmatch(text)
    if clock is not None:
        hours, minutes = (int(number) for number in clock.groups() if number is not None)
        return timedelta(hours=hours, minutes=minutes)
    length = timedelta(0)
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None or part[2] not in _NAMES:
            return None
        number = float(_NUMBERS.get(part[1], part[1]).replace(",", "."))
        length += number * _UNITS[_NAMES[part[2]]]
        position = part.end()
    return length if position else None
