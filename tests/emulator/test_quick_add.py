from datetime import date, datetime

import pytest

from gcsa.emulator.quick_add import quick_event

# A Wednesday morning.
NOW = datetime(2026, 3, 4, 9, 30)


def at(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute)


@pytest.mark.parametrize(
    ("text", "summary", "start", "end", "location"),
    [
        (
            "Appointment at Somewhere on June 3rd 10am-10:25am",
            "Appointment", at(6, 3, 10), at(6, 3, 10, 25), "Somewhere",
        ),
        ("Lunch tomorrow at noon", "Lunch", at(3, 5, 12), at(3, 5, 13), None),
        ("Dinner with Michael 7pm tomorrow", "Dinner with Michael", at(3, 5, 19), at(3, 5, 20), None),
        ("Brunch with mom at Java 11am sunday", "Brunch with mom", at(3, 8, 11), at(3, 8, 12), "Java"),
        ("Tea at 4pm", "Tea", at(3, 4, 16), at(3, 4, 17), None),
        ("Tea at 8am", "Tea", at(3, 5, 8), at(3, 5, 9), None),
        ("Call at 7", "Call", at(3, 4, 19), at(3, 4, 20), None),
        ("Exam 6/3 14:00-16:00", "Exam", at(6, 3, 14), at(6, 3, 16), None),
        ("Party Saturday 8pm to 2am", "Party", at(3, 7, 20), at(3, 8, 2), None),
        ("11-1pm lunch on friday", "lunch", at(3, 6, 11), at(3, 6, 13), None),
        ("Talk from 2-3pm on Monday", "Talk", at(3, 9, 14), at(3, 9, 15), None),
        ("Review next Friday 3pm in Room 5", "Review", at(3, 13, 15), at(3, 13, 16), "Room 5"),
        ("Review this Friday 3pm", "Review", at(3, 6, 15), at(3, 6, 16), None),
        ("Standup today 9:45am for 15 minutes", "Standup", at(3, 4, 9, 45), at(3, 4, 10), None),
        ("Walk at noon for half an hour", "Walk", at(3, 4, 12), at(3, 4, 12, 30), None),
        ("Night shift midnight-6am on 5 March", "Night shift", at(3, 5), at(3, 5, 6), None),
        ("Flight 2026-05-01 6:05 pm", "Flight", at(5, 1, 18, 5), at(5, 1, 19, 5), None),
        ("Checkup in 2 weeks at 3:30 p.m.", "Checkup", at(3, 18, 15, 30), at(3, 18, 16, 30), None),
        ("Lunch", "Lunch", at(3, 4, 9, 30), at(3, 4, 10, 30), None),
        ("meeting 25pm", "meeting 25pm", at(3, 4, 9, 30), at(3, 4, 10, 30), None),
        ("Sale Feb 30", "Sale Feb 30", at(3, 4, 9, 30), at(3, 4, 10, 30), None),
    ],
)  # fmt: skip
def test_a_phrase_with_a_time(text, summary, start, end, location):
    event = quick_event(text, NOW)
    assert (event.summary, event.start, event.end, event.location) == (
        summary,
        start,
        end,
        location,
    )


@pytest.mark.parametrize(
    ("text", "summary", "start", "end"),
    [
        ("Holiday tomorrow", "Holiday", date(2026, 3, 5), date(2026, 3, 6)),
        ("Vacation June 3-5", "Vacation", date(2026, 6, 3), date(2026, 6, 6)),
        ("Trip Sep 9-12, 2027", "Trip", date(2027, 9, 9), date(2027, 9, 13)),
        ("Conference 3 June 2027", "Conference", date(2027, 6, 3), date(2027, 6, 4)),
        ("Birthday on March 1", "Birthday", date(2027, 3, 1), date(2027, 3, 2)),
        ("Inventory the 3rd of april", "Inventory", date(2026, 4, 3), date(2026, 4, 4)),
        ("Trip for 3 days tomorrow", "Trip", date(2026, 3, 5), date(2026, 3, 8)),
        ("2026-05-01 Labour day", "Labour day", date(2026, 5, 1), date(2026, 5, 2)),
        ("Leap 29 February 2028", "Leap", date(2028, 2, 29), date(2028, 3, 1)),
        ("Rest day after tomorrow", "Rest", date(2026, 3, 6), date(2026, 3, 7)),
    ],
)
def test_a_phrase_with_a_day_takes_all_day(text, summary, start, end):
    event = quick_event(text, NOW)
    assert (event.summary, event.start, event.end) == (summary, start, end)
    assert not isinstance(event.start, datetime)


@pytest.mark.parametrize(
    ("text", "rule", "start"),
    [
        ("Team every Tuesday 10-11am", "RRULE:FREQ=WEEKLY;BYDAY=TU", at(3, 10, 10)),
        ("Yoga every mon and thu 6pm", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH", at(3, 9, 18)),
        ("Gym every weekday at 6:30", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", at(3, 5, 6, 30)),
        ("Standup daily 9:45am", "RRULE:FREQ=DAILY", at(3, 4, 9, 45)),
        ("Pay rent monthly on April 1 9am", "RRULE:FREQ=MONTHLY", at(4, 1, 9)),
        ("Bins every 2 weeks tomorrow 7am", "RRULE:FREQ=WEEKLY;INTERVAL=2", at(3, 5, 7)),
        ("Report every other day 5pm", "RRULE:FREQ=DAILY;INTERVAL=2", at(3, 4, 17)),
    ],
)
def test_a_phrase_that_repeats(text, rule, start):
    event = quick_event(text, NOW)
    assert (event.rule, event.start) == (rule, start)


def test_addresses_in_a_phrase_are_guests():
    event = quick_event("Plan with Bob@example.com and ann@example.com tomorrow 3pm", NOW)
    assert event.guests == ("bob@example.com", "ann@example.com")


@pytest.mark.parametrize(
    "text", ["", " ", "at", "-", "every", "1", "x " * 5000, "9" * 5000, "( [ \\", "12:" * 300]
)
def test_any_text_is_some_event(text):
    event = quick_event(text, NOW)
    assert event.end > event.start


def test_quick_add_stores_the_event_in_the_calendars_zone(me):
    event = me.ok(
        "POST", "/calendars/primary/events/quickAdd", text="Lunch with a@example.com at Java noon"
    )
    assert event["summary"] == "Lunch with a@example.com"
    assert event["location"] == "Java"
    assert event["start"] == {"dateTime": "2026-03-02T12:00:00Z", "timeZone": "UTC"}
    assert event["end"] == {"dateTime": "2026-03-02T13:00:00Z", "timeZone": "UTC"}
    assert event["attendees"] == [{"email": "a@example.com", "responseStatus": "needsAction"}]
    assert me.get(event["id"]) == event


def test_quick_add_stores_series_and_days(me):
    series = me.ok("POST", "/calendars/primary/events/quickAdd", text="Bins every Tuesday 7am")
    assert series["recurrence"] == ["RRULE:FREQ=WEEKLY;BYDAY=TU"]
    day = me.ok("POST", "/calendars/primary/events/quickAdd", text="Holiday June 3")
    assert (day["start"], day["end"]) == ({"date": "2026-06-03"}, {"date": "2026-06-04"})


def test_a_phrase_beyond_the_end_of_the_calendar_is_refused(me):
    error = me.error("POST", "/calendars/primary/events/quickAdd", text="End 12/31/9999")
    assert (error["status"], error["reason"]) == (400, "invalid")
