"""An event and its copies: whatever becomes of the organizer's event becomes of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gcsa.emulator import rooms
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.events import saving
from gcsa.emulator.resources.events.attendees import attendees
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.finding import Found, decoded, find
from gcsa.emulator.resources.events.following import follow_series
from gcsa.emulator.resources.events.invitations.copies import copy_of
from gcsa.emulator.resources.events.invitations.guests import (
    NOBODY,
    Guest,
    guests_of,
    is_shared,
    rooms_elsewhere,
)
from gcsa.emulator.resources.events.schedule import Placement
from gcsa.emulator.resources.events.series import read_instance_id
from gcsa.emulator.store.events import Kind, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.resources.events.saving import Saved
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.calendars import CalendarRow
    from gcsa.emulator.store.events import EventRow

_AS_IT_WAS: Final[Mapping[int, Resource]] = MappingProxyType({})
_NO_EXCEPTIONS: Final[Mapping[str, Resource]] = MappingProxyType({})
_VERSION_FIELDS: Final = frozenset({"etag", "updated"})


def publish(
    store: Store,
    calendar: CalendarRow,
    event: Resource,
    now: int,
    exceptions: Mapping[str, Resource] = _NO_EXCEPTIONS,
) -> dict[int, Guest]:
    """Put an event on the calendars of its guests.

    Args:
        store: The database.
        calendar: The organizer's calendar.
        event: The event, as it was stored.
        now: The time, in milliseconds.
        exceptions: Its exceptions by their ids, where it is a series that has some already.

    Returns:
        The guests who have a copy now, by their calendars' keys.
    """
    if not is_shared(event, calendar):
        return {}
    return _Spreading(store, calendar, now, _AS_IT_WAS).spread({}, event, exceptions)


def change(
    store: Store,
    calendar: CalendarRow,
    found: Found,
    after: Resource,
    placement: Placement,
    now: int,
    *,
    updated: int | None = None,
    own: Mapping[int, Resource] = _AS_IT_WAS,
) -> Saved:
    """Write a changed event, and all that follows from it: its exceptions and its guests' copies.

    Args:
        store: The database.
        calendar: The calendar that the event is on.
        found: The event as it was.
        after: The event as it is now.
        placement: Where it is found now.
        now: The time, in milliseconds.
        updated: The `updated` to show, where it is not now.
        own: What some guests changed of their own copies, by their calendars' keys.
    """
    before, row = found.resource, found.row
    if row is None:
        saved = saving.add(store, calendar, after, placement, now)
    else:
        saved = saving.replace(store, calendar, after, placement, now, updated=updated)
    exceptions: dict[str, Resource] = {}
    if row is not None and row.kind == Kind.SERIES:
        rows = store.events.exceptions(calendar.key, row.id)
        exceptions = {exception.id: decoded(exception) for exception in rows}
        follow_series(store, calendar, before, after, now)
    if is_shared(before, calendar) and any(
        "attendees" in one for one in (before, after, *exceptions.values())
    ):
        _Spreading(store, calendar, now, own).spread(before, after, exceptions)
    return saved


def respond(
    store: Store,
    calendar: CalendarRow,
    event_id: str,
    address: str,
    response: Resource,
    now: int,
) -> bool:
    """Note a guest's answer on the organizer's event, from where it gets to all copies.

    Args:
        store: The database.
        calendar: The organizer's calendar.
        event_id: The id of an event, a series or an instance.
        address: The guest's.
        response: What changes in the guest's entry: responseStatus, comment, additionalGuests.
        now: The time, in milliseconds.

    Returns:
        Whether that is another answer than before.
    """
    found = find(store, calendar, event_id)
    listed: list[Resource] = found.resource.get("attendees", [])
    answered = answered_by(listed, address, response)
    after = {
        **found.resource,
        "attendees": attendees(answered, listed, found.resource["organizer"]["email"], calendar.id),
    }
    if after["attendees"] == listed:
        return False
    change(store, calendar, found, after, found.placement, now)
    return True


def answered_by(listed: list[Resource], address: str, response: Resource) -> list[Resource]:
    """Return a list of attendees in which one has answered; a member of a group is added to it by answering."""
    if any(one["email"] == address for one in listed):
        return [{**one, **response} if one["email"] == address else one for one in listed]
    return [*listed, {"email": address, **response}]


def withdraw_all(store: Store, calendar: CalendarRow, now: int) -> None:
    """Take everything that is organised on a calendar off its guests' calendars: the calendar is going."""
    for row in store.events.shared_by(calendar.key):
        event = decoded(row)
        if is_shared(event, calendar):
            cancelled = {**event, "status": "cancelled"}
            _Spreading(store, calendar, now, _AS_IT_WAS).spread(event, cancelled)


def spread_again(
    store: Store,
    calendar: CalendarRow,
    before: Resource,
    event: Resource,
    now: int,
    *,
    exceptions: Mapping[str, Resource] = _NO_EXCEPTIONS,
    own: Mapping[int, Resource] = _AS_IT_WAS,
) -> None:
    """Bring the copies of an event in line with it, after it was written by other means than `change`.

    Args:
        store: The database.
        calendar: The organizer's calendar.
        before: The event as the copies have it.
        event: The event as it is now.
        now: The time, in milliseconds.
        exceptions: Its exceptions as they were, by their ids, where it is a series.
        own: What some guests have of their own on their copies, by their calendars' keys.
    """
    if is_shared(event, calendar) and any(
        "attendees" in one for one in (before, event, *exceptions.values())
    ):
        _Spreading(store, calendar, now, own).spread(before, event, exceptions)


