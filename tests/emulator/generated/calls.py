"""Calls of the API's methods, drawn by chance from Google's own discovery document: plausible, or odd in one part.

What has to name something that is there (ids, tokens, etags) is drawn as `Known`, to be looked up when it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.emulator.generated.values import (
    ODD_INTEGERS,
    ODD_RECURRENCES,
    ODD_TIMES,
    ODD_ZONES,
    RECURRENCES,
    TIMES,
    Known,
    Values,
)
from tests.strategies.discovery import DOCUMENT, ZONES

if TYPE_CHECKING:
    from random import Random

METHODS: dict[str, dict[str, Any]] = {
    method["id"]: method
    for resource in DOCUMENT["resources"].values()
    for method in resource["methods"].values()
}


@dataclass(frozen=True)
class Call:
    """A call, to be made once what it names is known.

    Attributes:
        method: The id of the method.
        path: The parameters of the path.
        query: The parameters of the query; one may be there more than once.
        headers: The headers besides the caller's token.
        user: The address of the caller; None for nobody.
        body: JSON, with `Known` in it, or the bytes themselves.
    """

    method: str
    path: dict[str, Any]
    query: list[tuple[str, Any]]
    headers: list[tuple[str, Any]]
    user: str | None
    body: Any


_HOUR = {
    "start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "Europe/Prague"},
    "end": {"dateTime": "2026-03-03T11:00:00", "timeZone": "Europe/Prague"},
}
_DAY = {"start": {"date": "2026-03-29"}, "end": {"date": "2026-03-30"}}
_LAST = {
    "start": {"dateTime": "9999-12-28T23:00:00Z", "timeZone": "UTC"},
    "end": {"dateTime": "9999-12-28T23:30:00Z", "timeZone": "UTC"},
}
_GUESTS = [{"email": "ann@example.com"}, {"email": "me@example.com"}, {"email": "eve@x.test"}]
_CHANNEL = {"type": "web_hook", "address": "http://127.0.0.1:9/"}
_BODIES: dict[str, list[dict[str, Any]]] = {
    "Event": [
        {"summary": "Drawn", **_HOUR},
        {"id": Known("eventId", 0), **_HOUR},
        {"iCalUID": "drawn@elsewhere.test", **_HOUR},
        {"iCalUID": Known("iCalUID", 1), "attendees": _GUESTS, "guestsCanModify": True, **_HOUR},
        {"iCalUID": "x@y.z", "recurrence": ["RRULE:FREQ=DAILY"], **_DAY},
        {"iCalUID": "last@elsewhere.test", "recurrence": ["RRULE:FREQ=DAILY"], **_LAST},
        {"conferenceData": {"createRequest": {"requestId": "drawn"}}, **_HOUR},
        {"eventType": "outOfOffice", "outOfOfficeProperties": {}, **_HOUR},
        {"eventType": "focusTime", "focusTimeProperties": {}, **_HOUR},
        {
            "eventType": "workingLocation",
            "visibility": "public",
            "transparency": "transparent",
            "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}},
            **_DAY,
        },
        {"eventType": "birthday", "recurrence": ["RRULE:FREQ=YEARLY"], **_DAY},
        {"recurrence": ["RRULE:FREQ=DAILY"], **_HOUR},
        {"summary": "Changed", "attendees": _GUESTS},
        {"status": "cancelled"},
        {},
    ],
    "Calendar": [{"summary": "Drawn"}, {"summary": "Drawn", "timeZone": "Asia/Kolkata"}],
    "CalendarListEntry": [
        {"id": Known("calendarId", 0)},
        {"id": Known("calendarId", 1)},
        {"id": Known("calendarId", 2)},
        {"id": Known("calendarId", 0), "hidden": True},
    ],
    "AclRule": [
        {"role": "reader", "scope": {"type": "user", "value": "eve@elsewhere.test"}},
        {"role": "owner", "scope": {"type": "user", "value": "ann@example.com"}},
        {"role": "none", "scope": {"type": "default"}},
        {"role": "writer", "scope": {"type": "domain", "value": "example.com"}},
    ],
    "Channel": [
        {"id": "drawn", **_CHANNEL},
        {"id": "other", "token": "t", "params": {"ttl": "3600"}, **_CHANNEL},
        {"id": "channel", "resourceId": Known("resourceId", 0)},
        {"id": Known("channelId", 0), "resourceId": Known("resourceId", 0)},
    ],
    "FreeBusyRequest": [
        {
            "timeMin": "2026-03-01T00:00:00Z",
            "timeMax": "2026-04-01T00:00:00Z",
            "items": [
                {"id": "primary"},
                {"id": "team@example.com"},
                {"id": Known("calendarId", 1)},
            ],
        }
    ],
}
_BAD_BODIES = (
    *(b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b'{"summary": "\xff"}', b'{"a": NaN}'),
    b'{"summary": "\\ud800"}',
    b'{"summary": 1, "summary": "twice"}',
    b'\xef\xbb\xbf{"summary": "after a mark"}',
    b'{"sequence": 1e999}',
    b'{"sequence": 123456789012345678901234567890}',
    b'{"start": ' + b'{"date": ' * 3000 + b'""' + b"}" * 3000 + b"}",
    b'{"workingLocationProperties": {"homeOffice": ' + b"[" * 900 + b"]" * 900 + b"}}",
    b'{"summary": "' + b"x" * 200_000 + b'"}',
    b'{"attendees": [' + b'{"email": "a@b.c"},' * 3000 + b'{"email": "d@e.f"}]}',
    b"grant_type=x&code=y",
)
# The parameters that name something, and of which kind.
_NAMING = {
    "calendarId": "calendarId",
    "destination": "secondary",
    "newDataOwner": "user",
    "eventId": "eventId",
    "ruleId": "ruleId",
    "pageToken": "pageToken",
    "syncToken": "syncToken",
    "iCalUID": "iCalUID",
}
# What these methods are about is seldom the first thing that comes to mind.
_NAMING_FOR = {
    ("calendar.calendars.delete", "calendarId"): "secondary",
    ("calendar.calendars.transferOwnership", "calendarId"): "secondary",
    ("calendar.calendarList.delete", "calendarId"): "secondary",
    ("calendar.events.instances", "eventId"): "series",
}
_TYPICAL: dict[str, tuple[str, ...]] = {
    "setting": ("locale", "timezone", "weekStart", "format24HourTime"),
    "q": ("Single", "guests", '"With guests"', "a b c", "office"),
    "text": ("Lunch tomorrow 12-1pm", "Dinner at Prague on 3/4 7pm", "every day 9am standup"),
    "timeZone": tuple(ZONES),
    "originalStart": ("2026-03-04T10:00:00+01:00", "2026-03-29", "2026-03-04T10:00:00"),
    "privateExtendedProperty": ("a=1", "a=2", "a=1=2"),
    "sharedExtendedProperty": ("b=2", "b="),
    "fields": ("*", "etag", "kind,etag"),
    "key": ("AIza",),
    "oauth_token": ("ann@example.com",),
    "quotaUser": ("somebody",),
    "userIp": ("127.0.0.1",),
}
_UNTYPICAL: dict[str, tuple[str, ...]] = {
    "text": ("x", "99/99/9999", "at 25:61", "tomorrow " * 500),
    "timeZone": ODD_ZONES,
    "originalStart": ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31"),
    "privateExtendedProperty": ("a", "=", "=1"),
    "fields": ("items(id)", "items/start/dateTime", "nothing", "(", "a/b/c", ",", "*(" * 30),
    "alt": ("media", "proto"),
}
_HEADERS = (
    *(("Content-Type", kind) for kind in ("application/x-www-form-urlencoded", "text/plain", "")),
    ("Content-Type", "application/json; charset=utf-8"),
    *(("Content-Encoding", coding) for coding in ("gzip", "br")),
    *(("X-HTTP-Method-Override", method) for method in ("PATCH", "NONSENSE")),
    *(("If-Match", "*"), ("If-Match", "nonsense"), ("If-None-Match", "*"), ("Accept", "text/html")),
    *(("Authorization", value) for value in ("Basic bWU6bWU=", "Bearer", "Bearer nobody")),
)
_COMMON: dict[str, dict[str, Any]] = DOCUMENT["parameters"]
# What of a call is odd, if anything.
_ODDITIES = ("", "", "", "path", "query", "query", "headers", "body", "body", "body", "nobody")


def draw_call(random: Random, users: tuple[str, ...]) -> Call:
    """Return a call of any method, by one of the users.

    Args:
        random: The chance.
        users: The addresses of those who call; the first one makes half of the calls.
    """
    return _Drawing(random).call(users)


class _Drawing(Values):
    def call(self, users: tuple[str, ...]) -> Call:
        random = self.random
        method = METHODS[random.choice(list(METHODS))]
        odd = random.choice(_ODDITIES)
        own: dict[str, dict[str, Any]] = method.get("parameters", {})
        path = {
            name: self._parameter(name, schema, is_odd=odd == "path")
            for name, schema in own.items()
            if schema["location"] == "path"
        }
        for name in path:
            kind = _NAMING_FOR.get((method["id"], name))
            if kind is not None and isinstance(path[name], Known) and not self.one_in(4):
                path[name] = self._known(kind)
        user = users[0] if self.one_in(2) else random.choice(users)
        return Call(
            method["id"],
            path,
            self._query(own, is_odd=odd == "query"),
            self._headers(is_odd=odd == "headers"),
            None if odd == "nobody" else user,
            self._body(method, is_odd=odd == "body"),
        )

    def _query(self, own: dict[str, dict[str, Any]], *, is_odd: bool) -> list[tuple[str, Any]]:
        possible = {name: schema for name, schema in own.items() if schema["location"] == "query"}
        if is_odd or not possible:
            possible = possible | _COMMON
        chosen = self.random.choices(sorted(possible), k=self.random.randint(int(is_odd), 3))
        chosen += [name for name, schema in own.items() if schema.get("required")]
        return [
            (name, self._parameter(name, possible[name], is_odd=is_odd))
            for name in chosen
            if name in possible
        ]

    def _parameter(self, name: str, schema: dict[str, Any], *, is_odd: bool) -> Any:
        if is_odd and self.one_in(2):
            return self._odd_parameter(name, schema)
        random = self.random
        if name in _NAMING:
            return self._known(_NAMING[name])
        if "enum" in schema:
            return random.choice(schema["enum"])
        if schema["type"] == "boolean":
            return random.choice(["true", "false"])
        if schema["type"] == "integer":
            least, most = int(schema.get("minimum", 0)), int(schema.get("maximum", 2500))
            return random.choice([str(n) for n in (0, 1, 2, 10, 2500) if least <= n <= most])
        if schema.get("format") == "date-time":
            return random.choice(TIMES)
        return random.choice(_TYPICAL[name])

    def _odd_parameter(self, name: str, schema: dict[str, Any]) -> str:
        random = self.random
        if schema["type"] == "boolean":
            return random.choice(["1", "TRUE", "no", "", "\x00"])
        if schema["type"] == "integer":
            return str(random.choice(ODD_INTEGERS))
        if schema.get("format") == "date-time":
            return self.time() if self.one_in(2) else random.choice(ODD_TIMES)
        if name in _UNTYPICAL and self.one_in(2):
            return random.choice(_UNTYPICAL[name])
        return self.text()

    def _known(self, kind: str) -> Known:
        # The first ones are the most telling: half of the time it is one of them.
        return Known(kind, self.random.randrange(2 if self.one_in(2) else 60))

    def _headers(self, *, is_odd: bool) -> list[tuple[str, Any]]:
        random = self.random
        if is_odd:
            return [random.choice(_HEADERS)]
        if self.one_in(6):
            return [(random.choice(["If-Match", "If-None-Match"]), self._known("etag"))]
        return []

    def _body(self, method: dict[str, Any], *, is_odd: bool) -> Any:
        random = self.random
        if "request" not in method:
            return random.choice(_BAD_BODIES) if is_odd else b""
        schema: str = method["request"]["$ref"]
        if is_odd and self.one_in(6):
            return random.choice(_BAD_BODIES)
        if is_odd and self.one_in(10):
            return self.json()
        base = random.choice(_BODIES[schema])
        if is_odd and schema == "Event" and self.one_in(3):
            lines = random.choices(ODD_RECURRENCES + RECURRENCES, k=random.randint(1, 3))
            return {**base, "recurrence": lines}
        if is_odd or self.one_in(2):
            return {**base, **self.resource(schema, is_odd=is_odd)}
        return base
