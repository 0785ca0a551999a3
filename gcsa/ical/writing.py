"""Events as iCalendar files."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import icalendar

from gcsa.event import Event
from gcsa.ical.content import Component, read_calendar
from gcsa.ical.people import address, write_attendee, write_person
from gcsa.ical.reading import read_event
from gcsa.ical.remainder import NAME, remainder
from gcsa.ical.values import write_text
from gcsa.ical.zones import Zones, definition
from gcsa.recurrence.zones import zone
from gcsa.serializers.event_serializer import EventSerializer
from gcsa.serializers.person_serializer import PersonSerializer

Resource = dict[str, Any]

PRODUCT = "-//gcsa//Google Calendar Simple API//EN"

_STATUSES = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}
_TRANSPARENCIES = {"opaque": "OPAQUE", "transparent": "TRANSPARENT"}
_CLASSES = {"public": "PUBLIC", "private": "PRIVATE", "confidential": "CONFIDENTIAL"}
_ACTIONS = {"popup": "DISPLAY", "email": "EMAIL"}
# RFC 7986, 6.3
_FEATURES = {"video": "VIDEO", "phone": "PHONE", "sip": "AUDIO"}


class _Written:
    """A value that is written already, as icalendar's components take one."""

    def __init__(self, text: str, parameters: Mapping[str, str]) -> None:
        self._text = text
        self.params = icalendar.Parameters(parameters)

    def to_ical(self) -> bytes:
        return self._text.encode("utf-8", "replace")


def to_ical(events: Iterable[Event], calendar_name: str | None = None) -> bytes:
    """Write events as an iCalendar file.

    Zones come with their definitions, so that any program can read the times. What iCalendar cannot say
    of an event is kept on a line of our own; reading the file with `from_ical` gives the same events.

    Args:
        events: The events. A series and the changes to its instances belong together by their `ical_uid`.
        calendar_name: What programs call the calendar.

    Returns:
        The file, in UTF-8.
    """
    written: list[icalendar.Event] = []
    days: dict[str, tuple[date, date]] = {}
    for event in events:
        resource = resource_of(event)
        written.append(write_event(resource))
        _note_zones(resource, days)
    calendar = icalendar.Calendar()
    _put(calendar, "VERSION", "2.0")
    _put(calendar, "PRODID", PRODUCT)
    if calendar_name is not None:
        _put(calendar, "X-WR-CALNAME", write_text(calendar_name))
    for name, (first, last) in sorted(days.items()):
        calendar.add_component(definition(name, first, last))
    for component in written:
        calendar.add_component(component)
    file: bytes = calendar.to_ical(sorted=False)
    return file


def resource_of(event: Event) -> Resource:
    """Return all that Google's JSON says of an event, what only Google sets included."""
    resource = EventSerializer.to_json(event)
    for key, moment in (("created", event.created), ("updated", event.updated)):
        if moment is not None:
            resource[key] = moment.isoformat().replace("+00:00", "Z")
    for key, person in (("creator", event.creator), ("organizer", event.organizer)):
        if person is not None:
            resource[key] = PersonSerializer.to_json(person)
    return resource


def write_event(resource: Resource) -> icalendar.Event:
    """Return an event as a VEVENT."""
    component = icalendar.Event()
    _put(component, "UID", write_text(_uid(resource)))
    _put(component, "DTSTAMP", _stamp(resource.get("updated")))
    for name, key in (
        ("DTSTART", "start"),
        ("DTEND", "end"),
        ("RECURRENCE-ID", "originalStartTime"),
    ):
        _put_time(component, name, resource.get(key))
    for name, key in (
        ("SUMMARY", "summary"),
        ("DESCRIPTION", "description"),
        ("LOCATION", "location"),
    ):
        if isinstance(text := resource.get(key), str):
            _put(component, name, write_text(text))
    for name, key, values in (
        ("STATUS", "status", _STATUSES),
        ("TRANSP", "transparency", _TRANSPARENCIES),
        ("CLASS", "visibility", _CLASSES),
    ):
        if (value := values.get(str(resource.get(key)))) is not None:
            _put(component, name, value)
    if type(sequence := resource.get("sequence")) is int:
        _put(component, "SEQUENCE", str(sequence))
    for name, key in (("CREATED", "created"), ("LAST-MODIFIED", "updated")):
        if (moment := _utc(_moment(resource.get(key)))) is not None:
            _put(component, name, moment)
    _put_people(component, resource)
    _put_recurrence(component, resource)
    _put_links(component, resource)
    _put_alarms(component, resource)
    lost = remainder(resource, _as_read(component))
    if lost is not None:
        _put(component, NAME, write_text(lost))
    return component


