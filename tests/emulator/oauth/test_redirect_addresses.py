"""Where codes may be sent: a code that reaches the wrong place is an account given away."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost", "http://localhost/", "http://localhost:8080/", "http://localhost:1/a/b?c=d",
        "http://127.0.0.1:9999/", "http://[::1]:9999/",
    ],
)  # fmt: skip
def test_an_installed_program_is_answered_anywhere_on_this_machine(program, address):
    assert program.ask(redirect_uri=address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/", "https://localhost/", "http://localhost.evil.example/", "http://localhost@evil.example/",
        "http://127.0.0.1@evil.example/", "http://evil.example#@localhost/", "http://localhost/#fragment",
        "http://evil.example\\@localhost/", "http:///localhost/", "//localhost/", "localhost", "javascript:alert(1)",
        "http://localhost:99999/", "http://localhost:port/", "http://local host/", "http://localhost/\r\nSet-Cookie: a",
        "urn:ietf:wg:oauth:2.0:oob", "http://[::1", "http://127.0.0.2/", "http://2130706433/", "http://user@localhost/",
        "http://localhost/" + "a" * 3000, "http://löcalhost/",
    ],
)  # fmt: skip
def test_an_installed_program_is_answered_nowhere_else(program, address):
    page = program.ask(redirect_uri=address)
    assert page.status_code == 400
    assert "location" not in page.headers
    assert "Error 400: redirect_uri_mismatch" in page.text


def test_a_web_client_is_answered_at_its_registered_addresses(new_program):
    program = new_program(
        "web", redirect_uris=["https://app.example/back", "http://localhost:5000/"]
    )
    assert program.ask(redirect_uri="https://app.example/back").status_code == 200
    assert program.ask(redirect_uri="http://localhost:5000/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example/back/", "https://app.example/back?x=1", "http://app.example/back",
        "https://app.example:443/back", "https://APP.example/back", "https://app.example/other",
        "https://app.example/back\nhttps://evil.example", "http://localhost:5001/",
    ],
)  # fmt: skip
def test_a_web_client_is_answered_nowhere_else(new_program, address):
    program = new_program(
        "web", redirect_uris=["https://app.example/back", "http://localhost:5000/"]
    )
    assert program.ask(redirect_uri=address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "http://app.example/",
        "ftp://app.example/",
        "https://app.example/#x",
        "https://u@app.example/",
        "https://",
        "https://[x/",
        "x\ny",
    ],
)
def test_an_address_that_codes_must_not_go_to_cannot_be_registered(emulator, address):
    with pytest.raises(ValueError, match="a redirect address is https, or http on this machine"):
        emulator.client_secrets("web", redirect_uris=[address])
