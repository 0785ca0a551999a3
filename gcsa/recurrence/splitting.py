"""A series cut in two at one of its occurrences, and moved in time: "this and following"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from gcsa.recurrence.expansion import Series
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, read_lines
from gcsa.recurrence.values import read_value, write_date, write_time, write_utc
from gcsa.recurrence.zones import zone, zone_of


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
        at: The occurrence that the second part starts with, of one of the rules.
        timezone: The series' zone, as for `Series`.

    Returns:
        The lines of both parts.

    Raises:
        ValueError: A line cannot be read; or the occurrence is not one of a rule, but a single date, so
            that the rules would go on in another rhythm from there.

    Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents#modify-or-delete-instances
    """
    read = read_lines(lines)
    if not any(at in _alone(rule, start, timezone) for rule in read.rules):
        raise ValueError(
            f"{at} is a single date of the series: it can be changed by itself, but nothing follows it."
        )
    before: list[str] = []
    following: list[str] = []
    for line in read:
        if isinstance(line, RecurrenceRule):
            before.append(str(line.ending(_just_before(at, timezone))))
            rest = _rest_of(line, start, at, timezone)
            if rest is not None:
                following.append(rest)
        else:
            earlier, later = _parts_of(line, at, timezone)
            before += [] if earlier is None else [str(earlier)]
            following += [] if later is None else [str(later)]
    return before, following


def moved(
    lines: Iterable[str],
    at: date | datetime,
    to: date | datetime,
    timezone: str | None = None,
) -> list[str]:
    """Return the recurrence lines of a series that starts at another time, as far as its rules allow.

    Single dates and the ends of rules move along. The days and hours that a rule names stay.

    Args:
        lines: The series' lines.
        at: When it starts.
        to: When it is to start.
        timezone: The zone in which it is to be, as for `Series`.

    Raises:
        ValueError: A line cannot be read; or the new start is on a day, or at an hour, that is not one of
            the rules'.
    """
    read = read_lines(lines)
    by = timedelta(0)
    if isinstance(at, datetime) == isinstance(to, datetime):
        by = _wall(to, timezone) - _wall(at, timezone)
    written = [_moved(line, by) for line in read]
    rules = [line for line in read_lines(written) if isinstance(line, RecurrenceRule)]
    if rules and not any(_starts_by(rule, to, timezone) for rule in rules if not rule.is_exclusion):
        raise ValueError(
            f"The series does not recur at its new start, {to}; give the new recurrence as well. "
            f"It is {'; '.join(written)} by now."
        )
    return written


def _moved(line: RecurrenceRule | RecurrenceDates, by: timedelta) -> str:
    if isinstance(line, RecurrenceDates):
        head, _, body = str(line).partition(":")
        texts = ("/".join(_later(part, by) for part in one.split("/")) for one in body.split(","))
        return f"{head}:{','.join(texts)}"
    return str(line if line.until is None else line.ending(_later_end(line.until, by)))


def _wall(value: date | datetime, timezone: str | None) -> datetime:
    """Return a time as the clock on the wall shows it in the zone."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    if value.tzinfo is not None and timezone is not None:
        value = value.astimezone(zone(timezone))
    return value.replace(tzinfo=None)


def _alone(rule: RecurrenceRule, start: date | datetime, timezone: str | None) -> Series:
    """Return the series that one rule makes, be it one that excludes."""
    return Series.of(f"RRULE:{str(rule).partition(':')[2]}", start, timezone)


def _starts_by(rule: RecurrenceRule, start: date | datetime, timezone: str | None) -> bool:
    # A start that is beside the rule is an occurrence that COUNT does not count.
    once = _alone(rule.counting(1), start, timezone)
    return sum(1 for _ in once.between()) == 1


def _rest_of(
    rule: RecurrenceRule, start: date | datetime, at: date | datetime, timezone: str | None
) -> str | None:
    """Return a rule as it goes on from an occurrence; None if it does not."""
    if rule.count is None:
        return str(rule)
    gone = sum(1 for _ in _alone(rule, start, timezone).between(None, at))
    gone -= not _starts_by(rule, start, timezone)
    return str(rule.counting(rule.count - gone)) if rule.count > gone else None


def _parts_of(
    line: RecurrenceDates, at: date | datetime, timezone: str | None
) -> tuple[RecurrenceDates | None, RecurrenceDates | None]:
    bound = _instant(at, timezone)

    def is_earlier(moment: date | datetime) -> bool:
        return _instant(moment, line.timezone or timezone) < bound

    return line.keeping(is_earlier), line.keeping(lambda moment: not is_earlier(moment))


def _just_before(at: date | datetime, timezone: str | None) -> date | datetime:
    if isinstance(at, datetime):
        return _instant(at, timezone) - timedelta(seconds=1)
    return at - timedelta(days=1)


def _later(text: str, by: timedelta) -> str:
    """Return a date, a time or the length of a period as it is after the move."""
    if text[:1] in ("P", "p", "+", "-"):
        return text
    value = read_value(text)
    if not isinstance(value, datetime):
        return write_date(value + by)  # whole days; the hours of a date do not change it
    return write_time(value + by) if value.tzinfo is None else write_utc(value + by)


def _later_end(until: date | datetime, by: timedelta) -> date | datetime:
    if isinstance(until, datetime) or by % timedelta(days=1) == timedelta(0):
        return until + by
    # In a series with a time, a date is its midnight in UTC: see `Series`.
    return datetime.combine(until, time.min, UTC) + by


def _instant(moment: date | datetime, timezone: str | None) -> datetime:
    """Return a moment in UTC; days and wall times are in the zone, where there is one."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(moment, timezone) if timezone else UTC)
    return moment.astimezone(UTC)
