"""Batches on the wire, as https://developers.google.com/workspace/calendar/api/guides/batch shows them."""

from __future__ import annotations

import httpx2
import pytest

from gcsa.operations.operation import Operation
from gcsa.transport.multipart import join, split_responses

HOST = "https://www.googleapis.com"

# The shape of Google's own answers.
ANSWER = (
    b"--batch_foobarbaz\r\n"
    b"Content-Type: application/http\r\n"
    b"Content-ID: <response-call-1>\r\n"
    b"\r\n"
    b"HTTP/1.1 404 Not Found\r\n"
    b"Content-Type: application/json\r\n"
    b"Content-Length: 13\r\n"
    b"\r\n"
    b'{"error": {}}\r\n'
    b"--batch_foobarbaz\r\n"
    b"Content-Type: application/http\r\n"
    b"Content-ID: <response-call-0>\r\n"
    b"\r\n"
    b"HTTP/1.1 200 OK\r\n"
    b"Content-Type: application/json; charset=UTF-8\r\n"
    b'ETag: "etag/pony"\r\n'
    b"\r\n"
    b'{"summary": "Pony ride"}\r\n'
    b"--batch_foobarbaz--"
)


def answer(content=ANSWER, content_type="multipart/mixed; boundary=batch_foobarbaz"):
    return httpx2.Response(200, headers={"Content-Type": content_type}, content=content)


def test_each_call_becomes_a_part_with_a_number():
    batch = join(
        [
            Operation("GET", "calendars/primary", bytes, {"fields": "id", "q": "lunch & dinner"}),
            Operation(
                "POST", "calendars", bytes, body={"summary": "X"}, headers={"If-Match": '"1"'}
            ),
        ],
        HOST,
    )
    boundary = batch.headers["Content-Type"].partition("boundary=")[2]
    assert str(batch.url) == f"{HOST}/batch/calendar/v3"
    first, second, end = batch.content.decode().split(f"--{boundary}")[1:]
    assert first == (
        "\r\nContent-Type: application/http\r\nContent-ID: <call-0>\r\n\r\n"
        "GET /calendar/v3/calendars/primary?fields=id&q=lunch%20%26%20dinner HTTP/1.1\r\n"
        "Content-Length: 0\r\n\r\n\r\n"
    )
    assert second == (
        "\r\nContent-Type: application/http\r\nContent-ID: <call-1>\r\n\r\n"
        'POST /calendar/v3/calendars HTTP/1.1\r\nIf-Match: "1"\r\nContent-Type: application/json'
        '\r\nContent-Length: 15\r\n\r\n{"summary":"X"}\r\n'
    )
    assert end == "--\r\n"


@pytest.mark.parametrize("count", [0, 51])
def test_a_batch_holds_one_to_fifty_calls(count):
    with pytest.raises(ValueError, match="1 to 50 calls"):
        join([Operation("GET", "colors", bytes)] * count, HOST)


def test_answers_are_found_by_their_number_in_any_order():
    answers = split_responses(answer())
    assert answers[0].status_code == 200
    assert answers[0].json() == {"summary": "Pony ride"}
    assert answers[0].headers["ETag"] == '"etag/pony"'
    assert answers[1].status_code == 404


def test_a_quoted_boundary_is_read():
    quoted = answer(content_type='multipart/mixed; charset=UTF-8; boundary="batch_foobarbaz"')
    assert set(split_responses(quoted)) == {0, 1}


@pytest.mark.parametrize("cut", range(0, len(ANSWER), 7))
def test_an_answer_that_is_cut_off_gives_only_whole_parts(cut):
    for number, part in split_responses(answer(ANSWER[:cut])).items():
        if number == 1:
            assert part.content == b'{"error": {}}'


@pytest.mark.parametrize("content_type", ["", "application/json", "multipart/mixed"])
def test_an_answer_without_parts_has_none(content_type):
    assert split_responses(answer(content_type=content_type)) == {}
