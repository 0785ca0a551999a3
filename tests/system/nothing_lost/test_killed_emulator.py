"""An emulator that is killed while it is written to: what it has acknowledged is there, and nothing is half there."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import threading
from base64 import b32hexencode
from datetime import UTC, datetime, timedelta

import httpx2

from gcsa.emulator import Clock, Emulator, Request

ROUNDS = 20
USERS = [f"user{number}@example.com" for number in range(6)]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
API = "/calendar/v3"

# What is written next, some more often than others.
DEEDS = (
    *("insert", "invite", "invite", "invite", "series", "instance", "patch", "patch", "delete"),
    *("import", "batch", "batch", "calendar", "token"),
)

# What is the same on everybody's copy of an event.
SHARED = ("id", "iCalUID", "status", "summary", "description", "start", "end", "sequence")


def event_body(number, **fields):
    at = START + timedelta(hours=number)
    start, end = (
        {"dateTime": f"{each:%Y-%m-%dT%H:%M:%SZ}", "timeZone": "UTC"}
        for each in (at, at + timedelta(minutes=30))
    )
    return {"start": start, "end": end, **fields}


def is_deleted(event):
    return event is None or event["status"] == "cancelled"


class Ledger:
    """What one user has had acknowledged, and what the user was waiting for when the connection broke."""

    def __init__(self, user, number):
        self.user = user
        self.chance = random.Random(number)
        self.number = number
        self.made = 0
        self.calendars = [user]
        # By calendar and id, as they were answered; None for what is deleted.
        self.events = {}
        # By calendar and id, what is to be found in an event if the call that was not answered was carried out.
        self.in_doubt = {}
        # Calendars that may have been made.
        self.calendars_in_doubt = set()
        # By calendar, every sync token that was given, with what was on the calendar then.
        self.tokens = {}

    def next_write(self):
        """The calls of the next request."""
        deed = self.chance.choice(DEEDS)
        if deed == "batch":
            kinds = ["insert", "invite", "patch", "delete"]
            calls = [self._call(self.chance.choice(kinds)) for _ in range(6)]
            # The calls of a batch have no order: each is about another event, and none about a part of what goes.
            others = list({call[3:]: call for call in calls}.values())
            gone = {call[4] for call in others if call[0] == "DELETE"}
            return [
                call
                for call in others
                if call[0] == "DELETE" or call[4].partition("_")[0] not in gone
            ]
        return [self._call(deed)]

    def _call(self, deed):
        """A call: its method, path and body, and the calendar and id of the event that it changes."""
        self.made += 1
        name = f"{self.user} {self.made}"
        # Whoever is invited has a copy; of events on the primary calendars they are compared below.
        calendar = self.user if deed == "invite" else self.chance.choice(self.calendars)
        events = f"/calendars/{calendar}/events"
        if deed == "token":
            return "GET", f"{events}?maxResults=2500", None, calendar, None
        if deed == "calendar":
            if len(self.calendars) > 4:
                return self._call("insert")
            return "POST", "/calendars", {"summary": name}, None, None
        there = [key for key, event in self.events.items() if event is not None]
        if deed in ("patch", "delete", "instance") and there:
            key = self.chance.choice(there)
            calendar, event_id = key
            events = f"/calendars/{calendar}/events"
            path = f"{events}/{event_id}"
            if deed == "instance" and "recurrence" in self.events[key]:
                said = re.sub(r"\W", "", self.events[key]["start"]["dateTime"])
                event_id = f"{event_id}_{said}"
                body = {"summary": name}
                return "PATCH", f"{events}/{event_id}", body, calendar, event_id
            # A cancelled instance stays in listings, as what the series is without.
            if deed == "delete" and "recurringEventId" not in self.events[key]:
                return "DELETE", path, None, calendar, event_id
            # A change of a series changes its exceptions too, each of which would be in doubt then.
            if "recurrence" not in self.events[key]:
                body = {"summary": name, "location": "x" * self.made}
                return "PATCH", path, body, calendar, event_id
        event_id = f"e{self.number:x}v{self.made:04x}"
        body = event_body(self.made, id=event_id, summary=name, description="x" * (self.made * 7))
        if deed == "invite":
            guests = self.chance.sample([user for user in USERS if user != self.user], 2)
            body["attendees"] = [{"email": guest} for guest in guests]
        elif deed == "series":
            body["recurrence"] = ["RRULE:FREQ=DAILY;COUNT=5"]
        elif deed == "import":
            body["iCalUID"] = f"{body.pop('id')}@elsewhere.example"
            # Google makes the id of an import from its iCalUID: importing it twice changes one event.
            event_id = "_" + b32hexencode(body["iCalUID"].encode()).decode().lower().rstrip("=")
            return "POST", f"{events}/import", body, calendar, event_id
        return "POST", events, body, calendar, event_id

    def begin(self, calls):
        for method, _path, body, calendar, event_id in calls:
            if event_id is not None:
                self.in_doubt[calendar, event_id] = None if method == "DELETE" else body
            elif method == "POST":
                self.calendars_in_doubt.add(body["summary"])

    def acknowledge(self, calls, answers):
        for (method, _path, body, calendar, event_id), (status, answer) in zip(
            calls, answers, strict=True
        ):
            assert status in (200, 204), (method, body, answer)
            if event_id is not None:
                del self.in_doubt[calendar, event_id]
                self.events[calendar, event_id] = answer
                if method == "DELETE":
                    self._forget_instances(calendar, event_id)
            elif method == "POST":
                self.calendars_in_doubt.remove(body["summary"])
                self.calendars.append(answer["id"])
            elif "nextSyncToken" in answer:
                there = {item["id"]: item for item in answer["items"]}
                # The oldest ones are kept, and the newest.
                tokens = self.tokens.setdefault(calendar, [])
                del tokens[2:-1]
                tokens.append((answer["nextSyncToken"], there))

    def _forget_instances(self, calendar, event_id):
        for key, event in self.events.items():
            if event and key[0] == calendar and event.get("recurringEventId") == event_id:
                self.events[key] = None


def send(client, calls):
    """Make calls, several in a batch; return the status and the resource of each answer."""
    if len(calls) == 1:
        [(method, path, body, *_)] = calls
        answer = client.request(method, API + path, json=body)
        return [(answer.status_code, answer.json() if answer.content else None)]
    parts = []
    for number, (method, path, body, *_) in enumerate(calls):
        content = "" if body is None else json.dumps(body)
        parts.append(
            f"--b\r\nContent-Type: application/http\r\nContent-ID: <{number}>\r\n\r\n{method} {API}{path}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n{content}\r\n"
        )
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    answer = client.post("/batch/calendar/v3", content="".join(parts) + "--b--", headers=headers)
    boundary = answer.headers["content-type"].partition("boundary=")[2].strip('"')
    answers = []
    for part in answer.text.split(f"--{boundary}")[1:-1]:
        status = int(re.search(r"HTTP/1.1 (\d+)", part)[1])
        _, brace, content = part.partition("{")
        answers.append((status, json.loads(brace + content) if brace else None))
    return answers


def storm(address, ledgers, acknowledgements, kill):
    """Let everybody write at the same time until so many writes are acknowledged, and the emulator is killed."""
    left = acknowledgements
    lock = threading.Lock()
    failures = []

    def write(ledger):
        nonlocal left
        headers = {"Authorization": f"Bearer {ledger.user}"}
        try:
            with httpx2.Client(base_url=address, headers=headers, timeout=60) as client:
                while True:
                    calls = ledger.next_write()
                    ledger.begin(calls)
                    try:
                        answers = send(client, calls)
                    except httpx2.TransportError:
                        return
                    ledger.acknowledge(calls, answers)
                    with lock:
                        left -= 1
                        if left == 0:
                            kill()
        except Exception as error:
            failures.append(error)
            kill()

    threads = [threading.Thread(target=write, args=[ledger]) for ledger in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert left <= 0


class Reader:
    """Reads what is stored, as each user sees it."""

    def __init__(self, emulator):
        self._emulator = emulator

    def get(self, user, path):
        headers = [("Authorization", f"Bearer {user}")]
        answer = self._emulator.handle(Request.of("GET", API + path, headers, b""))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def listing(self, user, calendar, **query):
        words = "&".join(f"{name}={text}" for name, text in {"maxResults": 2500, **query}.items())
        items = self.get(user, f"/calendars/{calendar}/events?{words}")["items"]
        found = {item["id"]: item for item in items}
        assert len(found) == len(items)
        return found


def check_events(reader, ledger):
    """What was acknowledged is there exactly; what was not is there as a whole, or not at all."""
    for calendar in ledger.calendars:
        everything = reader.listing(ledger.user, calendar, showDeleted="true")
        for (where, event_id), expected in ledger.events.items():
            if where != calendar or (where, event_id) in ledger.in_doubt:
                continue
            found = everything.get(event_id)
            if expected is None:
                assert is_deleted(found)
            elif (
                not is_deleted(found)
                or (where, expected.get("recurringEventId")) not in ledger.in_doubt
            ):
                assert found == expected
        for (where, event_id), said in list(ledger.in_doubt.items()):
            if where != calendar:
                continue
            before, found = ledger.events.get((where, event_id)), everything.get(event_id)
            if found != before and not (before is None and is_deleted(found)):
                if said is None:
                    assert is_deleted(found)
                else:
                    shown = {name: found[name] for name in said if name != "attendees"}
                    assert shown == {name: said[name] for name in shown}
                    guests = {guest["email"] for guest in said.get("attendees", [])}
                    assert guests <= {guest["email"] for guest in found.get("attendees", [])}
            ledger.events[where, event_id] = None if is_deleted(found) else found
            if is_deleted(found):
                ledger._forget_instances(where, event_id)
    ledger.in_doubt.clear()


def check_calendars(reader, ledger):
    """A calendar is there with its owner's rule and its entry in the owner's list, or not at all."""
    entries = reader.get(ledger.user, "/users/me/calendarList")["items"]
    names = {entry["id"]: entry["summary"] for entry in entries}
    assert len(entries) == len(names)
    assert set(ledger.calendars) <= set(names)
    for calendar in set(names) - set(ledger.calendars):
        assert names[calendar] in ledger.calendars_in_doubt
        ledger.calendars.append(calendar)
    ledger.calendars_in_doubt.clear()
    for calendar in ledger.calendars:
        assert reader.get(ledger.user, f"/calendars/{calendar}")["summary"] == names[calendar]
        rules = reader.get(ledger.user, f"/calendars/{calendar}/acl")["items"]
        assert [(rule["role"], rule["scope"]["value"]) for rule in rules] == [
            ("owner", ledger.user)
        ]


def check_copies(reader, ledgers):
    """Everybody's copy of an event says the same, and nobody has a copy of what its organizer has not."""
    primaries = {
        ledger.user: reader.listing(ledger.user, ledger.user, showDeleted="true")
        for ledger in ledgers
    }
    for user, events in primaries.items():
        for event in events.values():
            organizer = event.get("organizer", {}).get("email")
            if is_deleted(event) or organizer in (None, user) or organizer not in primaries:
                continue
            original = primaries[organizer][event["id"]]
            assert {name: original.get(name) for name in SHARED} == {
                name: event.get(name) for name in SHARED
            }
        for event in events.values():
            if is_deleted(event) or event["organizer"]["email"] != user:
                continue
            for guest in event.get("attendees", []):
                if guest["email"] in primaries and guest["email"] != user:
                    assert not is_deleted(primaries[guest["email"]].get(event["id"]))


