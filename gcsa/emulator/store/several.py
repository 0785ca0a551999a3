"""Statements about several values at once."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Up to so many values have a place of their own in the statement, which is faster than taking them out of JSON.
_MOST_PLACES: Final = 20


def places(values: Sequence[str]) -> str:
    """Return what stands behind IN in a statement: `(?, ?)` for two values."""
    return _places(min(len(values), _MOST_PLACES + 1))


def bound(values: Sequence[str]) -> Sequence[str]:
    """Return what is bound to the places of `places`."""
    return values if len(values) <= _MOST_PLACES else (json.dumps(values),)


@cache
def _places(count: int) -> str:
    if count > _MOST_PLACES:
        return "(SELECT value FROM json_each(?))"
    return f"({', '.join('?' * count)})"
