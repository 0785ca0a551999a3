"""The file in which a sign-in is kept."""

from __future__ import annotations

import json
import logging
import os
import pickle
import stat
import subprocess
import sys
from datetime import UTC, datetime

import google.auth.credentials
import google.oauth2.credentials
import pytest

from gcsa.transport.saved_token import SavedToken
from gcsa.transport.token_file import TokenFile

FIELDS = {
    "token": "ya29.access",
    "refresh_token": "1//refresh",
    "token_uri": "https://oauth2.googleapis.com/token",
    "client_id": "client",
    "client_secret": "GOCSPX-secret",
    "scopes": ["https://www.googleapis.com/auth/calendar"],
}
EXPIRY = datetime(2026, 1, 2, 3, 4, 5, 678901)


def credentials(**changes):
    return google.oauth2.credentials.Credentials(**{**FIELDS, "expiry": EXPIRY, **changes})


def same(one, other):
    return all(getattr(one, name) == getattr(other, name) for name in (*FIELDS, "expiry"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "token.json"


def test_what_is_saved_is_read_again(path):
    file = TokenFile(path)
    file.save(SavedToken.of(credentials()))
    assert same(file.read().credentials(), credentials())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_json_that_google_auth_reads(path):
    TokenFile(path).save(SavedToken.of(credentials()))
    assert json.loads(path.read_text())["expiry"] == "2026-01-02T03:04:05.678901Z"
    found = google.oauth2.credentials.Credentials.from_authorized_user_file(path)
    assert found.refresh_token == "1//refresh"
    assert found.scopes == FIELDS["scopes"]


def test_what_google_auth_saves_is_read(path):
    path.write_text(credentials().to_json())
    assert same(TokenFile(path).read().credentials(), credentials())


def test_the_token_server_is_the_one_that_gave_the_token(path):
    # google-auth's own reader would send the refresh token to Google, whoever gave it.
    TokenFile(path).save(SavedToken.of(credentials(token_uri="http://127.0.0.1:8085/token")))
    assert TokenFile(path).read().credentials().token_uri == "http://127.0.0.1:8085/token"


def test_a_token_server_that_is_not_named_is_googles(path):
    path.write_text('{"token": "x"}')
    assert TokenFile(path).read().credentials().token_uri == "https://oauth2.googleapis.com/token"


def test_the_scopes_that_were_granted_are_saved_rather_than_those_asked_for(path):
    TokenFile(path).save(SavedToken.of(credentials(granted_scopes=["a"])))
    assert TokenFile(path).read().allowed == ["a"]


@pytest.mark.parametrize(
    ("scopes", "allowed"), [('"a b"', ["a", "b"]), ('["a"]', ["a"]), ("null", [])]
)
def test_scopes_are_read_in_every_form_that_google_auth_writes(path, scopes, allowed):
    path.write_text(f'{{"scopes": {scopes}}}')
    assert TokenFile(path).read().allowed == allowed


def test_there_may_be_none(path):
    assert TokenFile(path).read() is None
    assert not TokenFile(path).is_pickle()


@pytest.mark.parametrize(
    "content",
    [
        "", "secret", "[]", '{"token": 1}', '{"scopes": [1]}', '{"expiry": "soon"}', '{"token": "secret',
        "{}" + " " * 70_000,
    ],
)  # fmt: skip
def test_another_file_is_refused_without_quoting_it(path, content):
    path.write_text(content)
    with pytest.raises(
        ValueError, match=r"is not a saved sign-in: .* Nothing in it was run\. Delete the file"
    ) as refusal:
        TokenFile(path).read()
    assert str(path) in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert refusal.value.__context__ is None


class TestPickles:
    @pytest.fixture
    def old(self, tmp_path):
        path = tmp_path / "token.pickle"
        path.write_bytes(pickle.dumps(credentials()))
        return path

    def test_the_pickle_of_an_earlier_version_is_read_where_there_is_no_file(self, path, old):
        file = TokenFile(path, earlier=old)
        assert same(file.read().credentials(), credentials())
        assert file.is_pickle()

    def test_saving_replaces_it(self, path, old):
        file = TokenFile(path, earlier=old)
        file.save(file.read())
        assert not old.exists()
        assert same(file.read().credentials(), credentials())
        assert not file.is_pickle()

    def test_a_pickle_that_was_named_is_replaced_in_its_place(self, old):
        file = TokenFile(old)
        assert file.is_pickle()
        file.save(file.read())
        assert json.loads(old.read_text())["refresh_token"] == "1//refresh"
        assert not file.is_pickle()
        assert same(TokenFile(old).read().credentials(), credentials())

    def test_what_is_newer_counts(self, path, old):
        TokenFile(path).save(SavedToken.of(credentials(token="newer")))
        assert TokenFile(path, earlier=old).read().token == "newer"

    def test_a_hostile_pickle_is_refused_and_stays_as_it_is(self, old, tmp_path):
        class Attack:
            def __reduce__(self):
                return os.system, (f"touch {tmp_path}/executed",)

        old.write_bytes(content := pickle.dumps(Attack()))
        with pytest.raises(
            ValueError,
            match=r"it is a pickle, and it asks for 'posix\.system'\. Nothing in it was run",
        ):
            TokenFile(old).read()
        assert old.read_bytes() == content
        assert not (tmp_path / "executed").exists()

    def test_a_pickle_with_values_of_other_types_is_refused(self, old):
        old.write_bytes(pickle.dumps(credentials(token=["x"])))
        with pytest.raises(ValueError, match="is not a saved sign-in"):
            TokenFile(old).read()


class TestRefreshedTokens:
    def test_they_take_the_place_of_the_old_ones(self, path):
        file = TokenFile(path)
        file.save(SavedToken.of(credentials()))
        file.save_refreshed(credentials(token="ya29.fresh"))
        assert file.read().token == "ya29.fresh"

    def test_a_sign_in_of_somebody_else_in_the_meantime_is_left_alone(self, path):
        file = TokenFile(path)
        file.save(SavedToken.of(credentials(refresh_token="1//another", token="theirs")))
        file.save_refreshed(credentials(token="ya29.fresh"))
        assert file.read().token == "theirs"

    def test_who_has_signed_out_is_not_signed_in_again(self, path):
        TokenFile(path).save_refreshed(credentials(token="ya29.fresh"))
        assert not path.exists()

    def test_a_file_that_has_become_something_else_is_left_alone(self, path):
        path.write_text("notes")
        TokenFile(path).save_refreshed(credentials())
        assert path.read_text() == "notes"

    def test_other_kinds_of_credentials_are_not_saved(self, path):
        TokenFile(path).save_refreshed(google.auth.credentials.AnonymousCredentials())
        assert not path.exists()

    def test_a_place_that_cannot_be_written_is_warned_of_and_no_failure(self, tmp_path, caplog):
        (tmp_path / "file").write_text("")
        TokenFile(tmp_path / "file" / "token.json").try_to_save(SavedToken.of(credentials()))
        [record] = caplog.records
        assert record.levelno == logging.WARNING
        assert record.getMessage() == (
            f"The sign-in could not be saved in {tmp_path}/file/token.json (File exists)."
        )


def test_nothing_shows_what_is_in_it(path):
    saved = SavedToken.of(credentials())
    assert repr(saved) == str(saved) == "<SavedToken>"


@pytest.mark.parametrize(
    ("expiry", "refresh_token", "expired"),
    [
        (None, None, False),
        (datetime(2000, 1, 1, tzinfo=UTC), None, True),
        (datetime(2000, 1, 1, tzinfo=UTC), "1//r", False),
        (datetime(2000, 1, 1), None, True),
        (datetime(9000, 1, 1, tzinfo=UTC), None, False),
    ],
)
def test_a_token_is_of_no_use_when_it_has_expired_and_cannot_be_renewed(
    expiry, refresh_token, expired
):
    saved = SavedToken(token="x", expiry=expiry, refresh_token=refresh_token)
    assert saved.is_expired is expired


SAVING = """
import sys
from pathlib import Path
from google.oauth2.credentials import Credentials
from gcsa.transport.token_file import TokenFile
file = TokenFile(Path(sys.argv[1]))
for number in range(30):
    file.save_refreshed(Credentials(f"{sys.argv[2]}-{number}", refresh_token="1//refresh", client_secret="x" * 20_000))
    assert file.read().refresh_token == "1//refresh"
"""


def test_processes_that_refresh_at_the_same_time_never_leave_half_a_file(path):
    TokenFile(path).save(SavedToken.of(credentials()))
    processes = [
        subprocess.Popen([sys.executable, "-c", SAVING, str(path), name], stderr=subprocess.PIPE)
        for name in "abc"
    ]
    while any(process.poll() is None for process in processes):
        assert TokenFile(path).read().refresh_token == "1//refresh"
    assert [process.communicate()[1] for process in processes] == [b"", b"", b""]
    assert TokenFile(path).read().token in {"a-29", "b-29", "c-29"}
    assert list(path.parent.iterdir()) == [path]
