"""Who is let in by a served emulator: by the name that is asked for, and by the page that asks."""

from __future__ import annotations

import socket

import pytest

from gcsa.emulator.errors import ApiError
from gcsa.emulator.gate import Gate, is_loopback


def refusal(gate, **headers):
    """The status and message of a refusal; None where the request is let in."""
    try:
        gate.check({name.replace("_", "-"): value for name, value in headers.items()})
    except ApiError as error:
        return error.status, error.message
    return None


@pytest.fixture
def local():
    return Gate("127.0.0.1")


@pytest.fixture
def remote():
    return Gate("0.0.0.0", ["calendar.test"])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "app.localhost", "::1", "[::1]"]
)
def test_names_of_this_machine_are_of_the_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "::",
        "192.168.0.1",
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "127.1.evil",
    ],
)
def test_other_names_are_not(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8085",
        "127.0.0.1",
        "localhost:8085",
        "localhost:9000",
        "[::1]:8085",
        "LocalHost:80",
    ],
)
def test_a_request_to_the_loopback_is_let_in_at_any_port(local, host):
    assert refusal(local, host=host) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8085",
        "192.168.0.1:8085",
        "127.0.0.1.evil.example",
        "",
        "[evil]:1",
        ":",
    ],
)
def test_a_request_to_another_name_is_refused(local, host):
    status, message = refusal(local, host=host)
    assert status == 421
    assert message.startswith(
        f"This emulator is not {host!r}: address it as localhost or 127.0.0.1"
    )
    assert "--allow-host" in message


def test_a_request_without_a_host_is_refused(local):
    assert refusal(local)[0] == 421


def test_a_name_that_was_allowed_is_let_in(remote):
    assert refusal(remote, host="Calendar.Test:8085") is None
    assert refusal(remote, host="other.test:8085")[0] == 421


@pytest.mark.parametrize(
    "host", ["10.0.0.5:8085", "[2001:db8::1]:8085", "localhost", socket.gethostname()]
)
def test_where_other_machines_may_come_any_address_is_right_for_no_name_can_be_rebound_to_it(
    remote, host
):
    assert refusal(remote, host=host) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "http://127.0.0.1:8085",
        "https://localhost",
        "http://[::1]:80",
        "http://app.localhost",
    ],
)
def test_pages_of_this_machine_are_let_in(local, origin):
    assert refusal(local, host="127.0.0.1", origin=origin) is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "http://[",
        "http://localhost.evil.example",
        "http://evil.example:8085",
    ],
)
def test_pages_of_the_web_are_refused(local, origin):
    status, message = refusal(local, host="127.0.0.1", origin=origin)
    assert (status, message) == (
        403,
        f"A page of {origin} may not use this emulator: only pages of this machine may.",
    )


def test_a_script_or_image_of_a_foreign_page_is_refused_although_it_has_no_origin(local):
    assert (
        refusal(local, host="localhost", sec_fetch_site="cross-site", sec_fetch_mode="no-cors")[0]
        == 403
    )


@pytest.mark.parametrize(
    ("site", "mode"),
    [
        ("none", "navigate"),
        ("same-origin", "cors"),
        ("same-site", "no-cors"),
        ("cross-site", "navigate"),
    ],
)
def test_a_link_to_the_emulator_may_be_followed(local, site, mode):
    assert refusal(local, host="localhost", sec_fetch_site=site, sec_fetch_mode=mode) is None
