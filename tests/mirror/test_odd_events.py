"""What Google should not send, but might: it is stored as it came, and breaks nothing."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa._on_demand import sent_by_server
from gcsa.errors import TransportError
from gcsa.google_calendar import GoogleCalendar, Retry
from gcsa.mirror import SyncReport
from gcsa.mirror.placing import CANCELLED, NOWHERE, Kind, row_of

ALWAYS = date(1, 1, 5), date(9999, 12, 25)


class Server(httpx2.BaseTransport):
    """A server that answers with pages as they are given to it."""

    def __init__(self, *pages):
        self._pages = list(pages)

    def handle_request(self, request):
        page = self._pages.pop(0)
        if isinstance(page, bytes):
            return httpx2.Response(200, content=page)
        head = {"timeZone": "Europe/Prague", "accessRole": "owner"}
        return httpx2.Response(200, content=json.dumps({**head, **page}).encode())


def client_of(*pages):
    return GoogleCalendar(
        credentials=Credentials(token="t"),
        transport=Server(*pages),
        api_endpoint="http://calendar.test",
        retry=Retry(attempts=1),
    )


def timed(event_id, start="2026-03-03T12:00:00+01:00", end="2026-03-03T13:00:00+01:00", **fields):
    return {"id": event_id, "start": {"dateTime": start}, "end": {"dateTime": end}, **fields}


# fmt: off
ODD = [
    {"id": "nothing-but-an-id"},
    {"id": "no-end", "start": {"date": "2026-03-03"}},
    {"id": "no-start", "end": {"date": "2026-03-03"}},
    {"id": "malformed", "start": {"dateTime": "soon"}, "end": {"dateTime": 7}},
    {"id": "no-objects", "start": "2026-03-03", "end": None, "attendees": "ann", "organizer": []},
    {"id": "numbers", "summary": 7, "start": {"date": 20260303}, "attendees": [1, None, {}]},
    timed("backwards", end="2026-03-03T11:00:00+01:00"),
    timed("no-zone", start="2026-03-03T12:00:00", end="2026-03-03T13:00:00"),
    timed("last", start="9999-12-31T23:59:59Z", end="9999-12-31T23:59:59Z"),
    {"id": "last-day", "start": {"date": "9999-12-31"}, "end": {"date": "9999-12-31"}},
    {"id": "first-day", "start": {"date": "0001-01-01"}, "end": {"date": "0001-01-02"}},
    timed("no-rule", recurrence=["RRULE:FREQ=SOMETIMES"]),
    timed("odd-rule", recurrence=[None, 7, "RRULE:FREQ=DAILY;COUNT=2"]),
    timed("rule-as-text", recurrence="RRULE:FREQ=DAILY;COUNT=2"),
    timed("end-of-time", start="9999-12-20T10:00:00Z", end="9999-12-20T23:00:00Z",
          recurrence=["RRULE:FREQ=HOURLY"]),
    {"id": "last-days", "start": {"date": "9999-12-01"}, "end": {"date": "9999-12-09"},
     "recurrence": ["RRULE:FREQ=DAILY"]},
    timed("never", recurrence=["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]),
    {"id": "series-without-start", "recurrence": ["RRULE:FREQ=DAILY"]},
    timed("unknown-zone", recurrence=["RRULE:FREQ=DAILY;COUNT=2"], x={"deep": [{"y": 1}]}),
    timed("orphan", recurringEventId="gone", originalStartTime={"dateTime": "never"}),
    {"id": "cancelled-orphan", "status": "cancelled", "recurringEventId": "gone"},
    timed("odd-texts", etag="a\u0000", iCalUID="\ud83d", recurringEventId="\u0000"),
    timed("nul", summary="a\u0000b", description="\ud83d lone"),
    timed("number", sequence=12345678901234567890123, other=1.10),
]
# fmt: on
STORED = [event for event in ODD if event["id"] != "cancelled-orphan"]


def test_odd_events_are_stored_as_they_came_and_break_nothing(mirror):
    page = {"items": ODD, "nextSyncToken": "1"}
    again = {"items": [{**event, "etag": "2"} for event in ODD], "nextSyncToken": "2"}
    client = client_of(page, again, {"items": ODD, "nextSyncToken": "3"})
    assert mirror.sync(client, "odd@example.com").added == len(STORED)
    expected = sorted(STORED, key=lambda event: event["id"])
    assert [sent_by_server(e) for e in mirror.stored_events("odd@example.com")] == expected
    found = [event.id for event in mirror.events("odd@example.com", *ALWAYS)]
    assert "no-end" in found
    assert "backwards" in found
    assert sum(event_id.startswith("odd-rule") for event_id in found) == 2
    assert "no-rule" in found
    assert "never" not in found
    assert mirror.free_busy("odd@example.com", *ALWAYS).calendars["odd@example.com"]
    assert [event.id for event in mirror.search("lone", "odd@example.com")] == ["nul"]
    assert mirror.sync(client, "odd@example.com").updated == len(STORED)
    assert mirror.event("nul", "odd@example.com").description == "\ud83d lone"


def test_what_is_no_event_at_all_is_left_out(mirror, caplog):
    no_ids = [{}, {"id": 7}, {"summary": "No id"}, {"id": "\u0000"}, {"id": "\ud83d"}]
    items = [None, 7, "event", [], *no_ids, timed("good")]
    client = client_of({"items": items, "nextSyncToken": "1"})
    with caplog.at_level(logging.WARNING, logger="gcsa.mirror"):
        assert mirror.sync(client, "odd@example.com").added == 1
    said = "An event without an id is not stored: there would be no finding it"
    assert caplog.messages == [said] * len(no_ids)


@pytest.mark.parametrize("items", [None, {}, "events", 7])
def test_a_listing_without_a_list_is_empty(mirror, items):
    client = client_of({"items": items, "nextSyncToken": "1"})
    assert mirror.sync(client, "odd@example.com").added == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"<html>", b"\xff\xfe"])
def test_an_answer_that_is_no_listing_is_an_error_and_stores_nothing(mirror, body):
    with pytest.raises(TransportError, match="The answer is not whole"):
        mirror.sync(client_of(body), "odd@example.com")
    assert mirror.calendars() == []


def test_an_event_that_is_nested_deeply_is_stored_and_found_like_any_other(mirror):
    event = b'{"id": "deep", "start": {"date": "2026-03-03"}, "x": %s1%s}' % (
        b'{"y": ' * 900,
        b"}" * 900,
    )
    body = b'{"items": [%s], "nextSyncToken": "1"}' % event
    assert mirror.sync(client_of(body), "odd@example.com").added == 1
    [found] = mirror.events("odd@example.com", *ALWAYS)
    assert found == mirror.event("deep", "odd@example.com")


def test_an_answer_that_is_nested_without_end_is_an_error_and_stores_nothing(mirror):
    body = b'{"items": [%s%s], "nextSyncToken": "1"}' % (b'{"y": ' * 100_000, b"}" * 100_000)
    with pytest.raises(TransportError, match="The answer is not whole"):
        mirror.sync(client_of(body), "odd@example.com")
    assert mirror.calendars() == []


def test_what_json_does_not_have_is_kept_all_the_same(mirror):
    event = json.dumps(timed("odd", x=float("nan"), y="\ud83d")).encode()
    body = b'{"items": [%s], "nextSyncToken": "1"}' % event
    assert mirror.sync(client_of(body), "odd@example.com").added == 1
    assert mirror.event("odd", "odd@example.com").other["y"] == "\ud83d"


def test_a_listing_without_a_sync_token_is_listed_anew_the_next_time(mirror):
    pages = ({"items": [timed("one", etag="1")]}, {"items": [timed("one", etag="1"), timed("two")]})
    client = client_of(*pages)
    assert mirror.sync(client, "odd@example.com").full
    report = mirror.sync(client, "odd@example.com")
    assert report == SyncReport(added=1, updated=0, deleted=0, pages=1, full=True)


def test_pages_that_do_not_say_their_zone_are_taken_to_have_the_one_before(mirror):
    body = b'{"items": [{"id": "two", "start": {"date": "2026-03-03"}}], "nextSyncToken": "1"}'
    client = client_of({"items": [timed("one")], "nextPageToken": "p"}, body)
    assert mirror.sync(client, "odd@example.com").added == 2


def test_a_zone_that_is_none_is_taken_as_utc(mirror):
    client = client_of({"items": [{"id": "one", "start": {"date": "2026-03-03"}}], "timeZone": 7})
    mirror.sync(client, "odd@example.com")
    start = datetime(2026, 3, 3, 23, tzinfo=UTC)
    end = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert [e.id for e in mirror.events("odd@example.com", start, end)] == ["one"]


def test_an_event_that_comes_on_two_pages_is_stored_once(mirror):
    client = client_of(
        {"items": [timed("one"), timed("two")], "nextPageToken": "p"},
        {"items": [timed("two", summary="Later"), timed("three")], "nextSyncToken": "1"},
    )
    assert mirror.sync(client, "odd@example.com").added == 3
    assert mirror.event("two", "odd@example.com").summary == "Later"


SERIES = timed("series", recurrence=["RRULE:FREQ=DAILY;COUNT=9"])
EXCEPTION = timed(
    "series_20260304T110000Z",
    recurringEventId="series",
    originalStartTime={"dateTime": "2026-03-04T12:00:00+01:00"},
)
CANCELLED_INSTANCE = {
    "id": "series_20260305T110000Z",
    "status": "cancelled",
    "recurringEventId": "series",
    "originalStartTime": {"dateTime": "2026-03-05T12:00:00+01:00"},
}


def test_a_series_takes_its_instances_with_it_when_the_server_does_not_say_so(mirror):
    client = client_of(
        {"items": [SERIES, EXCEPTION, CANCELLED_INSTANCE], "nextSyncToken": "1"},
        {"items": [{"id": "series", "status": "cancelled"}], "nextSyncToken": "2"},
    )
    mirror.sync(client, "odd@example.com")
    assert mirror.sync(client, "odd@example.com").deleted == 2
    assert list(mirror.stored_events("odd@example.com")) == []


def test_a_cancelled_instance_that_its_series_no_longer_has_is_forgotten_though_the_server_does_not_say_so(
    mirror,
):
    shorter = {**SERIES, "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}
    client = client_of(
        {"items": [SERIES, CANCELLED_INSTANCE], "nextSyncToken": "1"},
        {"items": [shorter], "nextSyncToken": "2"},
        {"items": [SERIES], "nextSyncToken": "3"},
    )
    shown = []
    for _ in range(3):
        mirror.sync(client, "odd@example.com")
        shown.append([e.start.day for e in mirror.events("odd@example.com", *ALWAYS)])
    assert shown == [[3, 4, 6, 7, 8, 9, 10, 11], [3, 4], [3, 4, 5, 6, 7, 8, 9, 10, 11]]


def test_cancelled_instances_of_a_series_that_is_not_listed_are_not_kept(mirror):
    client = client_of(
        {"items": [EXCEPTION, CANCELLED_INSTANCE], "nextPageToken": "p"},
        {"items": [timed("one")], "nextSyncToken": "1"},
    )
    report = mirror.sync(client, "odd@example.com")
    # An instance without its series is an event to which only that one was invited.
    assert (report.added, report.deleted) == (2, 0)
    assert {e.id for e in mirror.stored_events("odd@example.com")} == {EXCEPTION["id"], "one"}


def test_events_without_etags_change_when_they_say_something_else(mirror):
    client = client_of(
        {"items": [timed("one"), timed("two")], "nextSyncToken": "1"},
        {"items": [timed("one"), timed("two", summary="New")], "nextSyncToken": "2"},
    )
    mirror.sync(client, "odd@example.com")
    assert mirror.sync(client, "odd@example.com").updated == 1


def test_a_server_that_takes_back_its_zone_on_every_page_is_not_asked_forever(mirror):
    from gcsa.errors import GoogleCalendarError

    pages = [
        {"items": [timed(str(n))], "nextPageToken": str(n), "timeZone": f"Etc/GMT+{n % 2}"}
        for n in range(20)
    ]
    with pytest.raises(GoogleCalendarError, match="changes its time zone or the user's role"):
        mirror.sync(client_of(*pages), "odd@example.com")


def test_the_text_of_an_event_is_stored_to_the_letter(mirror):
    text = '{"id":"one","start":{"date":"2026-03-03"},"n":1.50,"n2":1e3,"u":"\\u00e9\\/"}'
    client = client_of(b'{"items":[%s],"nextSyncToken":"1"}' % text.encode())
    mirror.sync(client, "odd@example.com")
    from sqlalchemy import select

    from gcsa.mirror.schema.tables import events

    with mirror._database.reading() as connection:
        assert connection.scalars(select(events.c.resource)).all() == [text]


# Where a row is.


@pytest.mark.parametrize(
    ("resource", "kind", "span"),
    [
        (timed("one"), Kind.SINGLE, 0),
        (timed("one", end="2026-03-05T13:00:00Z"), Kind.SINGLE, 1),
        (timed("one", end="2126-03-05T13:00:00Z"), Kind.SINGLE, 6),
        (timed("one", recurrence=["RRULE:FREQ=DAILY"]), Kind.SERIES, 6),
        (timed("one", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]), Kind.SERIES, 1),
        (timed("one", recurringEventId="a"), Kind.EXCEPTION, 0),
        ({"id": "one"}, Kind.SINGLE, NOWHERE),
        ({"id": "one", "status": "cancelled", "recurringEventId": "a"}, Kind.CANCELLED_INSTANCE, CANCELLED),
    ],
)  # fmt: skip
def test_what_a_row_is_and_how_long(resource, kind, span):
    row = row_of("{}", resource, UTC)
    assert (row["kind"], row["span"]) == (kind, span)


@pytest.mark.parametrize("resource", [{"id": "one", "status": "cancelled"}, {"summary": "No id"}])
def test_what_has_no_row(resource):
    assert row_of("{}", resource, UTC) is None


def test_when_a_row_is():
    row = row_of("{}", timed("one"), UTC)
    assert row["starts"] == datetime(2026, 3, 3, 11, tzinfo=UTC).timestamp()
    assert row["ends"] == datetime(2026, 3, 3, 12, tzinfo=UTC).timestamp()


def test_when_a_row_of_days_is():
    resource = {"id": "one", "start": {"date": "2026-03-03"}, "end": {"date": "2026-03-05"}}
    row = row_of("{}", resource, ZoneInfo("Pacific/Auckland"))
    assert row["starts"] == datetime(2026, 3, 2, 11, tzinfo=UTC).timestamp()
    assert row["ends"] == datetime(2026, 3, 4, 11, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"updated": "2026-03-01T10:00:00.123Z"}, 1772359200123),
        ({"updated": "2026-03-01T10:00:00"}, None),
        ({"updated": "lately"}, None),
        ({"updated": 7}, None),
        ({}, None),
    ],
)
def test_when_the_event_of_a_row_was_changed(said, kept):
    assert row_of("{}", timed("one", **said), UTC)["updated"] == kept


def test_of_a_series_that_cannot_be_read_it_is_said_that_it_is_shown_once(caplog):
    row = row_of("{}", {"id": "one", "recurrence": ["RRULE:FREQ=DAILY"]}, UTC)
    assert (row["kind"], row["span"]) == (Kind.SINGLE, NOWHERE)
    assert caplog.messages == ["The series one is shown once only: it has no start"]
