"""Reminders, as Google sends and takes them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from gcsa.reminders import EmailReminder, PopupReminder, Reminder
from gcsa.serializers.reminder_serializer import ReminderSerializer


def test_a_reminder_is_written_in_minutes() -> None:
    assert ReminderSerializer.to_json(EmailReminder(45)) == {"method": "email", "minutes": 45}
    assert ReminderSerializer.to_json(PopupReminder(0)) == {"method": "popup", "minutes": 0}
    assert ReminderSerializer.to_json(Reminder("sms", 5)) == {"method": "sms", "minutes": 5}


@pytest.mark.parametrize(
    ("method", "class_"), [("email", EmailReminder), ("popup", PopupReminder), ("sms", Reminder)]
)
def test_a_reminder_is_read_as_the_class_of_its_method(method: str, class_: type) -> None:
    reminder = ReminderSerializer.to_object({"method": method, "minutes": 10})
    assert type(reminder) is class_
    assert reminder == Reminder(method, 10)


def test_a_reminder_at_a_time_of_day_cannot_be_written() -> None:
    reminder = EmailReminder(days_before=1, at=time(9))
    with pytest.raises(ValueError, match=r"Convert it with convert_to_relative\(start\) first"):
        ReminderSerializer.to_json(reminder)


def test_a_reminder_at_a_time_of_day_is_written_once_it_is_converted() -> None:
    reminder = EmailReminder(days_before=1, at=time(9))
    relative = reminder.convert_to_relative(datetime(2020, 11, 22, 10))
    assert ReminderSerializer.to_json(relative) == {"method": "email", "minutes": 25 * 60}


@pytest.mark.parametrize(
    "resource",
    [
        {},
        {"method": "email"},
        {"minutes": 10},
        {"method": None, "minutes": None},
        {"method": ["email"], "minutes": "10"},
        {"method": "email", "minutes": 10.5},
        {"method": "email", "minutes": -5, "new": 1},
        {"method": "email", "minutes": 50000},
    ],
)
def test_an_odd_reminder_is_read_and_goes_back_as_it_came(resource: dict[str, Any]) -> None:
    reminder = ReminderSerializer.to_object(resource)
    assert isinstance(reminder, Reminder)
    assert reminder.convert_to_relative(datetime(2020, 11, 22, 10)) is reminder
    assert ReminderSerializer.to_json(reminder) == resource
