"""iCalendar files as events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from gcsa.event import Event
from gcsa.ical.content import Component, Property, read_calendar, warn
from gcsa.ical.people import read_attendee, read_person
from gcsa.ical.remainder import put_back
from gcsa.ical.values import read_duration, read_recurrence, read_text, read_time
from gcsa.ical.zones import Zones
from gcsa.recurrence.zones import zone
from gcsa.serializers.event_serializer import EventSerializer

Resource = dict[str, Any]

_TEXTS = {
    "SUMMARY": "summary",
    "DESCRIPTION": "description",
    "LOCATION": "location",
    "UID": "iCalUID",
}
_STATUSES = {"CONFIRMED": "confirmed", "TENTATIVE": "tentative", "CANCELLED": "cancelled"}
_TRANSPARENCIES = {"OPAQUE": "opaque", "TRANSPARENT": "transparent"}
_CLASSES = {"PUBLIC": "public", "PRIVATE": "private", "CONFIDENTIAL": "confidential"}
_METHODS = {"DISPLAY": "popup", "AUDIO": "popup", "EMAIL": "email"}
_RECURRENCE = ("RRULE", "EXRULE", "RDATE", "EXDATE")
# https://developers.google.com/workspace/calendar/api/v3/reference/events ("overrides[].minutes")
_LONGEST_REMINDER = 40320
_MOST_REMINDERS = 5
# Ways to join one conference. A large meeting has a telephone number for each of some sixty countries.
_MOST_ENTRY_POINTS = 200
_MEET = re.compile(r"https?://meet\.google\.com/([a-z0-9-]+)", re.IGNORECASE)


def from_ical(data: bytes | str, timezone: str | None = None) -> Iterator[Event]:
    """Read the events of an iCalendar file.

    Each change to a single instance of a series is an event of its own, after its series, with the same
    `ical_uid` and an `original_start_time`. What cannot be read is left out, with a warning on the logger
    `gcsa.ical` that names the line.

    Args:
        data: The file, 32 MiB at the most.
        timezone: The zone of times that name none; the calendar's own (`X-WR-TIMEZONE`) if None.

    Returns:
        The events, in the order of the file.

    Raises:
        ValueError: The file is too large, or nested too deep.
    """
    calendar = read_calendar(data)
    named = calendar.first("X-WR-TIMEZONE")
    zones = Zones(timezone)
    for component in calendar.components:
        if component.name == "VTIMEZONE":
            zones.define(component)
    if timezone is None and named is not None:
        found = zones.find(named.value, named.line)
        zones.default = found if isinstance(found, str) else None
    for component in calendar.components:
        if component.name == "VEVENT":
            resource = read_event(component, zones)
            put_back(resource, component)
            yield EventSerializer.to_object(resource)


def read_event(component: Component, zones: Zones) -> Resource:
    """Return as much of a VEVENT as Google's JSON can say by itself."""
    event: Resource = {}
    for found in component.properties:
        try:
            _read_property(event, found, zones)
        except (ValueError, OverflowError) as error:
            warn(found.line, f"{found.name} cannot be read, and is left out: {error}")
    try:
        _complete_times(event, component)
    except OverflowError:
        warn(component.line, "it ends after the last day of the calendar; its end is left out.")
    _complete_conference(event)
    _keep_series_in_a_zone(event, component, zones)
    reminders = [one for alarm in component.components if (one := _read_alarm(alarm, event, zones))]
    if reminders:
        if len(reminders) > _MOST_REMINDERS:
            warn(
                component.line, f"of {len(reminders)} alarms the first {_MOST_REMINDERS} are kept."
            )
        event["reminders"] = {"useDefault": False, "overrides": reminders[:_MOST_REMINDERS]}
    return event


def _read_property(event: Resource, found: Property, zones: Zones) -> None:
    name, value = found.name, found.value
    if name in _TEXTS:
        event.setdefault(_TEXTS[name], read_text(value))
    elif name == "DTSTART":
        event["start"] = read_time(found, zones)
    elif name == "DTEND":
        event["end"] = read_time(found, zones)
    elif name == "RECURRENCE-ID":
        event["originalStartTime"] = read_time(found, zones)
    elif name in _RECURRENCE:
        event.setdefault("recurrence", []).append(read_recurrence(found, zones))
    elif name == "STATUS":
        _choose(event, "status", _STATUSES, found)
    elif name == "TRANSP":
        _choose(event, "transparency", _TRANSPARENCIES, found)
    elif name == "CLASS":
        _choose(event, "visibility", _CLASSES, found)
    elif name == "SEQUENCE":
        event["sequence"] = int(value)
    elif name in ("CREATED", "LAST-MODIFIED"):
        moment = read_time(found, zones)
        event["created" if name == "CREATED" else "updated"] = moment.get("dateTime", "")
    elif name == "ORGANIZER":
        event["organizer"] = read_person(found)
    elif name == "ATTENDEE":
        event.setdefault("attendees", []).append(read_attendee(found))
    elif name == "ATTACH" and found.parameters.get("VALUE") != "BINARY":
        event.setdefault("attachments", []).append(_read_attachment(found))
    elif name in ("CONFERENCE", "X-GOOGLE-CONFERENCE"):
        _add_entry_point(event, found)
    elif name == "URL" and value.startswith(("http://", "https://")):
        event["source"] = {"url": value}


def _choose(event: Resource, key: str, values: dict[str, str], found: Property) -> None:
    value = values.get(found.value.strip().upper())
    if value is not None:
        event[key] = value


