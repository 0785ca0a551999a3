"""The colors resource: https://developers.google.com/workspace/calendar/api/v3/reference/colors ."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gcsa.emulator import palette
from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call


@method("calendar.colors.get")
def get(call: Call) -> Answer:  # noqa: ARG001 (a method's signature)
    """Return the colours of calendars and events.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/colors/get
    """
    return Answer(_palette_text())


@cache
def _palette_text() -> str:
    return json_text(
        {
            "kind": "calendar#colors",
            "updated": palette.UPDATED,
            "calendar": _definitions(palette.CALENDAR_BACKGROUNDS),
            "event": _definitions(palette.EVENT_BACKGROUNDS),
        }
    )


def _definitions(backgrounds: dict[str, str]) -> dict[str, dict[str, str]]:
    return {
        color_id: {"background": background, "foreground": palette.FOREGROUND}
        for color_id, background in backgrounds.items()
    }
