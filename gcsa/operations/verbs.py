"""All verbs in two classes: calls of the API, which a batch has as well, and tasks made of several."""

from __future__ import annotations

from gcsa.operations.acl import AccessRules
from gcsa.operations.bulk import Bulk
from gcsa.operations.calendar_list import CalendarList
from gcsa.operations.calendars import Calendars
from gcsa.operations.changes import ChangesSince
from gcsa.operations.channels import Channels
from gcsa.operations.colors import Colors
from gcsa.operations.conferences import Conferences
from gcsa.operations.events import Events
from gcsa.operations.free_busy import FreeBusyQueries
from gcsa.operations.meetings import Meetings
from gcsa.operations.series import RecurringEvents
from gcsa.operations.settings import UserSettings


class Verbs(
    Events,
    Calendars,
    CalendarList,
    AccessRules,
    FreeBusyQueries,
    UserSettings,
    Colors,
    Channels,
):
    """All calls, by resource."""


class Tasks(Bulk, ChangesSince, Conferences, Meetings, RecurringEvents):
    """What takes several calls."""
