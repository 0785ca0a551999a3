"""Who a client acts for: where its credentials come from, and in which order they are looked for.

1. Credentials that are given; or a service account's key file (or another file of credentials) that is given as
   `credentials_path`.
2. On an emulator, when nothing is given: its default user. What is found in a home folder is never sent to another
   server than Google's.
3. The saved sign-in.
4. A sign-in in the browser, with the client secrets that are given or found; they are saved then.
5. Application Default Credentials. They come last, because who has signed in for this program means that account, and
   the variable may have been set for another one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from google.auth.credentials import Credentials

from gcsa.errors import AuthenticationError
from gcsa.transport.credentials import CredentialsAuth
from gcsa.transport.credentials_file import (
    ONLY_SERVICE_ACCOUNTS,
    USUAL_NAME,
    CredentialsFile,
    find_credentials_file,
    impersonating,
)
from gcsa.transport.google_auth import needs_scopes
from gcsa.transport.saved_token import SavedToken
from gcsa.transport.scopes import missing_scopes
from gcsa.transport.sign_in_place import SignInPlace
from gcsa.transport.token_file import TokenFile
from gcsa.transport.token_request import TokenRequest

EMULATOR_HOST = "GOOGLE_CALENDAR_EMULATOR_HOST"
# An emulator takes this token for its default user.
EMULATOR_TOKEN = "emulator"  # noqa: S105 - not a secret: it opens nothing but an emulator

_GUIDE = "https://developers.google.com/workspace/guides/create-credentials"


def _path(given: str | os.PathLike[str] | None) -> Path | None:
    return None if given is None else Path(given).expanduser()


@attrs.frozen(kw_only=True)
class Identification:
    """What a client was told of whom it acts for.

    Args:
        credentials: Credentials of google-auth.
        credentials_path: A credentials file.
        token_path: Where the sign-in is saved.
        save_token: Whether it is.
        scopes: What is asked for.
        subject: The user that a service account acts for.
        place: Where a sign-in happens.
    """

    scopes: tuple[str, ...]
    credentials: Credentials | None = None
    credentials_path: Path | None = attrs.field(default=None, converter=_path)
    token_path: Path | None = attrs.field(default=None, converter=_path)
    save_token: bool = True
    subject: str | None = None
    place: SignInPlace = attrs.field(factory=SignInPlace)

    @property
    def folder(self) -> Path:
        """Where credentials and sign-in are looked for."""
        if self.credentials_path is not None:
            return self.credentials_path.parent
        return Path.home() / ".credentials"

    @property
    def token_file(self) -> TokenFile:
        """Where the sign-in is saved."""
        if self.token_path is not None:
            return TokenFile(self.token_path)
        return TokenFile(self.folder / "token.json", earlier=self.folder / "token.pickle")


def authenticate(who: Identification, endpoint: str, request: TokenRequest) -> CredentialsAuth:
    """Return what puts a token on each of a client's requests.

    Args:
        who: Whom the client acts for.
        endpoint: The server that the calls go to.
        request: How token servers are reached.

    Raises:
        FileNotFoundError: There are no credentials, or not where they should be.
        ValueError: There are several, or what there is cannot be used.
        AuthenticationError: The saved sign-in does not do and there is no way to sign in, or the sign-in failed.
        TransportError: The token server could not be reached.
        webbrowser.Error: A sign-in needs a browser, one is insisted on, and there is none.
        OSError: The port on which the browser would come back is taken.
    """
    if who.credentials is not None:
        return CredentialsAuth(_ready(who.credentials, who), request)
    if who.credentials_path is None and who.token_path is None and not is_google(endpoint):
        from google.oauth2.credentials import Credentials as UserCredentials

        return CredentialsAuth(UserCredentials(token=who.subject or EMULATOR_TOKEN), request)
    file = _credentials_file(who.credentials_path)
    if file is not None and file.client_secrets is None:
        return CredentialsAuth(file.credentials(who.scopes, who.subject), request)
    shortcoming = ""
    if who.subject is None:
        saved = who.token_file.read()
        shortcoming = _shortcoming(saved, who)
        if saved is not None and not shortcoming:
            if who.save_token and who.token_file.is_pickle():
                who.token_file.try_to_save(saved)
            return _signed_in(saved, who, request)
    file = file or _credentials_file(find_credentials_file(who.folder))
    if file is not None:
        client = file.client_secrets
        if client is not None and who.subject is not None:
            raise ValueError(ONLY_SERVICE_ACCOUNTS)
        if client is None:
            return CredentialsAuth(file.credentials(who.scopes, who.subject), request)
        # Here and not above: it brings a web server, and who has signed in before needs none.
        from gcsa.transport.sign_in import sign_in

        token = sign_in(client, who.scopes, who.place, request)
        if who.save_token:
            who.token_file.try_to_save(token)
        return _signed_in(token, who, request)
    if shortcoming:
        raise AuthenticationError(shortcoming)
    from gcsa.transport.application_default import application_default

    found = application_default(who.scopes, request)
    if found is not None:
        return CredentialsAuth(impersonating(found, who.subject), request)
    raise FileNotFoundError(_nothing_found(who))


def is_google(endpoint: str) -> bool:
    """Tell whether a server is Google's, which alone may be sent what is found in a home folder."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    return parts.scheme == "https" and (
        host == "googleapis.com" or host.endswith(".googleapis.com")
    )


