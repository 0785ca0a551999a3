"""The one table of what is answered: API methods by their id, other endpoints by their path.

A module of `resources/` adds a method with `@method("calendar.events.insert")`; path and HTTP method come from the
contract. What is not a method of the API (discovery, OAuth, batch, control) is added with
`@endpoint("POST", "/token")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.answer import Answer
    from gcsa.emulator.call import Call
    from gcsa.emulator.contract import Method
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request, Response

    MethodHandler = Callable[[Call], Answer]
    EndpointHandler = Callable[[Emulator, Request], Response]


class Route(NamedTuple):
    """A method of the API, what answers it, and the values of its path."""

    method: Method
    handler: MethodHandler
    path: dict[str, str]


class _Node:
    """A place in the tree of paths."""

    __slots__ = ("literal", "methods", "parameter", "variable")

    def __init__(self) -> None:
        self.literal: dict[str, _Node] = {}
        self.parameter = ""
        self.variable: _Node | None = None
        self.methods: dict[str, tuple[Method, MethodHandler]] = {}


_root = _Node()
_handlers: dict[str, MethodHandler] = {}
_endpoints: dict[tuple[str, str], EndpointHandler] = {}


def method(method_id: str) -> Callable[[MethodHandler], MethodHandler]:
    """Register what answers the method of this id, such as `calendar.events.insert`."""
    description = contract().methods[method_id]

    def register(handler: MethodHandler) -> MethodHandler:
        node = _root
        for segment in description.path.split("/"):
            if segment.startswith("{"):
                if node.variable is None:
                    node.variable = _Node()
                    node.parameter = segment[1:-1]
                node = node.variable
            else:
                node = node.literal.setdefault(segment, _Node())
        node.methods[description.http_method] = (description, handler)
        _handlers[method_id] = handler
        return handler

    return register


def endpoint(http_method: str, path: str) -> Callable[[EndpointHandler], EndpointHandler]:
    """Register what answers a path that is no method of the API."""

    def register(handler: EndpointHandler) -> EndpointHandler:
        _endpoints[http_method, path] = handler
        return handler

    return register


def answered_methods() -> frozenset[str]:
    """Return the ids of the methods that are answered."""
    return frozenset(_handlers)


def endpoint_paths() -> frozenset[str]:
    """Return the paths that are answered and are no methods of the API."""
    return frozenset(path for _, path in _endpoints)


def find_endpoint(http_method: str, path: str) -> EndpointHandler | None:
    """Return what answers a path that is no method of the API."""
    return _endpoints.get((http_method, path))


def endpoint_name(request: Request) -> str:
    """Return the name of an endpoint in faults and in the log: `batch`, or method and path, such as `POST /token`."""
    if request.path.startswith("/batch"):
        return "batch"
    return f"{request.method} {request.path}"


def find_route(http_method: str, path: str) -> Route:
    """Return the API method that a request asks for.

    Args:
        http_method: GET, POST, PUT, PATCH or DELETE.
        path: The path as it came, percent-encoded, from `/calendar/v3/` on.

    Raises:
        ApiError: 404, there is no such method.
    """
    base = contract().base_path
    if not path.startswith(base):
        raise ApiError.not_found()
    segments = path[len(base) :].split("/")
    values: list[str] = []
    found = _walk(_root, segments, 0, http_method, values)
    if found is None:
        raise ApiError.not_found()
    description, handler, names = found
    return Route(description, handler, dict(zip(names, values, strict=True)))


def _walk(
    node: _Node, segments: list[str], depth: int, http_method: str, values: list[str]
) -> tuple[Method, MethodHandler, tuple[str, ...]] | None:
    if depth == len(segments):
        entry = node.methods.get(http_method)
        return None if entry is None else (*entry, ())
    segment = segments[depth]
    # A literal comes first: POST events/import is the method, GET events/import the event of that id.
    if (child := node.literal.get(segment)) is not None:
        found = _walk(child, segments, depth + 1, http_method, values)
        if found is not None:
            return found
    if node.variable is None or not segment:
        return None
    mark = len(values)
    values.append(unquote(segment) if "%" in segment else segment)
    found = _walk(node.variable, segments, depth + 1, http_method, values)
    if found is None:
        del values[mark:]
        return None
    description, handler, names = found
    return description, handler, (node.parameter, *names)
