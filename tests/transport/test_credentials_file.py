"""The files that Google's console gives."""

from __future__ import annotations

import json

import httpx2
import pytest

from gcsa.transport.credentials_file import CredentialsFile, find_credentials_file
from gcsa.transport.token_request import TokenRequest

SCOPES = ("https://www.googleapis.com/auth/calendar",)


def write(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return CredentialsFile(path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "credentials.json"


def credentials_of(file, subject=None):
    return file.credentials(SCOPES, subject)


@pytest.mark.parametrize("kind", ["installed", "web"])
def test_client_secrets_are_read(google, path, kind):
    content = google.client_secrets(kind)
    secrets = write(path, content).client_secrets
    assert secrets.client_id == content[kind]["client_id"]
    assert secrets.client_secret == content[kind]["client_secret"]
    assert secrets.auth_uri == "http://calendar.emulator/o/oauth2/auth"
    assert secrets.token_uri == "http://calendar.emulator/token"


def test_nothing_shows_the_secret(google, path):
    content = google.client_secrets()
    file = write(path, content)
    assert repr(file) == f"<CredentialsFile {path}>"
    assert repr(file.client_secrets) == f"<ClientSecrets of {content['installed']['client_id']}>"


@pytest.mark.parametrize(
    "content", [{"installed": {"client_id": "x"}}, {"web": None}, {"installed": {}}]
)
def test_client_secrets_that_are_not_whole_are_refused(path, content):
    with pytest.raises(
        ValueError,
        match="is not whole: client_id, client_secret, auth_uri and token_uri are needed",
    ):
        _ = write(path, content).client_secrets


@pytest.mark.parametrize("content", ["", "secret", "[]", "{", '{"a": "secret', "{}", "\x80"])
def test_another_file_is_refused_without_quoting_it(path, content):
    with pytest.raises(ValueError, match="is not a credentials file: it is not JSON") as refusal:
        write(path, content)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__context__ is None


def test_a_file_that_is_not_there_is_said_to_be_missing(path):
    with pytest.raises(FileNotFoundError, match=f"There is no credentials file {path}"):
        CredentialsFile(path)


def test_a_service_account_is_read(google, path):
    credentials = credentials_of(write(path, google.service_account_info()))
    credentials.refresh(TokenRequest(httpx2.Client(transport=google.transport)))
    assert credentials.valid


def test_a_service_account_can_act_for_a_user(google, path):
    credentials = credentials_of(write(path, google.service_account_info()), "ann@example.com")
    credentials.refresh(TokenRequest(httpx2.Client(transport=google.transport)))
    answer = httpx2.Client(transport=google.transport).get(
        "http://calendar.emulator/calendar/v3/calendars/primary",
        headers={"Authorization": f"Bearer {credentials.token}"},
    )
    assert answer.json()["id"] == "ann@example.com"


def test_an_authorized_user_is_read_with_its_own_token_server(path, tokens):
    saved = tokens()
    credentials = credentials_of(write(path, {"type": "authorized_user", **saved}))
    assert credentials.refresh_token == saved["refresh_token"]
    assert credentials.token_uri == "http://calendar.emulator/token"


@pytest.mark.parametrize("kind", ["external_account", "impersonated_service_account"])
def test_what_only_application_default_credentials_can_be_is_said_to_be_that(path, kind):
    with pytest.raises(
        ValueError,
        match="Name it in the variable GOOGLE_APPLICATION_CREDENTIALS instead of as credentials_path",
    ):
        credentials_of(write(path, {"type": kind}))


@pytest.mark.parametrize(
    "content",
    [
        {"type": "service_account"},
        {"type": "service_account", "client_email": "x", "token_uri": "y", "private_key": "secret"},
        {"type": "authorized_user", "token": 1},
        {"type": "unknown", "secret": "secret"},
        {"secret": "secret"},
        {"type": ["secret" * 10]},
    ],
)
def test_credentials_that_are_not_whole_are_refused_without_quoting_them(path, content):
    file = write(path, content)
    assert file.client_secrets is None
    with pytest.raises(
        ValueError, match="cannot be used: it holds neither client secrets nor the whole key"
    ) as error:
        credentials_of(file)
    assert error.value.__context__ is None
    assert "'secret'" not in str(error.value)


def test_only_a_service_account_can_act_for_a_user(path, tokens):
    file = write(path, {"type": "authorized_user", **tokens()})
    with pytest.raises(
        ValueError,
        match="Only a service account can act for a user: give its key file with subject",
    ):
        credentials_of(file, "ann@example.com")


class TestFinding:
    def test_there_may_be_none(self, tmp_path):
        assert find_credentials_file(tmp_path) is None
        assert find_credentials_file(tmp_path / "nowhere") is None

    def test_the_only_client_secrets_are_found(self, tmp_path):
        (tmp_path / "token.json").write_text("{}")
        (only := tmp_path / "client_secret_123.apps.googleusercontent.com.json").write_text("{}")
        assert find_credentials_file(tmp_path) == only

    def test_the_usual_name_comes_first(self, tmp_path):
        (tmp_path / "client_secret_1.json").write_text("{}")
        (tmp_path / "client_secret_2.json").write_text("{}")
        (usual := tmp_path / "credentials.json").write_text("{}")
        assert find_credentials_file(tmp_path) == usual

    def test_several_are_named(self, tmp_path):
        (tmp_path / "client_secret_2.json").write_text("{}")
        (tmp_path / "client_secret_1.json").write_text("{}")
        with pytest.raises(
            ValueError,
            match=r"several client secrets in .*: client_secret_1\.json, client_secret_2\.json\. Give the path of"
            r" one as credentials_path, or name it credentials\.json",
        ):
            find_credentials_file(tmp_path)
