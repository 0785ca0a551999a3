"""Service accounts: their keys, and the tokens that their assertions are exchanged for.

Reference: https://developers.google.com/identity/protocols/oauth2/service-account
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from gcsa.emulator.accounts import open_account
from gcsa.emulator.auth import is_address
from gcsa.emulator.oauth.assertions import check_claims, check_signature, read_assertion
from gcsa.emulator.oauth.forms import required
from gcsa.emulator.oauth.issuing import issue_access_token
from gcsa.emulator.oauth.refusals import OAuthError
from gcsa.emulator.oauth.scopes import read_scopes, write_scopes
from gcsa.emulator.store.oauth import ServiceAccountKey

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request
    from gcsa.emulator.oauth.forms import Form
    from gcsa.emulator.oauth.issuing import TokenAnswer
    from gcsa.emulator.store import Store

PROJECT = "calendar-emulator"
DEFAULT_EMAIL = f"robot@{PROJECT}.iam.gserviceaccount.com"
# google-auth writes the first of these into every assertion, wherever it sends it; the others are older addresses of
# the same server.
_GOOGLE_AUDIENCES = (
    "https://oauth2.googleapis.com/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://accounts.google.com/o/oauth2/token",
)


def make_key(store: Store, email: str, domain: str, address: str) -> dict[str, str]:
    """Make a key for a service account, and return it as the file that Google's console lets one download.

    Reference: https://cloud.google.com/iam/docs/keys-create-delete#creating

    Args:
        store: The database, where the public half of the key is registered.
        email: The service account's address; an account that is there gets a further key.
        domain: The domain whose users it may impersonate.
        address: Where the emulator is reached.

    Raises:
        ValueError: The address is not one.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    if not is_address(email):
        raise ValueError(f"email is an e-mail address, not {email!r}")
    email = email.lower()
    key = generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_id = secrets.token_hex(20)
    with store.writing():
        store.oauth.add_service_account_key(
            ServiceAccountKey(key_id, email, domain.lower(), public)
        )
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": key_id,
        "private_key": private.decode(),
        "client_email": email,
        "client_id": str(10**20 + secrets.randbelow(9 * 10**20)),
        "auth_uri": f"{address}/o/oauth2/auth",
        "token_uri": f"{address}/token",
        "auth_provider_x509_cert_url": f"{address}/oauth2/v1/certs",
        "client_x509_cert_url": f"{address}/robot/v1/metadata/x509/{email.replace('@', '%40')}",
        "universe_domain": "googleapis.com",
    }


def accept_assertion(emulator: Emulator, request: Request, form: Form) -> TokenAnswer:
    """Return an access token for the account that an assertion speaks for.

    Raises:
        OAuthError: The assertion is not believed, or asks for what the account may not have.
    """
    store = emulator.store
    assertion = read_assertion(required(form, "assertion"))
    claims = assertion.claims
    with store.reading():
        keys = store.oauth.service_account_keys(claims.iss.lower())
    if not keys:
        raise OAuthError.invalid_grant("Invalid grant: account not found")
    check_signature(assertion, keys)
    check_claims(
        claims,
        (*_GOOGLE_AUDIENCES, f"{emulator.address}/token", _asked_address(request)),
        # A signer lives by the machine's time, also where a test has moved the emulator's.
        (emulator.clock.milliseconds() / 1000, time.time()),
    )
    scopes = write_scopes(read_scopes(claims.scope))
    account = keys[0].email
    user = _impersonated(account, claims.sub, {key.domain for key in keys})
    now = emulator.clock.milliseconds()
    with store.writing():
        return issue_access_token(
            store,
            client=account,
            user=open_account(store, user, now).key,
            scopes=scopes,
            grant=None,
            now=now,
        )


def _impersonated(account: str, subject: str | None, domains: set[str]) -> str:
    if subject is None or subject.lower() == account:
        return account
    if not is_address(subject):
        raise OAuthError.invalid_grant("Invalid email or User ID")
    subject = subject.lower()
    if subject.rpartition("@")[2] not in domains:
        raise OAuthError(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not"
            " authorized for any of the scopes requested.",
            401,
        )
    return subject


def _asked_address(request: Request) -> str:
    return f"http://{request.headers.get('host', '')}{request.path}"
