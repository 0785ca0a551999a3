"""Which scopes allow which methods: the document's, tried with a token of each scope for each method."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import urlencode

from google.auth import crypt, jwt

from gcsa.emulator import Request
from tests.emulator.conformance.document import GRANTS, METHODS, SCOPE, SCOPES
from tests.emulator.conformance.stage import Person, Stage
from tests.emulator.conformance.typical import TypicalStage

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@cache
def granted():
    """The grants of the document that the emulator honours: `events.list@calendar.readonly`, …

    Raises:
        AssertionError: A scope allows a method that the document does not let it.
    """
    honoured = []
    own = TypicalStage(Stage())
    with own.emulator:
        tokens = _tokens(own)
        for method in METHODS:
            for scope, person in tokens.items():
                reply = own.play(method, person)
                grant = f"{method}@{scope}"
                refused = reply.status == 403 and reply.reason == "insufficientPermissions"
                assert grant in GRANTS or refused, f"{grant} is not in the document: {reply}"
                if grant in GRANTS and reply.status < 300:
                    honoured.append(grant)
    return honoured


def _tokens(stage):
    """Me, with a token of each scope."""
    account = stage.emulator.service_account_info()
    signer = crypt.RSASigner.from_service_account_info(account)
    tokens = {scope: _token(stage.emulator, account, signer, SCOPE + scope) for scope in SCOPES}
    stage.remember()
    return {scope: Person(stage, "me@example.com", token) for scope, token in tokens.items()}


def _token(emulator, account, signer, scope):
    now = int(emulator.clock.now().timestamp())
    claims = {
        "iss": account["client_email"],
        "sub": "me@example.com",
        "scope": scope,
        "aud": account["token_uri"],
        "iat": now,
        "exp": now + 3600,
    }
    assertion = jwt.encode(signer, claims).decode()
    form = urlencode({"grant_type": _GRANT, "assertion": assertion}).encode()
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    response = emulator.handle(Request.of("POST", "/token", [kind], form))
    return json.loads(response.body)["access_token"]
