"""An event as a notebook shows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gcsa._html import Markup, element, joined, link
from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution
from gcsa.event import Event
from gcsa.recurrence import Recurrence

_CARD = (
    "border-left: 4px solid #4285f4; padding: 4px 12px; margin: 4px 0; line-height: 1.5;"
    " max-width: 48em"
)
_TITLE = "font-weight: bold; font-size: 110%"
_FAINT = "opacity: 0.7"
_TEXT = "white-space: pre-line; max-height: 10em; overflow: auto"

_ANSWERS = {"accepted": "✓", "declined": "✗", "tentative": "?"}


def card_of(event: Event) -> Markup:
    """Return an event as HTML; every text in it is escaped."""
    return element(
        "div",
        element("div", link(event.html_link, title_of(event)), style=_TITLE),
        element("div", when(event)),
        *(element("div", sentence, style=_FAINT) for sentence in _repetition(event)),
        _line("📍", event.location),
        _line("👥", *_guests(event.attendees)),
        _line("🎥", *_conference(event)),
        _line(
            "📎", *(link(file.file_url, file.title or file.file_url) for file in event.attachments)
        ),
        element("div", event.description, style=_TEXT) if event.description else None,
        style=_CARD,
    )


def title_of(event: Event) -> Markup:
    """Return an event's title, crossed out where the event is cancelled."""
    title = event.summary or "(no title)"
    return element("s", title) if event.status == "cancelled" else joined(title)


def when(event: Event) -> str:
    """Say when an event is, such as 'Monday 2 March 2026, 10:00 to 11:00 (Europe/Prague)'."""
    start, end = event.start, event.end
    if start is None:
        return "no time"
    if not isinstance(start, datetime):
        last = start if end is None else end - timedelta(days=1)
        return _day(start) if last <= start else f"{_day(start)} to {_day(last)}"
    said = f"{_day(start)}, {start:%H:%M}"
    if isinstance(end, datetime) and end != start:
        same_day = end.date() == start.date()
        said += f" to {end:%H:%M}" if same_day else f" to {_day(end)}, {end:%H:%M}"
    zone = event.timezone or (start.tzname() if start.tzinfo else None)
    return f"{said} ({zone})" if zone else said


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _repetition(event: Event) -> list[str]:
    try:
        return [Recurrence.parse(line).describe() for line in event.recurrence]
    except ValueError:
        return event.recurrence


def _guests(guests: list[Attendee]) -> list[Markup]:
    return [
        joined(guest.display_name or guest.email or "?", _answer(guest.response_status))
        for guest in guests
    ]


def _answer(status: str | None) -> str | None:
    sign = _ANSWERS.get(status or "")
    return None if sign is None else f" {sign}"


def _conference(event: Event) -> list[Markup]:
    conference = event.conference_solution
    if conference is None:
        return []
    if not isinstance(conference, ConferenceSolution):
        return [joined(f"conference {conference.status or 'pending'}")]
    return [link(point.uri, point.label or point.uri) for point in conference.entry_points]


def _line(sign: str, *pieces: str | None) -> Markup | None:
    said = [piece for piece in pieces if piece]
    if not said:
        return None
    between = [part for piece in said for part in (", ", piece)][1:]
    return element("div", f"{sign} ", *between)
