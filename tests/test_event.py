"""What people can say about an event, and what they are told when it cannot be."""

from __future__ import annotations

import copy
import logging
import pickle
import random
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from beautiful_date import Apr, Jun, days, hours

from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.event import Event, Transparency, Visibility
from gcsa.person import Person
from gcsa.recurrence import DAILY, Recurrence
from gcsa.reminders import EmailReminder, PopupReminder

PRAGUE = ZoneInfo("Europe/Prague")
TEN = datetime(2025, 6, 2, 10, 0)


@pytest.fixture(autouse=True)
def machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/New_York")


def test_visibility_and_transparency_are_googles_words() -> None:
    assert (Visibility.DEFAULT, Visibility.PUBLIC, Visibility.PRIVATE) == (
        "default",
        "public",
        "private",
    )
    assert (Transparency.OPAQUE, Transparency.TRANSPARENT) == ("opaque", "transparent")


class TestWhenItIs:
    def test_a_timed_event_lasts_an_hour_unless_told_otherwise(self) -> None:
        assert Event("Meeting", TEN).end == datetime(2025, 6, 2, 11, 0)

    def test_an_all_day_event_lasts_a_day_unless_told_otherwise(self) -> None:
        assert Event("Holiday", date(2025, 2, 28)).end == date(2025, 3, 1)

    def test_the_default_hour_really_passes_when_the_clocks_go_forward(self) -> None:
        event = Event("Night shift", datetime(2025, 3, 30, 1, 30, tzinfo=PRAGUE))
        assert event.end == datetime(2025, 3, 30, 3, 30, tzinfo=PRAGUE)
        assert event.end.utcoffset() == timedelta(hours=2)

    def test_the_default_hour_really_passes_when_the_clocks_go_back(self) -> None:
        event = Event("Night shift", datetime(2025, 10, 26, 2, 30, tzinfo=PRAGUE))
        assert event.end.isoformat() == "2025-10-26T02:30:00+01:00"

    def test_a_given_end_stays(self) -> None:
        assert Event("Meeting", TEN, datetime(2025, 6, 3, 9, 0)).end == datetime(2025, 6, 3, 9, 0)

    def test_without_a_start_the_end_stays_as_it_is_given(self) -> None:
        assert Event("Meeting", None).end is None
        assert Event("Meeting", None, TEN).end == TEN

    @pytest.mark.parametrize(
        ("start", "end"), [(date(2025, 6, 2), TEN), (TEN, date(2025, 6, 3))], ids=["date", "time"]
    )
    def test_one_date_and_one_datetime_are_refused(self, start: date, end: date) -> None:
        with pytest.raises(
            TypeError, match="start and end must be either both dates or both datetimes, not date"
        ):
            Event("Meeting", start, end)

    def test_a_start_that_is_a_string_is_refused(self) -> None:
        with pytest.raises(TypeError, match=r"^start must be a date or a datetime, not str.$"):
            Event("Meeting", "2025-06-02")

    def test_an_end_that_is_a_number_is_refused(self) -> None:
        with pytest.raises(TypeError, match=r"^end must be a date or a datetime, not int.$"):
            Event("Meeting", TEN, 60)
        event = Event("Meeting", TEN)
        with pytest.raises(TypeError, match=r"^end must be a date or a datetime, not int.$"):
            event.end = 60  # type: ignore[assignment]

    def test_beautiful_dates_are_stored_as_plain_ones(self) -> None:
        all_day = Event("Holiday", 14 / Apr / 2025, 14 / Apr / 2025 + 2 * days)
        assert type(all_day.start) is date
        assert (all_day.start, all_day.end) == (date(2025, 4, 14), date(2025, 4, 16))
        timed = Event("Meeting", (2 / Jun / 2025)[10:00], (2 / Jun / 2025)[10:00] + 2 * hours)
        assert type(timed.start) is datetime
        assert (timed.start, timed.end) == (TEN, TEN + timedelta(hours=2))

    def test_beautiful_dates_are_plain_when_assigned_too(self) -> None:
        event = Event("Holiday", date(2025, 1, 1))
        event.start = 14 / Apr / 2025
        assert type(event.start) is date

    def test_the_fold_of_a_time_stays(self) -> None:
        start = datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=PRAGUE)
        assert Event("Night shift", start).start.fold == 1


