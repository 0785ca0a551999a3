"""Google's own libraries sign in to a served emulator, as they are: google-auth and google-auth-oauthlib."""

from __future__ import annotations

import json
import re
import threading
import webbrowser
from html import unescape
from urllib.parse import parse_qs, urlsplit

import google.auth
import google.auth.exceptions
import google.auth.transport.requests
import httpx2
import pytest
from google.oauth2 import service_account
from google_auth_oauthlib.flow import Flow, InstalledAppFlow
from oauthlib.oauth2 import AccessDeniedError, InvalidGrantError, MismatchingStateError

from gcsa.emulator import Clock, Emulator
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar

SCOPES = ["https://www.googleapis.com/auth/calendar"]


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen()) as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "*")
    # oauthlib insists on https otherwise; an emulator is on this machine only.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CALENDAR_EMULATOR_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def http():
    with httpx2.Client(trust_env=False) as http:
        yield http


def consent(http, url, user="ann@example.com", answer="allow"):
    """Answer the consent page as a browser does; return the address that it is sent back to."""
    page = http.get(url)
    form = {
        "page": re.search(r'name="page" value="([^"]*)"', page.text)[1],
        "answer": answer,
        "user": user,
        "scope": [
            unescape(scope)
            for scope in re.findall(r'name="scope" value="([^"]*)" checked', page.text)
        ],
    }
    action = re.search(r'action="([^"]*)"', page.text)[1]
    back = http.post(str(httpx2.URL(url).join(action)), data=form)
    assert back.status_code == 302, back.text
    return back.headers["location"]


def whose(credentials, emulator):
    session = google.auth.transport.requests.AuthorizedSession(credentials)
    try:
        return session.get(f"{emulator.address}/calendar/v3/calendars/primary").json()["id"]
    finally:
        session.close()


@pytest.fixture
def request_():
    session = google.auth.transport.requests.requests.Session()
    yield google.auth.transport.requests.Request(session)
    session.close()


class Browser:
    """An HTTP client where programs look for a browser."""

    def __init__(self, http):
        self.http = http
        self.answer = "allow"
        self.visits = []

    def open(self, url, new=0, autoraise=True):
        visit = threading.Thread(target=self._visit, args=(url,))
        self.visits.append(visit)
        visit.start()
        return True

    def _visit(self, url):
        self.http.get(consent(self.http, url, answer=self.answer))


@pytest.fixture
def browser(http, monkeypatch):
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    browser = Browser(http)
    webbrowser.register("an HTTP client", None, browser, preferred=True)
    yield browser
    for visit in browser.visits:
        visit.join()


def run_local_server(flow):
    try:
        return flow.run_local_server(port=0)
    finally:
        flow.oauth2session.close()


def test_an_installed_program_signs_a_user_in(emulator, browser, request_):
    flow = InstalledAppFlow.from_client_config(emulator.client_secrets(), SCOPES)
    credentials = run_local_server(flow)
    assert credentials.valid
    assert credentials.granted_scopes == SCOPES
    assert whose(credentials, emulator) == "ann@example.com"
    first = credentials.token
    credentials.refresh(request_)
    assert credentials.token != first
    assert whose(credentials, emulator) == "ann@example.com"


def test_client_secrets_are_read_from_a_file(emulator, browser, tmp_path):
    path = tmp_path / "client_secret.json"
    path.write_text(json.dumps(emulator.client_secrets()))
    credentials = run_local_server(InstalledAppFlow.from_client_secrets_file(path, SCOPES))
    assert whose(credentials, emulator) == "ann@example.com"


def test_a_user_who_refuses_is_told_to_the_program(emulator, browser):
    browser.answer = "deny"
    with pytest.raises(AccessDeniedError):
        run_local_server(InstalledAppFlow.from_client_config(emulator.client_secrets(), SCOPES))


def web_flow(emulator, **options):
    secrets = emulator.client_secrets("web", redirect_uris=["https://app.example/back"])
    return Flow.from_client_config(
        secrets, SCOPES, redirect_uri="https://app.example/back", **options
    )


def test_a_web_application_signs_a_user_in(emulator, http, request_):
    flow = web_flow(emulator)
    url, state = flow.authorization_url(access_type="offline", include_granted_scopes="true")
    back = consent(http, url)
    assert parse_qs(urlsplit(back).query)["state"] == [state]
    flow.fetch_token(authorization_response=back)
    credentials = flow.credentials
    credentials.refresh(request_)
    assert whose(credentials, emulator) == "ann@example.com"
    flow.oauth2session.close()


def test_a_code_cannot_be_used_twice(emulator, http):
    flow = web_flow(emulator)
    back = consent(http, flow.authorization_url()[0])
    flow.fetch_token(authorization_response=back)
    with pytest.raises(InvalidGrantError):
        flow.fetch_token(authorization_response=back)
    flow.oauth2session.close()


