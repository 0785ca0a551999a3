"""Tokens can be taken back."""

from __future__ import annotations


def revoke(program, token):
    return program.http.post("/revoke", data={"token": token})


def test_revoking_a_refresh_token_ends_its_access_tokens(program):
    tokens = program.tokens()
    assert revoke(program, tokens["refresh_token"]).status_code == 200
    assert program.call(tokens["access_token"]).status_code == 401


def test_revoking_an_access_token_ends_its_refresh_token(program):
    tokens = program.tokens()
    assert revoke(program, tokens["access_token"]).status_code == 200
    assert program.refresh(tokens["refresh_token"]).status_code == 400
    assert program.call(tokens["access_token"]).status_code == 401


def test_the_token_may_be_in_the_query(program):
    tokens = program.tokens()
    assert program.http.post("/revoke", params={"token": tokens["access_token"]}).status_code == 200


def test_the_request_log_does_not_show_what_was_revoked(program, emulator):
    program.http.post("/revoke", params={"token": program.tokens()["access_token"]})
    assert emulator.requests.of("POST /revoke")[0].query == {"token": ["…"]}


def test_revoking_twice_is_an_error(program):
    token = program.tokens()["refresh_token"]
    revoke(program, token)
    answer = revoke(program, token)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "invalid_token", "error_description": "Token expired or revoked"},
    )


def test_an_unknown_token_is_an_error(program):
    assert revoke(program, "ya29.guessed").status_code == 400
    assert revoke(program, "").json()["error_description"] == "Missing required parameter: token"


def test_revoking_one_sign_in_leaves_the_others(program):
    mine, anns = program.tokens(), program.tokens("ann@example.com")
    revoke(program, mine["refresh_token"])
    assert program.whose(anns["access_token"]) == "ann@example.com"
