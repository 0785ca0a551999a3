"""Signing in: the browser, the answer, the tokens."""

from __future__ import annotations

import io
import json
import webbrowser
from contextlib import redirect_stdout
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from gcsa.errors import AuthenticationError, TransportError
from gcsa.transport.credentials_file import CredentialsFile
from gcsa.transport.sign_in import SignInPlace, sign_in
from gcsa.transport.token_request import TokenRequest

CALENDAR = "https://www.googleapis.com/auth/calendar"
ANY_PORT = SignInPlace(port=0)


@pytest.fixture
def client(client_secrets, tmp_path):
    return CredentialsFile(client_secrets(tmp_path / "credentials.json")).client_secrets


@pytest.fixture
def request_over(wire):
    return TokenRequest.over(wire)


def test_a_user_signs_in_in_the_browser(client, request_over, user, google):
    user.email = "ann@example.com"
    token = sign_in(client, [CALENDAR], ANY_PORT, request_over)
    assert token.refresh_token.startswith("1//")
    assert token.allowed == [CALENDAR]
    assert token.client_id == client.client_id
    assert token.token_uri == client.token_uri
    assert token.credentials().valid
    answer = httpx2.Client(transport=google.transport).get(
        "http://x/calendar/v3/calendars/primary", headers={"Authorization": f"Bearer {token.token}"}
    )
    assert answer.json()["id"] == "ann@example.com"
    user.finish()
    assert "You are signed in." in user.shown[0].text


def test_the_page_is_asked_for_what_the_sign_in_needs(client, request_over, user):
    sign_in(client, [CALENDAR, "email"], ANY_PORT, request_over)
    parts = urlsplit(user.opened[0])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == client.auth_uri
    assert asked.pop("redirect_uri").startswith("http://localhost:")
    assert len(asked.pop("state")) >= 32
    assert len(asked.pop("code_challenge")) == 43
    assert asked == {
        "response_type": "code",
        "client_id": client.client_id,
        "scope": f"{CALENDAR} email",
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }


def test_each_sign_in_has_its_own_state_and_verifier(client, request_over, user):
    for _ in range(2):
        sign_in(client, [CALENDAR], ANY_PORT, request_over)
    first, second = (parse_qs(urlsplit(url).query) for url in user.opened)
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


def test_a_web_client_is_answered_at_its_registered_address(
    client_secrets, tmp_path, request_over, user
):
    from gcsa.transport.redirect_server import RedirectServer

    with RedirectServer("localhost", 0, None, "x") as free:
        port = httpx2.URL(free.uri).port
    path = client_secrets(tmp_path / "web.json", "web", redirect_uris=[f"http://localhost:{port}/"])
    client = CredentialsFile(path).client_secrets
    for _ in range(2):  # the second time too, there is a refresh token
        token = sign_in(client, [CALENDAR], SignInPlace(port=port), request_over)
        assert token.refresh_token is not None


