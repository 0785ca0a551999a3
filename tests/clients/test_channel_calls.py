"""Push channels: opened, told of changes, and stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from gcsa.acl import AccessControlRule
from gcsa.calendar import Calendar
from gcsa.channel import UnknownNotificationError, parse_notification
from gcsa.errors import BadRequestError, NotFoundError
from gcsa.event import Event

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOOK = "https://app.example.com/hook"


@pytest.fixture
def received(emulator):
    """The headers of the notifications that arrived."""
    headers = []

    def receive(request):
        headers.append(request.headers)
        return httpx2.Response(204)

    emulator.push.transport = httpx2.MockTransport(receive)

    def deliver():
        headers.clear()
        emulator.deliver_notifications()
        return list(headers)

    return deliver


def lunch():
    return Event("Lunch", start=NOW + timedelta(hours=3))


def test_an_opened_channel_has_what_it_takes_to_check_and_to_stop_it(calendar, received):
    channel = calendar.watch_events(HOOK, ttl=3600)
    assert channel.id
    assert channel.resource_id
    assert channel.address == HOOK
    assert channel.expiration == NOW + timedelta(hours=1)
    assert len(channel.token) > 30


def test_each_channel_has_a_token_of_its_own(calendar, received):
    assert calendar.watch_events(HOOK).token != calendar.watch_events(HOOK).token


def test_a_token_of_ones_own_is_kept(calendar, received):
    channel = calendar.watch_events(HOOK, token="for=calendars")
    assert channel.token == "for=calendars"
    assert "for=calendars" not in repr(channel)


def test_the_first_notification_only_says_that_the_channel_is_open(calendar, received):
    channel = calendar.watch_events(HOOK)
    (headers,) = received()
    notification = parse_notification(headers, [channel])
    assert notification.is_sync
    assert notification.message_number == 1


def test_a_notification_says_what_changed_where(calendar, received):
    channel = calendar.watch_events(HOOK)
    received()
    calendar.add_event(lunch())

    (headers,) = received()
    notification = parse_notification(headers, {channel.id: channel})

    assert notification.channel is channel
    assert (notification.state, notification.is_sync) == ("exists", False)
    assert (notification.kind, notification.calendar_id) == ("events", "primary")
    assert notification.message_number > 1


def test_a_notification_of_another_calendar_names_it(calendar, received):
    team = calendar.add_calendar(Calendar("Team"))
    channel = calendar.watch_events(HOOK, calendar_id=team.id)
    notification = parse_notification(received()[0], [channel])
    assert notification.calendar_id == team.id


def test_access_rules_the_list_and_settings_are_watched_too(calendar, emulator, received):
    channels = [
        calendar.watch_acl_rules(HOOK),
        calendar.watch_calendar_list(HOOK),
        calendar.watch_settings(HOOK),
    ]
    received()
    calendar.add_acl_rule(
        AccessControlRule(role="reader", scope_type="user", scope_value="ann@example.com")
    )
    calendar.add_calendar(Calendar("Travel"))
    emulator.users.add("me@example.com", settings={"weekStart": "1"})

    told = [parse_notification(headers, channels) for headers in received()]

    assert {(one.kind, one.calendar_id) for one in told} == {
        ("acl", "primary"),
        ("calendarList", None),
        ("settings", None),
    }


def test_a_stopped_channel_is_told_of_nothing_more(calendar, received):
    channel = calendar.watch_events(HOOK)
    received()
    assert calendar.stop_channel(channel) is None
    calendar.add_event(lunch())
    assert received() == []


def test_a_channel_that_has_ended_is_not_found(calendar, received):
    channel = calendar.watch_events(HOOK)
    calendar.stop_channel(channel)
    with pytest.raises(NotFoundError):
        calendar.stop_channel(channel)


def test_parameters_of_the_listing_can_be_given(calendar, emulator, received):
    calendar.watch_events(HOOK, eventTypes=["default", "focusTime"])
    (request,) = emulator.requests.of("events.watch")
    assert request.query["eventTypes"] == ["default", "focusTime"]


@pytest.mark.parametrize("call", ["watch_events", "watch_calendar_list", "watch_settings"])
def test_bad_input_is_refused_before_anything_is_sent(calendar, emulator, call):
    watch = getattr(calendar, call)
    with pytest.raises(ValueError, match="address must be a web address such as 'https://…'"):
        watch("app.example.com/hook")
    with pytest.raises(ValueError, match="ttl must be a positive number of seconds, not 0"):
        watch(HOOK, ttl=0)
    with pytest.raises(ValueError, match="token must be at most 256 characters, not 257"):
        watch(HOOK, token="x" * 257)
    assert len(emulator.requests) == 0


def test_an_address_that_google_would_not_take_comes_with_its_reason(calendar):
    with pytest.raises(BadRequestError) as raised:
        calendar.watch_events("http://app.example.com/hook")
    assert raised.value.reason == "push.webhookUrlNotHttps"


def test_only_an_opened_channel_can_be_stopped(calendar):
    from gcsa.channel import Channel

    with pytest.raises(ValueError, match="only an opened channel can be stopped"):
        calendar.stop_channel(Channel("abc"))
    with pytest.raises(TypeError, match="channel must be Channel, not str"):
        calendar.stop_channel("abc")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X-Goog-Channel-ID": "another"}, "There is no open channel 'another'"),
        ({"X-Goog-Channel-Token": "guessed"}, "The token is not that of the channel"),
        ({"X-Goog-Resource-ID": "another"}, "The resource is not that of the channel"),
        ({"X-Goog-Resource-State": ""}, "has no state or no message number"),
        ({"X-Goog-Message-Number": "one"}, "has no state or no message number"),
    ],
)
def test_a_notification_that_is_not_googles_is_refused(calendar, received, change, message):
    channel = calendar.watch_events(HOOK)
    headers = {**received()[0], **{name.lower(): value for name, value in change.items()}}
    with pytest.raises(UnknownNotificationError, match=message):
        parse_notification(headers, [channel])


def test_a_request_without_any_of_the_headers_is_refused(calendar, received):
    channel = calendar.watch_events(HOOK)
    with pytest.raises(UnknownNotificationError, match="There is no open channel None"):
        parse_notification({"content-type": "text/plain"}, [channel])


def test_headers_are_read_in_any_spelling(calendar, received):
    channel = calendar.watch_events(HOOK)
    headers = {name.upper(): value for name, value in received()[0].items()}
    assert parse_notification(headers, [channel]).channel is channel
