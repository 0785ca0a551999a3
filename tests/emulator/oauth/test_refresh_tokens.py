"""Refresh tokens give new access tokens until they are revoked."""

from __future__ import annotations

CALENDAR = "https://www.googleapis.com/auth/calendar"


def refusal(answer):
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


def test_a_refresh_token_gives_a_new_access_token_and_stays_good(program):
    tokens = program.tokens("ann@example.com")
    first = program.refresh(tokens["refresh_token"]).json()
    second = program.refresh(tokens["refresh_token"]).json()
    assert len({tokens["access_token"], first["access_token"], second["access_token"]}) == 3
    assert "refresh_token" not in first
    assert program.whose(second["access_token"]) == "ann@example.com"
    assert (first["expires_in"], first["scope"]) == (3600, CALENDAR)


def test_a_refresh_token_outlives_its_access_token(program, emulator):
    refresh_token = program.tokens()["refresh_token"]
    emulator.clock.advance(365 * 86400)
    assert program.whose(program.refresh(refresh_token).json()["access_token"]) == "me@example.com"


def test_less_than_was_granted_may_be_asked_for(program):
    refresh_token = program.tokens(scope=f"{CALENDAR} email")["refresh_token"]
    answer = program.refresh(refresh_token, scope="email").json()
    assert answer["scope"] == "email"
    assert program.call(answer["access_token"]).status_code == 403


def test_more_than_was_granted_is_refused(program):
    refresh_token = program.tokens(scope=f"{CALENDAR}.readonly")["refresh_token"]
    assert refusal(program.refresh(refresh_token, scope=CALENDAR)) == (
        400,
        "invalid_scope",
        "Bad Request",
    )


def test_a_refresh_token_that_was_never_given_is_refused(program):
    assert refusal(program.refresh("1//0guessed")) == (400, "invalid_grant", "Bad Request")


def test_an_access_token_is_no_refresh_token(program):
    assert refusal(program.refresh(program.tokens()["access_token"]))[1] == "invalid_grant"


def test_another_programs_refresh_token_is_refused(program, new_program):
    answer = new_program().refresh(program.tokens()["refresh_token"])
    assert refusal(answer) == (401, "unauthorized_client", "Unauthorized")


def test_the_client_has_to_prove_itself(program):
    answer = program.refresh(program.tokens()["refresh_token"], client_secret="wrong")
    assert refusal(answer) == (401, "invalid_client", "The provided client secret is invalid.")


def test_the_refresh_token_is_required(program):
    assert refusal(program.refresh(None)) == (
        400,
        "invalid_request",
        "Missing required parameter: refresh_token",
    )


def test_a_revoked_refresh_token_says_so(program):
    tokens = program.tokens()
    program.http.post("/revoke", data={"token": tokens["refresh_token"]})
    assert refusal(program.refresh(tokens["refresh_token"])) == (
        400,
        "invalid_grant",
        "Token has been expired or revoked.",
    )
