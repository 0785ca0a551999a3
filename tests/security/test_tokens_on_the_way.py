"""Where a token travels: to the server it is for, unreadable for others, and nowhere else.

That redirects are not followed is in tests/transport/test_wire.py; that nothing shows a secret, in
tests/transport/test_authentication_secrets.py; what a file of tokens may hold and who may read it, in
tests/transport/test_pickled_token.py, test_token_file.py and test_private_file.py.
"""

from __future__ import annotations

import asyncio

import httpx2
import pytest
from google.auth.credentials import AnonymousCredentials
from google.oauth2.credentials import Credentials

from gcsa.emulator import Emulator
from gcsa.errors import GoogleCalendarError
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry

CLIENTS = [GoogleCalendar, AsyncGoogleCalendar]
ONCE = Retry(attempts=1)


def signed_in(token_uri="https://oauth2.googleapis.com/token"):
    return Credentials(
        token="ya29.secret",
        refresh_token="1//secret",
        token_uri=token_uri,
        client_id="id",
        client_secret="secret",
    )


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://www.googleapis.com",
        "http://calendar.example:8085",
        "http://10.0.0.5:8085",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://localhost:80@evil.example/",
        "http://[::ffff:10.0.0.1]",
        "http://0x7f000001.evil",
    ],
)
@pytest.mark.parametrize("credentials", [signed_in(), Credentials(token="ya29.secret")])
def test_a_token_does_not_travel_unencrypted(client, endpoint, credentials):
    with pytest.raises(ValueError, match="unencrypted") as error:
        client(credentials=credentials, api_endpoint=endpoint)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("client", CLIENTS)
def test_not_over_a_transport_of_httpx2_either(client):
    kind = httpx2.HTTPTransport if client is GoogleCalendar else httpx2.AsyncHTTPTransport
    with pytest.raises(
        ValueError, match=r"A token would travel to calendar\.example:8085 unencrypted"
    ):
        client(
            credentials=signed_in(),
            api_endpoint="http://calendar.example:8085",
            transport=kind(),
        )


def test_the_variable_leads_no_token_astray(monkeypatch):
    monkeypatch.setenv("GOOGLE_CALENDAR_EMULATOR_HOST", "evil.example")
    with pytest.raises(ValueError, match=r"A token would travel to evil\.example unencrypted"):
        GoogleCalendar(credentials=signed_in())


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("endpoint", "credentials"),
    [
        ("https://calendar.example", signed_in()),
        ("http://localhost:8085", signed_in()),
        ("http://127.0.0.1:8085", signed_in()),
        ("http://[::1]:8085", signed_in()),
        ("http://calendar.localhost", signed_in()),
        # An emulator in a container, with a sign-in of its own, or with what is no secret.
        ("http://calendar:8085", signed_in("http://calendar:8085/token")),
        ("http://calendar:8085", Credentials(token="me@example.com")),
        ("http://calendar:8085", AnonymousCredentials()),
        ("http://calendar:8085", None),
    ],
)
def test_what_is_no_danger_is_let_be(client, endpoint, credentials, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    made = client(credentials=credentials, api_endpoint=endpoint)
    if isinstance(made, GoogleCalendar):
        made.close()
    else:
        asyncio.run(made.aclose())


def test_a_token_server_elsewhere_does_not_make_it_right():
    with pytest.raises(ValueError, match="unencrypted"):
        GoogleCalendar(
            credentials=signed_in("http://evil.example/token"), api_endpoint="http://calendar:8085"
        )


def in_a_batch(calendar):
    with calendar.batch() as batch:
        future = batch.get_calendar()
    return future.result()


WAYS = [GoogleCalendar.get_calendar, lambda c: c.add_quick_event("Lunch at noon"), in_a_batch]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/",
        "http://www.googleapis.com/calendar/v3/calendars/primary",
        "//evil.example",
        "https://www.googleapis.com.evil.example/",
        "https://www.googleapis.com:444/",
        "ftp://evil.example",
        "/calendar/v3/calendars/primary",
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_no_redirect_is_followed(status, location, way):
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx2.Response(status, headers={"Location": location})

    calendar = GoogleCalendar(
        credentials=Credentials(token="ya29.secret"),
        transport=httpx2.MockTransport(answer),
        retry=ONCE,
    )
    with pytest.raises(GoogleCalendarError) as error:
        way(calendar)
    assert len(asked) == 1
    assert asked[0].startswith("https://www.googleapis.com/")
    assert "ya29" not in f"{error.value!r} {error.value} {vars(error.value)}"


def test_what_is_found_at_home_goes_to_no_other_server_than_googles(tmp_path, monkeypatch):
    """Whoever can set the variable, or an endpoint, does not get the saved sign-in by it."""
    saved = tmp_path / ".credentials"
    saved.mkdir()
    (saved / "token.json").write_text(signed_in().to_json())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    bearers = []

    def answer(request):
        bearers.append((str(request.url.host), request.headers.get("authorization")))
        return httpx2.Response(200, json={"id": "primary", "summary": "x"})

    for endpoint in ("https://evil.example", "https://www.googleapis.com.evil.example"):
        transport = httpx2.MockTransport(answer)
        GoogleCalendar(api_endpoint=endpoint, transport=transport).get_calendar()
    assert {bearer for _, bearer in bearers} == {"Bearer emulator"}


def test_signing_in_to_an_emulator_that_is_served_still_works():
    with Emulator() as emulator:
        url = emulator.serve()
        with GoogleCalendar(
            credentials=Credentials(token="me@example.com"), api_endpoint=url
        ) as calendar:
            assert calendar.get_calendar().calendar_id == "me@example.com"
