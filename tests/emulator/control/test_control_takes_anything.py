"""Whatever JSON comes in, control, seeds and watch answer it: with success, or with an error that is the sender's."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcsa.emulator import Clock, Emulator, Request

# A machine that is busy with other tests is no reason to fail.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["2026-03-03", "2026-03-03T12:00", "me@example.com", "team", "1h", "primary"])
)
KNOWN = (
    "email members timeZone settings id summary owner acl calendar user start end duration recurrence attendees"
    " reminders extendedProperties attachments conferenceData"
)
NAMES = st.text(max_size=5) | st.sampled_from(KNOWN.split())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)
SEEDS = st.fixed_dictionaries(
    {},
    optional={
        "users": st.lists(OBJECTS | SCALARS, max_size=2) | VALUES,
        "groups": st.lists(OBJECTS | SCALARS, max_size=2) | VALUES,
        "calendars": st.lists(OBJECTS | SCALARS, max_size=2) | VALUES,
        "events": st.lists(OBJECTS | SCALARS, max_size=2) | VALUES,
    },
)


@pytest.fixture(scope="module")
def emulator():
    with Emulator(clock=Clock.frozen(), seed=1) as emulator:
        yield emulator


def post(emulator, path, body):
    headers = {"content-type": "application/json", "authorization": "Bearer me@example.com"}
    return emulator.handle(Request.of("POST", path, headers.items(), json.dumps(body).encode()))


@UNHURRIED
@given(seed=SEEDS)
def test_a_seed(emulator, seed):
    assert post(emulator, "/emulator/seed", seed).status in (200, 400)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("clock/freeze", "at"),
        ("clock/set", "at"),
        ("clock/advance", "seconds minutes hours days"),
        ("quota", "per_user per_project status"),
        ("faults", "status reason message retry_after drop truncate on user times skip rate"),
    ],
)
@settings(UNHURRIED, max_examples=40)
@given(data=st.data())
def test_control(emulator, path, names, data):
    body = data.draw(st.dictionaries(st.sampled_from(names.split()), VALUES, max_size=4) | VALUES)
    assert post(emulator, f"/emulator/{path}", body).status in (200, 400)
    emulator.handle(Request.of("DELETE", "/emulator/faults"))
    emulator.handle(Request.of("DELETE", "/emulator/quota"))


@UNHURRIED
@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=70) | st.sampled_from(["a", "b"]) | VALUES,
            "type": st.sampled_from(["web_hook", "webhook"]) | VALUES,
            "address": st.sampled_from(["http://localhost/", "https://x.y/", "http://[::1", "//x"])
            | st.text(max_size=30)
            | VALUES,
            "token": VALUES,
            "expiration": st.integers(-(2**65), 2**65) | VALUES,
            "params": st.fixed_dictionaries({"ttl": VALUES}) | VALUES,
        },
    )
    | VALUES
)
def test_watch(emulator, body):
    response = post(emulator, "/calendar/v3/calendars/primary/events/watch", body)
    assert response.status in (200, 400, 401)
