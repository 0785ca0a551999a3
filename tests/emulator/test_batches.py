"""Batches: many calls in one request, each with its own headers and its own outcome.

https://developers.google.com/workspace/calendar/api/guides/batch
"""

from __future__ import annotations

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, NamedTuple

import pytest

from gcsa.emulator import Emulator, Request
from gcsa.emulator.http import LARGEST_BODY

EVENTS = "/calendar/v3/calendars/primary/events"
JSON = {"Content-Type": "application/json"}
GOOGLES_EXAMPLE = b"""\
--batch_foobarbaz
Content-Type: application/http
Content-ID: <item1:12930812@barnyard.example.com>

GET /calendar/v3/calendars/primary

--batch_foobarbaz
Content-Type: application/http
Content-ID: <item2:12930812@barnyard.example.com>

PUT /calendar/v3/users/me/calendarList/primary
Content-Type: application/json
Content-Length: 27

{"summaryOverride": "Mine"}
--batch_foobarbaz
Content-Type: application/http
Content-ID: <item3:12930812@barnyard.example.com>

GET /calendar/v3/calendars/primary
If-None-Match: "classroom/animals"

--batch_foobarbaz--
"""


class Part(NamedTuple):
    content_id: str | None
    status: int
    headers: Any
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def call(method, target, body=None, headers=None, content_id=None, newline="\r\n"):
    """A part of a batch, as text."""
    lines = ["Content-Type: application/http"]
    if content_id is not None:
        lines.append(f"Content-ID: {content_id}")
    lines += ["", f"{method} {target} HTTP/1.1"]
    lines += [
        f"{name}: {value}" for name, value in {**(JSON if body else {}), **(headers or {})}.items()
    ]
    lines += ["", json.dumps(body) if isinstance(body, dict) else body or ""]
    return newline.join(lines)


def joined(parts, newline="\r\n", boundary="xyz", end="--"):
    text = "".join(f"--{boundary}{newline}{part}{newline}" for part in parts)
    return f"{text}--{boundary}{end}{newline}".encode()


def read(response):
    """The parts of a batch's answer, read by Python's own mail library."""
    assert response.status == 200, response.body
    head = f"Content-Type: {response.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + response.body)
    parts = []
    for part in message.iter_parts():
        assert part["Content-Type"] == "application/http"
        line, _, rest = part.get_payload(decode=True).partition(b"\r\n")
        version, status, reason = line.split(b" ", 2)
        assert (version, bool(reason)) == (b"HTTP/1.1", True)
        head, _, body = rest.partition(b"\r\n\r\n")
        headers = BytesParser().parsebytes(head + b"\r\n\r\n")
        assert int(headers["Content-Length"]) == len(body)
        parts.append(Part(part["Content-ID"], int(status), headers, body))
    return parts


@pytest.fixture
def send(emulator):
    """Send a batch and return the raw answer."""

    def send(
        body, path="/batch/calendar/v3", content_type="multipart/mixed; boundary=xyz", **headers
    ):
        sent = {"Authorization": "Bearer me@example.com", "Content-Type": content_type}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return emulator.handle(Request.of("POST", path, sent.items(), body))

    return send


@pytest.fixture
def batch(send):
    """Send calls in a batch and return the answers to each."""

    def batch(*parts, **options):
        return read(send(joined(parts), **options))

    return batch


def refused(response):
    error = json.loads(response.body)["error"]
    return response.status, error["errors"][0]["reason"], error["message"]


# Calls ----------------------------------------------------------------------------------------------------


def test_the_calls_of_a_batch_are_answered_in_order(batch, me, meeting):
    answers = batch(
        call("POST", EVENTS, {**meeting, "summary": "One"}),
        call("POST", EVENTS, {**meeting, "summary": "Two"}),
        call("GET", f"{EVENTS}?fields=items/summary"),
    )
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert [answer.json["summary"] for answer in answers[:2]] == ["One", "Two"]
    assert answers[2].json == {"items": [{"summary": "One"}, {"summary": "Two"}]}
    assert [event["summary"] for event in me.items()] == ["One", "Two"]


