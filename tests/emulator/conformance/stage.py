"""Where a probe plays: a fresh emulator, the people who call it, and a record of what they sent and got."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from gcsa.emulator import Clock, Emulator, Request
from tests.emulator.conformance.document import METHODS, fields_in
from tests.emulator.generated.valid_answers import check_answer

# A Monday.
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Exchange:
    """A call and its answer.

    Attributes:
        method: The method, such as `events.list`.
        parameters: The parameters that were given.
        status: The status of the answer.
        sent: The names of the fields in the request's body.
        answered: The names of the fields in a successful answer.
    """

    method: str
    parameters: dict
    status: int
    sent: frozenset
    answered: frozenset

    @property
    def succeeded(self):
        return self.status < 400


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def reason(self):
        """Google's word for what was wrong."""
        return self.json["error"]["errors"][0]["reason"]


class Stage:
    """A fresh emulator on a frozen clock."""

    def __init__(self):
        self.emulator = Emulator(clock=Clock.frozen(NOW), seed=0)
        self.exchanges = []
        self.me = Person(self, "me@example.com")

    def person(self, address, token=None):
        """Somebody with an account, who calls with the address for a token unless told otherwise."""
        self.emulator.users.add(address)
        return Person(self, address, token)

    @property
    def ann(self):
        """A colleague."""
        return self.person("ann@example.com")

    def wait(self, **time):
        """Let time pass."""
        self.emulator.clock.advance(timedelta(**time))


class Person:
    """Somebody who calls the API."""

    def __init__(self, stage, address, token=None):
        self.stage = stage
        self.address = address
        self.token = address if token is None else token

    def call(self, method, body=None, headers=(), **parameters):
        """Call a method by its name, and return what is answered; a success is valid against its schema."""
        description = METHODS[method]
        target = "/calendar/v3/" + description["path"]
        query = []
        for name, value in parameters.items():
            own = description.get("parameters", {}).get(name, {})
            if own.get("location") == "path":
                target = target.replace(f"{{{name}}}", quote(str(value), safe=""))
            else:
                values = value if isinstance(value, list) else [value]
                query += [(name, _text(each)) for each in values]
        sent = dict(headers)
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        content = b"" if body is None else json.dumps(body).encode()
        request = Request.of(
            description["httpMethod"], f"{target}?{urlencode(query)}", sent.items(), content
        )
        response = self.stage.emulator.handle(request)
        reply = Reply(response.status, dict(response.headers), response.body)
        if "fields" not in parameters:
            check_answer(description["id"], response)
        self._record(description, method, parameters, body, reply)
        return reply

    def ok(self, method, body=None, headers=(), **parameters):
        """The resource that a call answers; it has to succeed."""
        reply = self.call(method, body, headers, **parameters)
        assert reply.status < 300, reply
        return reply.json

    def refused(self, method, body=None, headers=(), **parameters):
        """The status and the reason of a call that has to be refused."""
        reply = self.call(method, body, headers, **parameters)
        assert reply.status >= 400, reply
        return reply.status, reply.reason

    def _record(self, description, method, parameters, body, reply):
        sent = answered = frozenset()
        if isinstance(body, dict) and "request" in description:
            sent = frozenset(fields_in(description["request"]["$ref"], body))
        if reply.status == 200 and "response" in description and reply.body:
            answered = frozenset(fields_in(description["response"]["$ref"], reply.json))
        self.stage.exchanges.append(Exchange(method, parameters, reply.status, sent, answered))

    # What most probes need.

    def insert(self, body, calendarId="primary", **parameters):
        return self.ok("events.insert", body, calendarId=calendarId, **parameters)

    def event(self, eventId, calendarId="primary", **parameters):
        return self.ok("events.get", calendarId=calendarId, eventId=eventId, **parameters)

    def patch(self, eventId, body, calendarId="primary", **parameters):
        return self.ok("events.patch", body, calendarId=calendarId, eventId=eventId, **parameters)

    def events(self, calendarId="primary", **parameters):
        return self.ok("events.list", calendarId=calendarId, **parameters)["items"]

    def share(self, address, role, calendarId="primary"):
        scope = {"type": "user", "value": address}
        return self.ok("acl.insert", {"role": role, "scope": scope}, calendarId=calendarId)

    def new_calendar(self, **fields):
        return self.ok("calendars.insert", {"summary": "Team", **fields})["id"]


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def meeting(**fields):
    """The body of an event, on the morning after."""
    return {
        "summary": "Meeting",
        "start": {"dateTime": "2026-03-03T10:00:00Z"},
        "end": {"dateTime": "2026-03-03T11:00:00Z"},
        **fields,
    }


def all_day(**fields):
    """The body of an event of one day, the day after."""
    return {
        "summary": "Day",
        "start": {"date": "2026-03-03"},
        "end": {"date": "2026-03-04"},
        **fields,
    }


def daily(**fields):
    """The body of a series of five mornings in Prague."""
    return {
        "summary": "Standup",
        "start": {"dateTime": "2026-03-03T09:00:00", "timeZone": "Europe/Prague"},
        "end": {"dateTime": "2026-03-03T09:15:00", "timeZone": "Europe/Prague"},
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=5"],
        **fields,
    }
