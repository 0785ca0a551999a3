"""What people do with meetings: answer, copy, find a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gcsa.acl import AccessControlRule
from gcsa.attachment import Attachment
from gcsa.attendee import Attendee
from gcsa.availability import WorkingHours
from gcsa.calendar import Calendar
from gcsa.conference import ConferenceSolutionCreateRequest, SolutionType
from gcsa.errors import NotFoundError
from gcsa.event import Event
from gcsa.free_busy import FreeBusyQueryError, TimeRange
from gcsa.recurrence import DAILY, Recurrence
from gcsa.reminders import PopupReminder

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def calendar(unbatched):
    return unbatched


@pytest.fixture
def ann(unbatched_for):
    return unbatched_for("ann@example.com")


def response_of(event, email):
    (found,) = [guest for guest in event.attendees if guest.email == email]
    return found.response_status, found.comment


@pytest.fixture
def invitation(calendar):
    return calendar.add_event(
        Event(
            "Review",
            start=TEN,
            attendees=["me@example.com", Attendee("bob@example.com", comment="by train")],
        )
    )


class TestResponding:
    def test_ones_own_answer_is_stored(self, calendar, invitation):
        answered = calendar.respond(invitation.id, "accepted", "with pleasure")
        assert response_of(answered, "me@example.com") == ("accepted", "with pleasure")
        assert calendar.get_event(invitation.id) == answered

    def test_other_guests_are_not_touched(self, calendar, invitation):
        answered = calendar.respond(invitation, "declined")
        assert [guest.email for guest in answered.attendees] == [
            "me@example.com",
            "bob@example.com",
        ]
        assert response_of(answered, "bob@example.com") == ("needsAction", "by train")

    def test_nothing_but_the_own_answer_is_sent(self, calendar, emulator, invitation):
        calendar.respond(invitation, "tentative", send_updates="all")
        (patch,) = emulator.requests.of("events.patch")
        assert patch.query["sendUpdates"] == ["all"]
        sent = patch.json()
        assert sent.keys() == {"attendees", "attendeesOmitted"}
        assert sent["attendeesOmitted"] is True
        assert [guest["email"] for guest in sent["attendees"]] == ["me@example.com"]

    def test_without_a_comment_the_one_that_is_there_stays(self, calendar, invitation):
        calendar.respond(invitation, "tentative", "perhaps late")
        answered = calendar.respond(invitation, "accepted")
        assert response_of(answered, "me@example.com") == ("accepted", "perhaps late")

    def test_an_empty_comment_takes_it_away(self, calendar, invitation):
        calendar.respond(invitation, "tentative", "perhaps late")
        answered = calendar.respond(invitation, "accepted", "")
        assert response_of(answered, "me@example.com")[1] in (None, "")

    def test_what_others_have_changed_meanwhile_stays(self, calendar, invitation):
        calendar.patch_event(invitation.id, attendees=[*invitation.attendees, "eve@example.com"])
        answered = calendar.respond(invitation, "accepted")
        assert [guest.email for guest in answered.attendees][-1] == "eve@example.com"

    def test_one_instance_of_a_series_can_be_answered(self, calendar):
        series = calendar.add_event(
            Event(
                "Standup",
                start=TEN,
                timezone="UTC",
                recurrence=Recurrence.rule(freq=DAILY, count=3),
                attendees=["me@example.com"],
            )
        )
        second = list(calendar.get_instances(series))[1]
        calendar.respond(second, "declined")
        answers = [
            response_of(event, "me@example.com")[0] for event in calendar.get_instances(series)
        ]
        assert answers == ["needsAction", "declined", "needsAction"]

    def test_an_answer_that_is_none_is_refused(self, calendar, invitation):
        with pytest.raises(
            ValueError, match="response_status must be one of 'accepted', 'declined'"
        ):
            calendar.respond(invitation.id, "yes")

    def test_who_is_not_invited_cannot_answer(self, calendar):
        event = calendar.add_event(Event("Alone", start=TEN))
        with pytest.raises(ValueError, match=r"you are no guest of <Event .* - Alone>"):
            calendar.respond(event, "accepted")


class TestAnsweringAnInvitation:
    @pytest.fixture
    def invited(self, calendar):
        return calendar.add_event(
            Event("Review", start=TEN, attendees=["ann@example.com", "bob@example.com"])
        )

    def test_it_is_on_the_guests_own_calendar(self, ann, invited):
        answered = ann.respond(invited.id, "accepted", "with pleasure")
        assert response_of(answered, "ann@example.com") == ("accepted", "with pleasure")

    def test_the_organizer_sees_the_answer(self, calendar, ann, invited):
        ann.respond(invited.id, "declined", "on holiday")
        seen = calendar.get_event(invited.id)
        assert response_of(seen, "ann@example.com") == ("declined", "on holiday")
        assert response_of(seen, "bob@example.com") == ("needsAction", None)

    def test_what_the_organizer_has_changed_meanwhile_stays(self, calendar, ann, invited):
        mine = ann.get_event(invited.id)
        calendar.patch_event(invited, summary="Long review")
        assert ann.respond(mine, "accepted").summary == "Long review"

    def test_one_instance_can_be_declined(self, calendar, ann):
        series = calendar.add_event(
            Event(
                "Standup",
                start=TEN,
                timezone="UTC",
                recurrence=Recurrence.rule(freq=DAILY, count=3),
                attendees=["ann@example.com"],
            )
        )
        second = list(ann.get_instances(series))[1]
        ann.respond(second, "declined")
        answers = [
            response_of(event, "ann@example.com")[0] for event in calendar.get_instances(series)
        ]
        assert answers == ["needsAction", "declined", "needsAction"]


class TestCopying:
    def test_a_copy_is_a_new_event_that_says_the_same(self, calendar):
        original = calendar.add_event(
            Event(
                "Review",
                start=TEN,
                end=TEN + 2 * HOUR,
                location="Prague",
                description="<b>Agenda</b>",
                attendees=["ann@example.com"],
                attachments=Attachment("https://docs.google.com/document/d/1", "Minutes"),
                reminders=PopupReminder(minutes_before_start=5),
                color_id="4",
                extended_properties={"private": {"ticket": "42"}},
            )
        )
        copy = calendar.copy_event(original)
        assert copy.id != original.id
        assert copy.ical_uid != original.ical_uid
        assert (copy.summary, copy.start, copy.end) == ("Review", TEN, TEN + 2 * HOUR)
        assert (copy.location, copy.description) == ("Prague", "<b>Agenda</b>")
        assert copy.attachments == original.attachments
        assert copy.reminders == [PopupReminder(minutes_before_start=5)]
        assert copy.color_id == "4"
        assert copy.extended_properties == {"private": {"ticket": "42"}}
        assert [guest.email for guest in copy.attendees] == ["ann@example.com"]

    def test_the_original_is_not_changed(self, calendar):
        original = calendar.add_event(Event("Review", start=TEN))
        calendar.copy_event(original, summary="Copy")
        assert original.summary == "Review"
        assert calendar.get_event(original.id) == original

    def test_a_new_start_keeps_the_length(self, calendar):
        original = calendar.add_event(Event("Review", start=TEN, end=TEN + 3 * HOUR))
        copy = calendar.copy_event(original, start=TEN + timedelta(days=7))
        assert (copy.start, copy.end) == (
            TEN + timedelta(days=7),
            TEN + timedelta(days=7) + 3 * HOUR,
        )

    def test_the_length_is_that_of_the_clock_and_not_of_the_wall(self, calendar):
        # In the night to 29 March 2026 the clocks of Prague go from 2 to 3.
        prague = ZoneInfo("Europe/Prague")
        night = Event(
            "Watch",
            start=datetime(2026, 3, 28, 23, tzinfo=prague),
            end=datetime(2026, 3, 29, 6, tzinfo=prague),
            timezone="Europe/Prague",
        )
        copy = calendar.copy_event(night, start=datetime(2026, 4, 1, 23, tzinfo=prague))
        assert copy.end == datetime(2026, 4, 2, 5, tzinfo=prague)

    def test_a_naive_start_is_wall_time_in_the_events_zone(self, calendar):
        original = calendar.add_event(Event("Review", start=TEN, timezone="Europe/Prague"))
        copy = calendar.copy_event(original, start=datetime(2026, 4, 1, 9))
        assert copy.start == datetime(2026, 4, 1, 9, tzinfo=ZoneInfo("Europe/Prague"))
        assert copy.end == datetime(2026, 4, 1, 10, tzinfo=ZoneInfo("Europe/Prague"))

    def test_a_new_day_keeps_the_number_of_days(self, calendar):
        original = calendar.add_event(Event("Trip", start=date(2026, 3, 2), end=date(2026, 3, 5)))
        copy = calendar.copy_event(original, start=date(2026, 4, 1))
        assert (copy.start, copy.end) == (date(2026, 4, 1), date(2026, 4, 4))

    def test_an_event_can_become_all_day(self, calendar):
        copy = calendar.copy_event(
            calendar.add_event(Event("Review", start=TEN)), start=date(2026, 4, 1)
        )
        assert (copy.start, copy.end) == (date(2026, 4, 1), date(2026, 4, 2))

    def test_the_conference_comes_along(self, calendar):
        request = ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET)
        original = calendar.wait_for_conference(
            calendar.add_event(Event("Review", start=TEN, conference_solution=request))
        )
        copy = calendar.copy_event(original.id)
        assert copy.conference_solution == original.conference_solution
        assert copy.hangout_link == original.hangout_link

    def test_a_copy_can_go_to_another_calendar(self, calendar):
        team = calendar.add_calendar(Calendar("Team"))
        original = calendar.add_event(Event("Review", start=TEN))
        copy = calendar.copy_event(original.id, team.id)
        assert [event.id for event in calendar.get_events(calendar_id=team.id)] == [copy.id]
        back = calendar.copy_event(copy.id, source_calendar_id=team.id, summary="Back")
        assert back in list(calendar.get_events())

    def test_a_copied_series_is_a_series(self, calendar):
        series = calendar.add_event(
            Event(
                "Standup",
                start=TEN,
                timezone="UTC",
                recurrence=Recurrence.rule(freq=DAILY, count=3),
            )
        )
        copy = calendar.copy_event(series, start=TEN + HOUR)
        assert [event.start for event in calendar.get_instances(copy)] == [
            TEN + HOUR + timedelta(days=day) for day in range(3)
        ]

    def test_a_copied_instance_is_a_single_event(self, calendar):
        series = calendar.add_event(
            Event(
                "Standup",
                start=TEN,
                timezone="UTC",
                recurrence=Recurrence.rule(freq=DAILY, count=3),
            )
        )
        second = list(calendar.get_instances(series))[1]
        copy = calendar.copy_event(second)
        assert not copy.is_recurring_instance
        assert copy.recurrence == []
        assert copy.start == second.start

    def test_a_change_of_what_an_event_has_not_is_a_type_error(self, calendar):
        event = calendar.add_event(Event("Review", start=TEN))
        with pytest.raises(
            TypeError, match="sumary cannot be changed: an event has no such attribute"
        ):
            calendar.copy_event(event, sumary="Copy")

    def test_an_event_that_does_not_exist_is_not_found(self, calendar):
        with pytest.raises(NotFoundError):
            calendar.copy_event("nosuchevent")


class TestFindingAFreeSlot:
    WEEK = (datetime(2026, 3, 2, 0, tzinfo=UTC), datetime(2026, 3, 7, 0, tzinfo=UTC))
    NINE_TO_FIVE = (time(9), time(17))

    @pytest.fixture
    def team(self, calendar, ann):
        everybody = AccessControlRule(role="freeBusyReader", scope_type="default")
        ann.add_acl_rule(everybody)
        ann.add_event(Event("Lunch", start=TEN + 2 * HOUR))
        calendar.add_event(Event("Review", start=TEN))
        return ["me@example.com", "ann@example.com"]

    def test_everybody_has_to_be_free(self, calendar, team):
        found = calendar.find_free_slots(HOUR, team, TEN - HOUR, TEN + 5 * HOUR, timezone="UTC")
        assert found == [
            TimeRange(TEN - HOUR, TEN),
            TimeRange(TEN + HOUR, TEN + 2 * HOUR),
            TimeRange(TEN + 3 * HOUR, TEN + 5 * HOUR),
        ]

    def test_what_is_too_short_is_left_out(self, calendar, team):
        found = calendar.find_free_slots(2 * HOUR, team, TEN - HOUR, TEN + 5 * HOUR)
        assert found == [TimeRange(TEN + 3 * HOUR, TEN + 5 * HOUR)]

    def test_without_attendees_it_is_ones_own_calendar(self, calendar, team):
        found = calendar.find_free_slots(HOUR, None, TEN - HOUR, TEN + 5 * HOUR)
        assert found == [TimeRange(TEN - HOUR, TEN), TimeRange(TEN + HOUR, TEN + 5 * HOUR)]

    def test_a_buffer_is_left_before_and_after_what_is_there(self, calendar, team):
        quarter = timedelta(minutes=15)
        found = calendar.find_free_slots(
            HOUR / 4, team, TEN - HOUR, TEN + 5 * HOUR, buffer=quarter, timezone="UTC"
        )
        assert found == [
            TimeRange(TEN - HOUR, TEN - quarter),
            TimeRange(TEN + HOUR + quarter, TEN + 2 * HOUR - quarter),
            TimeRange(TEN + 3 * HOUR + quarter, TEN + 5 * HOUR),
        ]

    def test_only_working_hours_are_looked_at(self, calendar, team):
        found = calendar.find_free_slots(
            HOUR, team, *self.WEEK, working_hours=self.NINE_TO_FIVE, timezone="UTC"
        )
        assert [(slot.start.day, slot.start.hour, slot.end.hour) for slot in found] == [
            *((2, 9, 10), (2, 11, 12), (2, 13, 17)),
            *((3, 9, 17), (4, 9, 17), (5, 9, 17), (6, 9, 17)),
        ]

    def test_people_in_several_zones_have_their_own_hours(self, calendar, team):
        found = calendar.find_free_slots(
            HOUR,
            team,
            *self.WEEK,
            working_hours=[
                WorkingHours(time(9), time(17), timezone="Europe/Prague"),
                WorkingHours(time(9), time(17), timezone="America/New_York"),
            ],
            timezone="Europe/Prague",
        )
        # 15 to 17 in Prague is 9 to 11 in New York.
        assert [(slot.start.hour, slot.end.hour) for slot in found] == [(15, 17)] * 5
        assert found[0].start.tzinfo == ZoneInfo("Europe/Prague")

    def test_two_weeks_from_now_are_looked_at_by_default(self, calendar, emulator):
        (slot,) = calendar.find_free_slots(HOUR)
        assert slot.start == emulator.clock.now()
        assert slot.end == emulator.clock.now() + timedelta(weeks=2)

    def test_dates_are_midnights_in_the_zone(self, calendar):
        (slot,) = calendar.find_free_slots(
            HOUR, None, date(2026, 3, 2), date(2026, 3, 3), timezone="Europe/Prague"
        )
        assert slot.start == datetime(2026, 3, 2, tzinfo=ZoneInfo("Europe/Prague"))
        assert slot.end - slot.start == timedelta(days=1)

    def test_attendees_may_be_objects(self, calendar, team):
        found = calendar.find_free_slots(
            HOUR, [Attendee(address) for address in team], TEN, TEN + 3 * HOUR
        )
        assert found == [TimeRange(TEN + HOUR, TEN + 2 * HOUR)]
        with pytest.raises(ValueError, match="An attendee without an e-mail address"):
            calendar.find_free_slots(HOUR, [Attendee("")])

    def test_a_duration_is_no_number(self, calendar):
        with pytest.raises(TypeError, match=r"^duration must be timedelta, not int.$"):
            calendar.find_free_slots(30)

    def test_more_people_than_one_query_takes_are_asked_in_several(self, calendar, emulator):
        people = [f"user{number}@example.com" for number in range(51)]
        for person in people:
            emulator.client(person).add_acl_rule(
                AccessControlRule(role="freeBusyReader", scope_type="default")
            )
        emulator.client(people[-1]).add_event(Event("Lunch", start=TEN))
        found = calendar.find_free_slots(HOUR, people, TEN, TEN + 3 * HOUR)
        assert found == [TimeRange(TEN + HOUR, TEN + 3 * HOUR)]
        assert len(emulator.requests.of("freebusy.query")) == 2

    def test_somebody_who_cannot_be_looked_at_is_an_error(self, calendar):
        with pytest.raises(FreeBusyQueryError, match="nobody@else"):
            calendar.find_free_slots(HOUR, "nobody@else.example")

    @pytest.mark.parametrize("duration", [timedelta(0), -HOUR])
    def test_a_meeting_has_to_last(self, calendar, duration):
        with pytest.raises(ValueError, match="duration must be above zero"):
            calendar.find_free_slots(duration)
