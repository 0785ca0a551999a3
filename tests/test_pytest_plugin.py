"""The fixtures, in projects of their own that have the built wheel installed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gcsa.emulator import Emulator

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed_wheel(tmp_path_factory):
    """The folder in which the built wheel is installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT)
    (wheel,) = folder.glob("gcsa-*.whl")
    target = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run([*pip, "--target", target, wheel], cwd=folder)
    return target


def run(command, **kwargs):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **kwargs
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def project(pytester, monkeypatch, installed_wheel):
    """Write a project's tests and run them in a process that has the wheel; returns pytest's exit code and output."""
    monkeypatch.setenv("PYTHONPATH", str(installed_wheel))

    def run_tests(tests, *options, **files):
        pytester.makepyfile(test_booking=tests)
        for name, text in files.items():
            (pytester.path / name.replace("__", ".")).write_text(text)
        done = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-q", *options)
        return done.ret, f"{done.stdout}\n{done.stderr}"

    return run_tests


def test_the_examples_of_the_documentation_pass(project):
    page = (ROOT / "docs" / "testing.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    code, output = project("\n".join(blocks), "--strict-markers", "-W", "error")
    assert code == 0, output
    assert f"{page.count('def test_') - 1} passed" in output


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_request_of_the_documentation_is_answered():
    page = (ROOT / "docs" / "testing.md").read_text()
    (command,) = re.findall(r"^\$ (curl .*)$", page, flags=re.MULTILINE)
    with Emulator() as emulator:
        words = shlex.split(command.replace("http://127.0.0.1:8085", emulator.serve()))
        assert '"id": "me@example.com"' in run([*words, "--silent", "--fail"])


def test_the_plugin_comes_from_the_wheel(project, installed_wheel):
    code, output = project(
        "import gcsa\n"
        "def test_where(google_calendar):\n"
        f"    assert gcsa.__file__.startswith({str(installed_wheel)!r})\n"
    )
    assert code == 0, output


def test_each_test_has_a_calendar_of_its_own(project):
    code, output = project("""
from datetime import datetime, UTC
from gcsa.event import Event

def check(calendar):
    assert list(calendar.get_events()) == []
    calendar.add_event(Event("Lunch", start=datetime(2026, 1, 5, 12, tzinfo=UTC)))
    assert len(list(calendar.get_events())) == 1

def test_one(google_calendar):
    check(google_calendar)

def test_two(google_calendar):
    check(google_calendar)

def test_three(served_calendar_emulator):
    served_calendar_emulator.conference_delay = 99
    check(served_calendar_emulator.client())

def test_four(served_calendar_emulator):
    assert served_calendar_emulator.conference_delay == 0.5
    check(served_calendar_emulator.client())
""")
    assert code == 0, output


def test_a_seed_file_is_found_beside_the_test(project):
    code, output = project(
        """
import pytest
pytestmark = pytest.mark.calendar(seed="seed.yaml", now="2026-03-02T09:00+01:00")

def test_it_is_planted(google_calendar, calendar_emulator):
    assert [event.summary for event in google_calendar] == ["Lunch"]
    assert calendar_emulator.clock.now().isoformat() == "2026-03-02T08:00:00+00:00"

@pytest.mark.calendar(now="2026-04-01T09:00+02:00")
def test_the_nearest_marker_wins(calendar_emulator):
    assert calendar_emulator.clock.now().month == 4

def test_over_http(served_calendar_emulator):
    import urllib.request
    address = served_calendar_emulator.address + "/calendar/v3/calendars/primary/events"
    request = urllib.request.Request(address, headers={"Authorization": "Bearer me@example.com"})
    assert b"Lunch" in urllib.request.urlopen(request).read()
""",
        seed__yaml="events: [{summary: Lunch, start: 2026-03-03T12:00}]\n",
    )
    assert code == 0, output
    assert "3 passed" in output


def test_faults_are_those_of_the_emulator_that_the_test_uses(project):
    code, output = project("""
def test_in_memory(calendar_emulator, calendar_faults):
    assert calendar_faults is calendar_emulator.faults

def test_served(served_calendar_emulator, calendar_faults):
    assert calendar_faults is served_calendar_emulator.faults
""")
    assert code == 0, output


def test_what_waits_for_the_served_emulator_does_so_on_its_clock(project):
    """The clock stands still: in real time a conference would never be made, and an outage last two minutes."""
    code, output = project("""
import asyncio
from datetime import datetime, timedelta, UTC
import pytest
from gcsa.conference import ConferenceSolutionCreateRequest
from gcsa.errors import ServerError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

MEETING = Event(
    "Call",
    start=datetime(2026, 1, 5, 12, tzinfo=UTC),
    conference_solution=ConferenceSolutionCreateRequest("hangoutsMeet"),
)

def test_a_conference_is_made(served_calendar_emulator):
    before = served_calendar_emulator.clock.now()
    with GoogleCalendar() as calendar:
        event = calendar.wait_for_conference(calendar.add_event(MEETING))
        assert event.conference_solution.status == "success"
        assert calendar.now() == served_calendar_emulator.clock.now() > before

def test_a_conference_is_made_under_asyncio(served_calendar_emulator):
    address = served_calendar_emulator.address.replace("127.0.0.1", "localhost")
    async def meet():
        async with AsyncGoogleCalendar(api_endpoint=address) as calendar:
            return await calendar.wait_for_conference(await calendar.add_event(MEETING))
    assert asyncio.run(meet()).conference_solution.status == "success"

def test_a_long_outage(served_calendar_emulator, calendar_faults):
    calendar_faults.add(status=503)
    began = served_calendar_emulator.clock.now()
    with GoogleCalendar() as calendar, pytest.raises(ServerError):
        calendar.get_event("lunch")
    assert served_calendar_emulator.clock.now() - began > timedelta(seconds=5)

def test_afterwards_time_is_the_machines(google_calendar):
    from gcsa.transport.clock import CLOCKS_OF_SERVERS
    assert not CLOCKS_OF_SERVERS
""")
    assert code == 0, output
    assert "4 passed" in output


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("now='2026-01-05T09:00'", "give a time with an offset, such as '2026-01-05T09:00+01:00'"),
        ("now='monday'", "give a time with an offset"),
        ("sede='x.yaml'", "takes seed=… and now=…, by name; not ['sede']"),
        ("'seed.yaml'", "takes seed=… and now=…, by name; not ['seed.yaml']"),
        ("seed='missing.yaml'", "missing.yaml"),
    ],
)
def test_a_wrong_marker_says_what_is_wrong(project, marker, message):
    code, output = project(
        f"import pytest\n@pytest.mark.calendar({marker})\ndef test_it(google_calendar): pass\n"
    )
    assert code == 1
    assert message in output


def test_the_plugin_loads_nothing_before_a_fixture_is_used(project):
    code, output = project(
        "import sys\ndef test_light():\n"
        "    assert not {'gcsa.emulator', 'httpx2', 'sqlite3', 'google.auth'} & set(sys.modules)\n"
    )
    assert code == 0, output
