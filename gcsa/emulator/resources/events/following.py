"""What a change of a series does to its exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.finding import decoded
from gcsa.emulator.resources.events.series import RecurringEvent
from gcsa.emulator.store.events import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow

# What is an exception's own, whatever its series has.
_OWN: Final = frozenset(
    {
        "kind",
        "etag",
        "id",
        "status",
        "htmlLink",
        "created",
        "updated",
        "start",
        "end",
        "recurrence",
        "recurringEventId",
        "originalStartTime",
        "iCalUID",
        "sequence",
    }
)


def follow_series(
    store: Store, calendar: CalendarRow, before: Resource, after: Resource, now: int
) -> None:
    """Bring the exceptions of a series in line with it.

    Exceptions "are still part of the series, but changes are preserved even if the recurring event itself is updated":
    https://gsuite-developers.googleblog.com/2011/12/calendar-v3-best-practices-recurring.html .
    So an exception takes over what changed in the series only where it had the same as the series before. One that the
    series no longer has a place for is deleted, as are all when the series is.

    Args:
        store: The database.
        calendar: The calendar that they are on.
        before: The series as it was.
        after: The series as it is now.
        now: The time, in milliseconds.
    """
    old, new = ordered(before), ordered(after)
    changed = {name for name in (old.keys() | new.keys()) - _OWN if old.get(name) != new.get(name)}
    event = None
    if "recurrence" in after and after["status"] != "cancelled":
        event = RecurringEvent(after, calendar)
    starts_kept = all(old.get(name) == new.get(name) for name in ("start", "recurrence"))
    for row in store.events.exceptions(calendar.key, after["id"]):
        resource = decoded(row)
        if row.state == State.DELETED:
            if event is not None and event.has_start(resource["originalStartTime"]):
                # The series has come back to it: the instance is as the series has it. It keeps its row, as whoever
                # knows it as changed or cancelled has to hear of that.
                instance, placement = event.instance_at(resource["originalStartTime"])
                instance["etag"] = resource["etag"]
                saving.replace(store, calendar, instance, placement, now)
            continue
        gone = event is None or not (starts_kept or event.has_start(resource["originalStartTime"]))
        if gone:
            resource["status"] = "cancelled"
            saving.rewrite(store, calendar, row, resource, now, state=State.DELETED)
            continue
        if row.state == State.CANCELLED_INSTANCE:
            continue
        inherited = inheriting(resource, old, new, changed)
        if inherited != resource:
            saving.rewrite(store, calendar, row, inherited, now)


def inheriting(
    exception: Resource, old: Resource, new: Resource, changed: Iterable[str]
) -> Resource:
    """Return an exception with what changed in its series, wherever it had the same as the series before.

    Attendees and extended properties count one by one: who declined this instance alone has still declined it.

    Args:
        exception: The exception.
        old: The series as it was.
        new: The series as it is now.
        changed: The fields that changed in it.
    """
    result = dict(exception)
    for name in changed:
        value: Any = _inherited(name, exception.get(name), old.get(name), new.get(name))
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def _inherited(name: str, own: Any, old: Any, new: Any) -> Any:
    if own == old:
        return new
    if name == "attendees":
        entries = _inherited_entries(_by_address(own), _by_address(old), _by_address(new))
        return list(entries.values()) or None
    if name == "extendedProperties":
        sides: list[Resource] = [own or {}, old or {}, new or {}]
        groups: Resource = {}
        for group in ("private", "shared"):
            entries = _inherited_entries(*(side.get(group, {}) for side in sides))
            if entries:
                groups[group] = entries
        return groups or None
    return own


def _inherited_entries(own: Resource, old: Resource, new: Resource) -> Resource:
    """Return entries in which those that are as they were before are as they are now."""
    kept = {name: new.get(name) if value == old.get(name) else value for name, value in own.items()}
    added = {name: value for name, value in new.items() if name not in old and name not in own}
    return {name: value for name, value in {**kept, **added}.items() if value is not None}


def _by_address(attendees: list[Resource] | None) -> Resource:
    return {one["email"]: one for one in attendees or ()}
