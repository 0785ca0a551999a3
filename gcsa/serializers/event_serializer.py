"""Events to and from JSON, without losing anything on the way."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, cast

from gcsa._on_demand import attributes_looked_at, on_demand, sent_by_server
from gcsa.event import Event
from gcsa.serializers.base_serializer import BaseSerializer, copy_json, same_json
from gcsa.serializers.event_keys import KEYS, READ_ONLY, READERS, Key, write_new
from gcsa.serializers.event_patch import write_changes

_ABSENT: Final = object()

# The keys that an attribute has a part in.
_KEYS_OF = {
    attribute: [name for name, key in KEYS.items() if attribute in key.attributes]
    for attribute in READERS
}

# The order in which keys that were not there are added.
_PLACES = {name: place for place, name in enumerate(KEYS)}


class EventSerializer(BaseSerializer[Event]):
    """Turns an `Event` into the JSON of Google's API and back.

    What was read goes back as it came, but for the keys that only Google sets (`created`,
    `updated`, `creator` and `organizer`) and what somebody has changed since.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = Event
    writes_afresh = True

    def __init__(self, event: Event | dict[str, Any] | str) -> None:
        super().__init__(event)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Event:
        """Return the event. Its attributes are read from the dict when they are looked at."""
        return on_demand(Event, resource, READERS)

    @classmethod
    def write(cls, obj: Event) -> dict[str, Any]:
        """Return the event's JSON, which shares nothing changeable with it.

        Raises:
            ValueError: A reminder in days before the start cannot be given in minutes.
        """
        sent = sent_by_server(obj)
        return write_new(obj) if sent is None else _write_back(obj, sent)

    @classmethod
    def changes_to_json(
        cls, changes: Mapping[str, Any], event: Event | None = None
    ) -> dict[str, Any]:
        """Return the body of a patch that changes only what is named.

        Args:
            changes: New values, by the names of `Event`'s arguments and properties. None clears.
            event: The event that is changed, where there is more to know of it than its id: naive
                times are then in its zone instead of the machine's.

        Raises:
            ValueError: Nothing is named, or a value is out of its limits.
            TypeError: A name is none of those, or a value is of the wrong type.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/patch
        """
        return copy_json(write_changes(cls.read({}), changes, event))


def _write_back(event: Event, sent: dict[str, Any]) -> dict[str, Any]:
    looked_at = attributes_looked_at(event)
    written = copy_json(sent)
    for name in READ_ONLY:
        written.pop(name, None)
    if looked_at:
        _write_changes_into(written, event, sent, looked_at)
    return written


def _write_changes_into(
    written: dict[str, Any], event: Event, sent: dict[str, Any], looked_at: AbstractSet[str]
) -> None:
    """Bring what goes back up to date with the attributes that may have been changed."""
    concerned = {key for attribute in looked_at for key in _KEYS_OF.get(attribute, ())}
    for name in sorted(concerned, key=_PLACES.__getitem__):
        before = sent.get(name, _ABSENT)
        value = _current(KEYS[name], event, sent, before)
        if value is _ABSENT:
            written.pop(name, None)
        elif value is not before:
            written[name] = copy_json(value)
    if "other" in looked_at:
        other = event.other
        for name in sent.keys() - KEYS.keys() - other.keys():
            written.pop(name, None)
        written.update(copy_json(other))


def _unchanged(key: Key, sent: dict[str, Any]) -> object:
    """Return what would be written of a key if nobody had changed anything."""
    return key.write(EventSerializer.read(sent)) if key.plain is None else READERS[key.plain](sent)


def _current(key: Key, event: Event, sent: dict[str, Any], before: object) -> object:
    value = key.write(event)
    if same_json(value, _unchanged(key, sent)):
        return before
    if value is None:
        return _ABSENT
    if key.parts and isinstance(before, dict):
        kept = cast("dict[str, Any]", before).items()
        return {name: part for name, part in kept if name not in key.parts} | value
    return value
