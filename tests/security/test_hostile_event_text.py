"""Whoever invites one may write anything into an event: no terminal, spreadsheet, notebook or database obeys it.

What the command line prints is in tests/cli/test_hostile_text.py, and what notebooks show in
tests/test_notebook_displays.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from html.parser import HTMLParser

import httpx2
import pytest
from google.oauth2.credentials import Credentials
from hypothesis import example, given
from hypothesis import strategies as st

from gcsa.cli.plain_text import lines, one_line
from gcsa.cli.records import write_csv, write_json
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar
from gcsa.mirror import Mirror

FORMULAS = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "＝1+1",
    "\ufeff=1+1", '"=1+1', "\x00=1+1", "%0A=1+1", "=HYPERLINK(\"http://evil.example\")", "\u202e=1+1", ";=1+1", ",=1+1",
]  # fmt: skip
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ESCAPES = [
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b[8m\x1b[2K\x1b[1A",
    "\x1bPq\x1b\\\x1b_G\x1b\\\x1b^x\x1b\\",
    "\x9d8;;https://evil.example\x9cclick",
    "\x9b2J",
    "\x1b[200~rm -rf /\n\x1b[201~",
    "a\x08\x08\x08b\x7f",
    *BIDI,
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_text_leaves_anything_that_a_terminal_obeys(text):
    for line in (one_line(f"x{text}y"), *lines(f"x{text}y")):
        assert not re.search(rf"[\x00-\x08\x0a-\x1f\x7f-\x9f{BIDI}]", line)


@given(
    st.text()
    | st.builds("{}{}".format, st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), st.text())
)
@example("=cmd|' /C calc'!A0")
def test_no_field_of_a_table_begins_as_a_formula_does(text):
    out = io.StringIO()
    write_csv([{"summary": text, "location": [text]}], ["summary", "location"], out)
    (_, row) = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(row) == 2
    for cell in row:
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_gets_out_of_its_field(text):
    out = io.StringIO()
    write_csv([{"summary": text, "id": "1"}], ["summary", "id"], out)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert [len(row) for row in rows] == [2, 2]
    assert rows[1][1] == "1"
    # What is neither a formula nor made text with a ' begins with a letter, as a spreadsheet sees it.
    assert not rows[1][0].lstrip(" \t\r\n\x00").startswith(("=", "+", "-", "@"))


@given(st.text())
@example("\x1b[2J\x9b\u2028\u202e</script>")
def test_json_is_the_text_and_nothing_that_a_terminal_obeys(text):
    out = io.StringIO()
    write_json([{"summary": text}], out)
    assert json.loads(out.getvalue())[0]["summary"] == text
    assert not re.search(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f{BIDI}]", out.getvalue())


class Page(HTMLParser):
    """What a browser makes of HTML: the elements, their attributes, and the text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'><b>", "</div></td>",
    "<!--", "]]>", "&lt;script&gt;", "<\x00script>", "javascript:alert(1)", "{{7*7}}", "</style><script>", "<a href=x>",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_a_notebook_shows_text_as_text(text):
    event = Event(
        text,
        datetime(2026, 3, 3, 10),
        location=text,
        description=text,
        attendees=["ann@example.com"],
        timezone="Europe/Prague",
    )
    event.other.update(htmlLink=f"javascript:{text}", hangoutLink=text)
    page = Page(event._repr_html_())
    assert page.tags <= {"div", "s", "a"}
    assert all(name in ("style", "target", "rel") for name, _ in page.attributes)
    if "\x00" not in text:
        assert page.text.count(text) == 3  # as title, place and description


# Searching a mirror ---------------------------------------------------------------------------------------

QUERIES = [
    "'", '"', '""', "*", "lunch*", "-lunch", "^lunch", "lunch OR secret", "NEAR(lunch secret)", "summary:lunch",
    "lunch' OR '1'='1", "'; DROP TABLE mirror_events; --", '" OR "1"="1', "lunch:*", "lunch & !secret", "(", ")", "((",
    "{lunch secret}", "+", "\\", "%", "_", "?", ":1", ":term", "%(x)s", "$1", "\x00", "lunch\x00secret", "\ud800",
    "a" * 100_000, '"' * 10_001, "lunch " * 5_000, "\u0301", "İ", "ﷺ" * 1000,
]  # fmt: skip


@pytest.fixture(scope="module")
def two_accounts(tmp_path_factory):
    """A mirror of mine with a lunch, in the same database as one of Ann's with a secret."""

    def client(summary):
        event = {
            "id": summary,
            "status": "confirmed",
            "summary": summary,
            "start": {"dateTime": "2026-03-03T10:00:00Z"},
            "end": {"dateTime": "2026-03-03T11:00:00Z"},
        }
        page = {"timeZone": "UTC", "accessRole": "owner", "items": [event], "nextSyncToken": "t"}
        google = httpx2.MockTransport(lambda request: httpx2.Response(200, json=page))
        return GoogleCalendar(credentials=Credentials(token="x"), transport=google)

    url = f"sqlite:///{tmp_path_factory.mktemp('mirror')}/mirror.db"
    with Mirror(url) as mirror:
        mirror.sync(client("lunch"), "me@example.com")
        mirror.of("ann").sync(client("secret"), "ann@example.com")
        yield mirror


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: repr(query[:20]))
def test_a_search_finds_words_and_runs_nothing(two_accounts, query):
    found = {event.summary for event in two_accounts.search(query)}
    assert found <= {"lunch"}
    assert {event.summary for event in two_accounts.search("lunch")} == {"lunch"}
    assert {event.summary for event in two_accounts.of("ann").search("secret")} == {"secret"}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: repr(query[:20]))
def test_an_id_that_is_asked_for_is_nothing_but_an_id(two_accounts, query):
    with pytest.raises((LookupError, UnicodeEncodeError)):
        two_accounts.event(query, "me@example.com")
    with pytest.raises((LookupError, UnicodeEncodeError)):
        two_accounts.event("lunch", query)
