"""Every fault that an emulator can make, more or less often: each call does what it says, or says what is unknown.

Whoever calls believes what the client says, and nothing else. A call that returns was carried out, once. One that fails
without doubt was not. One that fails with `outcome_unknown` may have been, and its message says to look.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from google.oauth2.credentials import Credentials

from gcsa.calendar import Calendar
from gcsa.emulator import Clock, Emulator
from gcsa.errors import GoogleCalendarError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALWAYS = (NOW - timedelta(days=9), NOW + timedelta(days=9))

# Each way in which a call can fail, as `Faults.add` takes it.
FAULTS = {
    "500": {"status": 500},
    "502": {"status": 502},
    "503 with Retry-After": {"status": 503, "retry_after": 2},
    "504": {"status": 504},
    "429": {"status": 429},
    "429 with Retry-After": {"status": 429, "retry_after": 2},
    "user's limit": {"reason": "userRateLimitExceeded"},
    "project's limit": {"reason": "rateLimitExceeded"},
    "quota": {"reason": "quotaExceeded"},
    "day's limit": {"reason": "dailyLimitExceeded"},
    "conflict": {"reason": "conflict"},
    "duplicate": {"reason": "duplicate"},
    "bad request": {"status": 400},
    "unauthorized": {"status": 401},
    "forbidden": {"reason": "forbidden"},
    "not found": {"status": 404},
    "gone": {"status": 410},
    "condition": {"status": 412},
    "too large": {"status": 413},
    "teapot": {"status": 418, "reason": "teapot"},
    "late": {"latency": 20},
    "late and failing": {"latency": 20, "status": 503},
    "never connected": {"drop": "connect"},
    "lost before": {"drop": "before"},
    "lost after": {"drop": "after"},
    "late and lost after": {"latency": 20, "drop": "after"},
    "cut off": {"truncate": True},
    "failing and cut off": {"truncate": True, "status": 500},
}
# What the server says without having looked. Who believes it after a call that was not answered believes wrongly.
LIES = {"duplicate", "not found", "gone"}
RATES = [0.1, 0.3, 0.6]
# So little that some calls fail for good.
PATIENCE = Retry(attempts=4, time_limit=60)


@attrs.frozen
class Wish:
    """Something that a user wants: the call for it, and which titles are on the calendar before and after it."""

    call: Callable[[Any], Any]
    before: frozenset[str]
    after: frozenset[str]

    def titles(self):
        return self.before | self.after


def wish(call, before=(), after=()):
    return Wish(call, frozenset(before), frozenset(after))


def wishes_for(client):
    """Calls of every kind that changes something, each about an event of its own."""
    other = client.add_calendar(Calendar("Other")).id
    old = {
        kind: client.add_event(Event(f"old {kind}", NOW))
        for kind in ("patch", "update", "delete", "careful", "move")
    }
    for kind in ("update", "careful"):
        old[kind].summary = kind
    chosen = Event("chosen", NOW, event_id="chosenid")
    imported = Event("import", NOW, iCalUID="uid@elsewhere.example")
    return [
        wish(lambda calendar: calendar.add_event(Event("add", NOW)), [], ["add"]),
        wish(lambda calendar: calendar.add_event(chosen), [], ["chosen"]),
        wish(lambda calendar: calendar.add_quick_event("quick"), [], ["quick"]),
        wish(lambda calendar: calendar.import_event(imported), [], ["import"]),
        wish(
            lambda calendar: calendar.patch_event(old["patch"].id, summary="patch"),
            ["old patch"],
            ["patch"],
        ),
        wish(lambda calendar: calendar.update_event(old["update"]), ["old update"], ["update"]),
        wish(
            lambda calendar: calendar.update_event(old["careful"], if_unchanged=True),
            ["old careful"],
            ["careful"],
        ),
        wish(lambda calendar: calendar.delete_event(old["delete"]), ["old delete"]),
        wish(lambda calendar: calendar.move_event(old["move"], other), ["old move"]),
    ]


def outcome_of(call):
    try:
        return call()
    except Exception as error:
        return error


def one_by_one(emulator, wishes):
    with connected(emulator, GoogleCalendar) as calendar:
        return [outcome_of(lambda wish=wish: wish.call(calendar)) for wish in wishes]


def in_threads(emulator, wishes):
    with connected(emulator, GoogleCalendar) as calendar, ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda wish: outcome_of(lambda: wish.call(calendar)), wishes))


def in_a_batch(emulator, wishes):
    with connected(emulator, GoogleCalendar) as calendar:
        with calendar.batch() as batch:
            futures = [wish.call(batch) for wish in wishes]
        return [outcome_of(future.result) for future in futures]


def in_tasks(emulator, wishes):
    async def make_all():
        async with connected(emulator, AsyncGoogleCalendar) as calendar:
            return await asyncio.gather(
                *(wish.call(calendar) for wish in wishes), return_exceptions=True
            )

    return asyncio.run(make_all())


def in_an_async_batch(emulator, wishes):
    async def make_all():
        async with connected(emulator, AsyncGoogleCalendar) as calendar:
            async with calendar.batch() as batch:
                futures = [wish.call(batch) for wish in wishes]
            return await asyncio.gather(*futures, return_exceptions=True)

    return asyncio.run(make_all())


WAYS = [one_by_one, in_threads, in_a_batch, in_tasks, in_an_async_batch]


def connected(emulator, kind):
    return kind(
        credentials=Credentials("me@example.com"),
        api_endpoint=emulator.address,
        transport=emulator.transport,
        clock=emulator.clock,
        retry=PATIENCE,
    )


def check(wishes, outcomes, emulator):
    """What is on the calendar is what the outcomes say."""
    shown = Counter(event.summary for event in emulator.client().get_events(*ALWAYS))
    assert max(shown.values(), default=1) == 1, shown
    for wish, outcome in zip(wishes, outcomes, strict=True):
        there = wish.titles() & set(shown)
        if not isinstance(outcome, Exception):
            assert there == wish.after
            continue
        check_message(outcome)
        assert there in ([wish.before, wish.after] if outcome.outcome_unknown else [wish.before])


def check_message(error):
    """It is ours, names the call, and says whether the call may have been carried out."""
    assert isinstance(error, GoogleCalendarError), repr(error)
    text = str(error)
    assert re.search(r"(GET|POST|PUT|PATCH|DELETE) calendars/", text), text
    advice = "Whether the call was carried out is unknown: look before you send it again."
    assert (advice in text) is error.outcome_unknown, text


@pytest.fixture(scope="module")
def prepared():
    """What is wanted, and the calendar on which it is."""
    with Emulator(clock=Clock.frozen(NOW), seed=1) as emulator:
        wishes = wishes_for(emulator.client())
        yield wishes, emulator.snapshot()


@pytest.fixture
def make_wishes(prepared):
    """What makes the wishes in some way while faults strike, checks what came of them, and returns it."""

    def make(way, faults, seed):
        wishes, snapshot = prepared
        with Emulator(clock=Clock.frozen(NOW), seed=seed) as emulator:
            emulator.restore(snapshot)
            for fault in faults:
                emulator.faults.add(**fault)
            outcomes = way(emulator, wishes)
            emulator.faults.clear()
            check(wishes, outcomes, emulator)
        return outcomes

    return make


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FAULTS)
def test_what_a_call_says_is_so_whatever_goes_wrong(make_wishes, name, way):
    succeeded = 0
    for number, rate in enumerate(RATES):
        faults = [{**FAULTS[name], "rate": rate}]
        if way in (in_a_batch, in_an_async_batch):
            faults.append({**FAULTS[name], "rate": rate, "on": "batch"})
        outcomes = make_wishes(way, faults, seed=100 + number)
        succeeded += sum(not isinstance(outcome, Exception) for outcome in outcomes)
    assert succeeded > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rate", RATES)
def test_what_a_call_says_is_so_when_everything_goes_wrong_together(make_wishes, rate, way):
    ways = [fault for name, fault in FAULTS.items() if name not in LIES]
    share = 1 - (1 - rate) ** (1 / len(ways))
    for seed in range(5):
        make_wishes(way, [{**fault, "rate": share} for fault in ways], seed=seed)
