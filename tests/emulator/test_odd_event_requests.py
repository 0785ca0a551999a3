"""Whatever a client sends about events, the answer is Google's, and nothing that was stored breaks a later one."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcsa.emulator import Clock, Emulator, Request
from gcsa.emulator.contract import contract
from tests.strategies.answers import check_answer
from tests.strategies.discovery import odd_resources, resources

USERS = ("me@example.com", "ann@example.com", "bob@example.org")
TEAM = "c_team@group.calendar.google.com"
ROOM = "c_room@resource.calendar.google.com"
ZONED = {
    "start": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-03T11:00:00Z", "timeZone": "Europe/Prague"},
}
DAY = {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}}
GUESTS = {"attendees": [{"email": "ann@example.com"}, {"email": "bob@example.org"}]}
SERIES = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]}
AWAY = {
    **ZONED,
    "eventType": "outOfOffice",
    "outOfOfficeProperties": {"autoDeclineMode": "declineAllConflictingInvitations"},
}
AT_HOME = {
    **DAY,
    "eventType": "workingLocation",
    "visibility": "public",
    "transparency": "transparent",
    "workingLocationProperties": {"type": "homeOffice"},
}
BIRTHDAY = {
    **DAY,
    "eventType": "birthday",
    "visibility": "private",
    "transparency": "transparent",
    "recurrence": ["RRULE:FREQ=YEARLY"],
}
STORED = {
    "single": {**ZONED, **GUESTS},
    "series0": {**ZONED, **GUESTS, **SERIES, "guestsCanModify": True},
    "days00": {**DAY, **SERIES},
    "hidden": {**ZONED, **GUESTS, "guestsCanSeeOtherGuests": False},
    "away00": AWAY,
    "athome": AT_HOME,
    "birth0": BIRTHDAY,
}
IDS = [
    *STORED,
    "series0_20260304T100000Z",
    "days00_20260304",
    "series0_20260304",
    "moved0",
    "gone00",
]
# What makes it likely that a body gets past the first checks.
PIECES = st.sampled_from(
    [
        {}, ZONED, DAY, GUESTS, SERIES, AWAY, AT_HOME, BIRTHDAY,
        {"attendees": [{"email": ROOM}]},
        {"attendees": [{"email": "all@example.com", "responseStatus": "declined"}]},
        {"attendees": [{"email": "ann@example.com", "responseStatus": "accepted"}]},
        {"attendeesOmitted": True},
        {"status": "cancelled"},
        {"status": "confirmed"},
        {"iCalUID": "single@google.com"},
        {"iCalUID": "uid", "originalStartTime": {"dateTime": "2026-03-04T10:00:00Z"}},
        {"eventType": "fromGmail"},
        {"endTimeUnspecified": True},
        {"visibility": "private"},
        {"conferenceData": {"createRequest": {"requestId": "r"}}},
    ]
)  # fmt: skip


@st.composite
def bodies(draw):
    """An event's body: mostly one that can be, with some fields that cannot."""
    drawn = draw(st.just({}) | resources("Event") | odd_resources("Event"))
    names = draw(st.lists(st.sampled_from(sorted(drawn)), max_size=2)) if drawn else []
    kept = drawn if draw(st.integers(0, 9)) == 0 else {name: drawn[name] for name in names}
    times = draw(st.sampled_from([ZONED, ZONED, DAY, {}]))
    return {**times, **draw(PIECES), **draw(PIECES), **kept}


EVENT = "/calendars/{calendar}/events/{event}"
METHODS = {
    "insert": ("POST", "/calendars/{calendar}/events", True, "Event"),
    "import": ("POST", "/calendars/{calendar}/events/import", True, "Event"),
    "quickAdd": ("POST", "/calendars/{calendar}/events/quickAdd", False, "Event"),
    "list": ("GET", "/calendars/{calendar}/events", False, "Events"),
    "get": ("GET", EVENT, False, "Event"),
    "instances": ("GET", f"{EVENT}/instances", False, "Events"),
    "patch": ("PATCH", EVENT, True, "Event"),
    "update": ("PUT", EVENT, True, "Event"),
    "delete": ("DELETE", EVENT, False, None),
    "move": ("POST", f"{EVENT}/move", False, "Event"),
}
ODD_VALUES = st.sampled_from(["", "x", "-1", "99999999999", "a=b", "2026-03-02"])
TEXTS = {
    "timeZone": ["Asia/Kolkata", "Europe/Prague"],
    "iCalUID": ["single@google.com", "uid"],
    "destination": [TEAM, *USERS],
    "privateExtendedProperty": ["a=b"],
    "sharedExtendedProperty": ["a=b"],
    "text": ["Lunch tomorrow 1pm with ann@example.com", "x", "every day"],
    "originalStart": ["2026-03-04T10:00:00Z", "2026-03-04"],
    "q": ["office", "ann"],
}
DATES = ["2026-03-02T00:00:00Z", "2026-03-04T12:00:00Z", "2026-03-05T00:00:00+05:30"]


