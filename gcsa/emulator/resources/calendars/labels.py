"""The labels that a calendar has for its events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gcsa.emulator import palette
from gcsa.emulator.errors import ApiError

if TYPE_CHECKING:
    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.ids import Ids

# "If provided, the ID must be unique within the calendar and follow UUID format."
# https://developers.google.com/workspace/calendar/api/v3/reference/calendars#labelProperties
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


def check_labels(labels: list[Resource], ids: Ids) -> list[Resource]:
    """Return a calendar's labels as they are stored: each with an id, a colour and, where it has one, a name.

    Args:
        labels: What the body says.
        ids: Where the ids of new labels come from.

    Raises:
        ApiError: A label has no colour, something that is none, or an id that is not one, or that comes twice.
    """
    complete: dict[str, Resource] = {}
    for label in labels:
        color = label.get("backgroundColor")
        if not color:
            raise ApiError.required("Missing label background color.")
        if not palette.is_color(color):
            raise ApiError.invalid("Invalid label background color.")
        label_id = label.get("id") or ids.uuid()
        if _UUID.fullmatch(label_id) is None:
            raise ApiError.invalid("Invalid label ID.")
        if label_id in complete:
            raise ApiError.invalid("Duplicate label ID.")
        name = {"name": label["name"]} if label.get("name") else {}
        complete[label_id] = {"id": label_id, **name, "backgroundColor": color}
    return list(complete.values())
