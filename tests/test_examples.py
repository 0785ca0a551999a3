"""The programs in examples/, run as a reader would run them; `examples/test_booking.py` tests the server there."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcsa.event import Event

EXAMPLES = Path(__file__).parents[1] / "examples"


def run(program, *arguments, **variables):
    done = subprocess.run(
        [sys.executable, EXAMPLES / program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "TZ": "UTC", **variables},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_the_quick_start_shows_a_week():
    lines = run("quickstart.py").splitlines()
    assert [line[0] for line in lines if not line.startswith(" ")] == list("12345")
    assert sum("Stand-up" in line for line in lines) == 3
    assert sum("https://meet.google.com/" in line for line in lines) >= 3


@pytest.fixture
def tomorrow_at_ten(served_calendar_emulator):
    """The time of a meeting that Ann has asked for, beside one that was declined."""
    # The program runs in a process of its own, whose today is the machine's.
    served_calendar_emulator.clock.resume()
    served_calendar_emulator.clock.set(datetime.now(UTC))
    ten = (datetime.now(UTC) + timedelta(days=1)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    ann = served_calendar_emulator.client("ann@example.com")
    ann.add_event(Event("Board", start=ten, location="Room 4", attendees="me@example.com"))
    party = ann.add_event(Event("Party", start=ten, attendees="me@example.com"))
    served_calendar_emulator.client().respond(party.id, "declined")
    return ten


def test_the_reminder_tells_of_tomorrow_and_of_invitations(tomorrow_at_ten):
    assert run("reminder.py").splitlines() == [
        f"Tomorrow, {tomorrow_at_ten:%A %d %B}",
        "  10:00  Board  (Room 4)",
        "Waiting for your answer",
        f"  {tomorrow_at_ten:%d %B}  10:00  Board  (Room 4), from ann@example.com",
    ]
