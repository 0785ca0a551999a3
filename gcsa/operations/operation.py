"""What a call is: method, path, parameters, body, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar, cast
from urllib.parse import quote

import attrs

from gcsa.serializers.page import Page

T = TypeVar("T")

Param: TypeAlias = "str | int | bool | date | datetime | Iterable[str] | None"
"""A value of a query parameter. None leaves it out, an iterable repeats it."""


def path(*segments: str) -> str:
    """Join segments into a path, each of them quoted, so that an id can hold any character.

    Args:
        segments: Fixed words and identifiers, in order.

    Returns:
        A path relative to the API's base, such as `'calendars/a%40b.com/events'`.

    Raises:
        ValueError: A segment is empty, or is `.` or `..`, which would name another resource.
        TypeError: A segment is not a string.
    """
    for segment in cast("tuple[object, ...]", segments):
        if not isinstance(segment, str):
            raise TypeError(f"An identifier is a string, not {type(segment).__name__}: {segment!r}")
        if segment in ("", ".", ".."):
            raise ValueError(
                f"{segment!r} is not an identifier: "
                f"it cannot stand in the path {'/'.join(segments)!r}."
            )
    return "/".join(quote(segment, safe="") for segment in segments)


def _only_gets(operation: Operation[Any]) -> bool:
    return operation.method == "GET"


def check_parameters(params: Mapping[str, Param]) -> None:
    """Check that the names of query parameters can be Google's.

    Raises:
        TypeError: One of them cannot: it is a misspelt argument.
    """
    for name in params:
        # Google's own names have none, but for those of its oldest parameters.
        if "_" in name and name not in ("oauth_token", "access_token"):
            raise TypeError(
                f"{name!r} is neither an argument of this call nor a parameter of Google's: "
                "those are written in camelCase, such as maxResults."
            )


def _check(_operation: object, _attribute: object, params: Mapping[str, Param]) -> None:
    check_parameters(params)


@attrs.frozen
class Operation(Generic[T]):
    """One call of the Calendar API, described but not sent.

    Args:
        method: HTTP method.
        path: Path below the API's base, already quoted.
        decode: Makes the result from the bytes of the answer.
        params: Query parameters, under Google's names; those that are None are not sent.
        body: The JSON object to send, or None.
        headers: Further headers, such as `If-Match`.
        reads: Whether it changes nothing; what is sent with GET never does.
        repeatable: Whether sending it twice leaves the same state as once, so that it may be sent
            again when the outcome of the first is unknown.
        done_when_gone: For what removes something: whether finding it gone on a repeated attempt
            means that an earlier, unanswered one succeeded.
        read_back: For an insert under an id that the client chose: how to find what an earlier,
            unanswered attempt of the same insert stored.

    Raises:
        TypeError: A parameter's name cannot be one of Google's: it is misspelt.
    """

    method: str
    path: str
    decode: Callable[[bytes], T]
    params: Mapping[str, Param] = attrs.field(factory=dict[str, Param], validator=_check)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    reads: bool = attrs.field(default=attrs.Factory(_only_gets, takes_self=True))
    repeatable: bool = True
    done_when_gone: bool = False
    read_back: ReadBack[T] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@attrs.frozen
class ReadBack(Generic[T]):
    """How to look whether an insert whose answer was lost has been carried out.

    Args:
        operation: Reads what is stored under the id that the insert used.
        is_ours: Tells whether that is what the insert stored, and not something older.
    """

    operation: Operation[T]
    is_ours: Callable[[T], bool]


@attrs.frozen
class Listing(Generic[T]):
    """A call that answers in pages: the first of them, and how to ask for the next."""

    first: Operation[Page[T]]

    def page(self, token: str | None) -> Operation[Page[T]]:
        """Return the call for the page that a token names, the first one for None."""
        params = {**self.first.params, **_with_tokens(self.first.params.get("fields"))}
        if token is not None:
            params["pageToken"] = token
        return attrs.evolve(self.first, params=params)


def _with_tokens(fields: Param) -> dict[str, Param]:
    """Add the tokens to a partial answer's fields: without them it would end with its first page."""
    if not isinstance(fields, str) or "*" in fields.split(","):
        return {}
    missing = [name for name in ("nextPageToken", "nextSyncToken") if name not in fields]
    return {"fields": ",".join([fields, *missing])}


def deletion(
    path: str,
    params: Mapping[str, Param] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Operation[None]:
    """Describe a call that removes something, and may be repeated."""
    return Operation(
        "DELETE", path, nothing, params or {}, headers=headers or {}, done_when_gone=True
    )


def nothing(data: bytes) -> None:
    """Read the empty answer of a call that returns nothing."""
