"""What an answer has to be: valid against the discovery document, or an error in Google's shape.

The document is Google's own, not the emulator's contract, so a field that the emulator has wrong is found.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import cache

from tests.strategies.discovery import DOCUMENT, SCHEMAS

METHODS = {
    method["id"]: method
    for resource in DOCUMENT["resources"].values()
    for method in resource["methods"].values()
}
# The statuses of https://developers.google.com/workspace/calendar/api/guides/errors that a request can cause.
REFUSALS = {400, 401, 403, 404, 409, 410, 412, 413, 415}
DOMAINS = {"global", "calendar", "usageLimits"}

_LISTED_VALUE = re.compile(r'^- "([^"]+)"', re.MULTILINE)
_INT64 = re.compile(r"-?\d{1,19}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)", re.ASCII)
# A client has to bear types of conferences that it does not know, says the description.
_OPEN = {"ConferenceSolutionKey.type"}


def check_answer(method_id, response):
    """Check the answer to a call of a method."""
    if response.status >= 400:
        check_error(response)
        return
    schema = METHODS[method_id].get("response")
    if response.status == 304:
        assert response.body == b""
        return
    if schema is None:
        assert (response.status, response.body) == (204, b""), method_id
        return
    assert response.status == 200, response
    answer = json_of(response)
    check_value(SCHEMAS[schema["$ref"]], answer, schema["$ref"])
    if "etag" in response.headers:
        assert response.headers["etag"] == answer["etag"]
    elif "etag" in answer:
        assert METHODS[method_id]["httpMethod"] == "GET", (
            "an etag of a changed resource is a header"
        )


def check_error(response):
    """Check that an answer is an error that Google could have sent."""
    assert response.status in REFUSALS, response
    document = json_of(response)
    assert document.keys() == {"error"}
    error = document["error"]
    assert error.keys() == {"errors", "code", "message"}
    assert error["code"] == response.status
    assert error["message"]
    assert error["errors"][0]["message"] == error["message"]
    for item in error["errors"]:
        assert item.keys() <= {"domain", "reason", "message", "locationType", "location"}
        assert item["domain"] in DOMAINS
        assert re.fullmatch(r"[a-zA-Z.]+", item["reason"])
        assert ("location" in item) == ("locationType" in item)
        assert item.get("locationType", "parameter") in {"parameter", "header"}


def json_of(response):
    """The JSON of an answer, which says that it is JSON."""
    assert response.headers["content-type"] == "application/json; charset=UTF-8"
    return json.loads(response.body.decode("utf-8"))


def check_value(schema, value, where):
    """Check a value against a schema of the document, to the last field."""
    if "$ref" in schema:
        check_value(SCHEMAS[schema["$ref"]], value, schema["$ref"])
    elif schema["type"] == "object":
        _check_object(schema, value, where)
    elif schema["type"] == "array":
        assert isinstance(value, list), where
        for item in value:
            check_value(schema["items"], item, f"{where}[]")
    elif schema["type"] == "string":
        assert isinstance(value, str), f"{where} is {value!r}"
        _check_text(schema, value, where)
    elif schema["type"] == "boolean":
        assert isinstance(value, bool), f"{where} is {value!r}"
    elif schema["type"] == "integer":
        assert type(value) is int, f"{where} is {value!r}"
        assert -(2**31) <= value < 2**31, where
    else:
        assert schema["type"] == "any", schema


def _check_object(schema, value, where):
    assert isinstance(value, dict), f"{where} is {value!r}"
    known = schema.get("properties", {})
    for name, item in value.items():
        field = known.get(name) or schema.get("additionalProperties")
        assert field is not None, f"{where} has no field {name}"
        check_value(field, item, f"{where}.{name}")
    if "kind" in known:
        assert value["kind"] == known["kind"]["default"]


def _check_text(schema, value, where):
    value.encode("utf-8")
    listed = _values_of(schema.get("description", ""))
    if listed and where not in _OPEN:
        assert value in listed, f"{where} is {value!r}"
    match schema.get("format"):
        case "date-time":
            assert _DATE_TIME.fullmatch(value), f"{where} is {value!r}"
            datetime.fromisoformat(value)
        case "date":
            assert _DATE.fullmatch(value), f"{where} is {value!r}"
            date.fromisoformat(value)
        case "int64":
            assert _INT64.fullmatch(value), f"{where} is {value!r}"
        case other:
            assert other is None, other


@cache
def _values_of(description):
    return frozenset(_LISTED_VALUE.findall(description))
