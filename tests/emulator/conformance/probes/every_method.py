"""What every method has: the parameters of its path, and those that are common to all."""

from __future__ import annotations

from tests.emulator.conformance.document import METHODS, PARAMETERS
from tests.emulator.conformance.probing import shows
from tests.emulator.conformance.stage import Person
from tests.emulator.conformance.typical import NOTHING, TypicalStage

PATHS = [
    claim
    for claim in PARAMETERS
    if METHODS[claim.partition("?")[0]]["parameters"][claim.partition("?")[2]]["location"] == "path"
]


def typical_calls(stage, parameters, person=None):
    """Each method with the answers to its typical call, with these parameters and without."""
    own = TypicalStage(stage)
    with own.emulator:
        for method in METHODS:
            yield method, own.play(method, person, **parameters), own.play(method)


@shows(*PATHS)
def what_a_path_names_is_what_the_call_is_about(stage):
    own = TypicalStage(stage)
    with own.emulator:
        for claim in PATHS:
            method, _, name = claim.partition("?")
            missing = own.play(method, **{name: NOTHING[name]})
            assert (missing.status, missing.reason) == (404, "notFound"), claim
            assert own.play(method).status < 300, claim


@shows("?alt")
def answers_are_json_and_nothing_else(stage):
    for method, reply, usual in typical_calls(stage, {"alt": "json"}):
        assert reply.status == usual.status < 300, method
    for method, reply, _ in typical_calls(stage, {"alt": "proto"}):
        assert (reply.status, reply.reason) == (400, "invalidAltValue"), method


@shows("?fields")
def only_the_fields_that_are_selected_are_answered(stage):
    for method, reply, usual in typical_calls(stage, {"fields": "kind"}):
        assert reply.status == usual.status < 300, method
        if usual.json is not None:
            assert reply.json == {"kind": usual.json["kind"]}, method
    for method, reply, usual in typical_calls(stage, {"fields": "nothing"}):
        if usual.json is not None:
            assert (reply.status, reply.reason) == (400, "invalidParameter"), method


@shows("?prettyPrint")
def answers_are_indented_unless_told_otherwise(stage):
    for method, reply, usual in typical_calls(stage, {"prettyPrint": False}):
        assert reply.status == usual.status < 300, method
        if usual.json is not None:
            assert b"\n" not in reply.body, method
            assert usual.body.startswith(b'{\n "kind": '), method
            assert reply.json.keys() == usual.json.keys(), method


@shows("?oauth_token")
def a_token_may_come_in_the_query(stage):
    nobody = Person(stage, None, token="")
    own = TypicalStage(stage)
    nobody.stage = own
    with own.emulator:
        for method in METHODS:
            assert own.play(method, nobody).status == 401, method
            reply = own.play(method, nobody, oauth_token="me@example.com")
            assert reply.status < 300, (method, reply)


@shows("?key")
def a_key_goes_unheeded_beside_a_token_and_reads_what_is_public_without(stage):
    for method, reply, usual in typical_calls(stage, {"key": "AIzaSy"}):
        assert reply.status == usual.status < 300, method
    nobody = Person(stage, None, token="")
    public = {"role": "reader", "scope": {"type": "default"}}
    stage.me.ok("acl.insert", public, calendarId="primary")
    assert nobody.refused("events.list", calendarId="me@example.com")[0] == 401
    assert nobody.events("me@example.com", key="AIzaSy") == []


@shows("?quotaUser", "?userIp")
def calls_count_for_the_user_that_they_name(stage):
    for name in ("quotaUser", "userIp"):
        own = TypicalStage(stage)
        with own.emulator:
            own.emulator.quota.per_user = 1
            for method in METHODS:
                own.emulator.quota.clear()
                assert own.play(method, **{name: "10.0.0.1"}).status < 300, (name, method)
                refused = own.play(method, **{name: "10.0.0.1"})
                assert refused.reason == "userRateLimitExceeded", (name, method)
                assert own.play(method).status < 300, (name, method)
