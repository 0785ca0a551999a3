"""Push: channels, the web hook, and what is due."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.testclient import TestClient

from gcsa.calendar import Calendar
from gcsa.channel import UnknownNotificationError
from gcsa.errors import BadRequestError, NotFoundError
from gcsa.event import Event
from gcsa.mirror import UnknownCalendarError
from gcsa.mirror.webhook import webhook

ADDRESS = "https://calendars.example.com/notifications"
WEEK = timedelta(days=7)


def lunch(day=3):
    return Event("Lunch", datetime(2026, 3, day, 12, tzinfo=UTC))


class Hook(httpx2.BaseTransport):
    """Carries the emulator's notifications to the web hook, with no network between them."""

    def __init__(self, app):
        self.app = app
        self.statuses = []
        self.requests = []

    def handle_request(self, request):
        self.requests.append(request)
        with TestClient(self.app, raise_server_exceptions=False) as client:
            answer = client.request(
                request.method,
                request.url.path,
                headers=dict(request.headers),
                content=request.read(),
            )
        self.statuses.append(answer.status_code)
        return httpx2.Response(answer.status_code)


@pytest.fixture
def hook(mirror, emulator):
    hook = Hook(webhook(mirror))
    emulator.push.transport = hook
    return hook


@pytest.fixture
def watched(mirror, client, hook, emulator):
    """The primary calendar, synchronised and watched."""
    mirror.sync(client)
    channel = mirror.watch(client, "primary", ADDRESS)
    emulator.deliver_notifications()
    return channel


def due(mirror):
    return [calendar.id for calendar in mirror.calendars() if calendar.is_due]


def test_a_notification_marks_its_calendar_as_due(mirror, client, emulator, hook, watched):
    assert (hook.statuses, due(mirror)) == ([204], [])  # it is open
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert hook.statuses == [204, 204]
    assert due(mirror) == ["me@example.com"]


def test_what_is_due_is_synchronised_once(mirror, client, emulator, watched):
    for day in range(3, 9):
        client.add_event(lunch(day))
        emulator.deliver_notifications()
    assert mirror.sync_due(client).reports["me@example.com"].added == 6
    assert due(mirror) == []
    assert mirror.sync_due(client).reports == {}


def test_a_notification_that_comes_while_its_calendar_is_synchronised_is_not_lost(
    mirror, client, emulator, watched, between
):
    def change(request):
        if "events" in request.url.path:
            client.add_event(lunch())
            emulator.deliver_notifications()

    slow, _ = between(change)
    mirror.sync(slow, "me@example.com")
    assert due(mirror) == ["me@example.com"]


def test_a_lost_notification_is_healed_after_a_while(mirror, client, clock, watched):
    client.add_event(lunch())
    assert mirror.sync_due(client, every=timedelta(minutes=30)).reports == {}
    clock.advance(timedelta(minutes=30))
    assert mirror.sync_due(client, every=timedelta(minutes=30)).added == 1


def test_a_calendar_that_was_never_synchronised_is_due(mirror, client, clock):
    music = client.add_calendar(Calendar("Music"))
    mirror.sync_all(client)
    client.add_calendar(Calendar("Sports"))
    mirror.sync_all(client)
    clock.advance(timedelta(hours=2))
    client.add_event(lunch(), calendar_id=music.id)
    assert len(mirror.sync_due(client).reports) == 3


def test_a_calendar_that_fails_is_left_alone_for_longer_and_longer(mirror, client, clock, watched):
    music = client.add_calendar(Calendar("Music"))
    mirror.sync(client, music.id)
    client.delete_calendar(music)
    hour = timedelta(hours=1)
    clock.advance(hour)
    report = mirror.sync_due(client, every=hour)
    assert report.reports.keys() == {"me@example.com"}
    assert isinstance(report.failures[music.id], NotFoundError)
    for pause in (30, 60, 120):
        clock.advance(timedelta(seconds=pause - 1))
        assert mirror.sync_due(client, every=hour).failures == {}
        clock.advance(timedelta(seconds=1))
        assert mirror.sync_due(client, every=hour).failures.keys() == {music.id}


def test_a_calendar_that_is_forgotten_is_not_due(mirror, client, clock):
    mirror.sync(client)
    mirror.forget("primary")
    clock.advance(timedelta(days=1))
    assert mirror.sync_due(client).reports == {}


