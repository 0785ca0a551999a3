"""What Google says of an event beyond the arguments of `Event`, as typed properties.

The values are in `event.other`, under Google's own names and in Google's own form. Which of them
nobody but Google sets is what the reference says of each ("Read-only"), and the etag.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, cast, overload

from attrs import frozen

from gcsa.event_time import as_event_time, is_naive, read_time, write_time

T = TypeVar("T")


class _Event(Protocol):
    other: dict[str, Any]
    timezone: str | None


@frozen
class _Form(Generic[T]):
    """The form of a value: what people give, and what they get of what Google says."""

    type_: type
    words: str
    read: Callable[[object], T]
    write: Callable[[_Event, Any], object] = lambda _event, value: value


class ReadOnly(Generic[T]):
    """A property over one entry of `other` that nobody but Google sets.

    Args:
        key: Google's name of it.
        form: The form of its values.
        doc: What it says.
    """

    def __init__(self, key: str, form: _Form[T], doc: str) -> None:
        self.key = key
        self.name = key
        self._form = form
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, event: None, owner: type) -> ReadOnly[T]: ...
    @overload
    def __get__(self, event: _Event, owner: type) -> T: ...
    def __get__(self, event: _Event | None, owner: type) -> ReadOnly[T] | T:
        if event is None:
            return self
        return self._form.read(event.other.get(self.key))

    def __set__(self, event: _Event, value: Any) -> None:
        raise AttributeError(
            f"property {self.name!r} of {type(event).__name__!r} object has no setter"
        )

    def put(self, event: _Event, value: object) -> None:
        """Set the entry in the event's `other`; None removes it.

        Raises:
            TypeError: The value is of the wrong type.
        """
        if value is None:
            event.other.pop(self.key, None)
            return
        if not isinstance(value, self._form.type_):
            raise TypeError(f"{self.name} must be {self._form.words}, not {type(value).__name__}.")
        event.other[self.key] = self._form.write(event, value)


class Writable(ReadOnly[T]):
    """A property over one entry of `other` that people set as well."""

    def __set__(self, event: _Event, value: T | None) -> None:
        self.put(event, value)


def _read_text(said: object) -> str | None:
    return said if isinstance(said, str) else None


def _read_event_type(said: object) -> str:
    return said if isinstance(said, str) else "default"


def _read_number(said: object) -> int | None:
    return said if isinstance(said, int) else None


def _read_flag(said: object) -> bool:
    return said is True


def _read_dict(said: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", said) if isinstance(said, dict) else None


def _write_time(event: _Event, value: date | datetime) -> object:
    return write_time(as_event_time(value), event.timezone if is_naive(value) else None)


_text = _Form(str, "a string", _read_text)
_event_type = _Form(str, "a string", _read_event_type)
_number = _Form(int, "a whole number", _read_number)
_flag = _Form(bool, "True or False", _read_flag)
_dict = _Form(dict, "a dict", _read_dict)
_time = _Form(date, "a date or a datetime", read_time, _write_time)


class EventProperties:
    """The properties of an event over its `other`.

    What Google does not say, or says in a form that it should not have, is None; False for what is
    either true or false. To set None is to take it out of `other`.
    """

    etag = ReadOnly("etag", _text, "The version of the event that was read.")
    status = Writable("status", _text, "`'confirmed'`, `'tentative'` or `'cancelled'`.")
    html_link = ReadOnly("htmlLink", _text, "The event's page in Google Calendar.")
    ical_uid = Writable(
        "iCalUID",
        _text,
        "The event's id in iCalendar (RFC 5545), the same on every calendar that has it. All"
        " instances of a recurring event share it.",
    )
    sequence = Writable("sequence", _number, "The number of the event's revision in iCalendar.")
    hangout_link = ReadOnly("hangoutLink", _text, "The link to the event's Google Meet.")
    event_type = Writable(
        "eventType",
        _event_type,
        "`'default'`, `'birthday'`, `'focusTime'`, `'fromGmail'`, `'outOfOffice'` or"
        " `'workingLocation'`; it stays what it was when the event was created.",
    )
    event_label_id = Writable(
        "eventLabelId",
        _text,
        "The id of one of the calendar's event labels, which stand in for `color_id`. Google takes"
        " it with `eventLabelVersion=1` only.",
    )
    original_start_time = Writable(
        "originalStartTime",
        _time,
        "When this instance of a recurring event would start by the rules of the series; it tells"
        " the instance from the others, wherever it has been moved.",
    )
    extended_properties = Writable(
        "extendedProperties",
        _dict,
        "Texts of your own: `{'private': {…}}` on this copy of the event, `{'shared': {…}}` on every"
        " attendee's.",
    )
    source = Writable(
        "source", _dict, "Where the event comes from: `{'title': …, 'url': 'https://…'}`."
    )
    locked = ReadOnly(
        "locked",
        _flag,
        "Whether summary, description, location, start, end and recurrence cannot be changed here.",
    )
    private_copy = Writable(
        "privateCopy",
        _flag,
        "Whether changes stay on this calendar instead of reaching the others.",
    )
    attendees_omitted = Writable(
        "attendeesOmitted",
        _flag,
        "Whether `attendees` may lack some. In an update it says that only your own answer changes.",
    )
    anyone_can_add_self = Writable(
        "anyoneCanAddSelf", _flag, "Whether anyone can invite themselves (deprecated by Google)."
    )
    end_time_unspecified = Writable(
        "endTimeUnspecified",
        _flag,
        "Whether nobody said the end, and `end` is there for form only.",
    )
    focus_time_properties = Writable(
        "focusTimeProperties", _dict, "What a `'focusTime'` event does with invitations and chat."
    )
    out_of_office_properties = Writable(
        "outOfOfficeProperties", _dict, "What an `'outOfOffice'` event does with invitations."
    )
    working_location_properties = Writable(
        "workingLocationProperties", _dict, "Where one works during a `'workingLocation'` event."
    )
    birthday_properties = Writable(
        "birthdayProperties", _dict, "Whose day, and what kind of day, a `'birthday'` event is."
    )


PROPERTIES: dict[str, ReadOnly[Any]] = {
    name: property_
    for name, property_ in vars(EventProperties).items()
    if isinstance(property_, ReadOnly)
}