def _uid(resource: Resource) -> str:
    """Return the event's iCalendar id; of a new event one that only an event like it would get."""
    uid, event_id = resource.get("iCalUID"), resource.get("id")
    if isinstance(uid, str) and uid:
        return uid
    if isinstance(event_id, str) and event_id:
        return f"{event_id}@google.com"
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(resource, sort_keys=True))}@gcsa"


def _put(component: icalendar.Component, name: str, text: str, **parameters: str) -> None:
    value = _Written(text, _clean(parameters))
    component.add(name, value, encode=False)  # pyright: ignore[reportUnknownMemberType] - untyped parameters


def _clean(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return parameters without the characters that they cannot have: RFC 5545, 3.1 (QSAFE-CHAR)."""
    return {
        name: "".join(c for c in _encodable(value) if c >= " " and c not in '"\x7f')
        for name, value in parameters.items()
    }


def _encodable(text: str) -> str:
    # JSON can escape half of a character, which UTF-8 cannot say.
    return text.encode("utf-8", "replace").decode("utf-8")


def _put_time(component: icalendar.Component, name: str, time: object) -> None:
    for said in _objects([time]):
        day, moment, zone_name = (
            said.get("date"),
            _moment(said.get("dateTime")),
            said.get("timeZone"),
        )
        try:
            if isinstance(day, str):
                _put(
                    component,
                    name,
                    date.fromisoformat(day).isoformat().replace("-", ""),
                    VALUE="DATE",
                )
            elif moment is None:
                continue
            elif isinstance(zone_name, str) and zone_name != "UTC":
                local = moment.astimezone(zone(zone_name)) if moment.tzinfo else moment
                _put(component, name, _wall(local), TZID=zone_name)
            elif moment.tzinfo:
                if (utc := _utc(moment)) is not None:
                    _put(component, name, utc)
            else:
                _put(component, name, _wall(moment))
        except (ValueError, OverflowError):
            continue  # the remainder keeps it


def _wall(moment: datetime) -> str:
    # Not strftime, which writes early years with fewer than four digits.
    return moment.replace(tzinfo=None, microsecond=0).isoformat().replace("-", "").replace(":", "")


def _put_people(component: icalendar.Component, resource: Resource) -> None:
    for organizer in _objects([resource.get("organizer")]):
        if (email := _email(organizer)) is not None:
            _put(component, "ORGANIZER", address(email), **write_person(organizer))
    for attendee in _objects(resource.get("attendees")):
        if (email := _email(attendee)) is not None:
            _put(component, "ATTENDEE", address(email), **write_attendee(attendee))


def _email(person: Resource) -> str | None:
    """Return somebody's address if it can stand on a line."""
    email = person.get("email")
    return email if isinstance(email, str) and email == _one_line(email) else None


def _put_recurrence(component: icalendar.Component, resource: Resource) -> None:
    lines = resource.get("recurrence")
    for line in cast("list[object]", lines) if isinstance(lines, list) else []:
        if not isinstance(line, str):
            continue
        for parsed in read_calendar(f"BEGIN:X\r\n{line}\r\nEND:X\r\n").components:
            for found in parsed.properties:
                if found.name in ("RRULE", "EXRULE", "RDATE", "EXDATE"):
                    _put(component, found.name, _one_line(found.value), **found.parameters)


def _put_links(component: icalendar.Component, resource: Resource) -> None:
    for source in _objects([resource.get("source")]):
        if isinstance(url := source.get("url"), str):
            _put(component, "URL", _one_line(url))
    for attachment in _objects(resource.get("attachments")):
        if isinstance(url := attachment.get("fileUrl"), str):
            parameters = {
                name: value
                for name, key in (("FMTTYPE", "mimeType"), ("FILENAME", "title"))
                if isinstance(value := attachment.get(key), str)
            }
            _put(component, "ATTACH", _one_line(url), **parameters)
    for entry_point in _within(resource, "conferenceData", "entryPoints"):
        uri, kind = entry_point.get("uri"), entry_point.get("entryPointType")
        if not isinstance(uri, str):
            continue
        parameters = {"VALUE": "URI", "FEATURE": _FEATURES.get(str(kind), "FEED")}
        if isinstance(label := entry_point.get("label"), str):
            parameters["LABEL"] = label
        if kind == "video":
            _put(component, "X-GOOGLE-CONFERENCE", _one_line(uri))
        _put(component, "CONFERENCE", _one_line(uri), **parameters)


def _put_alarms(component: icalendar.Component, resource: Resource) -> None:
    for one in _within(resource, "reminders", "overrides"):
        method, minutes = one.get("method"), one.get("minutes")
        action = _ACTIONS.get(method) if isinstance(method, str) else None
        if action is None or type(minutes) is not int or minutes < 0:
            continue
        alarm = icalendar.Alarm()
        summary = write_text(str(resource.get("summary") or ""))
        _put(alarm, "ACTION", action)
        _put(alarm, "TRIGGER", f"-PT{minutes}M")
        _put(alarm, "DESCRIPTION", summary)
        if method == "email":
            _put(alarm, "SUMMARY", summary)
            for attendee in _objects(resource.get("attendees")):
                if attendee.get("self") and (email := _email(attendee)) is not None:
                    _put(alarm, "ATTENDEE", address(email))
        component.add_component(alarm)


def _as_read(component: icalendar.Event) -> Resource:
    """Return what reading the lines that are there gives."""
    read: Component = read_calendar(component.to_ical(sorted=False)).components[0]
    return read_event(read, Zones(None))


def _note_zones(resource: Resource, days: dict[str, tuple[date, date]]) -> None:
    """Remember from which day to which each zone is needed: a series may go on for a few years."""
    for key in ("start", "end", "originalStartTime"):
        for time in _objects([resource.get(key)]):
            name, moment = time.get("timeZone"), _moment(time.get("dateTime"))
            if not isinstance(name, str) or name == "UTC" or not _is_zone(name):
                continue
            if moment is None or not 1900 < moment.year < 9000:
                continue
            first, last = days.get(name, (moment.date(), moment.date()))
            ahead = timedelta(days=366 * (10 if resource.get("recurrence") else 1))
            days[name] = (
                min(first, moment.date() - timedelta(days=366)),
                max(last, moment.date() + ahead),
            )


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except ValueError:
        return False
    return True


def _within(resource: Resource, key: str, inner: str) -> list[Resource]:
    """Return the objects of a list within an object."""
    return [one for outer in _objects([resource.get(key)]) for one in _objects(outer.get(inner))]


def _objects(value: object) -> list[Resource]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Resource", one) for one in items if isinstance(one, dict)]


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _stamp(updated: Any) -> str:
    # Required by RFC 5545, 3.8.7.2. The same event gives the same file, so it is not the time of writing.
    return _utc(_moment(updated)) or "19700101T000000Z"


def _utc(moment: datetime | None) -> str | None:
    """Return a moment as UTC; None where there is none, or only before or after the calendar's days."""
    if moment is None:
        return None
    try:
        utc = moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:
        return None
    return _wall(utc) + "Z"


def _one_line(text: str) -> str:
    return "".join(character for character in text if character >= " ")
