"""Requests with a program's key and no token: they read what is public, and nothing else."""

from __future__ import annotations

import pytest

PUBLIC = "public@example.com"
EVENTS = f"/calendars/{PUBLIC}/events"


@pytest.fixture
def program(emulator, caller, meeting):
    """A program with a key only, and a public calendar with one event in the same world."""
    owner = caller(emulator, user=PUBLIC)
    owner.insert({**meeting, "id": "meeting"})
    owner.insert({**meeting, "id": "secret", "summary": "Secret", "visibility": "private"})
    owner.ok("POST", f"/calendars/{PUBLIC}/acl", {"role": "reader", "scope": {"type": "default"}})
    return caller(emulator, user=None)


def test_a_key_reads_a_public_calendar(program):
    assert program.ok("GET", f"/calendars/{PUBLIC}", key="k")["id"] == PUBLIC
    listed = program.ok("GET", EVENTS, key="k")
    assert listed["accessRole"] == "reader"
    assert [event.get("summary") for event in listed["items"]] == ["Meeting", None]
    assert program.ok("GET", f"{EVENTS}/meeting", key="k")["summary"] == "Meeting"


def test_a_key_asks_when_a_public_calendar_is_busy(program):
    asked = {
        "timeMin": "2026-03-03T00:00:00Z",
        "timeMax": "2026-03-04T00:00:00Z",
        "items": [{"id": PUBLIC}, {"id": "me@example.com"}],
    }
    calendars = program.ok("POST", "/freeBusy", asked, key="k")["calendars"]
    assert calendars[PUBLIC]["busy"] == [
        {"start": "2026-03-03T10:00:00Z", "end": "2026-03-03T11:00:00Z"}
    ]
    assert calendars["me@example.com"]["errors"] == [{"domain": "global", "reason": "notFound"}]


def test_a_key_reads_the_colors(program):
    assert program.ok("GET", "/colors", key="k")["kind"] == "calendar#colors"


@pytest.mark.parametrize("calendar", ["me@example.com", "primary"])
def test_what_is_not_public_is_not_there_for_a_key(program, me, meeting, calendar):
    me.insert(meeting)
    error = program.error("GET", f"/calendars/{calendar}/events", key="k")
    assert (error["status"], error["reason"]) == (404, "notFound")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", EVENTS),
        ("PATCH", f"{EVENTS}/meeting"),
        ("DELETE", f"{EVENTS}/meeting"),
        ("GET", "/users/me/calendarList"),
        ("GET", "/users/me/settings"),
        ("GET", f"/calendars/{PUBLIC}/acl"),
        ("POST", "/calendars"),
    ],
)
def test_a_key_is_not_enough_for_anything_else(program, method, path):
    error = program.error(method, path, key="k")
    assert (error["status"], error["reason"]) == (401, "required")


@pytest.mark.parametrize("query", [{}, {"key": ""}])
def test_without_a_key_a_token_is_needed(program, query):
    assert program.error("GET", EVENTS, **query)["status"] == 401


def test_a_key_beside_a_token_is_of_no_account(me, program):
    assert me.ok("GET", "/calendars/primary/events", key="k")["summary"] == "me@example.com"
    wrong = program.error("GET", EVENTS, key="k", headers={"Authorization": "Bearer nonsense"})
    assert (wrong["status"], wrong["reason"]) == (401, "authError")


def test_who_asks_with_a_key_is_nobody_in_the_log(program, emulator):
    program.ok("GET", EVENTS, key="k")
    assert emulator.requests[-1].user is None
    assert emulator.requests[-1].query["key"] == ["…"]
