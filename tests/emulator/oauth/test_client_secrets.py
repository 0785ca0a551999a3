"""The client secrets that a program is given."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("kind", "addresses"),
    [("installed", ["http://localhost"]), ("web", ["http://localhost:8080/"])],
)
def test_client_secrets_look_like_googles_and_lead_to_the_emulator(emulator, kind, addresses):
    secrets = emulator.client_secrets(kind)
    assert list(secrets) == [kind]
    assert secrets[kind]["client_id"].endswith(".apps.googleusercontent.com")
    assert secrets[kind]["client_secret"].startswith("GOCSPX-")
    assert secrets[kind]["auth_uri"] == "http://calendar.emulator/o/oauth2/auth"
    assert secrets[kind]["token_uri"] == "http://calendar.emulator/token"
    assert secrets[kind]["redirect_uris"] == addresses
    assert json.loads(json.dumps(secrets)) == secrets


def test_the_addresses_are_those_where_the_emulator_is_served(emulator):
    url = emulator.serve()
    assert emulator.client_secrets()["installed"]["token_uri"] == f"{url}/token"
    assert emulator.service_account_info()["token_uri"] == f"{url}/token"


def test_each_program_is_a_client_of_its_own(emulator):
    first, second = emulator.client_secrets()["installed"], emulator.client_secrets()["installed"]
    assert first["client_id"] != second["client_id"]
    assert first["client_secret"] != second["client_secret"]


def test_there_are_two_kinds_of_clients(emulator):
    with pytest.raises(ValueError, match="kind is 'installed' or 'web', not 'mobile'"):
        emulator.client_secrets("mobile")
