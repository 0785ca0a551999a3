"""Events: what is on a calendar.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from attrs import Attribute, define, field, fields, setters
from attrs.validators import optional

from gcsa import _checks as checks
from gcsa._on_demand import OnDemand, ReadOnDemand
from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.conference import ConferenceSolution, ConferenceSolutionCreateRequest
from gcsa.event_properties import PROPERTIES, EventProperties
from gcsa.event_time import as_event_time, check_same_kind, is_naive, moment, one_later
from gcsa.person import Person
from gcsa.recurrence.zones import local_zone_name
from gcsa.reminders import EmailReminder, PopupReminder, Reminder

T = TypeVar("T")

log = logging.getLogger(__name__)

# "reminders.overrides" and "attachments" in
# https://developers.google.com/workspace/calendar/api/v3/reference/events
MAX_REMINDERS = 5
MAX_ATTACHMENTS = 25


class Visibility:
    """Who sees the event's details.

    - `DEFAULT`: whoever the calendar shows its events to
    - `PUBLIC`: all readers of the calendar
    - `PRIVATE`: only the event's attendees
    """

    DEFAULT = "default"
    PUBLIC = "public"
    PRIVATE = "private"


class Transparency:
    """Whether the event takes time on the calendar.

    - `OPAQUE`: one is busy then
    - `TRANSPARENT`: one is available
    """

    OPAQUE = "opaque"
    TRANSPARENT = "transparent"


def _as_start(given: date | datetime | None) -> date | datetime | None:
    checks.require_time("start", given)
    return as_event_time(given)


def _as_end(given: date | datetime | None) -> date | datetime | None:
    checks.require_time("end", given)
    return as_event_time(given)


def _as_recurrence(given: str | Iterable[str] | None) -> list[str]:
    return [] if given is None else checks.listed("recurrence", str, given)


def _as_attendees(given: Attendee | str | Iterable[Attendee | str] | None) -> list[Attendee]:
    if given is None:
        return []
    several: Any = given
    if isinstance(given, str):
        several = Attendee(given)
    elif isinstance(given, Iterable) and not isinstance(given, Mapping):
        several = [Attendee(each) if isinstance(each, str) else each for each in given]
    return checks.listed("attendees", Attendee, several)


def _as_attachments(given: Attachment | Iterable[Attachment] | None) -> list[Attachment]:
    return [] if given is None else checks.listed("attachments", Attachment, given)


def _as_reminders(given: Reminder | Iterable[Reminder] | None) -> list[Reminder]:
    return [] if given is None else checks.listed("reminders", Reminder, given)


def _as_color_id(given: str | int | None) -> str | None:
    return str(given) if isinstance(given, int) else given


def _either(conference_solution: T | None, conference_data: T | None) -> T | None:
    if conference_solution is not None and conference_data is not None:
        raise TypeError("conference_solution and conference_data are the same; give one of them.")
    return conference_data if conference_solution is None else conference_solution


def _at_most(limit: int) -> checks.Check:
    def check(_event: object, attribute: Attribute[Any], value: list[object]) -> None:
        if len(value) > limit:
            raise _too_many(attribute.name, limit, len(value))

    return check


def check_reminders(reminders: list[Reminder], default_reminders: bool) -> None:
    """Check that an event has either reminders of its own or those of the calendar.

    Raises:
        ValueError: It has both.
    """
    if reminders and default_reminders:
        raise ValueError(
            "reminders must not be given together with default_reminders:"
            " either the calendar's reminders apply, or the event's own."
        )


def _take_machines_zone(event: Event, _attribute: object, start: Any) -> Any:
    # A naive time is wall time in the event's zone, so there has to be one.
    if is_naive(start) and event.timezone is None:
        event.timezone = local_zone_name()
    return start


@define(slots=False, init=False, repr=False)
class Event(OnDemand, EventProperties):
    """Something on a calendar: a meeting, a birthday, a week of holidays.

    Args:
        summary: The title.
        start: When it starts; a date for an all-day event. A naive datetime is wall time in
            `timezone`.
        end: When it ends, exclusive: an all-day event on the 4th ends on the 5th. By default one day
            after a `start` that is a date, and one hour after one that is a datetime.
        timezone: Name of the event's zone, such as `'Europe/Prague'`. By default the machine's own
            if `start` is naive, and none otherwise.
        event_id: The id: 5 to 1024 of the characters a-v and 0-9. Google makes one up otherwise.
        description: The text. It may contain HTML.
        location: Where it is, in words.
        recurrence: When it repeats: one or several lines as `gcsa.recurrence.Recurrence` makes them.
        color_id: One of the ids that `list_event_colors()` lists. None is the calendar's colour.
        visibility: Who sees the details, see `Visibility`.
        attendees: Who is invited: one or several `Attendee` objects or e-mail addresses.
        attachments: One or several `Attachment` objects, at most 25.
        conference_solution: A conference to join, or a request to make one.
        reminders: One or several `Reminder` objects, at most 5.
        default_reminders: Whether the calendar's own reminders apply, instead of `reminders`.
        minutes_before_popup_reminder: Adds a popup this many minutes before the start, 0 to 40320.
        minutes_before_email_reminder: Adds an e-mail this many minutes before the start, 0 to 40320.
        guests_can_invite_others: Whether attendees may invite others.
        guests_can_modify: Whether attendees may change the event.
        guests_can_see_other_guests: Whether attendees see each other.
        transparency: Whether it takes time, see `Transparency`. None is Google's default, opaque.
        _creator: Who created it. Set by Google.
        _organizer: Whose event it is. Set by Google.
        _created: When it was created. Set by Google.
        _updated: When it was changed last. Set by Google.
        _recurring_event_id: The id of the series that it is an instance of. Set by Google.
        **other: Everything else: `end_timezone` and the properties of `EventProperties` by their
            names here, `conference_data` as another name of `conference_solution`, and whatever
            else the API has, under Google's own names.

    Attributes:
        end_timezone: Name of the zone of `end`, where it differs from `timezone`.
        other: What has no argument, under Google's own names.

    Raises:
        TypeError: A value is of the wrong type, or one of `start` and `end` is a date and the other
            a datetime.
        ValueError: A value is out of its limits, or reminders are given with `default_reminders`.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    summary: str | None = field(validator=optional(checks.text()))
    timezone: str | None = field(validator=optional(checks.text()))
    start: date | datetime | None = field(
        converter=_as_start, on_setattr=[setters.convert, _take_machines_zone]
    )
    end: date | datetime | None = field(converter=_as_end)
    end_timezone: str | None = field(validator=optional(checks.text()))
    event_id: str | None = field(validator=optional(checks.text()))
    description: str | None = field(validator=optional(checks.text()))
    location: str | None = field(validator=optional(checks.text()))
    recurrence: list[str] = field(converter=_as_recurrence)
    color_id: str | None = field(converter=_as_color_id, validator=optional(checks.text()))
    visibility: str | None = field(
        validator=optional(checks.one_of("default", "public", "private", "confidential"))
    )
    attendees: list[Attendee] = field(converter=_as_attendees)
    attachments: list[Attachment] = field(
        converter=_as_attachments, validator=_at_most(MAX_ATTACHMENTS)
    )
    conference_solution: ConferenceSolution | ConferenceSolutionCreateRequest | None = field(
        validator=optional(checks.instance(ConferenceSolution, ConferenceSolutionCreateRequest))
    )
    reminders: list[Reminder] = field(converter=_as_reminders, validator=_at_most(MAX_REMINDERS))
    default_reminders: bool = field(validator=checks.flag)
    guests_can_invite_others: bool = field(validator=checks.flag)
    guests_can_modify: bool = field(validator=checks.flag)
    guests_can_see_other_guests: bool = field(validator=checks.flag)
    transparency: str | None = field(validator=optional(checks.one_of("opaque", "transparent")))
    creator: Person | None = field(validator=optional(checks.instance(Person)))
    organizer: Person | None = field(validator=optional(checks.instance(Person)))
    created: datetime | None = field(validator=optional(checks.instance(datetime)))
    updated: datetime | None = field(validator=optional(checks.instance(datetime)))
    recurring_event_id: str | None = field(validator=optional(checks.text()))
    other: dict[str, Any] = field(validator=checks.mapping)

    def __init__(
        self,
        summary: str | None,
        start: date | datetime | None,
        end: date | datetime | None = None,
        *,
        timezone: str | None = None,
        event_id: str | None = None,
        description: str | None = None,
        location: str | None = None,
        recurrence: str | Iterable[str] | None = None,
        color_id: str | None = None,
        visibility: str | None = Visibility.DEFAULT,
        attendees: Attendee | str | Iterable[Attendee | str] | None = None,
        attachments: Attachment | Iterable[Attachment] | None = None,
        conference_solution: ConferenceSolution | ConferenceSolutionCreateRequest | None = None,
        reminders: Reminder | Iterable[Reminder] | None = None,
        default_reminders: bool = False,
        minutes_before_popup_reminder: int | None = None,
        minutes_before_email_reminder: int | None = None,
        guests_can_invite_others: bool = True,
        guests_can_modify: bool = False,
        guests_can_see_other_guests: bool = True,
        transparency: str | None = None,
        _creator: Person | None = None,
        _organizer: Person | None = None,
        _created: datetime | None = None,
        _updated: datetime | None = None,
        _recurring_event_id: str | None = None,
        **other: Any,
    ) -> None:
        self.summary = summary
        self.timezone = timezone
        self.start = start
        self.end = one_later(self.start) if end is None else end
        self.end_timezone = other.pop("end_timezone", None)
        self.event_id = event_id
        self.description = description
        self.location = location
        self.recurrence = _as_recurrence(recurrence)
        self.color_id = color_id
        self.visibility = visibility
        self.attendees = _as_attendees(attendees)
        self.attachments = _as_attachments(attachments)
        self.conference_solution = _either(conference_solution, other.pop("conference_data", None))
        self.reminders = _as_reminders(reminders)
        self.default_reminders = default_reminders
        self.guests_can_invite_others = guests_can_invite_others
        self.guests_can_modify = guests_can_modify
        self.guests_can_see_other_guests = guests_can_see_other_guests
        self.transparency = transparency
        self.creator = _creator
        self.organizer = _organizer
        self.created = _created
        self.updated = _updated
        self.recurring_event_id = _recurring_event_id
        self.other = {}
        for name, value in other.items():
            self._set_other(name, value)

        check_reminders(self.reminders, default_reminders)
        if minutes_before_popup_reminder is not None:
            self.add_popup_reminder(minutes_before_popup_reminder)
        if minutes_before_email_reminder is not None:
            self.add_email_reminder(minutes_before_email_reminder)
        check_same_kind(self.start, self.end)
        self._warn_of_what_google_changes(start, end)

    def _set_other(self, name: str, value: object) -> None:
        property_ = PROPERTIES.get(name)
        if property_ is not None:
            property_.put(self, value)
        else:
            self.other[name] = value

    def _warn_of_what_google_changes(self, start: object, end: object) -> None:
        # As they were given: an end that nobody gave has the start's microseconds, which is said once.
        for name, value in (("start", start), ("end", end)):
            if isinstance(value, datetime) and value.microsecond:
                log.warning(
                    "Microseconds are set in the %s of %s. Google Calendar leaves them out.",
                    name,
                    self,
                )
        if not self.summary:
            log.warning(
                "Summary is empty in %s. Note that if the event is loaded from Google Calendar,"
                " its summary will be `None`",
                self,
            )

    @property
    def id(self) -> str | None:
        """The event's id, the same as `event_id`."""
        return self.event_id

    @property
    def is_recurring_instance(self) -> bool:
        """Whether this is one instance of a recurring event, and not the series."""
        return self.recurring_event_id is not None

    @property
    def conference_data(self) -> ConferenceSolution | ConferenceSolutionCreateRequest | None:
        """The conference, the same as `conference_solution`."""
        return self.conference_solution

    @conference_data.setter
    def conference_data(
        self, conference: ConferenceSolution | ConferenceSolutionCreateRequest | None
    ) -> None:
        self.conference_solution = conference

    def add_attendee(self, attendee: Attendee | str) -> None:
        """Invite somebody.

        Args:
            attendee: An `Attendee` or an e-mail address.
        """
        self.attendees.extend(_as_attendees(attendee))

    def add_attendees(self, attendees: Iterable[Attendee | str]) -> None:
        """Invite several.

        Args:
            attendees: `Attendee` objects and e-mail addresses.
        """
        self.attendees.extend(_as_attendees(attendees))

    def add_attachment(
        self, file_url: str, title: str | None = None, mime_type: str | None = None
    ) -> None:
        """Attach a file.

        Args:
            file_url: Where the file is.
            title: Its title.
            mime_type: Its MIME type.

        Raises:
            ValueError: There are 25 attachments already.
        """
        if len(self.attachments) >= MAX_ATTACHMENTS:
            raise _too_many("attachments", MAX_ATTACHMENTS, len(self.attachments) + 1)
        self.attachments.append(Attachment(file_url, title, mime_type))

    def add_email_reminder(
        self,
        minutes_before_start: int | None = None,
        days_before: int | None = None,
        at: time | None = None,
    ) -> None:
        """Have an e-mail sent as a reminder, an hour before the start unless something is given.

        Args:
            minutes_before_start: Minutes before the start, 0 to 40320.
            days_before: Days before the start, together with `at`.
            at: The time of that day, together with `days_before`.

        Raises:
            ValueError: There are 5 reminders already, or `default_reminders` is set.
        """
        self.add_reminder(EmailReminder(minutes_before_start, days_before, at))

    def add_popup_reminder(
        self,
        minutes_before_start: int | None = None,
        days_before: int | None = None,
        at: time | None = None,
    ) -> None:
        """Have a reminder pop up, half an hour before the start unless something is given.

        Args:
            minutes_before_start: Minutes before the start, 0 to 40320.
            days_before: Days before the start, together with `at`.
            at: The time of that day, together with `days_before`.

        Raises:
            ValueError: There are 5 reminders already, or `default_reminders` is set.
        """
        self.add_reminder(PopupReminder(minutes_before_start, days_before, at))

    def add_reminder(self, reminder: Reminder) -> None:
        """Add a reminder.

        Args:
            reminder: The reminder.

        Raises:
            ValueError: There are 5 reminders already, or `default_reminders` is set.
        """
        check_reminders([reminder], self.default_reminders)
        if len(self.reminders) >= MAX_REMINDERS:
            raise _too_many("reminders", MAX_REMINDERS, len(self.reminders) + 1)
        self.reminders.extend(_as_reminders(reminder))

    def instances_between(self, start: date | datetime, end: date | datetime) -> Iterator[Event]:
        """Work out the instances of a recurring event, without asking the server.

        They are those that `get_events(start, end, single_events=True)` would list, but for what only the
        server knows: which of them were changed or cancelled by themselves.

        Args:
            start: They end after this; a date is its midnight in the event's zone.
            end: They start before this.

        Returns:
            The instances, in order, each a new event with the id that Google gives it. An event that does not
            recur is its own only instance.

        Raises:
            ValueError: The window ends before it begins, or a recurrence line cannot be read.
            TypeError: `start` or `end` is neither a date nor a datetime.
        """
        from gcsa.event_instances import instances_between

        for name, given in (("start", start), ("end", end)):
            checks.require_time(name, given)
        return instances_between(self, start, end)

    def to_dict(self) -> dict[str, str | int | bool | datetime | None]:
        """Return the event as one row of a table: flat, with the same columns for every event.

        `pandas.DataFrame(event.to_dict() for event in calendar)` is a table of all of them.

        Returns:
            Plain values. `start`, `end`, `original_start`, `created` and `updated` are datetimes in UTC; of an
            all-day event `start` and `end` are the midnights of its dates in UTC. `attendees` and
            `attachments` are e-mail addresses and links, separated by commas, `recurrence` is lines of text,
            `conference` the link to join. What there is not is None.
        """
        from gcsa.event_row import row_of

        return row_of(self)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self._when() < other._when()

    def __le__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self._when() <= other._when()

    def __gt__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self._when() > other._when()

    def __ge__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self._when() >= other._when()

    def _when(self) -> list[tuple[()] | tuple[datetime]]:
        # What has no time, such as a cancelled event, comes before everything that has one.
        return [
            () if value is None else (moment(value, self.timezone),)
            for value in (self.start, self.end)
        ]

    def __str__(self) -> str:
        return f"{self.start} - {self.summary}"

    def __repr__(self) -> str:
        return f"<Event {self}>"

    def _repr_html_(self) -> str:
        from gcsa.event_card import card_of

        return card_of(self)


def _too_many(name: str, limit: int, number: int) -> ValueError:
    return ValueError(f"{name} may have at most {limit} of them, not {number}.")


# attrs would take these for the fields' defaults, so they come after it.
for _field in fields(Event):
    setattr(Event, _field.name, ReadOnDemand(_field.name))
