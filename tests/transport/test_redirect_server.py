"""The server to which the browser comes back."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from gcsa.transport.redirect_server import RedirectServer, SignInAnswer

STATE = "the state"


@pytest.fixture
def server():
    with RedirectServer("localhost", 0, None, STATE) as server:
        yield server


@pytest.fixture
def http():
    with httpx2.Client(trust_env=False) as http:
        yield http


def waiting(server):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(server.wait)


@pytest.fixture
def answer(server):
    """What the server will have got in the end."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(server.wait)


def test_the_code_is_taken_and_the_user_is_told(server, answer, http):
    page = http.get(server.uri, params={"state": STATE, "code": "4/secret", "scope": "x"})
    assert page.status_code == 200
    assert "You are signed in. You may close this window." in page.text
    assert "secret" not in page.text
    assert answer.result(10) == SignInAnswer("4/secret", None)


def test_a_refusal_is_taken_too(server, answer, http):
    page = http.get(server.uri, params={"state": STATE, "error": "access_denied"})
    assert "You did not allow it." in page.text
    assert answer.result(10) == SignInAnswer(None, "access_denied")


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("favicon.ico", 404),
        ("", 404),
        ("?code=forged", 404),
        ("?code=forged&state=guessed", 404),
        ("?error=access_denied&state=guessed", 404),
        ("other?state=the+state&code=x", 404),
        ("?state=the+state", 400),
        ("?" + "&".join(f"a{number}=b" for number in range(100)), 400),
    ],
)
def test_whatever_else_comes_is_turned_away_and_it_waits_on(server, answer, http, target, status):
    assert http.get(f"{server.uri}{target}").status_code == status
    assert not answer.done()
    http.get(server.uri, params={"state": STATE, "code": "right"})
    assert answer.result(10).code == "right"


def test_connections_on_which_nothing_comes_do_not_hold_it_up(server, answer, http):
    port = httpx2.URL(server.uri).port
    with (
        socket.create_connection(("localhost", port)),
        socket.create_connection(("localhost", port)) as broken,
    ):
        broken.send(b"\x00\x01\r\n\r\n")
        http.get(server.uri, params={"state": STATE, "code": "right"})
        assert answer.result(10).code == "right"


def test_the_port_is_free_again_afterwards(http):
    with RedirectServer("localhost", 0, None, STATE) as first:
        port = httpx2.URL(first.uri).port
    with RedirectServer("localhost", port, None, STATE) as second:
        assert second.uri == f"http://localhost:{port}/"


def test_a_port_that_is_taken_says_what_to_do(server):
    port = httpx2.URL(server.uri).port
    with pytest.raises(
        OSError, match="is taken: give another authentication_flow_port, or 0"
    ) as error:
        RedirectServer("localhost", port, None, STATE)
    assert error.value.errno == errno.EADDRINUSE


def test_an_address_that_is_not_this_machines_is_the_systems_to_refuse():
    with pytest.raises(OSError, match="Cannot assign") as error:
        RedirectServer("localhost", 0, "192.0.2.1", STATE)
    assert error.value.errno == errno.EADDRNOTAVAIL


def test_it_may_listen_elsewhere_than_the_browser_is_told():
    with (
        RedirectServer("workstation.example", 0, "127.0.0.1", STATE) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(server.wait)
        assert server.uri.startswith("http://workstation.example:")
        port = httpx2.URL(server.uri).port
        httpx2.get(
            f"http://127.0.0.1:{port}/", params={"state": STATE, "code": "x"}, trust_env=False
        )
        assert answer.result(10).code == "x"


def test_nothing_shows_or_logs_the_code(server, answer, http, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        http.get(server.uri, params={"state": STATE, "code": "4/secret"})
    assert "secret" not in repr(answer.result(10))
    captured = capfd.readouterr()
    assert "secret" not in captured.out + captured.err
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    assert ours == []


def test_it_can_be_interrupted(server):
    class Interrupt(Exception):
        pass

    def interrupted(*_):
        raise Interrupt

    server._server.service_actions = interrupted
    with pytest.raises(Interrupt):
        server.wait()
    assert threading.active_count() < 20
