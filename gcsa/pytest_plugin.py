"""Fixtures for testing calendar code: an emulator for each test, with a clock that stands still.

pytest finds them by itself where gcsa is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from gcsa.emulator import Emulator
    from gcsa.emulator.faults import Faults
    from gcsa.google_calendar import GoogleCalendar

# A Monday morning; the same on every run and on every machine.
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

_MARKER = (
    "calendar(seed=None, now=None): what the calendar emulator of a test starts with (a YAML or JSON file, "
    "relative to the test's own folder, or a dict) and the time that it shows (ISO 8601 with an offset, or an "
    "aware datetime)."
)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def calendar_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """Google Calendar in memory, for one test; its clock stands at 2026-01-05T09:00Z unless marked otherwise."""
    from gcsa.emulator import Emulator
    from gcsa.emulator.clock import Clock

    with Emulator(clock=Clock.frozen(_now(request)), seed=0) as emulator:
        _plant(request, emulator)
        yield emulator


@pytest.fixture
def google_calendar(calendar_emulator: Emulator) -> Iterator[GoogleCalendar]:
    """A client of `calendar_emulator`, for its default user."""
    with calendar_emulator.client() as calendar:
        yield calendar


@pytest.fixture
def served_calendar_emulator(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _calendar_server: Emulator
) -> Emulator:
    """Google Calendar over HTTP, at its `address`, for one test.

    The variable `GOOGLE_CALENDAR_EMULATOR_HOST` points clients at it that are made without credentials. Those made in
    the test's own process go by its clock: what waits (for a conference, between repetitions) does so without waiting.
    """
    from gcsa.transport.clock import CLOCKS_OF_SERVERS

    emulator = _calendar_server
    emulator.reset()
    emulator.clock.freeze(_now(request))
    _plant(request, emulator)
    host = emulator.address.removeprefix("http://")
    monkeypatch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", host)
    for name in (host, host.replace("127.0.0.1", "localhost")):
        monkeypatch.setitem(CLOCKS_OF_SERVERS, f"http://{name}", emulator.clock)
    # What a test sets on it is undone with the test.
    monkeypatch.setattr(emulator, "conference_delay", emulator.conference_delay)
    monkeypatch.setattr(emulator, "conference_failure", emulator.conference_failure)
    monkeypatch.setattr(emulator.quota, "per_user", emulator.quota.per_user)
    monkeypatch.setattr(emulator.quota, "per_project", emulator.quota.per_project)
    return emulator


@pytest.fixture
def calendar_faults(request: pytest.FixtureRequest) -> Faults:
    """The faults of the test's emulator, the served one if it uses that: `calendar_faults.add(status=503)`."""
    served = "served_calendar_emulator" in request.fixturenames
    name = "served_calendar_emulator" if served else "calendar_emulator"
    emulator: Emulator = request.getfixturevalue(name)
    return emulator.faults


@pytest.fixture(scope="session")
def _calendar_server() -> Iterator[Emulator]:
    """One server for all tests: starting one takes longer than most tests."""
    from gcsa.emulator import Emulator
    from gcsa.emulator.clock import Clock

    with Emulator(clock=Clock.frozen(NOW), seed=0) as emulator:
        emulator.serve()
        yield emulator


def _now(request: pytest.FixtureRequest) -> datetime:
    now: object = _asked(request, "now")
    if now is None:
        return NOW
    try:
        moment = now if isinstance(now, datetime) else datetime.fromisoformat(str(now))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise pytest.UsageError(
            f"@pytest.mark.calendar(now={now!r}): give a time with an offset, "
            "such as '2026-01-05T09:00+01:00'."
        )
    return moment


def _plant(request: pytest.FixtureRequest, emulator: Emulator) -> None:
    seed: object = _asked(request, "seed")
    if seed is None:
        return
    if isinstance(seed, dict):
        emulator.seed_from(cast("dict[str, Any]", seed))
    else:
        emulator.seed_from(request.path.parent / str(seed))


def _asked(request: pytest.FixtureRequest, name: str) -> object:
    """Return what the nearest marker says under a name; the marks of classes and modules hold, too."""
    node: pytest.Item = request.node
    for mark in node.iter_markers("calendar"):
        if mark.args or not mark.kwargs.keys() <= {"seed", "now"}:
            raise pytest.UsageError(
                "@pytest.mark.calendar takes seed=… and now=…, by name; "
                f"not {[*mark.args, *mark.kwargs]}."
            )
        if name in mark.kwargs:
            value: object = mark.kwargs[name]
            return value
    return None
