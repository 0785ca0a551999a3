"""An event as one row of a table: flat, with the same columns for every event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TypeAlias

from gcsa.conference import ConferenceSolution, EntryPoint
from gcsa.event import Event
from gcsa.event_time import moment
from gcsa.person import Person

Value: TypeAlias = "str | int | bool | datetime | None"
"""What stands in a field of the table."""


def row_of(event: Event) -> dict[str, Value]:
    """Return an event's row; see `Event.to_dict`."""
    start, end = _utc(event.start, event.timezone), _utc(event.end, event.timezone)
    own = next((guest for guest in event.attendees if guest.is_self), None)
    return {
        "id": event.event_id,
        "summary": event.summary,
        "start": start,
        "end": end,
        "all_day": event.start is not None and not isinstance(event.start, datetime),
        "minutes": None
        if start is None or end is None
        else int((end - start).total_seconds()) // 60,
        "timezone": event.timezone,
        "description": event.description,
        "location": event.location,
        "status": event.status,
        "event_type": event.event_type,
        "transparency": event.transparency,
        "visibility": event.visibility,
        "color_id": event.color_id,
        "creator": _email(event.creator),
        "organizer": _email(event.organizer),
        "attendees": _joined(guest.email for guest in event.attendees),
        "response_status": None if own is None else own.response_status,
        "conference": _conference(event),
        "attachments": _joined(attachment.file_url for attachment in event.attachments),
        "recurrence": "\n".join(event.recurrence) or None,
        "recurring_event_id": event.recurring_event_id,
        "original_start": _utc(event.original_start_time, event.timezone),
        "created": _utc(event.created),
        "updated": _utc(event.updated),
        "html_link": event.html_link,
        "ical_uid": event.ical_uid,
        "etag": event.etag,
    }


def _utc(value: date | datetime | None, timezone: str | None = None) -> datetime | None:
    """Return a moment in UTC; of a day its midnight there, so that it keeps its date."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return moment(value, timezone).astimezone(UTC)


def _email(person: Person | None) -> str | None:
    return None if person is None else person.email


def _joined(texts: Iterable[str | None]) -> str | None:
    return ", ".join(text for text in texts if text) or None


def _conference(event: Event) -> str | None:
    """Return where to join by video, or else in the first of the other ways."""
    conference = event.conference_solution
    if not isinstance(conference, ConferenceSolution):
        return None
    points = sorted(
        conference.entry_points, key=lambda one: one.entry_point_type != EntryPoint.VIDEO
    )
    return points[0].uri if points else None
