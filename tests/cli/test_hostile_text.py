"""Whoever invites one may write anything into an event; no terminal and no spreadsheet obeys it."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.cli.plain_text import lines, one_line
from gcsa.event import Event

ESCAPES = [
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07red",
    "\x1b]8;;http://evil\x1b\\red\x1b]8;;\x1b\\",
    "\x9b31mred",
    "r\x1bced",
    "\x1bP1$r\x1b\\red",
    "red\r\n\x08\x7f",
    "\u202ered\u202c",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_control_sequences_are_taken_out_whole(text):
    assert one_line(text).replace(" ", "") == "red"


@given(st.text())
def test_nothing_is_left_that_a_terminal_obeys(text):
    for line in (one_line(text), *lines(text)):
        assert line.isprintable() or all(
            character not in line for character in "\x1b\x9b\n\r\x07\x08"
        )
        line.encode()


def test_a_description_in_html_is_shown_as_text():
    assert lines("<b>Agenda</b><br>1. A &amp; B<script>x</script>") == ["Agenda", "1. A & Bx"]


@pytest.fixture
def hostile(calendar, gcsa):
    calendar.add_event(
        Event(
            "\x1b[31m[bold]x[/bold]\u202e\r\nfake",
            datetime(2026, 1, 6, 12),
            timezone="Europe/Prague",
            location="=cmd|' /C calc'!A1",
            description="+1-2\x1b]0;owned\x07",
        )
    )
    return gcsa


@pytest.mark.parametrize(
    "words", [["agenda"], ["show", "fake"], ["find", "fake"], ["week"], ["month"]]
)
def test_no_listing_shows_control_characters(hostile, words):
    shown = hostile.out(*words)
    assert not set(shown) & set("\x1b\x9b\r\x07\u202e")


def test_markup_is_shown_as_it_is_written(hostile):
    assert "[bold]x[/bold] fake" in hostile.out("agenda")


def test_an_error_shows_no_control_characters_either(hostile):
    assert hostile.fails("show", "\x1b[31mx")[0] == "gcsa: No event matches '\\x1b[31mx'."


def test_csv_has_no_formulas(hostile):
    (row,) = csv.DictReader(io.StringIO(hostile.out("agenda", "--csv")))
    assert row["location"] == "'=cmd|' /C calc'!A1"
    assert row["description"].startswith("'+1-2")
    assert "\x1b" not in row["summary"]


def test_json_says_what_there_is_without_a_terminal_obeying_it(hostile):
    shown = hostile.out("agenda", "--json")
    assert not set(shown) & set("\x1b\x9b\r\u202e")
    assert json.loads(shown)[0]["summary"] == "\x1b[31m[bold]x[/bold]\u202e\r\nfake"
