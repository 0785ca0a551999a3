"""`/emulator/faults`: the faults that are ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from gcsa.emulator.control.guard import control, one, read
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.faults import Fault
    from gcsa.emulator.http import Request


class _Order(msgspec.Struct, forbid_unknown_fields=True):
    """The arguments of `Faults.add`."""

    status: int | None = None
    reason: str | None = None
    message: str | None = None
    retry_after: float | None = None
    drop: Literal["connect", "before", "after"] | None = None
    truncate: bool = False
    latency: float = 0.0
    on: str = "*"
    user: str | None = None
    times: int | None = None
    skip: int = 0
    rate: float = 1.0


@control("GET", "/faults")
def show(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001 (an endpoint's signature)
    """Return the faults, in the order in which they are asked."""
    return {"faults": [_described(fault) for fault in emulator.faults]}


@control("POST", "/faults")
def add(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Order a fault."""
    return _described(emulator.faults.add(**msgspec.structs.asdict(read(request, _Order))))


@control("DELETE", "/faults")
def remove(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Take the fault with this `id` off, or all of them."""
    wanted = one(request, "id")
    if wanted is None:
        emulator.faults.clear()
        return {"faults": []}
    found = [fault for fault in emulator.faults if str(fault.id) == wanted]
    if not found:
        raise ApiError(404, "notFound", f"There is no fault {wanted[:100]}.")
    found[0].remove()
    return show(emulator, request)


def _described(fault: Fault) -> dict[str, Any]:
    error = None if fault.error is None else fault.error()
    return {
        "id": fault.id,
        "on": fault.on,
        "user": fault.user,
        "status": None if error is None else error.status,
        "reason": None if error is None else error.reason,
        "message": None if error is None else error.message,
        "drop": fault.drop,
        "truncate": fault.truncate,
        "latency": fault.latency,
        "rate": fault.rate,
        "skip": fault.skip,
        "remaining": fault.remaining,
        "hits": fault.hits,
    }
