"""A victim with private calendars on an emulator, and those who are after them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from gcsa.emulator import Clock, Emulator, Request
from tests.emulator.conformance.document import METHODS

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
VICTIM = "victim@example.com"
# It is in every text of the victim's events, calendars and rules, and nowhere else.
SECRET = "xyzzy"
EVENT, SERIES = "secretevent", "secretseries"


@dataclass
class Reply:
    method: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def shown(self) -> str:
        """All that came back, in one text."""
        return f"{self.headers} {self.body.decode('latin-1')}"


@dataclass
class Person:
    """Somebody who calls methods by their names."""

    emulator: Emulator
    token: str | None

    def send(self, method, target, body=None, headers=()):
        sent = dict(headers)
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        content = body if isinstance(body, bytes) else b"" if body is None else dumped(body)
        response = self.emulator.handle(Request.of(method, target, sent.items(), content))
        return Reply(target, response.status, dict(response.headers), response.body)

    def call(self, name, body=None, headers=(), spelled=None, **parameters):
        """Call a method; the path's parameters are quoted, but for those that are given as they are to be sent."""
        description = METHODS[name]
        segments, query = description["path"], {}
        for key, value in parameters.items():
            text = (spelled or {}).get(key) or quote(str(value), safe="")
            if f"{{{key}}}" in segments:
                segments = segments.replace(f"{{{key}}}", text)
            else:
                query[key] = value
        target = f"/calendar/v3/{segments}" + (f"?{urlencode(query)}" if query else "")
        reply = self.send(description["httpMethod"], target, body, headers)
        reply.method = name
        return reply

    def ok(self, name, body=None, **parameters):
        reply = self.call(name, body, **parameters)
        assert reply.status in (200, 204), (name, reply)
        return reply.json if reply.body else None


def dumped(body) -> bytes:
    return json.dumps(body).encode()


def at(day: int, **fields) -> dict[str, Any]:
    return {
        "start": {"dateTime": f"2026-03-{day:02}T10:00:00Z", "timeZone": "UTC"},
        "end": {"dateTime": f"2026-03-{day:02}T11:00:00Z", "timeZone": "UTC"},
        **fields,
    }


def secret(**fields) -> dict[str, Any]:
    return {
        "summary": f"{SECRET} takeover",
        "description": f"the {SECRET}",
        "location": f"{SECRET} room",
        "attendees": [{"email": f"{SECRET}@guests.example"}],
        "extendedProperties": {"shared": {SECRET: SECRET}, "private": {SECRET: SECRET}},
        "source": {"title": SECRET, "url": f"https://{SECRET}.example/"},
        **fields,
    }


class World:
    """The emulator, the victim, and the victim's calendars."""

    def __init__(self) -> None:
        self.emulator = Emulator(clock=Clock.frozen(START), seed=0)
        self.victim = self.person(VICTIM)
        made = self.victim.ok("calendars.insert", {"summary": f"{SECRET} plans"})
        self.calendar: str = made["id"]
        for calendar in (VICTIM, self.calendar):
            self.victim.ok(
                "events.insert",
                at(3, **secret(id=EVENT, visibility="private")),
                calendarId=calendar,
            )
            weekly = {"id": SERIES, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}
            self.victim.ok("events.insert", at(4, **secret(**weekly)), calendarId=calendar)
        channel = {
            "id": "the-victims-channel",
            "type": "web_hook",
            "address": "http://127.0.0.1:9/",
            "token": SECRET,
        }
        self.channel = self.victim.ok("events.watch", channel, calendarId=self.calendar)
        self.emulator.outbox.clear()

    def person(self, token: str | None) -> Person:
        return Person(self.emulator, token)

    def with_role(self, role: str) -> Person:
        """Somebody of another organization who has a role on the victim's secondary calendar."""
        address = f"{role.lower()}@elsewhere.example"
        self.victim.ok(
            "acl.insert",
            {"role": role, "scope": {"type": "user", "value": address}},
            calendarId=self.calendar,
            sendNotifications=False,
        )
        return self.person(address)

    def state(self) -> dict[str, Any]:
        """Everything that is the victim's, as the victim sees it."""
        whole = {"showDeleted": True, "maxResults": 2500}
        seen = {
            "list": self.victim.ok("calendarList.list", showHidden=True, showDeleted=True),
            "settings": self.victim.ok("settings.list"),
            "channels": self.emulator.handle(
                Request.of("GET", "/emulator/channels", [("host", "localhost")])
            ).body,
        }
        for calendar in (VICTIM, self.calendar):
            seen[calendar] = (
                self.victim.ok("calendars.get", calendarId=calendar),
                self.victim.ok("events.list", calendarId=calendar, **whole),
                self.victim.ok("acl.list", calendarId=calendar, showDeleted=True),
            )
        return without_tokens(seen)


def without_tokens(value):
    """Sync tokens say when they were given, which is no change."""
    if isinstance(value, dict):
        return {k: without_tokens(v) for k, v in value.items() if k != "nextSyncToken"}
    return [without_tokens(v) for v in value] if isinstance(value, (list, tuple)) else value


@pytest.fixture
def world():
    world = World()
    with world.emulator:
        yield world


BODIES = {
    "AclRule": {"role": "owner", "scope": {"type": "user", "value": "stranger@elsewhere.example"}},
    "Calendar": {"summary": "Mine now"},
    "FreeBusyRequest": {"timeMin": "2026-03-01T00:00:00Z", "timeMax": "2026-03-31T00:00:00Z"},
    "Event": at(9, summary="Mine now", attendees=[{"email": VICTIM}]),
}


def aimed(name, world, calendar, *, event=EVENT, destination=None):
    """The body and the parameters of a call of a method that is after a calendar of somebody else's."""
    method = METHODS[name]
    values = {
        "calendarId": calendar,
        "eventId": SERIES if name == "events.instances" else event,
        "ruleId": f"user:{VICTIM}",
        "setting": "timezone",
        "text": "Mine now tomorrow at noon",
        "destination": destination or calendar,
        "newDataOwner": "stranger@elsewhere.example",
        "useAdminAccess": True,
    }
    parameters = {
        key: values[key]
        for key, schema in method.get("parameters", {}).items()
        if schema.get("required")
    }
    schema = method.get("request", {}).get("$ref")
    body = dict(BODIES.get(schema, {})) if schema else None
    if schema == "CalendarListEntry":
        body = {"id": calendar, "summaryOverride": "Mine now"}
    elif schema == "FreeBusyRequest":
        body["items"] = [{"id": calendar}]
    elif name == "channels.stop":
        body = {"id": world.channel["id"], "resourceId": world.channel["resourceId"]}
    elif schema == "Channel":
        body = {
            "id": f"{name}-{event}".replace(".", "-").replace("_", "-"),
            "type": "web_hook",
            "address": "http://127.0.0.1:9/",
        }
    elif name == "events.import":
        body["iCalUID"] = f"{EVENT}@google.com"
    return body, parameters
