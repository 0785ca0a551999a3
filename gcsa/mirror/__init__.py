"""The mirror: calendars kept at hand, in SQLite on a laptop or in PostgreSQL for a company.

    from gcsa.mirror import Mirror

    mirror = Mirror("sqlite:///calendars.db")
    mirror.sync(calendar)

The names are loaded when they are first used (PEP 562): a program that only reads needs few of them, and none of
SQLAlchemy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from gcsa.mirror.read_only import ReadOnlyMirror
    from gcsa.mirror.report import SyncAllReport, SyncReport

__all__ = [
    "Change",
    "DatabaseError",
    "ForgottenChangesError",
    "Mirror",
    "MirrorError",
    "MirroredCalendar",
    "NewerSchemaError",
    "ReadOnlyMirror",
    "Received",
    "RenewReport",
    "SyncAllReport",
    "SyncFailure",
    "SyncReport",
    "UnknownCalendarError",
    "UnknownEventError",
]

_HOMES = {
    "Change": "feed",
    "DatabaseError": "errors",
    "ForgottenChangesError": "errors",
    "Mirror": "mirror",
    "MirrorError": "errors",
    "MirroredCalendar": "calendars",
    "NewerSchemaError": "errors",
    "ReadOnlyMirror": "read_only",
    "Received": "channels",
    "RenewReport": "channels",
    "SyncAllReport": "report",
    "SyncFailure": "calendars",
    "SyncReport": "report",
    "UnknownCalendarError": "errors",
    "UnknownEventError": "errors",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"gcsa.mirror.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
