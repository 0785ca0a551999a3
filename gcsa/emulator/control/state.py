"""`/emulator/reset`, `snapshot`, `restore` and `seed`: everything that is stored, as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcsa.emulator.control.guard import Nothing, check_type, control, read
from gcsa.emulator.http import Response

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request

_DATABASE = "application/vnd.sqlite3"


@control("POST", "/reset")
def reset(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Start again from nothing."""
    read(request, Nothing)
    emulator.reset()
    return {}


@control("GET", "/snapshot")
def snapshot(emulator: Emulator, request: Request) -> Response:  # noqa: ARG001 (an endpoint's signature)
    """Return everything that is stored: an SQLite database."""
    return Response(200, {"content-type": _DATABASE}, emulator.snapshot())


@control("POST", "/restore")
def restore(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Make everything that is stored as a snapshot has it."""
    check_type(request, _DATABASE)
    emulator.restore(request.body)
    return {}


@control("POST", "/seed")
def seed(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Add the users, groups, calendars and events of a seed file, as JSON."""
    return emulator.seed_from(read(request, dict[str, Any])).as_dict()
