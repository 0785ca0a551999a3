"""Events that are on at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs

from gcsa.cli.invitations import own_response
from gcsa.cli.sources import Found
from gcsa.event_time import moment


@attrs.frozen
class Clash:
    """Two events that are on at the same time, from `start` to `end`."""

    first: Found
    second: Found
    start: datetime
    end: datetime


def clashes(found: Sequence[Found]) -> list[Clash]:
    """Return the pairs of events that overlap, in order.

    What takes no time does not count: whole days, what is shown as free, and what the user has declined. Neither do the
    copies of one event on several calendars.
    """
    timed = [one for one in found if _takes_time(one)]
    spans = sorted(((*_span(one), number) for number, one in enumerate(timed)))
    met: list[Clash] = []
    going: list[tuple[datetime, Found]] = []
    for start, end, number in spans:
        one = timed[number]
        going = [(until, other) for until, other in going if until > start]
        met += [
            Clash(other, one, start, min(until, end))
            for until, other in going
            if not _is_same(other, one)
        ]
        going.append((end, one))
    return met


def _takes_time(one: Found) -> bool:
    event = one.event
    return (
        isinstance(event.start, datetime)
        and isinstance(event.end, datetime)
        and event.transparency != "transparent"
        and event.event_type != "workingLocation"
        and own_response(event) != "declined"
    )


def _span(one: Found) -> tuple[datetime, datetime]:
    event = one.event
    start, end = event.start, event.end
    if start is None or end is None:
        raise ValueError("The event has no time.")
    return moment(start, event.timezone), moment(end, event.end_timezone or event.timezone)


def _is_same(one: Found, other: Found) -> bool:
    uid = one.event.ical_uid
    return uid is not None and uid == other.event.ical_uid and _span(one)[0] == _span(other)[0]
