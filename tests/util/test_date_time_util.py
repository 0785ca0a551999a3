"""Dates and times with their zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import tzlocal
from beautiful_date import BeautifulDate, Nov, hours

from gcsa.util.date_time_util import as_plain, ensure_localisation, to_localized_iso


def test_a_naive_datetime_gets_the_named_zone() -> None:
    localised = ensure_localisation(datetime(2020, 11, 22, 18), "Europe/Prague")
    assert localised == datetime(2020, 11, 22, 18, tzinfo=ZoneInfo("Europe/Prague"))
    assert localised.utcoffset() == timedelta(hours=1)


def test_a_naive_datetime_without_a_zone_name_gets_the_machines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Asia/Tokyo")
    localised = ensure_localisation(datetime(2020, 11, 22, 18))
    assert localised.isoformat() == "2020-11-22T18:00:00+09:00"


def test_an_aware_datetime_keeps_its_own_zone() -> None:
    aware = datetime(2020, 11, 22, 18, tzinfo=timezone(timedelta(hours=-3)))
    assert ensure_localisation(aware, "Europe/Prague") is aware


def test_a_date_has_no_zone() -> None:
    assert ensure_localisation(date(2020, 11, 22), "Europe/Prague") == date(2020, 11, 22)
    assert type(ensure_localisation(date(2020, 11, 22))) is date


def test_the_second_of_two_equal_wall_times_stays_the_second() -> None:
    # On this night the clocks in Prague go back from three to two.
    second = datetime(2020, 10, 25, 2, 30, fold=1)
    assert ensure_localisation(second, "Europe/Prague").utcoffset() == timedelta(hours=1)
    assert ensure_localisation(second.replace(fold=0), "Europe/Prague").utcoffset() == timedelta(
        hours=2
    )


def test_an_unknown_zone_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="There is no time zone 'Mars/Phobos'"):
        ensure_localisation(datetime(2020, 11, 22, 18), "Mars/Phobos")


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "Europe", "a\0b"])
def test_what_cannot_be_a_zone_name_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match="There is no time zone"):
        ensure_localisation(datetime(2020, 11, 22, 18), name)


def test_something_else_than_a_date_is_a_type_error() -> None:
    for wrong in ("2020-11-22", None, 5):
        with pytest.raises(TypeError, match="A date or a datetime is needed, not "):
            ensure_localisation(wrong)  # type: ignore[call-overload]


def test_a_beautiful_date_becomes_a_plain_date() -> None:
    beautiful = 22 / Nov / 2020
    assert isinstance(beautiful, BeautifulDate)
    assert type(as_plain(beautiful)) is date
    assert as_plain(beautiful) == date(2020, 11, 22)


def test_a_beautiful_datetime_becomes_a_plain_datetime() -> None:
    plain = as_plain((22 / Nov / 2020)[18:30] + 1 * hours)
    assert type(plain) is datetime
    assert plain == datetime(2020, 11, 22, 19, 30)


def test_a_subclass_of_datetime_keeps_its_zone_fold_and_microseconds() -> None:
    class Stamp(datetime):
        pass

    stamp = Stamp(2020, 10, 25, 2, 30, 1, 5, tzinfo=ZoneInfo("Europe/Prague"), fold=1)
    plain = as_plain(stamp)
    assert type(plain) is datetime
    assert plain.isoformat() == "2020-10-25T02:30:01.000005+01:00"
    assert plain.fold == 1
    assert plain.tzinfo is stamp.tzinfo


def test_a_plain_date_is_returned_as_it_is() -> None:
    day = date(2020, 11, 22)
    moment = datetime(2020, 11, 22, 18)
    assert as_plain(day) is day
    assert as_plain(moment) is moment


def test_the_text_of_a_naive_datetime_has_the_offset_of_the_named_zone() -> None:
    moment = datetime(2020, 7, 22, 18)
    assert to_localized_iso(moment, "Europe/Prague") == "2020-07-22T18:00:00+02:00"


def test_the_text_of_an_aware_datetime_has_its_own_offset() -> None:
    moment = datetime(2020, 7, 22, 18, tzinfo=UTC)
    assert to_localized_iso(moment, "Europe/Prague") == "2020-07-22T18:00:00+00:00"


def test_the_text_of_a_date_is_its_midnight() -> None:
    text = to_localized_iso(date(2020, 11, 22), "America/New_York")
    assert text == "2020-11-22T00:00:00-05:00"


def test_the_text_of_a_beautiful_date_is_its_midnight() -> None:
    assert to_localized_iso(22 / Nov / 2020, "UTC") == "2020-11-22T00:00:00+00:00"
