"""What importing costs, by what it loads and not by time."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("httpx2", "google.auth", "dateutil", "sqlite3", "msgspec")
EXTRAS = (
    "cryptography",
    "requests",
    "google_auth_oauthlib",
    "starlette",
    "sqlalchemy",
    "typer",
    "rich",
    "icalendar",
)


def loaded_by(statement):
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_gcsa_loads_no_library_that_it_may_not_need():
    assert loaded_by("import gcsa").isdisjoint(HEAVY)


def test_importing_gcsa_loads_next_to_nothing():
    # Not even typing, which takes longer than all the rest.
    beyond = loaded_by("import gcsa") - loaded_by("import importlib")
    assert beyond == {"gcsa", "gcsa._version", "__future__"}


@pytest.mark.parametrize(
    "noun",
    ["acl", "attachment", "attendee", "calendar", "conference", "event", "free_busy", "person",
     "recurrence", "reminders", "settings"],
)  # fmt: skip
def test_the_nouns_load_no_client_and_no_extra(noun):
    loaded = loaded_by(f"import gcsa.{noun}")
    assert loaded.isdisjoint((*HEAVY, *EXTRAS, "tzlocal"))


def test_the_client_loads_no_extra():
    assert loaded_by("import gcsa.google_calendar").isdisjoint(EXTRAS)


def test_the_module_of_the_client_leaves_to_the_first_client_what_only_that_needs():
    only_then = {"httpx2", "google.auth", "tenacity", "asyncio", "ssl", "webbrowser", "http.server"}
    assert loaded_by("from gcsa.google_calendar import GoogleCalendar").isdisjoint(only_then)


def test_a_client_that_need_not_sign_in_loads_neither_a_browser_nor_a_web_server():
    loaded = loaded_by(
        "from gcsa.google_calendar import GoogleCalendar\n"
        "GoogleCalendar(api_endpoint='http://127.0.0.1:9').close()"
    )
    assert "httpx2" in loaded
    # google-auth loads cryptography by itself, where it is installed.
    assert loaded.isdisjoint({"webbrowser", "http.server", *EXTRAS} - {"cryptography"})


def test_public_names_are_found_on_the_package():
    import gcsa
    from gcsa.event import Event

    assert gcsa.Event is Event
    assert "GoogleCalendar" in dir(gcsa)
    with pytest.raises(AttributeError, match="no attribute 'Evnt'"):
        gcsa.Evnt  # noqa: B018 - the access is what is tested
