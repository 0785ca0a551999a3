"""Extended properties: names and values that applications keep on an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource

# "The maximum size of a property's key is 44 characters, and properties with longer keys will be silently dropped. The
# maximum size of a property's value is 1024 characters, and properties with longer values will be silently
# truncated. An event can have up to 300 shared [private] properties totaling up to 32kB in size."
# https://developers.google.com/workspace/calendar/api/guides/extended-properties
_LONGEST_NAME: Final = 44
_LONGEST_VALUE: Final = 1024
_MOST: Final = 300
_LARGEST: Final = 32 * 1024


def extended_properties(given: Resource) -> Resource:
    """Return the properties as they are stored.

    Raises:
        ApiError: There are too many, or they are too large together.
    """
    return {
        which: limited
        for which in ("private", "shared")
        if (limited := _within_limits(given.get(which) or {}))
    }


def _within_limits(properties: dict[str, str]) -> dict[str, str]:
    kept = {
        name: value[:_LONGEST_VALUE]
        for name, value in properties.items()
        if len(name) <= _LONGEST_NAME
    }
    size = sum(len(name.encode()) + len(value.encode()) for name, value in kept.items())
    if len(kept) > _MOST or size > _LARGEST:
        raise ApiError.invalid("The extended properties of the event are too large.")
    return kept


def has_properties(resource: Resource, which: str, wanted: list[tuple[str, str]]) -> bool:
    """Whether an event has all these private or shared properties."""
    properties = resource.get("extendedProperties", {}).get(which, {})
    return all(properties.get(name) == value for name, value in wanted)


def read_constraints(texts: list[str], parameter: str) -> list[tuple[str, str]]:
    """Return the names and values of `privateExtendedProperty=name=value` parameters.

    Raises:
        ApiError: One is not of the form name=value.
    """
    constraints: list[tuple[str, str]] = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not name or not equals:
            raise ApiError.invalid(location=parameter)
        constraints.append((name, value))
    return constraints
