"""The colours that calendars and events may have, by Google's ids."""

from __future__ import annotations

import re
from typing import Final

# The values that https://developers.google.com/workspace/calendar/api/v3/reference/colors/get answers: the palette
# of 2012, whatever the web shows today. Ids are "1" to "24" for calendars and "1" to "11" for events.
UPDATED: Final = "2012-02-14T00:00:00.000Z"
CALENDAR_BACKGROUNDS: Final = {
    str(number): background
    for number, background in enumerate(
        (
            "#ac725e",
            "#d06b64",
            "#f83a22",
            "#fa573c",
            "#ff7537",
            "#ffad46",
            "#42d692",
            "#16a765",
            "#7bd148",
            "#b3dc6c",
            "#fbe983",
            "#fad165",
            "#92e1c0",
            "#9fe1e7",
            "#9fc6e7",
            "#4986e7",
            "#9a9cff",
            "#b99aff",
            "#c2c2c2",
            "#cabdbf",
            "#cca6ac",
            "#f691b2",
            "#cd74e6",
            "#a47ae2",
        ),
        start=1,
    )
}
EVENT_BACKGROUNDS: Final = {
    str(number): background
    for number, background in enumerate(
        (
            "#a4bdfc",
            "#7ae7bf",
            "#dbadff",
            "#ff887c",
            "#fbd75b",
            "#ffb878",
            "#46d6db",
            "#e1e1e1",
            "#5484ed",
            "#51b749",
            "#dc2127",
        ),
        start=1,
    )
}
FOREGROUND: Final = "#1d1d1d"
# The foreground that an entry of a calendar list shows beside a colour of the palette.
ENTRY_FOREGROUND: Final = "#000000"

_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)


def is_color(text: str) -> bool:
    """Whether a text is a colour such as `#0088aa`."""
    return _HEXADECIMAL.fullmatch(text) is not None


def nearest_calendar_color(background: str) -> str:
    """Return the id of the calendar colour that comes nearest to a colour such as `#0088aa`."""
    wanted = _channels(background)

    def distance(color_id: str) -> int:
        color = _channels(CALENDAR_BACKGROUNDS[color_id])
        return sum((one - other) ** 2 for one, other in zip(wanted, color, strict=True))

    return min(CALENDAR_BACKGROUNDS, key=distance)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
