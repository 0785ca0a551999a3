"""`gcsa auth`: signing in in a browser and with a service account's key, against an emulator's consent page."""

from __future__ import annotations

import json
import re
import stat
import threading
import webbrowser
from html import unescape
from urllib.parse import urlsplit

import httpx2
import pytest

from gcsa.cli.surroundings import Surroundings
from gcsa.emulator import Clock, Emulator


@pytest.fixture
def google(tmp_path, monkeypatch):
    """An emulator in Google's place, and a home of one's own."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "GOOGLE_CLOUD_QUOTA_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    with Emulator(clock=Clock.frozen()) as emulator:
        host = emulator.serve().removeprefix("http://")
        monkeypatch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", host)
        yield emulator


class Browser:
    """A browser whose user allows everything, as Ann."""

    def open(self, url, new=0, autoraise=True):
        threading.Thread(target=self._allow, args=(url,)).start()
        return True

    def _allow(self, url):
        with httpx2.Client(trust_env=False) as http:
            page = http.get(url).text
            form = {
                "page": re.search(r'name="page" value="([^"]*)"', page)[1],
                "answer": "allow",
                "user": "ann@example.com",
                "scope": [
                    unescape(one) for one in re.findall(r'name="scope" value="([^"]*)"', page)
                ],
            }
            parts = urlsplit(url)
            back = http.post(f"{parts.scheme}://{parts.netloc}/o/oauth2/approval", data=form)
            http.get(back.headers["location"])


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    webbrowser.register("the user's", None, Browser(), preferred=True)


@pytest.fixture
def outside(gcsa, google, tmp_path):
    """The command without an emulator in its process."""
    gcsa.surroundings = Surroundings(
        configuration=tmp_path / "config.toml", state=tmp_path / "state"
    )
    return gcsa


@pytest.fixture
def secrets(google, tmp_path):
    path = tmp_path / "downloads" / "client_secret.json"
    path.parent.mkdir()
    path.write_text(json.dumps(google.client_secrets()))
    return path


def test_signing_in_in_the_browser(outside, secrets, browser, tmp_path):
    said = outside.out("auth", "login", "--credentials", secrets, "--port", "0")
    token = secrets.parent / "token.json"
    assert said.splitlines()[1:] == [
        "You are ann@example.com.",
        f"The sign-in is saved in {token}, for you alone.",
    ]
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    status = outside.json("auth", "status")
    assert status["account"] == "ann@example.com"
    assert status["credentials"] == str(secrets)
    outside.out("add", "Call", "--at", "tomorrow 9:00")
    assert outside.json("agenda", "tomorrow")[0]["calendar_id"] == "ann@example.com"


def test_no_secret_is_printed(outside, secrets, browser):
    said = outside.out("auth", "login", "--credentials", secrets, "--port", "0")
    kept = json.loads((secrets.parent / "token.json").read_text())
    said += outside.out("auth", "status")
    said += outside.out("auth", "status", "--json")
    for name in ("token", "refresh_token", "client_secret"):
        assert kept[name] not in said


def test_signing_out_deletes_the_token(outside, secrets, browser):
    outside.out("auth", "login", "--credentials", secrets, "--port", "0")
    token = secrets.parent / "token.json"
    assert outside.out("auth", "logout").splitlines()[0] == f"Deleted {token}."
    assert not token.exists()
    assert outside.out("auth", "logout") == f"You were not signed in: there is no {token}.\n"


def test_a_service_account_acts_for_a_user(outside, google, tmp_path):
    key = tmp_path / "key.json"
    key.write_text(json.dumps(google.service_account_info()))
    said = outside.out("auth", "login", "--credentials", key, "--subject", "bob@example.com")
    assert said == "You are bob@example.com.\n"
    status = outside.json("auth", "status")
    assert (status["account"], status["subject"]) == ("bob@example.com", "bob@example.com")


def test_settings_that_were_there_stay(outside, google, tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text('# mine\ntimezone = "Asia/Tokyo"\n')
    key = tmp_path / "key.json"
    key.write_text(json.dumps(google.service_account_info()))
    outside.out("auth", "login", "--credentials", key, "--subject", "bob@example.com")
    assert settings.read_text() == (
        f'subject = "bob@example.com"\ncredentials = "{key}"\n# mine\ntimezone = "Asia/Tokyo"\n'
    )


def test_an_emulator_needs_no_sign_in(outside, gcsa):
    assert outside.fails("auth", "login")[0] == "gcsa: An emulator needs no sign-in."


def test_a_file_that_is_not_there_is_told(outside, tmp_path):
    assert outside.fails("auth", "login", "--credentials", tmp_path / "no.json") == [
        f"gcsa: There is no file {tmp_path / 'no.json'}."
    ]


def test_whoever_is_not_signed_in_is_told_how_to(outside, secrets, monkeypatch, tmp_path):
    monkeypatch.delenv("GOOGLE_CALENDAR_EMULATOR_HOST")
    (tmp_path / "config.toml").write_text(f'credentials = "{secrets}"\n')
    assert outside.fails("agenda") == ["gcsa: You are not signed in.", "Run: gcsa auth login"]


def test_whoever_has_no_credentials_is_told_where_to_get_them(outside, monkeypatch, tmp_path):
    monkeypatch.delenv("GOOGLE_CALENDAR_EMULATOR_HOST")
    monkeypatch.setattr(
        "gcsa.transport.application_default._PRODUCT_NAME", tmp_path / "no-such-machine"
    )
    lines = outside.fails("agenda")
    assert lines[0] == "gcsa: You are not signed in: there are no credentials."
    assert lines[1].endswith(
        "gcsa auth login --credentials FILE. To try it without an account: gcsa demo"
    )
