"""What a method answers: JSON text that is ready to send, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer.

    Attributes:
        text: The resource as JSON text; empty for an answer without a body.
        etag: The resource's etag, for the ETag header and for conditional requests.
        status: The HTTP status.
    """

    text: str = ""
    etag: str | None = None
    status: int = 200


NO_CONTENT = Answer(status=204)


def json_text(value: Any) -> str:
    """Return a value as compact JSON text."""
    return _encode(value).decode()


def collection(head: dict[str, Any], items: Iterable[str], etag: str | None = None) -> Answer:
    """Return a listing: the head's fields, and items that are JSON text already."""
    return Answer(f'{json_text(head)[:-1]},"items":[{",".join(items)}]}}', etag)
