"""What a notification says: all of it is in its headers.

Reference: https://developers.google.com/workspace/calendar/api/guides/push#understand-google-calendar-api-notification-events
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from gcsa.emulator import times

if TYPE_CHECKING:
    from gcsa.emulator.store.channels import Channel, Notification

# https://developers.google.com/crawling/docs/crawlers-fetchers/apis-user-agent
_USER_AGENT = "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)"


def headers_of(channel: Channel, notification: Notification) -> dict[str, str]:
    """Return the headers of a notification; its body is empty."""
    expiration = times.from_seconds(channel.expiration // 1000)
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "Content-Length": "0",
        "Accept": "*/*",
        "User-Agent": _USER_AGENT,
        "X-Goog-Channel-ID": channel.id,
        "X-Goog-Channel-Expiration": format_datetime(expiration, usegmt=True),
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-URI": channel.resource_uri,
        "X-Goog-Resource-State": notification.state,
        "X-Goog-Message-Number": str(notification.number),
    }
    if channel.token is not None:
        # Blanks around a header's value are no part of it.
        headers["X-Goog-Channel-Token"] = channel.token.strip(" ")
    return headers
