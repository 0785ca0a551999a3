"""What guests do: answer, change their own copy or, where they may, the event; and take their copy off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.attendees import RESPONSE, attendees
from gcsa.emulator.resources.events.finding import Found, decoded, find
from gcsa.emulator.resources.events.following import follow_series
from gcsa.emulator.resources.events.invitations import organizing, spreading
from gcsa.emulator.resources.events.invitations.guests import guests_of, is_shared
from gcsa.emulator.resources.events.invitations.rights import check_guest, shared_changes
from gcsa.emulator.resources.events.invitations.telling import tell_answer
from gcsa.emulator.resources.events.schedule import Placement, schedule
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow


class Organized(NamedTuple):
    """The event that a guest's copy is one of.

    Attributes:
        calendar: The organizer's calendar.
        found: The event on it.
    """

    calendar: CalendarRow
    found: Found


def organized(store: Store, calendar: CalendarRow, resource: Resource) -> Organized | None:
    """Return the event that a copy on a guest's calendar is one of; None for what is no such copy.

    That is: for the calendar's own events, and for copies of what somebody organises elsewhere.
    """
    organizer: str | None = resource.get("organizer", {}).get("email")
    if organizer is None or organizer == calendar.id:
        return None
    home = store.calendars.by_id(organizer)
    if home is None or home.deleted:
        return None
    try:
        found = find(store, home, resource["id"])
    except ApiError:
        return None
    event = found.resource
    if (
        event["status"] == "cancelled"
        or not is_shared(event, home)
        or calendar.key not in guests_of(store, event).here
    ):
        return None
    return Organized(home, found)


def change_copy(
    call: Call, calendar: CalendarRow, found: Found, after: Resource, event: Organized
) -> Found:
    """Change a guest's copy, and what of it is everybody's on the organizer's event.

    Args:
        call: The call.
        calendar: The guest's calendar.
        found: The copy as it was.
        after: The copy as the guest would have it.
        event: The organizer's event.

    Returns:
        The copy as it is now.

    Raises:
        ApiError: 403, the guest may not change that.
    """
    before, known = found.resource, event.found.resource
    if "source" in before:
        after["source"] = before["source"]
    else:
        after.pop("source", None)
    after["sequence"] = before["sequence"]
    changes = shared_changes(before, after) - {"status"}
    if before["status"] != "cancelled" and after["status"] != before["status"]:
        changes |= {"status"}
    listed = _listed(calendar, before, after, known)
    check_guest(known, changes, listed.added, listed.removed)
    changed = _merged(known, after, changes, listed.attendees, event.calendar)
    if before["status"] == "cancelled" and after["status"] != "cancelled":
        _bring_back(call, calendar, found, after, event)
    elif changed == known:
        _keep(call, calendar, found, after)
    if changed != known:
        placement = _placement(changed, event)
        organizing.change(
            call, event.calendar, event.found, changed, placement, own={calendar.key: after}
        )
        _tell(call, calendar, before, changed)
    return find(call.store, calendar, before["id"])


def take_off(call: Call, calendar: CalendarRow, found: Found, event: Organized | None) -> None:
    """Take a copy off its guest's calendar; for the others, the guest declined.

    "the events to which the user was invited and that they manually removed continue to provide details"
    https://developers.google.com/workspace/calendar/api/v3/reference/events#status

    Args:
        call: The call.
        calendar: The guest's calendar.
        found: The copy.
        event: The organizer's event, None where there is none here.
    """
    store, now, before = call.store, call.now, found.resource
    after = {**before, "status": "cancelled"}
    if event is not None:
        declined = {"responseStatus": "declined"}
        listed = spreading.answered_by(before.get("attendees", []), calendar.id, declined)
        after["attendees"] = attendees(listed, [], before["organizer"]["email"], calendar.id)
    row = found.row
    if row is None:
        saving.add(store, calendar, after, found.placement, now)
    else:
        is_alone = row.series is not None and store.events.get(calendar.key, row.series) is None
        state = State.DELETED if is_alone else None
        saving.rewrite(store, calendar, row, after, now, state=state)
        if row.kind == Kind.SERIES:
            follow_series(store, calendar, before, after, now)
    if event is not None:
        declined = {"responseStatus": "declined"}
        if spreading.respond(store, event.calendar, before["id"], calendar.id, declined, now):
            tell_answer(call, event.found.resource, calendar.id, "declined")


class _List(NamedTuple):
    """The organizer's list of attendees after a guest's change of theirs.

    Attributes:
        attendees: The list.
        added: Whether somebody was added.
        removed: Whether somebody was removed.
    """

    attendees: list[Resource]
    added: bool
    removed: bool


def _listed(calendar: CalendarRow, before: Resource, after: Resource, event: Resource) -> _List:
    """Return the organizer's list with a guest's answer, and with the guests that they added and removed.

    The answers of others are theirs to give: what a guest says of them changes nothing.
    """
    known: list[Resource] = event.get("attendees", [])
    given: dict[str, Resource] = {one["email"]: one for one in after.get("attendees", [])}
    seen = {one["email"] for one in before.get("attendees", [])}
    answered = known
    if own := given.get(calendar.id):
        old = {one["email"]: one for one in before.get("attendees", [])}.get(calendar.id, {})
        if any(own.get(name) != old.get(name) for name in RESPONSE):
            entry = {name: own.get(name) for name in RESPONSE}
            answered = spreading.answered_by(known, calendar.id, entry)
    may_change = event.get("guestsCanModify") is True
    addresses = {one["email"] for one in known}
    kept = [
        _with_manner(one, given.get(one["email"]) if may_change else None)
        for one in answered
        if one["email"] in given or one["email"] not in seen
    ]
    added = [
        {**one, "responseStatus": "needsAction"}
        for address, one in given.items()
        if address not in addresses and address not in seen and address != calendar.id
    ]
    return _List([*kept, *added], bool(added), len(kept) < len(answered))


def _with_manner(entry: Resource, given: Resource | None) -> Resource:
    """Return an attendee's entry with the name and the importance that a guest who may change the event gives it."""
    if given is None:
        return entry
    return {**entry, **{name: given.get(name) for name in ("displayName", "optional")}}


