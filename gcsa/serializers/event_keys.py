"""The keys of an event's JSON: which attributes of `Event` each says, and how.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeVar, cast

from attrs import frozen

from gcsa._on_demand import Readers, attributes_of_own
from gcsa.conference import ConferenceSolution, ConferenceSolutionCreateRequest
from gcsa.event import Event, Visibility
from gcsa.event_time import moment, read_moment, read_time, read_zone, write_time
from gcsa.person import Person
from gcsa.reminders import Reminder
from gcsa.serializers.attachment_serializer import AttachmentSerializer
from gcsa.serializers.attendee_serializer import AttendeeSerializer
from gcsa.serializers.base_serializer import BaseSerializer, copy_json
from gcsa.serializers.conference_serializer import read_conference, write_conference
from gcsa.serializers.person_serializer import PersonSerializer
from gcsa.serializers.reminder_serializer import ReminderSerializer

T = TypeVar("T")

Resource = dict[str, Any]

# What Google sets and nobody sends: "Read-only" in the reference. Other keys that are read-only
# there, such as htmlLink, go back with the rest; Google ignores them.
READ_ONLY = frozenset({"created", "updated", "creator", "organizer"})


@frozen
class Key:
    """A key of the JSON that says attributes of `Event`.

    Args:
        name: Google's name.
        attributes: The attributes that decide on its value.
        write: Returns the value; None if the key is left out.
        parts: Where the value is an object: the keys in it that `write` knows.
        plain: The attribute whose value the key's value is, where there is no more to it.
    """

    name: str
    attributes: frozenset[str]
    write: Callable[[Event], Any]
    parts: frozenset[str] = frozenset()
    plain: str | None = None


def _same(name: str, attribute: str) -> Key:
    def write(event: Event) -> Any:
        return getattr(event, attribute)

    return Key(name, frozenset({attribute}), write, plain=attribute)


def _write_start(event: Event) -> Resource | None:
    return write_time(event.start, event.timezone)


def _write_end(event: Event) -> Resource | None:
    return write_time(event.end, event.end_timezone or event.timezone)


def _write_recurrence(event: Event) -> list[str]:
    return list(event.recurrence)


def _write_attendees(event: Event) -> list[Resource]:
    return [AttendeeSerializer.write(attendee) for attendee in event.attendees]


def _write_attachments(event: Event) -> list[Resource]:
    return [AttachmentSerializer.write(attachment) for attachment in event.attachments]


def _write_reminders(event: Event) -> Resource:
    said: Resource = {"useDefault": event.default_reminders}
    if event.reminders:
        said["overrides"] = [
            ReminderSerializer.write(
                reminder if reminder.days_before is None else _in_minutes(reminder, event)
            )
            for reminder in event.reminders
        ]
    return said


def _in_minutes(reminder: Reminder, event: Event) -> Reminder:
    if event.start is None:
        raise ValueError(f"{reminder!r} needs an event that has a start, to be that long before.")
    return reminder.convert_to_relative(moment(event.start, event.timezone))


def _write_conference(event: Event) -> Resource | None:
    conference = event.conference_solution
    return None if conference is None else write_conference(conference)


_TIME_PARTS = frozenset({"date", "dateTime", "timeZone"})

# In the order in which a new event is written.
KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        _same("summary", "summary"),
        Key("start", frozenset({"start", "timezone"}), _write_start, _TIME_PARTS),
        Key("end", frozenset({"end", "end_timezone", "timezone"}), _write_end, _TIME_PARTS),
        Key("recurrence", frozenset({"recurrence"}), _write_recurrence),
        _same("visibility", "visibility"),
        Key("attendees", frozenset({"attendees"}), _write_attendees),
        Key("attachments", frozenset({"attachments"}), _write_attachments),
        Key(
            "reminders",
            frozenset({"reminders", "default_reminders"}),
            _write_reminders,
            frozenset({"useDefault", "overrides"}),
        ),
        _same("guestsCanInviteOthers", "guests_can_invite_others"),
        _same("guestsCanModify", "guests_can_modify"),
        _same("guestsCanSeeOtherGuests", "guests_can_see_other_guests"),
        _same("id", "event_id"),
        _same("description", "description"),
        _same("location", "location"),
        _same("colorId", "color_id"),
        _same("transparency", "transparency"),
        Key("conferenceData", frozenset({"conference_solution"}), _write_conference),
        _same("recurringEventId", "recurring_event_id"),
    )
}


# Of the keys whose value is more than that of an attribute: the attribute without which they are left out.
_OTHERWISE = {
    "start": "start",
    "end": "end",
    "recurrence": "recurrence",
    "attendees": "attendees",
    "attachments": "attachments",
    "reminders": "reminders",
    "conferenceData": "conference_solution",
}
# The attribute of each key that decides whether it is written, and most often is its value as well.
_LEADING = {name: key.plain or _OTHERWISE[name] for name, key in KEYS.items()}
_leading_values = itemgetter(*_LEADING.values())
_WRITERS = [(name, KEYS[name].write) for name in _OTHERWISE]


def write_new(event: Event) -> Resource:
    """Return the JSON of an event that a person built, which shares nothing changeable with it.

    Raises:
        ValueError: A reminder in days before the start cannot be given in minutes.
    """
    # All at once, because a call for each of them would take the most time.
    values = zip(_LEADING, _leading_values(attributes_of_own(event)), strict=True)
    written = {name: value for name, value in values if value is not None}
    for name, write in _WRITERS:
        if name in written:
            written[name] = write(event)
    if event.other:
        written |= copy_json(event.other)
    return written


# What is not in `other`.
_ATTRIBUTES = KEYS.keys() | READ_ONLY


def _text(key: str, default: str | None = None) -> Callable[[Resource], str | None]:
    def read(sent: Resource) -> str | None:
        value: object = sent.get(key)
        return value if isinstance(value, str) else default

    return read


def _flag(key: str, default: bool) -> Callable[[Resource], bool]:
    def read(sent: Resource) -> bool:
        value: object = sent.get(key)
        return value if isinstance(value, bool) else default

    return read


def _nouns(key: str, serializer: type[BaseSerializer[T]]) -> Callable[[Resource], list[T]]:
    def read(sent: Resource) -> list[T]:
        return _read_list(sent.get(key), serializer)

    return read


def _read_list(value: object, serializer: type[BaseSerializer[T]]) -> list[T]:
    if not isinstance(value, list):
        return []
    return [
        serializer.read(cast("Resource", item))
        for item in cast("list[object]", value)
        if isinstance(item, dict)
    ]


def _person(key: str) -> Callable[[Resource], Person | None]:
    def read(sent: Resource) -> Person | None:
        value = _object(sent, key)
        return None if value is None else PersonSerializer.read(value)

    return read


def _moment(key: str) -> Callable[[Resource], datetime | None]:
    def read(sent: Resource) -> datetime | None:
        value: object = sent.get(key)
        return read_moment(value) if isinstance(value, str) else None

    return read


def _read_end_timezone(sent: Resource) -> str | None:
    zone = read_zone(sent.get("end"))
    return None if zone == read_zone(sent.get("start")) else zone


def _read_recurrence(sent: Resource) -> list[str]:
    value: object = sent.get("recurrence")
    if not isinstance(value, list):
        return []
    return [line for line in cast("list[object]", value) if isinstance(line, str)]


def _read_reminders(sent: Resource) -> list[Reminder]:
    said = _object(sent, "reminders")
    return [] if said is None else _read_list(said.get("overrides"), ReminderSerializer)


def _read_default_reminders(sent: Resource) -> bool:
    said = _object(sent, "reminders")
    return said is not None and said.get("useDefault") is True


def _read_conference_data(
    sent: Resource,
) -> ConferenceSolution | ConferenceSolutionCreateRequest | None:
    said = _object(sent, "conferenceData")
    return None if said is None else read_conference(said)


def _read_other(sent: Resource) -> Resource:
    # A copy, because the event keeps what was sent as it came.
    return {
        name: value if isinstance(value, str) else copy_json(value)
        for name, value in sent.items()
        if name not in _ATTRIBUTES
    }


def _object(sent: Resource, key: str) -> Resource | None:
    value: object = sent.get(key)
    return cast("Resource", value) if isinstance(value, dict) else None


# How each attribute of `Event` is read from what Google sent. What has not the form that it should
# have is read as if it were not there.
READERS: Readers = {
    "summary": _text("summary"),
    "timezone": lambda sent: read_zone(sent.get("start")),
    "start": lambda sent: read_time(sent.get("start")),
    "end": lambda sent: read_time(sent.get("end")),
    "end_timezone": _read_end_timezone,
    "event_id": _text("id"),
    "description": _text("description"),
    "location": _text("location"),
    "recurrence": _read_recurrence,
    "color_id": _text("colorId"),
    "visibility": _text("visibility", Visibility.DEFAULT),
    "attendees": _nouns("attendees", AttendeeSerializer),
    "attachments": _nouns("attachments", AttachmentSerializer),
    "conference_solution": _read_conference_data,
    "reminders": _read_reminders,
    "default_reminders": _read_default_reminders,
    "guests_can_invite_others": _flag("guestsCanInviteOthers", default=True),
    "guests_can_modify": _flag("guestsCanModify", default=False),
    "guests_can_see_other_guests": _flag("guestsCanSeeOtherGuests", default=True),
    "transparency": _text("transparency"),
    "creator": _person("creator"),
    "organizer": _person("organizer"),
    "created": _moment("created"),
    "updated": _moment("updated"),
    "recurring_event_id": _text("recurringEventId"),
    "other": _read_other,
}
