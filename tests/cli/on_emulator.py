"""Runs the command as its own process, on an emulator with a week in it and a clock that stands still."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from gcsa.cli.app import app
from gcsa.cli.surroundings import Surroundings
from gcsa.emulator import Clock, Emulator

NOW = datetime(2026, 1, 5, 9, 10, tzinfo=UTC)
SEED = {
    "users": [{"email": "me@example.com", "timeZone": "Europe/Prague"}],
    "calendars": [{"id": "team", "summary": "Team", "timeZone": "Europe/Prague"}],
    "events": [
        {"summary": "Stand-up", "start": "2026-01-05T09:00", "duration": 15,
         "recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
        {"summary": "Lunch with Ann and the whole team", "start": "2026-01-06T12:30", "duration": 45},
        {"summary": "Review", "start": "2026-01-06T12:00", "duration": "2h"},
        {"summary": "1:1 Bob", "start": "2026-01-06T13:00", "duration": 30, "colorId": "11"},
        {"summary": "日本語の会議", "start": "2026-01-07T10:00", "duration": "1h30m"},
        {"summary": "Planning", "start": "2026-01-07T10:30", "duration": "3h", "calendar": "team"},
        {"summary": "Quick chat", "start": "2026-01-08T10:10", "duration": 20},
        {"summary": "Night train", "start": "2026-01-08T20:00", "duration": "10h"},
        {"summary": "Holiday", "start": "2026-01-09", "duration": "3d"},
        {"summary": "Party (?)", "start": "2026-01-10T19:00", "duration": "3h",
         "attendees": ["me@example.com", "ann@example.com"]},
        *({"summary": f"Talk {number}", "start": f"2026-01-20T{8 + number:02}:00"} for number in range(8)),
    ],
}  # fmt: skip


def main() -> None:
    with Emulator(clock=Clock.frozen(NOW), seed=0) as emulator:
        emulator.seed_from(SEED)
        settings = Path(os.environ["GCSA_TEST_SETTINGS"])
        app(
            sys.argv[1:],
            prog_name="gcsa",
            obj=Surroundings(emulator=emulator, configuration=settings),
        )


if __name__ == "__main__":
    main()
