"""Push channels, as Google opens them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gcsa.channel import Channel
from gcsa.serializers.channel_serializer import ChannelSerializer

RESOURCE = {
    "kind": "api#channel",
    "id": "channel",
    "resourceId": "resource",
    "resourceUri": "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json",
    "token": "secret",
    "expiration": "1772442000123",
}


def test_a_channel_is_read_with_the_moment_at_which_it_ends() -> None:
    channel = ChannelSerializer.to_object(RESOURCE)
    assert channel == Channel(
        "channel",
        "resource",
        "https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json",
        "secret",
        datetime(2026, 3, 2, 9, 0, 0, 123_000, tzinfo=UTC),
        other={"kind": "api#channel"},
    )
    assert ChannelSerializer.to_json(channel) == RESOURCE


def test_a_channel_is_written_with_where_it_sends() -> None:
    channel = Channel("channel", token="secret", address="https://example.com/hook")
    assert ChannelSerializer.to_json(channel) == {
        "id": "channel",
        "token": "secret",
        "address": "https://example.com/hook",
    }


@pytest.mark.parametrize("expiration", ["soon", "9" * 40, 1772442000123, None])
def test_an_end_that_cannot_be_read_goes_back_as_it_came(expiration: Any) -> None:
    resource = {"id": "channel", "expiration": expiration}
    channel = ChannelSerializer.to_object(resource)
    assert channel.expiration is None
    assert ChannelSerializer.to_json(channel) == resource


def test_an_instance_gives_the_channel_and_its_json() -> None:
    assert ChannelSerializer(Channel("channel")).get_json() == {"id": "channel"}
    assert ChannelSerializer(channel=RESOURCE).get_object().channel_id == "channel"
