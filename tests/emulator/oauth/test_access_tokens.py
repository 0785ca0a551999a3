"""Access tokens open the API to their user, for an hour, and within their scopes."""

from __future__ import annotations

import sqlite3

import pytest

from gcsa.emulator import Clock, Emulator
from gcsa.emulator.contract import contract

CALENDAR = "https://www.googleapis.com/auth/calendar"


def error_of(answer):
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_a_token_is_good_for_an_hour_of_the_emulators_clock(program, emulator):
    token = program.tokens()["access_token"]
    emulator.clock.advance(3599.999)
    assert program.call(token).status_code == 200
    emulator.clock.advance(0.001)
    answer = program.call(token)
    assert error_of(answer) == (401, "authError")
    assert answer.json()["error"]["message"] == "Invalid Credentials"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize("token", ["ya29.guessed", "1//0guessed", "nonsense", "x" * 5000, "\x00"])
def test_a_token_that_was_not_given_here_is_refused(program, token):
    assert error_of(program.call(token)) == (401, "authError")


def test_a_refresh_token_is_no_access_token(program):
    assert error_of(program.call(program.tokens()["refresh_token"])) == (401, "authError")


def test_a_token_that_is_an_address_is_that_user_with_every_scope(program):
    assert program.whose("ann@example.com") == "ann@example.com"
    event = {"start": {"date": "2026-03-02"}, "end": {"date": "2026-03-03"}}
    answer = program.call("ann@example.com", "POST", "/calendars/primary/events", json=event)
    assert answer.status_code == 200


def test_the_token_emulator_is_the_default_user(program):
    assert program.whose("emulator") == "me@example.com"


def test_tokens_are_unpredictable_also_where_ids_are_seeded():
    def token():
        with Emulator(seed=1) as emulator:
            return emulator.client_secrets()["installed"]["client_secret"]

    assert token() != token()


def test_tokens_survive_a_restart(tmp_path, new_program):
    path = tmp_path / "calendars.db"
    clock = Clock.frozen()
    with Emulator(path, clock=clock) as before:
        program = type(new_program())(before)
        tokens = program.tokens("ann@example.com")
    with Emulator(path, clock=clock) as after:
        program.http = type(program)(after).http
        assert program.whose(tokens["access_token"]) == "ann@example.com"
        assert program.refresh(tokens["refresh_token"]).status_code == 200


def test_the_database_holds_no_secret_that_could_be_used(tmp_path, new_program):
    path = tmp_path / "calendars.db"
    with Emulator(path) as emulator:
        program = type(new_program())(emulator)
        page = program.ask()
        code = program.code()
        tokens = program.tokens()
        info = emulator.service_account_info()
    with sqlite3.connect(path) as database:
        dump = "\n".join(database.iterdump())
    database.close()
    for secret in (
        program.form(page)["page"],
        code,
        tokens["access_token"],
        tokens["refresh_token"],
        program.secrets["client_secret"],
        info["private_key"].split("\n")[3],
    ):
        assert secret not in dump
        assert secret.encode().hex().upper() not in dump


# A path for each method, with the default calendar for a calendar and made-up ids for the rest.
FILLED = {
    "calendarId": "primary",
    "eventId": "abcde",
    "ruleId": "user:x@example.com",
    "setting": "locale",
}


def call_of(program, method, token):
    path = method.path
    for name, value in FILLED.items():
        path = path.replace("{" + name + "}", value)
    body = {"json": {}} if method.http_method in ("POST", "PUT", "PATCH") else {}
    return program.call(token, method.http_method, f"/{path}", **body)


@pytest.mark.parametrize("name", sorted(contract().methods))
def test_each_method_asks_for_a_scope_that_allows_it(program, name):
    method = contract().methods[name]
    every = {scope for one in contract().methods.values() for scope in one.scopes}
    insufficient = sorted(every - set(method.scopes))
    if insufficient:
        answer = call_of(
            program, method, program.tokens(scope=" ".join(insufficient))["access_token"]
        )
        assert error_of(answer) == (403, "insufficientPermissions")
        assert answer.json()["error"]["message"] == "Insufficient Permission"
        assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
    for scope in method.scopes:
        answer = call_of(program, method, program.tokens(scope=scope)["access_token"])
        assert answer.status_code != 401
        assert "insufficientPermissions" not in answer.text


def test_read_only_cannot_write(program):
    token = program.tokens(scope=f"{CALENDAR}.readonly")["access_token"]
    event = {"start": {"date": "2026-03-02"}, "end": {"date": "2026-03-03"}}
    assert program.call(token, path="/calendars/primary/events").status_code == 200
    answer = program.call(token, "POST", "/calendars/primary/events", json=event)
    assert error_of(answer) == (403, "insufficientPermissions")


def test_a_scope_of_another_service_opens_nothing(program):
    token = program.tokens(scope="https://www.googleapis.com/auth/drive")["access_token"]
    assert error_of(program.call(token)) == (403, "insufficientPermissions")


def test_within_a_batch_each_call_has_its_own_scopes(program):
    token = program.tokens(scope=f"{CALENDAR}.readonly")["access_token"]
    part = "--b\r\nContent-Type: application/http\r\n\r\n{} HTTP/1.1\r\nAuthorization: Bearer {}\r\n\r\n\r\n"
    body = (
        part.format("GET /calendar/v3/calendars/primary", token)
        + part.format("DELETE /calendar/v3/calendars/primary/events/abcde", token)
        + part.format("GET /calendar/v3/calendars/primary", "ya29.guessed")
        + "--b--\r\n"
    )
    answer = program.http.post(
        "/batch/calendar/v3",
        content=body,
        headers={"Content-Type": "multipart/mixed; boundary=b", "Authorization": "Bearer emulator"},
    )
    statuses = [line.split()[1] for line in answer.text.splitlines() if line.startswith("HTTP/1.1")]
    assert statuses == ["200", "403", "401"]
