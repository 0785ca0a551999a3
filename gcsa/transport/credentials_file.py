"""The file that Google's console gives: client secrets, or the key of a service account.

Reference: https://developers.google.com/workspace/guides/create-credentials
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from google.auth.credentials import Credentials

from gcsa.transport.google_auth import is_service_account, service_accounts
from gcsa.transport.saved_token import SavedToken

USUAL_NAME = "credentials.json"
_USUAL_PATTERN = "client_secret*.json"
ONLY_SERVICE_ACCOUNTS = "Only a service account can act for a user: give its key file with subject."
_LARGEST = 65_536
# https://cloud.google.com/docs/authentication/application-default-credentials
_KINDS_BY_DEFAULT_ONLY = (
    "external_account",
    "external_account_authorized_user",
    "impersonated_service_account",
)
_KINDS = ("service_account", "authorized_user", *_KINDS_BY_DEFAULT_ONLY)


class ClientSecrets(msgspec.Struct, frozen=True):
    """A program that asks users for access, as Google's console describes it.

    Attributes:
        client_id: Its id.
        client_secret: Its secret.
        auth_uri: The page on which users are asked.
        token_uri: Where codes are exchanged for tokens.
    """

    client_id: str
    client_secret: str
    auth_uri: str
    token_uri: str

    def __repr__(self) -> str:
        return f"<ClientSecrets of {self.client_id}>"


class CredentialsFile:
    """A file of credentials that has been read.

    Args:
        path: Where it is.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: It is not one that Google gives.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise FileNotFoundError(f"There is no credentials file {path}.")
        self._content = _decoded(path)
        if not self._content:
            raise ValueError(
                f"{path} is not a credentials file: it is not JSON as Google's console gives it."
            )

    def __repr__(self) -> str:
        return f"<CredentialsFile {self.path}>"

    @property
    def kind(self) -> str:
        """What Google calls such credentials; empty for client secrets, and for what it does not know."""
        kind = self._content.get("type")
        return kind if kind in _KINDS else ""

    @property
    def client_secrets(self) -> ClientSecrets | None:
        """The client secrets in it, None when it holds something else.

        Raises:
            ValueError: They are not whole.
        """
        for kind in ("installed", "web"):
            if kind in self._content:
                secrets = _client_secrets(self._content[kind])
                if secrets is None:
                    raise ValueError(
                        f"{self.path} is not whole: client_id, client_secret, auth_uri and token_uri are needed."
                        " Download it again."
                    )
                return secrets
        return None

    def credentials(self, scopes: Sequence[str], subject: str | None) -> Credentials:
        """Return the credentials in it: a service account's, or others that need no user.

        Args:
            scopes: What to ask for.
            subject: The user to impersonate.

        Raises:
            ValueError: It holds none, or they are not whole, or cannot impersonate anybody.
        """
        credentials = _credentials(self._content, scopes)
        if credentials is None:
            raise ValueError(
                f"{self.path} cannot be used: it holds neither client secrets nor the whole key of a service account."
                f" {_advice(self.kind)}"
            )
        return impersonating(credentials, subject)


def impersonating(credentials: Credentials, subject: str | None) -> Credentials:
    """Return credentials that act for a user of the domain.

    Args:
        credentials: A service account's.
        subject: The user's address; None for the credentials as they are.

    Raises:
        ValueError: They are no service account's.
    """
    if subject is None:
        return credentials
    if not is_service_account(credentials):
        raise ValueError(ONLY_SERVICE_ACCOUNTS)
    return credentials.with_subject(subject)


def find_credentials_file(folder: Path) -> Path | None:
    """Return the credentials file in a folder, None where there is none.

    Args:
        folder: Where `credentials.json`, or one `client_secret*.json`, may be.

    Raises:
        ValueError: There are several.
    """
    usual = folder / USUAL_NAME
    if usual.is_file():
        return usual
    found = sorted(folder.glob(_USUAL_PATTERN))
    if len(found) > 1:
        raise ValueError(
            f"There are several client secrets in {folder}: {', '.join(path.name for path in found)}. Give the path of"
            f" one as credentials_path, or name it {USUAL_NAME}."
        )
    return found[0] if found else None


def _decoded(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file, an empty one where it holds something else."""
    with path.open("rb") as file:
        content = file.read(_LARGEST)
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}


def _client_secrets(content: object) -> ClientSecrets | None:
    try:
        return msgspec.convert(content, ClientSecrets)
    except msgspec.ValidationError:
        return None


def _advice(kind: str) -> str:
    if kind in _KINDS_BY_DEFAULT_ONLY:
        return (
            "Name it in the variable GOOGLE_APPLICATION_CREDENTIALS instead of as credentials_path."
        )
    return "Download it again."


def _credentials(content: dict[str, Any], scopes: Sequence[str]) -> Credentials | None:
    """Return the credentials in a file's content; no exception here can carry what is in it."""
    kind = content.get("type")
    try:
        if kind == "service_account":
            return service_accounts().from_service_account_info(content, scopes=scopes)
        if kind == "authorized_user":
            # google-auth's own reader would ask Google's server, whatever the file says.
            return msgspec.convert(content, SavedToken).credentials()
    except ValueError:
        pass
    return None
