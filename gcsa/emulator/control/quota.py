"""`/emulator/quota`: the limits on calls a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gcsa.emulator.control.guard import control, read

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request


class _Limits(msgspec.Struct, forbid_unknown_fields=True):
    """What of the limits to change; what is not named stays."""

    per_user: int | msgspec.UnsetType | None = msgspec.UNSET
    per_project: int | msgspec.UnsetType | None = msgspec.UNSET
    status: int | msgspec.UnsetType = msgspec.UNSET


@control("GET", "/quota")
def show(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001 (an endpoint's signature)
    """Return the limits; null is none."""
    quota = emulator.quota
    return {"per_user": quota.per_user, "per_project": quota.per_project, "status": quota.status}


@control("POST", "/quota")
def change(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Set limits; null takes one off."""
    limits = read(request, _Limits)
    for name in limits.__struct_fields__:
        value = getattr(limits, name)
        if value is not msgspec.UNSET:
            setattr(emulator.quota, name, value)
    return show(emulator, request)


@control("DELETE", "/quota")
def clear(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Take the limits off, and forget the calls that were counted."""
    emulator.quota.per_user = emulator.quota.per_project = None
    emulator.quota.clear()
    return show(emulator, request)
