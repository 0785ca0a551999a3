"""Calendars, and the list of them that each user has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, define, field, setters
from attrs.validators import optional

from gcsa import _checks as checks
from gcsa.reminders import Reminder


class NotificationType:
    """What a user is notified of by e-mail.

    - `EVENT_CREATION`: a new event is put on the calendar
    - `EVENT_CHANGE`: an event is changed
    - `EVENT_CANCELLATION`: an event is cancelled
    - `EVENT_RESPONSE`: an attendee responds to an invitation
    - `AGENDA`: the events of the day, sent out in the morning
    """

    EVENT_CREATION = "eventCreation"
    EVENT_CHANGE = "eventChange"
    EVENT_CANCELLATION = "eventCancellation"
    EVENT_RESPONSE = "eventResponse"
    AGENDA = "agenda"


class AccessRoles:
    """What a user may do with a calendar.

    - `FREE_BUSY_READER`: see when it is free or busy
    - `READER`: read it; of private events only the times
    - `WRITER_WITHOUT_PRIVATE_ACCESS`: read and change it; of private events only the times
    - `WRITER`: read and change it
    - `OWNER`: also see and change who else may
    """

    FREE_BUSY_READER = "freeBusyReader"
    READER = "reader"
    WRITER_WITHOUT_PRIVATE_ACCESS = "writerWithoutPrivateAccess"
    WRITER = "writer"
    OWNER = "owner"


def _conference_solution_types(given: str | Iterable[str] | None) -> list[str] | None:
    if given is None:
        return None
    return checks.listed("allowed_conference_solution_types", str, given)


def _notification_types(given: str | Iterable[str] | None) -> list[str] | None:
    return None if given is None else checks.listed("notification_types", str, given)


def _reminders(given: Reminder | Iterable[Reminder] | None) -> list[Reminder] | None:
    return None if given is None else checks.listed("default_reminders", Reminder, given)


@define(slots=False, init=False, repr=False)
class Calendar:
    """A calendar, as all its users see it.

    Args:
        summary: The calendar's title.
        calendar_id: The calendar's id. Set by Google.
        description: What it is for.
        location: Where it is, in free words.
        timezone: Name of the calendar's time zone, such as `'Europe/Zurich'`.
        allowed_conference_solution_types: What conferences of its events may be made with, one or
            several of `gcsa.conference.SolutionType`.
        other: What else Google says of it, under Google's own names, such as `etag`, `dataOwner`,
            `autoAcceptInvitations` or `labelProperties`.

    Raises:
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendars
    """

    summary: str | None = field(default=None, validator=optional(checks.text()))
    calendar_id: str | None = field(default=None, validator=optional(checks.text()))
    description: str | None = field(default=None, validator=optional(checks.text()))
    location: str | None = field(default=None, validator=optional(checks.text()))
    timezone: str | None = field(default=None, validator=optional(checks.text()))
    allowed_conference_solution_types: list[str] | None = field(
        default=None, converter=_conference_solution_types
    )
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping)

    def __init__(
        self,
        summary: str,
        *,
        calendar_id: str | None = None,
        description: str | None = None,
        location: str | None = None,
        timezone: str | None = "Etc/UTC",
        allowed_conference_solution_types: str | Iterable[str] | None = None,
        other: dict[str, Any] | None = None,
    ) -> None:
        checks.require_text("summary", summary)
        self.summary = summary
        self.calendar_id = calendar_id
        self.description = description
        self.location = location
        self.timezone = timezone
        self.allowed_conference_solution_types = _conference_solution_types(
            allowed_conference_solution_types
        )
        self.other = {} if other is None else other

    @property
    def id(self) -> str | None:
        """The calendar's id, the same as `calendar_id`."""
        return self.calendar_id

    def to_calendar_list_entry(
        self,
        summary_override: str | None = None,
        color_id: str | None = None,
        background_color: str | None = None,
        foreground_color: str | None = None,
        hidden: bool = False,
        selected: bool = False,
        default_reminders: Reminder | Iterable[Reminder] | None = None,
        notification_types: str | Iterable[str] | None = None,
    ) -> CalendarListEntry:
        """Return an entry for this calendar, to be added to the user's list of calendars.

        Args:
            summary_override: The title that this user gives the calendar.
            color_id: Id of one of the colours that Google offers for calendars.
            background_color: The calendar's main colour, such as `'#0088aa'`.
            foreground_color: The colour to write on it with, such as `'#ffffff'`.
            hidden: Whether it is hidden from the list.
            selected: Whether its events are shown.
            default_reminders: Reminders of events that have none of their own.
            notification_types: What the user is notified of, one or several of `NotificationType`.

        Raises:
            ValueError: The calendar has no id: it has not been added yet.
        """
        if self.calendar_id is None:
            raise ValueError("The calendar has no calendar_id; add it before you list it.")
        return CalendarListEntry(
            self.calendar_id,
            summary_override=summary_override,
            color_id=color_id,
            background_color=background_color,
            foreground_color=foreground_color,
            hidden=hidden,
            selected=selected,
            default_reminders=default_reminders,
            notification_types=notification_types,
            _summary=self.summary,
            _description=self.description,
            _location=self.location,
            _timezone=self.timezone,
            _allowed_conference_solution_types=self.allowed_conference_solution_types,
        )

    def __repr__(self) -> str:
        return f"<Calendar {self.summary!r} - {self.calendar_id!r}>"


