"""What iCalendar cannot say of an event, kept on a line of our own.

The line has, for each of Google's keys that reading the other lines does not give back as it was, what it
gives and what it was. When the file is read, the key gets back what it was, but only where reading still
gives the same: what somebody has changed in the file meanwhile stays changed.
"""

from __future__ import annotations

import json
from typing import Any, cast

import msgspec

from gcsa.ical.content import Component, warn
from gcsa.ical.values import read_text
from gcsa.serializers.base_serializer import same_json

NAME = "X-GCSA-REMAINDER"
# An event of Google's is five deep: extendedProperties, conferenceData.parameters.addOnParameters.parameters.…
_DEEPEST = 50


def remainder(resource: dict[str, Any], readable: dict[str, Any]) -> str | None:
    """Return the text that makes up for what is lost, None where nothing is.

    Args:
        resource: The event.
        readable: What reading the event's other lines gives.
    """
    lost = {
        key: [readable.get(key), resource.get(key), key in resource]
        for key in {**resource, **readable}
        if key not in resource or key not in readable or not same_json(readable[key], resource[key])
    }
    # Escaped to ASCII, so that no program on the way can harm it.
    return json.dumps(lost, separators=(",", ":")) if lost else None


def put_back(resource: dict[str, Any], component: Component) -> None:
    """Give a resource that was read what was lost of it."""
    line = component.first(NAME)
    if line is None:
        return
    try:
        said = json.loads(read_text(line.value))
        if _is_deeper(said, _DEEPEST):
            raise RecursionError(f"it is nested more than {_DEEPEST} deep")
        lost = msgspec.convert(said, dict[str, tuple[Any, Any, bool]])
    except (ValueError, RecursionError) as error:
        warn(line.line, f"{NAME} is damaged, and is left out: {error}")
        return
    for key, (read, was, was_there) in lost.items():
        if not same_json(resource.get(key), read):
            continue  # somebody has changed it since
        if was_there:
            resource[key] = was
        else:
            resource.pop(key, None)


def _is_deeper(value: Any, most: int) -> bool:
    inner: list[Any]
    if isinstance(value, dict):
        inner = list(cast("dict[str, Any]", value).values())
    elif isinstance(value, list):
        inner = cast("list[object]", value)
    else:
        return False
    return most == 0 or any(_is_deeper(one, most - 1) for one in inner)
