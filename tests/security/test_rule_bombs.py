"""Rules that stand for more than anybody could look at: in the emulator and in a mirror, a call answers all the same.

How far `gcsa.recurrence` itself looks is in tests/recurrence/test_series_bounds.py. Work is counted, not timed.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import islice

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.emulator import Clock, Emulator
from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror import Mirror
from gcsa.recurrence import Series
from tests.security.conftest import START, Person
from tests.security.test_calendar_file_bombs import at_most

ALL = {
    "BYHOUR": ",".join(map(str, range(24))),
    "BYMINUTE": ",".join(map(str, range(60))),
    "BYSECOND": ",".join(map(str, range(60))),
}
EVERY_SECOND = ";".join(f"{name}={values}" for name, values in ALL.items())
BOMBS = {
    "each second": ["RRULE:FREQ=SECONDLY"],
    "each second, counted": ["RRULE:FREQ=SECONDLY;COUNT=1000000000"],
    "each second of a year": [f"RRULE:FREQ=YEARLY;{EVERY_SECOND}"],
    "each second, said at length": [f"RRULE:FREQ=SECONDLY;{EVERY_SECOND}"],
    "never": ["RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"],
    "never, by the year": ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
    "far apart": ["RRULE:FREQ=DAILY;INTERVAL=999999"],
    "the last second of a year": [
        "RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))) + f";{EVERY_SECOND};BYSETPOS=-1"
    ],
    "five rules": ["RRULE:FREQ=SECONDLY"] * 5,
    "all but some seconds": ["RRULE:FREQ=SECONDLY", "EXRULE:FREQ=SECONDLY;BYSECOND=0,1,2,3,4,5"],
}  # fmt: skip
WHEN = {
    "start": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"},
    "end": {"dateTime": "2026-03-03T10:00:01Z", "timeZone": "UTC"},
}
WORK = 2_500_000  # calls of functions: a second or two


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(START), seed=0) as emulator:
        yield emulator


@pytest.fixture
def me(emulator):
    return Person(emulator, "me@example.com")


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_emulator_answers_every_call_about_it(me, bomb):
    event = {"id": "b0mb", "summary": "x", **WHEN, "recurrence": BOMBS[bomb]}
    primary = {"calendarId": "primary"}
    whole = {"singleEvents": True, "maxResults": 50}
    busy = {
        "timeMin": "2026-03-01T00:00:00Z",
        "timeMax": "2026-05-01T00:00:00Z",
        "items": [{"id": "primary"}],
    }
    later = {"start": WHEN["end"], "end": WHEN["end"]}
    calls = [
        ("events.insert", event, primary),
        ("events.list", None, {**primary, **whole}),
        ("events.list", None, {**primary, **whole, "q": "nothing"}),
        ("events.list", None, {**primary, **whole, "timeMin": "2090-01-01T00:00:00Z"}),
        ("events.list", None, {**primary, **whole, "privateExtendedProperty": "a=b"}),
        ("events.instances", None, {**primary, "eventId": "b0mb", "maxResults": 50}),
        ("events.get", None, {**primary, "eventId": "b0mb_20900101T000000Z"}),
        ("freebusy.query", busy, {}),
        ("events.patch", later, {**primary, "eventId": "b0mb"}),
        ("events.patch", {"summary": "y"}, {**primary, "eventId": "b0mb_20260303T100001Z"}),
        ("events.delete", None, {**primary, "eventId": "b0mb"}),
    ]
    for name, body, parameters in calls:
        with at_most(WORK):
            reply = me.call(name, body, **parameters)
        assert reply.status in (200, 204, 400, 404), (name, reply)
        assert len(reply.body) < 1_000_000


def test_a_guest_s_bomb_does_not_stop_the_calendar_of_who_is_invited(emulator, me):
    emulator.users.add("room@resource.calendar.google.com")
    guests = [{"email": "ann@example.com"}, {"email": "room@resource.calendar.google.com"}]
    with at_most(WORK):
        me.ok(
            "events.insert",
            {"summary": "x", **WHEN, "recurrence": BOMBS["each second"], "attendees": guests},
            calendarId="primary",
        )
    ann = Person(emulator, "ann@example.com")
    with at_most(WORK):
        page = ann.ok("events.list", calendarId="primary", singleEvents=True, maxResults=5)
    assert len(page["items"]) == 5


def test_a_question_about_many_calendars_is_no_more_work_than_one_about_some(me):
    items = []
    for number in range(6):
        made = me.ok("calendars.insert", {"summary": f"{number}"})["id"]
        me.ok("events.insert", {**WHEN, "recurrence": ["RRULE:FREQ=SECONDLY"]}, calendarId=made)
        items.append({"id": made})
    busy = {"timeMin": "2026-03-01T00:00:00Z", "timeMax": "2026-05-01T00:00:00Z", "items": items}
    with at_most(3_000_000):
        answer = me.ok("freebusy.query", busy)
    errors = [calendar["errors"][0]["reason"] for calendar in answer["calendars"].values()]
    assert errors == ["internalError"] * 6


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=DAILY"] * 51,
        ["RRULE:FREQ=DAILY", *["EXRULE:FREQ=SECONDLY;BYSECOND=1"] * 4],
        ["RRULE:FREQ=DAILY", "EXDATE:" + ",".join(["20260303T100000Z"] * 10_000)],
        ["RRULE:FREQ=SECONDLY", "EXRULE:FREQ=SECONDLY"],
    ],
)
def test_more_lines_than_any_program_writes_are_refused(me, lines):
    with at_most(WORK):
        reply = me.call("events.insert", {**WHEN, "recurrence": lines}, calendarId="primary")
    assert (reply.status, reply.json["error"]["message"]) == (400, "Invalid recurrence rule.")


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_mirror_keeps_it_and_answers_for_everything_else(bomb, tmp_path):
    """What Google would refuse may be in an answer all the same: of one series, not of the whole calendar."""
    items = [
        {"id": "b0mb", "status": "confirmed", "summary": "x", **WHEN, "recurrence": BOMBS[bomb]},
        {
            "id": "lunch",
            "status": "confirmed",
            "summary": "Lunch",
            "start": {"dateTime": "2026-03-04T12:00:00Z"},
            "end": {"dateTime": "2026-03-04T13:00:00Z"},
        },
    ]
    page = {"timeZone": "UTC", "accessRole": "owner", "items": items, "nextSyncToken": "token"}
    google = httpx2.MockTransport(lambda request: httpx2.Response(200, content=json.dumps(page)))
    client = GoogleCalendar(credentials=Credentials(token="x"), transport=google)
    with Mirror(f"sqlite:///{tmp_path}/mirror.db") as mirror, at_most(WORK):
        mirror.sync(client, "me@example.com")
        assert mirror.event("b0mb", "me@example.com").recurrence == BOMBS[bomb]
        shown = mirror.events(
            "me@example.com",
            datetime(2026, 3, 4, 12, tzinfo=UTC),
            datetime(2026, 3, 4, 12, 0, 30, tzinfo=UTC),
        )
        assert "Lunch" in {event.summary for event in shown}
        century = mirror.events("me@example.com", date(2026, 1, 1), date(2126, 1, 1))
        assert len(list(islice(century, 20))) >= 1


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_series_yields_its_first_ones_at_once(bomb):
    with at_most(WORK):
        series = Series(BOMBS[bomb], datetime(2026, 3, 3, 10, tzinfo=UTC))
        try:
            found = list(islice(series, 3))
        except ValueError as error:
            assert "takes too long to expand" in str(error)  # noqa: PT017 - either will do
        else:
            assert found[0] >= datetime(2026, 3, 3, 10, tzinfo=UTC)