def test_a_code_without_its_verifier_is_of_no_use(emulator, http):
    flow = web_flow(emulator)
    back = consent(http, flow.authorization_url()[0])
    flow.code_verifier = "x" * 64
    with pytest.raises(InvalidGrantError, match="Invalid code verifier"):
        flow.fetch_token(authorization_response=back)
    flow.oauth2session.close()


def test_a_forged_answer_is_noticed_by_its_state(emulator, http):
    flow = web_flow(emulator)
    back = consent(http, flow.authorization_url()[0]).replace("state=", "state=forged")
    with pytest.raises(MismatchingStateError):
        flow.fetch_token(authorization_response=back)
    flow.oauth2session.close()


def test_a_revoked_sign_in_ends_with_googles_words(emulator, http, request_):
    flow = web_flow(emulator)
    flow.fetch_token(authorization_response=consent(http, flow.authorization_url()[0]))
    credentials = flow.credentials
    http.post(f"{emulator.address}/revoke", data={"token": credentials.refresh_token})
    with pytest.raises(
        google.auth.exceptions.RefreshError,
        match=r"invalid_grant: Token has been expired or revoked\.",
    ):
        credentials.refresh(request_)
    flow.oauth2session.close()


@pytest.fixture
def key(emulator, tmp_path):
    path = tmp_path / "key.json"
    path.write_text(json.dumps(emulator.service_account_info()))
    return path


def test_a_service_account_acts_for_itself_and_for_a_user(emulator, key, request_):
    account = service_account.Credentials.from_service_account_file(key, scopes=SCOPES)
    account.refresh(request_)
    assert account.token.startswith("ya29.")
    acting = account.with_subject("bob@example.com")
    acting.refresh(request_)
    with httpx2.Client(trust_env=False, base_url=emulator.address) as http:
        ids = [
            http.get(
                "/calendar/v3/calendars/primary", headers={"Authorization": f"Bearer {one.token}"}
            ).json()["id"]
            for one in (account, acting)
        ]
    assert ids == [account.service_account_email, "bob@example.com"]


def test_a_service_account_acts_for_nobody_of_another_domain(key, request_):
    account = service_account.Credentials.from_service_account_file(
        key, scopes=SCOPES, subject="bob@elsewhere.com"
    )
    with pytest.raises(
        google.auth.exceptions.RefreshError, match="unauthorized_client: Client is unauthorized"
    ):
        account.refresh(request_)


def test_application_default_credentials_are_found_by_googles_variable(
    emulator, key, request_, monkeypatch
):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    credentials, project = google.auth.default(scopes=SCOPES)
    credentials.refresh(request_)
    assert project == "calendar-emulator"
    assert credentials.valid


def test_a_token_that_expires_on_the_emulators_clock_is_refreshed_by_googles_session(
    emulator, http
):
    flow = web_flow(emulator)
    flow.fetch_token(authorization_response=consent(http, flow.authorization_url()[0]))
    credentials = flow.credentials
    first = credentials.token
    emulator.clock.advance(3601)
    assert whose(credentials, emulator) == "ann@example.com"
    assert credentials.token != first
    flow.oauth2session.close()


def test_a_sign_in_of_google_auth_oauthlib_is_one_for_gcsa(emulator, browser, tmp_path):
    flow = InstalledAppFlow.from_client_config(emulator.client_secrets(), SCOPES)
    credentials = run_local_server(flow)
    path = tmp_path / "token.json"
    path.write_text(credentials.to_json())
    with GoogleCalendar(api_endpoint=emulator.address, token_path=path) as calendar:
        assert calendar.get_calendar().calendar_id == "ann@example.com"


def test_gcsa_signs_in_over_the_network_and_books_something(emulator, browser, tmp_path):
    """The whole way of a newcomer: client secrets in a file, a browser, a saved sign-in, an event."""
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps(emulator.client_secrets()))
    for _ in range(2):
        with GoogleCalendar(
            api_endpoint=emulator.address, credentials_path=path, authentication_flow_port=0
        ) as calendar:
            stored = calendar.add_event(Event("Lunch", start=emulator.clock.now(), timezone="UTC"))
            assert stored.creator.email == "ann@example.com"
    assert len(browser.visits) == 1
    assert json.loads((tmp_path / "token.json").read_text())["refresh_token"].startswith("1//")


def test_gcsa_works_for_a_service_account_over_the_network(emulator, key):
    with GoogleCalendar(
        api_endpoint=emulator.address, credentials_path=key, subject="bob@example.com"
    ) as calendar:
        assert calendar.get_calendar().calendar_id == "bob@example.com"
