"""The colours of calendars and events, as terminals show them."""

from __future__ import annotations

import re

from gcsa.calendar import CalendarListEntry
from gcsa.event import Event

# The palettes that https://developers.google.com/workspace/calendar/api/v3/reference/colors/get answers with, by id:
# they are the same for everybody, so nobody has to be asked for them.
EVENTS = {
    "1": "#a4bdfc", "2": "#7ae7bf", "3": "#dbadff", "4": "#ff887c", "5": "#fbd75b", "6": "#ffb878",
    "7": "#46d6db", "8": "#e1e1e1", "9": "#5484ed", "10": "#51b749", "11": "#dc2127",
}  # fmt: skip
CALENDARS = {
    "1": "#ac725e", "2": "#d06b64", "3": "#f83a22", "4": "#fa573c", "5": "#ff7537", "6": "#ffad46",
    "7": "#42d692", "8": "#16a765", "9": "#7bd148", "10": "#b3dc6c", "11": "#fbe983", "12": "#fad165",
    "13": "#92e1c0", "14": "#9fe1e7", "15": "#9fc6e7", "16": "#4986e7", "17": "#9a9cff", "18": "#b99aff",
    "19": "#c2c2c2", "20": "#cabdbf", "21": "#cca6ac", "22": "#f691b2", "23": "#cd74e6", "24": "#a47ae2",
}  # fmt: skip
# The names that the web shows for event colours, by id, and their plain words.
# https://developers.google.com/apps-script/reference/calendar/event-color
EVENT_NAMES = {
    "lavender": "1", "sage": "2", "grape": "3", "flamingo": "4", "banana": "5", "tangerine": "6",
    "peacock": "7", "graphite": "8", "blueberry": "9", "basil": "10", "tomato": "11",
    "purple": "3", "yellow": "5", "orange": "6", "cyan": "7", "gray": "8", "grey": "8", "blue": "9",
    "green": "10", "red": "11",
}  # fmt: skip

DEFAULT = "#4986e7"
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")


def color_of_calendar(calendar: CalendarListEntry) -> str:
    """Return a calendar's colour, such as `#9a9cff`."""
    return _hexadecimal(calendar.background_color) or CALENDARS.get(
        calendar.color_id or "", DEFAULT
    )


def color_of(event: Event, calendar: CalendarListEntry) -> str:
    """Return an event's colour: its own, or its calendar's."""
    return EVENTS.get(event.color_id or "") or color_of_calendar(calendar)


def text_on(background: str) -> str:
    """Return black or white, whichever is read better on a colour."""
    red, green, blue = (int(background[place : place + 2], 16) for place in (1, 3, 5))
    # Perceived brightness: https://www.w3.org/TR/AERT/#color-contrast
    return "#000000" if red * 299 + green * 587 + blue * 114 > 128_000 else "#ffffff"


def is_color(text: str) -> bool:
    """Tell whether a text is a colour such as `#0088aa`."""
    return _hexadecimal(text) is not None


def _hexadecimal(text: str | None) -> str | None:
    return text if text is not None and _HEXADECIMAL.fullmatch(text) else None
