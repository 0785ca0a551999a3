"""The mirror: calendars kept at hand, in SQLite on a laptop or in PostgreSQL for a company.

from gcsa.mirror import Mirror

mirror = Mirror("sqlite:///calendars.db")
mirror.sync(calendar)
"""

from __future__ import annotations

from gcsa.mirror.calendars import MirroredCalendar, SyncFailure
from gcsa.mirror.channels import Received, RenewReport
from gcsa.mirror.errors import (
    DatabaseError,
    ForgottenChangesError,
    MirrorError,
    NewerSchemaError,
    UnknownCalendarError,
    UnknownEventError,
)
from gcsa.mirror.feed import Change
from gcsa.mirror.mirror import Mirror
from gcsa.mirror.report import SyncAllReport, SyncReport

__all__ = [
    "Change",
    "DatabaseError",
    "ForgottenChangesError",
    "Mirror",
    "MirrorError",
    "MirroredCalendar",
    "NewerSchemaError",
    "Received",
    "RenewReport",
    "SyncAllReport",
    "SyncFailure",
    "SyncReport",
    "UnknownCalendarError",
    "UnknownEventError",
]
