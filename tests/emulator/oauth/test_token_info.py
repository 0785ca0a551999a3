"""What tokeninfo says of an access token."""

from __future__ import annotations

import pytest

CALENDAR = "https://www.googleapis.com/auth/calendar"


def info(program, token, method="GET", path="/tokeninfo"):
    return program.http.request(method, path, params={"access_token": token})


@pytest.mark.parametrize("path", ["/tokeninfo", "/oauth2/v3/tokeninfo"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_says_whose_token_it_is_and_how_long_it_lasts(program, emulator, method, path):
    token = program.tokens(scope=f"{CALENDAR} email")["access_token"]
    emulator.clock.advance(100)
    found = info(program, token, method, path).json()
    assert found.pop("sub").isdigit()
    client = program.secrets["client_id"]
    expires = int(emulator.clock.now().timestamp()) + 3500
    assert found == {
        "azp": client,
        "aud": client,
        "scope": f"{CALENDAR} email",
        "exp": str(expires),
        "expires_in": "3500",
        "email": "me@example.com",
        "email_verified": "true",
        "access_type": "offline",
    }


def test_the_address_is_only_told_to_whom_it_was_allowed(program):
    assert "email" not in info(program, program.tokens()["access_token"]).json()


def test_a_token_without_a_refresh_token_is_for_online_access(new_program):
    program = new_program("web")
    token = program.tokens(access_type="online")["access_token"]
    assert info(program, token).json()["access_type"] == "online"


@pytest.mark.parametrize("token", ["ya29.guessed", "me@example.com"])
def test_a_token_that_was_not_given_here_is_invalid(program, token):
    answer = info(program, token)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "invalid_token", "error_description": "Invalid Value"},
    )


def test_an_expired_token_is_invalid(program, emulator):
    token = program.tokens()["access_token"]
    emulator.clock.advance(3600)
    assert info(program, token).status_code == 400
