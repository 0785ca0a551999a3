"""Push channels: where Google sends a notification when something changes, and what one says.

Reference: https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import attrs

# Of a notification: so many that a channel never has them, and few enough digits to be read as a number.
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


@attrs.define(slots=False, repr=False)
class Channel:
    """A channel that was opened with one of the `watch_…` calls.

    Args:
        channel_id: The channel's id, chosen by whoever opens it.
        resource_id: What is watched, in Google's opaque words; the same for every channel on the same thing.
        resource_uri: The address of what is watched.
        token: A secret that comes with each notification, to know that it is Google's.
        expiration: When the channel ends by itself.
        address: Where notifications are sent, an https address.
        other: What else Google says of it, under Google's own names.
    """

    channel_id: str
    resource_id: str | None = None
    resource_uri: str | None = None
    token: str | None = attrs.field(default=None, repr=False)
    expiration: datetime | None = None
    address: str | None = None
    other: dict[str, Any] = attrs.field(factory=dict[str, Any], kw_only=True)

    @property
    def id(self) -> str:
        """The channel's id."""
        return self.channel_id

    def __repr__(self) -> str:
        # Without the token: it is a secret.
        return f"<Channel {self.channel_id!r} until {self.expiration}>"


class UnknownNotificationError(ValueError):
    """A notification that is not one of the channels', or not Google's: it is to be ignored."""


@attrs.frozen
class Notification:
    """What a notification says: that something changed, not what. Ask for the changes to know.

    Args:
        channel: The channel that it came on.
        state: `'sync'` for the first one, which only says that the channel is open; then `'exists'`, or
            `'not_exists'` for what is deleted.
        message_number: 1 for the first one, and growing; some may be left out.
        kind: What changed: `'events'`, `'calendarList'`, `'acl'` or `'settings'`; None if that cannot be told.
        calendar_id: The calendar whose events or access rules changed; None for the others.
    """

    channel: Channel
    state: str
    message_number: int
    kind: str | None
    calendar_id: str | None

    @property
    def is_sync(self) -> bool:
        """Whether it only says that the channel is open."""
        return self.state == "sync"


def parse_notification(
    headers: Mapping[str, str], channels: Iterable[Channel] | Mapping[str, Channel]
) -> Notification:
    """Check a notification, and say what changed.

    The token is compared in constant time.

    Args:
        headers: The headers of the request that was received, in any spelling.
        channels: The channels that are open, or a mapping from their ids.

    Returns:
        The channel, and what changed.

    Raises:
        UnknownNotificationError: The channel is none of these, the token or the resource is not the
            channel's, or a header is missing. Answer 404, and do nothing.

    Reference: https://developers.google.com/workspace/calendar/api/guides/push#understanding-the-notification-message-format
    """
    said = {name.lower(): value for name, value in headers.items()}
    channel_id = said.get("x-goog-channel-id")
    channel = _find(channels, channel_id)
    if channel is None:
        raise UnknownNotificationError(f"There is no open channel {channel_id!r}.")
    if not _same(said.get("x-goog-channel-token", ""), channel.token or ""):
        raise UnknownNotificationError(f"The token is not that of the channel {channel_id!r}.")
    resource_id = said.get("x-goog-resource-id")
    if channel.resource_id is not None and resource_id != channel.resource_id:
        raise UnknownNotificationError(f"The resource is not that of the channel {channel_id!r}.")
    state, number = said.get("x-goog-resource-state"), said.get("x-goog-message-number", "")
    if not state or _NUMBER.fullmatch(number) is None:
        raise UnknownNotificationError(
            f"The notification on the channel {channel_id!r} has no state or no message number."
        )
    kind, calendar_id = _subject(said.get("x-goog-resource-uri") or channel.resource_uri or "")
    return Notification(channel, state, int(number), kind, calendar_id)


def _find(
    channels: Iterable[Channel] | Mapping[str, Channel], channel_id: str | None
) -> Channel | None:
    if channel_id is None:
        return None
    if isinstance(channels, Mapping):
        return cast("Mapping[str, Channel]", channels).get(channel_id)
    return next((channel for channel in channels if channel.channel_id == channel_id), None)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _subject(uri: str) -> tuple[str | None, str | None]:
    """Read from an address what is watched: `…/calendars/primary/events`, `…/users/me/settings`."""
    try:
        path = urlsplit(uri).path
    except ValueError:  # such as http://[
        return None, None
    segments = [unquote(segment) for segment in path.split("/")]
    for position, segment in enumerate(segments):
        rest = segments[position + 1 :]
        if segment == "calendars" and len(rest) >= 2:
            return rest[1], rest[0]
        if segment == "users" and len(rest) >= 2:
            return rest[1], None
    return None, None
