"""Every verb of the API in one class: what the clients and their batches have in common."""

from __future__ import annotations

from gcsa.operations.acl import AccessRules
from gcsa.operations.calendar_list import CalendarList
from gcsa.operations.calendars import Calendars
from gcsa.operations.channels import Channels
from gcsa.operations.colors import Colors
from gcsa.operations.events import Events
from gcsa.operations.free_busy import FreeBusyQueries
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