class TestBrowsers:
    def test_the_address_is_printed_in_any_case(self, client, request_over, user, capsys):
        sign_in(client, [CALENDAR], ANY_PORT, request_over)
        assert capsys.readouterr().out == f"To sign in, visit this address: {user.opened[0]}\n"

    @pytest.fixture
    def reader(self, user, monkeypatch):
        """A user who reads the address that is printed, and opens it in a browser of their own."""
        monkeypatch.setattr(webbrowser, "_browsers", {})
        monkeypatch.setattr(webbrowser, "_tryorder", [])

        class Terminal(io.StringIO):
            def write(self, text):
                user.open(text.removeprefix("To sign in, visit this address: ").strip())

        return redirect_stdout(Terminal())

    @pytest.mark.parametrize("open_browser", [None, False])
    def test_without_a_browser_the_printed_address_does(
        self, client, request_over, reader, open_browser
    ):
        place = SignInPlace(port=0, open_browser=open_browser)
        with reader:
            assert sign_in(client, [CALENDAR], place, request_over).token

    def test_a_browser_that_is_not_wanted_is_not_opened(self, client, request_over, reader):
        webbrowser.register("unwanted", None, Unwanted(), preferred=True)
        place = SignInPlace(port=0, open_browser=False)
        with reader:
            assert sign_in(client, [CALENDAR], place, request_over).token

    def test_a_browser_that_is_insisted_on_is_missed(
        self, client, request_over, no_browser, capsys
    ):
        with pytest.raises(webbrowser.Error):
            sign_in(client, [CALENDAR], SignInPlace(port=0, open_browser=True), request_over)
        assert capsys.readouterr().out == ""

    def test_a_browser_that_does_not_open_is_missed_too(self, client, request_over, no_browser):
        webbrowser.register("broken", None, Broken(), preferred=True)
        with pytest.raises(webbrowser.Error, match="the browser could not be opened"):
            sign_in(client, [CALENDAR], SignInPlace(port=0, open_browser=True), request_over)


class Unwanted:
    def open(self, url, new=0, autoraise=True):
        raise AssertionError("a browser was opened")


class Broken:
    def open(self, url, new=0, autoraise=True):
        return False


def test_a_user_who_does_not_allow_it_is_heard(client, request_over, user, wire):
    user.answer = "deny"
    with pytest.raises(AuthenticationError) as error:
        sign_in(client, [CALENDAR], ANY_PORT, request_over)
    assert str(error.value) == (
        "The sign-in was not allowed in the browser (access_denied). Sign in again, or give valid `credentials`."
    )
    assert error.value.reason == "access_denied"
    assert wire.paths == []


def test_a_user_who_allows_less_than_is_asked_for_is_told(client, request_over, user):
    user.leave_out = ["email"]
    with pytest.raises(AuthenticationError, match="these scopes were left out: email"):
        sign_in(client, [CALENDAR, "email"], ANY_PORT, request_over)


def test_a_token_server_that_refuses_is_quoted(client_secrets, tmp_path, request_over, user):
    path = client_secrets(tmp_path / "credentials.json")
    content = json.loads(path.read_text())
    content["installed"]["client_secret"] = "GOCSPX-old"
    path.write_text(json.dumps(content))
    with pytest.raises(AuthenticationError) as error:
        sign_in(CredentialsFile(path).client_secrets, [CALENDAR], ANY_PORT, request_over)
    assert str(error.value).startswith(
        "The token server does not know this client any more, or its secret was changed (the server says: The provided"
        " client secret is invalid). Sign in again"
    )
    assert error.value.reason == "invalid_client"


def answering(response):
    return TokenRequest(httpx2.Client(transport=httpx2.MockTransport(response)))


@pytest.mark.parametrize(
    "body", [b"", b"<html>4/secret</html>", b"[]", b'{"access_token": 5}', b"{}"]
)
def test_an_answer_that_is_no_token_is_said_to_be_none(client, user, body):
    with pytest.raises(AuthenticationError) as error:
        sign_in(
            client, [CALENDAR], ANY_PORT, answering(lambda _: httpx2.Response(200, content=body))
        )
    assert "secret" not in str(error.value)


def test_a_token_server_out_of_reach_is_said_to_be_so(client, user):
    def fail(request):
        raise httpx2.ConnectError("no route")

    with pytest.raises(TransportError, match="The token server could not be reached"):
        sign_in(client, [CALENDAR], ANY_PORT, answering(fail))


def test_the_secrets_are_not_sent_on_to_where_a_redirect_leads(client, user):
    visited = []

    def redirect(request):
        visited.append(request.url.host)
        return httpx2.Response(307, headers={"Location": "http://evil.example/token"})

    with pytest.raises(AuthenticationError):
        sign_in(client, [CALENDAR], ANY_PORT, answering(redirect))
    assert visited == ["calendar.emulator"]
