"""Whom a client acts for, and in which order that is found out."""

from __future__ import annotations

import asyncio
import json
import pickle
import stat
import webbrowser
from datetime import datetime

import google.oauth2.credentials
import pytest
from google.oauth2 import service_account

from gcsa.errors import AuthenticationError, PermissionDeniedError
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

EMULATOR_HOST = "GOOGLE_CALENDAR_EMULATOR_HOST"
CALENDAR = "https://www.googleapis.com/auth/calendar"


@pytest.fixture(params=["sync", "async"])
def connect(request, wire, home):
    """Make a client of the kind under test; every address leads to the emulator."""

    def make(**options):
        options = {"transport": wire, "authentication_flow_port": 0, **options}
        if request.param == "sync":
            return GoogleCalendar(**options)
        return Driven(AsyncGoogleCalendar(**{**options, "transport": Both(wire)}))

    return make


class Both:
    """The wire for an asynchronous client; token servers are reached over it as well."""

    def __new__(cls, wire):
        import httpx2

        class Transport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
            def handle_request(self, request):
                return wire.handle_request(request)

            async def handle_async_request(self, request):
                await request.aread()
                return wire.handle_request(request)

        return Transport()


class Driven:
    """An asynchronous client of which each call is waited for."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        return lambda *args, **kwargs: asyncio.run(self._call(name, args, kwargs))

    async def _call(self, name, args, kwargs):
        return await getattr(self._client, name)(*args, **kwargs)


def whose(calendar):
    return calendar.get_calendar().calendar_id


@pytest.fixture
def folder(home):
    folder = home / ".credentials"
    folder.mkdir()
    return folder


def save(path, content):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def pickled(saved):
    return pickle.dumps(
        google.oauth2.credentials.Credentials(**{**saved, "expiry": datetime(2000, 1, 1)})
    )


class TestGivenCredentials:
    def test_they_come_before_everything_else(self, connect, folder, tokens, monkeypatch):
        save(folder / "token.json", tokens(email="saved@example.com"))
        monkeypatch.setenv(EMULATOR_HOST, "127.0.0.1:1")
        given = google.oauth2.credentials.Credentials(token="ann@example.com")
        assert whose(connect(credentials=given)) == "ann@example.com"

    def test_a_service_account_is_given_its_scopes_and_its_subject(self, connect, google):
        account = service_account.Credentials.from_service_account_info(
            google.service_account_info()
        )
        assert whose(connect(credentials=account)) == account.service_account_email
        assert whose(connect(credentials=account, subject="ann@example.com")) == "ann@example.com"
        reader = connect(credentials=account, read_only=True, subject="ann@example.com")
        with pytest.raises(PermissionDeniedError, match="Insufficient Permission"):
            reader.add_quick_event("Lunch tomorrow at noon")

    def test_only_a_service_account_has_a_subject(self, connect):
        given = google.oauth2.credentials.Credentials(token="ann@example.com")
        with pytest.raises(ValueError, match="Only a service account can act for a user"):
            connect(credentials=given, subject="bob@example.com")

    @pytest.mark.parametrize("given", ["a-token", {"token": "a-token"}])
    def test_what_are_no_credentials_is_refused_at_once_and_not_shown(self, connect, given):
        with pytest.raises(
            TypeError, match="Give the path of a file as credentials_path"
        ) as refused:
            connect(credentials=given)
        assert "a-token" not in str(refused.value)


class TestEmulators:
    def test_the_variable_is_enough(self, connect, monkeypatch, wire):
        monkeypatch.setenv(EMULATOR_HOST, "127.0.0.1:8085")
        assert whose(connect()) == "me@example.com"
        assert {url.host for _, url, _, _, _ in wire.exchanges} == {"127.0.0.1"}

    def test_the_variable_may_be_a_whole_address(self, connect, monkeypatch, wire):
        monkeypatch.setenv(EMULATOR_HOST, "https://calendar.example:8085")
        assert whose(connect()) == "me@example.com"
        assert {str(url).partition("/calendar/")[0] for _, url, _, _, _ in wire.exchanges} == {
            "https://calendar.example:8085"
        }

    def test_so_is_an_endpoint(self, connect):
        assert whose(connect(api_endpoint="http://127.0.0.1:8085")) == "me@example.com"

    def test_what_is_found_in_the_home_folder_is_never_sent_there(
        self, connect, folder, tokens, monkeypatch, wire
    ):
        save(folder / "token.json", tokens())
        save(folder / "credentials.json", {"installed": {}})
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(folder / "nowhere.json"))
        assert whose(connect(api_endpoint="https://calendar.example")) == "me@example.com"
        assert wire.bearers == ["emulator"]

    @pytest.mark.parametrize(
        "endpoint",
        ["http://www.googleapis.com", "https://www.googleapis.com.evil.example", "https://evilgoogleapis.com",
         "https://www.googleapis.com@evil.example"],
    )  # fmt: skip
    def test_nor_to_what_only_looks_like_google(self, connect, folder, tokens, wire, endpoint):
        save(folder / "token.json", tokens())
        whose(connect(api_endpoint=endpoint))
        assert wire.bearers == ["emulator"]

    def test_a_subject_is_that_user(self, connect, monkeypatch):
        monkeypatch.setenv(EMULATOR_HOST, "127.0.0.1:8085")
        assert whose(connect(subject="ann@example.com")) == "ann@example.com"

    def test_what_is_named_is_used(self, connect, monkeypatch, tmp_path, tokens):
        monkeypatch.setenv(EMULATOR_HOST, "127.0.0.1:8085")
        path = save(tmp_path / "token.json", tokens(email="ann@example.com"))
        assert whose(connect(token_path=path)) == "ann@example.com"


class TestSavedSignIns:
    def test_the_one_in_the_usual_place_is_used(self, connect, folder, tokens):
        save(folder / "token.json", tokens(email="ann@example.com"))
        assert whose(connect()) == "ann@example.com"

    def test_the_one_beside_the_client_secrets_is_used(self, connect, folder, tmp_path, tokens):
        save(folder / "token.json", tokens(email="other@example.com"))
        save(tmp_path / "app" / "token.json", tokens(email="ann@example.com"))
        assert (
            whose(connect(credentials_path=tmp_path / "app" / "credentials.json"))
            == "ann@example.com"
        )

    def test_the_one_that_is_named_is_used(self, connect, folder, tmp_path, tokens):
        save(folder / "token.json", tokens(email="other@example.com"))
        path = save(tmp_path / "ann.json", tokens(email="ann@example.com"))
        assert whose(connect(token_path=str(path))) == "ann@example.com"

    def test_a_path_may_begin_at_home(self, connect, home, tokens):
        save(home / "ann.json", tokens(email="ann@example.com"))
        assert whose(connect(token_path="~/ann.json")) == "ann@example.com"

    def test_nobody_is_asked_before_the_first_call(self, connect, folder, tokens, wire):
        save(folder / "token.json", tokens())
        connect()
        assert wire.paths == []

    def test_a_token_that_is_refreshed_is_saved(self, connect, folder, tokens, wire):
        saved = tokens()
        path = save(folder / "token.json", saved)
        whose(connect())
        kept = json.loads(path.read_text())
        assert kept["token"] == wire.bearers[-1] != saved["token"]
        assert kept["refresh_token"] == saved["refresh_token"]
        assert kept["expiry"] > "2026"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_the_next_client_does_not_have_to_refresh(self, connect, folder, tokens, wire):
        save(folder / "token.json", tokens())
        whose(connect())
        whose(connect())
        assert wire.paths.count("/token") == 1

    def test_it_is_not_saved_where_that_is_not_wanted(self, connect, folder, tokens):
        path = save(folder / "token.json", tokens())
        before = path.read_text()
        assert whose(connect(save_token=False)) == "me@example.com"
        assert path.read_text() == before

    def test_a_token_that_is_refused_in_the_midst_of_calls_is_refreshed_and_saved(
        self, connect, folder, tokens, google, wire
    ):
        path = save(folder / "token.json", tokens(expiry="9000-01-01T00:00:00Z"))
        calendar = connect()
        whose(calendar)
        google.clock.advance(4000)
        assert whose(calendar) == "me@example.com"
        assert json.loads(path.read_text())["token"] == wire.bearers[-1]

    def test_more_than_is_asked_for_does(self, connect, folder, tokens):
        save(folder / "token.json", tokens())
        assert whose(connect(read_only=True)) == "me@example.com"

    def test_less_than_is_asked_for_does_not(self, connect, folder, tokens):
        path = save(folder / "token.json", tokens(scope=f"{CALENDAR}.readonly"))
        with pytest.raises(AuthenticationError) as error:
            connect()
        assert str(error.value).startswith(
            f"The sign-in saved in {path} does not allow {CALENDAR}. To sign in again, put the client secrets into"
            f" {folder}/credentials.json; to go on with less, ask for other scopes, or read_only."
        )

    def test_one_whose_scopes_are_not_known_does(self, connect, folder, tokens):
        save(folder / "token.json", tokens(scopes=None))
        assert whose(connect()) == "me@example.com"

    def test_one_that_has_expired_for_good_says_so(self, connect, folder, tokens):
        path = save(folder / "token.json", tokens(refresh_token=None))
        with pytest.raises(
            AuthenticationError, match=f"{path} has expired, and it has no refresh token"
        ):
            connect()

    def test_one_that_was_revoked_says_what_to_do(self, connect, folder, tokens, google):
        import httpx2

        saved = tokens()
        path = save(folder / "token.json", saved)
        httpx2.Client(transport=google.transport).post(
            "http://x/revoke", data={"token": saved["refresh_token"]}
        )
        with pytest.raises(AuthenticationError) as error:
            whose(connect())
        assert error.value.message == (
            "The sign-in is no longer good: it was revoked, or it has expired (the server says: Token has been expired"
            f" or revoked). Delete {path} and run this program again to sign in."
        )
        assert error.value.reason == "invalid_grant"


class TestPickles:
    def test_the_usual_one_is_replaced_by_json(self, connect, folder, tokens):
        (folder / "token.pickle").write_bytes(pickled(saved := tokens(email="ann@example.com")))
        assert whose(connect()) == "ann@example.com"
        assert [path.name for path in folder.iterdir()] == ["token.json"]
        kept = json.loads((folder / "token.json").read_text())
        assert kept["refresh_token"] == saved["refresh_token"]
        assert stat.S_IMODE((folder / "token.json").stat().st_mode) == 0o600

    def test_one_that_is_named_is_replaced_in_its_place(self, connect, tmp_path, tokens):
        path = tmp_path / "token.pickle"
        path.write_bytes(pickled(tokens(email="ann@example.com")))
        for _ in range(2):  # and the script that names it runs on
            assert whose(connect(token_path=str(path))) == "ann@example.com"
        assert json.loads(path.read_text())["refresh_token"]

    def test_it_stays_where_nothing_is_to_be_saved(self, connect, folder, tokens):
        (folder / "token.pickle").write_bytes(content := pickled(tokens()))
        assert whose(connect(save_token=False)) == "me@example.com"
        assert (folder / "token.pickle").read_bytes() == content
        assert not (folder / "token.json").exists()

    def test_a_hostile_one_is_refused(self, connect, folder, tmp_path):
        import os

        class Attack:
            def __reduce__(self):
                return os.mkdir, (str(tmp_path / "executed"),)

        (folder / "token.pickle").write_bytes(pickle.dumps(Attack()))
        with pytest.raises(
            ValueError,
            match=r"token.pickle is not a saved sign-in: it is a pickle, and it asks for",
        ):
            connect()
        assert not (tmp_path / "executed").exists()


class TestSignIns:
    def test_the_usual_client_secrets_are_used_and_the_sign_in_is_saved(
        self, connect, client_secrets, home, user, wire
    ):
        client_secrets(home / ".credentials" / "credentials.json")
        user.email = "ann@example.com"
        assert whose(connect()) == "ann@example.com"
        path = home / ".credentials" / "token.json"
        assert json.loads(path.read_text())["token"] == wire.bearers[-1]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert whose(connect()) == "ann@example.com"
        assert len(user.opened) == 1

    def test_the_only_client_secrets_are_used(self, connect, client_secrets, folder, user):
        client_secrets(folder / "client_secret_123.json")
        assert whose(connect()) == "me@example.com"

    def test_several_client_secrets_are_too_many(self, connect, client_secrets, folder):
        client_secrets(folder / "client_secret_1.json")
        client_secrets(folder / "client_secret_2.json")
        with pytest.raises(ValueError, match="There are several client secrets"):
            connect()

    def test_the_client_secrets_that_are_named_are_used(
        self, connect, client_secrets, tmp_path, user, home
    ):
        path = client_secrets(tmp_path / "app.json")
        assert whose(connect(credentials_path=str(path))) == "me@example.com"
        assert (tmp_path / "token.json").exists()
        assert list(home.iterdir()) == []

    def test_the_sign_in_is_saved_where_it_is_said(self, connect, client_secrets, tmp_path, user):
        path = client_secrets(tmp_path / "app.json")
        connect(credentials_path=path, token_path=tmp_path / "new" / "ann.json")
        assert (tmp_path / "new" / "ann.json").exists()

    def test_the_sign_in_is_not_saved_where_that_is_not_wanted(
        self, connect, client_secrets, tmp_path, user
    ):
        path = client_secrets(tmp_path / "app.json")
        assert whose(connect(credentials_path=path, save_token=False)) == "me@example.com"
        assert [path.name for path in tmp_path.glob("*.json")] == ["app.json"]

    @pytest.mark.parametrize(
        ("options", "scope"),
        [
            ({}, CALENDAR),
            ({"read_only": True}, f"{CALENDAR}.readonly"),
            ({"scopes": ["calendar.events", "email"]}, f"{CALENDAR}.events email"),
        ],
    )
    def test_no_more_is_asked_for_than_is_said(
        self, connect, client_secrets, tmp_path, user, options, scope
    ):
        from urllib.parse import parse_qs, urlsplit

        connect(credentials_path=client_secrets(tmp_path / "app.json"), **options)
        assert parse_qs(urlsplit(user.opened[0]).query)["scope"] == [scope]

    def test_a_saved_sign_in_that_allows_less_is_replaced_by_a_new_one(
        self, connect, client_secrets, folder, tokens, user
    ):
        client_secrets(folder / "credentials.json")
        path = save(folder / "token.json", tokens(scope=f"{CALENDAR}.readonly"))
        assert whose(connect()) == "me@example.com"
        assert len(user.opened) == 1
        assert json.loads(path.read_text())["scopes"] == [CALENDAR]

    def test_a_saved_sign_in_that_is_of_no_use_any_more_is_replaced_by_a_new_one(
        self, connect, client_secrets, folder, tokens, user
    ):
        client_secrets(folder / "credentials.json")
        save(folder / "token.json", tokens(refresh_token=None))
        assert whose(connect()) == "me@example.com"
        assert len(user.opened) == 1

    def test_a_sign_in_that_fails_leaves_the_saved_one_as_it_is(
        self, connect, client_secrets, folder, tokens, user
    ):
        client_secrets(folder / "credentials.json")
        path = save(folder / "token.json", saved := tokens(scope=f"{CALENDAR}.readonly"))
        user.answer = "deny"
        with pytest.raises(AuthenticationError, match="not allowed in the browser"):
            connect()
        assert json.loads(path.read_text()) == saved

    def test_a_browser_can_be_insisted_on(self, connect, client_secrets, tmp_path, no_browser):
        path = client_secrets(tmp_path / "app.json")
        with pytest.raises(webbrowser.Error):
            connect(credentials_path=path, open_browser=True)

    def test_the_port_and_the_host_can_be_chosen(self, connect, client_secrets, tmp_path, user):
        from urllib.parse import parse_qs, urlsplit

        connect(
            credentials_path=client_secrets(tmp_path / "app.json"),
            authentication_flow_host="127.0.0.1",
            authentication_flow_bind_addr="127.0.0.1",
        )
        [address] = parse_qs(urlsplit(user.opened[0]).query)["redirect_uri"]
        assert address.startswith("http://127.0.0.1:")


class TestServiceAccounts:
    @pytest.fixture
    def key(self, google, tmp_path):
        return save(tmp_path / "key.json", google.service_account_info())

    def test_a_key_file_is_used(self, connect, key):
        assert whose(connect(credentials_path=key)) == json.loads(key.read_text())["client_email"]

    def test_it_acts_for_a_user(self, connect, key):
        assert whose(connect(credentials_path=key, subject="ann@example.com")) == "ann@example.com"

    def test_it_comes_before_a_sign_in_that_is_saved_beside_it(self, connect, key, tokens):
        save(key.parent / "token.json", tokens())
        assert whose(connect(credentials_path=key, subject="ann@example.com")) == "ann@example.com"

    def test_the_usual_file_may_be_one(self, connect, google, folder):
        save(folder / "credentials.json", google.service_account_info())
        assert whose(connect(subject="ann@example.com")) == "ann@example.com"

    def test_nothing_is_saved(self, connect, key):
        whose(connect(credentials_path=key))
        assert list(key.parent.glob("token*")) == []

    def test_client_secrets_cannot_act_for_a_user(self, connect, client_secrets, tmp_path):
        path = client_secrets(tmp_path / "app.json")
        with pytest.raises(
            ValueError, match="Only a service account can act for a user: give its key file"
        ):
            connect(credentials_path=path, subject="ann@example.com")

    def test_a_user_whom_it_may_not_act_for_is_refused_with_what_to_do(self, connect, key):
        calendar = connect(credentials_path=key, subject="ann@elsewhere.com")
        with pytest.raises(
            AuthenticationError,
            match="The service account may not act for this user: an administrator of the domain has to delegate these",
        ):
            whose(calendar)


class TestApplicationDefaultCredentials:
    @pytest.fixture
    def variable(self, google, tmp_path, monkeypatch):
        path = save(tmp_path / "adc.json", google.service_account_info())
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
        return path

    def test_they_are_used_where_there_is_nothing_else(self, connect, variable):
        assert whose(connect()) == json.loads(variable.read_text())["client_email"]

    def test_they_act_for_a_user(self, connect, variable):
        assert whose(connect(subject="ann@example.com")) == "ann@example.com"

    def test_a_saved_sign_in_comes_first(self, connect, variable, folder, tokens):
        save(folder / "token.json", tokens())
        assert whose(connect()) == "me@example.com"

    def test_so_do_client_secrets(self, connect, variable, client_secrets, folder, user):
        client_secrets(folder / "credentials.json")
        assert whose(connect()) == "me@example.com"

    def test_a_variable_that_leads_nowhere_is_said_to(self, connect, monkeypatch, tmp_path):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
        with pytest.raises(
            ValueError,
            match=r"The Application Default Credentials cannot be used: There is no credentials file .*nowhere\.json",
        ):
            connect()


class TestNothing:
    def test_the_way_to_get_credentials_is_told(self, connect, home):
        with pytest.raises(FileNotFoundError) as error:
            connect()
        assert str(error.value) == (
            f"There are no credentials: no credentials.json or client_secret*.json in {home}/.credentials, no saved"
            f" sign-in in {home}/.credentials/token.json, and no Application Default Credentials. Create an OAuth"
            " client of the type 'Desktop app' (https://developers.google.com/workspace/guides/create-credentials),"
            f" download its JSON to {home}/.credentials/credentials.json, and run this program again; or set"
            " GOOGLE_CALENDAR_EMULATOR_HOST to the address of an emulator."
        )

    def test_a_file_that_is_not_there_is_named(self, connect, tmp_path):
        path = tmp_path / "nowhere" / "app.json"
        with pytest.raises(FileNotFoundError) as error:
            connect(credentials_path=path)
        assert str(error.value) == (
            f"There is no credentials file {path}, and no saved sign-in in {path.parent}/token.json."
        )

    def test_client_secrets_that_are_no_such_thing_are_refused(self, connect, tmp_path):
        with pytest.raises(ValueError, match="is not a credentials file"):
            connect(credentials_path=save(tmp_path / "app.json", []))

    def test_scopes_are_either_named_or_read_only(self, connect):
        with pytest.raises(ValueError, match="Give either read_only or scopes, not both"):
            connect(read_only=True, scopes="calendar.events")
