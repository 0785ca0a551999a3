"""Which event or calendar is meant by an id, the beginning of one, or words of its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from gcsa.calendar import CalendarListEntry
from gcsa.cli.failure import Failure
from gcsa.cli.plain_text import one_line
from gcsa.cli.records import name_of
from gcsa.cli.sources import Found, Source
from gcsa.cli.windows import Window
from gcsa.cli.wording import when_text
from gcsa.event_time import moment

if TYPE_CHECKING:
    from gcsa.event import Event

# Where events are looked for that are named by words: what is over for longer is seldom meant.
BACK = timedelta(days=30)
AHEAD = timedelta(days=365)
# The least of an id that is taken for the beginning of one.
LEAST = 4
MOST_LISTED = 10
_ID = re.compile(r"[A-Za-z0-9_@.\-]{5,1024}")


def usual_window(now: datetime) -> Window:
    """Return the window in which events are looked for that are named by words."""
    return Window(now - BACK, now + AHEAD)


def by_id(words: str, source: Source, calendars: Sequence[CalendarListEntry]) -> Found | None:
    """Return the event whose whole id is given."""
    if not _ID.fullmatch(words):
        return None
    for calendar in calendars:
        event = source.event(words, calendar.calendar_id or "")
        if event is not None:
            return Found(event, calendar)
    return None


def choose(found: Sequence[Found], words: str, now: datetime) -> Found:
    """Return the one event that is meant.

    Of the instances of one series it is the one that is on, or else the next, or else the last. An id's beginning goes
    before a whole summary, and that before words of one.

    Args:
        found: All events that could be meant, in order.
        words: The beginning of an id, or words of the summary.
        now: The present, in the user's zone.

    Raises:
        Failure: None is meant, or several are; they are listed then.
    """
    wanted = " ".join(words.split()).casefold()
    for matches in (_begins, _is_called, _mentions):
        candidates = [one for one in found if matches(one.event, wanted)]
        if candidates:
            several = one_of_each_series(candidates, now)
            if len(several) == 1:
                return several[0]
            raise _ambiguous(several, words, now.tzinfo)
    raise Failure(
        f"No event matches {words!r}.",
        "Look for it with: gcsa find; say when it is with --on, or where with --calendar.",
    )


def choose_calendar(calendars: Sequence[CalendarListEntry], name: str) -> CalendarListEntry:
    """Return the one calendar that is meant by an id, a name, or the beginning of either.

    Raises:
        Failure: None is meant, or several are.
    """
    wanted = name.strip().casefold()
    if wanted == "primary":
        for one in calendars:
            if one.primary:
                return one
    for matches in (_has_id, _has_name, _starts, _contains):
        candidates = [one for one in calendars if matches(one, wanted)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            listed = "; ".join(
                f"{one_line(name_of(one))} ({one.calendar_id})" for one in candidates
            )
            raise Failure(f"Several calendars match {name!r}: {listed}.", "Give the id of one.")
    raise Failure(f"No calendar matches {name!r}.", "See: gcsa calendars list")


def _has_id(calendar: CalendarListEntry, wanted: str) -> bool:
    return (calendar.calendar_id or "").casefold() == wanted


def _has_name(calendar: CalendarListEntry, wanted: str) -> bool:
    return name_of(calendar).casefold() == wanted


def _starts(calendar: CalendarListEntry, wanted: str) -> bool:
    return (calendar.calendar_id or "").casefold().startswith(wanted) or name_of(
        calendar
    ).casefold().startswith(wanted)


def _contains(calendar: CalendarListEntry, wanted: str) -> bool:
    return bool(wanted) and wanted in name_of(calendar).casefold()


def _begins(event: Event, wanted: str) -> bool:
    return len(wanted) >= LEAST and (event.event_id or "").casefold().startswith(wanted)


def _is_called(event: Event, wanted: str) -> bool:
    return bool(wanted) and " ".join((event.summary or "").split()).casefold() == wanted


def _mentions(event: Event, wanted: str) -> bool:
    summary = (event.summary or "").casefold()
    return bool(wanted) and all(word in summary for word in wanted.split())


def one_of_each_series(found: Sequence[Found], now: datetime) -> list[Found]:
    """Return events in order, of the instances of each series the one that is on, or else the next, or else the last.

    Args:
        found: The events, in order.
        now: The present, in the user's zone.
    """
    chosen: dict[tuple[str | None, str | None], Found] = {}
    for one in found:
        key = (one.calendar.calendar_id, one.event.recurring_event_id or one.event.event_id)
        earlier = chosen.get(key)
        # They come in order: one that is over gives way to the next.
        if earlier is None or _is_over(earlier.event, now):
            chosen[key] = one
    kept = {id(one) for one in chosen.values()}
    return [one for one in found if id(one) in kept]


def _is_over(event: Event, now: datetime) -> bool:
    end = event.end or event.start
    if end is None:
        return True
    if not isinstance(end, datetime):
        return end <= now.date()
    return moment(end, event.timezone) <= now


def _ambiguous(found: Sequence[Found], words: str, zone: tzinfo | None) -> Failure:
    several = len({one.calendar.calendar_id for one in found}) > 1
    rows = [
        f"  {one.event.event_id}  {when_text(one.event, zone)}  {one_line(one.event.summary)}"
        + (f" [{one_line(name_of(one.calendar))}]" if several else "")
        for one in found[:MOST_LISTED]
    ]
    if len(found) > MOST_LISTED:
        rows.append(f"  … and {len(found) - MOST_LISTED} more")
    return Failure(
        f"{len(found)} events match {words!r}:\n" + "\n".join(rows),
        "Give the id of one, or say when it is with --on.",
    )
