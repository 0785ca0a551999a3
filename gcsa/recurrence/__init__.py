"""When an event repeats: rules written, read, put in words, and expanded into occurrences."""

from __future__ import annotations

from gcsa.recurrence.duration import Duration
from gcsa.recurrence.expansion import Series
from gcsa.recurrence.parts import (
    DAILY,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
)
from gcsa.recurrence.reading import RecurrenceDates, RecurrenceRule, RecurrenceSet
from gcsa.recurrence.rules import Recurrence
from gcsa.recurrence.values import Period
from gcsa.recurrence.walk import RecurrenceTooLongError
from gcsa.recurrence.week_days import (
    DEFAULT_WEEK_START,
    FR,
    FRIDAY,
    MO,
    MONDAY,
    SA,
    SATURDAY,
    SU,
    SUNDAY,
    TH,
    THURSDAY,
    TU,
    TUESDAY,
    WE,
    WEDNESDAY,
    WeekDay,
)

__all__ = [
    "DAILY",
    "DEFAULT_WEEK_START",
    "FR",
    "FRIDAY",
    "HOURLY",
    "MINUTELY",
    "MO",
    "MONDAY",
    "MONTHLY",
    "SA",
    "SATURDAY",
    "SECONDLY",
    "SU",
    "SUNDAY",
    "TH",
    "THURSDAY",
    "TU",
    "TUESDAY",
    "WE",
    "WEDNESDAY",
    "WEEKLY",
    "YEARLY",
    "Duration",
    "Period",
    "Recurrence",
    "RecurrenceDates",
    "RecurrenceRule",
    "RecurrenceSet",
    "RecurrenceTooLongError",
    "Series",
    "WeekDay",
]
