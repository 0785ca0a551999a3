"""Delivering notifications: what is due, whether it got through, and when to try again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

import httpx2

from gcsa.emulator.access import rank, role_of
from gcsa.emulator.push.addresses import may_be_sent_to
from gcsa.emulator.push.courier import Courier
from gcsa.emulator.push.messages import headers_of
from gcsa.emulator.push.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.clock import Clock
    from gcsa.emulator.store import Store
    from gcsa.emulator.store.channels import Channel, Notification

# "To indicate success, you can return any of the following status codes: 200, 201, 202, 204, or 102. If your service
# uses Google's API client library and returns 500, 502, 503, or 504, the Google Calendar API retries with exponential
# backoff. Every other return status code is considered to be a message failure."
# https://developers.google.com/workspace/calendar/api/guides/push#responding-to-notifications
_RECEIVED: Final = frozenset({102, 200, 201, 202, 204})
_TRIED_AGAIN: Final = frozenset({500, 502, 503, 504})
# "it will continue to retry - based on an exponential backoff schedule - up to a maximum of several days"
# https://developers.google.com/crawling/docs/crawlers-fetchers/apis-user-agent
_LONGEST_PAUSE: Final = 3600
_MOST_ATTEMPTS: Final = 84  # 1 + 2 + 4 + … + 2048 seconds, then an hour each: three days
# The same page wants answers "within seconds".
_PATIENCE: Final = 5.0
# How long, in milliseconds, others leave a notification to a process that may have died over it.
_CLAIM: Final = 60_000


class Delivery(NamedTuple):
    """One attempt to deliver a notification.

    Attributes:
        channel_id: The channel's id.
        address: Where it was sent.
        state: 'sync', 'exists' or 'not_exists'.
        number: The message number.
        status: The status of the receiver's answer; None without one.
        is_received: Whether it was received.
        retry_in: Seconds until it is tried again; None when it is not.
    """

    channel_id: str
    address: str
    state: str
    number: int
    status: int | None
    is_received: bool
    retry_in: int | None


class Push:
    """The delivery of notifications.

    In real time it happens by itself, in a thread that runs once there is a channel. On a frozen clock nothing happens
    until `deliver` is called.

    Args:
        store: The database.
        clock: The emulator's clock.
        catch_up: Does what the passing of time has made due, which may be another change to tell of.
        allow_remote: Whether notifications may be sent to other machines.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        catch_up: Callable[[int], None],
        *,
        allow_remote: bool = False,
    ) -> None:
        self.allow_remote = allow_remote
        self._store = store
        self._clock = clock
        self._catch_up = catch_up
        self._lock = threading.Lock()
        self._transport: httpx2.BaseTransport | None = None
        self._client: httpx2.Client | None = None
        self._courier = Courier(self.deliver, clock)
        with store.reading():
            self._is_watched = store.channels.any()
        self.wake()

    @property
    def transport(self) -> httpx2.BaseTransport | None:
        """What carries notifications instead of the network; any address is allowed then."""
        return self._transport

    @transport.setter
    def transport(self, transport: httpx2.BaseTransport | None) -> None:
        with self._lock:
            self._transport = transport
            client, self._client = self._client, None
        if client is not None:
            client.close()

    @property
    def may_leave(self) -> bool:
        """Whether addresses on other machines are allowed."""
        return self.allow_remote or self._transport is not None

    def watched(self) -> None:
        """Take note that a channel was opened."""
        self._is_watched = True
        self.wake()

    def wake(self) -> None:
        """Deliver what is due, soon and in the background, if time runs."""
        if self._is_watched and not self._clock.is_frozen:
            self._courier.wake()

    def deliver(self) -> list[Delivery]:
        """Deliver what is due by now, on the emulator's clock, and return what came of it, in order."""
        now = self._clock.milliseconds()
        self._catch_up(now)
        with self._store.reading():
            expired = self._store.channels.expired(now)
            due = self._store.channels.due(now)
        if expired:
            with self._store.writing():
                for key in expired:
                    self._store.channels.close(key)
        deliveries = (self._deliver(notification, now) for notification in due)
        return [delivery for delivery in deliveries if delivery is not None]

    def close(self) -> None:
        """End the delivery in the background."""
        self._courier.stop()
        self.transport = None

    def _deliver(self, notification: Notification, now: int) -> Delivery | None:
        with self._store.writing():
            if not self._store.channels.claim(notification, now + _CLAIM):
                return None
            channel = self._store.channels.by_key(notification.channel)
            if channel is None or not self._is_allowed(channel, notification):
                self._store.channels.done(notification.key)
                return None
        status = self._post(channel, notification)
        attempts = notification.attempts + 1
        retry_in: int | None = None
        if (status is None or status in _TRIED_AGAIN) and attempts < _MOST_ATTEMPTS:
            retry_in = min(2**notification.attempts, _LONGEST_PAUSE)
        with self._store.writing():
            if retry_in is None:
                self._store.channels.done(notification.key)
            else:
                due = self._clock.milliseconds() + retry_in * 1000
                self._store.channels.retry(notification.key, due)
        return Delivery(
            channel.id,
            channel.address,
            notification.state,
            notification.number,
            status,
            status in _RECEIVED,
            retry_in,
        )

    def _is_allowed(self, channel: Channel, notification: Notification) -> bool:
        """Whether a channel's user may still see what is watched, and its address may still be sent to."""
        if not may_be_sent_to(channel.address, allow_remote=self.may_leave):
            return False
        role = ROLES.get(channel.watched)
        if role is None or notification.state == "not_exists":
            return True
        calendar = self._store.calendars.by_key(channel.subject)
        user = self._store.users.by_key(channel.user)
        if calendar is None or calendar.deleted or user is None:
            return False
        return rank(role_of(self._store, user, calendar)) >= rank(role)

    def _post(self, channel: Channel, notification: Notification) -> int | None:
        """Send a notification; return the status of the answer, None without one."""
        client = self._opened_client()
        headers = [
            (name.encode(), value.encode())
            for name, value in headers_of(channel, notification).items()
        ]
        try:
            # The body of the answer, which may have no end, is not read.
            with client.stream("POST", channel.address, headers=headers) as response:
                return response.status_code
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError):
            return None

    def _opened_client(self) -> httpx2.Client:
        with self._lock:
            if self._client is None:
                # Neither the environment's proxies nor a receiver's redirections lead anywhere else.
                self._client = httpx2.Client(
                    transport=self._transport,
                    timeout=_PATIENCE,
                    trust_env=False,
                    follow_redirects=False,
                )
            return self._client
