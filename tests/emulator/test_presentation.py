"""How answers are presented: alt, callback, prettyPrint and the other parameters that every method has."""

from __future__ import annotations

import json

import pytest

LIST = "/calendars/primary/events"


def test_answers_are_indented_as_googles_are(me):
    assert me.call("GET", LIST).body.startswith(b'{\n "kind": "calendar#events",\n')


@pytest.mark.parametrize("query", [{"prettyPrint": "false"}, {"prettyPrint": "FALSE"}, {"pp": "0"}])
def test_answers_are_compact_where_that_is_asked_for(me, query):
    assert me.call("GET", LIST, **query).body.startswith(b'{"kind":"calendar#events",')


def test_errors_are_indented_in_any_case(me):
    assert me.call("GET", "/calendars/nobody@example.com", prettyPrint="false").body.startswith(
        b"{\n"
    )


def test_an_odd_pretty_print_is_refused(me):
    error = me.error("GET", LIST, prettyPrint="perhaps")
    assert (error["status"], error["location"]) == (400, "prettyPrint")


@pytest.mark.parametrize("alt", ["json", "JSON", ""])
def test_json_is_the_format_of_answers(me, alt):
    assert (
        me.call("GET", LIST, alt=alt).headers["content-type"] == "application/json; charset=UTF-8"
    )


@pytest.mark.parametrize("alt", ["media", "Media"])
def test_media_is_refused_for_there_is_none(me, alt):
    error = me.error("GET", LIST, alt=alt)
    assert (error["status"], error["reason"]) == (400, "badRequest")
    assert error["message"] == 'Unsupported alt type "media" for non byte stream request.'


def test_another_format_is_refused_before_anybody_asks_who_is_calling(emulator, caller):
    error = caller(emulator, user=None).error("GET", LIST, alt="atom")
    assert (error["status"], error["reason"], error["location"]) == (400, "invalidAltValue", "alt")
    assert error["message"] == "Unknown output format: atom"


def test_a_callback_makes_the_answer_a_script(me, meeting):
    me.insert(meeting)
    reply = me.call("GET", LIST, callback="my.handlers[0]", fields="items/summary")
    assert reply.headers["content-type"] == "text/javascript; charset=UTF-8"
    assert reply.body.startswith(b"// API callback\nmy.handlers[0](")
    assert reply.body.endswith(b");")
    told = json.loads(reply.body.partition(b"(")[2].removesuffix(b");"))
    assert told == {"items": [{"summary": "Meeting"}]}


def test_a_callback_is_told_of_errors_with_status_200(me):
    reply = me.call("GET", "/calendars/nobody@example.com", callback="cb")
    assert reply.status == 200
    told = json.loads(reply.body.partition(b"(")[2].removesuffix(b");"))
    assert told["error"]["code"] == 404


@pytest.mark.parametrize("name", ["alert(1)//", "a b", "a;b", "<script>", "é", "a\nb"])
def test_a_callback_that_is_no_name_is_refused_and_not_repeated_as_a_script(me, name):
    error = me.error("GET", LIST, callback=name)
    assert (error["status"], error["reason"]) == (400, "badRequest")
    assert error["message"].startswith(f"Invalid JSONP callback name: '{name}'; only alphabet")


def test_an_empty_callback_is_none(me):
    assert me.call("GET", LIST, callback="").headers["content-type"].startswith("application/json")


def test_a_call_that_changes_something_has_no_callback(me, meeting):
    reply = me.call("POST", LIST, meeting, callback="cb")
    assert reply.json["summary"] == "Meeting"


@pytest.mark.parametrize("version", ["1", "2"])
def test_both_versions_of_errors_are_known(me, version):
    assert me.call("GET", LIST, **{"$.xgafv": version}).status == 200


def test_another_version_of_errors_is_refused(me):
    error = me.error("GET", LIST, **{"$.xgafv": ["1", "3"]})
    assert error["message"] == (
        "Invalid query parameters. Invalid value '3' for system query parameter : $.xgafv"
    )


@pytest.mark.parametrize("name", ["key", "quotaUser", "userIp", "uploadType", "anything"])
def test_parameters_that_change_no_answer_are_taken(me, name):
    assert me.call("GET", LIST, **{name: "x"}).body == me.call("GET", LIST).body


@pytest.mark.parametrize("name", ["access_token", "oauth_token"])
def test_a_token_may_come_as_a_parameter(emulator, caller, name):
    nobody = caller(emulator, user=None)
    assert nobody.ok("GET", LIST, **{name: "you@example.com"})["summary"] == "you@example.com"


def test_head_is_answered_as_get_without_the_body(me):
    got, head = me.call("GET", LIST), me.call("HEAD", LIST)
    assert (head.status, head.body) == (200, b"")
    assert head.headers == {**got.headers, "content-length": str(len(got.body))}


def test_head_of_what_is_not_there_is_404(me):
    reply = me.call("HEAD", f"{LIST}/nosuchevent")
    assert (reply.status, reply.body) == (404, b"")
