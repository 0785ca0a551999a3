"""A server in Google's place, or in the middle, that answers what Google never would: no hang, no flood, no odd error.

Compressed answers that unfold without end are in tests/transport/test_wire.py, lost and broken ones in
tests/transport/test_never_a_lost_call.py.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import zlib

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.errors import AnswerTooLargeError, GoogleCalendarError, TransportError
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.mirror import Mirror
from gcsa.transport import answer
from gcsa.transport.multipart import split_responses

ONCE = Retry(attempts=1)
LISTINGS = [
    lambda c: list(c.get_events()),
    lambda c: list(c.get_calendar_list()),
    lambda c: list(c.get_acl_rules()),
    lambda c: list(c.get_instances("x")),
    lambda c: c.get_settings_changes(),
    lambda c: c.get_event_changes(),
    lambda c: c.get_calendar_list_changes(),
]


def client_of(answer, kind=GoogleCalendar, **settings):
    return kind(
        credentials=Credentials(token="ya29.secret"),
        transport=httpx2.MockTransport(answer),
        **{"retry": ONCE, **settings},
    )


# Listings without end -------------------------------------------------------------------------------------


class Circle:
    """A listing whose pages lead to each other: first, second, …, last, first."""

    def __init__(self, pages=3, **envelope):
        self.pages = pages
        self.envelope = envelope
        self.asked = 0

    def __call__(self, request):
        self.asked += 1
        assert self.asked < 100, "it goes on for ever"
        if request.url.path.startswith("/batch"):
            return self._batch(request)
        return httpx2.Response(200, json=self.page(request.url.params.get("pageToken")))

    def page(self, token):
        following = (int(token or 0) + 1) % self.pages
        return {"items": [], "nextPageToken": str(following), **self.envelope}

    def _batch(self, request):
        body = request.read().decode()
        token = body.partition("pageToken=")[2][:1]
        text = httpx2.Response(200, json=self.page(token)).content
        part = b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + text
        content = b"--b\r\nContent-Type: application/http\r\n" + part + b"\r\n--b--"
        kind = {"Content-Type": "multipart/mixed; boundary=b"}
        return httpx2.Response(200, headers=kind, content=content)


@pytest.mark.parametrize("pages", [1, 2, 5])
@pytest.mark.parametrize("listing", LISTINGS)
def test_a_listing_that_goes_round_in_a_circle_is_an_error(listing, pages):
    circle = Circle(pages)
    with pytest.raises(GoogleCalendarError, match="The listing goes round in a circle: after page"):
        listing(client_of(circle))
    assert circle.asked <= pages + 1


def test_the_error_says_where_and_what_was_asked():
    with pytest.raises(GoogleCalendarError) as error:
        list(client_of(Circle(3)).get_calendar_list())
    assert str(error.value).startswith(
        "The listing goes round in a circle: after page 4 comes one that it had before"
        " on GET users/me/calendarList"
    )


def test_an_async_listing_too():
    async def read():
        async with client_of(Circle(), AsyncGoogleCalendar) as calendar:
            return [event async for event in calendar.get_events()]

    with pytest.raises(GoogleCalendarError, match="in a circle"):
        asyncio.run(read())


def test_a_listing_in_a_batch_too():
    with client_of(Circle()).batch() as batch:
        future = batch.get_events()
    with pytest.raises(GoogleCalendarError, match="in a circle"):
        future.result()


def test_a_mirror_reads_no_list_of_calendars_for_ever(tmp_path):
    circle = Circle(3)
    with (
        Mirror(f"sqlite:///{tmp_path}/mirror.db") as mirror,
        pytest.raises(GoogleCalendarError, match=r"in a circle: .* on GET users/me/calendarList"),
    ):
        mirror.sync_all(client_of(circle))
    assert circle.asked <= 4


def test_a_mirror_begins_again_and_gives_up(tmp_path):
    """Pages that were stored stay; a server that is well again is understood again."""
    envelope = {"timeZone": "UTC", "accessRole": "owner"}
    well = httpx2.Response(200, json={**envelope, "items": [], "nextSyncToken": "token"})
    circle = Circle(3, **envelope)
    with Mirror(f"sqlite:///{tmp_path}/mirror.db") as mirror:
        with pytest.raises(GoogleCalendarError, match=r"on GET calendars/me%40example\.com/events"):
            mirror.sync(client_of(circle), "me@example.com")
        assert circle.asked < 30
        report = mirror.sync(client_of(lambda request: well), "me@example.com")
        assert (report.full, report.pages) == (True, 2)  # from where it stood
        assert mirror.sync(client_of(lambda request: well), "me@example.com").pages == 1


def test_pages_that_are_many_but_new_are_read_to_the_end():
    def answer(request):
        number = int(request.url.params.get("pageToken", 0))
        more = {"nextPageToken": str(number + 1)} if number < 500 else {}
        return httpx2.Response(200, json={"items": [{"id": str(number)}], **more})

    calendar = client_of(answer, calls_per_minute=None)
    assert sum(1 for _ in calendar.get_calendar_list()) == 501


# What cannot be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"items":' + b"[" * 200_000,
        b'{"error":' + b"[" * 200_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        b'{"items":' + b"9" * 100_000 + b"}",
        b'{"items": "x"}',
        b"\xff\xfe" * 1000,
        b"",
        b"null",
        b"<html>" * 1000,
        b'{"error": {"errors": [1, null, {"reason": {}}], "message": []}}',
    ],
)
def test_an_answer_that_is_none_is_an_error_of_the_librarys_own_or_empty(status, body):
    calendar = client_of(lambda request: httpx2.Response(status, content=body))
    for call in (*LISTINGS, lambda c: c.get_calendar(), lambda c: c.get_free_busy()):
        try:
            found = call(calendar)
        except GoogleCalendarError:
            continue
        assert status == 200
        assert not found or not isinstance(found, list)


@pytest.mark.parametrize(
    "part",
    [
        b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
        + b"9" * 5000
        + b"\r\n\r\n{}",
        b"Content-ID: <response-call-" + b"9" * 5000 + b">\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}",
        b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 " + b"2" * 5000 + b" OK\r\n\r\n{}",
        b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 999 OK\r\n\r\n{}",
        b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 \xb2\xb2\xb2 OK\r\n\r\n{}",
        b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1",
        b"\r\n\r\n\r\n",
    ],
)
def test_a_part_of_a_batch_that_is_no_answer_is_as_good_as_none(part):
    kind = {"Content-Type": "multipart/mixed; boundary=b"}
    content = b"--b\r\nContent-Type: application/http\r\n" + part + b"\r\n--b--"
    assert split_responses(httpx2.Response(200, headers=kind, content=content)) == {}
    calendar = client_of(lambda request: httpx2.Response(200, headers=kind, content=content))
    with calendar.batch() as batch:
        future = batch.get_calendar()
    with pytest.raises(TransportError):
        future.result()


def test_headers_of_a_part_need_not_be_ascii():
    kind = {"Content-Type": "multipart/mixed; boundary=b"}
    part = b"Content-ID: <response-call-0>\r\n\r\nHTTP/1.1 200 OK\r\nX-\xff: \xff\xfe\r\n\r\n{}"
    answers = split_responses(
        httpx2.Response(200, headers=kind, content=b"--b\r\n" + part + b"\r\n--b--")
    )
    assert answers[0].json() == {}


# Floods, over a real connection ---------------------------------------------------------------------------


class Flood:
    """A server that answers one request with whatever comes, until nobody reads it any more."""

    def __init__(self, head, chunk, most=1 << 31):
        self._chunks = (head, chunk)
        self._most = most
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.sent = 0
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        connection, _ = self._socket.accept()
        with connection:
            connection.settimeout(20)
            connection.recv(65536)
            head, chunk = self._chunks
            try:
                connection.sendall(head)
                while self.sent < self._most:
                    connection.sendall(chunk)
                    self.sent += len(chunk)
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._thread.join(30)
        self._socket.close()
        assert not self._thread.is_alive()


def bomb() -> bytes:
    """A megabyte of blanks, compressed: a thousandth of it."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return compressor.compress(b" " * (1 << 26)) + compressor.flush(zlib.Z_FULL_FLUSH)


FLOODS = {
    "a body": (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" " * 65536),
    "a compressed body": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
        None,
    ),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Header: " + b"x" * 4000 + b"\r\n"),
    "one header": (b"HTTP/1.1 200 OK\r\nX-Header: ", b"x" * 65536),
    "a status line": (b"HTTP/1.1 200 ", b"O" * 65536),
    "an error": (b"HTTP/1.1 403 Forbidden\r\n\r\n", b"x" * 65536),
}


@pytest.mark.parametrize("name", FLOODS)
def test_an_answer_without_end_is_given_up(name, monkeypatch):
    monkeypatch.setattr(answer, "LARGEST_ANSWER", 4 << 20)
    head, chunk = FLOODS[name]
    if chunk is None:
        packed = bomb()
        chunk = b"%x\r\n%s\r\n" % (len(packed), packed)
    with Flood(head, chunk) as flood:
        calendar = GoogleCalendar(api_endpoint=flood.address, retry=ONCE)
        with calendar, pytest.raises(TransportError) as error:
            calendar.get_calendar()
        if "body" in name or name == "an error":
            assert isinstance(error.value, AnswerTooLargeError)
    # What the system holds back for a reader, a few megabytes, is sent in any case.
    assert flood.sent < 64 << 20
