"""Whose behalf a fleet acts on: the credentials of each account."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, cast

from google.auth.credentials import Credentials

from gcsa.transport.credentials_file import CredentialsFile
from gcsa.transport.google_auth import is_service_account
from gcsa.transport.scopes import asked_scopes

CredentialsFor: TypeAlias = Callable[[str], Credentials]
"""Returns the credentials with which an account's calendars are read."""


class ServiceAccount:
    """Credentials of a service account that may act for every user of a domain.

    An administrator allows that: domain-wide delegation, for the scope
    `https://www.googleapis.com/auth/calendar.readonly`.

    Args:
        key_path: The key file that Google's console gave.
        scopes: What to ask for; by default what it takes to read calendars.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not the key of a service account.

    Reference: https://developers.google.com/identity/protocols/oauth2/service-account#delegatingauthority
    """

    def __init__(
        self, key_path: str | os.PathLike[str], scopes: str | Iterable[str] | None = None
    ) -> None:
        asked = asked_scopes(scopes, scopes is None)
        credentials = CredentialsFile(Path(key_path)).credentials(asked, None)
        if not is_service_account(credentials):
            raise ValueError(f"{os.fspath(key_path)} is not the key of a service account.")
        self._credentials = credentials

    def __call__(self, account: str) -> Credentials:
        """Return credentials that act for the user with this e-mail address."""
        return self._credentials.with_subject(account)


def credentials_named(name: str) -> CredentialsFor:
    """Return the function that a name such as `my_company.calendars:credentials_for` stands for.

    Raises:
        ValueError: There is none.
    """
    module_name, _, function_name = name.partition(":")
    try:
        found: object = getattr(import_module(module_name), function_name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{name!r} names no function: write it as 'module:function'. {error}"
        ) from error
    if not callable(found):
        raise ValueError(f"{name!r} is no function.")
    return cast("CredentialsFor", found)
