"""colors: Google's palettes, and the nearest colour of one."""

from __future__ import annotations

import pytest

from gcsa.emulator.palette import CALENDAR_BACKGROUNDS, is_color, nearest_calendar_color


def test_the_palettes_are_googles(me):
    colors = me.ok("GET", "/colors")
    assert colors["kind"] == "calendar#colors"
    assert colors["updated"] == "2012-02-14T00:00:00.000Z"
    assert list(colors["calendar"]) == [str(number) for number in range(1, 25)]
    assert list(colors["event"]) == [str(number) for number in range(1, 12)]
    assert colors["calendar"]["1"] == {"background": "#ac725e", "foreground": "#1d1d1d"}
    assert colors["calendar"]["24"] == {"background": "#a47ae2", "foreground": "#1d1d1d"}
    assert colors["event"]["1"] == {"background": "#a4bdfc", "foreground": "#1d1d1d"}
    assert colors["event"]["11"] == {"background": "#dc2127", "foreground": "#1d1d1d"}


def test_every_colour_is_one_and_is_there_once(me):
    colors = me.ok("GET", "/colors")
    for palette in (colors["calendar"], colors["event"]):
        backgrounds = [color["background"] for color in palette.values()]
        assert len(set(backgrounds)) == len(backgrounds)
        assert all(is_color(background) for background in backgrounds)


@pytest.mark.parametrize("color_id", list(CALENDAR_BACKGROUNDS))
def test_a_colour_of_the_palette_is_nearest_to_itself(color_id):
    assert nearest_calendar_color(CALENDAR_BACKGROUNDS[color_id]) == color_id


@pytest.mark.parametrize(
    ("color", "nearest"), [("#ff0000", "3"), ("#0000FF", "16"), ("#cccccc", "19")]
)
def test_other_colours_have_a_nearest_one(color, nearest):
    assert nearest_calendar_color(color) == nearest


@pytest.mark.parametrize("text", ["", "#fff", "ff0000", "#ff00zz", "#ff00000", "#ff000０"])
def test_other_texts_are_no_colours(text):
    assert not is_color(text)
