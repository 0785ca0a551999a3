"""The body of a call, read and checked against the contract's schemas."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import msgspec

from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gcsa.emulator.contract import Schema

Resource: TypeAlias = "dict[str, Any]"

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_DEEPEST = 50
_INTEGER = re.compile(r"-?\d{1,20}", re.ASCII)
_INTEGER_RANGES = {
    "int32": (-(1 << 31), (1 << 31) - 1),
    "uint32": (0, (1 << 32) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
}


def read_body(schema: str, body: bytes, ignoring: frozenset[str] = frozenset()) -> Resource:
    """Return the resource in a body: the fields that its schema knows, with values of their types.

    Unknown and read-only fields are left out, as Google ignores them. null stays None at every depth (in a patch it
    removes a field); a number or boolean that is written as a string is read, as Google does.

    Args:
        schema: The schema's name.
        body: JSON text. An empty body is an empty resource.
        ignoring: Fields that are left out unread, whatever is in them.

    Raises:
        ApiError: The body is not JSON, or a value is not of its field's type, among its values, or within its limit.
    """
    if not body:
        return {}
    try:
        given = _decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise ApiError.parse_error() from None
    if ignoring:
        given = {name: item for name, item in given.items() if name not in ignoring}
    resource: Resource = _cleaner(schema)(given)
    return resource


@cache
def _cleaner(name: str) -> Callable[[Any], Any]:
    return _cleaner_of(contract().schemas[name], name)


def _cleaner_of(schema: Schema, name: str) -> Callable[[Any], Any]:
    if schema.ref is not None:
        return _cleaner(schema.ref)
    if schema.properties is not None:
        return _object_cleaner(schema.properties)
    if schema.additionalProperties is not None:
        return _map_cleaner(_cleaner_of(schema.additionalProperties, name))
    if schema.items is not None:
        return _list_cleaner(_cleaner_of(schema.items, name), schema.maxItems, name)
    if schema.type == "string" and schema.format != "int64":
        return _string_cleaner(schema, name)
    if schema.type == "integer" or schema.format == "int64":
        return _integer_cleaner(schema.format or "int32")
    return {"boolean": _clean_boolean, "number": _clean_number}.get(schema.type or "", _keep)


def _object_cleaner(properties: dict[str, Schema]) -> Callable[[Any], Any]:
    cleaners = {
        name: _cleaner_of(field, name) for name, field in properties.items() if not field.readOnly
    }

    def clean(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _not_valid(value)
        cleaned: Resource = {}
        for name, item in cast("Resource", value).items():
            cleaner = cleaners.get(name)
            if cleaner is not None:
                cleaned[name] = None if item is None else cleaner(item)
        return cleaned

    return clean


def _map_cleaner(cleaner: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _not_valid(value)
        items = cast("Resource", value).items()
        return {name: None if item is None else cleaner(item) for name, item in items}

    return clean


def _list_cleaner(
    cleaner: Callable[[Any], Any], limit: int | None, name: str
) -> Callable[[Any], Any]:
    def clean(value: Any) -> Any:
        if value.__class__ is not list:
            raise _not_valid(value)
        if limit is not None and len(value) > limit:
            raise ApiError.invalid(f"Invalid value for: {name}. At most {limit} are allowed.")
        return [cleaner(item) for item in value]

    return clean


def _string_cleaner(schema: Schema, name: str) -> Callable[[Any], Any]:
    allowed = None if schema.enum is None else frozenset(schema.enum)
    limit = schema.maxLength

    def clean(value: Any) -> Any:
        if type(value) is not str or (allowed is not None and value not in allowed):
            raise _not_valid(value)
        if limit is not None and len(value) > limit:
            raise ApiError.invalid(
                f"Invalid value for: {name}. The maximum length is {limit} characters."
            )
        return value

    return clean


def _integer_cleaner(format_: str) -> Callable[[Any], Any]:
    least, most = _INTEGER_RANGES[format_]
    # 64-bit integers are strings in JSON. https://developers.google.com/discovery/v1/type-format
    written = str if format_ == "int64" else int

    def clean(value: Any) -> Any:
        if type(value) is str and _INTEGER.fullmatch(value):
            number = int(value)
        elif type(value) is int:
            number = value
        elif type(value) is float and value.is_integer():
            number = int(value)
        else:
            raise _not_valid(value)
        if not least <= number <= most:
            raise _not_valid(value)
        return written(number)

    return clean


def _clean_boolean(value: Any) -> Any:
    if type(value) is bool:
        return value
    if type(value) is str and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise _not_valid(value)


def _clean_number(value: Any) -> Any:
    if type(value) in (int, float):
        return value
    raise _not_valid(value)


def _keep(value: Any) -> Any:
    """Return a value of any type, unless it is nested deeper than anything that makes sense."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [item for outer in level for item in _items(outer)]
        if not level:
            return value
    raise ApiError.parse_error()


def _items(value: Any) -> Iterable[Any]:
    if value.__class__ is list:
        return value
    return value.values() if value.__class__ is dict else ()


def _not_valid(value: Any) -> ApiError:
    # The wording: https://itblog.dynaspo.com/blog-entry-202.html quotes "Invalid value for: null is not a valid value".
    text = value if type(value) is str else msgspec.json.encode(value).decode()
    if len(text) > 100:
        text = text[:100] + "…"
    return ApiError.invalid(f"Invalid value for: {text} is not a valid value")
