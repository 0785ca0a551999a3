"""Google Calendar Simple API: the whole Calendar API as plain Python objects.

The public names are loaded when they are first used (PEP 562), so that `import gcsa` costs next to
nothing.
"""

from __future__ import annotations

import importlib

from gcsa._version import __version__ as __version__

# Not from typing, whose import takes longer than everything else here; type checkers know the name.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from gcsa.acl import AccessControlRule as AccessControlRule
    from gcsa.attachment import Attachment as Attachment
    from gcsa.attendee import Attendee as Attendee
    from gcsa.calendar import Calendar as Calendar
    from gcsa.calendar import CalendarListEntry as CalendarListEntry
    from gcsa.conference import ConferenceSolution as ConferenceSolution
    from gcsa.conference import ConferenceSolutionCreateRequest as ConferenceSolutionCreateRequest
    from gcsa.conference import EntryPoint as EntryPoint
    from gcsa.conference import SolutionType as SolutionType
    from gcsa.errors import GoogleCalendarError as GoogleCalendarError
    from gcsa.event import Event as Event
    from gcsa.free_busy import FreeBusy as FreeBusy
    from gcsa.google_calendar import AsyncGoogleCalendar as AsyncGoogleCalendar
    from gcsa.google_calendar import GoogleCalendar as GoogleCalendar
    from gcsa.google_calendar import Retry as Retry
    from gcsa.person import Person as Person
    from gcsa.recurrence import Recurrence as Recurrence
    from gcsa.reminders import EmailReminder as EmailReminder
    from gcsa.reminders import PopupReminder as PopupReminder
    from gcsa.reminders import Reminder as Reminder
    from gcsa.settings import Settings as Settings

_HOMES = {
    "AccessControlRule": "acl",
    "Attachment": "attachment",
    "Attendee": "attendee",
    "Calendar": "calendar",
    "CalendarListEntry": "calendar",
    "ConferenceSolution": "conference",
    "ConferenceSolutionCreateRequest": "conference",
    "EntryPoint": "conference",
    "SolutionType": "conference",
    "GoogleCalendarError": "errors",
    "Event": "event",
    "FreeBusy": "free_busy",
    "AsyncGoogleCalendar": "google_calendar",
    "GoogleCalendar": "google_calendar",
    "Retry": "google_calendar",
    "Person": "person",
    "Recurrence": "recurrence",
    "EmailReminder": "reminders",
    "PopupReminder": "reminders",
    "Reminder": "reminders",
    "Settings": "settings",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"gcsa.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