def check_tokens(reader, ledger):
    """With each token that was ever given, the changes since lead to what is there now."""
    for calendar, tokens in ledger.tokens.items():
        now = reader.listing(ledger.user, calendar)
        for token, then in tokens:
            known = dict(then)
            for event_id, item in reader.listing(ledger.user, calendar, syncToken=token).items():
                known.pop(event_id, None)
                if item["status"] != "cancelled":
                    known[event_id] = item
                elif "recurringEventId" not in item:
                    known = {
                        key: each
                        for key, each in known.items()
                        if each.get("recurringEventId") != event_id
                    }
            assert known == now


def check_indexes(reader, ledger):
    """What is found by time and by iCalendar id is what is found in the whole calendar."""
    for calendar in ledger.calendars:
        everything = reader.listing(ledger.user, calendar)
        window = {"timeMin": "2000-01-01T00:00:00Z", "timeMax": "2100-01-01T00:00:00Z"}
        assert reader.listing(ledger.user, calendar, **window) == everything
        for event in list(everything.values())[-1:]:
            found = reader.listing(ledger.user, calendar, iCalUID=event["iCalUID"])
            assert found[event["id"]] == event


def check_file(path):
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        ahead = "SELECT count(*) FROM events e JOIN calendars c ON c.key = e.calendar WHERE e.change > c.change"
        assert connection.execute(ahead).fetchone() == (0,)
    finally:
        connection.close()


