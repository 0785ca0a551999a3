"""What lists are made of when programs read them: records with fields that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, TextIO, TypeAlias

from gcsa.acl import AccessControlRule
from gcsa.calendar import CalendarListEntry
from gcsa.cli.clashes import Clash
from gcsa.cli.colors import color_of, color_of_calendar
from gcsa.cli.invitations import own_response
from gcsa.cli.plain_text import UNPRINTABLE
from gcsa.cli.sources import Found
from gcsa.conference import ConferenceSolution
from gcsa.event import Event
from gcsa.event_time import moment
from gcsa.free_busy import TimeRange

if TYPE_CHECKING:
    from gcsa.mirror import SyncReport

Value: TypeAlias = "str | int | bool | list[str] | list[dict[str, str | None]] | None"
Record: TypeAlias = Mapping[str, Value]

EVENT_FIELDS = (
    "id", "calendar_id", "calendar", "summary", "start", "end", "all_day", "status", "response", "location",
    "description", "organizer", "attendees", "recurrence", "series_id", "conference", "link", "color", "busy",
    "updated",
)  # fmt: skip
CALENDAR_FIELDS = (
    "id",
    "summary",
    "role",
    "timezone",
    "color",
    "primary",
    "selected",
    "hidden",
    "description",
)
RANGE_FIELDS = ("start", "end", "minutes")
CONFLICT_FIELDS = (
    "start", "end", "first_id", "first", "first_calendar", "second_id", "second", "second_calendar",
)  # fmt: skip
SYNC_FIELDS = ("calendar_id", "calendar", "added", "updated", "deleted", "pages", "full")
RULE_FIELDS = ("id", "role", "scope", "who")

# What makes a spreadsheet take text for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def event_record(found: Found, zone: tzinfo) -> Record:
    """Return an event's record.

    Args:
        found: The event and its calendar.
        zone: The zone of its times.
    """
    event, calendar = found.event, found.calendar
    return {
        "id": event.event_id,
        "calendar_id": calendar.calendar_id,
        "calendar": name_of(calendar),
        "summary": event.summary,
        "start": written(event.start, event.timezone, zone),
        "end": written(event.end, event.timezone, zone),
        "all_day": not isinstance(event.start, datetime),
        "status": event.status,
        "response": own_response(event),
        "location": event.location,
        "description": event.description,
        "organizer": event.organizer.email if event.organizer else None,
        "attendees": [
            {"email": one.email, "name": one.display_name, "response": one.response_status}
            for one in event.attendees
        ],
        "recurrence": list(event.recurrence),
        "series_id": event.recurring_event_id,
        "conference": join_link(event),
        "link": event.html_link,
        "color": color_of(event, calendar),
        "busy": event.transparency != "transparent",
        "updated": None if event.updated is None else event.updated.isoformat(),
    }


def calendar_record(calendar: CalendarListEntry) -> Record:
    """Return a calendar's record."""
    return {
        "id": calendar.calendar_id,
        "summary": name_of(calendar),
        "role": calendar.access_role,
        "timezone": calendar.timezone,
        "color": color_of_calendar(calendar),
        "primary": calendar.primary,
        "selected": calendar.selected,
        "hidden": calendar.hidden,
        "description": calendar.description,
    }


def range_record(one: TimeRange, zone: tzinfo) -> Record:
    """Return the record of a stretch of time."""
    return {
        "start": one.start.astimezone(zone).isoformat(),
        "end": one.end.astimezone(zone).isoformat(),
        "minutes": int((one.end - one.start).total_seconds() // 60),
    }


def conflict_record(clash: Clash, zone: tzinfo) -> Record:
    """Return the record of two events that overlap."""
    first, second = clash.first, clash.second
    return {
        "start": clash.start.astimezone(zone).isoformat(),
        "end": clash.end.astimezone(zone).isoformat(),
        "first_id": first.event.event_id,
        "first": first.event.summary,
        "first_calendar": name_of(first.calendar),
        "second_id": second.event.event_id,
        "second": second.event.summary,
        "second_calendar": name_of(second.calendar),
    }


def sync_record(calendar_id: str, name: str, report: SyncReport) -> Record:
    """Return the record of what became of a calendar's local copy."""
    return {
        "calendar_id": calendar_id,
        "calendar": name,
        "added": report.added,
        "updated": report.updated,
        "deleted": report.deleted,
        "pages": report.pages,
        "full": report.full,
    }


def rule_record(rule: AccessControlRule) -> Record:
    """Return the record of an access rule."""
    return {"id": rule.acl_id, "role": rule.role, "scope": rule.scope_type, "who": rule.scope_value}


def name_of(calendar: CalendarListEntry) -> str:
    """Return what the user calls a calendar."""
    return calendar.summary_override or calendar.summary or calendar.calendar_id or ""


def written(value: date | datetime | None, timezone: str | None, zone: tzinfo) -> str | None:
    """Return a day, or a moment in a zone, as ISO 8601 says it."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return value.isoformat()
    return moment(value, timezone).astimezone(zone).isoformat()


def join_link(event: Event) -> str | None:
    """Return the address at which to join an event's conference."""
    conference = event.conference_solution
    if isinstance(conference, ConferenceSolution):
        video = [one for one in conference.entry_points if one.entry_point_type == "video"]
        for entry_point in video or conference.entry_points:
            return entry_point.uri
    return event.hangout_link


def write_json(records: Iterable[Record], out: TextIO) -> None:
    """Write records as one JSON array, each as soon as it comes, one to a line."""
    out.write("[")
    separator = "\n  "
    for record in records:
        out.write(separator + as_json(record))
        separator = ",\n  "
    out.write("]\n" if separator == "\n  " else "\n]\n")


def as_json(record: Record) -> str:
    """Return a record as one line of JSON, in which nothing is left that a terminal would obey."""
    import json

    return UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(record, ensure_ascii=False)
    )


def write_csv(records: Iterable[Record], fields: Sequence[str], out: TextIO) -> None:
    """Write records as CSV (RFC 4180) with a line of headings; what could be a formula becomes text."""
    import csv

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([_cell(record[field]) for field in fields])


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = " ".join(
            one if isinstance(one, str) else f"{one['email']}:{one['response']}" for one in value
        )
    # Alone, a carriage return is not quoted, and a spreadsheet begins a new row at it, with a formula perhaps.
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n")
    text = UNPRINTABLE.sub("", lines)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
