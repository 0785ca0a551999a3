"""All that the discovery document has: methods, parameters and fields, each by a name that claims are made by.

events.list            a method
events.list?q          a parameter of a method
?fields                a parameter that every method has
events.list@calendar   a scope that allows a method
Event.creator.email    a field of a schema
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from tests.strategies.discovery import DOCUMENT, SCHEMAS

SCOPE = "https://www.googleapis.com/auth/"
METHODS = {
    method["id"].removeprefix("calendar."): method
    for resource in DOCUMENT["resources"].values()
    for method in resource["methods"].values()
}
PARAMETERS = [
    f"{name}?{parameter}"
    for name, method in METHODS.items()
    for parameter in method.get("parameters", {})
]
COMMON_PARAMETERS = [f"?{name}" for name in DOCUMENT["parameters"]]
SCOPES = [scope.removeprefix(SCOPE) for scope in DOCUMENT["auth"]["oauth2"]["scopes"]]
GRANTS = [
    f"{name}@{scope.removeprefix(SCOPE)}"
    for name, method in METHODS.items()
    for scope in method["scopes"]
]

_BRACES = re.compile(r"\{([^{}]*)\}")


def _fields_within(schema, name):
    """The fields of a schema that is written out in place, and those of its own."""
    while schema.get("type") == "array":
        schema = schema["items"]
    for field, own in schema.get("properties", {}).items():
        yield f"{name}.{field}"
        yield from _fields_within(own, f"{name}.{field}")


FIELDS = [field for name, schema in SCHEMAS.items() for field in _fields_within(schema, name)]


@cache
def expand(claim):
    """The names that a claim stands for: `events.{get,list}?timeZone` is two."""
    pieces = _BRACES.split(claim)
    choices = [piece.split(",") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in product(*choices)]


def fields_in(schema_name, value):
    """The names of the fields that a resource has, at every depth."""
    yield from _walk(SCHEMAS[schema_name], value, schema_name)


def _walk(schema, value, name):
    if "$ref" in schema:
        yield from _walk(SCHEMAS[schema["$ref"]], value, schema["$ref"])
    elif isinstance(value, list):
        for item in value:
            yield from _walk(schema["items"], item, name)
    elif isinstance(value, dict):
        fields = schema.get("properties", {})
        for key, item in value.items():
            if key in fields:
                yield f"{name}.{key}"
                yield from _walk(fields[key], item, f"{name}.{key}")
            elif "additionalProperties" in schema:
                yield from _walk(schema["additionalProperties"], item, name)
