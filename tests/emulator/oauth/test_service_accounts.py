"""Service accounts: signed assertions are exchanged for tokens."""

from __future__ import annotations

import base64
import json
import time

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from gcsa.emulator import Clock, Emulator

CALENDAR = "https://www.googleapis.com/auth/calendar"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ROBOT = "robot@calendar-emulator.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def machines_time():
    """An emulator on the machine's time, shared, for keys take long to make; no test here changes anything in it."""
    with Emulator(clock=Clock.frozen(), default_user="me@example.com") as emulator:
        yield emulator


@pytest.fixture(scope="module")
def info(machines_time):
    return machines_time.service_account_info()


@pytest.fixture
def http(machines_time):
    return httpx2.Client(transport=machines_time.transport, base_url=machines_time.address)


def encoded(value):
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def assertion(info, *, header=None, key=None, signature=None, **changes):
    now = int(time.time())
    claims = {
        "iss": info["client_email"],
        "scope": CALENDAR,
        "aud": "https://oauth2.googleapis.com/token",
        "iat": now,
        "exp": now + 3600,
        **changes,
    }
    header = {"alg": "RS256", "typ": "JWT", "kid": info["private_key_id"], **(header or {})}
    signed = ".".join(
        encoded({name: value for name, value in part.items() if value is not None})
        for part in (header, claims)
    )
    key = key or load_pem_private_key(info["private_key"].encode(), None)
    if signature is None:
        signature = key.sign(signed.encode(), PKCS1v15(), SHA256())
    return f"{signed}.{encoded(signature)}"


def ask(http, text):
    return http.post("/token", data={"grant_type": GRANT, "assertion": text})


def refusal(answer):
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


def whose(http, answer):
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    return http.get(
        "/calendar/v3/calendars/primary", headers={"Authorization": f"Bearer {token}"}
    ).json()["id"]


def test_an_assertion_gives_the_service_accounts_own_token(http, info):
    answer = ask(http, assertion(info))
    assert answer.json().keys() == {"access_token", "expires_in", "scope", "token_type"}
    assert answer.json()["expires_in"] == 3600
    assert whose(http, answer) == ROBOT


@pytest.mark.parametrize("subject", ["ann@example.com", "Ann@Example.com"])
def test_a_subject_is_impersonated(http, info, subject):
    assert whose(http, ask(http, assertion(info, sub=subject))) == "ann@example.com"


def test_a_service_account_may_name_itself(http, info):
    assert whose(http, ask(http, assertion(info, sub=ROBOT))) == ROBOT


@pytest.mark.parametrize(
    "subject", ["ann@elsewhere.com", "ann@sub.example.com", "ann@example.com.evil.org"]
)
def test_only_users_of_the_domain_are_impersonated(http, info, subject):
    assert refusal(ask(http, assertion(info, sub=subject))) == (
        401,
        "unauthorized_client",
        (
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of"
            " the scopes requested."
        ),
    )


def test_the_domain_can_be_chosen(machines_time, http):
    info = machines_time.service_account_info("other@project.example", domain="Elsewhere.com")
    assert whose(http, ask(http, assertion(info, sub="ann@elsewhere.com"))) == "ann@elsewhere.com"
    assert refusal(ask(http, assertion(info, sub="ann@example.com")))[1] == "unauthorized_client"


def test_an_account_may_have_several_keys(machines_time, http, info):
    second = machines_time.service_account_info()
    assert second["private_key_id"] != info["private_key_id"]
    assert whose(http, ask(http, assertion(second))) == ROBOT
    assert whose(http, ask(http, assertion(info))) == ROBOT


@pytest.mark.parametrize("header", [{"kid": None}, {"typ": None}])
def test_what_the_header_may_leave_out_is_not_missed(http, info, header):
    assert whose(http, ask(http, assertion(info, header=header))) == ROBOT


BAD_SIGNATURE = (400, "invalid_grant", "Invalid JWT Signature.")


def test_another_key_does_not_do(http, info):
    stranger = generate_private_key(65537, 2048)
    assert refusal(ask(http, assertion(info, key=stranger))) == BAD_SIGNATURE


def test_an_unknown_key_id_does_not_do(http, info):
    assert refusal(ask(http, assertion(info, header={"kid": "unknown"}))) == BAD_SIGNATURE


@pytest.mark.parametrize("signature", [b"", b"x", b"\x00" * 256])
def test_a_made_up_signature_does_not_do(http, info, signature):
    assert refusal(ask(http, assertion(info, signature=signature))) == BAD_SIGNATURE


def test_claims_that_were_changed_after_signing_do_not_do(http, info):
    header, _, signature = assertion(info).split(".")
    _, claims, _ = assertion(info, sub="ann@example.com").split(".")
    assert refusal(ask(http, f"{header}.{claims}.{signature}")) == BAD_SIGNATURE


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS512", "ES256"])
def test_only_rs256_is_believed(http, info, algorithm):
    answer = ask(http, assertion(info, header={"alg": algorithm}))
    assert refusal(answer) == (
        400,
        "invalid_grant",
        "Invalid JWT: Unsupported algorithm, use RS256.",
    )


