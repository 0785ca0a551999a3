"""What people give as arguments: objects or their ids, checked before anything is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from gcsa.event import Event

T = TypeVar("T")

# The parameters that every method of the API has: "parameters" in its discovery document.
PARAMETERS_OF_ALL = frozenset(
    {"alt", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp"}
)


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
            raise ValueError(f"{name} is an empty string, and not an id.")
        return resource
    raise TypeError(
        f"{name} must be {kind.__name__} or its id as a string, not {type(resource).__name__}."
    )


def require(given: object, kind: type[T], name: str) -> T:
    """Return what has to be an object, because its id would not do.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(given, kind):
        raise TypeError(f"{name} must be {kind.__name__}, not {type(given).__name__}.")
    return given


def one_of(given: str, allowed: Collection[str], name: str) -> str:
    """Return what has to be one of a few words.

    Raises:
        ValueError: It is another one.
    """
    if given not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}, not {given!r}.")
    return given


def if_match(resource: object, if_unchanged: bool) -> dict[str, str]:
    """Return the header that has the server refuse a change of what somebody else has changed.

    Args:
        resource: What is to be changed, as it was read; its id does not do.
        if_unchanged: Whether the header is wanted.

    Raises:
        ValueError: It is wanted, and the resource has no etag.

    Reference: https://developers.google.com/workspace/calendar/api/guides/version-resources
    """
    if not if_unchanged:
        return {}
    if isinstance(resource, Event):
        etag: object = resource.etag
    else:
        etag = getattr(resource, "other", {}).get("etag")
    if not isinstance(etag, str):
        raise ValueError(
            "if_unchanged needs what was read from the server: only that has an etag, "
            f"and {resource!r} has none."
        )
    return {"If-Match": etag}


def parted(
    changes: Mapping[str, T], parameters: Collection[str]
) -> tuple[dict[str, T], dict[str, T]]:
    """Part the keyword arguments of a patch into what changes, and parameters of Google's.

    Args:
        changes: All of them.
        parameters: The names of the parameters that the method has, besides those of all methods.
    """
    named = PARAMETERS_OF_ALL.union(parameters)
    return (
        {name: value for name, value in changes.items() if name not in named},
        {name: value for name, value in changes.items() if name in named},
    )
