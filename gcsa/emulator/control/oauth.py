"""`/emulator/client-secrets` and `/emulator/service-accounts`: the files that Google's console would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gcsa.emulator.control.guard import control, read
from gcsa.emulator.oauth import clients, service_accounts

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request


class _Program(msgspec.Struct, forbid_unknown_fields=True):
    """What a program is registered with; see `Emulator.client_secrets`."""

    kind: clients.ClientKind = "installed"
    redirect_uris: list[str] | None = None


class _ServiceAccount(msgspec.Struct, forbid_unknown_fields=True):
    """What a service account is made with; see `Emulator.service_account_info`."""

    email: str = service_accounts.DEFAULT_EMAIL
    domain: str | None = None


@control("POST", "/client-secrets")
def client_secrets(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Register a program that asks users for access, and return its client secrets."""
    program = read(request, _Program)
    found: dict[str, Any] = clients.register_client(
        emulator.store, program.kind, _address(emulator, request), program.redirect_uris
    )
    return found


@control("POST", "/service-accounts")
def service_account(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Make a key for a service account, and return its key file."""
    account = read(request, _ServiceAccount)
    domain = account.domain or emulator.default_user.rpartition("@")[2]
    found: dict[str, Any] = service_accounts.make_key(
        emulator.store, account.email, domain, _address(emulator, request)
    )
    return found


def _address(emulator: Emulator, request: Request) -> str:
    """Return the address by which whoever asks reaches the emulator: in a container it has more than one."""
    host = request.headers.get("host")
    return emulator.address if host is None else f"http://{host}"