def test_twenty_kills_in_a_storm_of_writes_lose_nothing(tmp_path, nursery, caplog):
    path = tmp_path / "calendars.db"
    chance = random.Random(7)
    ledgers = [Ledger(user, number) for number, user in enumerate(USERS)]
    for _ in range(ROUNDS):
        child = nursery.child("serve", path=str(path))
        storm(
            child.say()["address"],
            ledgers,
            acknowledgements=chance.randint(5, 40),
            kill=lambda pid=child.pid: os.kill(pid, signal.SIGKILL),
        )
        assert child.to_its_end() == ([], -signal.SIGKILL)
        with Emulator(path) as emulator:
            reader = Reader(emulator)
            for ledger in ledgers:
                check_calendars(reader, ledger)
                check_events(reader, ledger)
                check_tokens(reader, ledger)
                check_indexes(reader, ledger)
            check_copies(reader, ledgers)
        check_file(path)
    assert caplog.records == []
    stored = [event for ledger in ledgers for event in ledger.events.values()]
    assert len(stored) > 200
    assert sum(event is not None and "attendees" in event for event in stored) > 30
    assert sum(len(tokens) for ledger in ledgers for tokens in ledger.tokens.values()) > 20


# Between any two instructions ----------------------------------------------------------------------------------


def script():
    """Requests of every kind that write."""
    ann, bob = ("Bearer ann@example.com", "Bearer bob@example.com")

    def call(who, method, path, body=None):
        headers = [("Authorization", who), ("Content-Type", "application/json")]
        return method, f"{API}{path}", headers, "" if body is None else json.dumps(body)

    primary = "/calendars/primary/events"
    guests = [{"email": "bob@example.com"}, {"email": "cy@example.com"}]
    invited = event_body(2, id="invited", summary="Invited", attendees=guests)
    accepted = {"attendees": [{**guests[0], "responseStatus": "accepted"}, guests[1]]}
    series = event_body(1, id="series", summary="Series", recurrence=["RRULE:FREQ=DAILY;COUNT=9"])
    imported = event_body(3, iCalUID="uid@example.com", summary="Imported")
    rule = {"role": "reader", "scope": {"type": "user", "value": "bob@example.com"}}
    return [
        call(ann, "GET", primary),
        call(bob, "GET", primary),
        call(ann, "POST", primary, invited),
        call(ann, "POST", primary, series),
        call(ann, "PATCH", f"{primary}/series_20260302T100000Z", {"summary": "Exception"}),
        call(bob, "PATCH", f"{primary}/invited", accepted),
        call(ann, "PATCH", f"{primary}/invited", {"summary": "Renamed"}),
        call(ann, "POST", "/calendars", {"summary": "Music"}),
        call(ann, "POST", f"{primary}/import", imported),
        call(ann, "POST", "/calendars/primary/acl", rule),
        call(ann, "DELETE", f"{primary}/series"),
        call(ann, "DELETE", f"{primary}/invited"),
    ]


