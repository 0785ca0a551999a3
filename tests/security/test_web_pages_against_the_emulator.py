"""A page of the web that a developer visits reaches nothing of a served emulator: neither by name nor across origins.

The gate's rules are in tests/emulator/test_served_gate.py, the consent page's own in tests/emulator/oauth/.
"""

from __future__ import annotations

import httpx2
import pytest

from gcsa.emulator import Emulator, routes
from tests.emulator.conformance.document import METHODS
from tests.security.conftest import SECRET, at, secret

ME = "me@example.com"
ENDPOINTS = sorted(routes._endpoints)
CALLS = sorted({(m["httpMethod"], f"/calendar/v3/{m['path']}") for m in METHODS.values()})
EVERYTHING = [*ENDPOINTS, *CALLS]


@pytest.fixture(scope="module")
def served():
    with Emulator() as emulator:
        emulator.serve()
        emulator.users.add(ME)
        yield emulator


@pytest.fixture
def http(served):
    with httpx2.Client(base_url=served.address, trust_env=False) as client:
        bearer = {"Authorization": f"Bearer {ME}"}
        body = at(3, **secret(id=f"e{SECRET.encode().hex()}"))
        client.post("/calendar/v3/calendars/primary/events", json=body, headers=bearer)
        yield client


def stored(served):
    with httpx2.Client(base_url=served.address, trust_env=False) as client:
        bearer = {"Authorization": f"Bearer {ME}"}
        events = client.get("/calendar/v3/calendars/primary/events", headers=bearer).json()
        faults = client.get("/emulator/faults").json()
        quota = client.get("/emulator/quota").json()
    return events["items"], faults, quota


def ask(http, method, path, headers, body=b"{}"):
    path = path.replace("{calendarId}", "primary").replace("{eventId}", "none")
    sent = {"Authorization": f"Bearer {ME}", "Content-Type": "application/json", **headers}
    content = body if method in ("POST", "PUT", "PATCH") else None
    return http.request(method, path, headers=sent, content=content)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8085",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "0.0.0.0",
        "[::ffff:10.0.0.1]",
        "127.0.0.1,evil.example",
        "evil.example@127.0.0.1",
        "2130706433",
        "",
    ],
)
def test_no_path_answers_to_a_name_that_somebody_else_can_point_here(served, http, host):
    before = stored(served)
    for method, path in EVERYTHING:
        reply = ask(http, method, path, {"Host": host})
        assert reply.status_code in (400, 421), (method, path, reply.text)
        assert SECRET not in reply.text
    assert stored(served) == before


@pytest.mark.parametrize(
    "page",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://127.0.0.1:1@evil.example"},
        {"Origin": "file://"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
        # A form that another site sends, of a browser that says both.
        {
            "Origin": "https://evil.example",
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    ],
)
def test_no_path_answers_to_a_page_of_another_site(served, http, page):
    before = stored(served)
    for method, path in EVERYTHING:
        reply = ask(http, method, path, page)
        assert reply.status_code == 403, (method, path, reply.text)
        assert SECRET not in reply.text
        assert "access-control-allow-origin" not in reply.headers
    assert stored(served) == before


def test_a_browser_is_not_allowed_to_ask_for_another_site(http):
    for method, path in EVERYTHING:
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": method}
        reply = http.options(path, headers=asked)
        assert reply.status_code == 403
        assert "access-control-allow-origin" not in reply.headers


def test_control_does_not_even_answer_to_another_page_of_this_machine(served, http):
    before = stored(served)
    pages = [
        {"Origin": "http://localhost:3000"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ]
    for page in pages:
        for method, path in ENDPOINTS:
            if path.startswith("/emulator/"):
                reply = ask(http, method, path, page)
                assert reply.status_code == 403, (method, path, reply.text)
                assert SECRET not in reply.text
    assert stored(served) == before


def test_a_form_of_another_site_allows_nothing(served, http):
    """Even one that has got hold of a page's own token."""
    client = served.client_secrets()["installed"]
    asked = {
        "client_id": client["client_id"],
        "redirect_uri": "http://localhost:8080/",
        "response_type": "code",
        "scope": "https://www.googleapis.com/auth/calendar",
    }
    page = http.get("/o/oauth2/auth", params=asked).text
    form = {
        "page": page.split('name="page" value="')[1].split('"')[0],
        "answer": "allow",
        "user": ME,
        "scope": asked["scope"],
    }
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    refused = http.post("/o/oauth2/approval", data=form, headers=foreign)
    assert (refused.status_code, "location" in refused.headers) == (403, False)
    # The page itself is still open, and answered once.
    assert "code=" in http.post("/o/oauth2/approval", data=form).headers["location"]
    assert http.post("/o/oauth2/approval", data=form).status_code == 400


def test_a_sign_in_is_answered_nowhere_but_where_it_may_be(served, http):
    """Also not by an error, which would carry the state there."""
    for kind in ("installed", "web"):
        client = served.client_secrets(kind)[kind]
        for address in (
            "https://evil.example/",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://localhost:80:80/",
            "http://localhost\\@evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
            "http://localhost:8080/#x",
            "http://127.0.0.1.evil.example:8080/",
        ):
            for prompt in ("", "none"):
                asked = {
                    "client_id": client["client_id"],
                    "redirect_uri": address,
                    "response_type": "code",
                    "scope": "https://www.googleapis.com/auth/calendar",
                    "state": SECRET,
                    "prompt": prompt,
                }
                reply = http.get("/o/oauth2/auth", params=asked)
                assert (reply.status_code, "location" in reply.headers) == (400, False), address
