"""Google's own client for Python against a served emulator, which it builds itself from.

A test says which method of the API it shows at work (`succeeds`) or refusing (`refused`); that the method was
called, and so answered, is checked after the test. `test_every_method_is_shown.py` checks that none is forgotten.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from gcsa.emulator import Clock, Emulator

# A Monday.
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DISCOVERY = "/discovery/v1/apis/{api}/{apiVersion}/rest"


def pytest_configure(config):
    config.addinivalue_line("markers", "succeeds(method): shows a method of the API at work")
    config.addinivalue_line("markers", "refused(method): shows a documented error of a method")


@pytest.fixture(scope="session")
def served():
    with Emulator(clock=Clock.frozen(NOW), seed=0) as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture(scope="session")
def services():
    """The clients that were built, by their users."""
    services = {}
    yield services
    for service in services.values():
        service.close()


@pytest.fixture
def emulator(served):
    """The served emulator, empty, on a Monday morning that does not pass."""
    served.clock.set(NOW)
    served.reset()
    return served


@pytest.fixture
def google(services, emulator):
    """What builds the client of a user: google("ann@example.com")."""

    def client(user="me@example.com"):
        if user not in services:
            services[user] = build(
                "calendar",
                "v3",
                discoveryServiceUrl=emulator.address + DISCOVERY,
                credentials=Credentials(token=user),
                static_discovery=False,
                cache_discovery=False,
            )
        return services[user]

    return client


@pytest.fixture
def me(google):
    return google("me@example.com")


@pytest.fixture
def ann(google):
    """A colleague, who has used her calendar before."""
    ann = google("ann@example.com")
    ann.calendars().get(calendarId="primary").execute()
    return ann


@pytest.fixture
def refusal():
    """What makes a call that is refused: status and reason of the error."""

    def refusal(call):
        with pytest.raises(HttpError) as caught:
            call.execute()
        error = json.loads(caught.value.content)["error"]
        assert error["code"] == caught.value.status_code
        assert error["message"] == error["errors"][0]["message"] == caught.value.reason
        return caught.value.status_code, error["errors"][0]["reason"]

    return refusal


@pytest.fixture
def meeting():
    return {
        "summary": "Meeting",
        "start": {"dateTime": "2026-03-03T10:00:00Z"},
        "end": {"dateTime": "2026-03-03T11:00:00Z"},
    }


@pytest.fixture
def daily():
    """A series of five mornings in Prague."""
    return {
        "summary": "Standup",
        "start": {"dateTime": "2026-03-03T09:00:00", "timeZone": "Europe/Prague"},
        "end": {"dateTime": "2026-03-03T09:15:00", "timeZone": "Europe/Prague"},
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=5"],
    }


@pytest.fixture
def channel():
    """A channel to a receiver on this machine, which nothing is delivered to while the clock stands still."""
    return {"id": "channel-1", "type": "web_hook", "address": "http://127.0.0.1:9/changes"}


@pytest.fixture(autouse=True)
def _the_method_was_called(request, emulator):
    yield
    for marker in request.node.iter_markers("succeeds"):
        assert statuses_of(emulator, marker) & {200, 204}, f"{marker.args[0]} did not succeed"
    for marker in request.node.iter_markers("refused"):
        refusals = {status for status in statuses_of(emulator, marker) if 400 <= status < 500}
        assert refusals, f"{marker.args[0]} was not refused"


def statuses_of(emulator, marker):
    return {request.status for request in emulator.requests.of(marker.args[0])}
