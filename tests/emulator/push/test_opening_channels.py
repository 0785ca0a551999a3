"""Opening and stopping push channels, as https://developers.google.com/workspace/calendar/api/guides/push says."""

from __future__ import annotations

import re

import pytest

from gcsa.emulator import Clock, Emulator

WEEK = 604_800
SHARED = "/calendars/me@example.com"


@pytest.fixture
def now(clock):
    return clock.milliseconds()


def test_a_channel_is_answered_as_it_was_opened(watch, now):
    channel = watch(token="target=me")
    assert channel == {
        "kind": "api#channel",
        "id": "channel-1",
        "resourceId": channel["resourceId"],
        "resourceUri": "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json",
        "token": "target=me",
        "expiration": str(now + WEEK * 1000),
    }
    assert re.fullmatch(r"[A-Za-z0-9_-]{27}", channel["resourceId"])


def test_a_channel_without_a_token_has_none(watch):
    assert "token" not in watch()


@pytest.mark.parametrize("kind", ["web_hook", "webhook"])
def test_both_spellings_of_the_type_will_do(watch, kind):
    assert watch(type=kind)["id"] == "channel-1"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/calendars/me@example.com/events", "calendars/me@example.com/events?alt=json"),
        ("/calendars/primary/acl", "calendars/primary/acl?alt=json"),
        ("/users/me/calendarList", "users/me/calendarList?alt=json"),
        ("/users/me/settings", "users/me/settings?alt=json"),
    ],
)
def test_four_kinds_of_things_can_be_watched(watch, path, uri):
    assert watch(path)["resourceUri"] == f"https://www.googleapis.com/calendar/v3/{uri}"


def test_the_address_of_what_is_watched_has_the_parameters_of_its_list(watch):
    channel = watch(query={"maxResults": 250, "singleEvents": "true", "prettyPrint": "false"})
    assert channel["resourceUri"].endswith("/events?maxResults=250&singleEvents=true&alt=json")


def test_what_is_watched_has_the_same_name_on_each_channel_of_a_user(watch):
    first = watch(id="1")
    again = watch("/calendars/me@example.com/events", id="2")
    rules = watch("/calendars/primary/acl", id="3")
    assert first["resourceId"] == again["resourceId"] != rules["resourceId"]


def test_what_is_watched_has_another_name_for_another_user(emulator, me, caller, watch):
    rule = {"role": "reader", "scope": {"type": "user", "value": "ann@example.com"}}
    me.ok("POST", "/calendars/primary/acl", rule)
    mine = watch(f"{SHARED}/events", id="1")
    anns = watch(f"{SHARED}/events", caller=caller(emulator, "ann@example.com"), id="2")
    assert mine["resourceId"] != anns["resourceId"]


# How long -------------------------------------------------------------------------------------------------


def test_a_channel_lives_for_the_seconds_that_it_asks_for(watch, now):
    assert watch(params={"ttl": "3600"})["expiration"] == str(now + 3_600_000)


def test_a_channel_lives_until_the_time_that_it_asks_for(watch, now):
    assert watch(expiration=now + 1234)["expiration"] == str(now + 1234)


def test_of_two_ends_the_earlier_counts(watch, now):
    channel = watch(expiration=str(now + 5000), params={"ttl": "4"})
    assert channel["expiration"] == str(now + 4000)


@pytest.mark.parametrize("ttl", ["0", "-5"])
def test_a_channel_that_is_over_already_is_refused(watch_error, ttl):
    error = watch_error(params={"ttl": ttl})
    assert (error["status"], error["reason"]) == (400, "invalid")
    assert error["message"] == f"Invalid ttl value for channel {ttl}"


def test_an_end_in_the_past_is_refused_in_seconds_from_now(watch_error, now):
    error = watch_error(expiration=now - 60_000)
    assert error["message"] == "Invalid ttl value for channel -60"