def everything(emulator):
    """What is stored, for each user, as the API shows it."""
    reader = Reader(emulator)
    shown = {}
    for user in ("ann@example.com", "bob@example.com", "cy@example.com"):
        calendars = reader.get(user, "/users/me/calendarList")["items"]
        events = reader.listing(user, user, showDeleted="true").values()
        shown[user] = (
            sorted(entry["summary"] for entry in calendars),
            sorted(
                (event.get("summary", ""), event["status"], json.dumps(event.get("attendees")))
                for event in events
            ),
            len(reader.get(user, f"/calendars/{user}/acl")["items"]),
        )
    return shown


def everything_in(path):
    """What is stored in a file, which is sound."""
    with Emulator(path, clock=Clock.frozen(START)) as emulator:
        found = everything(emulator)
    check_file(path)
    return found


def test_a_call_is_carried_out_or_not_whichever_instruction_is_the_last(tmp_path, nursery):
    """What is there is what was there between two calls: all that was answered, and at most one call more."""
    requests = script()
    with Emulator(clock=Clock.frozen(START)) as emulator:
        states = [everything(emulator)]
        for method, target, headers, body in requests:
            answer = emulator.handle(Request.of(method, target, headers, body.encode()))
            assert answer.status in (200, 204), answer.body
            states.append(everything(emulator))
    whole = nursery.child("write", path=str(tmp_path / "whole.db"), requests=requests, at=0)
    [*_, counted], _ = whole.to_its_end()
    chance = random.Random(3)
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        at = chance.randint(1, counted["steps"])
        child = nursery.child("write", path=str(path), requests=requests, at=at)
        answers, ended = child.to_its_end()
        assert ended == -signal.SIGKILL
        assert everything_in(path) in states[len(answers) : len(answers) + 2]


def test_a_database_whose_making_is_interrupted_is_made_the_next_time(tmp_path, nursery):
    [counted], _ = nursery.child(
        "open_database", path=str(tmp_path / "whole.db"), at=0
    ).to_its_end()
    chance = random.Random(5)
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        _, ended = nursery.child(
            "open_database", path=str(path), at=chance.randint(1, counted["steps"])
        ).to_its_end()
        assert ended == -signal.SIGKILL
        assert everything_in(path).keys() == {
            "ann@example.com",
            "bob@example.com",
            "cy@example.com",
        }