def values_of(name, parameter):
    """Values of a parameter; one time in ten a value that it cannot have."""
    if parameter.enum is not None:
        possible = list(parameter.enum)
    elif parameter.type == "boolean":
        possible = ["true", "false"]
    elif parameter.type == "integer":
        possible = ["1", "2"] if parameter.maximum is None else ["0", "1"]
    elif parameter.format == "date-time":
        possible = DATES
    else:
        possible = TEXTS.get(name, [""])
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(possible) if n else ODD_VALUES)


@pytest.fixture(scope="module")
def seeded():
    """An emulator with events of every kind, and a snapshot to come back to."""
    with Emulator(clock=Clock.frozen(), seed=0) as emulator:
        emulator.groups.add("all@example.com", ["ann@example.com", "new@example.com"])
        emulator.seed_from({"calendars": [{"id": TEAM, "summary": "Team"}]})
        for user in USERS:
            emulator.users.add(user)
        for event_id, body in STORED.items():
            ask(emulator, "POST", "/calendars/primary/events", {"id": event_id, **body})
        for event_id in ("moved0", "gone00"):
            ask(emulator, "POST", "/calendars/primary/events", {"id": event_id, **ZONED, **SERIES})
        ask(emulator, "POST", f"/calendars/primary/events/moved0/move?destination={TEAM}", {})
        ask(emulator, "PATCH", "/calendars/primary/events/gone00", GUESTS)
        ask(emulator, "DELETE", "/calendars/primary/events/gone00", {})
        yield emulator, emulator.snapshot()


def ask(emulator, method, path, body, user="me@example.com"):
    content = json.dumps(body).encode() if body is not None else b""
    request = Request.of(
        method, f"/calendar/v3{path}", [("Authorization", f"Bearer {user}")], content
    )
    response = emulator.handle(request)
    assert response.status < 500, (method, path, body)
    return response


def draw_request(data, name):
    method, path, has_body, schema = METHODS[name]
    calendar = data.draw(st.sampled_from(["primary"] * 8 + ["me@example.com", TEAM]))
    event = data.draw(st.sampled_from(IDS))
    known = contract().methods[f"calendar.events.{name}"].parameters
    wanted = {key: one for key, one in known.items() if one.location == "query"}
    names = data.draw(st.lists(st.sampled_from(sorted(wanted)), max_size=2)) if wanted else []
    names += [key for key, one in wanted.items() if one.required]
    query = {key: data.draw(values_of(key, wanted[key])) for key in names}
    target = path.format(calendar=quote(calendar), event=quote(event))
    body = data.draw(bodies()) if has_body else None
    if name == "import" and data.draw(st.integers(0, 3)):
        body.setdefault("iCalUID", "single@google.com")
    return method, f"{target}?{urlencode(query)}", body, schema


@pytest.mark.parametrize("name", METHODS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_request_about_events_makes_the_emulator_fail(seeded, name, data):
    emulator, snapshot = seeded
    emulator.restore(snapshot)
    for _ in range(data.draw(st.integers(1, 3))):
        method, path, body, schema = draw_request(data, name)
        user = data.draw(st.sampled_from(["me@example.com", *USERS]))
        check_answer(ask(emulator, method, path, body, user), schema)
    for user in (*USERS, "new@example.com"):
        for query in ("", "?singleEvents=true&showDeleted=true&timeZone=Asia/Kolkata"):
            listed = ask(emulator, "GET", f"/calendars/primary/events{query}", None, user)
            check_answer(listed, "Events")
    for event_id in IDS:
        path = f"/calendars/primary/events/{event_id}"
        check_answer(ask(emulator, "GET", path, None, data.draw(st.sampled_from(USERS))), "Event")
