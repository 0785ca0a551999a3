"""Agendas, grids and details as Rich paints them. All text of events is cleaned, and none of it is taken for markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from gcsa.cli.agenda import Entry
from gcsa.cli.canvas import Canvas, Paint
from gcsa.cli.colors import color_of, color_of_calendar
from gcsa.cli.invitations import own_response
from gcsa.cli.plain_text import lines, one_line
from gcsa.cli.records import join_link, name_of
from gcsa.cli.wording import RESPONSES, day_text, long_day, when_text

if TYPE_CHECKING:
    from gcsa.calendar import CalendarListEntry
    from gcsa.cli.sources import Found
    from gcsa.event import Event

MARK = "■"


def agenda_lines(
    days: Mapping[date, list[Entry]], today: date, *, calendars: bool, ids: bool = False
) -> Iterable[Text]:
    """Return the lines of an agenda.

    Args:
        days: What happens on each day.
        today: The day that is marked.
        calendars: Whether the name of each event's calendar is told.
        ids: Whether the id of each event is told.
    """
    for number, (day, entries) in enumerate(days.items()):
        if number:
            yield Text()
        yield Text(long_day(day) + (" (today)" if day == today else ""), "bold")
        for entry in entries:
            yield _agenda_line(entry, calendars=calendars, ids=ids)


def _agenda_line(entry: Entry, *, calendars: bool, ids: bool) -> Text:
    event, calendar = entry.found.event, entry.found.calendar
    dim = "dim" if entry.is_over else ""
    line = Text.assemble("  ", (MARK, color_of(event, calendar)), f" {entry.times:<12} ", style=dim)
    line.append(title(event), "" if entry.is_over else "bold")
    if event.location:
        line.append(f" · {one_line(event.location)}")
    if join_link(event):
        line.append(f" · {one_line(join_link(event))}", "dim")
    if calendars:
        line.append(f" [{one_line(name_of(calendar))}]", "dim")
    if ids:
        line.append(f" {one_line(event.event_id)}", "dim")
    return line


def title(event: Event) -> str:
    """Return what an event is called, with a mark where the user's answer is open or no."""
    mark = {"needsAction": "(?) ", "tentative": "(~) ", "declined": "(✗) "}.get(
        own_response(event) or "", ""
    )
    return mark + (one_line(event.summary) or "(no title)")


def event_details(found: Found, zone: tzinfo, repeats: str) -> Iterable[Text]:
    """Return all that people want to know of an event, line by line.

    Args:
        found: The event and its calendar.
        zone: The zone of its times.
        repeats: How often it repeats, in words.
    """
    event, calendar = found.event, found.calendar
    yield Text.assemble((MARK, color_of(event, calendar)), " ", (title(event), "bold"))
    facts = [
        ("When", when_text(event, zone)),
        ("Repeats", repeats),
        ("Where", one_line(event.location)),
        ("Calendar", one_line(name_of(calendar))),
        ("Organizer", one_line(event.organizer.email if event.organizer else "")),
        ("Join", one_line(join_link(event))),
        *_conference_facts(event),
        ("Visibility", "" if event.visibility == "default" else one_line(event.visibility)),
        ("Busy", "no" if event.transparency == "transparent" else ""),
        ("Reminders", _reminders(event)),
        *(("Attached", one_line(f"{one.title or ''} {one.file_url}")) for one in event.attachments),
        ("Link", one_line(event.html_link)),
        ("Id", one_line(event.event_id)),
    ]
    for name, fact in facts:
        if fact:
            yield fact_line(name, fact)
    for number, guest in enumerate(event.attendees):
        who = one_line(guest.display_name) or one_line(guest.email)
        answer = RESPONSES.get(guest.response_status or "", one_line(guest.response_status))
        notes = [answer, "optional" if guest.optional else "", one_line(guest.comment)]
        told = ", ".join(note for note in notes if note)
        yield fact_line("Guests" if number == 0 else "", f"{who} ({told})" if told else who)
    description = lines(event.description)
    if description:
        yield Text()
        for line in description:
            yield Text(f"  {line}" if line else "")


def fact_line(name: str, fact: str) -> Text:
    """Return a line with a fact and its name."""
    return Text.assemble((f"  {name:<11}", "dim"), fact)


def calendar_line(calendar: CalendarListEntry, width: int) -> Text:
    """Return a line on a calendar.

    Args:
        calendar: The calendar.
        width: The width of the column of names.
    """
    name = one_line(name_of(calendar))
    line = Text.assemble((MARK, color_of_calendar(calendar)), " ", (name, "bold"))
    line.append(" " * max(1, width - Text(name).cell_len + 2))
    marks = [calendar.access_role or "", "primary" if calendar.primary else ""]
    marks += [
        "hidden"
        if calendar.hidden
        else ""
        if calendar.selected or calendar.primary
        else "not shown"
    ]
    line.append(", ".join(one_line(mark) for mark in marks if mark))
    line.append(f"  {one_line(calendar.calendar_id)}", "dim")
    return line


def range_line(start: datetime, end: datetime, length: str) -> Text:
    """Return a line on a stretch of time."""
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{day_text(end)} {end:%H:%M}"
    return Text.assemble(f"{day_text(start):<16} {start:%H:%M}–{until} ", (f" {length}", "dim"))


def _conference_facts(event: Event) -> list[tuple[str, str]]:
    from gcsa.conference import ConferenceSolution

    conference = event.conference_solution
    if not isinstance(conference, ConferenceSolution):
        return []
    facts: list[tuple[str, str]] = []
    for one in conference.entry_points:
        if one.entry_point_type == "phone":
            pin = f" PIN {one.pin}" if one.pin else ""
            facts.append(("Phone", one_line(f"{one.label or one.uri}{pin}")))
        elif one.passcode or one.password or one.access_code:
            facts.append(("Code", one_line(one.passcode or one.password or one.access_code)))
    return facts


def _reminders(event: Event) -> str:
    from datetime import timedelta

    from gcsa.cli.lengths import write_length

    if event.default_reminders:
        return ""
    told: list[str] = []
    for one in event.reminders:
        length = timedelta(minutes=one.minutes_before_start or 0)
        told.append(f"{write_length(length)} before ({one_line(one.method)})")
    return ", ".join(told)


def conference_lines(event: Event) -> Iterable[Text]:
    """Return how to join an event's conference, line by line."""
    yield Text(title(event), "bold")
    yield fact_line("Join", one_line(join_link(event)))
    for name, fact in _conference_facts(event):
        yield fact_line(name, fact)


def canvas_lines(canvas: Canvas) -> Iterable[Text]:
    """Return the rows of a drawn grid."""
    for row in canvas.rows():
        yield Text.assemble(*((text, _style(paint)) for text, paint in row))


def _style(paint: Paint) -> Style:
    return Style(
        color=paint.color,
        bgcolor=paint.background,
        bold=paint.bold or None,
        dim=paint.dim or None,
        reverse=paint.reverse or None,
    )