@pytest.mark.parametrize("ttl", ["soon", "1.5", "9" * 15, "9" * 16, ""])
def test_a_time_to_live_that_is_none_is_refused(watch_error, ttl):
    error = watch_error(params={"ttl": ttl})
    assert error["status"] == 400
    assert error["message"].startswith("Invalid ttl value for channel ")


def test_an_end_after_the_last_year_is_refused(watch_error):
    assert watch_error(expiration=2**62)["status"] == 400


# What is wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["id", "type", "address"])
def test_what_a_channel_needs_may_not_be_missing(watch_error, field):
    error = watch_error(**{field: None})
    assert (error["status"], error["reason"]) == (400, "required")
    assert error["message"] == f"Missing channel {field}."


@pytest.mark.parametrize("channel_id", ["a b", "é", "x" * 65, "a/b?c"])
def test_an_id_of_other_characters_or_too_long_is_refused(watch_error, channel_id):
    error = watch_error(id=channel_id)
    assert (error["status"], error["reason"]) == (400, "push.channelIdInvalid")


def test_an_id_may_have_64_of_its_characters(watch):
    channel_id = "aZ09-_+/=" + "x" * 55
    assert watch(id=channel_id)["id"] == channel_id


def test_an_id_that_is_in_use_is_refused_whoever_uses_it(emulator, caller, watch, watch_error):
    watch()
    error = watch_error(caller=caller(emulator, "ann@example.com"))
    assert (error["status"], error["reason"]) == (400, "channelIdNotUnique")
    assert error["message"] == "Channel id channel-1 not unique"


def test_an_id_can_be_used_again_when_its_channel_is_over(watch, clock):
    watch(params={"ttl": "60"})
    clock.advance(60)
    assert watch()["id"] == "channel-1"


def test_another_type_is_refused(watch_error):
    error = watch_error(type="carrier_pigeon")
    assert (error["status"], error["message"]) == (400, "Unknown channel type: carrier_pigeon")


def test_a_token_has_at_most_256_characters(watch, watch_error):
    assert watch(token="x" * 256)["token"] == "x" * 256
    assert watch_error(id="2", token="x" * 257)["message"] == (
        "Invalid channel token: the maximum length is 256 characters."
    )


def test_a_token_cannot_smuggle_headers(watch_error):
    error = watch_error(token="x\r\nX-Goog-Resource-State: exists")
    assert error["message"] == "Invalid channel token: it has control characters."


@pytest.mark.parametrize("field", ["id", "token", "address", "params", "expiration"])
def test_a_value_of_another_type_is_refused(watch_error, field):
    error = watch_error(**{field: [1]})
    assert (error["status"], error["reason"]) == (400, "invalid")


# Where to -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/hook",
        "http://127.0.0.1:8000/hook?a=b",
        "http://127.1.2.3/hook",
        "http://[::1]:8000/hook",
        "https://localhost/hook",
    ],
)
def test_this_machine_may_be_told_over_http_too(watch, address):
    assert watch(address=address)["id"] == "channel-1"


@pytest.mark.parametrize(
    "address",
    ["http://example.com/hook", "http://10.0.0.1/hook", "ftp://localhost/hook", "gopher://x/1"],
)
def test_others_are_told_over_https_only(watch_error, address):
    error = watch_error(address=address)
    assert (error["status"], error["reason"]) == (400, "push.webhookUrlNotHttps")
    assert error["message"] == f"WebHook callback must be HTTPS: {address}"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/hook",
        "https://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://127.0.0.1.example.com/",
        "https://127.0.0.1@example.com/",
        "https://2130706433/",
        "https://0.0.0.0/",
        "https://[::ffff:10.0.0.1]/",
        "https://localhost.example.com/",
    ],
)
def test_other_machines_are_not_told_anything(watch_error, address):
    error = watch_error(address=address)
    assert (error["status"], error["reason"]) == (401, "push.webhookUrlUnauthorized")
    assert error["message"] == f"Unauthorized WebHook callback channel: {address}"


