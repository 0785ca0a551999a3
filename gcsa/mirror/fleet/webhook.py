"""The web hook of a fleet: each notification asks for its calendar to be synchronised, and is answered at once."""

from __future__ import annotations

from starlette.applications import Starlette

from gcsa.mirror.channels import Received
from gcsa.mirror.fleet.queue import URGENT, Queue
from gcsa.mirror.mirror import Mirror
from gcsa.mirror.webhook import webhook


def fleet_webhook(mirror: Mirror, queue: Queue) -> Starlette:
    """Return an ASGI application that takes Google's notifications for all accounts, at any path.

    Args:
        mirror: The mirror of any account in the fleet's database.
        queue: Where jobs are put.
    """

    def received(notification: Received) -> None:
        # The first one on a channel only says that it is open.
        if not notification.notification.is_sync:
            queue.sync(notification.account, notification.calendar_id, priority=URGENT)

    return webhook(mirror, received)
