"""iCalendar files that would fill the memory, never end, or take the program down: read as far as they make sense.

What is wrong with honest files is in tests/test_ical.py. Work is counted in calls of functions, not timed.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager

import pytest

from gcsa.ical import from_ical


@contextmanager
def at_most(calls):
    """Fail as soon as more Python functions are called."""
    made = 0

    def count(frame, event, argument):
        nonlocal made
        if event == "call":
            made += 1
            if made > calls:
                sys.setprofile(None)
                raise AssertionError(f"More than {calls} functions were called.")

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(previous)


def file(*lines, zone=()):
    """A calendar with one event, of these lines, and with a zone's definition before it."""
    definition = ["BEGIN:VTIMEZONE", "TZID:Evil", *zone, "END:VTIMEZONE"] if zone else []
    event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:Lunch", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", *definition, *event, "END:VCALENDAR", ""])


def clock_change(*lines, start="19700101T000000"):
    offsets = ["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"]
    return ["BEGIN:STANDARD", f"DTSTART:{start}", *offsets, *lines, "END:STANDARD"]


def only(text):
    (event,) = from_ical(text)
    return event


START = "DTSTART:20260303T100000Z"
IN_EVIL = "DTSTART;TZID=Evil:20260303T100000"


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;COUNT=1000000000",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;INTERVAL=999999999",
        f"RDATE:{','.join(['20200101T000000'] * 5_000)}",
    ],
)
@pytest.mark.parametrize("start", ["00010101T000000", "19700101T000000"])
def test_a_zone_whose_clocks_change_all_the_time_is_read_or_left_out(rule, start):
    with at_most(200_000):
        assert only(file(IN_EVIL, zone=clock_change(rule, start=start))).summary == "Lunch"


def test_a_zone_of_thousands_of_changes_is_left_out(caplog):
    zone = clock_change() * 1001
    with at_most(400_000):
        assert only(file(IN_EVIL, zone=zone)).start.hour == 10
    assert "the zone 'Evil' has more than 1000 changes; it is left out." in caplog.text


@pytest.mark.parametrize(
    "tzid",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "Europe/../../../etc/passwd",
        "Eu\x00rope",
        "%s",
        "a" * 9999,
    ],
)
def test_the_name_of_a_zone_reads_no_file(tzid, caplog):
    assert only(file(f"DTSTART;TZID={tzid}:20260303T100000")).start.hour == 10
    assert "root:" not in caplog.text


def test_tens_of_thousands_of_dates_are_kept_and_not_expanded():
    dates = ",".join(f"20260303T{n % 240_000:06}Z" for n in range(50_000))
    with at_most(5_000):
        event = only(file(START, f"RDATE:{dates}"))
    assert len(event.recurrence[0]) == len(dates) + len("RDATE:")


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY;" * 10_000]
)
def test_a_rule_is_kept_and_not_expanded(rule):
    with at_most(5_000):
        assert only(file(START, f"RRULE:{rule}")).recurrence == [f"RRULE:{rule}"]


def test_a_conference_has_only_so_many_ways_to_join():
    ways = [f"CONFERENCE:tel:+1{number}" for number in range(5_000)]
    with at_most(300_000):
        event = only(file(START, *ways))
    assert len(event.conference_solution.entry_points) == 200


def test_thousands_of_alarms_cost_no_more_than_their_lines(caplog):
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"]
    with at_most(400_000):
        assert len(only(file(START, *alarm * 2_000)).reminders) == 5


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:99991231T235959Z", "DURATION:PT1H"],
        ["DTSTART;VALUE=DATE:99991231"],
        [START, f"DURATION:P{'9' * 12}W"],
        [START, f"DURATION:P{'9' * 2_000}D"],
        [START, f"SEQUENCE:{'9' * 100_000}"],
        [START, f"PRIORITY:{'9' * 100_000}"],
        ["DTSTART:00010101T000000Z", "BEGIN:VALARM", f"TRIGGER:-P{'9' * 12}D", "END:VALARM"],
        ["DTSTART:00000000T000000Z"],
        [START, "DTEND;X=" + '"a",' * 10_000 + ":20260303T110000Z"],
        [START, "X-A" + ';"' * 10_000 + ":x"],
        [START, "X-B" + ';a"b"' * 10_000 + "x"],
        [START, "X-GCSA-REMAINDER:" + "[" * 50_000],
        [START, 'X-GCSA-REMAINDER:{"a":[null\\,' + "[" * 900 + "]" * 900 + "\\,true]}"],
        [START, 'X-GCSA-REMAINDER:{"start":[null\\,5\\,true]\\,"id":[null\\,{}\\,true]}'],
    ],
    ids=lambda lines: lines[-1][:40],
)
def test_what_cannot_be_is_left_out_and_the_event_is_read(lines, caplog):
    with at_most(200_000):
        assert only(file(*lines)).summary == "Lunch"


@pytest.mark.parametrize("text", ["BEGIN:A\r\n" * 9, "BEGIN:VCALENDAR\r\n" * 100_000])
def test_components_within_components_are_refused(text):
    with pytest.raises(ValueError, match="nested more than 8 deep"):
        list(from_ical(text))


def test_a_file_that_is_too_large_is_refused_unread():
    with at_most(500), pytest.raises(ValueError, match="The file has 33554433 bytes"):
        list(from_ical(b" " * (32 * 1024 * 1024 + 1)))
