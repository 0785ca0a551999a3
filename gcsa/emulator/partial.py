"""Partial responses: the `fields` parameter, read against the contract and applied to an answer.

The syntax is that of https://developers.google.com/workspace/calendar/api/guides/performance#partial-response:
`a,b` selects fields, `a/b` a field within a field, `a(b,c)` several of them, and `*` every field of its level. Of a
list, every item is selected from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from gcsa.emulator.contract import contract
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.contract import Schema

# What is selected of an object: its fields, each with what is selected of it; None is all of it.
Selection: TypeAlias = "dict[str, Selection | None]"

_TOKEN = re.compile(r"[,/()]|[^,/()]+")
_EVERY = "*"
# Deeper than any resource; a limit to what one parameter can ask for.
_DEEPEST = 16


@lru_cache(maxsize=256)
def read_fields(text: str, schema: str | None) -> Selection:
    """Return what a `fields` parameter selects of a resource.

    Args:
        text: The parameter. An empty one selects nothing: the answer is then `{}`, as measured of Google in
            https://github.com/brekkylab/backlot/issues/337.
        schema: The name of the resource's schema; None where the contract has none, and any field may be named.

    Raises:
        ApiError: 400 `invalidParameter`, it names a field that is not there, or cannot be read.
    """
    if not text.strip():
        return {}
    selection = _parse(text)
    return selection if schema is None else _resolve(selection, contract().schemas[schema])


def select(selection: Selection, value: Any) -> Any:
    """Return the part of a resource that a selection keeps."""
    if value.__class__ is list:
        return [select(selection, item) for item in value]
    if not isinstance(value, dict):
        return value
    resource = cast("dict[str, Any]", value)
    if _EVERY in selection:  # a map: its names are only known now
        selection = {name: _of_every(selection, name) for name in resource}
    kept: dict[str, Any] = {}
    for name, item in resource.items():
        if name in selection:
            inner = selection[name]
            kept[name] = item if inner is None else select(inner, item)
    return kept


def _parse(text: str) -> Selection:
    """Return what the text says, whether there are such fields or not."""
    tokens = [token.strip() for token in _TOKEN.findall(text)]
    rest = iter(tokens)
    selection, end = _parse_level(rest, 0)
    if selection is None or end != "":
        raise _invalid(text)
    return selection


def _parse_level(tokens: Iterator[str], depth: int) -> tuple[Selection | None, str]:
    """Read fields with commas between them; also return the token that ended them, '' at the end of the text."""
    selection: Selection = {}
    while True:
        end = _parse_field(tokens, depth, selection)
        if end != ",":
            return (None if end is None else selection), end or ""


def _parse_field(tokens: Iterator[str], depth: int, selection: Selection) -> str | None:
    """Read one field into a selection; return the token after it, None where the text cannot be read."""
    name = next(tokens, "")
    if name in ("", ",", "/", "(", ")") or depth > _DEEPEST:
        return None
    after: str | None = next(tokens, "")
    inner: Selection | None = None
    if after == "/":
        inner = {}
        after = _parse_field(tokens, depth + 1, inner)
    elif after == "(":
        inner, end = _parse_level(tokens, depth + 1)
        if inner is None or end != ")":
            return None
        after = next(tokens, "")
    _add(selection, name, inner)
    return after if after in ("", ",", ")") else None


def _resolve(selection: Selection, schema: Schema) -> Selection:
    """Return a selection with the fields that a schema has, `*` spelled out."""
    fields, others = _fields_of(schema)
    resolved: Selection = {}
    for name, inner in selection.items():
        if name in fields:
            _add(resolved, name, _resolve_inner(inner, fields[name]))
        elif others is not None:
            _add(resolved, name, _resolve_inner(inner, others))
        elif name == _EVERY:
            _resolve_every(inner, fields, resolved)
        else:
            raise _invalid(name)
    return resolved


def _resolve_inner(inner: Selection | None, schema: Schema) -> Selection | None:
    return None if inner is None else _resolve(inner, schema)


def _resolve_every(inner: Selection | None, fields: dict[str, Schema], resolved: Selection) -> None:
    """Add every field that has what is asked of it: `*/email` is the e-mail of creator and organizer."""
    refused: ApiError | None = None
    found = False
    for name, schema in fields.items():
        try:
            _add(resolved, name, _resolve_inner(inner, schema))
            found = True
        except ApiError as error:
            refused = error
    if not found:
        raise refused or _invalid(_EVERY)


def _fields_of(schema: Schema) -> tuple[dict[str, Schema], Schema | None]:
    """Return the fields of a value (of a list: of its items), and the schema of any other field that it may have."""
    if schema.ref is not None:
        return _fields_of(contract().schemas[schema.ref])
    if schema.items is not None:
        return _fields_of(schema.items)
    return schema.properties or {}, schema.additionalProperties


def _of_every(selection: Selection, name: str) -> Selection | None:
    """Return what is selected of one field of a map, by its own name and as one of them all."""
    both: Selection = {}
    _add(both, name, selection[_EVERY])
    if name in selection:
        _add(both, name, selection[name])
    return both[name]


def _add(selection: Selection, name: str, inner: Selection | None) -> None:
    """Add a field to a selection; what was selected of it before stays selected."""
    before = selection.get(name, {})
    if before is None or inner is None:
        selection[name] = None
        return
    merged = dict(before)
    for key, value in inner.items():
        _add(merged, key, value)
    selection[name] = merged


def _invalid(what: str) -> ApiError:
    # The wording: https://developers.google.com/workspace/drive/api/guides/fields-parameter quotes
    # "Invalid field selection canAddChildren", the last name only; the reason is that of
    # https://developers.google.com/youtube/v3/docs/core_errors.
    shown = what if len(what) <= 100 else what[:100] + "…"
    return ApiError.invalid_parameter("fields", f"Invalid field selection {shown}")
