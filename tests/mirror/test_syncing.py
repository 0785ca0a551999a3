"""Synchronising: what is asked for, what is stored, and what is reported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gcsa.calendar import Calendar
from gcsa.errors import AuthenticationError, NotFoundError, ServerError
from gcsa.event import Event
from gcsa.google_calendar import Retry
from gcsa.mirror import Mirror, SyncReport, UnknownCalendarError
from gcsa.recurrence import DAILY, Recurrence

START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def lunch(day=3, **fields):
    return Event("Lunch", datetime(2026, 3, day, 12, tzinfo=UTC), **fields)


def summaries(mirror, calendar_id="primary"):
    return [event.summary for event in mirror.events(calendar_id, START, END)]


def queries_of(transport):
    return [
        dict(request.url.params) for request in transport.requests if "events" in request.url.path
    ]


def test_the_first_synchronisation_stores_everything(mirror, client):
    client.add_event(lunch(3))
    client.add_event(lunch(4))
    assert mirror.sync(client) == SyncReport(added=2, updated=0, deleted=0, pages=1, full=True)
    assert summaries(mirror) == ["Lunch", "Lunch"]


def test_an_empty_calendar_is_in_the_mirror_once_it_was_synchronised(mirror, client):
    assert mirror.sync(client) == SyncReport(added=0, updated=0, deleted=0, pages=1, full=True)
    assert summaries(mirror) == []


def test_events_of_all_times_are_stored(mirror, client):
    client.add_event(Event("Long ago", date(1999, 12, 31)))
    client.add_event(Event("Far away", date(2150, 1, 1)))
    mirror.sync(client)
    assert [e.summary for e in mirror.events("primary", date(1990, 1, 1), date(2200, 1, 1))] == [
        "Long ago",
        "Far away",
    ]


def test_only_changes_are_asked_for_later(mirror, between, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    client.patch_event(event, summary="Dinner")
    client.add_event(lunch(4))
    watched, transport = between()
    assert mirror.sync(watched) == SyncReport(added=1, updated=1, deleted=0, pages=1, full=False)
    assert sorted(summaries(mirror)) == ["Dinner", "Lunch"]
    [query] = queries_of(transport)
    assert query.keys() == {"maxResults", "prettyPrint", "syncToken"}


def test_what_is_deleted_goes(mirror, client):
    event = client.add_event(lunch())
    mirror.sync(client)
    client.delete_event(event)
    assert mirror.sync(client) == SyncReport(added=0, updated=0, deleted=1, pages=1, full=False)
    assert summaries(mirror) == []


def test_what_was_added_and_deleted_in_between_was_never_there(mirror, client):
    mirror.sync(client)
    client.delete_event(client.add_event(lunch()))
    assert mirror.sync(client) == SyncReport(added=0, updated=0, deleted=0, pages=1, full=False)


def test_a_listing_in_pages_is_stored_page_by_page(mirror_of, client):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror = mirror_of(page_size=3)
    assert mirror.sync(client) == SyncReport(added=7, updated=0, deleted=0, pages=3, full=True)
    assert len(summaries(mirror)) == 7


def test_changes_in_pages_are_stored_page_by_page(mirror_of, client):
    mirror = mirror_of(page_size=3)
    mirror.sync(client)
    for day in range(3, 10):
        client.add_event(lunch(day))
    assert mirror.sync(client) == SyncReport(added=7, updated=0, deleted=0, pages=3, full=False)


def test_pages_have_one_event_to_2500_events(url):
    for size in (0, 2501):
        with pytest.raises(ValueError, match=f"page_size must be from 1 to 2500, not {size}."):
            Mirror(url, page_size=size)


def test_another_calendar_is_synchronised_by_its_id(mirror, client):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch(), calendar_id=music.id)
    client.add_event(Event("Concert", datetime(2026, 3, 5, 20, tzinfo=UTC)))
    mirror.sync(client, music.id)
    assert summaries(mirror, music.id) == ["Lunch"]
    with pytest.raises(UnknownCalendarError, match="The calendar 'primary' is not in this mirror"):
        mirror.events("primary", START, END)


def test_the_primary_calendar_is_known_by_its_id_too(mirror, client):
    client.add_event(lunch())
    mirror.sync(client)
    assert summaries(mirror, "me@example.com") == summaries(mirror, "primary") == ["Lunch"]


def test_the_id_of_the_primary_calendar_is_asked_for_once(mirror, between):
    client, transport = between()
    mirror.sync(client)
    mirror.sync(client)
    paths = [request.url.path.removeprefix("/calendar/v3/") for request in transport.requests]
    assert paths == [
        "users/me/calendarList/primary",
        "calendars/me@example.com/events",
        "calendars/me@example.com/events",
    ]


def test_spaces_that_nobody_reads_are_not_asked_for(mirror, between):
    client, transport = between()
    mirror.sync_all(client)
    mirror.sync(client)
    assert {request.url.params["prettyPrint"] for request in transport.requests} == {"false"}
    assert (
        len({request.url.path for request in transport.requests}) == 3
    )  # the list, an entry, events


def test_all_calendars_of_the_list_are_synchronised(mirror, client):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch(), calendar_id=music.id)
    client.add_event(lunch())
    report = mirror.sync_all(client)
    assert report.reports.keys() == {"me@example.com", music.id}
    assert (report.added, report.updated, report.deleted, report.failures) == (2, 0, 0, {})
    assert [(one.id, one.entry.summary, one.is_listed) for one in mirror.calendars()] == [
        ("me@example.com", "me@example.com", True),
        (music.id, "Music", True),
    ]


def test_a_calendar_that_leaves_the_list_is_kept_as_it_is(mirror, client, emulator):
    hers = emulator.client("ann@example.com").add_calendar(Calendar("Hers"))
    emulator.client("ann@example.com").add_event(lunch(), calendar_id=hers.id)
    share(emulator, hers)
    client.add_calendar_list_entry(hers.to_calendar_list_entry())
    mirror.sync_all(client)
    client.delete_calendar_list_entry(hers.id)
    assert mirror.sync_all(client).reports.keys() == {"me@example.com"}
    assert summaries(mirror, hers.id) == ["Lunch"]
    assert [one.is_listed for one in mirror.calendars() if one.id == hers.id] == [False]


def share(emulator, calendar, role="reader"):
    from gcsa.acl import AccessControlRule

    rule = AccessControlRule(role=role, scope_type="user", scope_value="me@example.com")
    owner = emulator.client("ann@example.com")
    return owner.add_acl_rule(rule, send_notifications=False, calendar_id=calendar.id)


def test_a_list_of_calendars_in_pages_is_read_to_its_end(mirror, client):
    for number in range(120):
        client.add_calendar(Calendar(f"Number {number}"))
    assert len(mirror.sync_all(client).reports) == 121


# The sync token is no longer good.


def expire_once(emulator):
    emulator.faults.add(status=410, reason="fullSyncRequired", on="events.list", times=1)


def test_an_expired_token_starts_again(mirror, client, emulator):
    _kept, changed, deleted = (client.add_event(lunch(day)) for day in (3, 4, 5))
    mirror.sync(client)
    client.patch_event(changed, summary="Dinner")
    client.delete_event(deleted)
    client.add_event(lunch(6))
    expire_once(emulator)
    assert mirror.sync(client) == SyncReport(added=1, updated=1, deleted=1, pages=1, full=True)
    assert summaries(mirror) == ["Lunch", "Dinner", "Lunch"]


def test_a_token_of_a_month_ago_starts_again(mirror, client, clock):
    client.add_event(lunch())
    mirror.sync(client)
    clock.advance(timedelta(days=40))
    assert mirror.sync(client) == SyncReport(added=0, updated=0, deleted=0, pages=1, full=True)


def test_a_refused_token_starts_again_whatever_the_server_calls_it(mirror, client, emulator):
    client.add_event(lunch())
    mirror.sync(client)
    emulator.faults.add(status=400, reason="invalid", on="events.list", times=1)
    assert mirror.sync(client).full


def test_there_is_no_moment_in_which_the_copy_is_empty(mirror_of, client, emulator, between):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror, reader = mirror_of(page_size=2), mirror_of()
    mirror.sync(client)
    seen = []
    watched, _ = between(lambda request: seen.append(len(summaries(reader))))
    expire_once(emulator)
    assert mirror.sync(watched).pages == 4
    assert set(seen) == {7}
    assert len(seen) > 4


def test_what_is_deleted_while_everything_is_listed_is_gone_in_the_end(mirror_of, client, between):
    events = [client.add_event(lunch(day)) for day in range(3, 10)]
    left = list(events)

    def delete_one(request):
        if "events" in request.url.path and left:
            client.delete_event(left.pop())

    mirror = mirror_of(page_size=2)
    watched, _ = between(delete_one)
    mirror.sync(watched)
    mirror.sync(client)
    assert len(summaries(mirror)) == len(left)


def test_nothing_is_left_of_a_copy_that_was_replaced(mirror, client, emulator, url):
    client.add_event(lunch())
    mirror.sync(client)
    for _ in range(3):
        expire_once(emulator)
        mirror.sync(client)
    assert rows_in(url, "mirror_events") == rows_in(url, "mirror_copies") == 1


def rows_in(url, table):
    import sqlalchemy

    engine = sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        count = connection.execute(sqlalchemy.text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return count


def test_a_calendar_whose_zone_changes_is_listed_anew(mirror, client):
    client.add_event(Event("Day off", date(2026, 3, 3)))
    mirror.sync(client)
    calendar = client.get_calendar()
    calendar.timezone = "Pacific/Auckland"
    client.update_calendar(calendar)
    assert mirror.sync(client) == SyncReport(added=0, updated=0, deleted=0, pages=1, full=True)
    # Days begin half a day earlier there.
    before = datetime(2026, 3, 2, 20, tzinfo=UTC)
    assert [e.summary for e in mirror.events("primary", before, before + timedelta(hours=1))] == [
        "Day off"
    ]


def test_a_calendar_of_which_one_may_see_more_is_listed_anew(mirror, client, emulator):
    hers = emulator.client("ann@example.com")
    secret = hers.add_event(lunch(visibility="private"))
    rule = share(emulator, hers.get_calendar())
    mirror.sync(client, "ann@example.com")
    assert summaries(mirror, "ann@example.com") == [None]
    rule.role = "writer"
    hers.update_acl_rule(rule)
    assert mirror.sync(client, "ann@example.com").full
    assert mirror.event(secret.id, "ann@example.com").summary == "Lunch"


# Crashes.


class Crash(BaseException):
    """What ends a program at once: no `except Exception` sees it."""


def crash_on(number):
    """What crashes on the request of this number, counted from 1."""
    seen = []

    def before(request):
        seen.append(request)
        if len(seen) == number:
            raise Crash

    return before


def test_a_full_synchronisation_goes_on_where_it_crashed(mirror_of, client, between):
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(4))  # the list of calendars, two pages, and the third one
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing)
    later, transport = between()
    report = mirror_of(page_size=2).sync(later, "me@example.com")
    # Two more pages, and then what has changed since the first one.
    assert report == SyncReport(added=7, updated=0, deleted=0, pages=3, full=True)
    assert ["pageToken" in query for query in queries_of(transport)] == [True, True, False]
    assert len(summaries(mirror_of())) == 7


def test_an_incremental_synchronisation_goes_on_where_it_crashed(mirror_of, client, between):
    mirror_of().sync(client)
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(3))
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing, "me@example.com")
    assert len(summaries(mirror_of())) == 4
    report = mirror_of(page_size=2).sync(client)
    assert report == SyncReport(added=3, updated=0, deleted=0, pages=3, full=False)


def test_what_changed_since_the_crash_is_there_too(mirror_of, client, between):
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(4))
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing)
    client.add_event(Event("Concert", datetime(2026, 3, 20, 20, tzinfo=UTC)))
    client.delete_event(next(client.get_events(START, END)))
    mirror = mirror_of(page_size=2)
    mirror.sync(client)
    assert len(summaries(mirror)) == 7
    assert "Concert" in summaries(mirror)


def test_a_page_that_can_no_longer_be_had_starts_again(mirror_of, client, between, emulator):
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(4))
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing)
    emulator.faults.add(status=400, reason="invalid", on="events.list", times=1)
    mirror = mirror_of(page_size=2)
    assert mirror.sync(client) == SyncReport(added=7, updated=0, deleted=0, pages=4, full=True)


def test_a_page_of_changes_that_can_no_longer_be_had_starts_at_the_token(
    mirror_of, client, between, emulator
):
    mirror_of().sync(client)
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(3))
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing, "me@example.com")
    emulator.faults.add(status=400, reason="invalid", on="events.list", times=1)
    mirror = mirror_of(page_size=2)
    # The first two pages come again, and are no changes.
    assert mirror.sync(client) == SyncReport(added=3, updated=0, deleted=0, pages=4, full=False)


def test_a_server_that_takes_back_every_page_token_is_not_asked_forever(mirror_of, client, between):
    from gcsa.errors import BadRequestError

    for day in range(3, 10):
        client.add_event(lunch(day))
    emulator_says = mirror_of(page_size=2)

    def spoil(request):
        if "pageToken" in request.url.params:
            request.url = request.url.copy_set_param("pageToken", "nonsense")

    spoiled, transport = between(spoil)
    with pytest.raises(BadRequestError):
        emulator_says.sync(spoiled)
    assert len(queries_of(transport)) < 10


# At the same time.


def test_no_transaction_is_open_while_the_network_is_waited_for(
    mirror_of, client, between, emulator
):
    for day in range(3, 10):
        client.add_event(lunch(day))
    mirror, other = mirror_of(page_size=3), mirror_of()
    other.sync(client)
    music = client.add_calendar(Calendar("Music"))

    def write(request):
        other.sync(client, music.id)

    watched, _ = between(write)
    expire_once(emulator)
    assert mirror.sync(watched, "me@example.com").pages == 3


def test_two_at_once_store_each_page_once(mirror_of, client, between):
    for day in range(3, 10):
        client.add_event(lunch(day))
    one, other = mirror_of(page_size=2), mirror_of(page_size=2)
    reports = []

    def overtake(request):
        if "pageToken" in request.url.params and not reports:
            reports.append(other.sync(client))

    slow, _ = between(overtake)
    reports.append(one.sync(slow))
    assert [report.added for report in reports] == [7, 0]
    assert [change.kind for change in one.changes()] == ["added"] * 7
    assert len(summaries(one)) == 7


def test_whoever_is_overtaken_still_returns_with_what_was_there_at_the_call(
    mirror_of, client, between
):
    one, other = mirror_of(), mirror_of()
    one.sync(client)

    done = []

    def overtake(request):
        # The other one has its answer before the event is added.
        if not done:
            done.append(True)
            other.sync(client, "me@example.com")
            client.add_event(lunch())

    slow, _ = between(overtake)
    one.sync(slow, "me@example.com")
    assert summaries(one) == ["Lunch"]


def test_whoever_is_overtaken_in_what_another_one_began_sees_what_has_changed_since(
    mirror_of, client, between
):
    for day in range(3, 10):
        client.add_event(lunch(day))
    crashing, _ = between(crash_on(3))
    with pytest.raises(Crash):
        mirror_of(page_size=2).sync(crashing)
    client.add_event(Event("Concert", datetime(2026, 3, 20, 20, tzinfo=UTC)))
    overtaking = []

    def overtake(request):
        if not overtaking:
            overtaking.append(request)
            one_page, _ = between(crash_on(2))
            with pytest.raises(Crash):
                mirror_of(page_size=2).sync(one_page, "me@example.com")

    slow, _ = between(overtake)
    mirror = mirror_of(page_size=2)
    mirror.sync(slow, "me@example.com")
    assert "Concert" in summaries(mirror)


def test_threads_may_share_a_mirror_and_a_client(mirror, client):
    from concurrent.futures import ThreadPoolExecutor

    calendars = [client.add_calendar(Calendar(f"Number {number}")).id for number in range(4)]
    for calendar_id in calendars:
        client.add_event(lunch(), calendar_id=calendar_id)
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda id_: mirror.sync(client, id_), calendars * 3))
    assert sum(report.added for report in reports) == 4
    assert [change.kind for change in mirror.changes()] == ["added"] * 4


# What goes wrong.


def test_an_unknown_calendar_is_said_to_be_unknown_and_not_stored(mirror, client):
    with pytest.raises(NotFoundError, match=r"calendars/nobody%40example\.com/events"):
        mirror.sync(client, "nobody@example.com")
    assert mirror.calendars() == []


def test_a_calendar_that_was_deleted_fails_alone_and_is_kept(mirror, client, clock):
    music = client.add_calendar(Calendar("Music"))
    client.add_event(lunch(), calendar_id=music.id)
    mirror.sync_all(client)
    client.delete_calendar(music)
    with pytest.raises(NotFoundError):
        mirror.sync(client, music.id)
    assert summaries(mirror, music.id) == ["Lunch"]
    own, gone = mirror.calendars()
    assert own.failure is None
    assert (gone.failure.kind, gone.failure.times, gone.failure.at) == (
        "NotFoundError",
        1,
        clock.now(),
    )
    assert "404" in gone.failure.message


def test_a_calendar_that_fails_does_not_keep_others_from_being_synchronised(
    mirror, client, emulator
):
    music = client.add_calendar(Calendar("Music"))
    mirror.sync_all(client)
    client.add_event(lunch(), calendar_id=music.id)
    emulator.faults.add(status=500, on="events.list", times=Retry().attempts)
    report = mirror.sync_all(client)
    assert report.reports[music.id].added == 1
    assert isinstance(report.failures["me@example.com"], ServerError)


def test_a_failure_is_forgotten_when_it_goes_well_again(mirror, client, between, emulator):
    mirror.sync(client)
    client_once, _ = between()
    emulator.faults.add(status=500, on="events.list", times=2)
    for times in (1, 2):
        with pytest.raises(ServerError):
            mirror.sync(client_once)
        assert mirror.calendars()[0].failure.times == times
    mirror.sync(client_once)
    assert mirror.calendars()[0].failure is None


def test_revoked_credentials_are_written_down_and_nothing_is_lost(mirror, client, between):
    client.add_event(lunch())
    mirror.sync(client)
    revoked, _ = between(user="no-address-and-no-token")
    with pytest.raises(AuthenticationError):
        mirror.sync(revoked, "me@example.com")
    assert summaries(mirror) == ["Lunch"]
    assert mirror.calendars()[0].failure.kind == "AuthenticationError"


def test_a_forgotten_calendar_is_gone_until_it_is_synchronised_again(mirror, client, url):
    client.add_event(lunch())
    mirror.sync(client)
    mirror.forget("primary")
    assert mirror.calendars() == []
    assert rows_in(url, "mirror_events") == 0
    with pytest.raises(UnknownCalendarError):
        mirror.events("primary", START, END)
    assert mirror.sync(client) == SyncReport(added=1, updated=0, deleted=0, pages=1, full=True)


# Several users in one database.


def test_what_several_users_see_is_kept_apart(mirror, client, emulator):
    ann = emulator.client("ann@example.com")
    ann.add_event(Event("Secret", datetime(2026, 3, 3, 12, tzinfo=UTC), visibility="private"))
    share(emulator, ann.get_calendar())
    hers = mirror.of("ann")
    hers.sync(ann)
    mirror.sync(client, "ann@example.com")
    assert summaries(hers) == ["Secret"]
    assert summaries(mirror, "ann@example.com") == [None]
    assert (hers.account, mirror.account) == ("ann", "me")


def test_two_primary_calendars_of_one_account_are_not_mixed_up(mirror, client, emulator):
    mirror.sync(client)
    mirror.sync(emulator.client("ann@example.com"))
    with pytest.raises(UnknownCalendarError, match="There are several primary calendars"):
        mirror.events("primary", START, END)
    assert summaries(mirror, "ann@example.com") == []


def test_a_series_counts_as_one_event(mirror, client):
    client.add_event(lunch(recurrence=Recurrence.rule(freq=DAILY), timezone="Europe/Prague"))
    assert mirror.sync(client).added == 1


def test_the_lists_of_one_user_may_be_read_at_the_same_time(mirror_of, client):
    from concurrent.futures import ThreadPoolExecutor

    for number in range(12):
        client.add_calendar(Calendar(f"Number {number}"))
    mirrors = [mirror_of() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda mirror: mirror.sync_all(client), mirrors))
    assert [report.failures for report in reports] == [{}] * 4
    assert [len(report.reports) for report in reports] == [13] * 4