def test_other_machines_may_be_allowed(clock, caller, channel_body):
    with Emulator(clock=clock, allow_remote_push=True) as emulator:
        body = channel_body(address="https://example.com/hook")
        channel = caller(emulator).ok("POST", "/calendars/primary/events/watch", body)
    assert channel["id"] == "channel-1"


def test_any_address_will_do_where_nothing_leaves_the_process(watch, receiver):
    assert watch(address="https://example.com/hook")["id"] == "channel-1"


@pytest.mark.parametrize(
    "address", ["hook", "/hook", "http://", "https:///hook", "http://[::1", "x" * 3000]
)
def test_what_is_no_address_is_refused(watch_error, address):
    error = watch_error(address=address)
    assert (error["status"], error["reason"]) == (400, "push.webhookUrlNoHostOrAddress")


# Who may --------------------------------------------------------------------------------------------------


def test_a_calendar_that_is_not_shared_cannot_be_watched(emulator, me, caller, watch_error):
    me.items()
    ann = caller(emulator, "ann@example.com")
    assert watch_error(f"{SHARED}/events", caller=ann)["status"] == 404


def test_who_may_list_events_or_rules_may_watch_them(emulator, me, caller, watch, watch_error):
    ann = caller(emulator, "ann@example.com")

    def share(role):
        scope = {"type": "user", "value": "ann@example.com"}
        me.ok("POST", "/calendars/primary/acl", {"role": role, "scope": scope})

    share("freeBusyReader")
    assert watch(f"{SHARED}/events", caller=ann)["id"] == "channel-1"
    share("reader")
    refused = watch_error(f"{SHARED}/acl", caller=ann, id="2")
    assert (refused["status"], refused["reason"]) == (403, "forbidden")
    assert refused == ann.error("GET", f"{SHARED}/acl")
    share("writer")
    assert watch(f"{SHARED}/acl", caller=ann, id="2")["id"] == "2"


# Stopping -------------------------------------------------------------------------------------------------


def stop_error(caller, **body):
    return caller.error("POST", "/channels/stop", body)


def test_a_channel_that_is_stopped_is_gone(me, watch):
    channel = watch()
    body = {"id": channel["id"], "resourceId": channel["resourceId"]}
    assert me.call("POST", "/channels/stop", body).status == 204
    error = stop_error(me, **body)
    assert (error["status"], error["reason"]) == (404, "notFound")
    assert re.fullmatch(r"Channel 'channel-1' not found for project '\d+'", error["message"])


def test_its_id_can_be_used_again(me, watch):
    channel = watch()
    me.ok("POST", "/channels/stop", channel)
    assert watch()["id"] == channel["id"]


def test_only_who_opened_a_channel_stops_it(emulator, me, caller, watch):
    channel = watch()
    assert stop_error(caller(emulator, "ann@example.com"), **channel)["status"] == 404
    assert me.call("POST", "/channels/stop", channel).status == 204


def test_a_channel_is_stopped_by_both_of_its_ids(me, watch):
    channel = watch()
    assert stop_error(me, id=channel["id"], resourceId="other")["status"] == 404
    assert stop_error(me, id=channel["id"])["message"] == "Missing channel resourceId."
    assert stop_error(me, resourceId=channel["resourceId"])["message"] == "Missing channel id."


def test_a_channel_that_is_over_cannot_be_stopped(me, watch, clock):
    channel = watch(params={"ttl": "60"})
    clock.advance(60)
    assert stop_error(me, **channel)["status"] == 404


def test_channels_survive_a_restart(tmp_path, clock, caller, channel_body):
    with Emulator(tmp_path / "calendars.db", clock=clock) as emulator:
        channel = caller(emulator).ok("POST", "/users/me/settings/watch", channel_body())
    with Emulator(tmp_path / "calendars.db", clock=Clock.frozen(clock.now())) as emulator:
        assert caller(emulator).call("POST", "/channels/stop", channel).status == 204
