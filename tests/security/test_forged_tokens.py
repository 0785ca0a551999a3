"""Tokens that somebody made, stole or kept too long open no method.

How tokens are given, and what each of OAuth's refusals says, is in tests/emulator/oauth/.
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

from tests.emulator.conformance.document import METHODS
from tests.security.conftest import SECRET, VICTIM, aimed

SCOPE = "https://www.googleapis.com/auth/calendar"
FORM = [("Content-Type", "application/x-www-form-urlencoded")]
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def encoded(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def claims(world, account=None, **changes):
    now = int(world.emulator.clock.now().timestamp())
    return {
        "iss": (account or world.emulator.service_account_info())["client_email"],
        "sub": VICTIM,
        "scope": SCOPE,
        "aud": "http://calendar.emulator/token",
        "iat": now,
        "exp": now + 3600,
        **changes,
    }


@pytest.fixture(scope="session")
def other_key() -> str:
    """A private key that nobody knows of."""
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


@pytest.fixture
def tokens(world):
    """Tokens that the victim allowed a program to have."""
    secrets = world.emulator.client_secrets()["installed"]
    asked = {
        "client_id": secrets["client_id"],
        "redirect_uri": "http://localhost:8080/",
        "response_type": "code",
        "scope": SCOPE,
    }
    anybody = world.person(None)
    page = anybody.send("GET", f"/o/oauth2/auth?{urlencode(asked)}").body.decode()
    form = {
        "page": page.split('name="page" value="')[1].split('"')[0],
        "answer": "allow",
        "user": VICTIM,
        "scope": SCOPE,
    }
    sent_to = anybody.send("POST", "/o/oauth2/approval", urlencode(form).encode(), FORM)
    code = parse_qs(urlsplit(sent_to.headers["location"]).query)["code"][0]
    exchange = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": secrets["client_id"],
        "client_secret": secrets["client_secret"],
        "redirect_uri": asked["redirect_uri"],
    }
    answer = anybody.send("POST", "/token", urlencode(exchange).encode(), FORM)
    assert answer.status == 200, answer
    return {"code": code, **answer.json, **secrets}


def refused_everywhere(world, header: str) -> None:
    before = world.state()
    anybody = world.person(None)
    for name in METHODS:
        body, parameters = aimed(name, world, VICTIM)
        reply = anybody.call(name, body, [("Authorization", header)], **parameters)
        assert reply.status == 401, (header, reply)
        assert SECRET not in reply.shown
    assert world.state() == before


def test_a_web_token_without_a_signature_opens_no_method(world):
    for algorithm in ("none", "None", "HS256"):
        unsigned = f"{encoded({'alg': algorithm})}.{encoded(claims(world))}."
        refused_everywhere(world, f"Bearer {unsigned}")


def test_a_signed_assertion_is_no_access_token(world):
    account = world.emulator.service_account_info()
    signer = crypt.RSASigner.from_service_account_info(account)
    assertion = jwt.encode(signer, claims(world, account)).decode()
    refused_everywhere(world, f"Bearer {assertion}")


@pytest.mark.parametrize("kind", ["refresh_token", "code", "client_secret", "client_id"])
def test_what_leads_to_a_token_is_none(world, tokens, kind):
    refused_everywhere(world, f"Bearer {tokens[kind]}")


def test_a_token_that_has_run_out_opens_no_method(world, tokens):
    header = f"Bearer {tokens['access_token']}"
    taken = world.person(None).call(
        "calendars.get", None, [("Authorization", header)], calendarId="primary"
    )
    assert taken.json["id"] == VICTIM
    world.emulator.clock.advance(timedelta(seconds=3601))
    refused_everywhere(world, header)


def test_a_token_that_was_taken_back_opens_no_method(world, tokens):
    revoked = world.person(None).send(
        "POST", "/revoke", urlencode({"token": tokens["refresh_token"]}).encode(), FORM
    )
    assert revoked.status == 200
    refused_everywhere(world, f"Bearer {tokens['access_token']}")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Basic {base64.b64encode(f'{VICTIM}:x'.encode()).decode()}",
        f"Token {VICTIM}",
        f"Bearer {VICTIM},stranger@elsewhere.example",
        f"Bearer {VICTIM} stranger@elsewhere.example",
        f"Bearer {VICTIM}\x00",
        f"Bearer <{VICTIM}>",
        f"Bearer {VICTIM}/..",
        f"Bearer ' OR '{VICTIM}",
        "Bearer %",
        "Bearer " + "a" * 100_000,
    ],
)
def test_what_only_looks_like_a_token_opens_no_method(world, header):
    refused_everywhere(world, header)


@pytest.mark.parametrize("parameter", ["access_token", "oauth_token"])
def test_a_forged_token_in_the_query_opens_no_method(world, parameter):
    for name in METHODS:
        body, parameters = aimed(name, world, VICTIM)
        reply = world.person(None).call(name, body, **parameters, **{parameter: "ya29.forged"})
        assert (reply.status, SECRET in reply.shown) == (401, False)


# Tokens are not got, either ------------------------------------------------------------------------------


def asked_with(world, assertion):
    form = urlencode({"grant_type": JWT_GRANT, "assertion": assertion}).encode()
    return world.person(None).send("POST", "/token", form, FORM)


def test_an_assertion_that_is_not_signed_by_the_account_gives_no_token(world, other_key):
    account = world.emulator.service_account_info()
    said = claims(world, account)
    real = jwt.encode(crypt.RSASigner.from_service_account_info(account), said).decode()
    head, body, signature = real.split(".")
    forged = [
        jwt.encode(
            crypt.RSASigner.from_string(other_key, account["private_key_id"]), said
        ).decode(),
        f"{encoded({'alg': 'none'})}.{body}.",
        f"{encoded({'alg': 'none'})}.{body}.{signature}",
        f"{head}.{encoded({**said, 'sub': 'boss@example.com'})}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}",
        # The public key as the secret of an HMAC, and a key that the sender names.
        f"{encoded({'alg': 'HS256', 'kid': account['private_key_id']})}.{body}.{signature}",
        f"{encoded({'alg': 'RS256', 'kid': '../../dev/null'})}.{body}.{signature}",
        f"{encoded({'alg': 'RS256', 'jku': 'https://evil.example/keys'})}.{body}.{signature}",
    ]
    for assertion in forged:
        answer = asked_with(world, assertion)
        assert (answer.status, answer.json["error"]) == (400, "invalid_grant"), assertion
    assert asked_with(world, real).status == 200


def test_somebody_elses_program_gets_nothing_for_a_stolen_refresh_token_or_code(world, tokens):
    thief = world.emulator.client_secrets()["installed"]
    stolen = [
        {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]},
        {
            "grant_type": "authorization_code",
            "code": tokens["code"],
            "redirect_uri": "http://localhost:8080/",
        },
    ]
    for form in stolen:
        for secret in (thief["client_secret"], tokens["client_id"], ""):
            for client in (thief["client_id"], tokens["client_id"]):
                whole = {**form, "client_id": client, "client_secret": secret}
                answer = world.person(None).send("POST", "/token", urlencode(whole).encode(), FORM)
                assert answer.status in (400, 401), whole
                assert "access_token" not in answer.json
