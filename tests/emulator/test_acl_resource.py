"""acl: get, list, insert, patch, update and delete, and the mails that sharing sends."""

from __future__ import annotations

import pytest


@pytest.fixture
def team(me):
    """The id of a calendar of mine."""
    return me.ok("POST", "/calendars", {"summary": "Team"})["id"]


@pytest.fixture
def ann(emulator, caller):
    return caller(emulator, "ann@example.com")


def give(caller, calendar_id, role, kind="user", value="ann@example.com", **query):
    scope = {"type": kind} if value is None else {"type": kind, "value": value}
    return caller.ok(
        "POST", f"/calendars/{calendar_id}/acl", {"role": role, "scope": scope}, **query
    )


def refused(caller, calendar_id, body):
    return caller.error("POST", f"/calendars/{calendar_id}/acl", body)


def rules(caller, calendar_id, **query):
    items = caller.ok("GET", f"/calendars/{calendar_id}/acl", **query)["items"]
    return [(rule["id"], rule["role"]) for rule in items]


def test_a_new_calendar_has_one_rule_that_its_maker_owns_it(me, team):
    answer = me.ok("GET", f"/calendars/{team}/acl")
    (rule,) = answer["items"]
    assert rule.pop("etag").startswith('"')
    assert rule == {
        "kind": "calendar#aclRule",
        "id": "user:me@example.com",
        "scope": {"type": "user", "value": "me@example.com"},
        "role": "owner",
    }
    assert answer["kind"] == "calendar#acl"


# insert -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "rule_id", "scope_value"),
    [
        ("user", "Ann@Example.com", "user:ann@example.com", "ann@example.com"),
        ("group", "team@example.com", "group:team@example.com", "team@example.com"),
        ("domain", "Example.com", "domain:example.com", "example.com"),
        ("default", None, "default", None),
    ],
)
def test_a_rule_is_named_after_whom_it_is_for(me, team, kind, value, rule_id, scope_value):
    rule = give(me, team, "reader", kind, value)
    assert rule["id"] == rule_id
    expected = {"type": kind} if scope_value is None else {"type": kind, "value": scope_value}
    assert rule["scope"] == expected
    assert me.ok("GET", f"/calendars/{team}/acl/{rule_id}") == rule


@pytest.mark.parametrize(
    "role", ["freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner"]
)
def test_every_role_can_be_given(me, team, role):
    assert give(me, team, role)["role"] == role


def test_a_second_rule_for_the_same_takes_the_place_of_the_first(me, team):
    first = give(me, team, "reader")
    second = give(me, team, "writer")
    assert second["etag"] != first["etag"]
    assert rules(me, team) == [
        ("user:me@example.com", "owner"),
        ("user:ann@example.com", "writer"),
    ]


def test_the_role_none_takes_access_away(me, ann, team):
    give(me, team, "reader")
    assert give(me, team, "none")["role"] == "none"
    assert ann.error("GET", f"/calendars/{team}")["reason"] == "notFound"
    assert rules(me, team) == [("user:me@example.com", "owner")]


