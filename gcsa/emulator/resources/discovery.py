"""The discovery document: what the API consists of, for clients that build themselves from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator.contract import contract_bytes
from gcsa.emulator.errors import JSON_HEADERS
from gcsa.emulator.http import Response
from gcsa.emulator.routes import endpoint

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request


@endpoint("GET", "/discovery/v1/apis/calendar/v3/rest")
def discovery(emulator: Emulator, request: Request) -> Response:  # noqa: ARG001 (an endpoint's signature)
    """Return the discovery document; it needs no credentials.

    Reference: https://developers.google.com/discovery/v1/reference/apis/getRest
    """
    return Response(200, JSON_HEADERS, contract_bytes())
