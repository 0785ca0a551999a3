"""The calls on push channels: to be told of changes, and to be told no more.

Reference: https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from gcsa.channel import Channel
from gcsa.operations.arguments import require
from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, Param, nothing, path
from gcsa.operations.runner import Caller
from gcsa.serializers.channel_serializer import ChannelSerializer

# "Maximum length: 256 characters" of X-Goog-Channel-Token, in the table of headers in
# https://developers.google.com/workspace/calendar/api/guides/push
LONGEST_TOKEN = 256


class Channels(Caller):
    """The methods on push channels, of both clients and of their batches."""

    @operation
    def watch_events(
        self,
        /,
        address: str,
        *,
        token: str | None = None,
        ttl: int | None = None,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[Channel]:
        """Have a notification sent whenever events of a calendar change.

        Args:
            address: Where to: an https address with a valid certificate.
            token: A secret that comes with each notification, at most 256 characters; a random one if
                None.
            ttl: Seconds after which the channel ends; Google's default is a week.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Returns:
            The channel. Keep it: stopping needs its ids, checking notifications its token.

        Raises:
            ValueError: The address is no web address, the token is too long, or `ttl` is not positive.
            TransportError: There was no answer. The call is not repeated then: the ids of a channel
                that was opened all the same could not be found out.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/watch
        """
        calendar_path = path("calendars", self.calendar_or_default(calendar_id), "events", "watch")
        return _watch(calendar_path, address, token, ttl, kwargs)

    @operation
    def watch_calendar_list(
        self,
        /,
        address: str,
        *,
        token: str | None = None,
        ttl: int | None = None,
        **kwargs: Param,
    ) -> Operation[Channel]:
        """Have a notification sent whenever the user's list of calendars changes.

        Args:
            address: As for `watch_events`, like the other arguments.
            token: A secret that comes with each notification; a random one if None.
            ttl: Seconds after which the channel ends.
            **kwargs: Further parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/watch
        """
        return _watch(path("users", "me", "calendarList", "watch"), address, token, ttl, kwargs)

    @operation
    def watch_acl_rules(
        self,
        /,
        address: str,
        *,
        token: str | None = None,
        ttl: int | None = None,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[Channel]:
        """Have a notification sent whenever the access rules of a calendar change.

        Args:
            address: As for `watch_events`, like the other arguments.
            token: A secret that comes with each notification; a random one if None.
            ttl: Seconds after which the channel ends.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/acl/watch
        """
        rules_path = path("calendars", self.calendar_or_default(calendar_id), "acl", "watch")
        return _watch(rules_path, address, token, ttl, kwargs)

    @operation
    def watch_settings(
        self,
        /,
        address: str,
        *,
        token: str | None = None,
        ttl: int | None = None,
        **kwargs: Param,
    ) -> Operation[Channel]:
        """Have a notification sent whenever the user's settings change.

        Args:
            address: As for `watch_events`, like the other arguments.
            token: A secret that comes with each notification; a random one if None.
            ttl: Seconds after which the channel ends.
            **kwargs: Further parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/watch
        """
        return _watch(path("users", "me", "settings", "watch"), address, token, ttl, kwargs)

    @operation
    def stop_channel(self, /, channel: Channel, **kwargs: Param) -> Operation[None]:
        """End a channel: no more notifications are sent.

        Args:
            channel: What one of the `watch_…` calls returned.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            ValueError: The channel has no `resource_id`: it was never opened.
            TypeError: `channel` is not a `Channel`.
            NotFoundError: It has ended, or somebody else opened it.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/channels/stop
        """
        if require(channel, Channel, "channel").resource_id is None:
            raise ValueError(
                f"{channel!r} has no resource_id: only an opened channel can be stopped."
            )
        body = {"id": channel.channel_id, "resourceId": channel.resource_id}
        return Operation(
            "POST", path("channels", "stop"), nothing, kwargs, body, done_when_gone=True
        )


def _watch(
    where: str, address: str, token: str | None, ttl: int | None, params: dict[str, Param]
) -> Operation[Channel]:
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"address must be a web address such as 'https://…', not {address!r}.")
    if ttl is not None and ttl <= 0:
        raise ValueError(f"ttl must be a positive number of seconds, not {ttl}.")
    if token is not None and len(token) > LONGEST_TOKEN:
        raise ValueError(f"token must be at most {LONGEST_TOKEN} characters, not {len(token)}.")
    secret = secrets.token_urlsafe(32) if token is None else token
    body: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "type": "web_hook",
        "address": address,
        "token": secret,
    }
    if ttl is not None:
        body["params"] = {"ttl": str(ttl)}

    def decode(data: bytes) -> Channel:
        channel = ChannelSerializer.from_bytes(data)
        channel.token = secret
        channel.address = address
        return channel

    return Operation("POST", where, decode, params, body, repeatable=False)