class TestItsZone:
    def test_a_naive_start_is_in_the_machines_zone_and_stays_naive(self) -> None:
        event = Event("Meeting", TEN)
        assert event.timezone == "America/New_York"
        assert event.start == TEN
        assert event.start.tzinfo is None

    def test_a_given_zone_is_kept_and_the_times_stay_as_they_are(self) -> None:
        event = Event("Meeting", TEN, timezone="Europe/Prague")
        assert (event.timezone, event.start, event.end) == (
            "Europe/Prague",
            TEN,
            TEN + timedelta(hours=1),
        )

    def test_an_aware_start_has_no_zone_beside_it(self) -> None:
        assert Event("Meeting", TEN.replace(tzinfo=PRAGUE)).timezone is None

    def test_an_aware_start_has_the_zone_that_is_given(self) -> None:
        event = Event("Meeting", TEN.replace(tzinfo=UTC), timezone="Europe/Prague")
        assert event.timezone == "Europe/Prague"
        assert event.start == datetime(2025, 6, 2, 10, 0, tzinfo=UTC)

    def test_an_all_day_event_has_no_zone(self) -> None:
        assert Event("Holiday", date(2025, 6, 2)).timezone is None

    def test_a_naive_start_that_is_assigned_later_is_in_the_machines_zone(self) -> None:
        event = Event("Meeting", TEN.replace(tzinfo=PRAGUE))
        event.start = TEN
        assert event.timezone == "America/New_York"

    def test_a_naive_start_that_is_assigned_later_is_in_the_events_zone_if_it_has_one(self) -> None:
        event = Event("Meeting", TEN, timezone="Europe/Prague")
        event.start = TEN + timedelta(days=1)
        assert event.timezone == "Europe/Prague"

    def test_the_end_may_have_a_zone_of_its_own(self) -> None:
        event = Event(
            "Flight", TEN, timezone="Europe/Prague", end_timezone="Asia/Tokyo", sequence=1
        )
        assert event.end_timezone == "Asia/Tokyo"
        assert event.other == {"sequence": 1}

    def test_without_one_of_its_own_the_end_is_in_the_events_zone(self) -> None:
        assert Event("Meeting", TEN).end_timezone is None


