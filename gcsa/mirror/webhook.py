"""The web hook of a mirror: an ASGI application that receives Google's notifications.

    uvicorn my_calendars:app

with, in `my_calendars.py`,

    from gcsa.mirror import Mirror
    from gcsa.mirror.webhook import webhook

    app = webhook(Mirror("sqlite:///calendars.db"))

Reference: https://developers.google.com/workspace/calendar/api/guides/push#receiving-notifications
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from gcsa.channel import UnknownNotificationError
from gcsa.mirror.channels import Received

if TYPE_CHECKING:
    from starlette.requests import Request

    from gcsa.mirror.mirror import Mirror

log = logging.getLogger(__name__)


def webhook(mirror: Mirror, received: Callable[[Received], object] | None = None) -> Starlette:
    """Return the application; it takes notifications at any path.

    A notification is checked against the mirror's channels, its token in constant time, and marks its calendar as due
    for `Mirror.sync_due`. Then it is answered; nothing is synchronised before that.

    Args:
        mirror: The mirror. It receives the notifications of all accounts in its database.
        received: What is called with each notification after that, in a thread: to put a job into a queue, say. If it
            raises, Google is asked to send the notification again.

    Returns:
        An ASGI application. It answers 204 to a notification, 404 to one that is not on an open channel or not
        Google's, and 503 where the database cannot be used, so that Google sends the notification again.
    """

    def take(headers: dict[str, str]) -> int:
        try:
            notification = mirror.receive(headers)
            if received is not None:
                received(notification)
        except UnknownNotificationError as error:
            log.warning("A notification is refused: %s", error)
            return 404
        except Exception as error:
            log.exception("A notification could not be taken: %s", error)
            return 503
        return 204

    async def answer(request: Request) -> Response:
        return Response(status_code=await run_in_threadpool(take, dict(request.headers)))

    return Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
