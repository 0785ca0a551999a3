"""The calls on events, as a script makes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.calendar import Calendar
from gcsa.conference import (
    ConferenceSolution,
    ConferenceSolutionCreateRequest,
    EntryPoint,
    SolutionType,
)
from gcsa.errors import (
    BadRequestError,
    ConflictError,
    GoneError,
    NotFoundError,
    PreconditionFailedError,
)
from gcsa.event import Event
from gcsa.recurrence import DAILY, WEEKLY, Recurrence

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def meeting(summary="Meeting", start=NINE + timedelta(hours=1), **kwargs):
    return Event(summary, start=start, **kwargs)


def test_an_added_event_is_returned_as_stored(calendar):
    stored = calendar.add_event(meeting(location="Prague", attendees="ann@example.com"))

    assert stored.summary == "Meeting"
    assert stored.location == "Prague"
    assert stored.start == NINE + timedelta(hours=1)
    assert stored.end == NINE + timedelta(hours=2)
    assert [attendee.email for attendee in stored.attendees] == ["ann@example.com"]
    assert stored.event_id
    assert stored.etag
    assert stored.creator.email == "me@example.com"


def test_adding_does_not_change_the_event_that_was_given(calendar):
    event = meeting()
    calendar.add_event(event)
    assert event.event_id is None


def test_an_event_can_be_added_under_an_id_of_ones_own(calendar):
    assert calendar.add_event(meeting(event_id="abc123")).event_id == "abc123"
    assert calendar.get_event("abc123").summary == "Meeting"


def test_an_id_that_is_taken_is_a_conflict(calendar):
    calendar.add_event(meeting(event_id="abc123"))
    with pytest.raises(ConflictError) as raised:
        calendar.add_event(meeting("Another", event_id="abc123"))
    assert raised.value.status == 409
    assert calendar.get_event("abc123").summary == "Meeting"


def test_get_event_returns_what_was_added(calendar):
    stored = calendar.add_event(meeting(description="with notes"))
    assert calendar.get_event(stored.event_id) == stored


def test_an_unknown_event_is_not_found_and_the_message_says_what_was_asked(calendar):
    with pytest.raises(NotFoundError) as raised:
        calendar.get_event("nosuchevent")
    assert raised.value.reason == "notFound"
    assert str(raised.value) == (
        "Not Found (404 notFound) on GET calendars/primary/events/nosuchevent. "
        "Check the id and the calendar it is on; what one may not see is not found either."
    )


def test_an_unknown_calendar_is_not_found(calendar):
    with pytest.raises(NotFoundError, match=r"calendars/nobody%40example\.com/events"):
        list(calendar.get_events(calendar_id="nobody@example.com"))


def test_events_are_listed_from_now_for_one_year(calendar):
    calendar.add_event(meeting("past", NINE - timedelta(days=1)))
    calendar.add_event(meeting("running", NINE - timedelta(minutes=30)))
    calendar.add_event(meeting("next", NINE + timedelta(days=364)))
    calendar.add_event(meeting("far", NINE + timedelta(days=366)))

    assert {event.summary for event in calendar.get_events()} == {"running", "next"}


def test_a_listing_follows_every_page(calendar):
    for number in range(7):
        calendar.add_event(meeting(f"{number}", NINE + timedelta(hours=number)))

    listed = calendar.get_events(order_by="startTime", single_events=True, maxResults=3)

    assert [event.summary for event in listed] == ["0", "1", "2", "3", "4", "5", "6"]


def test_a_listing_fetches_a_page_only_when_it_is_reached(unbatched, emulator):
    for number in range(4):
        unbatched.add_event(meeting(f"{number}"))
    emulator.requests.clear()
    listed = iter(unbatched.get_events(maxResults=2))
    next(listed)
    next(listed)
    assert len(emulator.requests.of("events.list")) == 1
    next(listed)
    assert len(emulator.requests.of("events.list")) == 2


def test_order_by_start_needs_single_events(calendar):
    with pytest.raises(ValueError, match="needs single_events=True"):
        calendar.get_events(order_by="startTime")


def test_an_unknown_order_is_refused_before_anything_is_sent(calendar):
    with pytest.raises(ValueError, match="'startTime' or 'updated', not 'name'"):
        calendar.get_events(order_by="name")


def test_a_window_that_ends_before_it_begins_is_refused(calendar):
    with pytest.raises(ValueError, match=r"time_max \(2026-03-01 00:00:00\+00:00\) must be after"):
        calendar.get_events(time_max=date(2026, 3, 1), timezone="UTC")
    with pytest.raises(ValueError, match="must be after time_min"):
        calendar.get_instances("abc123", NINE, NINE)


def test_a_sync_token_asks_for_no_window(calendar, unbatched):
    calendar.add_event(meeting("past", NINE - timedelta(days=400)))
    token = unbatched.get_event_changes().next_sync_token
    calendar.add_event(meeting("older", NINE - timedelta(days=500)))
    assert [event.summary for event in calendar.get_events(syncToken=token)] == ["older"]


@pytest.mark.parametrize(
    "argument", [{"time_min": NINE}, {"time_max": NINE}, {"order_by": "updated"}, {"query": "x"}]
)
def test_what_does_not_go_together_with_a_sync_token_is_refused(calendar, argument):
    with pytest.raises(ValueError, match=f"{next(iter(argument))} cannot be used together with a"):
        calendar.get_events(syncToken="token", **argument)


@pytest.mark.parametrize("call", ["add_event", "update_event", "delete_event", "patch_event"])
def test_who_is_told_is_one_of_three(calendar, call):
    event = meeting(event_id="abc123")
    with pytest.raises(
        ValueError, match="send_updates must be one of 'all', 'externalOnly', 'none'"
    ):
        getattr(calendar, call)(event, send_updates="everybody")


@pytest.mark.parametrize("event_id", ["abcd", "ABCDE", "with space", "xyz12", "a" * 1025])
def test_an_id_that_google_would_not_take_is_refused(calendar, event_id):
    with pytest.raises(
        ValueError, match="event_id must be 5 to 1024 of the characters a-v and 0-9"
    ):
        calendar.add_event(meeting(event_id=event_id))


def test_an_empty_sentence_is_no_event(calendar):
    with pytest.raises(ValueError, match="event_string is empty"):
        calendar.add_quick_event(" ")


def test_a_sentence_is_text(calendar):
    with pytest.raises(TypeError, match=r"^event_string must be str, not NoneType.$"):
        calendar.add_quick_event(None)


@pytest.mark.parametrize("wrong", ["2030-01-01", 5])
def test_a_time_is_a_date_or_a_datetime(calendar, wrong):
    kind = type(wrong).__name__
    for call, arguments in (
        (calendar.get_events, ()),
        (calendar.get_instances, ("abc123",)),
        (calendar.get_free_busy, ()),
    ):
        with pytest.raises(
            TypeError, match=f"^time_min must be a date or a datetime, not {kind}.$"
        ):
            call(*arguments, time_min=wrong)
        with pytest.raises(
            TypeError, match=f"^time_max must be a date or a datetime, not {kind}.$"
        ):
            call(*arguments, time_max=wrong)


def test_a_move_needs_a_destination(calendar):
    with pytest.raises(ValueError, match="destination_calendar_id is empty"):
        calendar.move_event("abc123", "")
    with pytest.raises(TypeError, match=r"^destination_calendar_id must be str, not Calendar.$"):
        calendar.move_event("abc123", Calendar("Team", calendar_id="team"))


def test_an_event_can_be_read_again(calendar):
    event = calendar.add_event(meeting())
    calendar.patch_event(event.id, summary="Review")
    assert calendar.get_event(event).summary == "Review"


def test_googles_parameters_can_be_given_to_a_patch(calendar, emulator):
    event = calendar.add_event(meeting(attendees=["ann@x.com", "bob@x.com"]))
    patched = calendar.patch_event(event, summary="Review", maxAttendees=1)
    assert patched.attendees_omitted
    assert emulator.requests.of("events.patch")[0].json() == {"summary": "Review"}


def test_an_event_moves_to_another_calendar(calendar):
    team = calendar.add_calendar(Calendar("Team"))
    event = calendar.add_event(meeting())
    moved = calendar.move_event(event, team.id)
    assert moved.id == event.id
    assert list(calendar.get_events()) == []
    assert [event.summary for event in calendar.get_events(calendar_id=team.id)] == ["Meeting"]


def test_a_query_finds_events_by_their_words(calendar):
    calendar.add_event(meeting("Lunch with Ann"))
    calendar.add_event(meeting("Review"))
    assert [event.summary for event in calendar.get_events(query="ann")] == ["Lunch with Ann"]


def test_iterating_over_the_calendar_lists_what_is_to_come(calendar):
    calendar.add_event(meeting())
    assert [event.summary for event in calendar] == ["Meeting"]


def test_an_index_is_the_beginning_of_the_window(calendar):
    calendar.add_event(meeting("early"))
    calendar.add_event(meeting("late", NINE + timedelta(days=10)))
    assert [event.summary for event in calendar[date(2026, 3, 5)]] == ["late"]


def test_a_slice_is_a_window_and_its_step_the_order(calendar):
    calendar.add_event(meeting("second", NINE + timedelta(days=2)))
    calendar.add_event(meeting("first", NINE + timedelta(days=1)))
    calendar.add_event(meeting("outside", NINE + timedelta(days=9)))

    week = calendar[date(2026, 3, 2) : date(2026, 3, 9) : "startTime"]

    assert [event.summary for event in week] == ["first", "second"]


@pytest.mark.parametrize("index", [slice("a"), slice(None, None, "name"), slice(1, 2)])
def test_a_slice_of_anything_else_is_refused(calendar, index):
    with pytest.raises(ValueError, match="A calendar is sliced as"):
        calendar[index]


def test_an_index_of_anything_else_is_not_implemented(calendar):
    with pytest.raises(NotImplementedError, match="A calendar is indexed by time"):
        calendar["monday"]


def test_an_update_replaces_what_was_stored(calendar):
    event = calendar.add_event(meeting(description="old"))
    event.summary = "Review"
    event.description = None

    updated = calendar.update_event(event)

    assert updated.summary == "Review"
    assert updated.description is None
    assert updated.etag != event.etag


def test_an_update_of_an_event_without_an_id_is_refused(calendar):
    with pytest.raises(ValueError, match="This event has no id"):
        calendar.update_event(meeting())


def test_an_update_of_something_else_is_a_type_error(calendar):
    with pytest.raises(TypeError, match="event must be Event, not int"):
        calendar.update_event(5)


def test_an_update_if_unchanged_fails_when_somebody_was_faster(calendar):
    mine = calendar.add_event(meeting())
    theirs = calendar.get_event(mine.event_id)
    theirs.summary = "Theirs"
    calendar.update_event(theirs)

    mine.summary = "Mine"
    with pytest.raises(PreconditionFailedError, match="Somebody was faster"):
        calendar.update_event(mine, if_unchanged=True)
    assert calendar.get_event(mine.event_id).summary == "Theirs"


def test_an_update_if_unchanged_succeeds_when_nobody_was_faster(calendar):
    mine = calendar.add_event(meeting())
    mine.summary = "Mine"
    assert calendar.update_event(mine, if_unchanged=True).summary == "Mine"


def test_if_unchanged_needs_an_event_that_was_read(calendar):
    with pytest.raises(ValueError, match="if_unchanged needs what was read from the server"):
        calendar.update_event(meeting(event_id="abc123"), if_unchanged=True)


def test_a_patch_changes_only_what_is_named(calendar):
    event = calendar.add_event(meeting(description="kept", location="Prague"))

    patched = calendar.patch_event(event, summary="Review", location=None)

    assert patched.summary == "Review"
    assert patched.location is None
    assert patched.description == "kept"


def test_a_patch_can_move_an_event_in_time(calendar):
    event = calendar.add_event(meeting())
    later = NINE + timedelta(days=1)
    patched = calendar.patch_event(event.event_id, start=later, end=later + timedelta(hours=3))
    assert (patched.start, patched.end) == (later, later + timedelta(hours=3))


def test_a_patch_of_an_unknown_name_is_a_type_error(calendar):
    event = calendar.add_event(meeting())
    with pytest.raises(TypeError, match="sumary"):
        calendar.patch_event(event, sumary="Review")


def test_a_patch_that_names_nothing_is_refused(calendar):
    event = calendar.add_event(meeting())
    with pytest.raises(ValueError, match="at least one"):
        calendar.patch_event(event)


def test_a_deleted_event_is_listed_no_more(calendar):
    event = calendar.add_event(meeting())
    assert calendar.delete_event(event) is None
    assert list(calendar.get_events()) == []


def test_an_event_can_be_deleted_by_its_id(calendar):
    event = calendar.add_event(meeting())
    calendar.delete_event(event.event_id)
    assert list(calendar.get_events()) == []


def test_deleting_twice_says_that_it_is_gone(calendar):
    event = calendar.add_event(meeting())
    calendar.delete_event(event)
    with pytest.raises(GoneError) as raised:
        calendar.delete_event(event)
    assert raised.value.reason == "deleted"


def test_a_quick_event_is_read_from_a_sentence(calendar):
    event = calendar.add_quick_event("Lunch with Ann tomorrow at 12:30")
    assert event.summary == "Lunch with Ann"
    assert event.start.date() == date(2026, 3, 3)


def test_an_imported_event_keeps_its_icalendar_id(calendar):
    event = calendar.import_event(meeting(ical_uid="party@elsewhere.example"))
    assert event.ical_uid == "party@elsewhere.example"


def test_importing_again_updates_the_copy(calendar):
    calendar.import_event(meeting(ical_uid="party@elsewhere.example"))
    calendar.import_event(meeting("Moved party", ical_uid="party@elsewhere.example"))
    assert [event.summary for event in calendar.get_events()] == ["Moved party"]


def test_the_instances_of_a_series_are_listed(calendar):
    series = calendar.add_event(
        meeting("Standup", recurrence=Recurrence.rule(freq=DAILY, count=3), timezone="UTC")
    )
    instances = list(calendar.get_instances(series))
    assert [event.start.day for event in instances] == [2, 3, 4]
    assert {event.recurring_event_id for event in instances} == {series.event_id}


def test_single_events_lists_the_instances_in_order(calendar):
    calendar.add_event(
        meeting("Weekly", recurrence=Recurrence.rule(freq=WEEKLY), timezone="Europe/Prague")
    )
    listed = calendar.get_events(
        time_max=NINE + timedelta(days=21), order_by="startTime", single_events=True
    )
    assert [event.start.day for event in listed] == [2, 9, 16]


def test_what_the_server_refuses_comes_with_its_reason(calendar):
    with pytest.raises(BadRequestError) as raised:
        calendar.add_event(Event("Backwards", start=NINE, end=NINE - timedelta(hours=1)))
    assert raised.value.reason == "timeRangeEmpty"
    assert raised.value.response.status_code == 400


def test_a_conference_is_waited_for(calendar):
    event = calendar.add_event(
        meeting(conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET))
    )
    assert event.conference_solution.status == "pending"

    ready = calendar.wait_for_conference(event)

    assert ready.conference_solution.status == "success"
    assert ready.conference_solution.entry_points[0].entry_point_type == EntryPoint.VIDEO
    assert ready.hangout_link == ready.conference_solution.entry_points[0].uri


def test_a_conference_that_is_ready_is_not_waited_for(calendar, emulator):
    event = calendar.add_event(
        meeting(conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET))
    )
    calendar.wait_for_conference(event)
    before = emulator.clock.now()
    calendar.wait_for_conference(event)
    assert emulator.clock.now() == before


def test_a_conference_that_stays_pending_times_out(calendar, emulator):
    emulator.conference_delay = 3600
    event = calendar.add_event(
        meeting(conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET))
    )
    with pytest.raises(TimeoutError, match="still pending after 30 s"):
        calendar.wait_for_conference(event, timeout=30)


def test_waiting_without_a_conference_is_refused(calendar):
    event = calendar.add_event(meeting())
    with pytest.raises(ValueError, match="has no conference"):
        calendar.wait_for_conference(event)


def test_somebody_elses_meeting_is_stored_as_given(calendar):
    solution = ConferenceSolution(
        EntryPoint(EntryPoint.VIDEO, uri="https://meet.example/abc"),
        solution_type=SolutionType.ADD_ON,
        name="Example Meet",
        icon_uri="https://meet.example/icon.png",
    )
    stored = calendar.add_event(meeting(conference_solution=solution))
    assert stored.conference_solution.entry_points == solution.entry_points
    assert stored.conference_solution.name == "Example Meet"


def test_a_conference_is_copied_to_another_event(calendar):
    first = calendar.wait_for_conference(
        calendar.add_event(
            meeting(conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET))
        )
    )
    second = calendar.add_event(meeting("Follow-up", conference_solution=first.conference_solution))
    assert second.conference_solution == first.conference_solution


def test_a_failed_conference_says_so(client_for, emulator):
    emulator.conference_failure = True
    calendar = client_for()
    event = calendar.add_event(
        meeting(conference_solution=ConferenceSolutionCreateRequest(SolutionType.HANGOUTS_MEET))
    )
    failed = calendar.wait_for_conference(event)
    assert failed.conference_solution.status == "failure"
