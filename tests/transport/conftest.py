"""A home of one's own, an emulator that gives tokens, and a user in front of a browser."""

from __future__ import annotations

import json
import re
import threading
import webbrowser
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from gcsa.emulator import Clock, Emulator

EMULATOR_HOST = "GOOGLE_CALENDAR_EMULATOR_HOST"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home folder, and nothing in the environment that says who anybody is."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in (
        EMULATOR_HOST, "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "GOOGLE_CLOUD_QUOTA_PROJECT", "K_SERVICE",
        "CLOUD_RUN_JOB", "GAE_ENV", "GCE_METADATA_HOST",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        "gcsa.transport.application_default._PRODUCT_NAME", home / "no-such-machine"
    )
    return home


@pytest.fixture
def google():
    """An emulator in Google's place: on the machine's time, and reached by any address through its transport."""
    with Emulator(clock=Clock.frozen()) as emulator:
        yield emulator


class Wiretap(httpx2.BaseTransport):
    """Carries requests to an emulator, and remembers them and their answers."""

    def __init__(self, transport):
        self.transport = transport
        self.exchanges = []

    def handle_request(self, request):
        headers = dict(request.headers)
        body = request.read()
        response = self.transport.handle_request(request)
        self.exchanges.append((request.method, request.url, headers, body, response))
        return response

    @property
    def paths(self):
        return [url.path for _, url, _, _, _ in self.exchanges]

    @property
    def bearers(self):
        """The tokens that the calls of the API carried, in order."""
        return [
            headers["authorization"].removeprefix("Bearer ")
            for _, _, headers, _, _ in self.exchanges
            if "authorization" in headers
        ]

    def secrets(self):
        """Every secret that went over the line."""
        found = set(self.bearers)
        for _, url, _, body, response in self.exchanges:
            if url.path == "/token":
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                answer = json.loads(response.content) if response.content[:1] == b"{" else {}
                for name in (
                    "client_secret",
                    "code",
                    "code_verifier",
                    "refresh_token",
                    "assertion",
                    "access_token",
                ):
                    found |= {form.get(name), answer.get(name)}
        return found - {None, "emulator"}


@pytest.fixture
def wire(google):
    return Wiretap(google.transport)


class User:
    """Somebody in front of a browser: opens what the program opens, and answers the consent page."""

    def __init__(self, emulator):
        self.emulator = emulator
        self.email = "me@example.com"
        self.answer = "allow"
        self.leave_out = ()
        self.opened = []
        self.shown = []
        self._threads = []

    def open(self, url, new=0, autoraise=True):
        self.opened.append(url)
        thread = threading.Thread(target=self._visit, args=(url,), name="the user's browser")
        self._threads.append(thread)
        thread.start()
        return True

    def _visit(self, url):
        browser = httpx2.Client(transport=self.emulator.transport)
        page = browser.get(url)
        token = re.search(r'name="page" value="([^"]*)"', page.text)
        assert token, page.text
        scopes = [
            unescape(scope)
            for scope in re.findall(r'name="scope" value="([^"]*)" checked', page.text)
        ]
        form = {
            "page": token[1],
            "answer": self.answer,
            "user": self.email,
            "scope": [scope for scope in scopes if scope not in self.leave_out],
        }
        parts = urlsplit(url)
        back = browser.post(f"{parts.scheme}://{parts.netloc}/o/oauth2/approval", data=form)
        with httpx2.Client(trust_env=False) as network:
            self.shown.append(network.get(back.headers["location"]))

    def finish(self):
        for thread in self._threads:
            thread.join(10)


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])


@pytest.fixture
def user(google, no_browser):
    """A user whose browser is the one that `webbrowser` finds."""
    user = User(google)
    webbrowser.register("the user's", None, user, preferred=True)
    yield user
    user.finish()


@pytest.fixture
def client_secrets(google):
    """Write the client secrets of a new program to a file."""

    def write(path, kind="installed", **registration):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(google.client_secrets(kind, **registration)))
        return path

    return write


@pytest.fixture
def tokens(google):
    """Sign a user in, and return what a saved sign-in holds."""

    def sign_in(
        scope="https://www.googleapis.com/auth/calendar", email="me@example.com", **changes
    ):
        secrets = google.client_secrets()["installed"]
        http = httpx2.Client(transport=google.transport, base_url=google.address)
        redirect = {"redirect_uri": "http://localhost/", "client_id": secrets["client_id"]}
        page = http.get(
            "/o/oauth2/auth", params={**redirect, "response_type": "code", "scope": scope}
        )
        token = re.search(r'name="page" value="([^"]*)"', page.text)[1]
        form = {"page": token, "answer": "allow", "user": email, "scope": scope.split()}
        back = urlsplit(http.post("/o/oauth2/approval", data=form).headers["location"])
        answer = http.post(
            "/token",
            data={
                **redirect,
                "grant_type": "authorization_code",
                "client_secret": secrets["client_secret"],
                "code": parse_qs(back.query)["code"][0],
            },
        ).json()
        return {
            "token": answer["access_token"],
            "refresh_token": answer["refresh_token"],
            "token_uri": secrets["token_uri"],
            "client_id": secrets["client_id"],
            "client_secret": secrets["client_secret"],
            "scopes": scope.split(),
            "expiry": "2000-01-01T00:00:00Z",
            **changes,
        }

    return sign_in
