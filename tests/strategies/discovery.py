"""Hypothesis strategies for the API's resources, made from Google's own discovery document.

`resources("Event")` draws what the document allows: any subset of the properties, each with a value
of its type and format. `odd_resources("Event")` draws what it does not allow as well, at every
depth: unknown values, missing fields, nulls, values of another type, keys nobody has heard of.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache
from hypothesis import strategies as st

Json = Any

DOCUMENT: dict[str, Any] = json.loads(
    Path(googleapiclient.discovery_cache.__file__)
    .with_name("documents")
    .joinpath("calendar.v3.json")
    .read_text(encoding="utf-8")
)
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["schemas"]

ZONES = ["UTC", "Europe/Prague", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Etc/GMT+12"]

# The document lists a field's possible values in its description only.
_LISTED_VALUE = re.compile(r'^- "([^"]+)"', re.MULTILINE)


@cache
def resources(schema: str) -> st.SearchStrategy[dict[str, Json]]:
    """Resources that the discovery document allows, by the name of their schema."""
    return _valid(SCHEMAS[schema])


@cache
def odd_resources(schema: str) -> st.SearchStrategy[dict[str, Json]]:
    """Resources that the discovery document does not foresee; JSON objects, at least."""
    return _odd_object(SCHEMAS[schema])


@cache
def _odd_value(schema: str) -> st.SearchStrategy[Json]:
    return _odd(SCHEMAS[schema])


@cache
def json_values() -> st.SearchStrategy[Json]:
    """Any JSON."""
    return st.recursive(
        _json_scalars(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_names(), inner, max_size=2),
        max_leaves=4,
    )


def _json_scalars() -> st.SearchStrategy[Json]:
    numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    return st.none() | st.booleans() | numbers | st.text(max_size=8)


def _names() -> st.SearchStrategy[str]:
    return st.text("abcXYZ_-0", min_size=1, max_size=6)


def _valid(schema: dict[str, Any]) -> st.SearchStrategy[Json]:
    if "$ref" in schema:
        return st.deferred(lambda: resources(schema["$ref"]))
    match schema["type"]:
        case "object":
            return _object(schema, _valid, st.nothing())
        case "array":
            return st.lists(_valid(schema["items"]), max_size=3)
        case "string":
            return _text(schema)
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(-(2**31), 2**31 - 1)
        case "number":
            return st.floats(allow_nan=False, allow_infinity=False)
        case "any":
            return json_values()
        case other:
            raise AssertionError(f"The discovery document has a type that is new here: {other!r}")


def _odd(schema: dict[str, Any]) -> st.SearchStrategy[Json]:
    if "$ref" in schema:
        return st.deferred(lambda: _odd_value(schema["$ref"]))
    match schema["type"]:
        case "object":
            expected = _odd_object(schema)
        case "array":
            expected = st.lists(_odd(schema["items"]), max_size=3)
        case _:
            expected = _valid(schema) | st.text(max_size=8)
    # Odd at this place one time in four, so that what is below it is odd often enough as well.
    return st.one_of(expected, expected, expected, json_values())


def _odd_object(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Json]]:
    return _object(schema, _odd, json_values())


def _object(
    schema: dict[str, Any], value: Any, unknown: st.SearchStrategy[Json]
) -> st.SearchStrategy[dict[str, Json]]:
    known = st.fixed_dictionaries(
        {}, optional={name: value(sub) for name, sub in schema.get("properties", {}).items()}
    )
    if "additionalProperties" in schema:
        unknown = value(schema["additionalProperties"])
    if unknown.is_empty:
        return known
    extra = st.dictionaries(_names(), unknown, max_size=2)
    return st.builds(lambda more, own: {**more, **own}, extra, known)


def _text(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    description = schema.get("description", "")
    listed = _LISTED_VALUE.findall(description)
    if listed:
        return st.sampled_from(listed)
    match schema.get("format"):
        case "date":
            return st.dates().map(date.isoformat)
        case "date-time":
            return _rfc3339()
        case "int64":
            return st.integers(-(2**63), 2**63 - 1).map(str)
        case None if "IANA" in description:
            return st.sampled_from(ZONES)
        case None:
            return st.text(max_size=12)
        case other:
            raise AssertionError(f"The discovery document has a format that is new here: {other!r}")


def _rfc3339() -> st.SearchStrategy[str]:
    """Times in all the ways in which RFC 3339 lets one write them, years 1 to 9999."""
    offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))
    times = st.datetimes(
        datetime(1, 1, 1),
        datetime(9999, 12, 31, 23, 59, 59),
        timezones=st.sampled_from([UTC]) | offsets,
    )
    spellings = [_with_z, datetime.isoformat, _in_whole_seconds, _in_milliseconds]
    return st.builds(lambda spell, time: spell(time), st.sampled_from(spellings), times)


def _with_z(time: datetime) -> str:
    return time.replace(tzinfo=None).isoformat() + "Z"


def _in_whole_seconds(time: datetime) -> str:
    return time.isoformat(timespec="seconds")


def _in_milliseconds(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds")
