"""The discovery document: what the API consists of, for clients that build themselves from it.

    service = googleapiclient.discovery.build(
        "calendar", "v3", discoveryServiceUrl=f"{url}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest", …)

The addresses in it are the emulator's own, by the name that it was asked by. It needs no credentials.

Reference: https://developers.google.com/discovery/v1/reference/apis
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from gcsa.emulator import presentation
from gcsa.emulator.answer import json_text
from gcsa.emulator.contract import contract_bytes
from gcsa.emulator.errors import JSON_HEADERS, ApiError
from gcsa.emulator.http import Response
from gcsa.emulator.routes import endpoint

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request

_PATH = "/discovery/v1/apis"
_DOCUMENT = f"{_PATH}/calendar/v3/rest"
_ITEM_FIELDS = ("id", "name", "version", "title")


@endpoint("GET", _DOCUMENT)
def get_rest(emulator: Emulator, request: Request) -> Response:
    """Return the discovery document.

    Reference: https://developers.google.com/discovery/v1/reference/apis/getRest
    """
    return _answer(request, _document(_root(emulator, request)))


@endpoint("GET", "/$discovery/rest")
def get_own_rest(emulator: Emulator, request: Request) -> Response:
    """Return the discovery document, as an API answers it at its own address.

    Raises:
        ApiError: 404, another version is asked for.
    """
    if request.query.get("version", ["v3"])[0] != "v3":
        raise ApiError.not_found()
    return get_rest(emulator, request)


@endpoint("GET", _PATH)
def list_apis(emulator: Emulator, request: Request) -> Response:
    """Return the list of APIs: this one, unless another is asked for.

    Reference: https://developers.google.com/discovery/v1/reference/apis/list
    """
    item = _item(_root(emulator, request))
    wanted = request.query.get("name", [item["name"]])[0]
    directory: dict[str, Any] = {"kind": "discovery#directoryList", "discoveryVersion": "v1"}
    if wanted == item["name"]:
        directory["items"] = [item]
    return _answer(request, json_text(directory))


def _root(emulator: Emulator, request: Request) -> str:
    """Return the address that the emulator was asked by, with a slash."""
    host = request.headers.get("host")
    return f"http://{host}/" if host else f"{emulator.address}/"


@lru_cache(maxsize=16)
def _document(root: str) -> str:
    document: dict[str, Any] = msgspec.json.decode(contract_bytes())
    document["rootUrl"] = root
    document["baseUrl"] = root + document["servicePath"]
    return json_text(document)


def _item(root: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(contract_bytes())
    return {
        "kind": "discovery#directoryItem",
        **{name: document[name] for name in _ITEM_FIELDS},
        "discoveryRestUrl": root + _DOCUMENT.lstrip("/"),
        "discoveryLink": f".{_DOCUMENT.removeprefix(_PATH)}",
        "preferred": True,
    }


def _answer(request: Request, text: str) -> Response:
    presentation.check(request)
    return Response(200, JSON_HEADERS, presentation.presented(text, request.query, None))
