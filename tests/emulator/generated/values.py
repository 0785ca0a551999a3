"""Values for generated calls, drawn by chance from Google's own discovery document: allowed ones and odd ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.strategies.discovery import SCHEMAS, ZONES

if TYPE_CHECKING:
    from random import Random

_LISTED_VALUE = re.compile(r'^- "([^"]+)"', re.MULTILINE)
_LETTERS = "abcXYZ 019_-@.:/é日🎉\u202e\x00"


@dataclass(frozen=True)
class Known:
    """One of the values of a kind that are known when the call is made."""

    kind: str
    number: int


ODD_TEXTS = (
    *("", " ", "0", "-1", "null", "true", "*", "a" * 2000, "..", "a/b", "a%2Fb", "%", "\x00"),
    *("{}", "'", '"', "<b>", "é", "日本語", "🎉", "\ud7ff", "\u202e", "$ref", "primary "),
)
TIMES = (
    *("2026-03-01T00:00:00Z", "2026-03-03T10:30:00+01:00", "2026-03-05T00:00:00Z"),
    *("2026-04-01T00:00:00Z", "2027-01-01T00:00:00-08:00", "2026-02-20T00:00:00Z"),
)
ODD_TIMES = (
    *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    *("2026-02-29T00:00:00Z", "2016-12-31T23:59:60Z", "2026-03-03T24:00:00Z", "2026-03-03"),
    *("2026-03-03t10:00:00z", "2026-03-03T10:00:00", "2026-03-03 10:00:00Z", "tomorrow"),
    *("2026-03-03T10:00:00.123456789012Z", "+2026-03-03T10:00:00Z", "1772445600"),
    *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "1883-11-18T12:03:58-04:56"),
)
DATES = ("2026-03-03", "2026-03-29", "2024-02-29", "2026-12-31")
ODD_DATES = ("0000-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "26-3-3", "20260303")
ODD_ZONES = (*("Mars/Phobos", "../etc/passwd", "EST5EDT", "+01:00", "europe/prague", "/UTC", ""),)
ODD_INTEGERS = (
    *(-1, 0, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 10**30, "1.0", "1e3", "0x1", "١", " 1", "+1"),
    *("NaN", "", 1.5, 1e300, True, None, [1], "9" * 400),
)
# Among them rules that a careless server would expand until the end of time.
RECURRENCES = (
    "RRULE:FREQ=DAILY",
    "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101T000000Z",
    "RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
    "RDATE;VALUE=DATE:20260401,20260402",
    "RDATE;TZID=Europe/Prague:20260304T100000",
    "EXDATE;TZID=Europe/Prague:20260304T100000",
    "EXDATE:20260304T090000Z",
    "EXDATE;VALUE=DATE:20260329",
)
ODD_RECURRENCES = (
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=SECONDLY;INTERVAL=2147483647",
    "RRULE:FREQ=SECONDLY;BYSECOND=59;BYMINUTE=59;BYHOUR=23;BYMONTHDAY=31;BYMONTH=2",
    "RRULE:FREQ=MINUTELY;COUNT=2147483647",
    "RRULE:FREQ=MINUTELY;INTERVAL=1439;BYHOUR=3;BYMINUTE=7;BYDAY=TU;BYMONTH=2;BYMONTHDAY=29",
    "RRULE:FREQ=HOURLY;BYYEARDAY=366;BYHOUR=25",
    "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=-1",
    "RRULE:FREQ=YEARLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=29",
    "RRULE:FREQ=YEARLY;BYEASTER=0",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999",
    "RRULE:FREQ=DAILY;COUNT=0",
    "RRULE:FREQ=DAILY;COUNT=99999999999999999999",
    "RRULE:FREQ=DAILY;UNTIL=00010101T000000Z",
    "RRULE:FREQ=DAILY;UNTIL=99991231",
    "RRULE:FREQ=MONTHLY;BYSETPOS=366;BYDAY=MO",
    "RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE="
    + ",".join(map(str, range(60)))
    + ";BYSECOND="
    + ",".join(map(str, range(60))),
    "EXRULE:FREQ=DAILY",
    "EXRULE:FREQ=SECONDLY",
    "EXRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "RDATE;VALUE=PERIOD:20260401T100000Z/PT1H",
    "RDATE;VALUE=PERIOD:20260401T100000Z/P99999999999D",
    "RDATE:" + ",".join(f"2026{month:02}01T000000Z" for month in range(1, 13)) * 20,
    "RDATE:00010101T000000Z,99991231T235959Z",
    "EXDATE;TZID=Nowhere/Else:20260304T100000",
    "DTSTART:20260304T090000Z",
    *("RRULE:", "rrule:freq=daily", "X", "RRULE:FREQ=DAILY;FREQ=DAILY", "RRULE:FREQ=DAILY;"),
)


class Values:
    """What draws values.

    Args:
        random: The chance.
    """

    def __init__(self, random: Random) -> None:
        self.random = random

    def one_in(self, number: int) -> bool:
        """Whether a chance of one in so many came true."""
        return self.random.randrange(number) == 0

    def text(self) -> str:
        """Any text, of those that are often trouble."""
        if self.one_in(3):
            return "".join(self.random.choices(_LETTERS, k=self.random.randrange(12)))
        return self.random.choice(ODD_TEXTS)

    def time(self) -> str:
        """An RFC 3339 time of any year, in any offset."""
        random = self.random
        moment = datetime(1, 1, 1) + timedelta(seconds=random.randrange(315_537_897_600))
        return f"{moment.isoformat()}{random.choice('+-')}{random.randrange(24):02}:{random.randrange(60):02}"

    def json(self, depth: int = 2) -> Any:
        """Any JSON."""
        random = self.random
        match random.randrange(8 if depth else 6):
            case 0:
                return None
            case 1:
                return random.choice([True, False])
            case 2:
                return random.choice(ODD_INTEGERS)
            case 6:
                return [self.json(depth - 1) for _ in range(random.randrange(3))]
            case 7:
                return {self.text(): self.json(depth - 1) for _ in range(random.randrange(3))}
            case _:
                return self.text()

    def resource(self, name: str, *, is_odd: bool, most: int = 4) -> dict[str, Any]:
        """A resource with some of its fields.

        Args:
            name: The name of its schema.
            is_odd: Whether values may be what the document does not allow.
            most: How many fields it has at most.
        """
        return self._object(SCHEMAS[name], name, is_odd=is_odd, most=most)

    def _object(
        self, schema: dict[str, Any], where: str, *, is_odd: bool, most: int
    ) -> dict[str, Any]:
        random = self.random
        fields = schema.get("properties", {})
        names = random.sample(sorted(fields), min(len(fields), random.randint(0, most)))
        drawn = {name: self._field(fields[name], name, is_odd=is_odd) for name in names}
        if "additionalProperties" in schema:
            for _ in range(random.randrange(3)):
                drawn[self.text()] = self._field(
                    schema["additionalProperties"], where, is_odd=is_odd
                )
        if is_odd and self.one_in(4):
            drawn[self.text()] = self.json()
        return drawn

    def _field(self, schema: dict[str, Any], name: str, *, is_odd: bool) -> Any:
        if "$ref" in schema:
            return self._field(SCHEMAS[schema["$ref"]], schema["$ref"], is_odd=is_odd)
        if is_odd and self.one_in(4):
            return self.json()
        match schema["type"]:
            case "object":
                return self._object(schema, name, is_odd=is_odd, most=5)
            case "array":
                return [
                    self._field(schema["items"], name, is_odd=is_odd)
                    for _ in range(self.random.randrange(4))
                ]
            case "boolean":
                return self.random.choice([True, False])
            case "integer":
                return self._integer(is_odd=is_odd)
            case "any":
                return self.json()
            case _:
                return self._string(schema, name, is_odd=is_odd)

    def _integer(self, *, is_odd: bool) -> Any:
        if is_odd:
            return self.random.choice(ODD_INTEGERS)
        return self.random.choice([0, 1, 2, 10, 540, 1020, 40_320, 2**31 - 1])

    def _string(self, schema: dict[str, Any], name: str, *, is_odd: bool) -> Any:
        plausible, odd = _texts_of(name, schema.get("format"), schema.get("description", ""))
        if is_odd and self.one_in(2):
            return self.text()
        if is_odd or not plausible:
            return self.random.choice(odd or plausible)
        return self.random.choice(plausible)


@cache
def _texts_of(name: str, form: str | None, description: str) -> tuple[tuple[Any, ...], ...]:
    """The texts that a field is given: plausible ones, and odd ones."""
    if listed := _LISTED_VALUE.findall(description):
        return tuple(listed), ODD_TEXTS
    if form == "date-time":
        return TIMES, ODD_TIMES
    if form == "date":
        return DATES, ODD_DATES
    if form == "int64":
        return ("1772449200000", "1772445600001"), ODD_INTEGERS
    if "IANA" in description:
        return tuple(ZONES), ODD_ZONES
    return _TEXTS.get(name, (("Drawn", "x", ""), ODD_TEXTS))


_TEXTS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "recurrence": (RECURRENCES, RECURRENCES + ODD_RECURRENCES),
    "email": (("ann@example.com", "me@example.com", "new@elsewhere.test"), ("@", "a@b@c", "x")),
    "id": (("drawn", "abcde", Known("eventId", 0), Known("calendarId", 1)), ODD_TEXTS),
    "value": (("eve@elsewhere.test", "ann@example.com", "example.com"), ODD_TEXTS),
    "colorId": (("1", "9", "11", "24"), ("0", "25", "-1", "x")),
    "backgroundColor": (("#0088aa", "#FFFFFF"), ("#08a", "red", "#gggggg")),
    "foregroundColor": (("#000000",), ("#08a", "red", "#gggggg")),
    "fileUrl": (("https://drive.google.com/file/d/1234567890/view",), ("x:", "")),
    "url": (("https://example.com/",), ("ftp://example.com", "http://", "//")),
    "uri": (("https://example.com/", "tel:+1-555", "sip:a@b.c"), ("ftp://example.com", "http://")),
    "address": (("http://127.0.0.1:9/",), ("http://[", "ftp://x", "http://127.0.0.1:99999/")),
    "entryPointType": (("video", "phone", "sip", "more"), ODD_TEXTS),
    "type": (("web_hook", "hangoutsMeet", "birthday"), ODD_TEXTS),
    "timeZone": (tuple(ZONES), ODD_ZONES),
    "iCalUID": (("drawn@elsewhere.test", Known("iCalUID", 1)), ODD_TEXTS),
    "eventLabelId": (("", "00000000-0000-4000-8000-000000000000"), ODD_TEXTS),
    "recurringEventId": ((Known("eventId", 4),), ODD_TEXTS),
    "resourceId": ((Known("resourceId", 0),), ODD_TEXTS),
    "signature": (("x",), ODD_TEXTS),
    "requestId": (("first", "second"), ODD_TEXTS),
}
