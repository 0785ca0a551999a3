"""How often, and how long before, as people write it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gcsa.cli.alerts import parse_reminder
from gcsa.cli.failure import Misunderstanding
from gcsa.cli.repeats import parse_repeat

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Europe/Prague"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("daily", "RRULE:FREQ=DAILY;WKST=SU"),
        ("weekly", "RRULE:FREQ=WEEKLY;WKST=SU"),
        ("every month", "RRULE:FREQ=MONTHLY;WKST=SU"),
        ("every 2 weeks", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
        ("every other day", "RRULE:FREQ=DAILY;INTERVAL=2;WKST=SU"),
        ("weekdays", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SU"),
        ("mon,wed", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU"),
        ("every tuesday and thursday", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU"),
        ("every 2 weeks on friday", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU"),
        ("weekly 10 times", "RRULE:FREQ=WEEKLY;COUNT=10;WKST=SU"),
        ("daily until 1 may", "RRULE:FREQ=DAILY;UNTIL=20260501T215959Z;WKST=SU"),
        ("FREQ=DAILY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"),
        ("RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"),
    ],
)
def test_how_often_becomes_a_line(text, line):
    assert parse_repeat(text, NOW, NOW) == line


def test_the_last_day_of_an_all_day_event_is_a_day():
    assert (
        parse_repeat("daily until 1 may", date(2026, 1, 5), NOW)
        == "RRULE:FREQ=DAILY;UNTIL=20260501;WKST=SU"
    )


@pytest.mark.parametrize("text", ["sometimes", "every", "every blue moon", "RRULE:FREQ=NEVER"])
def test_what_says_not_how_often_is_refused(text):
    with pytest.raises(Misunderstanding):
        parse_repeat(text, NOW, NOW)


@pytest.mark.parametrize(
    ("text", "method", "minutes"),
    [("10m", "popup", 10), ("1d", "popup", 1440), ("email 2h", "email", 120), ("1h mail", "email", 60),
     ("0", "popup", 0)],
)  # fmt: skip
def test_reminders(text, method, minutes):
    reminder = parse_reminder(text)
    assert (reminder.method, reminder.minutes_before_start) == (method, minutes)


def test_a_reminder_is_at_most_four_weeks_before():
    with pytest.raises(Misunderstanding, match="from 0 to 40320"):
        parse_reminder("5 weeks")