class TestWarnings:
    def test_microseconds_are_warned_of(self, caplog: pytest.LogCaptureFixture) -> None:
        start = TEN.replace(microsecond=1)
        Event("Meeting", start, TEN + timedelta(hours=1))
        assert caplog.record_tuples == [
            (
                "gcsa.event",
                logging.WARNING,
                (
                    "Microseconds are set in the start of 2025-06-02 10:00:00.000001 - Meeting. "
                    "Google Calendar leaves them out."
                ),
            )
        ]

    def test_microseconds_of_the_end_are_warned_of(self, caplog: pytest.LogCaptureFixture) -> None:
        Event("Meeting", TEN, TEN.replace(hour=11, microsecond=1))
        assert "set in the end of" in caplog.text

    def test_microseconds_of_an_end_that_nobody_gave_are_the_starts(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        Event("Meeting", TEN.replace(microsecond=1))
        assert [record.args[0] for record in caplog.records if record.args] == ["start"]

    @pytest.mark.parametrize("summary", ["", None])
    def test_an_empty_summary_is_warned_of(
        self, caplog: pytest.LogCaptureFixture, summary: str | None
    ) -> None:
        Event(summary, TEN)
        assert caplog.record_tuples == [
            (
                "gcsa.event",
                logging.WARNING,
                (
                    f"Summary is empty in 2025-06-02 10:00:00 - {summary}. Note that if the event is "
                    "loaded from Google Calendar, its summary will be `None`"
                ),
            )
        ]

    def test_an_ordinary_event_warns_of_nothing(self, caplog: pytest.LogCaptureFixture) -> None:
        Event("Meeting", TEN)
        Event("Holiday", date(2025, 6, 2))
        assert caplog.records == []


class TestLists:
    def test_what_was_not_given_is_an_empty_list_of_its_own(self) -> None:
        one, other = Event("A", TEN), Event("B", TEN)
        assert one.recurrence == one.attendees == one.attachments == one.reminders == []
        assert one.attendees is not other.attendees

    def test_a_single_value_becomes_a_list(self) -> None:
        rule = Recurrence.rule(freq=DAILY)
        attachment = Attachment("https://a.b/c", "Plan")
        reminder = PopupReminder(15)
        event = Event(
            "Meeting",
            TEN,
            recurrence=rule,
            attendees="a@example.com",
            attachments=attachment,
            reminders=reminder,
        )
        assert event.recurrence == [rule]
        assert event.attendees == [Attendee("a@example.com")]
        assert event.attachments == [attachment]
        assert event.reminders == [reminder]

    def test_a_single_attendee_becomes_a_list(self) -> None:
        ann = Attendee("a@example.com", "Ann")
        assert Event("Meeting", TEN, attendees=ann).attendees == [ann]

    def test_attendees_and_addresses_may_be_mixed(self) -> None:
        event = Event("Meeting", TEN, attendees=[Attendee("a@example.com"), "b@example.com"])
        assert event.attendees == [Attendee("a@example.com"), Attendee("b@example.com")]

    def test_a_list_is_copied(self) -> None:
        mine = ["RRULE:FREQ=DAILY"]
        event = Event("Meeting", TEN, recurrence=mine)
        mine.append("EXDATE:20250603")
        assert event.recurrence == ["RRULE:FREQ=DAILY"]

    def test_a_single_value_may_be_assigned(self) -> None:
        event = Event("Meeting", TEN)
        event.attendees = "a@example.com"
        event.recurrence = "RRULE:FREQ=DAILY"
        event.reminders = EmailReminder()
        assert event.attendees == [Attendee("a@example.com")]
        assert event.recurrence == ["RRULE:FREQ=DAILY"]
        assert event.reminders == [EmailReminder(60)]

    def test_an_attendee_that_is_neither_is_refused(self) -> None:
        with pytest.raises(TypeError, match="attendees must be Attendee or a list of it, not dict"):
            Event("Meeting", TEN, attendees={"email": "a@example.com"})
        with pytest.raises(TypeError, match="attendees must have Attendee only, not int"):
            Event("Meeting", TEN, attendees=["a@example.com", 5])
        with pytest.raises(TypeError, match="attendees must be Attendee or a list of it, not int"):
            Event("Meeting", TEN, attendees=5)

    def test_attendees_are_added(self) -> None:
        event = Event("Meeting", TEN)
        event.add_attendee("a@example.com")
        event.add_attendee(Attendee("b@example.com"))
        event.add_attendees([Attendee("c@example.com"), "d@example.com"])
        assert [a.email for a in event.attendees] == [f"{x}@example.com" for x in "abcd"]

    def test_attachments_are_added(self) -> None:
        event = Event("Meeting", TEN)
        event.add_attachment("https://a.b/c")
        event.add_attachment(
            "https://a.b/d", title="Plan", mime_type="application/vnd.google-apps.document"
        )
        assert event.attachments == [
            Attachment("https://a.b/c"),
            Attachment("https://a.b/d", "Plan", "application/vnd.google-apps.document"),
        ]

    def test_there_are_25_attachments_at_most(self) -> None:
        files = [Attachment(f"https://a.b/{number}") for number in range(26)]
        event = Event("Meeting", TEN, attachments=files[:25])
        too_many = "attachments may have at most 25 of them, not 26"
        with pytest.raises(ValueError, match=too_many):
            event.add_attachment("https://a.b/c")
        with pytest.raises(ValueError, match=too_many):
            Event("Meeting", TEN, attachments=files)
        assert len(event.attachments) == 25


class TestReminders:
    def test_minutes_before_become_reminders(self) -> None:
        event = Event(
            "Meeting", TEN, minutes_before_popup_reminder=15, minutes_before_email_reminder=0
        )
        assert event.reminders == [PopupReminder(15), EmailReminder(0)]

    def test_reminders_are_added(self) -> None:
        event = Event("Meeting", TEN)
        event.add_popup_reminder()
        event.add_email_reminder()
        event.add_popup_reminder(10)
        event.add_email_reminder(days_before=1, at=time(9, 30))
        event.add_reminder(PopupReminder(5))
        assert event.reminders == [
            PopupReminder(30),
            EmailReminder(60),
            PopupReminder(10),
            EmailReminder(days_before=1, at=time(9, 30)),
            PopupReminder(5),
        ]

    def test_a_sixth_reminder_is_refused(self) -> None:
        five = [PopupReminder(minutes) for minutes in range(5)]
        event = Event("Meeting", TEN, reminders=five)
        too_many = "reminders may have at most 5 of them, not 6"
        with pytest.raises(ValueError, match=too_many):
            event.add_reminder(PopupReminder(60))
        with pytest.raises(ValueError, match=too_many):
            event.add_email_reminder(60)
        with pytest.raises(ValueError, match=too_many):
            Event("Meeting", TEN, reminders=[*five, PopupReminder(60)])
        with pytest.raises(ValueError, match=too_many):
            Event("Meeting", TEN, reminders=five, minutes_before_popup_reminder=60)
        with pytest.raises(ValueError, match=too_many):
            event.reminders = [*five, PopupReminder(60)]
        assert event.reminders == five

    def test_own_reminders_and_the_calendars_do_not_go_together(self) -> None:
        both = "reminders must not be given together with default_reminders"
        with pytest.raises(ValueError, match=both):
            Event("Meeting", TEN, reminders=PopupReminder(), default_reminders=True)
        with pytest.raises(ValueError, match=both):
            Event("Meeting", TEN, minutes_before_email_reminder=5, default_reminders=True)
        event = Event("Meeting", TEN, default_reminders=True)
        with pytest.raises(ValueError, match=both):
            event.add_reminder(PopupReminder())
        with pytest.raises(ValueError, match=both):
            event.add_popup_reminder(5)
        assert event.reminders == []


class TestWhatIsChecked:
    @pytest.mark.parametrize(
        ("argument", "value", "message"),
        [
            ("description", 5, "description must be a string, not int"),
            ("timezone", PRAGUE, "timezone must be a string, not ZoneInfo"),
            ("event_id", 5, "event_id must be a string, not int"),
            ("guests_can_modify", "no", "guests_can_modify must be True or False, not str"),
            (
                "conference_solution",
                "hangoutsMeet",
                (
                    "^conference_solution must be ConferenceSolution or "
                    r"ConferenceSolutionCreateRequest, not str\.$"
                ),
            ),
            ("attachments", "https://a.b", "attachments must be Attachment or a list of it"),
            ("reminders", 30, "reminders must be Reminder or a list of it, not int"),
            ("_creator", "a@example.com", r"^creator must be Person, not str\.$"),
            ("_created", "2020-11-22", r"^created must be datetime, not str\.$"),
            ("sequence", "1", "sequence must be a whole number, not str"),
            ("status", 1, "status must be a string, not int"),
            ("locked", "yes", "locked must be True or False, not str"),
            ("extended_properties", "a", "extended_properties must be a dict, not str"),
            ("original_start_time", "a", "original_start_time must be a date or a datetime"),
        ],
    )
    def test_a_value_of_the_wrong_type_is_refused(
        self, argument: str, value: object, message: str
    ) -> None:
        with pytest.raises(TypeError, match=message):
            Event("Meeting", TEN, **{argument: value})

    def test_an_unknown_visibility_is_refused(self) -> None:
        with pytest.raises(
            ValueError,
            match="visibility must be one of 'default', 'public', 'private', 'confidential', "
            "not 'secret'",
        ):
            Event("Meeting", TEN, visibility="secret")

    def test_an_unknown_transparency_is_refused(self) -> None:
        with pytest.raises(ValueError, match="transparency must be one of 'opaque', 'transparent'"):
            Event("Meeting", TEN, transparency="glass")

    def test_what_is_assigned_is_checked_as_well(self) -> None:
        event = Event("Meeting", TEN)
        with pytest.raises(TypeError, match="summary must be a string, not int"):
            event.summary = 5
        assert event.summary == "Meeting"

    def test_a_colour_may_be_given_as_a_number(self) -> None:
        assert Event("Meeting", TEN, color_id=4).color_id == "4"


def test_the_attributes_are_as_the_arguments() -> None:
    creator, organizer = Person("a@example.com"), Person("b@example.com")
    created, updated = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC)
    conference = ConferenceSolution(EntryPoint(EntryPoint.VIDEO, "https://meet.google.com/a"))
    event = Event(
        "Meeting",
        TEN,
        event_id="abc12",
        description="What for",
        location="Where",
        color_id="4",
        visibility=Visibility.PRIVATE,
        conference_solution=conference,
        guests_can_invite_others=False,
        guests_can_modify=True,
        guests_can_see_other_guests=False,
        transparency=Transparency.TRANSPARENT,
        _creator=creator,
        _organizer=organizer,
        _created=created,
        _updated=updated,
        _recurring_event_id="series",
        gadget={"display": "icon"},
    )
    assert (event.event_id, event.id) == ("abc12", "abc12")
    assert (event.description, event.location, event.color_id) == ("What for", "Where", "4")
    assert (event.visibility, event.transparency) == ("private", "transparent")
    assert event.conference_solution is conference
    assert (event.creator, event.organizer) == (creator, organizer)
    assert (event.created, event.updated) == (created, updated)
    assert event.recurring_event_id == "series"
    assert not event.guests_can_invite_others
    assert event.guests_can_modify
    assert not event.guests_can_see_other_guests
    assert event.other == {"gadget": {"display": "icon"}}


