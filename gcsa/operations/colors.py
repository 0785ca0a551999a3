"""The calls on colours: the palettes that events and calendars choose from.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors
"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from gcsa.operations.method import operation
from gcsa.operations.operation import Operation
from gcsa.operations.runner import Caller

Palette: TypeAlias = dict[str, dict[str, str]]
"""Colour ids, each with its `background` and `foreground` such as `'#a4bdfc'`."""


class Colors(Caller):
    """The methods on colours, of both clients and of their batches."""

    @operation
    def list_event_colors(self) -> Operation[Palette]:
        """Return the colours of events: for each id, its `background` and `foreground`.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors/get
        """
        return Operation("GET", "colors", lambda data: _palette(data, "event"))

    @operation
    def list_calendar_colors(self) -> Operation[Palette]:
        """Return the colours of calendars: for each id, its `background` and `foreground`.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors/get
        """
        return Operation("GET", "colors", lambda data: _palette(data, "calendar"))


def _palette(data: bytes, kind: str) -> Palette:
    answer: dict[str, Any] = msgspec.json.decode(data, type=dict[str, Any])
    return msgspec.convert(answer.get(kind, {}), Palette)
