"""Reminders: when, and how, an event's people are reminded of it."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from attrs import Attribute, define, field
from attrs.validators import optional

from gcsa import _checks as checks
from gcsa.util.date_time_util import as_plain

# Four weeks: https://developers.google.com/workspace/calendar/api/v3/reference/events
# ("reminders.overrides[].minutes")
MAX_MINUTES = 40320


def _check_time_of_day(_reminder: object, _attribute: Attribute[Any], at: object) -> None:
    if not isinstance(at, time):
        raise TypeError(f"at must be a datetime.time, not {type(at).__name__}.")
    if at.tzinfo is not None:
        raise ValueError("at must not have a time zone; it is the time of day where the event is.")


@define(slots=False, init=False, repr=False, eq=False)
class Reminder:
    """A reminder of an event.

    It is given either in minutes before the event starts, or as a time of day on a day before it.

    Args:
        method: How to remind, `'email'` or `'popup'`.
        minutes_before_start: Minutes before the start, 0 to 40320 (four weeks).
        days_before: Days before the day on which the event starts, 0 or more. Needs `at`.
        at: The time of day, where the event is. Needs `days_before`.
        other: What else Google says of it, under Google's own names.

    Raises:
        ValueError: Neither the minutes, nor both days and time, are given; or both are; or a number
            is out of its limits.
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    method: str | None = field(validator=checks.text())
    minutes_before_start: int | None = field(
        default=None, validator=optional(checks.number(0, MAX_MINUTES))
    )
    days_before: int | None = field(default=None, validator=optional(checks.number(0)))
    at: time | None = field(default=None, validator=optional(_check_time_of_day))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)

    def __init__(
        self,
        method: str,
        minutes_before_start: int | None = None,
        days_before: int | None = None,
        at: time | None = None,
        *,
        other: dict[str, Any] | None = None,
    ) -> None:
        if (days_before is None) != (at is None):
            raise ValueError("days_before and at must be given together.")
        if (minutes_before_start is None) == (days_before is None):
            raise ValueError("Either minutes_before_start, or days_before and at, must be given.")
        self.method = method
        self.minutes_before_start = minutes_before_start
        self.days_before = days_before
        self.at = at
        self.other = {} if other is None else other

    def convert_to_relative(self, start: date) -> Reminder:
        """Return the reminder in minutes before the start of an event.

        Args:
            start: When the event starts. A date counts as its midnight. Where the clocks change
                between the reminder and an aware start, the minutes are those that really pass.

        Returns:
            A new reminder, or this one if it is in minutes already.

        Raises:
            ValueError: It would come after the start, or more than 40320 minutes (four weeks)
                before it.
        """
        if self.days_before is None or self.at is None:
            return self
        start = as_plain(start)
        if not isinstance(start, datetime):
            start = datetime.combine(start, time.min)
        day = start.date() - timedelta(days=self.days_before)
        moment = datetime.combine(day, self.at, tzinfo=start.tzinfo)
        relative = copy.copy(self)
        relative.days_before = relative.at = None
        # Rounded up, so that seconds never make it later than it should be.
        minutes = -((_elapsing(moment) - _elapsing(start)) // _MINUTE)
        if not 0 <= minutes <= MAX_MINUTES:
            fault = "after its start" if minutes < 0 else "more than four weeks before its start"
            raise ValueError(f"The reminder at {moment} of the event at {start} is {fault}.")
        relative.minutes_before_start = minutes
        relative.other = dict(self.other)
        return relative

    # By hand, because an EmailReminder(60) and a Reminder('email', 60) are the same reminder, and
    # attrs would hold their classes against them.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reminder):
            return NotImplemented
        return vars(self) == vars(other)

    def __repr__(self) -> str:
        if self.days_before is None:
            when = f"{self.minutes_before_start} minutes before start"
        else:
            when = f"{self.days_before} day{'s' * (self.days_before != 1)} before at {self.at}"
        return f"<{type(self).__name__} {self.method!r} - {when}>"


class _ReminderByMethod(Reminder):
    """A reminder of one method, at its usual time when nothing is said."""

    _method: ClassVar[str]
    _usual_minutes: ClassVar[int]

    def __init__(
        self,
        minutes_before_start: int | None = None,
        days_before: int | None = None,
        at: time | None = None,
        *,
        other: dict[str, Any] | None = None,
    ) -> None:
        if minutes_before_start is None and days_before is None and at is None:
            minutes_before_start = self._usual_minutes
        super().__init__(self._method, minutes_before_start, days_before, at, other=other)


class EmailReminder(_ReminderByMethod):
    """A reminder by e-mail, as `Reminder('email', …)`.

    Args:
        minutes_before_start: Minutes before the start, 0 to 40320 (four weeks). 60 when nothing is
            given.
        days_before: Days before the day on which the event starts, 0 or more. Needs `at`.
        at: The time of day, where the event is. Needs `days_before`.
        other: What else Google says of it, under Google's own names.

    Raises:
        ValueError: As for `Reminder`.
        TypeError: A value is of the wrong type.
    """

    _method = "email"
    _usual_minutes = 60


class PopupReminder(_ReminderByMethod):
    """A reminder by a window that pops up, as `Reminder('popup', …)`.

    Args:
        minutes_before_start: Minutes before the start, 0 to 40320 (four weeks). 30 when nothing is
            given.
        days_before: Days before the day on which the event starts, 0 or more. Needs `at`.
        at: The time of day, where the event is. Needs `days_before`.
        other: What else Google says of it, under Google's own names.

    Raises:
        ValueError: As for `Reminder`.
        TypeError: A value is of the wrong type.
    """

    _method = "popup"
    _usual_minutes = 30


_MINUTE = timedelta(minutes=1)


def _elapsing(moment: datetime) -> datetime:
    # Datetimes of one zone are subtracted by their wall times, and those jump with the clocks.
    return moment if moment.tzinfo is None else moment.astimezone(UTC)