def test_a_notification_is_for_the_account_that_watches(mirror, emulator, client, hook):
    ann = emulator.client("ann@example.com")
    hers = mirror.of("ann")
    hers.sync(ann)
    mirror.sync(client)
    hers.watch(ann, "primary", ADDRESS)
    ann.add_event(lunch())
    emulator.deliver_notifications()
    assert (due(hers), due(mirror)) == (["ann@example.com"], [])


# What the web hook refuses.


def headers_of(channel, **changes):
    headers = {
        "X-Goog-Channel-ID": channel.channel_id,
        "X-Goog-Channel-Token": channel.token,
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-State": "exists",
        "X-Goog-Message-Number": "2",
    }
    return {name: value for name, value in {**headers, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"X-Goog-Channel-ID": "another"},
        {"X-Goog-Channel-ID": None},
        {"X-Goog-Channel-Token": "guessed"},
        {"X-Goog-Channel-Token": None},
        {"X-Goog-Channel-Token": "\xe9"},
        {"X-Goog-Resource-ID": "another"},
        {"X-Goog-Resource-State": None},
        {"X-Goog-Message-Number": "two"},
    ],
    ids=lambda changes: " ".join(f"{name} {value!r}" for name, value in changes.items()),
)
def test_a_forged_notification_is_refused(mirror, watched, changes, caplog):
    with (
        TestClient(webhook(mirror)) as sender,
        caplog.at_level(logging.WARNING, logger="gcsa.mirror"),
    ):
        headers = [(k, v.encode("latin-1")) for k, v in headers_of(watched, **changes).items()]
        assert sender.post("/notifications", headers=headers).status_code == 404
    assert due(mirror) == []
    assert "A notification is refused" in caplog.text
    assert watched.token not in caplog.text


def test_a_true_notification_is_taken_at_any_path(mirror, watched):
    with TestClient(webhook(mirror)) as sender:
        for path in ("/", "/notifications", "/a/b"):
            assert sender.post(path, headers=headers_of(watched)).status_code == 204
    assert due(mirror) == ["me@example.com"]


def test_only_posts_are_notifications(mirror, watched):
    with TestClient(webhook(mirror)) as sender:
        assert sender.get("/", headers=headers_of(watched)).status_code == 405


def test_without_its_database_the_web_hook_asks_for_the_notification_again(
    mirror, watched, monkeypatch, caplog
):
    from gcsa.mirror import DatabaseError
    from gcsa.mirror.database import Database

    def unreachable(self):
        raise DatabaseError("out of reach")

    with TestClient(webhook(mirror)) as sender, monkeypatch.context() as patch:
        patch.setattr(Database, "reading", unreachable)
        assert sender.post("/", headers=headers_of(watched)).status_code == 503
        assert sender.post("/", headers=headers_of(watched)).status_code == 503
    assert "out of reach" in caplog.text


def test_who_receives_notifications_is_told_of_each(mirror, watched):
    received = []
    with TestClient(webhook(mirror, received.append)) as sender:
        sender.post("/", headers=headers_of(watched))
        sender.post("/", headers=headers_of(watched, **{"X-Goog-Channel-Token": "guessed"}))
    [one] = received
    assert (one.account, one.calendar_id) == ("me", "me@example.com")
    assert one.notification.message_number == 2


def test_a_notification_that_its_receiver_cannot_take_is_asked_for_again(mirror, watched, caplog):
    def fail(received):
        raise RuntimeError("the queue is full")

    with TestClient(webhook(mirror, fail)) as sender:
        assert sender.post("/", headers=headers_of(watched)).status_code == 503
    assert "the queue is full" in caplog.text


def test_another_web_framework_may_hand_over_the_headers(mirror, watched):
    lower = {name.lower(): value for name, value in headers_of(watched).items()}
    assert mirror.receive(lower).calendar_id == "me@example.com"
    with pytest.raises(UnknownNotificationError, match="There is no open channel 'another'"):
        mirror.receive({**lower, "x-goog-channel-id": "another"})


# Channels.


def test_a_calendar_has_to_be_there_to_be_watched(mirror, client):
    with pytest.raises(UnknownCalendarError, match="brings it in"):
        mirror.watch(client, "music@example.com", ADDRESS)


def test_a_channel_that_cannot_be_opened_is_not_written_down(mirror, client, hook):
    mirror.sync(client)
    with pytest.raises(BadRequestError, match="HTTPS"):
        mirror.watch(client, "primary", "http://calendars.example.com/")
    assert mirror.renew(client, within=10 * WEEK).channels == {}


