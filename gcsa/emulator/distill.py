"""The program that distils Google's discovery document into `contract.json`.

    python -m gcsa.emulator.distill

It needs google-api-python-client (a development dependency), which carries the document. What stays is the
machine's part: methods, parameters, schemas, scopes. The prose goes, but for what it alone says and a
server has to know: which fields are read-only, the values a field may have, and its limits.
"""

from __future__ import annotations

import importlib.resources
import json
import re
import sys
from pathlib import Path
from typing import Any, cast

CONTRACT = Path(__file__).with_name("contract.json")

_PROSE = frozenset(
    {"description", "enumDescriptions", "icons", "documentationLink", "ownerDomain", "ownerName"}
)
_READ_ONLY = re.compile(r"\bread-only\b(?!, except)", re.IGNORECASE)
_POSSIBLE_VALUE = re.compile(r'^\s*- "([^"]*)"', re.MULTILINE)
_MAX_LENGTH = re.compile(r"maximum length is (\d+) characters|at most (\d+) characters")
_MAX_ITEMS = re.compile(r"at most (\d+) \w+ per event|number of [\w ]+ is (\d+)|maximum of (\d+)")
# Reading a conference must not fail on a type that a client does not know, says the schema; which types can
# be created is the calendar's business (conferenceProperties).
_OPEN_VALUES = frozenset({("ConferenceSolutionKey", "type")})
# These schemas are only ever answers, or values inside a query's answer.
_ANSWERS = frozenset({"Error", "Colors"})


def google_document() -> dict[str, Any]:
    """Return the Calendar API's discovery document, as google-api-python-client carries it."""
    package = importlib.resources.files("googleapiclient")
    document = package.joinpath("discovery_cache/documents/calendar.v3.json")
    content: dict[str, Any] = json.loads(document.read_text(encoding="utf-8"))
    return content


def distil(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document without its prose, and with what only the prose says as keywords."""
    contract = {key: _without_prose(value) for key, value in document.items() if key not in _PROSE}
    contract["auth"] = {
        "oauth2": {"scopes": {scope: {} for scope in document["auth"]["oauth2"]["scopes"]}}
    }
    contract["schemas"] = {
        name: _schema((name,), schema) for name, schema in document["schemas"].items()
    }
    return contract


def contract_text(document: dict[str, Any]) -> str:
    """Return the text of `contract.json` for this document."""
    return json.dumps(distil(document), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _without_prose(value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {key: _without_prose(item) for key, item in fields.items() if key not in _PROSE}
    if value.__class__ is list:
        return [_without_prose(item) for item in value]
    return value


def _schema(path: tuple[str, ...], schema: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in schema.items()
        if key not in _PROSE and key not in ("properties", "items", "additionalProperties")
    }
    prose = schema.get("description", "")
    if path[0] not in _ANSWERS:
        if _READ_ONLY.search(prose):
            kept["readOnly"] = True
        values = _POSSIBLE_VALUE.findall(prose)
        if values and path not in _OPEN_VALUES and schema.get("type") == "string":
            kept["enum"] = values
        if length := _MAX_LENGTH.search(prose):
            kept["maxLength"] = int(next(filter(None, length.groups())))
        if items := _MAX_ITEMS.search(prose):
            kept["maxItems"] = int(next(filter(None, items.groups())))
    if "properties" in schema:
        # A description property is a field of that name, not prose.
        kept["properties"] = {
            name: _schema((*path, name), field) for name, field in schema["properties"].items()
        }
    for key in ("items", "additionalProperties"):
        if key in schema:
            kept[key] = _schema((*path, key), schema[key])
            # "Possible values are" of a list are those of its items.
            if key == "items" and schema.get("type") == "array":
                values = _POSSIBLE_VALUE.findall(prose)
                if values and schema[key].get("type") == "string":
                    kept[key]["enum"] = values
    return kept


def main() -> None:
    """Write `contract.json` anew."""
    CONTRACT.write_text(contract_text(google_document()), encoding="utf-8")
    sys.stdout.write(f"{CONTRACT} written\n")


if __name__ == "__main__":
    main()
