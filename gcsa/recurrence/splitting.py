"""A series cut in two at one of its occurrences: "this and following"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from gcsa.recurrence.expansion import Series
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, read_lines
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
            following.append(str(_rest_of(line, start, at, timezone)))
        else:
            earlier, later = _parts_of(line, at, timezone)
            before += [str(earlier)] if earlier else []
            following += [str(later)] if later else []
    return before, following


def _just_before(at: date | datetime, timezone: str | None) -> date | datetime:
    if isinstance(at, datetime):
        return _instant(at, timezone) - timedelta(seconds=1)
    return at - timedelta(days=1)


def _rest_of(
    rule: RecurrenceRule, start: date | datetime, at: date | datetime, timezone: str | None
) -> RecurrenceRule:
    """Return the rule of the occurrences that are left; of one with COUNT there are fewer."""
    if rule.count is None:
        return rule
    body = str(rule).partition(":")[2]
    alone = Series.of(f"RRULE:{body}", start, timezone)
    gone = sum(1 for _ in alone.between(None, at))
    # A start that the rule does not match is an occurrence that COUNT does not count.
    only_one = rule.counting(1)
    first = Series.of(f"RRULE:{str(only_one).partition(':')[2]}", start, timezone).last()
    if first != alone.first():
        gone -= 1
    return rule.counting(max(1, rule.count - gone))


def _parts_of(
    line: RecurrenceDates, at: date | datetime, timezone: str | None
) -> tuple[RecurrenceDates | None, RecurrenceDates | None]:
    bound = _instant(at, timezone)
    zone = line.timezone or timezone
    return (
        line.keeping(lambda moment: _instant(moment, zone) < bound),
        line.keeping(lambda moment: _instant(moment, zone) >= bound),
    )


def _instant(moment: date | datetime, timezone: str | None) -> datetime:
    """Return a moment in UTC; days and wall times are in the zone, where there is one."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(moment, timezone) if timezone else UTC)
    return moment.astimezone(UTC)
