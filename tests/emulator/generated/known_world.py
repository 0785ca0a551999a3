"""A world for generated calls to meet: people, calendars, and events of every kind, with the ids of all of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from gcsa.emulator import Clock, Emulator, Request
from tests.emulator.generated.calls import METHODS
from tests.emulator.generated.values import Known

# A Monday.
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ME, ANN, BOB, EVE = "me@example.com", "ann@example.com", "bob@example.com", "eve@elsewhere.test"
USERS = (ME, ANN, BOB, EVE)
TEAM = "team@example.com"

_HOUR = {
    "start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-03T11:00:00", "timeZone": "Europe/Prague"},
}
_DAY = {"start": {"date": "2026-03-29"}, "end": {"date": "2026-03-30"}}
_GUESTS = [{"email": ANN}, {"email": BOB, "optional": True}, {"email": EVE, "comment": "?"}]
EVENTS = (
    {"id": "single", "summary": "Single", **_HOUR},
    {"id": "date0", "summary": "All day", "transparency": "transparent", **_DAY},
    {"id": "guests", "summary": "With guests", "attendees": _GUESTS, **_HOUR},
    {"id": "secret", "summary": "Secret", "visibility": "private", **_HOUR},
    {"id": "counted", "summary": "Counted", "recurrence": ["RRULE:FREQ=DAILY;COUNT=9"], **_HOUR},
    {"id": "endless", "summary": "Endless", "recurrence": ["RRULE:FREQ=WEEKLY"], **_HOUR},
    {"id": "month", "summary": "Monthly", "recurrence": ["RRULE:FREQ=MONTHLY"], **_DAY},
    {
        "id": "props",
        "summary": "Properties",
        "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
        "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 5}]},
        **_HOUR,
    },
    {
        "id": "meet0",
        "summary": "Conference",
        "conferenceData": {"createRequest": {"requestId": "first"}},
        **_HOUR,
    },
)
DELETED = "deleted"


class World:
    """An emulator with something in it, and what its answers have told so far.

    Attributes:
        emulator: The emulator.
        known: What calls can be about, by kind: `calendarId`, `eventId`, `pageToken`, …
    """

    def __init__(self):
        self.emulator = Emulator(clock=Clock.frozen(NOW), seed=0)
        self.known = {"calendarId": ["primary"], "user": list(USERS)}
        _populate(self)
        self._snapshot = self.emulator.snapshot()
        self._known = _copied(self.known)

    def begin_again(self):
        """Make everything as it was at first."""
        self.emulator.restore(self._snapshot)
        self.known = _copied(self._known)

    def request_of(self, call):
        """The request of a generated call, with what it names looked up among what is known by now."""
        method = METHODS[call.method]
        target = f"/calendar/v3/{method['path']}"
        for name, value in call.path.items():
            target = target.replace(f"{{{name}}}", quote(self._resolved(value), safe=""))
        query = [(name, self._resolved(value)) for name, value in call.query]
        headers = [(name, self._resolved(value)) for name, value in call.headers]
        if call.user is not None:
            headers.insert(0, ("Authorization", f"Bearer {call.user}"))
        body = self._resolved(call.body)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Request.of(method["httpMethod"], f"{target}?{urlencode(query)}", headers, content)

    def _resolved(self, value):
        match value:
            case Known(kind, number):
                values = self.known.get(kind) or ["none"]
                return values[number % len(values)]
            case dict():
                return {name: self._resolved(item) for name, item in value.items()}
            case list():
                return [self._resolved(item) for item in value]
        return value

    def call(self, method, path, body=None, user=ME):
        """Make a call that has to succeed."""
        response = self._answer(method, path, body, user)
        assert response.status in (200, 204), response
        return json.loads(response.body) if response.body else None

    def try_call(self, method, path, body=None, user=ME):
        """Make a call, and return what it answers; None where it is refused."""
        response = self._answer(method, path, body, user)
        return json.loads(response.body) if response.status == 200 else None

    def _answer(self, method, path, body, user):
        content = b"" if body is None else json.dumps(body).encode()
        headers = [("Authorization", f"Bearer {user}")]
        return self.emulator.handle(Request.of(method, f"/calendar/v3{path}", headers, content))

    def learn(self, answer):
        """Take note of what an answer tells."""
        for kind, name in _TELLING.get(answer.get("kind"), ()):
            if isinstance(answer.get(name), str):
                self.note(kind, answer[name])
        for kind, name in _EVERY_ANSWER:
            if isinstance(answer.get(name), str):
                self.note(kind, answer[name])
        for item in answer.get("items", ()):
            self.learn(item)

    def note(self, kind, value):
        """Take note of one value of a kind."""
        values = self.known.setdefault(kind, [])
        if value not in values:
            values.append(value)


# What an answer of a kind tells: what it is good for, and under which name it has it.
_TELLING = {
    "calendar#event": [("eventId", "id"), ("iCalUID", "iCalUID")],
    "calendar#calendar": [("calendarId", "id")],
    "calendar#calendarListEntry": [("calendarId", "id")],
    "calendar#aclRule": [("ruleId", "id")],
    "api#channel": [("channelId", "id"), ("resourceId", "resourceId")],
}
_EVERY_ANSWER = [
    ("etag", "etag"),
    ("pageToken", "nextPageToken"),
    ("syncToken", "nextSyncToken"),
]


def _copied(known):
    return {kind: list(values) for kind, values in known.items()}


def _populate(world):
    emulator = world.emulator
    emulator.users.add(ME, time_zone="Europe/Prague")
    for user in (ANN, BOB, EVE):
        emulator.users.add(user)
    emulator.groups.add(TEAM, [ANN, BOB])
    shared = world.call("POST", "/calendars", {"summary": "Shared"})["id"]
    gone = world.call("POST", "/calendars", {"summary": "Gone"})["id"]
    world.call("DELETE", f"/calendars/{gone}")
    _share(world, "primary", ("user", ANN, "writer"), ("user", BOB, "freeBusyReader"))
    _share(world, shared, ("group", TEAM, "reader"), ("user", ANN, "writerWithoutPrivateAccess"))
    _share(world, shared, ("default", None, "freeBusyReader"))
    world.call("POST", "/users/me/calendarList", {"id": shared}, ANN)
    for event in EVENTS:
        world.call("POST", "/calendars/primary/events?conferenceDataVersion=1", event)
    world.call("POST", f"/calendars/{shared}/events", {"id": "there", **_HOUR})
    _change(world)
    emulator.clock.advance(timedelta(seconds=2))
    for path in ("/users/me/calendarList", "/users/me/settings", "/calendars/primary/acl"):
        world.learn(world.call("GET", f"{path}?maxResults=1"))
        world.learn(world.call("GET", path))
    world.learn(world.call("GET", "/calendars/primary/events?maxResults=2"))
    world.learn(world.call("GET", "/calendars/primary/events?singleEvents=true&maxResults=2"))
    world.learn(world.call("GET", "/calendars/primary/events"))
    world.learn(_watch(world))
    world.note("secondary", shared)
    for name in ("counted", "endless", "month"):
        world.note("series", name)
    for name in (*USERS, TEAM, shared, gone, shared.upper(), "nobody@example.com"):
        world.note("calendarId", name)


def _share(world, calendar, *rules):
    for kind, value, role in rules:
        scope = {"type": kind} if value is None else {"type": kind, "value": value}
        world.call("POST", f"/calendars/{calendar}/acl", {"role": role, "scope": scope})


def _change(world):
    """Make exceptions, a cancelled instance and a deleted event."""
    events = "/calendars/primary/events"
    world.call("PATCH", f"{events}/counted_20260304T090000Z", {"summary": "Changed"})
    world.call("DELETE", f"{events}/counted_20260305T090000Z")
    world.call("POST", events, {"id": DELETED, **_HOUR})
    world.call("DELETE", f"{events}/{DELETED}")
    for event_id in (
        "counted_20260304T090000Z",
        "counted_20260306T090000Z",
        "counted_20270304T090000Z",
        "endless_20260310T090000Z",
        "endless_99990310T090000Z",
        "month_20260329",
        "month_20260332",
        DELETED,
    ):
        world.note("eventId", event_id)


def _watch(world):
    channel = {"id": "channel", "type": "web_hook", "address": "http://127.0.0.1:9/"}
    return world.call("POST", "/calendars/primary/events/watch", channel)