def _ready(credentials: Credentials, who: Identification) -> Credentials:
    """Return given credentials with what they still have to be told.

    Raises:
        TypeError: They are a token, a path or the like.
    """
    # By what is asked of them later, so that credentials of one's own will do.
    if not hasattr(credentials, "valid"):
        raise TypeError(
            f"credentials must be credentials of google-auth, not {type(credentials).__name__}. "
            "Give the path of a file as credentials_path."
        )
    credentials = impersonating(credentials, who.subject)
    return credentials.with_scopes(who.scopes) if needs_scopes(credentials) else credentials


def _credentials_file(path: Path | None) -> CredentialsFile | None:
    # A path that leads nowhere is only a failure once the file is needed: the saved sign-in may do.
    return CredentialsFile(path) if path is not None and path.is_file() else None


def _signed_in(token: SavedToken, who: Identification, request: TokenRequest) -> CredentialsAuth:
    file = who.token_file
    refreshed: Callable[[Credentials], None] | None = (
        file.save_refreshed if who.save_token else None
    )
    return CredentialsAuth(
        token.credentials(),
        request,
        refreshed=refreshed,
        remedy=f"Delete {file.path} and run this program again to sign in.",
    )


def _shortcoming(saved: SavedToken | None, who: Identification) -> str:
    """Return why a saved sign-in does not do; nothing where it does, or where there is none."""
    if saved is None:
        return ""
    kept = f"The sign-in saved in {who.token_file.path}"
    missing = missing_scopes(who.scopes, saved.allowed) if saved.allowed else []
    if missing:
        return (
            f"{kept} does not allow {', '.join(missing)}. To sign in again, put the client secrets into"
            f" {who.folder / USUAL_NAME}; to go on with less, ask for other scopes, or read_only"
        )
    if saved.is_expired:
        return (
            f"{kept} has expired, and it has no refresh token. To sign in again, put the client secrets into"
            f" {who.folder / USUAL_NAME}"
        )
    return ""


def _nothing_found(who: Identification) -> str:
    if who.credentials_path is not None:
        return f"There is no credentials file {who.credentials_path}, and no saved sign-in in {who.token_file.path}."
    return (
        f"There are no credentials: no {USUAL_NAME} or client_secret*.json in {who.folder}, no saved sign-in in"
        f" {who.token_file.path}, and no Application Default Credentials. Create an OAuth client of the type"
        f" 'Desktop app' ({_GUIDE}), download its JSON to {who.folder / USUAL_NAME}, and run this program again; or set"
        f" {EMULATOR_HOST} to the address of an emulator."
    )
