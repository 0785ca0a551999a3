"""Codes are exchanged for tokens: once, soon, and by the program that asked for them."""

from __future__ import annotations

import base64

import pytest

VERIFIER = "v" * 64
CALENDAR = "https://www.googleapis.com/auth/calendar"


def refusal(answer):
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


def test_a_code_gives_an_access_token_and_a_refresh_token(program):
    answer = program.exchange(program.code())
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert tokens["access_token"].startswith("ya29.")
    assert tokens["refresh_token"].startswith("1//")
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == (
        "Bearer",
        3600,
        CALENDAR,
    )
    assert program.whose(tokens["access_token"]) == "me@example.com"


def test_the_tokens_are_those_of_the_user_who_consented(program):
    assert program.whose(program.tokens("ann@example.com")["access_token"]) == "ann@example.com"


def test_a_program_may_name_itself_in_the_header(program):
    pair = f"{program.secrets['client_id']}:{program.secrets['client_secret']}"
    answer = program.http.post(
        "/token",
        data={
            "grant_type": "authorization_code",
            "code": program.code(),
            "redirect_uri": program.redirect_uri,
            "code_verifier": VERIFIER,
        },
        headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("pair", ["x", "eA==", "/w=="])
def test_a_header_that_names_nobody_is_refused(program, pair):
    answer = program.http.post(
        "/token",
        data={"grant_type": "refresh_token", "refresh_token": "x"},
        headers={"Authorization": f"Basic {pair}"},
    )
    assert refusal(answer)[:2] == (401, "invalid_client")


def test_a_code_is_good_once_and_using_it_again_takes_back_what_it_gave(program):
    code = program.code()
    tokens = program.exchange(code).json()
    assert refusal(program.exchange(code)) == (400, "invalid_grant", "Bad Request")
    assert program.call(tokens["access_token"]).status_code == 401
    assert refusal(program.refresh(tokens["refresh_token"]))[1] == "invalid_grant"


def test_a_code_is_good_for_ten_minutes(program, emulator):
    code, late = program.code(), program.code()
    emulator.clock.advance(599)
    assert program.exchange(code).status_code == 200
    emulator.clock.advance(1)
    assert refusal(program.exchange(late)) == (400, "invalid_grant", "Bad Request")


def test_a_code_that_was_never_given_is_refused(program):
    assert refusal(program.exchange("4/0Aguessed")) == (
        400,
        "invalid_grant",
        "Malformed auth code.",
    )


def test_a_code_is_of_no_use_to_another_program(program, new_program):
    assert refusal(new_program().exchange(program.code())) == (400, "invalid_grant", "Bad Request")


def test_a_code_is_exchanged_for_the_address_that_it_was_sent_to(program):
    answer = program.exchange(program.code(), redirect_uri="http://localhost:9/")
    assert refusal(answer) == (400, "redirect_uri_mismatch", "Bad Request")


@pytest.mark.parametrize(
    ("changes", "error", "sentence", "status"),
    [
        (
            {"client_secret": "wrong"},
            "invalid_client",
            "The provided client secret is invalid.",
            401,
        ),
        ({"client_secret": None}, "invalid_request", "client_secret is missing.", 400),
        ({"client_id": "unknown"}, "invalid_client", "The OAuth client was not found.", 401),
        (
            {"client_id": None},
            "invalid_request",
            "Could not determine client ID from request.",
            400,
        ),
        (
            {"redirect_uri": None},
            "invalid_request",
            "Missing required parameter: redirect_uri",
            400,
        ),
        ({"code_verifier": None}, "invalid_grant", "Missing code verifier.", 400),
        ({"code_verifier": "w" * 64}, "invalid_grant", "Invalid code verifier.", 400),
        ({"code_verifier": "short"}, "invalid_grant", "Invalid code verifier.", 400),
    ],
)
def test_what_is_wrong_with_an_exchange_is_said_as_google_says_it(
    program, changes, error, sentence, status
):
    assert refusal(program.exchange(program.code(), **changes)) == (status, error, sentence)


def test_a_refused_exchange_does_not_use_up_the_code(program):
    code = program.code()
    program.exchange(code, code_verifier="w" * 64)
    assert program.exchange(code).status_code == 200


def test_a_plain_challenge_is_its_own_verifier(program):
    code = program.code(code_challenge=VERIFIER, code_challenge_method=None)
    assert program.exchange(code).status_code == 200


def test_a_hashed_challenge_is_not_its_own_verifier(program):
    challenge = "c" * 43
    code = program.code(code_challenge=challenge)
    assert refusal(program.exchange(code, code_verifier=challenge))[2] == "Invalid code verifier."


def test_a_verifier_that_was_not_announced_is_refused(program):
    code = program.code(code_challenge=None, code_challenge_method=None)
    assert refusal(program.exchange(code))[2] == "code_verifier or verifier is not needed."
    assert program.exchange(code, code_verifier=None).status_code == 200


@pytest.mark.parametrize(
    ("grant_type", "sentence"),
    [("password", "Invalid grant_type: password"), (None, "Invalid grant_type: ")],
)
def test_other_kinds_of_grants_are_refused(program, grant_type, sentence):
    assert refusal(program.token(grant_type=grant_type)) == (
        400,
        "unsupported_grant_type",
        sentence,
    )


def test_a_field_that_comes_twice_is_refused(program):
    answer = program.http.post(
        "/token", content=b"grant_type=refresh_token&grant_type=refresh_token"
    )
    assert refusal(answer)[1:] == (
        "invalid_request",
        "Parameter grant_type is given more than once",
    )


class TestWebClients:
    @pytest.fixture
    def web(self, new_program):
        return new_program("web")

    def test_offline_access_gives_a_refresh_token_the_first_time(self, web):
        assert "refresh_token" in web.tokens()
        assert "refresh_token" not in web.tokens()

    def test_consent_that_is_asked_for_again_gives_another_one(self, web):
        web.tokens()
        assert "refresh_token" in web.tokens(prompt="consent")

    def test_online_access_gives_none(self, web):
        assert "refresh_token" not in web.tokens(access_type="online")

    def test_each_user_is_a_first_time(self, web):
        web.tokens()
        assert "refresh_token" in web.tokens("ann@example.com")

    def test_scopes_that_were_granted_before_can_be_included(self, web):
        web.tokens(scope=f"{CALENDAR}.readonly")
        tokens = web.tokens(scope="email", include_granted_scopes="true")
        assert tokens["scope"] == f"email {CALENDAR}.readonly"


def test_an_installed_program_gets_a_refresh_token_each_time(program):
    first, second = program.tokens(access_type="online"), program.tokens(access_type=None)
    assert first["refresh_token"] != second["refresh_token"]


def test_an_installed_program_gets_no_scopes_that_it_does_not_ask_for(program):
    program.tokens()
    assert program.tokens(scope="email", include_granted_scopes="true")["scope"] == "email"
