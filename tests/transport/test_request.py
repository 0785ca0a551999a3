"""A call as it is written on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx2
import pytest

from gcsa.emulator.clock import Clock
from gcsa.operations.operation import Operation
from gcsa.transport.patience import Patience, Retry
from gcsa.transport.request import build_request, encode_params, hurry

GOOGLE = "https://www.googleapis.com"


def request_of(method="GET", path="colors", **kwargs):
    return build_request(Operation(method, path, bytes, **kwargs), GOOGLE)


def test_parameters_are_written_as_google_reads_them():
    written = encode_params(
        {
            "singleEvents": True,
            "showDeleted": False,
            "maxResults": 5,
            "timeMin": datetime(2026, 3, 2, 9, tzinfo=UTC),
            "eventTypes": ["default", "focusTime"],
            "q": "lunch",
            "pageToken": None,
        }
    )
    assert written == [
        ("singleEvents", "true"),
        ("showDeleted", "false"),
        ("maxResults", "5"),
        ("timeMin", "2026-03-02T09:00:00+00:00"),
        ("eventTypes", "default"),
        ("eventTypes", "focusTime"),
        ("q", "lunch"),
    ]


def test_a_date_is_the_midnight_that_it_begins_with():
    ((_, text),) = encode_params({"timeMin": date(2026, 3, 2)})
    assert text.startswith("2026-03-02T00:00:00")


@pytest.mark.parametrize("text", ["a b+c&d=e#f", "Žluťoučký", "100%", "+420"])
def test_whatever_is_in_a_text_arrives(text):
    assert request_of(params={"q": text}).url.params["q"] == text


def test_a_plus_of_an_offset_is_not_a_blank():
    request = request_of(params={"timeMin": "2026-03-02T09:00:00+01:00"})
    assert request.url.query == b"timeMin=2026-03-02T09%3A00%3A00%2B01%3A00"


def test_a_quoted_identifier_stays_quoted():
    request = request_of(path="calendars/a%2Fb%40example.com")
    assert request.url.raw_path == b"/calendar/v3/calendars/a%2Fb%40example.com"


def test_a_body_is_json():
    request = request_of("POST", body={"summary": "Oběd"})
    assert request.content == '{"summary":"Oběd"}'.encode()
    assert request.headers["Content-Type"] == "application/json"


def test_without_a_body_there_is_no_content():
    request = request_of("POST")
    assert request.content == b""
    assert "Content-Type" not in request.headers


def test_answers_may_be_compressed():
    # Both are needed: https://developers.google.com/workspace/calendar/api/guides/performance#gzip
    request = request_of()
    assert request.headers["Accept-Encoding"] == "gzip"
    assert request.headers["User-Agent"].startswith("gcsa/")
    assert "gzip" in request.headers["User-Agent"]


def test_headers_of_the_call_are_sent():
    assert request_of(headers={"If-Match": '"1"'}).headers["If-Match"] == '"1"'


def hurried(passed):
    """A request that is to be sent when so many of 30 seconds have passed, and would wait for a minute."""
    clock = Clock.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC))
    patience = Patience(Retry(time_limit=30), clock)
    clock.advance(passed)
    request = request_of()
    hurry(request, httpx2.Timeout(60), patience)
    return request


@pytest.mark.parametrize(("passed", "left"), [(0, 30), (20, 10), (29.5, 0.5)])
def test_an_answer_is_waited_for_no_longer_than_there_is_time(passed, left):
    assert set(hurried(passed).extensions["timeout"].values()) == {left}


@pytest.mark.parametrize("passed", [30, 31])
def test_what_has_waited_until_the_time_is_up_is_not_sent(passed):
    with pytest.raises(httpx2.PoolTimeout, match="the time limit passed before it could be sent"):
        hurried(passed)
