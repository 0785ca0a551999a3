"""A made-up week, as an emulator is seeded with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gcsa.cli.windows import week_of
from gcsa.recurrence.zones import zone

# Day of the week, start, length, summary, calendar, and what else there is to say.
_EVENTS: tuple[tuple[int, str, str, str, str, dict[str, Any]], ...] = (
    (0, "09:00", "15m", "Stand-up", "team", {"recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}),
    (0, "10:00", "1h30m", "Project kick-off", "primary", {"location": "Room 5"}),
    (0, "14:00", "1h", "Write the proposal", "primary", {"colorId": "9"}),
    (1, "12:30", "45m", "Lunch with Ann", "primary", {"location": "Café Slavia", "attendees": ["ann@example.com"]}),
    (1, "12:00", "2h", "Release review", "team", {}),
    (1, "16:00", "30m", "1:1 with Bob", "primary", {"attendees": ["bob@example.com"]}),
    (2, "10:00", "3h", "Workshop", "team", {"location": "Library"}),
    (2, "11:00", "1h", "Dentist", "primary", {"colorId": "11"}),
    (3, "10:00", "1h", "Board meeting", "primary", {"attendees": ["me@example.com", "ann@example.com"]}),
    (3, "15:00", "1h", "Retrospective", "team", {}),
    (4, "13:00", "1h", "Demo", "team", {"colorId": "10"}),
    (4, "19:30", "3h", "Concert", "primary", {"location": "Rudolfinum", "colorId": "3"}),
)  # fmt: skip


def example_week(now: datetime, timezone: str) -> dict[str, Any]:
    """Return what an emulator is seeded with, so that this week is full.

    Args:
        now: The present.
        timezone: The zone of the user's calendars.
    """
    monday = week_of(now.astimezone(zone(timezone)).date())
    events: list[dict[str, Any]] = [
        {
            "summary": summary,
            "start": f"{_day(monday, weekday)}T{start}",
            "duration": length,
            "timeZone": timezone,
            "calendar": calendar,
            **more,
        }
        for weekday, start, length, summary, calendar, more in _EVENTS
    ]
    events.append(
        {
            "summary": "Ann on holiday",
            "start": _day(monday, 3),
            "duration": "4d",
            "calendar": "team",
        }
    )
    return {
        "users": [
            {"email": "me@example.com", "timeZone": timezone},
            "ann@example.com",
            "bob@example.com",
        ],
        "calendars": [
            {"id": "team", "summary": "Team", "timeZone": timezone},
            *(
                {"id": colleague, "acl": {"default": "freeBusyReader"}}
                for colleague in ("ann@example.com", "bob@example.com")
            ),
        ],
        "events": events,
    }


def _day(monday: date, weekday: int) -> str:
    return (monday + timedelta(days=weekday)).isoformat()