@pytest.mark.parametrize(
    ("body", "reason", "message"),
    [
        ({"role": "reader"}, "required", "Missing scope type."),
        ({"role": "reader", "scope": {}}, "required", "Missing scope type."),
        ({"role": "reader", "scope": {"type": None}}, "required", "Missing scope type."),
        ({"role": "reader", "scope": {"type": "user"}}, "required", "Missing scope value."),
        ({"scope": {"type": "default"}}, "required", "Missing role."),
        (
            {"role": "reader", "scope": {"type": "user", "value": "ann"}},
            "invalidScopeValue",
            "Invalid scope value.",
        ),
        (
            {"role": "reader", "scope": {"type": "domain", "value": "no domain"}},
            "invalidScopeValue",
            "Invalid scope value.",
        ),
        (
            {"role": "writer", "scope": {"type": "default"}},
            "illegalAccessRoleForDefault",
            "Illegal access role for the default scope.",
        ),
        (
            {"role": "king", "scope": {"type": "default"}},
            "invalid",
            "Invalid value for: king is not a valid value",
        ),
        (
            {"role": "reader", "scope": {"type": "planet", "value": "x"}},
            "invalid",
            "Invalid value for: planet is not a valid value",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused(me, team, body, reason, message):
    error = refused(me, team, body)
    assert (error["status"], error["reason"], error["message"]) == (400, reason, message)


def test_a_domain_that_is_no_organization_is_not_found(me, team):
    for domain in ("nobody.org", "gmail.com"):
        body = {"role": "reader", "scope": {"type": "domain", "value": domain}}
        assert refused(me, team, body)["status"] == 404


# Who may ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["freeBusyReader", "reader", "writerWithoutPrivateAccess"])
def test_less_than_a_writer_may_not_read_the_rules(me, ann, team, role):
    give(me, team, role)
    for path in (f"/calendars/{team}/acl", f"/calendars/{team}/acl/user:ann@example.com"):
        error = ann.error("GET", path)
        assert (error["status"], error["reason"]) == (403, "forbidden")


def test_a_writer_reads_the_rules_but_may_not_change_them(me, ann, team):
    give(me, team, "writer")
    assert ("user:ann@example.com", "writer") in rules(ann, team)
    path = f"/calendars/{team}/acl"
    body = {"role": "reader", "scope": {"type": "user", "value": "bob@example.com"}}
    for method, rule in (
        ("POST", ""),
        ("PUT", "/user:me@example.com"),
        ("PATCH", "/user:me@example.com"),
        ("DELETE", "/user:me@example.com"),
    ):
        error = ann.error(method, path + rule, body)
        assert (error["status"], error["reason"], error["message"]) == (
            403,
            "requiredAccessLevel",
            "You need to have owner access to this calendar.",
        )


def test_rules_of_a_calendar_that_one_may_not_see_are_not_found(ann, team):
    assert ann.error("GET", f"/calendars/{team}/acl")["status"] == 404
    body = {"role": "reader", "scope": {"type": "default"}}
    assert refused(ann, team, body)["status"] == 404


def test_nobody_changes_their_own_role(me, ann, team):
    give(me, team, "owner")
    for caller, rule in ((me, "user:me@example.com"), (ann, "user:ann@example.com")):
        for method in ("PATCH", "DELETE"):
            error = caller.error(method, f"/calendars/{team}/acl/{rule}", {"role": "reader"})
            assert (error["status"], error["reason"], error["message"]) == (
                403,
                "cannotChangeOwnAcl",
                "Cannot change your own access level.",
            )


def test_nobody_takes_a_calendar_from_its_data_owner(me, ann, team):
    give(me, team, "owner")
    give(me, "primary", "owner")
    for calendar_id, reason in (
        (team, "cannotModifyAclOfCalendarOwner"),
        ("me@example.com", "cannotChangeOwnerAcl"),
    ):
        for method in ("PATCH", "DELETE"):
            path = f"/calendars/{calendar_id}/acl/user:me@example.com"
            error = ann.error(method, path, {"role": "reader"})
            assert (error["status"], error["reason"]) == (403, reason)
    assert ("user:me@example.com", "owner") in rules(me, team)


# patch, update, delete ----------------------------------------------------------------------------------


def test_a_patch_and_an_update_change_the_role(me, team):
    give(me, team, "reader")
    path = f"/calendars/{team}/acl/user:ann@example.com"
    assert me.ok("PATCH", path, {"role": "writer"})["role"] == "writer"
    scope = {"type": "user", "value": "ann@example.com"}
    assert me.ok("PUT", path, {"role": "owner", "scope": scope})["role"] == "owner"
    assert me.ok("GET", path)["role"] == "owner"


def test_an_update_says_whom_it_is_for_and_a_patch_need_not(me, team):
    give(me, team, "reader")
    path = f"/calendars/{team}/acl/user:ann@example.com"
    assert me.error("PUT", path, {"role": "writer"})["message"] == "Missing scope type."
    assert me.ok("PATCH", path, {})["role"] == "reader"


def test_a_rule_cannot_become_one_for_somebody_else(me, team):
    give(me, team, "reader")
    path = f"/calendars/{team}/acl/user:ann@example.com"
    scope = {"type": "user", "value": "bob@example.com"}
    for method in ("PUT", "PATCH"):
        error = me.error(method, path, {"role": "reader", "scope": scope})
        assert error["message"] == "The scope of a rule cannot be changed."


def test_a_deleted_rule_is_gone(me, ann, team):
    give(me, team, "reader")
    path = f"/calendars/{team}/acl/user:ann@example.com"
    reply = me.call("DELETE", path)
    assert (reply.status, reply.body) == (204, b"")
    assert ann.error("GET", f"/calendars/{team}")["status"] == 404
    for method in ("GET", "PATCH", "DELETE"):
        assert me.error(method, path, {"role": "reader"})["status"] == 404


def test_an_id_that_no_rule_has(me, team):
    assert me.error("GET", f"/calendars/{team}/acl/user:bob@example.com")["status"] == 404
    for rule_id in ("nonsense", "user:", "planet:x", "domain:a b"):
        path = f"/calendars/{team}/acl/{rule_id.replace(' ', '%20')}"
        error = me.error("DELETE", path)
        assert (error["status"], error["message"]) == (400, "Invalid resource id value.")


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_an_outdated_version_of_a_rule_is_not_changed(me, team, method):
    etag = give(me, team, "reader")["etag"]
    give(me, team, "writer")
    error = me.error(
        method,
        f"/calendars/{team}/acl/user:ann@example.com",
        {"role": "owner", "scope": {"type": "user", "value": "ann@example.com"}},
        headers={"If-Match": etag},
    )
    assert error["status"] == 412


def test_a_rule_that_the_client_knows_is_not_sent_again(me, team):
    rule = give(me, team, "reader")
    path = f"/calendars/{team}/acl/{rule['id']}"
    assert me.call("GET", path, headers={"If-None-Match": rule["etag"]}).status == 304


# list ---------------------------------------------------------------------------------------------------


def test_deleted_rules_are_listed_only_on_request(me, team):
    give(me, team, "reader")
    me.ok("DELETE", f"/calendars/{team}/acl/user:ann@example.com")
    assert rules(me, team) == [("user:me@example.com", "owner")]
    assert rules(me, team, showDeleted=True) == [
        ("user:me@example.com", "owner"),
        ("user:ann@example.com", "none"),
    ]


def test_rules_come_in_pages(me, team):
    for number in range(4):
        give(me, team, "reader", value=f"user{number}@example.com")
    path = f"/calendars/{team}/acl"
    first = me.ok("GET", path, maxResults=3)
    assert "nextSyncToken" not in first
    last = me.ok("GET", path, maxResults=3, pageToken=first["nextPageToken"])
    assert [len(page["items"]) for page in (first, last)] == [3, 2]
    assert "nextPageToken" not in last
    assert "nextSyncToken" in last


def test_a_sync_brings_changed_and_deleted_rules(me, team):
    give(me, team, "reader")
    path = f"/calendars/{team}/acl"
    token = me.ok("GET", path)["nextSyncToken"]
    assert rules(me, team, syncToken=token) == []
    give(me, team, "freeBusyReader", "default", None)
    me.ok("DELETE", f"{path}/user:ann@example.com")
    changes = [("default", "freeBusyReader"), ("user:ann@example.com", "none")]
    assert rules(me, team, syncToken=token) == changes


def test_deleted_rules_cannot_be_left_out_of_a_sync(me, team):
    path = f"/calendars/{team}/acl"
    token = me.ok("GET", path)["nextSyncToken"]
    error = me.error("GET", path, syncToken=token, showDeleted="false")
    assert (error["status"], error["location"]) == (400, "showDeleted")


def test_a_sync_token_of_another_calendar_means_a_full_sync(me, team):
    token = me.ok("GET", "/calendars/primary/acl")["nextSyncToken"]
    error = me.error("GET", f"/calendars/{team}/acl", syncToken=token)
    assert (error["status"], error["reason"]) == (410, "fullSyncRequired")


# Mails --------------------------------------------------------------------------------------------------


def test_who_is_given_a_calendar_is_told(emulator, me, team, clock):
    give(me, team, "reader")
    (mail,) = emulator.outbox
    assert mail.kind == "calendarShared"
    assert (mail.sender, mail.to) == ("me@example.com", "ann@example.com")
    assert mail.subject == 'me@example.com has shared a calendar called "Team" with you'
    assert (mail.calendar_id, mail.event_id, mail.sent) == (team, None, clock.now())
    assert emulator.outbox.to("Ann@example.com") == [mail]


def test_no_mail_is_sent_when_none_is_wanted_or_access_ends(emulator, me, team):
    give(me, team, "reader", sendNotifications=False)
    give(me, team, "freeBusyReader", "default", None)
    give(me, team, "none")
    give(me, team, "none", "default", None)
    assert len(emulator.outbox) == 0


def test_the_outbox_can_be_emptied(emulator, me, team):
    give(me, team, "reader")
    emulator.outbox.clear()
    assert list(emulator.outbox) == []
