"""Which events a listing asks for: free text, extended properties, types and iCalUID."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator.resources.events.display_titles import display_titles
from gcsa.emulator.resources.events.extended_properties import has_properties, read_constraints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gcsa.emulator.bodies import Resource
    from gcsa.emulator.parameters import Parameters

_TERM: Final = re.compile(r'"([^"]+)"|(\S+)')


class Filter(NamedTuple):
    """What a listing asks for beyond a window of time.

    Attributes:
        terms: Words that an event has to have, each of them.
        private: Private extended properties that it has to have, all of them: the reference says "events that match
            all given constraints".
        shared: Shared extended properties that it has to have.
        event_types: Its eventType is one of these; empty for any.
        ical_uid: Its iCalUID, if asked for.
        is_answered: Whether it may be no invitation that waits for an answer.
    """

    terms: tuple[re.Pattern[str], ...] = ()
    private: tuple[tuple[str, str], ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    event_types: frozenset[str] = frozenset()
    ical_uid: str | None = None
    is_answered: bool = False

    def matches(self, resource: Resource) -> bool:
        """Whether an event is what was asked for."""
        if self.event_types and resource.get("eventType") not in self.event_types:
            return False
        if self.ical_uid is not None and resource.get("iCalUID") != self.ical_uid:
            return False
        if self.is_answered and _waits_for_an_answer(resource):
            return False
        if self.private and not has_properties(resource, "private", list(self.private)):
            return False
        if self.shared and not has_properties(resource, "shared", list(self.shared)):
            return False
        if not self.terms:
            return True
        text = "\n".join(_searched(resource))
        return all(term.search(text) for term in self.terms)


def filter_of(parameters: Parameters, *, hides_invitations: bool = False) -> Filter | None:
    """Return what a listing's parameters ask for; None where they ask for everything.

    Args:
        parameters: The listing's.
        hides_invitations: Whether who asks wants to see no invitations that wait for their answer.

    Raises:
        ApiError: A constraint on extended properties is not of the form name=value.
    """
    wanted = Filter(
        terms=tuple(_term(word) for word in _words(parameters.text("q") or "")),
        private=tuple(
            read_constraints(parameters.texts("privateExtendedProperty"), "privateExtendedProperty")
        ),
        shared=tuple(
            read_constraints(parameters.texts("sharedExtendedProperty"), "sharedExtendedProperty")
        ),
        event_types=frozenset(parameters.texts("eventTypes")),
        ical_uid=parameters.text("iCalUID") or None,
        is_answered=hides_invitations and not parameters.flag("showHiddenInvitations"),
    )
    return None if wanted == Filter() else wanted


def _waits_for_an_answer(resource: Resource) -> bool:
    return resource["status"] != "cancelled" and any(
        one.get("self") and not one.get("organizer") and one["responseStatus"] == "needsAction"
        for one in resource.get("attendees", [])
    )


def _words(query: str) -> Iterator[str]:
    """Yield the words of a query; what is between quotation marks is one."""
    for match in _TERM.finditer(query):
        yield match[1] or match[2]


@lru_cache(maxsize=256)
def _term(word: str) -> re.Pattern[str]:
    # A term stands at the beginning of a word: "meet" finds "Meeting", "eet" does not.
    return re.compile(r"(?<!\w)" + re.escape(word.strip('"')), re.IGNORECASE)


def _searched(resource: Resource) -> Iterator[str]:
    """Yield the texts that `q` searches.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/list#q
    """
    for name in ("summary", "description", "location"):
        yield resource.get(name, "")
    for person in (*resource.get("attendees", []), resource.get("organizer", {})):
        yield person.get("displayName", "")
        yield person.get("email", "")
    properties: Resource = resource.get("workingLocationProperties", {})
    office: Resource = properties.get("officeLocation") or {}
    for name in ("buildingId", "deskId", "label"):
        yield office.get(name, "")
    custom: Resource = properties.get("customLocation") or {}
    yield custom.get("label", "")
    yield from display_titles(resource.get("eventType", "default"), properties.get("type"))
