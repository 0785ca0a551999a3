"""Answers held against the contract's schemas."""

from __future__ import annotations

import json
from typing import Any

from gcsa.emulator.contract import contract

_TYPES = {"string": str, "boolean": bool, "integer": int}


def check_answer(response: Any, schema: str | None) -> None:
    """Check that a response is a resource as its schema describes it, or an error as Google writes them."""
    if response.status == 200 and schema is not None:
        _check(contract().schemas[schema], json.loads(response.body), schema)
    elif response.status != 204:
        assert 400 <= response.status < 500, response
        error = json.loads(response.body)["error"]
        assert error["code"] == response.status
        assert error["errors"][0]["reason"]
        assert error["message"] == error["errors"][0]["message"]


def _check(schema: Any, value: Any, where: str) -> None:
    if schema.ref is not None:
        schema = contract().schemas[schema.ref]
    if schema.properties is not None:
        assert isinstance(value, dict), where
        assert value.keys() <= schema.properties.keys(), where
        for name, item in value.items():
            _check(schema.properties[name], item, f"{where}.{name}")
    elif schema.additionalProperties is not None:
        for name, item in value.items():
            _check(schema.additionalProperties, item, f"{where}.{name}")
    elif schema.items is not None:
        for item in value:
            _check(schema.items, item, f"{where}[]")
    elif schema.type != "any":
        assert type(value) is _TYPES[schema.type], where
        assert schema.enum is None or value in schema.enum, where
