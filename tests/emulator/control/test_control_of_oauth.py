"""Programs in other languages get the files that Google's console would give them."""

from __future__ import annotations

import pytest


def test_a_program_is_given_client_secrets(control):
    secrets = control("POST", "/client-secrets")["installed"]
    assert secrets["token_uri"] == "http://calendar.emulator/token"
    assert secrets["client_secret"].startswith("GOCSPX-")


def test_a_web_client_names_its_addresses(control):
    body = {"kind": "web", "redirect_uris": ["https://app.example/back"]}
    assert control("POST", "/client-secrets", body)["web"]["redirect_uris"] == [
        "https://app.example/back"
    ]


def test_a_service_account_is_given_a_key(control):
    info = control(
        "POST", "/service-accounts", {"email": "robot@project.example", "domain": "example.org"}
    )
    assert info["client_email"] == "robot@project.example"
    assert info["private_key"].startswith("-----BEGIN PRIVATE KEY-----")


@pytest.mark.parametrize("path", ["/client-secrets", "/service-accounts"])
def test_the_addresses_are_those_that_the_emulator_is_reached_by(control, path):
    answer = control("POST", path, host="calendar:8085")
    assert answer.get("installed", answer)["token_uri"] == "http://calendar:8085/token"


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("/client-secrets", {"kind": "mobile"}, "Invalid enum value 'mobile'"),
        ("/client-secrets", {"kind": "web", "redirect_uris": ["x"]}, "a redirect address is https"),
        ("/client-secrets", {"secret": "x"}, "unknown field `secret`"),
        ("/service-accounts", {"email": "robot"}, "email is an e-mail address, not 'robot'"),
    ],
)
def test_what_cannot_be_is_refused(control, path, body, sentence):
    status, message = control.error("POST", path, body)
    assert status == 400
    assert sentence in message