def test_an_answer_has_the_headers_that_it_has_alone(batch, me, meeting):
    event = me.insert(meeting)
    alone = me.call("GET", f"/calendars/primary/events/{event['id']}")
    (answer,) = batch(call("GET", f"{EVENTS}/{event['id']}"))
    assert answer.body == alone.body
    assert {name.lower(): value for name, value in answer.headers.items()} == {
        **alone.headers,
        "content-length": str(len(alone.body)),
    }


def test_googles_own_example_is_answered(send):
    answers = read(send(GOOGLES_EXAMPLE, content_type="multipart/mixed; boundary=batch_foobarbaz"))
    assert [answer.content_id for answer in answers] == [
        f"<response-item{number}:12930812@barnyard.example.com>" for number in (1, 2, 3)
    ]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert answers[1].json["summaryOverride"] == "Mine"


@pytest.mark.parametrize(
    ("given", "answered"),
    [("<a1>", "<response-a1>"), ("<b + 7>", "<response-b + 7>"), ("3", "response-3"), (None, None)],
)
def test_a_content_id_comes_back_as_that_of_the_response(batch, given, answered):
    (answer,) = batch(call("GET", EVENTS, content_id=given))
    assert answer.content_id == answered


@pytest.mark.parametrize("path", ["/batch", "/batch/calendar/v3"])
def test_both_addresses_of_the_batch_endpoint_answer(batch, path):
    assert [answer.status for answer in batch(call("GET", EVENTS), path=path)] == [200]


@pytest.mark.parametrize(
    "target",
    [
        EVENTS,
        f"https://www.googleapis.com{EVENTS}",
        "http://localhost:8085/calendar/v3/calendars/primary/events?maxResults=1",
        "calendar/v3/calendars/primary/events",
        "calendars/primary/events",
    ],
)
def test_a_call_names_its_path_with_or_without_the_server(batch, target):
    (answer,) = batch(call("GET", target))
    assert answer.json["kind"] == "calendar#events"


def test_a_request_line_needs_no_protocol(send):
    part = f"Content-Type: application/http\r\n\r\nGET {EVENTS}"
    assert [answer.status for answer in read(send(joined([part])))] == [200]


def test_a_call_without_an_answer_is_204(batch, me, meeting):
    event = me.insert(meeting)
    (answer,) = batch(call("DELETE", f"{EVENTS}/{event['id']}"))
    assert (answer.status, answer.body) == (204, b"")


def test_lines_may_end_with_a_bare_line_feed(send, meeting):
    parts = [call("POST", EVENTS, meeting, newline="\n"), call("GET", EVENTS, newline="\n")]
    answers = read(send(joined(parts, newline="\n")))
    assert [answer.status for answer in answers] == [200, 200]
    assert len(answers[1].json["items"]) == 1


def test_a_body_may_have_the_boundary_in_it(batch, meeting):
    text = "before\n--xyzzy --xyz-- after --xyz"
    (answer,) = batch(call("POST", EVENTS, {**meeting, "description": text}))
    assert answer.json["description"] == text


def test_a_line_that_begins_as_the_boundary_does_is_content(send):
    part = f"Content-Type: application/http\r\n\r\nGET {EVENTS}\r\n\r\n--xyzzy\r\n"
    (answer,) = read(send(joined([part])))
    assert answer.status == 200


def test_what_stands_before_and_after_the_parts_is_nobodys(send):
    body = b"A preamble.\r\n" + joined([call("GET", EVENTS)]) + b"And an epilogue.\r\n--xyz\r\n"
    assert len(read(send(body))) == 1


def test_the_boundary_may_be_quoted(send):
    answers = read(
        send(joined([call("GET", EVENTS)]), content_type='Multipart/Mixed; Boundary="xyz"')
    )
    assert [answer.status for answer in answers] == [200]


def test_a_last_part_without_an_end_is_answered(send):
    body = joined([call("GET", EVENTS)]).removesuffix(b"--xyz--\r\n")
    assert [answer.status for answer in read(send(body))] == [200]


def test_text_that_is_not_ascii_goes_in_and_comes_out(batch, meeting):
    body = json.dumps({**meeting, "summary": "Übergrößenträger 🎉"}, ensure_ascii=False)
    content = call("POST", EVENTS, body)
    (answer,) = batch(content)
    assert answer.json["summary"] == "Übergrößenträger 🎉"


# Headers --------------------------------------------------------------------------------------------------


