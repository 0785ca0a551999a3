"""The emulator over HTTP: what a client on a socket sees."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import httpx2
import pytest

from gcsa.emulator import Clock, Emulator
from gcsa.emulator.http import LARGEST_BODY

EVENTS = "/calendar/v3/calendars/primary/events"
MEETING = {
    "summary": "Meeting",
    "start": {"dateTime": "2026-03-03T10:00:00Z"},
    "end": {"dateTime": "2026-03-03T11:00:00Z"},
}


@pytest.fixture(scope="module")
def served():
    with Emulator() as emulator:
        emulator.serve()
        yield emulator


@pytest.fixture
def emulator(served):
    served.reset()
    return served


@pytest.fixture
def http(emulator):
    headers = {"Authorization": "Bearer emulator", "Accept-Encoding": "identity"}
    with httpx2.Client(base_url=emulator.address, headers=headers) as client:
        yield client


class Wire:
    """A connection, as bytes."""

    def __init__(self, address):
        self.host = urlsplit(address).netloc
        self._socket = socket.create_connection(
            (urlsplit(address).hostname, urlsplit(address).port), timeout=20
        )
        self._received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def request(self, method, path, body=b"", **headers):
        sent = {"Host": self.host, "Authorization": "Bearer emulator", "Content-Length": len(body)}
        sent |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        lines = [f"{name}: {value}" for name, value in sent.items() if value is not None]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body

    def send(self, content):
        self._socket.sendall(content)

    def answer(self):
        """The status, headers and body of the next answer."""
        while b"\r\n\r\n" not in self._received:
            self._more()
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        line, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._received) < length:
            self._more()
        body, self._received = self._received[:length], self._received[length:]
        return int(line.split()[1]), headers, body

    def is_closed(self):
        """Whether the server closes the connection; otherwise this times out."""
        try:
            while self._socket.recv(65536):
                pass
        except ConnectionResetError:
            pass
        return True

    def _more(self):
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        self._received += received


@pytest.fixture
def wire(emulator):
    with Wire(emulator.address) as wire:
        yield wire


# Answers --------------------------------------------------------------------------------------------------


def test_the_token_emulator_is_the_default_users(http):
    event = http.post(EVENTS, json=MEETING).json()
    assert event["creator"] == {"email": "me@example.com", "self": True}
    assert [item["id"] for item in http.get(EVENTS).json()["items"]] == [event["id"]]


def test_what_is_changed_in_process_is_seen_over_http_and_the_other_way_round(emulator, http):
    with httpx2.Client(transport=emulator.transport, base_url="http://calendar.emulator") as inside:
        headers = {"Authorization": "Bearer me@example.com"}
        inside.post(EVENTS, json=MEETING, headers=headers)
        http.post(EVENTS, json=MEETING)
        assert len(inside.get(EVENTS, headers=headers).json()["items"]) == 2
        assert len(http.get(EVENTS).json()["items"]) == 2


def test_a_path_and_a_query_arrive_as_they_were_encoded(http):
    http.post(EVENTS, json={**MEETING, "summary": "Käse & Brot"})
    path = "/calendar/v3/calendars/me%40example.com/events?q=K%C3%A4se%20%26&fields=items%2Fsummary"
    assert http.get(path).json() == {"items": [{"summary": "Käse & Brot"}]}


def test_a_batch_is_answered(http):
    part = f"Content-Type: application/http\r\n\r\nGET {EVENTS}\r\n\r\n"
    answer = http.post(
        "/batch/calendar/v3",
        content=f"--b\r\n{part}--b--",
        headers={"Content-Type": "multipart/mixed; boundary=b"},
    )
    assert answer.status_code == 200
    assert answer.text.count("HTTP/1.1 200 OK") == 1


def test_head_has_the_length_of_the_body_that_it_does_not_have(http):
    got, head = http.get(EVENTS), http.head(EVENTS)
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))


def test_options_says_which_methods_there_are(http):
    answer = http.options(EVENTS)
    assert answer.status_code == 204
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"


def test_a_path_of_nothing_is_404(http):
    assert http.get("/").status_code == 404
    assert http.get("/calendar/v3").status_code == 404


def test_eight_threads_at_once_lose_nothing(emulator, http):
    def insert():
        headers = {"Authorization": "Bearer emulator"}
        with httpx2.Client(base_url=emulator.address, headers=headers) as own:
            for _ in range(10):
                assert own.post(EVENTS, json=MEETING).status_code == 200

    threads = [threading.Thread(target=insert) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(http.get(EVENTS).json()["items"]) == 80


# Compression ----------------------------------------------------------------------------------------------


@pytest.fixture
def long_listing(http):
    for _ in range(10):
        http.post(EVENTS, json=MEETING)
    return http.get(EVENTS).json()["items"]


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip;q=0.5", "*", "GZIP"])
def test_a_long_answer_is_compressed_for_a_client_that_takes_it(wire, long_listing, accepted):
    wire.send(wire.request("GET", EVENTS, accept_encoding=accepted))
    status, headers, body = wire.answer()
    assert (status, headers["content-encoding"], headers["vary"]) == (
        200,
        "gzip",
        "Accept-Encoding",
    )
    assert json.loads(gzip.decompress(body))["items"] == long_listing


@pytest.mark.parametrize("accepted", [None, "identity", "gzip;q=0", "br, deflate", ""])
def test_a_long_answer_is_plain_for_any_other_client(wire, long_listing, accepted):
    wire.send(wire.request("GET", EVENTS, accept_encoding=accepted))
    _, headers, body = wire.answer()
    assert "content-encoding" not in headers
    assert json.loads(body)["items"] == long_listing


def test_a_short_answer_is_not_worth_compressing(wire):
    wire.send(wire.request("GET", EVENTS, accept_encoding="gzip"))
    assert "content-encoding" not in wire.answer()[1]


def test_a_compressed_body_is_read(http):
    content = gzip.compress(json.dumps(MEETING).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert http.post(EVENTS, content=content, headers=headers).json()["summary"] == "Meeting"


# Connections ----------------------------------------------------------------------------------------------


def test_a_connection_carries_one_request_after_the_other(wire):
    for _ in range(3):
        wire.send(wire.request("GET", EVENTS))
        assert wire.answer()[0] == 200


def test_requests_may_be_sent_before_the_answers_have_come(wire):
    content = json.dumps(MEETING).encode()
    insert = wire.request(
        "POST", f"{EVENTS}?fields=summary", content, content_type="application/json"
    )
    listing = wire.request("GET", f"{EVENTS}?fields=items/summary&prettyPrint=false")
    wire.send(insert + listing + insert + listing)
    answers = [json.loads(wire.answer()[2]) for _ in range(4)]
    meeting = {"summary": "Meeting"}
    assert answers == [meeting, {"items": [meeting]}, meeting, {"items": [meeting, meeting]}]


def test_a_body_may_come_in_chunks_and_in_pieces(wire):
    content = json.dumps(MEETING).encode()
    wire.send(
        wire.request(
            "POST",
            EVENTS,
            transfer_encoding="chunked",
            content_length=None,
            content_type="application/json",
        )
    )
    for piece in (content[:10], content[10:]):
        wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
    wire.send(b"0\r\n\r\n")
    assert wire.answer()[0] == 200


def test_a_client_that_waits_for_leave_to_send_its_body_gets_it(wire):
    content = json.dumps(MEETING).encode()
    head = wire.request(
        "POST", EVENTS, content, expect="100-continue", content_type="application/json"
    )
    wire.send(head.removesuffix(content))
    assert wire.answer()[0] == 100
    wire.send(content)
    assert wire.answer()[0] == 200


def test_a_client_that_goes_away_in_the_middle_of_its_body_does_no_harm(emulator, http):
    with Wire(emulator.address) as wire:
        wire.send(wire.request("POST", EVENTS, content_length=1000) + b'{"summary"')
    assert http.get(EVENTS).json()["items"] == []


def test_what_is_not_http_is_refused(wire):
    wire.send(b"HELO example.com\r\n\r\n")
    assert wire.answer()[0] == 400
    assert wire.is_closed()


# Bodies ---------------------------------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(wire):
    wire.send(wire.request("POST", EVENTS, content_length=LARGEST_BODY + 1, expect="100-continue"))
    status, headers, body = wire.answer()
    assert (status, headers["connection"]) == (413, "close")
    assert json.loads(body)["error"]["errors"][0]["reason"] == "uploadTooLarge"
    assert wire.is_closed()


@pytest.mark.parametrize("length", ["9" * 30, str(LARGEST_BODY + 1)])
def test_no_length_is_too_large_to_be_refused(wire, length):
    wire.send(wire.request("POST", EVENTS, content_length=length))
    assert wire.answer()[0] in (400, 413)


def test_a_body_that_does_not_say_how_large_it_is_is_read_up_to_the_limit(wire):
    wire.send(wire.request("POST", EVENTS, transfer_encoding="chunked", content_length=None))
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"  # 1 MiB
    for _ in range(10):
        wire.send(chunk)
    wire.send(b"1\r\n \r\n")
    assert wire.answer()[0] == 413
    assert wire.is_closed()


def test_a_body_of_just_the_limit_is_read(http):
    content = json.dumps(MEETING).encode().ljust(LARGEST_BODY)
    answer = http.post(EVENTS, content=content, headers={"Content-Type": "application/json"})
    assert answer.json()["summary"] == "Meeting"


# Pages ----------------------------------------------------------------------------------------------------


def test_a_request_for_another_name_is_refused(http):
    answer = http.get(EVENTS, headers={"Host": "calendar.evil.example"})
    assert (answer.status_code, answer.headers["connection"]) == (421, "close")
    assert "'calendar.evil.example'" in answer.json()["error"]["message"]


def test_a_page_of_the_web_is_refused_and_may_not_read_why(http):
    answer = http.post(EVENTS, json=MEETING, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert http.get(EVENTS).json()["items"] == []


def test_a_page_of_this_machine_may_ask_before_it_calls(http):
    answer = http.options(
        EVENTS,
        headers={
            "Origin": "http://localhost:3000",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization,content-type,if-match",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    assert "authorization" in answer.headers["access-control-allow-headers"]


def test_a_page_of_this_machine_may_read_the_answer_and_its_etag(http):
    answer = http.get(EVENTS, headers={"Origin": "http://localhost:3000"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert answer.headers["access-control-expose-headers"] == "ETag"


# Faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("drop", "stored"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize("origin", [{}, {"Origin": "http://localhost"}])
def test_a_dropped_connection_ends_without_an_answer(emulator, http, drop, stored, origin):
    with (
        emulator.faults.add(drop=drop),
        pytest.raises(httpx2.RemoteProtocolError, match="disconnected"),
    ):
        http.post(EVENTS, json=MEETING, headers=origin)
    assert len(http.get(EVENTS).json()["items"]) == stored


def test_a_cut_answer_is_shorter_than_it_says(emulator, http):
    with (
        emulator.faults.add(truncate=True),
        pytest.raises(httpx2.RemoteProtocolError, match="without sending complete"),
    ):
        http.post(EVENTS, json=MEETING)
    assert len(http.get(EVENTS).json()["items"]) == 1


def test_a_late_answer_moves_a_frozen_clock(emulator, http):
    emulator.clock.freeze()
    before = emulator.clock.now()
    try:
        with emulator.faults.add(latency=90):
            assert http.get(EVENTS).status_code == 200
        assert emulator.clock.now() - before == timedelta(seconds=90)
    finally:
        emulator.clock.resume()


# Servers --------------------------------------------------------------------------------------------------


def test_an_emulator_may_be_served_at_several_ports_until_it_is_closed():
    with Emulator(clock=Clock.frozen()) as emulator:
        addresses = [emulator.serve(), emulator.serve(host="localhost")]
        for address in addresses:
            assert httpx2.get(f"{address}/discovery/v1/apis").status_code == 200
    for address in addresses:
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{address}/discovery/v1/apis")


def test_the_address_may_be_of_ip_version_6():
    with Emulator() as emulator:
        try:
            address = emulator.serve(host="::1")
        except OSError:
            pytest.skip("this machine has no IP version 6")
        assert address.startswith("http://[::1]:")
        assert httpx2.get(f"{address}/discovery/v1/apis").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", ""])
def test_other_machines_are_let_in_only_when_that_is_said(host):
    with Emulator() as emulator, pytest.raises(ValueError, match="say allow_remote"):
        emulator.serve(host=host)


def test_a_remote_host_is_served_when_that_is_said():
    with Emulator() as emulator:
        port = urlsplit(
            emulator.serve(host="0.0.0.0", allow_remote=True, names=["calendar.test"])
        ).port
        path = f"http://127.0.0.1:{port}/discovery/v1/apis"
        assert httpx2.get(path, headers={"Host": f"calendar.test:{port}"}).status_code == 200
        assert httpx2.get(path, headers={"Host": f"other.test:{port}"}).status_code == 421


def test_a_port_that_is_in_use_is_refused(served):
    with Emulator() as emulator, pytest.raises(OSError, match="in use"):
        emulator.serve(port=urlsplit(served.address).port)
