"""A user's tokens in the form in which they are saved.

The form is the one that google-auth calls "authorized user", so that other programs can read it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import msgspec

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials

GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address

# The attributes of google-auth's credentials, as they were pickled, by the names in which they are saved now.
_PICKLED = {
    "token": "token",
    "refresh_token": "_refresh_token",
    "token_uri": "_token_uri",
    "client_id": "_client_id",
    "client_secret": "_client_secret",
    "scopes": "_scopes",
    "expiry": "expiry",
    "quota_project_id": "_quota_project_id",
    "rapt_token": "_rapt_token",
    "account": "_account",
}


class SavedToken(msgspec.Struct, frozen=True, omit_defaults=True):
    """A user's tokens, and what it takes to renew them.

    Attributes:
        token: The access token.
        refresh_token: What new access tokens are got with.
        token_uri: Where.
        client_id: The program that the user allowed.
        client_secret: Its secret.
        scopes: What the user allowed.
        expiry: Until when the access token is good.
        quota_project_id: The project whose quota is used, where it is not the client's.
        rapt_token: A proof of reauthentication, which some organisations ask for.
        account: The user, where it is known.
        universe_domain: Google's own domain; only Trusted Partner Clouds have another.
    """

    token: str | None = None
    refresh_token: str | None = None
    token_uri: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    scopes: list[str] | str | None = None
    expiry: datetime | None = None
    quota_project_id: str | None = None
    rapt_token: str | None = None
    account: str | None = None
    universe_domain: str | None = None

    def __repr__(self) -> str:
        return "<SavedToken>"  # nothing of what is in it

    @classmethod
    def of(cls, credentials: Credentials) -> Self:
        """Return what has to be saved of a user's credentials."""
        saved = msgspec.convert(credentials, cls, from_attributes=True)
        granted = getattr(credentials, "granted_scopes", None)
        return msgspec.structs.replace(
            saved,
            scopes=list(granted) if granted else saved.scopes,
            # google-auth keeps its times in UTC, without saying so.
            expiry=None if saved.expiry is None else saved.expiry.replace(tzinfo=UTC),
        )

    @classmethod
    def of_pickled(cls, attributes: Mapping[str, Any]) -> Self:
        """Return what was pickled.

        Raises:
            msgspec.ValidationError: Something has not the type that it should have.
        """
        known = {new: attributes.get(old) for new, old in _PICKLED.items()}
        return msgspec.convert(known, cls)

    @property
    def allowed(self) -> list[str]:
        """What the user allowed; empty where that is not known."""
        if isinstance(self.scopes, str):
            return self.scopes.split()
        return self.scopes or []

    @property
    def is_expired(self) -> bool:
        """Whether it is of no use any more: the access token has run out, and there is no way to get another."""
        credentials = self.credentials()
        return not credentials.valid and not self.refresh_token

    def credentials(self) -> Credentials:
        """Return the credentials that this is the saved form of."""
        # Here and not above: it takes longer to load than all of the rest.
        from google.oauth2.credentials import Credentials

        expiry = self.expiry
        if expiry is not None and expiry.tzinfo is not None:
            expiry = expiry.astimezone(UTC).replace(tzinfo=None)
        return Credentials(
            token=self.token,
            refresh_token=self.refresh_token,
            token_uri=self.token_uri or GOOGLE_TOKEN_URI,
            client_id=self.client_id,
            client_secret=self.client_secret,
            scopes=self.allowed or None,
            expiry=expiry,
            quota_project_id=self.quota_project_id,
            rapt_token=self.rapt_token,
            account=self.account,
            universe_domain=self.universe_domain or "googleapis.com",
        )
