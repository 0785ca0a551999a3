"""Who is told of an event by mail: the mails of an invitation, a change, a cancellation and an answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from gcsa.emulator import calendar_lists, times
from gcsa.emulator.organization import domain_of, is_consumer, is_organization, is_room
from gcsa.emulator.resources.events.fields import ordered
from gcsa.emulator.resources.events.finding import find
from gcsa.emulator.resources.events.invitations.copies import FOLLOWING, PRIVATE
from gcsa.emulator.store.mails import StoredMail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.call import Call
    from gcsa.emulator.resources.events.invitations.automatic import AutomaticAnswer
    from gcsa.emulator.store import Store

INVITATION: Final = "invitation"
UPDATE: Final = "update"
CANCELLATION: Final = "cancellation"
RESPONSE: Final = "response"
# Which notification of a calendar a mail is: who has turned it off gets none.
# https://developers.google.com/workspace/calendar/api/v3/reference/calendarList#notificationSettings
_NOTIFICATIONS: Final = {
    INVITATION: "eventCreation",
    UPDATE: "eventChange",
    CANCELLATION: "eventCancellation",
    RESPONSE: "eventResponse",
}
_WORDS: Final = {
    INVITATION: "Invitation",
    UPDATE: "Updated invitation",
    CANCELLATION: "Canceled event",
}
_ANSWERS: Final = {
    "accepted": "Accepted",
    "declined": "Declined",
    "tentative": "Tentatively accepted",
    "needsAction": "Not answered",
}
# Changes that nobody but the copy's owner can see, and answers, of which only the organizer is told.
_NO_NEWS: Final = (
    PRIVATE
    | frozenset(FOLLOWING)
    | {
        "etag",
        "updated",
        "sequence",
        "attendees",
        "attendeesOmitted",
        "source",
    }
)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAY: Final = timedelta(days=1)


def tell(call: Call, before: Resource, after: Resource, *, by_guest: bool = False) -> None:
    """Tell an event's guests of what became of it, as far as the call wants that.

    Args:
        call: The call: its sendUpdates says whom to tell.
        before: The event as it was; empty for a new one.
        after: The event as it is.
        by_guest: Whether a guest changed it, so that the organizer has to be told, too.
    """
    if _mode(call) == "none":
        return
    was = _invited(before) if before.get("status") != "cancelled" else {}
    invited = _invited(after) if after["status"] != "cancelled" else {}
    is_news = bool(before) and _has_news(before, after)
    for address in {**was, **invited}:
        if address not in invited:
            _send(call, CANCELLATION, address, before)
        elif address not in was:
            _send(call, INVITATION, address, after)
        elif is_news:
            _send(call, UPDATE, address, after)
    if by_guest and is_news:
        _send(call, UPDATE, after["organizer"]["email"], after)


def tell_answer(call: Call, event: Resource, address: str, status: str) -> None:
    """Tell the organizer of an event of somebody's answer.

    Args:
        call: The call: its sendUpdates says whether to.
        event: The event.
        address: Who answered.
        status: Their answer.
    """
    organizer: str = event["organizer"]["email"]
    if organizer != address and _is_told(call, RESPONSE, organizer):
        subject = f"{_ANSWERS[status]}: {_title(event)} @ {_when(event)} ({address})"
        _keep(call, RESPONSE, address, organizer, subject, event)


def tell_answers(call: Call, answers: Iterable[AutomaticAnswer]) -> None:
    """Tell organizers of invitations that were answered by themselves."""
    for answer in answers:
        calendar = call.store.calendars.by_id(answer.address)
        if calendar is not None:
            event = find(call.store, calendar, answer.event_id).resource
            tell_answer(call, event, answer.address, answer.status)


def _mode(call: Call) -> str:
    """Return who is to be told: all, externalOnly or none, which is the default."""
    mode = call.parameters.text("sendUpdates")
    if mode is not None:
        return mode
    # "Deprecated. Please use sendUpdates instead. […] The default is false."
    return "all" if call.parameters.flag("sendNotifications") else "none"


def _invited(event: Resource) -> dict[str, None]:
    """Return the addresses of an event's guests, its organizer and rooms aside, who read no mail."""
    listed: list[Resource] = event.get("attendees", [])
    return {
        one["email"]: None
        for one in listed
        if not one.get("organizer") and not one.get("resource") and not is_room(one["email"])
    }


def _has_news(before: Resource, after: Resource) -> bool:
    left, right = ordered(before), ordered(after)
    return any(
        left.get(name) != right.get(name) for name in (left.keys() | right.keys()) - _NO_NEWS
    )


def _send(call: Call, kind: str, address: str, event: Resource) -> None:
    if address != call.user.email and _is_told(call, kind, address):
        subject = f"{_WORDS[kind]}: {_title(event)} @ {_when(event)} ({address})"
        _keep(call, kind, call.user.email, address, subject, event)


def _is_told(call: Call, kind: str, address: str) -> bool:
    mode = _mode(call)
    if mode == "none" or (mode == "externalOnly" and not _is_external(call.store, address)):
        return False
    return _has_notification(call.store, kind, address)


def _is_external(store: Store, address: str) -> bool:
    """Whether somebody is one of the "non-Google Calendar guests": has no account here, nor has their domain."""
    return not (
        store.users.by_email(address) is not None
        or store.calendars.by_id(address) is not None
        or store.groups.exists(address)
        or is_consumer(address)
        or is_organization(store, domain_of(address))
    )


def _has_notification(store: Store, kind: str, address: str) -> bool:
    user, calendar = store.users.by_email(address), store.calendars.by_id(address)
    if user is None or calendar is None:
        return True
    own = calendar_lists.own_fields(store, user.key, calendar.key)
    notifications: list[Resource] = own.get("notificationSettings", {}).get("notifications", [])
    return any(one.get("type") == _NOTIFICATIONS[kind] for one in notifications)


def _keep(
    call: Call, kind: str, sender: str, recipient: str, subject: str, event: Resource
) -> None:
    call.store.mails.add(
        StoredMail(
            sent=call.now,
            kind=kind,
            sender=sender,
            recipient=recipient,
            subject=subject,
            calendar=event["organizer"]["email"],
            event=event["id"],
        )
    )


# Subjects -----------------------------------------------------------------------------------------------


def _title(event: Resource) -> str:
    return event.get("summary") or "(No title)"


def _when(event: Resource) -> str:
    """Return when an event is, such as `Tue Mar 3, 2026 10am - 11:30am (Europe/Prague)`."""
    start, end = event["start"], event["end"]
    if "date" in start:
        first, last = date.fromisoformat(start["date"]), date.fromisoformat(end["date"])
        last = max(first, last - _DAY) if last > date.min else first
        return _day(first) if first == last else f"{_day(first)} - {_day(last)}"
    name: str = start.get("timeZone", "UTC")
    zone = times.known_zone(name)
    begins = times.known_date_time(start["dateTime"]).astimezone(zone)
    ends = times.known_date_time(end["dateTime"]).astimezone(zone)
    until = _hour(ends) if ends.date() == begins.date() else f"{_day(ends)} {_hour(ends)}"
    return f"{_day(begins)} {_hour(begins)} - {until} ({name})"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _hour(time: datetime) -> str:
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{(time.hour + 11) % 12 + 1}{minutes}{'am' if time.hour < 12 else 'pm'}"
