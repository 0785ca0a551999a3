"""The errors of OAuth, in the JSON that Google's token server answers them with.

Reference: https://datatracker.ietf.org/doc/html/rfc6749#section-5.2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator.errors import JSON_HEADERS
from gcsa.emulator.http import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

# https://datatracker.ietf.org/doc/html/rfc6749#section-5.1 - what has a token in it is never cached
NO_STORE: Mapping[str, str] = {
    **JSON_HEADERS,
    "cache-control": "no-store",
    "pragma": "no-cache",
}


class OAuthError(Exception):
    """A refusal of one of OAuth's endpoints.

    Args:
        error: The code, such as 'invalid_grant'.
        description: The sentence that a person reads.
        status: The HTTP status.
    """

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status

    def response(self) -> Response:
        """Return the HTTP answer for this error."""
        return json_response(
            {"error": self.error, "error_description": self.description}, self.status
        )

    @classmethod
    def missing(cls, parameter: str) -> OAuthError:
        """A parameter that may not be left out."""
        return cls("invalid_request", f"Missing required parameter: {parameter}")

    @classmethod
    def invalid_grant(cls, description: str = "Bad Request") -> OAuthError:
        """A code, refresh token or assertion that is no good.

        Google says "Bad Request" of most of them.
        Source: https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors-invalid-grant
        """
        return cls("invalid_grant", description)


def json_response(document: Mapping[str, object], status: int = 200) -> Response:
    """Return a JSON answer that nobody may keep."""
    body = msgspec.json.format(msgspec.json.encode(document), indent=2)
    return Response(status, NO_STORE, body)
