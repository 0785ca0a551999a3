"""Reminders: in minutes before the start, or at a time of day on a day before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from beautiful_date import Nov

from gcsa.reminders import EmailReminder, PopupReminder, Reminder

PRAGUE = ZoneInfo("Europe/Prague")


def test_a_reminder_may_be_minutes_before_the_start() -> None:
    reminder = Reminder("email", 45)
    assert (reminder.method, reminder.minutes_before_start) == ("email", 45)
    assert (reminder.days_before, reminder.at) == (None, None)


def test_a_reminder_may_be_at_a_time_of_a_day_before() -> None:
    reminder = Reminder("popup", days_before=1, at=time(18, 30))
    assert (reminder.days_before, reminder.at) == (1, time(18, 30))
    assert reminder.minutes_before_start is None


def test_an_email_reminder_comes_an_hour_before_when_nothing_is_said() -> None:
    reminder = EmailReminder()
    assert (reminder.method, reminder.minutes_before_start) == ("email", 60)


def test_a_popup_reminder_comes_half_an_hour_before_when_nothing_is_said() -> None:
    reminder = PopupReminder()
    assert (reminder.method, reminder.minutes_before_start) == ("popup", 30)


@pytest.mark.parametrize("class_", [EmailReminder, PopupReminder])
def test_a_reminder_zero_minutes_before_is_not_one_where_nothing_is_said(class_: Any) -> None:
    assert class_(0).minutes_before_start == 0
    assert class_(minutes_before_start=0).minutes_before_start == 0


@pytest.mark.parametrize("class_", [EmailReminder, PopupReminder])
def test_email_and_popup_reminders_may_be_at_a_time_of_a_day_before(class_: Any) -> None:
    reminder = class_(days_before=0, at=time(8))
    assert (reminder.minutes_before_start, reminder.days_before, reminder.at) == (None, 0, time(8))


def test_minutes_or_days_and_time_are_needed() -> None:
    message = "Either minutes_before_start, or days_before and at, must be given."
    with pytest.raises(ValueError, match=message):
        Reminder("email")


@pytest.mark.parametrize("class_", [EmailReminder, PopupReminder])
def test_minutes_and_days_are_not_given_together(class_: Any) -> None:
    with pytest.raises(ValueError, match="Either minutes_before_start, or days_before and at"):
        class_(10, days_before=1, at=time(8))


@pytest.mark.parametrize("values", [{"days_before": 1}, {"at": time(8)}])
@pytest.mark.parametrize("class_", [EmailReminder, PopupReminder])
def test_days_and_time_are_given_together(class_: Any, values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="days_before and at must be given together"):
        class_(**values)


def test_minutes_are_at_most_four_weeks() -> None:
    assert EmailReminder(40320).minutes_before_start == 40320
    with pytest.raises(ValueError, match="minutes_before_start must be from 0 to 40320, not 40321"):
        EmailReminder(40321)
    with pytest.raises(ValueError, match="minutes_before_start must be from 0 to 40320, not -1"):
        EmailReminder(-1)


def test_days_are_not_negative() -> None:
    with pytest.raises(ValueError, match="days_before must be at least 0, not -1"):
        EmailReminder(days_before=-1, at=time(8))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"method": 5, "minutes_before_start": 1}, "method must be a string, not int"),
        ({"minutes_before_start": "10"}, "minutes_before_start must be a whole number, not str"),
        ({"days_before": 1.5, "at": time(8)}, "days_before must be a whole number, not float"),
        ({"days_before": 1, "at": "08:00"}, "at must be a datetime.time, not str"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Reminder(**{"method": "email", **values})


def test_the_time_of_day_has_no_zone() -> None:
    with pytest.raises(ValueError, match="at must not have a time zone"):
        EmailReminder(days_before=1, at=time(8, tzinfo=UTC))


def test_later_changes_are_checked_too() -> None:
    reminder = EmailReminder(10)
    with pytest.raises(ValueError, match="minutes_before_start must be from 0 to 40320"):
        reminder.minutes_before_start = 50000
    assert reminder.minutes_before_start == 10


def test_a_relative_reminder_converts_to_itself() -> None:
    reminder = EmailReminder(10)
    assert reminder.convert_to_relative(datetime(2020, 11, 22, 18)) is reminder


@pytest.mark.parametrize(
    ("days_before", "at", "minutes"),
    [
        (0, time(18), 0),
        (0, time(8), 10 * 60),
        (1, time(18), 24 * 60),
        (1, time(8, 30), 24 * 60 + 9 * 60 + 30),
        (2, time(23, 59), 24 * 60 + 18 * 60 + 1),
        (27, time(18), 27 * 24 * 60),
        (28, time(18), 40320),
    ],
)
def test_days_and_time_become_minutes_before_the_start(
    days_before: int, at: time, minutes: int
) -> None:
    reminder = PopupReminder(days_before=days_before, at=at)
    relative = reminder.convert_to_relative(datetime(2020, 11, 22, 18))
    assert relative == PopupReminder(minutes)
    assert relative == Reminder("popup", minutes)
    assert reminder == PopupReminder(days_before=days_before, at=at)


def test_a_date_counts_as_its_midnight() -> None:
    reminder = EmailReminder(days_before=1, at=time(9))
    assert reminder.convert_to_relative(date(2020, 11, 22)).minutes_before_start == 15 * 60


def test_a_beautiful_date_counts_as_its_midnight() -> None:
    reminder = EmailReminder(days_before=1, at=time(9))
    assert reminder.convert_to_relative(22 / Nov / 2020).minutes_before_start == 15 * 60


def test_the_time_of_day_is_the_one_where_the_event_is() -> None:
    start = datetime(2020, 11, 22, 18, tzinfo=timezone(timedelta(hours=-7)))
    reminder = EmailReminder(days_before=0, at=time(17))
    assert reminder.convert_to_relative(start).minutes_before_start == 60


@pytest.mark.parametrize(
    ("start", "minutes"),
    [
        pytest.param(datetime(2020, 3, 29, 9, tzinfo=PRAGUE), 23 * 60, id="an hour less in spring"),
        pytest.param(datetime(2020, 10, 25, 9, tzinfo=PRAGUE), 25 * 60, id="one more in autumn"),
    ],
)
def test_the_minutes_are_those_that_really_pass_when_the_clocks_change(
    start: datetime, minutes: int
) -> None:
    reminder = EmailReminder(days_before=1, at=time(9))
    assert reminder.convert_to_relative(start).minutes_before_start == minutes


def test_seconds_never_make_the_reminder_later() -> None:
    reminder = EmailReminder(days_before=0, at=time(17, 59, 30))
    assert reminder.convert_to_relative(datetime(2020, 11, 22, 18)).minutes_before_start == 1


def test_a_reminder_after_the_start_is_refused() -> None:
    reminder = EmailReminder(days_before=0, at=time(19))
    message = "^The reminder at 2020-11-22 19:00:00 of the event at 2020-11-22 18:00:00 is after its start.$"
    with pytest.raises(ValueError, match=message):
        reminder.convert_to_relative(datetime(2020, 11, 22, 18))


def test_a_reminder_more_than_four_weeks_before_is_refused() -> None:
    reminder = EmailReminder(days_before=28, at=time(17))
    message = "at 2020-11-22 18:00:00 is more than four weeks before its start.$"
    with pytest.raises(ValueError, match=message):
        reminder.convert_to_relative(datetime(2020, 11, 22, 18))


def test_a_converted_reminder_keeps_what_else_google_said() -> None:
    reminder = EmailReminder(days_before=0, at=time(17), other={"x": 1})
    relative = reminder.convert_to_relative(datetime(2020, 11, 22, 18))
    assert relative.other == {"x": 1}
    assert relative.other is not reminder.other


def test_a_reminder_of_a_method_is_the_same_however_it_is_written() -> None:
    assert EmailReminder(10) == Reminder("email", 10)
    assert Reminder("popup", 10) == PopupReminder(10)
    assert EmailReminder(10) != PopupReminder(10)
    assert EmailReminder(10) != EmailReminder(11)
    assert EmailReminder(10) != EmailReminder(10, other={"x": 1})
    assert EmailReminder(10) != 10


def test_a_reminder_shows_when_it_comes() -> None:
    assert repr(EmailReminder(10)) == "<EmailReminder 'email' - 10 minutes before start>"
    assert repr(Reminder("popup", days_before=1, at=time(9, 30))) == (
        "<Reminder 'popup' - 1 day before at 09:30:00>"
    )
