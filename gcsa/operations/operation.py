"""What a call is: method, path, parameters, body, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar
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
    """
    for segment in segments:
        if segment in ("", ".", ".."):
            raise ValueError(
                f"{segment!r} is not an identifier: "
                f"it cannot stand in the path {'/'.join(segments)!r}."
            )
    return "/".join(quote(segment, safe="") for segment in segments)


def identity(resource: Any, kind: type, name: str) -> str:
    """Return the id of something that is given as an object or as its id.

    Args:
        resource: The object, or its id as a string.
        kind: The class of the object; it has an attribute `id`.
        name: What to call it in a message, such as `'event'`.

    Returns:
        The id.

    Raises:
        ValueError: The object has no id yet, or the string is empty.
        TypeError: It is neither.
    """
    if isinstance(resource, kind):
        found: str | None = getattr(resource, "id")  # noqa: B009 - the kinds share no base class
        if not found:
            raise ValueError(
                f"This {name} has no id; only one read from the server has: {resource!r}"
            )
        return found
    if isinstance(resource, str):
        if not resource:
            raise ValueError(f"The id of the {name} is empty.")
        return resource
    raise TypeError(
        f"{name} must be {kind.__name__} or its id as a string, not {type(resource).__name__}."
    )


@attrs.frozen
class Operation(Generic[T]):
    """One call of the Calendar API, described but not sent.

    Args:
        method: HTTP method.
        path: Path below the API's base, already quoted.
        decode: Makes the result from the bytes of the answer.
        params: Query parameters; those that are None are not sent.
        body: The JSON object to send, or None.
        headers: Further headers, such as `If-Match`.
        repeatable: Whether sending it twice leaves the same state as once, so that it may be sent
            again when the outcome of the first is unknown.
        done_when_gone: For what removes something: whether finding it gone on a repeated attempt means that an earlier,
            unanswered one succeeded.
        read_back: For an insert under an id that the client chose: how to find what an earlier,
            unanswered attempt of the same insert stored.
    """

    method: str
    path: str
    decode: Callable[[bytes], T]
    params: Mapping[str, Param] = attrs.field(factory=dict[str, Param])
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
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
        if token is None:
            return self.first
        return attrs.evolve(self.first, params={**self.first.params, "pageToken": token})


def deletion(path: str, params: Mapping[str, Param] | None = None) -> Operation[None]:
    """Describe a call that removes something, and may be repeated."""
    return Operation("DELETE", path, nothing, params or {}, done_when_gone=True)


def nothing(data: bytes) -> None:
    """Read the empty answer of a call that returns nothing."""
