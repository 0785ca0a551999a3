"""Endpoints of OAuth in the table of routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import routes
from gcsa.emulator.oauth.refusals import OAuthError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response
    from gcsa.emulator.routes import EndpointHandler


def endpoint(http_method: str, path: str) -> Callable[[EndpointHandler], EndpointHandler]:
    """Register what answers a path; an `OAuthError` becomes OAuth's error answer."""

    def register(handler: EndpointHandler) -> EndpointHandler:
        def answer(emulator: Emulator, request: Request) -> Response:
            try:
                return handler(emulator, request)
            except OAuthError as error:
                return error.response()

        routes.endpoint(http_method, path)(answer)
        return handler

    return register