def test_an_authorization_of_its_own_is_for_its_own_call_only(batch):
    answers = batch(
        call("GET", EVENTS),
        call("GET", EVENTS, headers={"Authorization": "Bearer you@example.com"}),
        call("GET", EVENTS),
    )
    assert [answer.json["summary"] for answer in answers] == [
        "me@example.com",
        "you@example.com",
        "me@example.com",
    ]


def test_a_wrong_token_fails_its_own_call_only(batch):
    answers = batch(
        call("GET", EVENTS, headers={"authorization": "Bearer nonsense"}), call("GET", EVENTS)
    )
    assert [answer.status for answer in answers] == [401, 200]


def test_a_batch_without_a_token_may_have_calls_with_one(emulator):
    parts = [
        call("GET", EVENTS, headers={"Authorization": "Bearer me@example.com"}),
        call("GET", EVENTS),
    ]
    headers = {"Content-Type": "multipart/mixed; boundary=xyz"}
    answers = read(emulator.handle(Request.of("POST", "/batch", headers.items(), joined(parts))))
    assert [answer.status for answer in answers] == [200, 401]


def test_the_batchs_headers_hold_for_calls_without_their_own(batch, me, meeting):
    event = me.insert(meeting)
    answers = batch(
        call("PATCH", f"{EVENTS}/{event['id']}", {"summary": "A"}),
        call(
            "PATCH",
            f"{EVENTS}/{event['id']}",
            {"summary": "B"},
            headers={"If-Match": event["etag"]},
        ),
        If_Match='"1"',
    )
    assert [answer.status for answer in answers] == [412, 200]


def test_the_batchs_content_type_does_not_hold_for_its_calls(batch, meeting):
    part = f"Content-Type: application/http\r\n\r\nPOST {EVENTS}\r\n\r\n{json.dumps(meeting)}"
    assert [answer.status for answer in batch(part)] == [200]


def test_a_call_may_tunnel_its_method(batch, me, meeting):
    event = me.insert(meeting)
    (answer,) = batch(
        call(
            "POST",
            f"{EVENTS}/{event['id']}",
            {"summary": "A"},
            headers={"X-HTTP-Method-Override": "PATCH"},
        )
    )
    assert answer.json["summary"] == "A"


# Outcomes -------------------------------------------------------------------------------------------------


def test_a_call_that_fails_leaves_the_others_as_they_are(batch, me, meeting):
    answers = batch(
        call("POST", EVENTS, {**meeting, "id": "first", "summary": "One"}),
        call("POST", EVENTS, {**meeting, "id": "first", "summary": "Again"}),
        call("POST", EVENTS, {"summary": "No times"}),
        call("GET", f"{EVENTS}/nosuchevent"),
        call("POST", EVENTS, "not JSON"),
        call("POST", EVENTS, {**meeting, "summary": "Two"}),
    )
    assert [answer.status for answer in answers] == [200, 409, 400, 404, 400, 200]
    assert [event["summary"] for event in me.items()] == ["One", "Two"]


def test_what_a_batch_did_is_on_disk_when_it_is_answered(tmp_path, meeting):
    path = tmp_path / "calendars.db"
    with Emulator(path) as emulator, Emulator(path) as other:
        sent = {"Authorization": "Bearer me@example.com"}
        body = joined([call("POST", EVENTS, meeting)] * 3)
        typed = {**sent, "Content-Type": "multipart/mixed; boundary=xyz"}
        answers = read(emulator.handle(Request.of("POST", "/batch", typed.items(), body)))
        assert [answer.status for answer in answers] == [200, 200, 200]
        seen = other.handle(Request.of("GET", EVENTS, sent.items()))
        assert len(json.loads(seen.body)["items"]) == 3


def test_a_call_that_opens_an_account_may_stand_beside_reads(batch):
    newcomer = {"Authorization": "Bearer new@example.com"}
    answers = batch(call("GET", EVENTS), call("GET", EVENTS, headers=newcomer))
    assert [answer.json["summary"] for answer in answers] == ["me@example.com", "new@example.com"]


@pytest.mark.parametrize(
    "target", ["/batch/calendar/v3", "/drive/v3/files", "/", "*", "/token", "/emulator/reset", "//"]
)
def test_only_calls_of_the_api_can_be_batched(batch, target):
    (answer,) = batch(call("POST", target, {}))
    assert (answer.status, answer.json["error"]["errors"][0]["reason"]) == (404, "notFound")


