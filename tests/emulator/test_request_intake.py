"""How requests are taken in: tunnelled methods, compressed bodies, types of content."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from gcsa.emulator import Request
from gcsa.emulator.http import LARGEST_BODY

LIST = "/calendars/primary/events"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GZIPPED = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


def override(method):
    return {"X-HTTP-Method-Override": method}


def test_a_post_may_stand_for_a_patch(me, meeting):
    event = me.insert(meeting)
    me.ok("POST", f"{LIST}/{event['id']}", {"location": "Here"}, headers=override("PATCH"))
    patched = me.get(event["id"])
    assert (patched["summary"], patched["location"]) == ("Meeting", "Here")


def test_a_post_may_stand_for_a_delete(me, meeting):
    event = me.insert(meeting)
    assert me.call("POST", f"{LIST}/{event['id']}", headers=override("delete")).status == 204
    assert me.items() == []


def test_a_query_that_is_too_long_for_a_url_may_come_as_the_body_of_a_post(me, meeting):
    me.insert(meeting)
    me.insert({**meeting, "summary": "Lunch"})
    found = me.ok(
        "POST", LIST, b"q=Lunch&fields=items%2Fsummary", headers={**FORM, **override("GET")}
    )
    assert found == {"items": [{"summary": "Lunch"}]}


def test_only_a_post_stands_for_another_method(me, meeting):
    event = me.insert(meeting)
    reply = me.call("GET", f"{LIST}/{event['id']}", headers=override("DELETE"))
    assert reply.json["summary"] == "Meeting"
    assert len(me.items()) == 1


def test_a_method_that_is_none_is_404(me):
    assert me.error("POST", LIST, headers=override("BREW"))["status"] == 404


def test_a_compressed_body_is_read(me, meeting):
    content = gzip.compress(json.dumps(meeting).encode())
    assert me.ok("POST", LIST, content, headers=GZIPPED)["summary"] == "Meeting"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no gzip", id="no gzip"),
        pytest.param(gzip.compress(b"{}")[:-4], id="cut off at the end"),
        pytest.param(gzip.compress(b"x" * 1000)[:20], id="cut off in the middle"),
        pytest.param(zlib.compress(b"{}"), id="deflate"),
    ],
)
def test_a_body_that_cannot_be_decompressed_is_a_parse_error(me, content):
    error = me.error("POST", LIST, content, headers=GZIPPED)
    assert (error["status"], error["reason"]) == (400, "parseError")


def test_a_small_body_that_would_decompress_to_a_huge_one_is_refused(me):
    content = gzip.compress(b" " * (LARGEST_BODY + 1))
    assert len(content) < 20_000
    error = me.error("POST", LIST, content, headers=GZIPPED)
    assert (error["status"], error["reason"]) == (413, "uploadTooLarge")


def test_a_body_over_the_limit_is_refused_in_process_too(me):
    assert me.error("POST", LIST, b" " * (LARGEST_BODY + 1))["status"] == 413


def test_an_unknown_compression_is_refused(me):
    error = me.error("POST", LIST, b"{}", headers={"Content-Encoding": "br"})
    assert (error["status"], error["message"]) == (415, "Unsupported content encoding: br")


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.x+json",
        "",
    ],
)
def test_json_is_read_under_each_of_its_names(me, meeting, kind):
    content = json.dumps(meeting).encode()
    assert me.ok("POST", LIST, content, headers={"Content-Type": kind})["summary"] == "Meeting"


def test_a_body_that_does_not_say_what_it_is_is_read_as_json(me, meeting):
    assert me.ok("POST", LIST, json.dumps(meeting).encode())["summary"] == "Meeting"


def test_a_form_is_refused(me):
    error = me.error("POST", LIST, b"summary=Lunch", headers=FORM)
    assert (error["status"], error["reason"]) == (400, "parseError")
    assert error["message"] == "This API does not support parsing form-encoded input."


def test_another_type_of_content_is_refused_by_name(me):
    error = me.error(
        "POST", LIST, b"{}", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert (error["status"], error["reason"]) == (400, "badContent")
    assert error["message"] == "Unsupported content with type: multipart/form-data; boundary=x"


def test_the_body_of_a_call_that_has_none_is_of_no_account(me, meeting):
    event = me.insert(meeting)
    assert me.call("DELETE", f"{LIST}/{event['id']}", b"whatever", headers=FORM).status == 204


def test_a_method_that_is_no_methods_name_is_404(emulator):
    response = emulator.handle(
        Request.of(
            "BREW", f"/calendar/v3{LIST}", {"Authorization": "Bearer me@example.com"}.items()
        )
    )
    assert response.status == 404
