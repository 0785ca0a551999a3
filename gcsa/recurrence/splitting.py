"""A series cut in two at one of its occurrences: "this and following"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from gcsa.recurrence.expansion import Series
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, read_lines
from gcsa.recurrence.values import Period
from gcsa.recurrence.zones import zone_of


def split(
    lines: Iterable[str],
    start: date | datetime,
    at: date | datetime,
    timezone: str | None = None,
) -> tuple[list[str], list[str]]:
    """Return the recurrence lines of what comes before an occurrence, and of what comes from it on.

    Rules of the first part end just before the occurrence (UNTIL). In the second part a COUNT is
    what is left of it; single dates go to the part that they are in.

    Args:
        lines: The series' lines.
        start: The series' start.
        at: The occurrence that the second part starts with.
        timezone: The series' zone, as for `Series`.

    Returns:
        The lines of both parts.

    Raises:
        ValueError: A line cannot be read.

    Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents
    """
    before: list[str] = []
    following: list[str] = []
    for line in read_lines(lines):
        if isinstance(line, RecurrenceRule):
            before.append(str(line.ending(_just_before(at, timezone))))
            following.append(_rest_of(line, start, at, timezone))
        else:
            earlier, later = _parts_of(line, at, timezone)
            before += earlier
            following += later
    return before, following


def _just_before(at: date | datetime, timezone: str | None) -> date | datetime:
    if isinstance(at, datetime):
        return _instant(at, timezone) - timedelta(seconds=1)
    return at - timedelta(days=1)


def _rest_of(
    rule: RecurrenceRule, start: date | datetime, at: date | datetime, timezone: str | None
) -> str:
    if rule.count is None:
        return str(rule)
    gone = sum(1 for _ in Series.of(_as_rrule(rule), start, timezone).between(None, at))
    head, _, body = str(rule).partition(":")
    parts = [
        f"COUNT={max(1, rule.count - gone)}" if part.upper().startswith("COUNT=") else part
        for part in body.split(";")
    ]
    return f"{head}:{';'.join(parts)}"


def _as_rrule(rule: RecurrenceRule) -> str:
    return f"RRULE:{str(rule).partition(':')[2]}"


def _parts_of(
    line: RecurrenceDates, at: date | datetime, timezone: str | None
) -> tuple[list[str], list[str]]:
    head, _, body = str(line).partition(":")
    bound = _instant(at, timezone)
    parts: tuple[list[str], list[str]] = ([], [])
    for text, value in zip(body.split(","), line.dates, strict=True):
        moment = value.start if isinstance(value, Period) else value
        parts[_instant(moment, line.timezone or timezone) >= bound].append(text)
    earlier, later = ([f"{head}:{','.join(part)}"] if part else [] for part in parts)
    return earlier, later


def _instant(moment: date | datetime, timezone: str | None) -> datetime:
    """Return a moment in UTC; days and wall times are in the zone, where there is one."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(moment, timezone) if timezone else UTC)
    return moment.astimezone(UTC)
