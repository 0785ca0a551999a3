"""What a calendar's new time zone does to the events on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import times
from gcsa.emulator.resources.events.fields import event_text
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.schedule import read_moment, schedule, shown_in_zone
from gcsa.emulator.store.events import Kind, State, StoredEvent

if TYPE_CHECKING:
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow


def change_zone(store: Store, calendar: CalendarRow) -> None:
    """Show a calendar's events in its new zone, and move their days to the midnights there.

    The events themselves do not change: neither their etags nor what a sync token counts from.

    Args:
        store: The database.
        calendar: The calendar, with its new zone.
    """
    for row in store.events.by_updated(calendar.key):
        store.events.replace(_in_zone(row, calendar))


def _in_zone(row: EventRow, calendar: CalendarRow) -> StoredEvent:
    resource = decoded(row)
    starts, ends, original_start = row.starts, row.ends, row.original_start
    if original := resource.get("originalStartTime"):
        before = original_start
        original_start = read_moment(original, "start", calendar.time_zone).at
        # The text of a cancelled instance has no other time than this one.
        moved = 0 if before is None else original_start - before
        starts, ends = starts + moved, ends + moved
        zone = times.known_zone(calendar.time_zone)
        resource["originalStartTime"] = shown_in_zone(original, zone)
    if "start" in resource:
        placement = schedule(resource, calendar.time_zone)
        starts, ends = placement.starts, placement.ends
    return StoredEvent(
        calendar=row.calendar,
        id=row.id,
        resource=event_text(resource),
        state=State(row.state),
        kind=Kind(row.kind),
        starts=starts,
        ends=ends,
        updated=row.updated,
        change=row.change,
        ical_uid=row.ical_uid,
        series=row.series,
        original_start=original_start,
        event_type=row.event_type,
    )