def _merged(
    event: Resource,
    copy: Resource,
    changes: frozenset[str],
    listed: list[Resource],
    calendar: CalendarRow,
) -> Resource:
    """Return the organizer's event with a guest's changes."""
    merged = dict(event)
    for name in changes:
        if name == "extendedProperties":
            properties = {
                "private": event.get(name, {}).get("private"),
                "shared": copy.get(name, {}).get("shared"),
            }
            merged[name] = {group: named for group, named in properties.items() if named}
        elif name in copy:
            merged[name] = copy[name]
        else:
            merged.pop(name, None)
    before: list[Resource] = event.get("attendees", [])
    merged["attendees"] = attendees(listed, before, event["organizer"]["email"], calendar.id)
    if changes & frozenset(organizing.RESCHEDULING):
        merged["sequence"] = event["sequence"] + 1
    return merged


def _placement(event: Resource, organized_event: Organized) -> Placement:
    placed = schedule(event, organized_event.calendar.time_zone)
    there = organized_event.found.placement
    if there.kind is not Kind.EXCEPTION:
        return placed
    return there._replace(starts=placed.starts, ends=placed.ends)


def _bring_back(
    call: Call, calendar: CalendarRow, found: Found, after: Resource, event: Organized
) -> None:
    """Put a copy that its guest had taken off on their calendar again, with what the others have changed since."""
    if found.row is None:
        return
    store, home = call.store, event.calendar
    saving.rewrite(store, calendar, found.row, dict(after), call.now, state=State.LIVE)
    if found.row.kind == Kind.SERIES:
        follow_series(store, calendar, found.resource, after, call.now)
    rows = store.events.exceptions(home.key, found.row.id)
    exceptions = {row.id: decoded(row) for row in rows}
    spreading.publish(store, home, event.found.resource, call.now, exceptions)


def _keep(call: Call, calendar: CalendarRow, found: Found, after: Resource) -> None:
    """Write what a guest changed of their own copy alone."""
    placement = _placed_copy(after, calendar, found)
    if found.row is None:
        saving.add(call.store, calendar, after, placement, call.now)
        return
    saving.replace(call.store, calendar, after, placement, call.now)
    if found.row.kind == Kind.SERIES:
        follow_series(call.store, calendar, found.resource, after, call.now)


def _placed_copy(after: Resource, calendar: CalendarRow, found: Found) -> Placement:
    placed = schedule(after, calendar.time_zone)
    if found.placement.kind is not Kind.EXCEPTION:
        return placed
    return found.placement._replace(starts=placed.starts, ends=placed.ends)


def _tell(call: Call, calendar: CalendarRow, before: Resource, event: Resource) -> None:
    old = {one["email"]: one for one in before.get("attendees", [])}.get(calendar.id, {})
    new = {one["email"]: one for one in event.get("attendees", [])}.get(calendar.id)
    if new is not None and any(old.get(name) != new.get(name) for name in RESPONSE):
        tell_answer(call, event, calendar.id, new["responseStatus"])
