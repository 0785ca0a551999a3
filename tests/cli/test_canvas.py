"""Text on a sheet of cells: wide characters take two, and marks none."""

from __future__ import annotations

import pytest

from gcsa.cli.canvas import Canvas, Paint, clipped, padded, wrapped


def drawn(canvas):
    return ["".join(text for text, _ in row) for row in canvas.rows()]


def test_a_wide_character_takes_two_cells():
    canvas = Canvas(8, 1)
    canvas.write(0, 0, "会議", 6)
    canvas.write(6, 0, "|", 1)
    assert drawn(canvas) == ["会議  |"]


def test_a_mark_stays_on_the_character_before():
    canvas = Canvas(6, 1)
    canvas.write(0, 0, "cafe\u0301", 5)
    canvas.write(5, 0, "|", 1)
    assert drawn(canvas) == ["cafe\u0301 |"]


def test_a_mark_with_nothing_before_it_is_left_out():
    canvas = Canvas(4, 1)
    canvas.write(0, 0, "\u0301a", 2)
    assert drawn(canvas) == ["a"]


def test_what_is_beside_the_sheet_is_not_drawn():
    canvas = Canvas(4, 1)
    canvas.write(0, 1, "below", 5)
    canvas.write(4, 0, "right", 5)
    canvas.write(2, 0, "over the edge", 9)
    assert drawn(canvas) == ["  o…"]


def test_cells_of_one_paint_are_one_stretch():
    canvas = Canvas(6, 1)
    bold = Paint(bold=True)
    canvas.write(0, 0, "ab", 2, bold)
    canvas.write(2, 0, "cd", 2)
    assert list(canvas.rows()) == [[("ab", bold), ("cd", Paint())]]


def test_blanks_at_the_end_of_a_row_stay_where_they_can_be_seen():
    canvas = Canvas(4, 1)
    behind = Paint(background="#000000")
    canvas.write(0, 0, "a", 4, behind)
    assert list(canvas.rows()) == [[("a   ", behind)]]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Lunch", 5, "Lunch"),
        ("Lunch", 4, "Lun…"),
        ("Lunch time", 7, "Lunch…"),
        ("会議室", 4, "会…"),
        ("会議室", 5, "会議…"),
        ("Lunch", 1, "…"),
        ("Lunch", 0, ""),
    ],
)
def test_a_text_that_is_too_long_is_cut_off(text, width, shown):
    assert clipped(text, width) == shown


def test_a_cut_text_is_filled_up_to_its_cells():
    assert padded("会議室", 4) == "会… "


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("Lunch with Ann", 10, 3, ["Lunch with", "Ann"]),
        ("Lunch with Ann", 5, 2, ["Lunch", "with…"]),
        ("Donaudampfschiff fahren", 5, 4, ["Donau", "dampf", "schif", "f fa…"]),
        ("会議室", 1, 3, ["会", "議", "…"]),
        ("Lunch", 5, 0, []),
    ],
)
def test_a_text_is_broken_between_words_where_they_fit(text, width, most, lines):
    assert wrapped(text, width, most) == lines
