"""The quota: calls a minute of a user and of all, on the emulator's clock."""

from __future__ import annotations

import pytest

from gcsa.emulator import Request

PATH = "/calendars/primary/events"


def statuses(caller, count, **query):
    return [caller.call("GET", PATH, **query).status for _ in range(count)]


def test_there_is_no_quota_unless_it_is_set(emulator, me):
    assert not emulator.quota.is_limited
    assert set(statuses(me, 50)) == {200}


def test_a_user_who_calls_too_often_is_refused(emulator, me):
    emulator.quota.per_user = 3
    assert statuses(me, 3) == [200, 200, 200]
    assert me.list_error() == {
        "status": 403,
        "domain": "usageLimits",
        "reason": "userRateLimitExceeded",
        "message": "User Rate Limit Exceeded",
    }


def test_the_quota_of_one_user_is_not_that_of_another(emulator, me, caller):
    emulator.quota.per_user = 1
    ann = caller(emulator, "ann@example.com")
    assert statuses(me, 2) == [200, 403]
    assert statuses(ann, 2) == [200, 403]


def test_the_quota_of_the_project_is_that_of_all_users(emulator, me, caller):
    emulator.quota.per_project = 2
    ann = caller(emulator, "ann@example.com")
    assert statuses(me, 1) + statuses(ann, 1) == [200, 200]
    assert me.list_error()["reason"] == "rateLimitExceeded"
    assert ann.list_error()["message"] == "Rate Limit Exceeded"


def test_the_refusal_may_be_429(emulator, me):
    emulator.quota.per_user = 1
    emulator.quota.status = 429
    statuses(me, 1)
    error = me.list_error()
    assert (error["status"], error["domain"], error["reason"]) == (
        429,
        "usageLimits",
        "rateLimitExceeded",
    )


def test_a_minute_later_there_is_room_again(emulator, me, clock):
    emulator.quota.per_user = 2
    assert statuses(me, 3) == [200, 200, 403]
    clock.advance(59.999)
    assert statuses(me, 1) == [403]
    clock.advance(0.001)
    assert statuses(me, 3) == [200, 200, 403]


def test_the_minute_slides(emulator, me, clock):
    emulator.quota.per_user = 2
    statuses(me, 1)
    clock.advance(30)
    statuses(me, 1)
    clock.advance(30)
    assert statuses(me, 2) == [200, 403]


def test_what_is_refused_does_not_count(emulator, me, clock):
    emulator.quota.per_user = 1
    statuses(me, 1)
    clock.advance(30)
    assert statuses(me, 5) == [403] * 5
    clock.advance(30)
    assert statuses(me, 1) == [200]


def test_what_fails_for_another_reason_counts(emulator, me):
    emulator.quota.per_user = 1
    assert me.error("GET", "/calendars/primary/events/nothing")["status"] == 404
    assert statuses(me, 1) == [403]


def test_a_quota_user_may_be_named_in_a_header(emulator, me):
    emulator.quota.per_user = 1

    def charge(name):
        return [me.call("GET", PATH, headers={"X-Goog-Quota-User": name}).status for _ in range(2)]

    assert [charge("ann"), charge("bob")] == [[200, 403], [200, 403]]
    assert statuses(me, 1) == [200]


def test_a_quota_user_has_a_quota_of_its_own(emulator, me):
    emulator.quota.per_user = 1
    assert statuses(me, 2, quotaUser="job-1") == [200, 403]
    assert statuses(me, 2, quotaUser="job-2") == [200, 403]
    assert statuses(me, 2, userIp="10.0.0.1") == [200, 403]
    assert statuses(me, 1, quotaUser="job-3", userIp="10.0.0.1") == [200]
    assert statuses(me, 1) == [200]


def test_each_call_of_a_batch_counts_and_the_batch_does_not(emulator):
    emulator.quota.per_user = 2
    part = (
        "--b\r\nContent-Type: application/http\r\n\r\n"
        "GET /calendar/v3/calendars/primary/events HTTP/1.1\r\n\r\n\r\n"
    )
    headers = {
        "Content-Type": "multipart/mixed; boundary=b",
        "Authorization": "Bearer me@example.com",
    }
    body = (part * 3 + "--b--").encode()
    response = emulator.handle(Request.of("POST", "/batch/calendar/v3", headers.items(), body))
    assert response.status == 200
    assert response.body.count(b"HTTP/1.1 200") == 2
    assert response.body.count(b"HTTP/1.1 403") == 1


def test_a_clock_that_is_set_back_starts_the_count_anew(emulator, me, clock):
    emulator.quota.per_user = 1
    assert statuses(me, 2) == [200, 403]
    clock.advance(-3600)
    assert statuses(me, 2) == [200, 403]


def test_clearing_forgets_the_calls_and_keeps_the_limits(emulator, me):
    emulator.quota.per_user = 1
    statuses(me, 1)
    emulator.quota.clear()
    assert statuses(me, 2) == [200, 403]


@pytest.mark.parametrize("name", ["per_user", "per_project"])
def test_a_limit_that_lets_nothing_through_is_refused(emulator, name):
    with pytest.raises(ValueError, match="a limit is at least one call a minute, or None, not 0"):
        setattr(emulator.quota, name, 0)


def test_google_refuses_with_403_or_429_only(emulator):
    with pytest.raises(ValueError, match="Google refuses with 403 or 429, not 500"):
        emulator.quota.status = 500