def test_what_was_not_given_is_as_google_has_it_by_default() -> None:
    event = Event("Meeting", TEN)
    assert (event.visibility, event.transparency, event.color_id) == ("default", None, None)
    assert event.guests_can_invite_others
    assert not event.guests_can_modify
    assert event.guests_can_see_other_guests
    assert not event.default_reminders
    assert event.id is None
    assert event.other == {}


def test_an_instance_of_a_series_knows_that_it_is_one() -> None:
    assert Event("Meeting", TEN, _recurring_event_id="series").is_recurring_instance
    assert not Event("Meeting", TEN).is_recurring_instance


def test_conference_data_is_the_same_as_conference_solution() -> None:
    request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
    event = Event("Meeting", TEN, conference_solution=request)
    assert event.conference_data is request
    event.conference_data = None
    assert event.conference_solution is None


def test_conference_data_may_be_given_instead_of_conference_solution() -> None:
    request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
    event = Event("Meeting", TEN, conference_data=request)
    assert event.conference_solution is request
    assert event.other == {}


def test_a_conference_under_both_names_is_refused() -> None:
    request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
    with pytest.raises(TypeError, match="conference_solution and conference_data are the same"):
        Event("Meeting", TEN, conference_solution=request, conference_data=request)


class TestAsText:
    def test_str_is_the_start_and_the_summary(self) -> None:
        event = Event("Meeting", datetime(2020, 11, 22, 18, 0, tzinfo=PRAGUE))
        assert str(event) == "2020-11-22 18:00:00+01:00 - Meeting"
        assert str(Event("Holiday", date(2020, 11, 22))) == "2020-11-22 - Holiday"

    def test_repr_is_that_as_an_event(self) -> None:
        event = Event("Meeting", datetime(2020, 11, 22, 18, 0, tzinfo=PRAGUE))
        assert repr(event) == "<Event 2020-11-22 18:00:00+01:00 - Meeting>"


