"""Push channels: where Google sends a notification when something changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs


@attrs.define(slots=False, repr=False)
class Channel:
    """A channel that was opened with one of the `watch_…` calls, or is about to be.

    Args:
        channel_id: The channel's id, chosen by whoever opens it; a UUID by default there.
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