def _reset_colors(entry: CalendarListEntry, _attribute: Attribute[Any], color_id: Any) -> Any:
    # The two colours supersede the id, so the id that is set now would have no effect beside them.
    entry.background_color = None
    entry.foreground_color = None
    return color_id


@define(slots=False, init=False, repr=False)
class CalendarListEntry(Calendar):
    """A calendar as one user has it in the list of calendars.

    Args:
        calendar_id: The calendar's id.
        summary_override: The title that this user gives the calendar.
        color_id: Id of one of the colours that Google offers for calendars. The two colours below
            supersede it.
        background_color: The calendar's main colour, such as `'#0088aa'`.
        foreground_color: The colour to write on it with, such as `'#ffffff'`.
        hidden: Whether it is hidden from the list.
        selected: Whether its events are shown.
        default_reminders: Reminders of events that have none of their own, one or several.
        notification_types: What the user is notified of by e-mail, one or several of
            `NotificationType`.
        _summary: The calendar's title. Set by Google, as the five below.
        _description: What the calendar is for.
        _location: Where it is.
        _timezone: Name of its time zone.
        _allowed_conference_solution_types: What conferences of its events may be made with.
        _access_role: What the user may do with it, one of `AccessRoles`. Set by Google.
        _primary: Whether it is the user's primary calendar. Set by Google.
        _deleted: Whether the entry was deleted from the list. Set by Google.
        other: What else Google says of it, under Google's own names, such as `etag`.

    Attributes:
        color_id: Setting it resets both colours to None, so that it takes effect. Setting a colour
            leaves it alone, for Google chooses the nearest one itself.

    Raises:
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
    """

    summary_override: str | None = field(default=None, validator=optional(checks.text()))
    color_id: str | None = field(
        default=None,
        validator=optional(checks.text()),
        on_setattr=[setters.validate, _reset_colors],
    )
    background_color: str | None = field(default=None, validator=optional(checks.text()))
    foreground_color: str | None = field(default=None, validator=optional(checks.text()))
    hidden: bool = field(default=False, validator=checks.flag)
    selected: bool = field(default=False, validator=checks.flag)
    default_reminders: list[Reminder] | None = field(default=None, converter=_reminders)
    notification_types: list[str] | None = field(default=None, converter=_notification_types)
    access_role: str | None = field(
        default=None, alias="_access_role", validator=optional(checks.text())
    )
    primary: bool = field(default=False, alias="_primary", validator=checks.flag)
    deleted: bool = field(default=False, alias="_deleted", validator=checks.flag)

    def __init__(
        self,
        calendar_id: str,
        *,
        summary_override: str | None = None,
        color_id: str | None = None,
        background_color: str | None = None,
        foreground_color: str | None = None,
        hidden: bool = False,
        selected: bool = False,
        default_reminders: Reminder | Iterable[Reminder] | None = None,
        notification_types: str | Iterable[str] | None = None,
        _summary: str | None = None,
        _description: str | None = None,
        _location: str | None = None,
        _timezone: str | None = None,
        _allowed_conference_solution_types: str | Iterable[str] | None = None,
        _access_role: str | None = None,
        _primary: bool = False,
        _deleted: bool = False,
        other: dict[str, Any] | None = None,
    ) -> None:
        checks.require_text("calendar_id", calendar_id)
        super().__init__(
            "",
            calendar_id=calendar_id,
            description=_description,
            location=_location,
            timezone=_timezone,
            allowed_conference_solution_types=_allowed_conference_solution_types,
            other=other,
        )
        self.summary = _summary
        self.summary_override = summary_override
        self.color_id = color_id
        self.background_color = background_color
        self.foreground_color = foreground_color
        self.hidden = hidden
        self.selected = selected
        self.default_reminders = _reminders(default_reminders)
        self.notification_types = _notification_types(notification_types)
        self.access_role = _access_role
        self.primary = _primary
        self.deleted = _deleted

    def __repr__(self) -> str:
        return (
            f"<CalendarListEntry {self.summary_override or self.summary!r} - {self.calendar_id!r}>"
        )
