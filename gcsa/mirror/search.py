"""Searching for words: which words an event has, and the condition that finds them in each kind of database.

Words are compared without case and accents. A word that is searched for is the beginning of one in the event, so that
"meet" finds "Meeting"; what is between quotation marks is found as it is, word after word. So does Google's `q`:
https://developers.google.com/workspace/calendar/api/v3/reference/events/list#q
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, cast

from gcsa.mirror.reader import Condition
from gcsa.mirror.texts import storable

Resource = dict[str, Any]

# What is split into words here is not split any further by either of the databases.
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')

# More is not searched: PostgreSQL's index has no room for more than a megabyte of words in a row.
_LONGEST = 100_000


def words_of(resource: Resource) -> str:
    """Return the words of an event that can be searched for, in their order, with a blank between them."""
    text = "\n".join(_texts(resource))[:_LONGEST]
    return " ".join(_words(text))


def terms_of(query: str) -> list[list[str]]:
    """Return what a query asks for: terms, each of one or several words in a row."""
    terms = (_words(quoted or plain) for quoted, plain in _TERM.findall(query))
    return [term for term in terms if term]


def has_words(terms: list[list[str]], *, is_sqlite: bool) -> Condition:
    """Return the condition on rows of events that all of these terms are in them.

    Args:
        terms: The terms, as `terms_of` returns them.
        is_sqlite: Whether SQLite is asked, or PostgreSQL: each has a search of its own.
    """
    return _in_sqlite(terms) if is_sqlite else _in_postgresql(terms)


def _in_sqlite(terms: list[list[str]]) -> Condition:
    # https://www.sqlite.org/fts5.html#full_text_query_syntax
    query = " AND ".join(f'"{" ".join(term)}"*' for term in terms)
    found = "SELECT rowid FROM mirror_words WHERE mirror_words MATCH :words"
    return Condition(f"e.key IN ({found})", {"words": query})


def _in_postgresql(terms: list[list[str]]) -> Condition:
    # https://www.postgresql.org/docs/current/textsearch-controls.html
    query = " & ".join(f"({' <-> '.join(term)}:*)" for term in terms)
    return Condition(
        "to_tsvector('simple', e.words) @@ to_tsquery('simple', :words)", {"words": query}
    )


def _words(text: str) -> list[str]:
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(
            character for character in decomposed if not unicodedata.combining(character)
        )
        text = storable(text)
    return _WORD.findall(text.casefold())


def _texts(resource: Resource) -> Iterator[str]:
    """Yield the texts that Google's `q` searches."""
    yield from _said(resource, "summary", "description", "location")
    attendees: object = resource.get("attendees")
    people = cast("list[object]", attendees) if isinstance(attendees, list) else []
    for person in (*people, resource.get("organizer")):
        yield from _said(person, "displayName", "email")
    place = _part(resource, "workingLocationProperties")
    yield from _said(_part(place, "officeLocation"), "buildingId", "deskId", "label")
    yield from _said(_part(place, "customLocation"), "label")


def _said(value: object, *names: str) -> Iterator[str]:
    if isinstance(value, dict):
        fields = cast("Resource", value)
        for name in names:
            text: object = fields.get(name)
            if isinstance(text, str):
                yield text


def _part(value: object, name: str) -> object:
    return cast("Resource", value).get(name) if isinstance(value, dict) else None
