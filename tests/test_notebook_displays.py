"""What a notebook shows of an event, of several, and of a week."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from gcsa._html import element, joined, link
from gcsa.agenda import Agenda
from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.event import Event
from gcsa.recurrence import MO, WE, WEEKLY, Recurrence
from gcsa.serializers.event_serializer import EventSerializer
from gcsa.week import Week

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

EVIL = "<script>alert('x')</script>\"&"


class Elements(HTMLParser):
    """Checks that every element is closed, and collects texts and what is linked."""

    def __init__(self, html):
        super().__init__()
        self.open, self.names, self.links, self.texts = [], set(), [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.names.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts)).strip()


def shown(thing):
    return Elements(thing._repr_html_())


def evil_event():
    return EventSerializer.to_object(
        {
            "id": EVIL,
            "summary": EVIL,
            "description": EVIL,
            "location": EVIL,
            "htmlLink": "javascript:alert(1)",
            "start": {"dateTime": "2026-03-02T10:00:00Z", "timeZone": EVIL},
            "end": {"dateTime": "2026-03-02T11:00:00Z"},
            "recurrence": [EVIL],
            "attendees": [{"email": EVIL, "displayName": EVIL, "responseStatus": EVIL}],
            "attachments": [{"fileUrl": "data:text/html,x", "title": EVIL}],
            "conferenceData": {"entryPoints": [{"uri": "javascript:x", "label": EVIL}]},
        }
    )


class TestMarkup:
    def test_texts_are_escaped_and_markup_is_not(self):
        assert element("b", "a<b", element("i", "&")) == "<b>a&lt;b<i>&amp;</i></b>"

    def test_attributes_are_escaped(self):
        assert element("td", title='"><script>') == '<td title="&quot;&gt;&lt;script&gt;"></td>'

    def test_what_is_none_is_left_out(self):
        assert joined("a", None, "b") == "ab"

    @pytest.mark.parametrize(
        "address", [None, "", "javascript:alert(1)", "data:text/html,x", "/local", "http://["]
    )
    def test_only_addresses_on_the_web_are_linked(self, address):
        assert link(address, "<here>") == "&lt;here&gt;"

    def test_a_link_tells_the_other_side_nothing(self):
        assert link("https://a.example/?x=1&y=2", "here") == (
            '<a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">'
            "here</a>"
        )


class TestOneEvent:
    def test_it_says_what_when_and_where(self):
        event = Event("Review", start=TEN, location="Room 5", timezone="Europe/Prague")
        assert shown(event).text == (
            "Review Monday 2 March 2026, 10:00 to 11:00 (Europe/Prague) 📍 Room 5"
        )

    def test_guests_come_with_their_answers(self):
        guests = [
            Attendee("ann@x.com", display_name="Ann", _response_status="accepted"),
            Attendee("bob@x.com", _response_status="declined"),
            Attendee("eve@x.com", _response_status="needsAction"),
        ]
        assert (
            "👥 Ann ✓, bob@x.com ✗, eve@x.com"
            in shown(Event("Review", start=TEN, attendees=guests)).text
        )

    def test_conferences_and_files_are_linked(self):
        event = Event(
            "Review",
            start=TEN,
            conference_solution=ConferenceSolution(
                [
                    EntryPoint("video", uri="https://meet.example/a", label="meet.example/a"),
                    EntryPoint("phone", uri="tel:+420123"),
                ]
            ),
            attachments=Attachment("https://docs.example/1", "Minutes"),
        )
        found = shown(event)
        assert found.links == ["https://meet.example/a", "https://docs.example/1"]
        assert "🎥 meet.example/a , tel:+420123" in found.text

    def test_a_conference_that_is_not_made_yet_says_so(self):
        request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET, _status="pending")
        event = Event("Review", start=TEN, conference_solution=request)
        assert "conference pending" in shown(event).text

    def test_a_series_says_how_it_repeats(self):
        event = Event("Review", start=TEN, recurrence=Recurrence.rule(freq=WEEKLY, by_week_day=MO))
        assert "Every week on Monday" in shown(event).text

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            (date(2026, 3, 2), date(2026, 3, 3), "Monday 2 March 2026"),
            (
                date(2026, 3, 2),
                date(2026, 3, 5),
                "Monday 2 March 2026 to Wednesday 4 March 2026",
            ),
            (TEN, TEN, "Monday 2 March 2026, 10:00 (UTC)"),
            (TEN, TEN + DAY, "Monday 2 March 2026, 10:00 to Tuesday 3 March 2026, 10:00 (UTC)"),
            (None, None, "no time"),
        ],
    )
    def test_every_kind_of_time_is_said(self, start, end, said):
        assert shown(Event("Review", start=start, end=end)).text == f"Review {said}"

    def test_a_cancelled_one_is_crossed_out(self):
        assert "s" in shown(Event("Review", start=TEN, status="cancelled")).names

    def test_one_without_a_title_is_shown(self):
        assert shown(EventSerializer.to_object({})).text == "(no title) no time"

    def test_nothing_in_it_can_be_more_than_text(self):
        found = shown(evil_event())
        assert found.names <= {"div", "a", "s"}
        assert found.links == []
        assert found.text.count("<script>") == 8


class TestAnAgenda:
    EVENTS = [
        Event("Review", start=TEN + DAY, location="Room 5"),
        Event("Lunch", start=TEN + 2 * HOUR),
        Event("Trip", start=date(2026, 3, 2)),
        Event("Watch", start=TEN + 12 * HOUR, end=TEN + 20 * HOUR),
        Event("Cancelled", start=None),
    ]

    def test_events_are_listed_by_their_days(self):
        assert str(Agenda(self.EVENTS, "UTC")) == (
            "Monday 2 March 2026\n"
            "  all day       Trip\n"
            "  12:00–13:00   Lunch\n"
            "  22:00–06:00+1  Watch\n"
            "Tuesday 3 March 2026\n"
            "  10:00–11:00   Review  (Room 5)"
        )

    def test_a_notebook_shows_the_same(self):
        assert shown(Agenda(self.EVENTS, "UTC")).text == (
            "Monday 2 March 2026 all day Trip 12:00–13:00 Lunch 22:00–06:00+1 Watch"
            " Tuesday 3 March 2026 10:00–11:00 Review Room 5"
        )

    def test_times_are_shown_in_its_zone(self):
        agenda = Agenda([Event("Lunch", start=TEN + 14 * HOUR)], "Asia/Tokyo")
        assert str(agenda) == "Tuesday 3 March 2026\n  09:00–10:00   Lunch"

    def test_it_is_a_sequence_of_the_events(self):
        agenda = Agenda(self.EVENTS, "UTC")
        assert len(agenda) == 4
        assert [event.summary for event in agenda] == ["Trip", "Lunch", "Watch", "Review"]
        assert agenda[0].summary == "Trip"
        assert [event.summary for event in agenda[1:3]] == ["Lunch", "Watch"]
        assert repr(agenda) == "<Agenda of 4 events>"

    def test_an_unknown_zone_is_refused(self):
        with pytest.raises(ValueError, match="There is no time zone 'Mars'"):
            Agenda([], "Mars")

    def test_nothing_in_it_can_be_more_than_text(self):
        found = shown(Agenda([evil_event()]))
        assert found.names == {"table", "tr", "td", "th"}
        assert found.links == []


class TestAWeek:
    def test_its_days_stand_side_by_side(self):
        week = Week([Event("Lunch", start=TEN)], date(2026, 3, 5), "UTC")
        assert shown(week).text == (
            "Mon 2 Mar Tue 3 Mar Wed 4 Mar Thu 5 Mar Fri 6 Mar Sat 7 Mar Sun 8 Mar"
            " 10:00–11:00 Lunch"
        )

    def test_what_is_in_another_week_is_left_out(self):
        week = Week([Event("Lunch", start=TEN + 7 * DAY)], date(2026, 3, 2), "UTC")
        assert len(week.events) == 0
        assert repr(week) == "<Week of 2026-03-02: 0 events>"

    def test_a_series_is_shown_with_its_instances(self):
        series = Event(
            "Standup",
            start=TEN - 70 * DAY,
            timezone="UTC",
            recurrence=Recurrence.rule(freq=WEEKLY, by_week_day=[MO, WE]),
        )
        week = Week([series], date(2026, 3, 2), "UTC")
        assert [event.start.day for event in week.events] == [2, 4]

    def test_an_instance_that_was_changed_is_shown_in_place_of_the_series_own(self):
        series = Event(
            "Standup", start=TEN, timezone="UTC", recurrence="RRULE:FREQ=DAILY", event_id="abc123"
        )
        changed = Event(
            "Demo",
            start=TEN + DAY + HOUR,
            original_start_time=TEN + DAY,
            _recurring_event_id="abc123",
        )
        gone = Event(
            "Standup",
            start=None,
            original_start_time=TEN + 2 * DAY,
            status="cancelled",
            _recurring_event_id="abc123",
        )
        week = Week([series, changed, gone], date(2026, 3, 2), "UTC")
        assert [(event.start.day, event.summary) for event in week.events] == [
            (2, "Standup"),
            (3, "Demo"),
            *((day, "Standup") for day in (5, 6, 7, 8)),
        ]

    def test_what_lasts_several_days_is_on_each_of_them(self):
        trip = Event("Trip", start=date(2026, 3, 3), end=date(2026, 3, 6))
        week = Week([trip], date(2026, 3, 2), "Europe/Prague")
        assert [bool(week.on(week.first + n * DAY)) for n in range(7)] == [
            *(False, True, True, True, False, False, False),
        ]

    def test_all_day_events_come_first(self):
        week = Week(
            [Event("Early", start=TEN - 10 * HOUR), Event("Trip", start=date(2026, 3, 2))],
            date(2026, 3, 2),
            "UTC",
        )
        assert [event.summary for event in week.on(date(2026, 3, 2))] == ["Trip", "Early"]

    def test_weeks_may_begin_on_sunday(self):
        assert Week([], date(2026, 3, 4), "UTC", first_day=6).first == date(2026, 3, 1)
        assert Week([], datetime(2026, 3, 1, 10), "UTC", first_day=6).first == date(2026, 3, 1)
        with pytest.raises(ValueError, match="first_day must be 0"):
            Week([], first_day=7)

    def test_this_week_is_shown_unless_another_is_asked_for(self):
        week = Week([])
        assert week.first.weekday() == 0
        assert abs((week.first - datetime.now().date()).days) < 8

    def test_nothing_in_it_can_be_more_than_text(self):
        event = evil_event()
        event.recurrence = []
        found = shown(Week([event], date(2026, 3, 2), "UTC"))
        assert found.names == {"table", "tr", "td", "th", "div"}
        assert "<script>alert('x')</script>\"&" in found.text
