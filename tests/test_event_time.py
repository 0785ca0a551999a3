"""What Google says of a time, and which of Python's dates it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gcsa.event_time import known_zone, moment, read_moment, read_time, read_zone, write_time

PRAGUE = ZoneInfo("Europe/Prague")


def said(moment: str, zone: str | None = "Europe/Prague") -> dict[str, str]:
    return {"dateTime": moment} if zone is None else {"dateTime": moment, "timeZone": zone}


def test_a_day_is_a_date() -> None:
    read = read_time({"date": "2025-06-02"})
    assert read == date(2025, 6, 2)
    assert type(read) is date


def test_a_day_has_no_zone_even_if_there_is_one_beside_it() -> None:
    assert read_time({"date": "2025-06-02", "timeZone": "Europe/Prague"}) == date(2025, 6, 2)


def test_a_moment_with_an_offset_alone_is_aware_with_that_offset() -> None:
    read = read_time(said("2025-06-02T10:00:00+02:00", None))
    assert read == datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert read.tzinfo == timezone(timedelta(hours=2))


@pytest.mark.parametrize("text", ["2025-06-02T08:00:00Z", "2025-06-02t08:00:00z"])
def test_a_z_is_utc(text: str) -> None:
    read = read_time(said(text, None))
    assert read == datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "offset"),
    [("2025-06-02T10:00:00+02:00", 2), ("2025-12-02T10:00:00+01:00", 1)],
    ids=["summer", "winter"],
)
def test_a_moment_is_in_the_zone_beside_it_where_they_agree(text: str, offset: int) -> None:
    read = read_time(said(text))
    assert read.tzinfo == PRAGUE
    assert read.utcoffset() == timedelta(hours=offset)
    assert read.isoformat() == text


def test_a_week_later_it_is_the_same_time_of_day_although_the_clocks_have_changed() -> None:
    read = read_time(said("2025-03-27T10:00:00+01:00"))
    assert (read + timedelta(weeks=1)).isoformat() == "2025-04-03T10:00:00+02:00"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2025-06-02T04:00:00-04:00", id="asked for in New York"),
        pytest.param("2025-06-02T10:00:00+01:00", id="the zone's offset in winter"),
        pytest.param("2025-06-02T08:00:00Z", id="UTC"),
    ],
)
def test_a_moment_that_the_zone_does_not_agree_with_keeps_its_offset(text: str) -> None:
    read = read_time(said(text))
    assert isinstance(read.tzinfo, timezone)
    assert read == datetime.fromisoformat(text)
    assert read.utcoffset() == datetime.fromisoformat(text).utcoffset()


@pytest.mark.parametrize(
    ("text", "hour_in_utc"),
    [("2025-10-26T02:30:00+02:00", 0), ("2025-10-26T02:30:00+01:00", 1)],
    ids=["first time", "second time"],
)
def test_in_the_hour_that_happens_twice_the_offset_tells_which(text: str, hour_in_utc: int) -> None:
    read = read_time(said(text))
    # In the zone it would equal no datetime of another zone (PEP 495).
    assert read == datetime(2025, 10, 26, hour_in_utc, 30, tzinfo=UTC)
    assert read.isoformat() == text


@pytest.mark.parametrize("offset", ["+01:00", "+02:00"])
def test_in_the_hour_that_never_happens_the_offset_tells_the_moment(offset: str) -> None:
    text = f"2025-03-30T02:30:00{offset}"
    read = read_time(said(text))
    assert read == datetime.fromisoformat(text)
    assert read.isoformat() == text


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "\x00", "x" * 999]
)
def test_an_unknown_zone_is_ignored(zone: str) -> None:
    read = read_time(said("2025-06-02T10:00:00+02:00", zone))
    assert read == datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert read_zone(said("2025-06-02T10:00:00+02:00", zone)) == zone
    assert known_zone(zone) is None


def test_a_moment_without_an_offset_is_wall_time_in_the_zone_beside_it() -> None:
    read = read_time(said("2025-06-02T10:00:00"))
    assert read == datetime(2025, 6, 2, 10)
    assert read.tzinfo is None


def test_fractions_of_a_second_are_read() -> None:
    assert read_time(said("2025-06-02T10:00:00.250+02:00")).microsecond == 250_000


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "2025-06-02",
        5,
        [],
        {},
        {"dateTime": None},
        {"dateTime": 5, "date": None},
        {"date": "2025-02-30"},
        {"date": ["2025-02-28"]},
        {"dateTime": "tomorrow"},
        {"dateTime": "2016-12-31T23:59:60Z"},
    ],
)
def test_what_is_no_time_is_none(odd: object) -> None:
    assert read_time(odd) is None


def test_a_moment_that_cannot_be_read_leaves_the_day() -> None:
    assert read_time({"dateTime": "tomorrow", "date": "2025-06-02"}) == date(2025, 6, 2)


def test_a_zone_that_is_no_text_is_none() -> None:
    assert read_zone({"timeZone": 5}) is None
    assert read_zone("Europe/Prague") is None


def test_text_that_is_no_moment_is_none() -> None:
    assert read_moment("2025-06-02T25:00:00Z") is None


def test_times_are_written_with_their_own_offset_or_with_none() -> None:
    naive = datetime(2019, 10, 28, 11, 22, 33)
    assert write_time(naive, "Europe/Prague") == {
        "dateTime": "2019-10-28T11:22:33",
        "timeZone": "Europe/Prague",
    }
    assert write_time(naive.replace(tzinfo=UTC), None) == {"dateTime": "2019-10-28T11:22:33+00:00"}
    assert write_time(date(2019, 10, 28), None) == {"date": "2019-10-28"}
    assert write_time(None, "Europe/Prague") is None


def test_a_moment_of_a_naive_time_is_in_the_zone() -> None:
    assert moment(datetime(2025, 6, 2, 10), "Europe/Prague") == datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert moment(date(2025, 6, 2), "Europe/Prague") == datetime(2025, 6, 1, 22, tzinfo=UTC)


def test_a_moment_of_an_aware_time_is_the_time_itself() -> None:
    aware = datetime(2025, 6, 2, 10, tzinfo=UTC)
    assert moment(aware, "Europe/Prague") is aware
