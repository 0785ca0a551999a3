"""What gcsa uses of google-auth, with the types that google-auth itself leaves open."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeGuard, cast

import google.auth
from google.auth.credentials import Credentials
from google.auth.transport import Request


class ServiceAccountCredentials(Protocol):
    """Credentials of a service account, which can act for a user of its domain."""

    def with_subject(self, subject: str, /) -> Credentials:
        """Return credentials that act for this user."""
        ...


class UsableCredentials(Protocol):
    """Credentials as a request uses them: any of google-auth."""

    @property
    def valid(self) -> bool:
        """Whether there is a token that has not run out."""
        ...

    def apply(self, headers: dict[str, str], /) -> None:
        """Put the token on a request's headers."""
        ...

    def refresh(self, request: Request, /) -> None:
        """Get a new token."""
        ...


class ScopedCredentials(Protocol):
    """Credentials that have to be told what they are for."""

    def with_scopes(self, scopes: Sequence[str], /) -> Credentials:
        """Return credentials for these scopes."""
        ...


class _ServiceAccountReader(Protocol):
    def from_service_account_info(
        self, info: Mapping[str, Any], *, scopes: Sequence[str]
    ) -> Credentials: ...


class _Library(Protocol):
    def default(
        self, *, scopes: Sequence[str], request: Request
    ) -> tuple[Credentials, str | None]: ...


google_auth = cast("_Library", google.auth)


def service_accounts() -> _ServiceAccountReader:
    """Return what makes the credentials of service accounts."""
    # Here and not above: it brings `cryptography`, which few scripts need.
    from google.oauth2 import service_account

    return cast("_ServiceAccountReader", service_account.Credentials)


def is_service_account(credentials: object) -> TypeGuard[ServiceAccountCredentials]:
    """Tell whether credentials are a service account's."""
    # Where nobody has loaded the module, nobody has such credentials.
    module = sys.modules.get("google.oauth2.service_account")
    return module is not None and isinstance(credentials, module.Credentials)


def needs_scopes(credentials: object) -> TypeGuard[ScopedCredentials]:
    """Tell whether credentials still have to be told what they are for."""
    return getattr(credentials, "requires_scopes", False) is True