def test_watching_again_stops_the_channel_before(mirror, client, emulator, hook, watched):
    mirror.watch(client, "primary", ADDRESS)
    emulator.deliver_notifications()
    hook.requests.clear()
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert len(hook.requests) == 1


def test_two_addresses_may_be_told(mirror, client, emulator, hook, watched):
    mirror.watch(client, "primary", "https://elsewhere.example.com/")
    emulator.deliver_notifications()
    hook.requests.clear()
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert {str(request.url) for request in hook.requests} == {
        ADDRESS,
        "https://elsewhere.example.com/",
    }


def test_what_ends_soon_is_renewed(mirror, client, emulator, clock, hook, watched):
    assert mirror.renew(client).channels == {}
    clock.advance(WEEK - timedelta(hours=2))
    renewed = mirror.renew(client)
    [channel] = renewed.channels.values()
    assert channel.expiration == clock.now() + WEEK
    assert renewed.failures == {}
    assert mirror.renew(client).channels == {}
    clock.advance(timedelta(hours=3))
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert due(mirror) == ["me@example.com"]


def test_what_has_ended_meanwhile_is_opened_again(mirror, client, emulator, clock, hook, watched):
    clock.advance(2 * WEEK)
    assert mirror.renew(client).channels.keys() == {"me@example.com"}
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert due(mirror) == ["me@example.com"]


def test_a_channel_is_renewed_for_the_time_that_was_asked_for(mirror, client, clock, hook):
    mirror.sync(client)
    channel = mirror.watch(client, "primary", ADDRESS, ttl=3600)
    assert channel.expiration == clock.now() + timedelta(hours=1)
    clock.advance(timedelta(minutes=50))
    [renewed] = mirror.renew(client, within=timedelta(minutes=15)).channels.values()
    assert renewed.expiration == clock.now() + timedelta(hours=1)


def test_a_calendar_that_cannot_be_watched_any_more_does_not_keep_others_from_it(
    mirror, client, clock, hook, watched
):
    music = client.add_calendar(Calendar("Music"))
    mirror.sync(client, music.id)
    mirror.watch(client, music.id, ADDRESS)
    client.delete_calendar(music)
    clock.advance(WEEK - timedelta(hours=1))
    report = mirror.renew(client)
    assert report.channels.keys() == {"me@example.com"}
    assert isinstance(report.failures[music.id], NotFoundError)


def test_a_calendar_that_is_watched_no_more_is_silent(mirror, client, emulator, hook, watched):
    mirror.unwatch(client, "primary")
    hook.requests.clear()
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert hook.requests == []
    assert mirror.renew(client, within=10 * WEEK).channels == {}
    mirror.unwatch(client, "primary")


def test_a_channel_that_has_ended_by_itself_can_be_stopped(mirror, client, clock, watched):
    clock.advance(2 * WEEK)
    mirror.unwatch(client, "primary")
    assert mirror.renew(client).channels == {}


def test_a_crash_while_a_channel_is_opened_loses_no_notification(
    mirror, client, emulator, hook, between
):
    """The channel is open, but nobody has heard of it."""
    mirror.sync(client)

    class Crash(BaseException):
        pass

    def lose_the_answer(request):
        if request.url.path.endswith("/watch"):
            emulator.transport.handle_request(request)
            raise Crash

    crashing, _ = between(lose_the_answer)
    with pytest.raises(Crash):
        mirror.watch(crashing, "me@example.com", ADDRESS)
    client.add_event(lunch())
    emulator.deliver_notifications()
    assert hook.statuses == [204, 204]
    assert due(mirror) == ["me@example.com"]


def test_a_channel_of_which_nobody_has_heard_is_opened_anew_in_the_end(
    mirror, client, emulator, hook, between, clock
):
    mirror.sync(client)

    class Crash(BaseException):
        pass

    def fail(request):
        if request.url.path.endswith("/watch"):
            raise Crash

    crashing, _ = between(fail)
    with pytest.raises(Crash):
        mirror.watch(crashing, "me@example.com", ADDRESS)
    assert mirror.renew(client).channels == {}
    clock.advance(WEEK)
    assert mirror.renew(client).channels.keys() == {"me@example.com"}


def test_a_forgotten_calendar_has_no_channels(mirror, client, watched):
    mirror.forget("primary")
    with pytest.raises(UnknownNotificationError):
        mirror.receive(headers_of(watched))


def test_the_token_is_in_no_repr(mirror, watched):
    assert watched.token not in repr(mirror.receive(headers_of(watched)))