def test_an_unsigned_assertion_is_not_believed(http, info):
    text = assertion(info, header={"alg": "none"}, signature=b"").rstrip(".") + "."
    assert refusal(ask(http, text))[1] == "invalid_grant"


def test_a_key_of_one_account_does_not_speak_for_another(machines_time, http, info):
    machines_time.service_account_info("second@project.example")
    answer = ask(http, assertion(info, iss="second@project.example"))
    assert refusal(answer) == BAD_SIGNATURE


def test_an_unknown_account_is_said_to_be_unknown(http, info):
    assert refusal(ask(http, assertion(info, iss="nobody@example.com"))) == (
        400,
        "invalid_grant",
        "Invalid grant: account not found",
    )


@pytest.mark.parametrize(
    ("issued", "lifetime"),
    [(-7200, 3600), (7200, 3600), (0, 3601), (0, 0), (0, -10), (-(10**9), 10**9), (-4500, 3600)],
)
def test_an_assertion_is_short_lived_and_timely(http, info, issued, lifetime):
    issued += int(time.time())
    answer = ask(http, assertion(info, iat=issued, exp=issued + lifetime))
    assert refusal(answer)[1:] == (
        "invalid_grant",
        (
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat"
            " and exp values in the JWT claim."
        ),
    )


@pytest.mark.parametrize("issued", [-240, 240])
def test_clocks_may_be_a_few_minutes_apart(http, info, issued):
    issued += int(time.time())
    assert ask(http, assertion(info, iat=issued, exp=issued + 60)).status_code == 200


def test_a_signer_may_live_by_the_emulators_time(emulator):
    info = emulator.service_account_info()
    http = httpx2.Client(transport=emulator.transport, base_url=emulator.address)
    now = int(emulator.clock.now().timestamp())
    assert ask(http, assertion(info, iat=now, exp=now + 3600)).status_code == 200
    emulator.clock.advance(86400)
    assert ask(http, assertion(info, iat=now, exp=now + 3600)).status_code == 400


@pytest.mark.parametrize(
    "audience",
    [
        "https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token",
        "https://accounts.google.com/o/oauth2/token", "http://calendar.emulator/token",
    ],
)  # fmt: skip
def test_an_assertion_may_be_for_any_name_of_this_token_server(http, info, audience):
    assert ask(http, assertion(info, aud=audience)).status_code == 200


@pytest.mark.parametrize(
    "audience", ["https://evil.example/token", "", "http://calendar.emulator/"]
)
def test_an_assertion_for_another_server_is_refused(http, info, audience):
    assert refusal(ask(http, assertion(info, aud=audience)))[1:] == (
        "invalid_grant",
        "Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token",
    )


@pytest.mark.parametrize("scope", ["", None, "nonsense"])
def test_a_scope_is_required(http, info, scope):
    assert refusal(ask(http, assertion(info, scope=scope)))[1] == "invalid_scope"


@pytest.mark.parametrize("subject", ["nobody", "a b@example.com", ""])
def test_a_subject_that_is_no_address_is_refused(http, info, subject):
    assert refusal(ask(http, assertion(info, sub=subject))) == (
        400,
        "invalid_grant",
        "Invalid email or User ID",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a.b",
        "a.b.c",
        "....",
        "é.é.é",
        "e30.e30.",
        "bnVsbA.bnVsbA.",
        "W10.W10.W10",
        "x" * 20_000,
    ],
)
def test_what_is_no_assertion_is_refused(http, text):
    assert ask(http, text).status_code == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": None},
        {"iat": "now"},
        {"aud": ["x"]},
        {"iss": 1},
        {"exp": 10**30},
        {"scope": [CALENDAR]},
    ],
)
def test_claims_of_the_wrong_shape_are_refused(http, info, claims):
    assert refusal(ask(http, assertion(info, **claims)))[1] == "invalid_grant"


def test_a_service_accounts_token_can_be_revoked(http, info):
    token = ask(http, assertion(info)).json()["access_token"]
    assert http.post("/revoke", data={"token": token}).status_code == 200
    assert http.get("/tokeninfo", params={"access_token": token}).status_code == 400


def test_the_key_file_looks_like_googles(info, machines_time):
    assert info["type"] == "service_account"
    assert info["client_email"] == ROBOT
    assert info["private_key"].startswith("-----BEGIN PRIVATE KEY-----\n")
    assert info["token_uri"] == f"{machines_time.address}/token"
    assert info["universe_domain"] == "googleapis.com"
    assert json.loads(json.dumps(info)) == info


def test_a_service_account_has_an_address(machines_time):
    with pytest.raises(ValueError, match="email is an e-mail address, not 'robot'"):
        machines_time.service_account_info("robot")
