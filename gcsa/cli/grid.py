"""What grids are drawn of: events as coloured blocks on days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

import attrs

from gcsa.cli.agenda import days_of
from gcsa.cli.canvas import Paint
from gcsa.cli.colors import color_of, text_on
from gcsa.cli.sources import Found
from gcsa.cli.wording import local

MINUTES_OF_DAY = 24 * 60


@attrs.frozen
class Block:
    """An event on one of its days.

    Args:
        title: What it is, in one clean line.
        color: Its colour.
        begin: When it begins on that day, in minutes on the clock; None where it takes the whole day.
        end: When it ends on that day, exclusive.
        is_over: Whether it is over.
        is_open: Whether the user has not agreed to come.
    """

    title: str
    color: str
    begin: int | None
    end: int
    is_over: bool = False
    is_open: bool = False

    @property
    def clock(self) -> str:
        """When it begins, such as `9:15`."""
        return "" if self.begin is None else clock(self.begin)

    @property
    def paint(self) -> Paint:
        """How it is painted: filled with its colour, or framed in it while the user has not agreed to come."""
        if self.is_open:
            return Paint(self.color, dim=self.is_over)
        return Paint(text_on(self.color), self.color, dim=self.is_over)


def clock(minutes: int) -> str:
    """Return minutes of a day as a time on the clock, such as `9:15`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def blocks(found: Iterable[Found], zone: tzinfo, now: datetime) -> dict[date, list[Block]]:
    """Return the blocks of each day.

    Args:
        found: The events, in order.
        zone: The zone of the clock.
        now: The present.
    """
    from gcsa.cli.invitations import own_response
    from gcsa.cli.painting import title

    days: dict[date, list[Block]] = {}
    for one in found:
        event = one.event
        if event.start is None:
            continue
        start = local(event.start, event.timezone, zone)
        end = local(event.end or event.start, event.end_timezone or event.timezone, zone)
        for day in days_of(start, end):
            begin, finish = _within(start, end, day)
            over = end <= now if isinstance(end, datetime) else end <= now.date()
            days.setdefault(day, []).append(
                Block(
                    title(event),
                    color_of(event, one.calendar),
                    begin,
                    finish,
                    over,
                    own_response(event) in ("needsAction", "tentative", "declined"),
                )
            )
    return days


def _within(start: date | datetime, end: date | datetime, day: date) -> tuple[int | None, int]:
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None, MINUTES_OF_DAY
    begin = _minutes(start.time()) if start.date() == day else 0
    finish = _minutes(end.time()) if end.date() == day else MINUTES_OF_DAY
    if begin == 0 and finish == MINUTES_OF_DAY and end - start >= timedelta(hours=23):
        return None, MINUTES_OF_DAY
    return begin, max(finish, begin + 1)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
