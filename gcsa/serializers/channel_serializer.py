"""Push channels, to and from JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from gcsa.channel import Channel
from gcsa.serializers._layout import Converted, Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class _Milliseconds(Converted):
    """A moment: an aware datetime here, milliseconds since 1970 as a text at Google."""

    json_type = str

    def to_attribute(self, value: Any) -> datetime | None:
        try:
            return _EPOCH + timedelta(milliseconds=int(value))
        except (ValueError, OverflowError):
            return None

    def to_json(self, attribute: Any) -> Any:
        return str((attribute - _EPOCH) // _MILLISECOND)


_LAYOUT = Layout(
    Channel,
    {
        "id": Value("channel_id"),
        "resourceId": Value("resource_id"),
        "resourceUri": Value("resource_uri"),
        "token": Value("token"),
        "expiration": _Milliseconds("expiration"),
        "address": Value("address"),
    },
)


class ChannelSerializer(BaseSerializer[Channel]):
    """Turns a `Channel` into the JSON of a channel and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/channels
    """

    type_ = Channel

    def __init__(self, channel: Channel | dict[str, Any] | str) -> None:
        super().__init__(channel)

    @classmethod
    def write(cls, obj: Channel) -> dict[str, Any]:
        """Return the channel's JSON, its token included; None is left out."""
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Channel:
        """Return the channel, whatever the values are."""
        return _LAYOUT.read(resource)
