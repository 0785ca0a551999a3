"""What is sent again, and what is not, over a line to the emulator that fails now and then."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import google.oauth2.credentials
import httpx2
import pytest

from gcsa.emulator import Emulator
from gcsa.emulator.clock import Clock
from gcsa.errors import (
    ConflictError,
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionFailedError,
    RateLimitError,
    ServerError,
    TransportError,
)
from gcsa.event import Event
from gcsa.google_calendar import GoogleCalendar, Retry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FailingLine(httpx2.BaseTransport):
    """Passes requests on, except that the first ones meet the faults that were ordered.

    A fault is a status that is answered in place of the server, an exception that is raised before the
    request arrives, or such an exception in a tuple: it is raised after the request was carried out.
    """

    def __init__(self, transport, *faults):
        self.transport = transport
        self.faults = list(faults)
        self.requests = 0

    def handle_request(self, request):
        self.requests += 1
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, httpx2.Response):
            return fault
        if isinstance(fault, Exception):
            raise fault
        response = self.transport.handle_request(request)
        if isinstance(fault, tuple):
            raise fault[0]
        return response


def failing(status, reason=None, **headers):
    domain = "usageLimits" if reason else "global"
    one = {"domain": domain, "reason": reason or "backendError", "message": "Not now."}
    return httpx2.Response(
        status, json={"error": {"errors": [one], "code": status}}, headers=headers
    )


@pytest.fixture
def emulator():
    with Emulator(clock=Clock.frozen(NOW), seed=1) as emulator:
        yield emulator


@pytest.fixture
def connect(emulator):
    def make(*faults, retry=None):
        line = FailingLine(emulator.transport, *faults)
        calendar = GoogleCalendar(
            credentials=google.oauth2.credentials.Credentials(token="me@example.com"),
            transport=line,
            api_endpoint="http://calendar.emulator",
            clock=emulator.clock,
            retry=retry,
        )
        return calendar, line

    return make


def meeting(**kwargs):
    return Event("Meeting", start=NOW + timedelta(hours=1), **kwargs)


@pytest.mark.parametrize(
    "fault",
    [
        failing(500),
        failing(503),
        failing(429),
        failing(403, "rateLimitExceeded"),
        failing(403, "userRateLimitExceeded"),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("too slow"),
        httpx2.RemoteProtocolError("closed"),
    ],
)
def test_what_fails_for_a_passing_reason_is_sent_again(connect, fault):
    calendar, line = connect(fault, fault)
    assert calendar.add_event(meeting()).summary == "Meeting"
    assert line.requests == 3
    assert len(list(calendar.get_events())) == 1


def test_an_insert_that_was_carried_out_unanswered_is_read_back_and_not_doubled(connect):
    calendar, line = connect((httpx2.ReadError("connection reset"),))
    stored = calendar.add_event(meeting())
    assert stored.etag
    assert line.requests == 3  # the insert, the insert again (409), the look at what is there
    assert [event.event_id for event in calendar.get_events()] == [stored.event_id]


def test_an_insert_repeated_under_an_id_that_somebody_elses_event_has_is_a_conflict(connect):
    calendar, _ = connect()
    calendar.add_event(Event("Older", start=NOW + timedelta(hours=1), event_id="taken"))
    calendar, _ = connect(failing(503))
    with pytest.raises(ConflictError):
        calendar.add_event(meeting(event_id="taken"))


LOST = (httpx2.ReadError("connection reset"),)


def test_an_insert_under_an_id_of_ones_own_is_read_back_as_well(connect):
    calendar, line = connect(LOST)
    assert calendar.add_event(meeting(event_id="chosen")).event_id == "chosen"
    assert line.requests == 3


def test_what_is_under_a_chosen_id_has_to_say_the_same(connect):
    calendar, _ = connect()
    calendar.add_event(Event("Meeting", start=NOW + timedelta(hours=2), event_id="taken"))
    calendar, _ = connect(failing(503))
    with pytest.raises(ConflictError) as raised:
        calendar.add_event(meeting(event_id="taken"))
    assert not raised.value.outcome_unknown


def test_an_id_of_a_deleted_event_stays_taken(connect):
    calendar, _ = connect()
    calendar.delete_event(calendar.add_event(meeting(event_id="taken")))
    calendar, _ = connect(failing(503))
    with pytest.raises(ConflictError, match="an id stays taken after its event is deleted"):
        calendar.add_event(meeting(event_id="taken"))


def test_reading_back_may_fail_as_well(connect):
    calendar, line = connect(LOST, None, failing(503), LOST)
    stored = calendar.add_event(meeting())
    # The insert, again (409), and three looks at what is there: it need not be inserted a third time.
    assert line.requests == 5
    assert [event.event_id for event in calendar.get_events()] == [stored.event_id]


@pytest.mark.parametrize("before", [[], [failing(503)]], ids=["at once", "later"])
def test_an_insert_that_may_not_be_read_back_is_a_conflict_that_may_be_with_itself(connect, before):
    # The insert is lost, the second one meets a conflict, and looking at what is there is forbidden.
    calendar, line = connect(LOST, None, *before, failing(403, "forbidden"))
    with pytest.raises(ConflictError) as raised:
        calendar.add_event(meeting())
    assert raised.value.outcome_unknown
    assert line.requests == 3 + len(before)


def test_an_insert_that_was_lost_and_then_clashes_is_sent_again_before_it_is_read_back(connect):
    # A clash says nothing of the id: that is taken only when the server says so.
    calendar, line = connect(LOST, failing(409, "conflict"))
    stored = calendar.add_event(meeting())
    assert line.requests == 4  # the insert, again (a clash), again (409), the look at what is there
    assert [event.event_id for event in calendar.get_events()] == [stored.event_id]


def test_an_insert_that_cannot_be_read_back_may_have_been_carried_out(connect):
    faults = [LOST, None, *[failing(503)] * 9]
    calendar, _ = connect(*faults, retry=Retry(attempts=3))
    with pytest.raises(ServerError) as raised:
        calendar.add_event(meeting())
    assert raised.value.outcome_unknown
    assert str(raised.value) == (
        "Service Unavailable (503 backendError) on POST calendars/primary/events. "
        "Whether the call was carried out is unknown: look before you send it again."
    )


def test_a_limit_after_an_unanswered_attempt_says_that_there_was_one(connect):
    calendar, _ = connect(LOST, *[failing(429)] * 2, retry=Retry(attempts=3))
    with pytest.raises(RateLimitError) as raised:
        calendar.add_event(meeting())
    assert str(raised.value) == (
        "Too Many Requests (429 backendError) on POST calendars/primary/events. Wait a minute before"
        " more calls, or ask for more quota in the Google Cloud console. An earlier attempt was not"
        " answered. Whether the call was carried out is unknown: look before you send it again."
    )


def test_a_limit_alone_leaves_no_doubt(connect):
    calendar, _ = connect(failing(429), retry=Retry(attempts=1))
    with pytest.raises(RateLimitError) as raised:
        calendar.add_event(meeting())
    assert not raised.value.outcome_unknown


@pytest.mark.parametrize("call", ["get_event", "get_free_busy"])
def test_nothing_is_unknown_of_a_call_that_changes_nothing(connect, call):
    calendar, _ = connect(LOST, retry=Retry(attempts=1))
    arguments = ["abc123"] if call == "get_event" else []
    with pytest.raises(TransportError) as raised:
        getattr(calendar, call)(*arguments)
    assert not raised.value.outcome_unknown
    assert "Nothing is known to have changed; check the connection" in str(raised.value)


def test_calls_that_clash_are_sent_again(connect):
    clash = failing(409, "conflict")
    calendar, line = connect(clash, clash)
    assert calendar.add_quick_event("Lunch tomorrow at noon").summary == "Lunch"
    assert line.requests == 3


def test_a_server_that_is_not_what_it_claims_to_be_is_not_asked_again(connect):
    refused = httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    calendar, line = connect(refused)
    with pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED"):
        calendar.get_event("abc123")
    assert line.requests == 1


def test_a_delete_that_was_carried_out_unanswered_succeeds(connect):
    calendar, _ = connect()
    event = calendar.add_event(meeting())
    calendar, _ = connect((httpx2.ReadError("connection reset"),))
    assert calendar.delete_event(event) is None
    with pytest.raises(GoneError):
        calendar.delete_event(event)


def test_a_delete_that_was_lost_and_is_then_refused_may_have_been_carried_out(connect):
    calendar, _ = connect()
    event = calendar.add_event(meeting())
    calendar, _ = connect(LOST, failing(403, "forbidden"))
    with pytest.raises(PermissionDeniedError) as raised:
        calendar.delete_event(event)
    assert raised.value.outcome_unknown


def test_only_a_delete_is_done_when_what_it_is_about_is_gone(connect):
    calendar, _ = connect()
    event = calendar.add_event(meeting())
    calendar, _ = connect(LOST, failing(404, "notFound"))
    with pytest.raises(NotFoundError) as raised:
        calendar.update_event(event)
    assert raised.value.outcome_unknown


def test_a_failure_that_says_nothing_is_named(connect):
    calendar, _ = connect(httpx2.ReadTimeout(""), retry=Retry(attempts=1))
    with pytest.raises(TransportError) as raised:
        calendar.get_event("abc123")
    assert str(raised.value).startswith("No answer: ReadTimeout on GET calendars/primary/events/")


@pytest.mark.parametrize("fault", [failing(500), (httpx2.ReadError("connection reset"),)])
def test_a_quick_event_is_not_repeated_when_its_outcome_is_unknown(connect, fault):
    calendar, line = connect(fault)
    with pytest.raises((ServerError, TransportError)) as raised:
        calendar.add_quick_event("Lunch tomorrow at noon")
    assert raised.value.outcome_unknown
    assert str(raised.value).endswith(
        " on POST calendars/primary/events/quickAdd. "
        "Whether the call was carried out is unknown: look before you send it again."
    )
    assert line.requests == 1


def test_an_unknown_outcome_is_said_in_the_message(connect):
    calendar, _ = connect((httpx2.ReadError("connection reset"),))
    with pytest.raises(TransportError) as raised:
        calendar.add_quick_event("Lunch tomorrow at noon")
    assert raised.value.outcome_unknown
    assert str(raised.value) == (
        "No answer: ReadError: connection reset on POST calendars/primary/events/quickAdd. "
        "Whether the call was carried out is unknown: look before you send it again."
    )


def test_a_quick_event_that_never_left_is_sent_again(connect):
    calendar, line = connect(httpx2.ConnectError("refused"), failing(429))
    assert calendar.add_quick_event("Lunch tomorrow at noon").summary == "Lunch"
    assert line.requests == 3


def test_whether_a_quick_event_was_made_whose_answer_is_cut_off_is_unknown(connect):
    calendar, line = connect(httpx2.Response(200, content=b'{"id": "a'))
    with pytest.raises(TransportError, match=r"^The answer is not whole: ") as raised:
        calendar.add_quick_event("Lunch tomorrow at noon")
    assert raised.value.outcome_unknown
    assert " on POST calendars/primary/events/quickAdd. " in str(raised.value)
    assert line.requests == 1


def test_an_update_if_unchanged_is_not_repeated_when_its_outcome_is_unknown(connect):
    calendar, _ = connect()
    event = calendar.add_event(meeting())
    event.summary = "Review"
    calendar, line = connect((httpx2.ReadError("connection reset"),))
    with pytest.raises(TransportError):
        calendar.update_event(event, if_unchanged=True)
    assert line.requests == 1
    with pytest.raises(PreconditionFailedError):
        calendar.update_event(event, if_unchanged=True)


@pytest.mark.parametrize(
    "fault", [failing(403, "dailyLimitExceeded"), failing(403, "accessNotConfigured")]
)
def test_what_does_not_pass_is_raised_at_once(connect, fault):
    calendar, line = connect(fault)
    with pytest.raises((RateLimitError, PermissionDeniedError)):
        calendar.get_event("abc123")
    assert line.requests == 1


def test_the_last_failure_is_raised_after_so_many_attempts(connect):
    calendar, line = connect(*[failing(503)] * 9, retry=Retry(attempts=4))
    with pytest.raises(ServerError) as raised:
        calendar.get_event("abc123")
    assert raised.value.status == 503
    assert line.requests == 4


def test_no_attempt_begins_after_the_time_limit(connect, emulator):
    faults = [failing(503, **{"Retry-After": "20"})] * 50
    calendar, line = connect(*faults, retry=Retry(attempts=100, time_limit=90))
    with pytest.raises(ServerError):
        calendar.get_event("abc123")
    assert emulator.clock.now() - NOW == timedelta(seconds=80)
    assert line.requests == 5


def test_no_attempt_begins_at_the_very_end_of_the_time_limit(connect):
    faults = [failing(503, **{"Retry-After": "20"})] * 50
    calendar, line = connect(*faults, retry=Retry(attempts=100, time_limit=80))
    with pytest.raises(ServerError):
        calendar.get_event("abc123")
    assert (
        line.requests == 4
    )  # at 0, 20, 40 and 60 seconds: after 80 there is no time for an answer


def test_retry_after_is_honoured(connect, emulator):
    calendar, _ = connect(failing(429, **{"Retry-After": "17"}))
    list(calendar.get_events())
    assert emulator.clock.now() - NOW == timedelta(seconds=17)


def test_retry_after_may_be_a_date(connect, emulator):
    headers = {
        "Date": "Mon, 02 Mar 2026 09:00:00 GMT",
        "Retry-After": "Mon, 02 Mar 2026 09:00:40 GMT",
    }
    calendar, _ = connect(failing(503, **headers))
    list(calendar.get_events())
    assert emulator.clock.now() - NOW == timedelta(seconds=40)


def test_a_retry_after_that_is_over_already_is_not_waited_for(connect, emulator):
    headers = {
        "Date": "Mon, 02 Mar 2026 09:00:40 GMT",
        "Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT",
    }
    calendar, line = connect(failing(503, **headers))
    list(calendar.get_events())
    assert emulator.clock.now() == NOW
    assert line.requests == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "soon"},
        {"Retry-After": "-5"},
        {"Retry-After": "Mon, 02 Mar 2026 09:00:40 GMT"},
        {"Retry-After": "Mon, 02 Mar 2026 09:00:40 -0000", "Date": "Mon, 02 Mar 2026 09:00:00 GMT"},
        {"Retry-After": "Mon, 99 Mar 99999 09:00:40 GMT", "Date": "Mon, 02 Mar 2026 09:00:00 GMT"},
    ],
)
def test_a_retry_after_that_says_nothing_is_as_good_as_none(connect, emulator, headers):
    calendar, _ = connect(failing(503, **headers), retry=Retry(first_pause=1))
    list(calendar.get_events())
    assert emulator.clock.now() - NOW <= timedelta(seconds=1)


def test_a_retry_after_beyond_the_time_limit_is_not_waited_for(connect, emulator):
    calendar, line = connect(failing(503, **{"Retry-After": "3600"}))
    with pytest.raises(ServerError):
        calendar.get_event("abc123")
    assert emulator.clock.now() == NOW
    assert line.requests == 1


@pytest.mark.parametrize(
    ("luck", "seconds"),
    [
        pytest.param(lambda low, high: high, 3 + 6 + 12 + 20 + 20, id="longest"),
        pytest.param(lambda low, high: low, 0, id="shortest"),
    ],
)
def test_pauses_are_drawn_between_nothing_and_a_bound_that_doubles_up_to_the_longest(
    connect, emulator, monkeypatch, luck, seconds
):
    monkeypatch.setattr(random, "uniform", luck)
    calendar, _ = connect(*[failing(503)] * 5, retry=Retry(first_pause=3, longest_pause=20))
    list(calendar.get_events())
    assert emulator.clock.now() - NOW == timedelta(seconds=seconds)


def test_one_attempt_never_repeats(connect):
    calendar, line = connect(failing(503), retry=Retry(attempts=1))
    with pytest.raises(ServerError):
        calendar.get_event("abc123")
    assert line.requests == 1


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"time_limit": -1}, {"first_pause": -1}])
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Retry(**wrong)


def test_an_answer_that_is_cut_off_is_fetched_again(connect):
    calendar, line = connect(httpx2.Response(200, content=b'{"items": [{"id": "a'))
    assert list(calendar.get_events()) == []
    assert line.requests == 2


def test_a_server_that_cannot_be_reached_is_named():
    lonely = GoogleCalendar(
        credentials=google.oauth2.credentials.Credentials("me@example.com"),
        api_endpoint="http://localhost:8085",
        transport=FailingLine(None, httpx2.ConnectError("Connection refused")),
        retry=Retry(attempts=1),
    )
    with pytest.raises(TransportError) as raised:
        lonely.get_event("lunch")
    assert str(raised.value) == (
        "No answer from localhost:8085: ConnectError: Connection refused on GET calendars/primary/events/lunch. "
        "Nothing is known to have changed; check the connection and try again."
    )


@pytest.mark.parametrize(("failures", "levels"), [(1, ["INFO"]), (2, ["INFO", "WARNING"])])
def test_one_failure_may_happen_and_a_second_one_is_told_of(connect, caplog, failures, levels):
    caplog.set_level("INFO", logger="gcsa.transport.retries")
    calendar, _ = connect(*[httpx2.ConnectError("Connection refused")] * failures)
    list(calendar.get_events())
    assert [one.levelname for one in caplog.records if one.name.endswith(".retries")] == levels


def test_who_waits_in_vain_is_told_so_once(connect, caplog):
    calendar, _ = connect(*[httpx2.ConnectError("Connection refused")] * 4)
    list(calendar.get_events())
    (warning,) = caplog.records
    assert (warning.name, warning.levelname) == ("gcsa.transport.retries", "WARNING")
    assert warning.getMessage() == (
        "No answer from calendar.emulator: ConnectError: Connection refused; trying again, for 120 s at most."
    )


def test_what_passes_at_the_second_attempt_is_not_worth_a_warning(connect, caplog):
    calendar, _ = connect(httpx2.ReadError("connection reset"))
    list(calendar.get_events())
    assert caplog.records == []


def test_errors_of_the_server_are_told_to_those_who_want_to_know(connect, caplog):
    caplog.set_level("INFO", "gcsa.transport.retries")
    calendar, _ = connect(failing(503), failing(503))
    list(calendar.get_events())
    assert [record.levelname for record in caplog.records] == ["INFO", "INFO"]
