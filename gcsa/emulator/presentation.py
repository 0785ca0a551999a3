"""How an answer is presented: the parameters that every method has.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference (standard query parameters)
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from gcsa.emulator.errors import ApiError
from gcsa.emulator.partial import read_fields, select

if TYPE_CHECKING:
    from gcsa.emulator.http import Query, Request, Response

_JSON = "application/json"
# What asks for another answer than the usual one: most requests have none of these.
_PRESENTING = frozenset({"$.xgafv", "alt", "callback", "fields", "pp", "prettyPrint"})
# "only alphabet, number, '_', '$', '.', '[' and ']' are allowed", says the refusal itself.
_CALLBACK = re.compile(r"[A-Za-z0-9_$.\[\]]+")


def check(request: Request) -> None:
    """Check the parameters that say how to answer, as Google does: before it looks at anything else.

    Of a repeated one the first counts, of `$.xgafv` the last. As measured in
    https://github.com/brekkylab/backlot/pull/202, /220 and /issues/309.

    Raises:
        ApiError: 400, there is no such way to answer.
    """
    query = request.query
    if _PRESENTING.isdisjoint(query):
        return
    if (version := query.get("$.xgafv", ["1"])[-1]) not in ("1", "2"):
        raise ApiError.bad_request(
            f"Invalid query parameters. Invalid value '{version[:100]}' for system query parameter : $.xgafv"
        )
    alt = query.get("alt", ["json"])[0]
    if alt.lower() == "media":
        raise ApiError.bad_request('Unsupported alt type "media" for non byte stream request.')
    if alt.lower() not in ("json", ""):
        # https://github.com/hypothesis/via/pull/620 quotes it whole.
        raise ApiError(
            400, "invalidAltValue", f"Unknown output format: {alt[:100]}", location="alt"
        )
    if (callback := _callback(request)) and not _CALLBACK.fullmatch(callback):
        raise ApiError.bad_request(
            f"Invalid JSONP callback name: '{callback[:100]}'; only alphabet, number, '_', '$', '.', '[' and ']'"
            " are allowed."
        )


def check_fields(query: Query, schema: str | None) -> None:
    """Check that the fields which are asked for are there.

    Raises:
        ApiError: 400, one is not.
    """
    if "fields" in query and schema is not None:
        read_fields(query["fields"][0], schema)


def presented(text: str, query: Query, schema: str | None) -> bytes:
    """Return an answer's JSON as it is asked for: only some fields, indented or not.

    Args:
        text: The answer, as compact JSON.
        query: The request's parameters.
        schema: The name of the answer's schema; None for one that the contract does not describe.
    """
    body = text.encode()
    if "fields" in query:
        selection = read_fields(query["fields"][0], schema)
        body = msgspec.json.encode(select(selection, msgspec.json.decode(body)))
    if _is_compact(query):
        return body
    return msgspec.json.format(body, indent=1)


def as_script(request: Request, response: Response) -> Response:
    """Return an answer as the script that `callback` asks for (JSONP): always 200, for a browser reads no other.

    https://github.com/brekkylab/backlot/issues/203
    """
    callback = _callback(request)
    if not callback or not _CALLBACK.fullmatch(callback):
        return response
    if response.body and not response.headers.get("content-type", "").startswith(_JSON):
        # A page is not data: as a script, a page of another site could fetch it.
        return response
    body = b"// API callback\n%s(%s);" % (callback.encode(), response.body or b"null")
    headers = {**response.headers, "content-type": "text/javascript; charset=UTF-8"}
    return replace(response, status=200, headers=headers, body=body)


def _callback(request: Request) -> str | None:
    """Return the name of the function to call with the answer; only a GET has one."""
    if request.method != "GET" or "callback" not in request.query:
        return None
    return request.query["callback"][0]


def _is_compact(query: Query) -> bool:
    # pp is the short name that Google's own JavaScript client uses.
    values = query.get("prettyPrint") or query.get("pp")
    return values is not None and values[0].lower() in ("false", "0")
