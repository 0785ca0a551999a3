"""`/emulator/channels` and `/emulator/notifications`: who is told of changes, and telling them now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcsa.emulator import times
from gcsa.emulator.control.guard import Nothing, control, read

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request


@control("GET", "/channels")
def channels(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001 (an endpoint's signature)
    """Return the push channels that are open, without their tokens, and how many notifications wait."""
    now = emulator.clock.milliseconds()
    with emulator.store.reading():
        waiting = emulator.store.channels.waiting()
        found = [
            {
                "id": channel.id,
                "user": user.email if (user := emulator.store.users.by_key(channel.user)) else None,
                "address": channel.address,
                "resource_id": channel.resource_id,
                "resource_uri": channel.resource_uri,
                "expiration": times.rfc3339_milliseconds(channel.expiration),
                "messages": channel.messages,
            }
            for channel in emulator.store.channels.every()
            if channel.expiration > now
        ]
    return {"channels": found, "waiting": waiting}


@control("POST", "/notifications/deliver")
def deliver(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Deliver the notifications that are due, and return what came of each."""
    read(request, Nothing)
    return {"deliveries": [delivery._asdict() for delivery in emulator.deliver_notifications()]}