class TestOrder:
    def test_events_are_ordered_by_start_and_then_by_end(self) -> None:
        day = date(2025, 6, 2)
        in_order = [
            Event("all day, one day", day, timezone="Europe/Prague"),
            Event("all day, two days", day, day + timedelta(days=2), timezone="Europe/Prague"),
            Event("naive", datetime(2025, 6, 2, 9), timezone="Europe/Prague"),
            Event(
                "aware", datetime(2025, 6, 2, 8, tzinfo=UTC), datetime(2025, 6, 2, 10, tzinfo=UTC)
            ),
            Event("New York", datetime(2025, 6, 2, 5)),
        ]
        shuffled = in_order.copy()
        random.Random(7).shuffle(shuffled)
        assert shuffled != in_order
        assert [e.summary for e in sorted(shuffled)] == [e.summary for e in in_order]

    def test_a_date_is_midnight_in_the_events_zone(self) -> None:
        day = date(2025, 6, 2)
        midnight_in_prague = datetime(2025, 6, 1, 22, tzinfo=UTC)
        before = Event("before", midnight_in_prague - timedelta(seconds=1))
        after = Event("after", midnight_in_prague + timedelta(seconds=1))
        assert before < Event("all day", day, timezone="Europe/Prague") < after

    def test_a_date_without_a_zone_is_midnight_in_the_machines(self) -> None:
        midnight_in_new_york = datetime(2025, 6, 2, 4, tzinfo=UTC)
        before = Event("before", midnight_in_new_york - timedelta(seconds=1))
        after = Event("after", midnight_in_new_york + timedelta(seconds=1))
        assert before < Event("all day", date(2025, 6, 2)) < after

    def test_events_at_the_same_time_are_neither_before_nor_after_each_other(self) -> None:
        one, other = Event("One", TEN), Event("Other", TEN)
        assert not one < other
        assert not one > other
        assert one <= other
        assert one >= other
        assert one != other

    def test_an_event_without_a_time_comes_first(self) -> None:
        nothing = Event("Cancelled", None)
        assert nothing < Event("Meeting", TEN)
        assert Event("Meeting", TEN) > nothing
        assert not nothing < Event("Cancelled as well", None)

    def test_an_unknown_zone_does_not_keep_events_from_being_ordered(self) -> None:
        assert Event("A", TEN, timezone="Mars/Olympus") < Event("B", datetime(2025, 6, 2, 11))

    def test_events_are_not_compared_with_anything_else(self) -> None:
        event = Event("Meeting", TEN)
        for method in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__"):
            assert getattr(event, method)(TEN) is NotImplemented
        with pytest.raises(TypeError, match="'<' not supported"):
            _ = event < TEN
        assert event != "2025-06-02 10:00:00 - Meeting"


