"""Whatever 20 generated calls have made of a world, its answers fit together: copies, pages, windows and single events.

The calls are those of `test_generated_requests.py`.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from tests.emulator.generated.calls import draw_call
from tests.emulator.generated.known_world import ANN, BOB, ME, USERS, World

LENGTH = 20
# Who looks at which calendar: an owner, a writer, one who sees only when others are busy, and the public.
EYES = [(ME, "primary"), (ANN, ME), (BOB, ME), (ME, "shared"), (ANN, "shared"), (BOB, "shared")]


@pytest.fixture(scope="module")
def world():
    world = World()
    with world.emulator:
        yield world


def path_of(world, calendar):
    name = world.known["secondary"][0] if calendar == "shared" else calendar
    return f"/calendars/{name}/events"


def listing(world, user, path, query=""):
    """All that a listing has, page by page, and its last page's sync token; None where it is refused.

    The times are in UTC: that a calendar has another zone is no change of its events.
    """
    items, token = [], ""
    while True:
        page = world.try_call("GET", f"{path}?timeZone=UTC&{query}{token}", user=user)
        if page is None:
            return None
        items += page["items"]
        if "nextPageToken" not in page:
            return items, page.get("nextSyncToken")
        token = f"&pageToken={page['nextPageToken']}"


def by_id(items):
    found = {item["id"]: item for item in items}
    assert len(found) == len(items), "an item came twice"
    return found


def is_cancelled(item):
    return item["status"] == "cancelled"


def live(items):
    return {name: item for name, item in items.items() if not is_cancelled(item)}


@settings(max_examples=50, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
@given(random=st.randoms(use_true_random=True))
def test_whatever_was_called_the_answers_fit_together(world, random):
    world.begin_again()
    before = {
        (user, calendar): listing(world, user, path_of(world, calendar)) for user, calendar in EYES
    }
    for _ in range(LENGTH):
        call = draw_call(random, USERS)
        request = world.request_of(call)
        response = world.emulator.handle(request)
        note(f"{response.status} {call.method} by {call.user}: {request}")
        if response.status == 200:
            world.learn(json.loads(response.body))
    for (user, calendar), first in before.items():
        path = path_of(world, calendar)
        note(f"{user} looks at {path}")
        check(world, user, path, first)


def check(world, user, path, first):
    now = listing(world, user, path)
    if now is None:
        return
    items, _ = now
    events = by_id(items)
    check_sync(world, user, path, first, events)
    assert listing(world, user, path, "maxResults=3")[0] == items
    for name, event in events.items():
        assert world.try_call("GET", f"{path}/{name}?timeZone=UTC", user=user) == event
    week = "singleEvents=true&orderBy=startTime&timeMin=2026-03-02T00:00:00Z"
    whole, _ = listing(world, user, path, f"{week}&timeMax=2026-03-16T00:00:00Z")
    pieces, _ = listing(world, user, path, f"{week}&timeMax=2026-03-16T00:00:00Z&maxResults=2")
    assert pieces == whole
    by_id(whole)


def check_sync(world, user, path, first, events):
    """Check that who copied the calendar before, and syncs now, has what is there now."""
    if first is None:
        return
    copy, token = first
    changes = listing(world, user, path, f"syncToken={token}")
    if changes is None:  # another role: everything has to be copied anew
        return
    copy = by_id(copy) | by_id(changes[0])
    assert live(copy) == live(events)
    for name in copy.keys() - live(copy).keys():
        if copy[name].get("recurringEventId") in live(copy):
            # An instance that is cancelled in the copy is not there, whatever its series says.
            event = world.try_call("GET", f"{path}/{name}", user=user)
            assert event is None or is_cancelled(event)
