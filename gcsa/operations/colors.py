"""The calls on colours: the palettes that events and calendars choose from.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors
"""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, Param
from gcsa.operations.runner import Caller
from gcsa.serializers.base_serializer import BaseSerializer

Palette: TypeAlias = dict[str, dict[str, str]]
"""Colour ids, each with its `background` and `foreground` such as `'#a4bdfc'`."""


class Colors(Caller):
    """The methods on colours, of both clients and of their batches."""

    @operation
    def list_event_colors(self, /, **kwargs: Param) -> Operation[Palette]:
        """Return the colours of events: for each id, its `background` and `foreground`.

        Args:
            **kwargs: Parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors/get
        """
        return Operation("GET", "colors", lambda data: _palette(data, "event"), kwargs)

    @operation
    def list_calendar_colors(self, /, **kwargs: Param) -> Operation[Palette]:
        """Return the colours of calendars: for each id, its `background` and `foreground`.

        Args:
            **kwargs: Parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors/get
        """
        return Operation("GET", "colors", lambda data: _palette(data, "calendar"), kwargs)


def _palette(data: bytes, kind: str) -> Palette:
    colors = _object(BaseSerializer.ensure_dict(data.decode()).get(kind))
    return {id_: _texts(color) for id_, color in colors.items()}


def _texts(color: object) -> dict[str, str]:
    return {name: value for name, value in _object(color).items() if isinstance(value, str)}


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