@pytest.mark.parametrize(
    "part",
    [
        "",
        "\r\n",
        "no headers at all",
        f"Content-Type: text/plain\r\n\r\nGET {EVENTS}",
        "Content-Type: application/http",
        "Content-Type: application/http\r\n\r\n",
        "Content-Type: application/http\r\n\r\nGET",
        "Content-Type: application/http\r\n\r\nGET /a b c HTTP/1.1",
        "Content-Type: application/http\r\n\r\n<GET> /calendar/v3/x",
        "Content-Type: application/http\r\n\r\nGET http://[::1/calendar/v3/x",
        "Content-Type: application/http\r\n\r\n\x00\xff",
    ],
)
def test_a_part_that_is_no_request_is_400_and_the_others_are_answered(batch, part):
    answers = batch(call("GET", EVENTS), part, call("GET", EVENTS))
    assert [answer.status for answer in answers] == [200, 400, 200]
    assert answers[1].json["error"]["message"] == "The part is not an HTTP request."


# The whole ------------------------------------------------------------------------------------------------


def test_a_batch_has_up_to_fifty_calls(batch):
    answers = batch(
        *[call("GET", f"{EVENTS}?maxResults=1", content_id=f"<{n}>") for n in range(50)]
    )
    assert [answer.content_id for answer in answers] == [f"<response-{n}>" for n in range(50)]
    assert {answer.status for answer in answers} == {200}


def test_a_batch_of_more_than_fifty_calls_is_refused_whole(send, me, meeting):
    response = send(joined([call("POST", EVENTS, meeting)] * 51))
    assert refused(response) == (400, "tooManyParts", "The batch has 51 calls, more than 50.")
    assert me.items() == []


@pytest.mark.parametrize("line", ["--xyz\r\n", "--xyzzy\r\n"])
def test_a_batch_of_a_million_boundaries_is_refused_with_little_work(send, line):
    body = ("--xyz\r\n" + line * 1_000_000)[: LARGEST_BODY - 100].encode() + b"\r\n--xyz--"
    assert send(body).status in (200, 400)


@pytest.mark.parametrize(
    "body", [b"", b"nothing of the kind", b"--xyz--\r\n", b"--other\r\n\r\n--other--"]
)
def test_a_batch_of_nothing_is_refused(send, body):
    assert refused(send(body)) == (
        400,
        "badRequest",
        f"Failed to parse batch request, error: 0 items. Received batch body: ({len(body)}) bytes redacted",
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "multipart/mixed",
        "multipart/mixed; boundary=",
        "multipart/form-data; boundary=xyz",
        f"multipart/mixed; boundary={'x' * 71}",
    ],
)
def test_what_is_no_batch_is_refused(send, content_type):
    response = send(joined([call("GET", EVENTS)]), content_type=content_type)
    assert refused(response) == (
        400,
        "badContent",
        f"Unsupported content with type: {content_type}",
    )


def test_each_answer_has_a_boundary_that_is_nowhere_else(send):
    body = joined([call("GET", EVENTS)])
    first, second = (send(body).headers["content-type"] for _ in range(2))
    assert first.startswith("multipart/mixed; boundary=batch_")
    assert first != second


def test_a_working_location_cannot_be_written_in_a_batch(batch, me):
    # https://developers.google.com/workspace/calendar/api/guides/calendar-status#create_working_location
    at_home = {
        "start": {"date": "2026-03-03"},
        "end": {"date": "2026-03-04"},
        "eventType": "workingLocation",
        "visibility": "public",
        "transparency": "transparent",
        "workingLocationProperties": {"type": "homeOffice"},
    }
    event = me.insert(at_home)
    one = f"{EVENTS}/{event['id']}"
    created, changed, replaced, read, deleted = batch(
        call("POST", EVENTS, at_home),
        call("PATCH", one, {"summary": "At home"}),
        call("PUT", one, event),
        call("GET", one),
        call("DELETE", one),
    )
    for refused_part in (created, changed, replaced):
        error = refused_part.json["error"]["errors"][0]
        assert (refused_part.status, error["reason"]) == (400, "eventTypeRestriction")
        assert error["message"] == (
            "Working location events cannot be created or updated in a batch."
        )
    assert (read.status, read.json, deleted.status) == (200, event, 204)
