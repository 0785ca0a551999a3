"""What OAuth hands out: clients and keys that are registered, grants, and the tokens that stand for them.

Every secret is looked up by its SHA-256; the database never holds one that could be used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Client(NamedTuple):
    """A program that may ask users for access.

    Attributes:
        id: Its client id.
        secret: The hash of its client secret.
        kind: 'installed' or 'web'.
        redirect_uris: Where a web client may be redirected to, separated by line breaks.
    """

    id: str
    secret: bytes
    kind: str
    redirect_uris: str


class ServiceAccountKey(NamedTuple):
    """A key that a service account signs with.

    Attributes:
        id: The key's id.
        email: The service account's address.
        domain: The domain whose users it may impersonate.
        public_key: The key in PEM.
    """

    id: str
    email: str
    domain: str
    public_key: bytes


class Grant(NamedTuple):
    """What a user has allowed a client.

    Attributes:
        key: Its number.
        client: The client's id.
        user: The user's key.
        scopes: What is allowed, separated by spaces.
        revoked: Whether it has been taken back.
    """

    key: int
    client: str
    user: int
    scopes: str
    revoked: bool


class Code(NamedTuple):
    """An authorization code.

    Attributes:
        grant: The number of the grant that it stands for.
        redirect_uri: Where it was sent.
        challenge: The hash that its verifier must have, as PKCE writes it; None for none.
        refreshable: Whether a refresh token is given for it.
        expires: Until when it is good, in milliseconds.
        spent: Whether it has been used.
    """

    grant: int
    redirect_uri: str
    challenge: str | None
    refreshable: bool
    expires: int
    spent: bool


class AccessToken(NamedTuple):
    """What an access token stands for.

    Attributes:
        client: The id of the client, or the address of the service account, that it was given to.
        user: The key of the user whose access it is.
        scopes: What it allows, separated by spaces.
        expires: Until when it is good, in milliseconds.
        grant: The number of the grant behind it; None for a service account's.
    """

    client: str
    user: int
    scopes: str
    expires: int
    grant: int | None


class OAuth:
    """The tables of OAuth. Hashes are bytes, times are in milliseconds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Clients and keys ---------------------------------------------------------------------------------

    def add_client(self, client: Client) -> None:
        """Register a client."""
        self._connection.execute("INSERT INTO oauth_clients VALUES (?, ?, ?, ?)", client)

    def client(self, client_id: str) -> Client | None:
        """Return the client of this id."""
        row = self._connection.execute(
            "SELECT id, secret, kind, redirect_uris FROM oauth_clients WHERE id = ?", (client_id,)
        ).fetchone()
        return None if row is None else Client._make(row)

    def add_service_account_key(self, key: ServiceAccountKey) -> None:
        """Register a key of a service account."""
        self._connection.execute("INSERT INTO service_account_keys VALUES (?, ?, ?, ?)", key)

    def service_account_keys(self, email: str) -> list[ServiceAccountKey]:
        """Return the keys of a service account, none for an account that is not there."""
        rows = self._connection.execute(
            "SELECT id, email, domain, public_key FROM service_account_keys WHERE email = ?",
            (email,),
        )
        return [ServiceAccountKey._make(row) for row in rows]

    # Consent pages ------------------------------------------------------------------------------------

    def add_page(self, token: bytes, request: bytes, expires: int, now: int) -> None:
        """Note a consent page that is shown, and forget the ones that nobody answered."""
        self._connection.execute("DELETE FROM consent_pages WHERE expires <= ?", (now,))
        self._connection.execute(
            "INSERT INTO consent_pages VALUES (?, ?, ?)", (token, request, expires)
        )

    def page(self, token: bytes, now: int) -> bytes | None:
        """Return the request behind a consent page that is still open."""
        row = self._connection.execute(
            "SELECT request FROM consent_pages WHERE token = ? AND expires > ?", (token, now)
        ).fetchone()
        return None if row is None else row[0]

    def close_page(self, token: bytes) -> None:
        """Forget a consent page: it is answered."""
        self._connection.execute("DELETE FROM consent_pages WHERE token = ?", (token,))

    # Grants -------------------------------------------------------------------------------------------

    def add_grant(self, client: str, user: int, scopes: str, now: int) -> int:
        """Note what a user allows a client, and return the grant's number."""
        cursor = self._connection.execute(
            "INSERT INTO oauth_grants (client, user, scopes, created) VALUES (?, ?, ?, ?)"
            " RETURNING key",
            (client, user, scopes, now),
        )
        key: int = cursor.fetchone()[0]
        return key

    def grant(self, key: int) -> Grant | None:
        """Return the grant of this number."""
        row = self._connection.execute(
            "SELECT key, client, user, scopes, revoked FROM oauth_grants WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        number, client, user, scopes, revoked = row
        return Grant(number, client, user, scopes, bool(revoked))

    def granted_scopes(self, client: str, user: int) -> list[str]:
        """Return what each grant allows that this user gave this client and did not take back."""
        rows = self._connection.execute(
            "SELECT scopes FROM oauth_grants WHERE client = ? AND user = ? AND NOT revoked"
            " ORDER BY key",
            (client, user),
        )
        return [row[0] for row in rows]

    def has_refresh_token(self, client: str, user: int) -> bool:
        """Whether this client has a good refresh token for this user."""
        row = self._connection.execute(
            "SELECT 1 FROM oauth_grants JOIN refresh_tokens ON grant_key = key"
            " WHERE client = ? AND user = ? AND NOT revoked LIMIT 1",
            (client, user),
        ).fetchone()
        return row is not None

    def revoke(self, grant: int) -> None:
        """Take a grant back: its tokens are no longer good."""
        self._connection.execute("UPDATE oauth_grants SET revoked = 1 WHERE key = ?", (grant,))
        self._connection.execute("DELETE FROM access_tokens WHERE grant_key = ?", (grant,))

    # Codes and tokens ---------------------------------------------------------------------------------

    def add_code(self, code: bytes, stands_for: Code) -> None:
        """Note an authorization code."""
        self._connection.execute(
            "INSERT INTO authorization_codes VALUES (?, ?, ?, ?, ?, ?, ?)", (code, *stands_for)
        )

    def code(self, code: bytes) -> Code | None:
        """Return what an authorization code stands for, also when it is spent or expired."""
        row = self._connection.execute(
            "SELECT grant_key, redirect_uri, challenge, refreshable, expires, spent"
            " FROM authorization_codes WHERE code = ?",
            (code,),
        ).fetchone()
        if row is None:
            return None
        grant, redirect_uri, challenge, refreshable, expires, spent = row
        return Code(grant, redirect_uri, challenge, bool(refreshable), expires, bool(spent))

    def spend_code(self, code: bytes) -> None:
        """Note that an authorization code has been used."""
        self._connection.execute("UPDATE authorization_codes SET spent = 1 WHERE code = ?", (code,))

    def add_refresh_token(self, token: bytes, grant: int) -> None:
        """Note a refresh token."""
        self._connection.execute("INSERT INTO refresh_tokens VALUES (?, ?)", (token, grant))

    def refresh_grant(self, token: bytes) -> Grant | None:
        """Return the grant that a refresh token stands for, also when it is revoked."""
        row = self._connection.execute(
            "SELECT grant_key FROM refresh_tokens WHERE token = ?", (token,)
        ).fetchone()
        return None if row is None else self.grant(row[0])

    def add_access_token(self, token: bytes, stands_for: AccessToken, now: int) -> None:
        """Note an access token, and forget the ones that have expired."""
        self._connection.execute("DELETE FROM access_tokens WHERE expires <= ?", (now,))
        self._connection.execute(
            "INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?)", (token, *stands_for)
        )

    def access_token(self, token: bytes, now: int) -> AccessToken | None:
        """Return what an access token stands for, if it is still good."""
        row = self._connection.execute(
            "SELECT client, user, scopes, expires, grant_key FROM access_tokens"
            " WHERE token = ? AND expires > ?",
            (token, now),
        ).fetchone()
        return None if row is None else AccessToken._make(row)

    def drop_access_token(self, token: bytes) -> None:
        """Forget an access token."""
        self._connection.execute("DELETE FROM access_tokens WHERE token = ?", (token,))
