"""What the nouns check of the values that a person gives them, as attrs validators.

Each message names the field and what it may hold, for it is the only thing that its reader sees.
Where None is allowed as well, `attrs.validators.optional` is put around.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar, cast

from attrs import Attribute

T = TypeVar("T")

# What attrs calls with the object, the field and the field's new value.
Check: TypeAlias = Callable[[Any, "Attribute[Any]", Any], None]


def text(max_length: int | None = None) -> Check:
    """A string, of at most so many characters."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, str):
            raise _wrong_type(attribute, "a string", value)
        if max_length is not None and len(value) > max_length:
            raise ValueError(
                f"{_name(attribute)} may have at most {max_length} characters, not {len(value)}."
            )

    return check


def one_of(*choices: str) -> Check:
    """One of the strings."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if value not in choices:
            raise ValueError(
                f"{_name(attribute)} must be one of {', '.join(map(repr, choices))}, not {value!r}."
            )

    return check


def flag(_instance: object, attribute: Attribute[Any], value: object) -> None:
    """True or False."""
    if not isinstance(value, bool):
        raise _wrong_type(attribute, "True or False", value)


def number(minimum: int, maximum: int | None = None) -> Check:
    """A whole number from `minimum` up to, and with, `maximum`."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong_type(attribute, "a whole number", value)
        if value < minimum or (maximum is not None and value > maximum):
            limits = f"at least {minimum}" if maximum is None else f"from {minimum} to {maximum}"
            raise ValueError(f"{_name(attribute)} must be {limits}, not {value}.")

    return check


def instance(*kinds: type) -> Check:
    """An object of one of the classes."""

    def check(_instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            raise _wrong_type(attribute, " or ".join(kind.__name__ for kind in kinds), value)

    return check


def mapping(_instance: object, attribute: Attribute[Any], value: object) -> None:
    """A dict."""
    if not isinstance(value, dict):
        raise _wrong_type(attribute, "a dict", value)


def require_text(name: str, given: object) -> None:
    """Refuse None where a field may be None in what Google sends, but not in what a person writes.

    Raises:
        TypeError: `given` is not a string.
    """
    if not isinstance(given, str):
        raise TypeError(f"{name} must be a string, not {_type(given)}.")


def require_time(name: str, given: object) -> None:
    """Refuse what is no time: a text, above all, which may be meant in many ways.

    Raises:
        TypeError: `given` is neither a date, nor a datetime, nor None.
    """
    if given is not None and not isinstance(given, date):
        raise TypeError(f"{name} must be a date or a datetime, not {_type(given)}.")


def listed(name: str, type_: type[T], given: T | Iterable[T]) -> list[T]:
    """Return one object, or several of them, as a new list.

    Args:
        name: The field's name, for the message.
        type_: What each of them is.
        given: One of them, or any iterable of them.

    Raises:
        TypeError: `given` is neither, or one of them is something else.
    """
    if isinstance(given, type_):
        return [given]
    several: object = given
    # A dict is iterable too, but its keys are nothing that anybody means.
    if not isinstance(several, Iterable) or isinstance(several, (str, bytes, Mapping)):
        raise TypeError(f"{name} must be {type_.__name__} or a list of it, not {_type(given)}.")
    items = list(cast("Iterable[T]", several))
    for item in items:
        if not isinstance(item, type_):
            raise TypeError(f"{name} must have {type_.__name__} only, not {_type(item)}.")
    return items


def _name(attribute: Attribute[Any]) -> str:
    return attribute.name.rstrip("_")


def _wrong_type(attribute: Attribute[Any], wanted: str, value: object) -> TypeError:
    return TypeError(f"{_name(attribute)} must be {wanted}, not {_type(value)}.")


def _type(value: object) -> str:
    return type(value).__name__