def _read_attachment(found: Property) -> Resource:
    attachment: Resource = {"fileUrl": found.value}
    if "FILENAME" in found.parameters:
        attachment["title"] = found.parameters["FILENAME"]
    if "FMTTYPE" in found.parameters:
        attachment["mimeType"] = found.parameters["FMTTYPE"]
    return attachment


def _add_entry_point(event: Resource, found: Property) -> None:
    """Add a way to join. RFC 7986, 5.11; Google writes the video's address as X-GOOGLE-CONFERENCE."""
    uri = found.value.strip()
    scheme = uri.partition(":")[0].lower()
    kind = {"tel": "phone", "sip": "sip", "http": "video", "https": "video"}.get(scheme)
    if kind is None:
        warn(found.line, f"{uri[:60]!r} is no way to join that can be kept.")
        return
    conference: Resource = event.setdefault("conferenceData", {"entryPoints": []})
    known: list[Resource] = conference["entryPoints"]
    if len(known) == _MOST_ENTRY_POINTS:
        return
    if any(one["uri"] == uri for one in known):
        return
    kinds = {one["entryPointType"] for one in known}
    if kind == "video" and "video" in kinds:
        kind = "more"
    # "A conference can have zero or one" of these; any number of telephones.
    # https://developers.google.com/workspace/calendar/api/v3/reference/events ("entryPoints[].entryPointType")
    if kind != "phone" and kind in kinds:
        return
    entry_point: Resource = {"entryPointType": kind, "uri": uri}
    if kind != "more" and "LABEL" in found.parameters:
        entry_point["label"] = found.parameters["LABEL"]
    known.append(entry_point)


def _complete_conference(event: Resource) -> None:
    """Say who provides the conference, without which Google takes none.

    https://developers.google.com/workspace/calendar/api/v3/reference/events ("conferenceData.conferenceSolution")
    """
    conference: Resource | None = event.get("conferenceData")
    if conference is None:
        return
    ways: list[Resource] = conference["entryPoints"]
    if not ways:
        del event["conferenceData"]
        return
    uri: str = next((one["uri"] for one in ways if one["entryPointType"] == "video"), "")
    meet = _MEET.match(uri)
    if meet is not None:
        conference["conferenceId"] = meet[1]
        conference["conferenceSolution"] = {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}
        return
    name = uri.partition("://")[2].partition("/")[0] or "Conference"
    conference["conferenceSolution"] = {"key": {"type": "addOn"}, "name": name}


def _complete_times(event: Resource, component: Component) -> None:
    """Add the end that DURATION says, or that RFC 5545 (3.6.1) has for an event without one."""
    start = event.get("start")
    if start is None or "end" in event:
        return
    length = timedelta(days=1) if "date" in start else timedelta(0)
    found = component.first("DURATION")
    if found is not None:
        try:
            length = read_duration(found.value)
        except ValueError as error:
            warn(found.line, f"DURATION cannot be read, and is left out: {error}")
    if "date" in start:
        day = date.fromisoformat(start["date"])
        event["end"] = {"date": (day + max(length, timedelta(days=1))).isoformat()}
        return
    moment = datetime.fromisoformat(start["dateTime"])
    end_text = (moment + length).isoformat().replace("+00:00", "Z")
    event["end"] = {**start, "dateTime": end_text}


def _keep_series_in_a_zone(event: Resource, component: Component, zones: Zones) -> None:
    """Say in which zone a series is whose own zone only the file defines: Google needs one with a name.

    https://developers.google.com/workspace/calendar/api/v3/reference/events ("start.timeZone")
    """
    begins = component.first("DTSTART")
    start: Resource = event.get("start", {})
    if begins is None or "recurrence" not in event or "TZID" not in begins.parameters:
        return
    if "dateTime" in start and "timeZone" not in start:
        name = zones.default or "UTC"
        warn(begins.line, f"only the file knows the zone of this series; it is kept in {name}.")
        event["start"] = {**start, "timeZone": name}
        if "dateTime" in event.get("end", {}):
            event["end"] = {"timeZone": name, **event["end"]}


def _read_alarm(alarm: Component, event: Resource, zones: Zones) -> Resource | None:
    trigger = alarm.first("TRIGGER")
    action = alarm.first("ACTION")
    if alarm.name != "VALARM" or trigger is None:
        return None
    method = _METHODS.get(action.value.strip().upper() if action else "DISPLAY")
    try:
        minutes = _minutes_before(trigger, event, zones)
    except ValueError as error:
        warn(trigger.line, f"TRIGGER cannot be read, and the alarm is left out: {error}")
        return None
    if method is None or minutes is None:
        return None
    if not 0 <= minutes <= _LONGEST_REMINDER:
        warn(trigger.line, f"an alarm {minutes} minutes before the start cannot be kept.")
        return None
    return {"method": method, "minutes": minutes}


def _minutes_before(trigger: Property, event: Resource, zones: Zones) -> int | None:
    if not trigger.value.strip().upper().lstrip("+-").startswith("P"):
        at = read_time(trigger, zones)
        begins, rings = _instant(event.get("start")), _instant(at)
        return (
            None
            if begins is None or rings is None
            else round((begins - rings).total_seconds() / 60)
        )
    before = -read_duration(trigger.value)
    if trigger.parameters.get("RELATED") == "END":
        begins, ends = _instant(event.get("start")), _instant(event.get("end"))
        if begins is None or ends is None:
            return None
        before -= ends - begins
    return round(before.total_seconds() / 60)


def _instant(time: Resource | None) -> datetime | None:
    """Return a time for reckoning with another one of the same event."""
    if time is None:
        return None
    moment = datetime.fromisoformat(time.get("dateTime") or time["date"])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(time.get("timeZone") or "UTC"))
    return moment
