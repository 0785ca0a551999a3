"""What OAuth's endpoints are sent: forms in a body, parameters in a query."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from gcsa.emulator.oauth.refusals import OAuthError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gcsa.emulator.http import Query, Request

_MOST_FIELDS = 100

Form = dict[str, str]


def fields_of(request: Request) -> Query:
    """Return the fields of a form in a request's body, each with its values.

    Raises:
        OAuthError: It has too many fields.
    """
    try:
        return parse_qs(
            request.body.decode(errors="replace"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise OAuthError("invalid_request", "Bad Request") from None


def single_values(query: Query) -> Form:
    """Return each parameter's value; an empty one counts as left out.

    Reference: https://datatracker.ietf.org/doc/html/rfc6749#section-3.2

    Raises:
        OAuthError: One is given more than once.
    """
    for name, values in query.items():
        if len(values) > 1:
            raise OAuthError("invalid_request", f"Parameter {name[:40]} is given more than once")
    return {name: values[0] for name, values in query.items() if values[0]}


def form_of(request: Request) -> Form:
    """Return the form in a request's body."""
    return single_values(fields_of(request))


def required(form: Mapping[str, str], name: str) -> str:
    """Return a field that may not be left out.

    Raises:
        OAuthError: It is.
    """
    value = form.get(name)
    if value is None:
        raise OAuthError.missing(name)
    return value