class TestEquality:
    def test_events_with_the_same_values_are_equal(self) -> None:
        def build() -> Event:
            return Event("Meeting", TEN, attendees="a@example.com", status="tentative")

        assert build() == build()

    @pytest.mark.parametrize(
        ("attribute", "value"),
        [
            ("summary", "Lunch"),
            ("start", TEN - timedelta(hours=1)),
            ("end", TEN + timedelta(hours=2)),
            ("timezone", "Europe/Prague"),
            ("end_timezone", "Europe/Prague"),
            ("event_id", "abc12"),
            ("description", "x"),
            ("location", "x"),
            ("recurrence", ["RRULE:FREQ=DAILY"]),
            ("color_id", "1"),
            ("visibility", "public"),
            ("attendees", ["a@example.com"]),
            ("attachments", [Attachment("https://a.b")]),
            ("conference_solution", ConferenceSolutionCreateRequest()),
            ("reminders", [PopupReminder()]),
            ("default_reminders", True),
            ("guests_can_invite_others", False),
            ("guests_can_modify", True),
            ("guests_can_see_other_guests", False),
            ("transparency", "opaque"),
            ("creator", Person("a@example.com")),
            ("organizer", Person("a@example.com")),
            ("created", datetime(2025, 1, 1, tzinfo=UTC)),
            ("updated", datetime(2025, 1, 1, tzinfo=UTC)),
            ("recurring_event_id", "abc"),
            ("other", {"a": 1}),
            ("status", "tentative"),
        ],
    )
    def test_any_attribute_makes_them_differ(self, attribute: str, value: object) -> None:
        one, other = Event("Meeting", TEN), Event("Meeting", TEN)
        setattr(other, attribute, value)
        assert one != other

    def test_copies_and_pickles_are_equal(self) -> None:
        event = Event("Meeting", TEN, attendees="a@example.com", status="tentative")
        assert copy.copy(event) == copy.deepcopy(event) == pickle.loads(pickle.dumps(event))
        assert copy.deepcopy(event) == event

    def test_a_deep_copy_changes_by_itself_and_a_shallow_one_shares_its_lists(self) -> None:
        event = Event("Meeting", TEN)
        shallow, deep = copy.copy(event), copy.deepcopy(event)
        event.add_attendee("a@example.com")
        event.summary = "Lunch"
        assert shallow.attendees is event.attendees
        assert deep.attendees == []
        assert shallow.summary == deep.summary == "Meeting"


def test_a_subclass_may_add_attributes_of_its_own() -> None:
    class Lesson(Event):
        def __init__(self, subject: str, start: datetime) -> None:
            super().__init__(f"Lesson: {subject}", start)
            self.subject = subject

    lesson = Lesson("Maths", TEN.replace(tzinfo=timezone(timedelta(hours=1))))
    assert lesson.subject == "Maths"
    assert copy.deepcopy(lesson).subject == "Maths"
    assert repr(lesson) == "<Event 2025-06-02 10:00:00+01:00 - Lesson: Maths>"