class _Spreading:
    """One change on its way from an organizer's calendar to the guests'."""

    def __init__(
        self, store: Store, calendar: CalendarRow, now: int, own: Mapping[int, Resource]
    ) -> None:
        self._store = store
        self._calendar = calendar
        self._now = now
        self._own = own

    def spread(
        self, before: Resource, after: Resource, exceptions: Mapping[str, Resource] = _NO_EXCEPTIONS
    ) -> dict[int, Guest]:
        """Bring the copies of an event, and of the exceptions that it had as a series, in line.

        Returns:
            The guests who have a copy of the event now.
        """
        invited = self._event(before, after)
        for event_id, was in exceptions.items():
            row = self._store.events.get(self._calendar.key, event_id)
            if row is not None:
                self._event(was, decoded(row), before, after)
        return invited

    def _event(self, before: Resource, after: Resource, *series: Resource) -> dict[int, Guest]:
        """Bring the copies of one event in line.

        Args:
            before: The event as it was; empty for a new one.
            after: The event as it is.
            series: The versions of the series that an exception belongs to: whose guests have the instance, too.
        """
        is_there = after["status"] != "cancelled"
        invited = guests_of(self._store, after) if is_there else NOBODY
        if rooms_elsewhere(invited):
            for address in rooms_elsewhere(invited):
                rooms.open_room(self._store, address, self._calendar, self._now)
            invited = guests_of(self._store, after)
        uid: str = next(one["iCalUID"] for one in (after, before, *series) if "iCalUID" in one)
        for former in (before, *series):
            for key, guest in guests_of(self._store, former).here.items():
                if key not in invited.here and key != self._calendar.key:
                    self._withdraw(guest, after["id"], uid)
        for guest in invited.here.values():
            self._give(guest, before, after)
        if invited.elsewhere:
            self._store.invitations.keep(invited.elsewhere, self._calendar.key, after["id"])
        return invited.here

    def _give(self, guest: Guest, before: Resource, after: Resource) -> None:
        """Put the copy of an event on a guest's calendar, or bring it up to date."""
        store, calendar = self._store, guest.calendar
        there = self._copy(calendar, after["id"])
        row = None if there is None else there.row
        known: Resource = {} if there is None else there.resource
        if row is not None and not _is_copy(row, known, calendar, after["iCalUID"]):
            # Another event of the guest's has this id: ids are unique only on each calendar.
            return
        if row is not None and row.state != State.LIVE and _has_declined(after, guest.address):
            # The guest took it off their calendar.
            return
        is_new = "start" not in known
        own = self._own.get(calendar.key, {} if is_new else known)
        copy, placement = copy_of(after, calendar, own, {} if is_new else before)
        if row is None and there is None:
            saving.add(store, calendar, copy, placement, self._now)
            return
        if row is None or row.state == State.LIVE:
            stored = ordered(known)
            names = (copy.keys() | stored.keys()) - _VERSION_FIELDS
            if all(copy.get(name) == stored.get(name) for name in names):
                return
        copy["etag"] = known["etag"]
        if row is None:
            saving.add(store, calendar, copy, placement, self._now)
            return
        saving.replace(store, calendar, copy, placement, self._now)
        if Kind.SERIES in (row.kind, placement.kind):
            follow_series(store, calendar, copy if is_new else known, copy, self._now)

    def _withdraw(self, guest: Guest, event_id: str, uid: str) -> None:
        """Take the copy of an event off a guest's calendar."""
        store, calendar = self._store, guest.calendar
        there = self._copy(calendar, event_id)
        if there is None:
            return
        row = there.row
        if row is None:
            cancelled = {**there.resource, "status": "cancelled"}
            saving.add(store, calendar, cancelled, there.placement, self._now)
            return
        copy = there.resource
        if row.state != State.LIVE or not _is_copy(row, copy, calendar, uid):
            return
        if row.kind == Kind.SERIES:
            follow_series(store, calendar, copy, {**copy, "status": "cancelled"}, self._now)
        state = State.DELETED
        if row.series is not None and self._has_series(calendar, row.series):
            state = State.CANCELLED_INSTANCE
        saving.leave_tombstone(store, calendar, row, self._now, state=state)

    def _copy(self, calendar: CalendarRow, event_id: str) -> Found | None:
        """Return what is on a guest's calendar under an event's id: an instance that only its series says is, too."""
        row = self._store.events.get(calendar.key, event_id)
        if row is None and read_instance_id(event_id) is None:
            return None
        try:
            return find(self._store, calendar, event_id)
        except ApiError:
            return None

    def _has_series(self, calendar: CalendarRow, series_id: str) -> bool:
        row = self._store.events.get(calendar.key, series_id)
        return row is not None and row.state == State.LIVE and row.kind == Kind.SERIES


def _has_declined(event: Resource, address: str) -> bool:
    listed: list[Resource] = event["attendees"]
    return any(
        one["email"] == address and one.get("responseStatus") == "declined" for one in listed
    )


def _is_copy(row: EventRow, resource: Resource, calendar: CalendarRow, uid: str) -> bool:
    """Whether what is on a calendar is a copy of the event of this iCalUID, and no event of the calendar's own."""
    organizer: str | None = resource.get("organizer", {}).get("email")
    return row.ical_uid == uid and organizer != calendar.id
