"""Access control rules: their fields, and the parameters of their methods."""

from __future__ import annotations

from tests.emulator.conformance.probing import shows

ANN = "user:ann@example.com"
RULE = {"role": "reader", "scope": {"type": "user", "value": "ann@example.com"}}


@shows("AclRule.{etag,id,kind,role,scope,scope.type,scope.value}")
def a_rule_is_answered_as_it_was_given(stage):
    rule = stage.me.ok("acl.insert", RULE, calendarId="primary")
    assert {name: rule[name] for name in ("kind", "id", "role", "scope")} == {
        "kind": "calendar#aclRule",
        "id": ANN,
        **RULE,
    }
    assert stage.me.ok("acl.get", calendarId="primary", ruleId=ANN) == rule
    changed = stage.me.ok("acl.patch", {"role": "writer"}, calendarId="primary", ruleId=ANN)
    assert changed["role"] == "writer"
    assert changed["etag"] != rule["etag"]


@shows("AclRule.{scope,scope.type}")
def a_rule_for_everybody_has_no_value(stage):
    rule = {"role": "freeBusyReader", "scope": {"type": "default"}}
    assert stage.me.ok("acl.insert", rule, calendarId="primary")["scope"] == {"type": "default"}


@shows(
    "acl.insert?sendNotifications", "acl.patch?sendNotifications", "acl.update?sendNotifications"
)
def sharing_is_told_by_mail_unless_it_is_not_wanted(stage):
    def mails(method, body, **parameters):
        stage.emulator.outbox.clear()
        stage.me.ok(method, body, calendarId="primary", **parameters)
        return [mail.to for mail in stage.emulator.outbox]

    changed = {"ruleId": ANN}
    assert mails("acl.insert", RULE) == ["ann@example.com"]
    assert mails("acl.patch", {"role": "writer"}, **changed) == ["ann@example.com"]
    assert mails("acl.update", RULE, **changed) == ["ann@example.com"]
    quiet = {"sendNotifications": False}
    assert mails("acl.insert", {**RULE, "role": "writer"}, **quiet) == []
    assert mails("acl.patch", {"role": "reader"}, **changed, **quiet) == []
    assert mails("acl.update", {**RULE, "role": "writer"}, **changed, **quiet) == []


@shows("acl.list?{maxResults,pageToken}", "Acl.{etag,items,kind,nextPageToken,nextSyncToken}")
def rules_are_listed_in_pages(stage):
    stage.me.ok("acl.insert", RULE, calendarId="primary")
    whole = stage.me.ok("acl.list", calendarId="primary")
    assert whole["kind"] == "calendar#acl"
    assert [rule["id"] for rule in whole["items"]] == ["user:me@example.com", ANN]
    first = stage.me.ok("acl.list", calendarId="primary", maxResults=1)
    assert "nextSyncToken" not in first
    token = first["nextPageToken"]
    second = stage.me.ok("acl.list", calendarId="primary", maxResults=1, pageToken=token)
    assert first["items"] + second["items"] == whole["items"]
    assert "nextPageToken" not in second
    stage.me.ok("acl.patch", {"role": "writer"}, calendarId="primary", ruleId=ANN)
    assert stage.me.ok("acl.list", calendarId="primary")["etag"] != whole["etag"]


@shows("acl.list?{showDeleted,syncToken}")
def rules_that_were_deleted_are_listed_when_asked_for_and_when_synced(stage):
    me = stage.me
    me.ok("acl.insert", RULE, calendarId="primary")
    token = me.ok("acl.list", calendarId="primary")["nextSyncToken"]
    me.ok("acl.delete", calendarId="primary", ruleId=ANN)

    def roles(**parameters):
        rules = me.ok("acl.list", calendarId="primary", **parameters)["items"]
        return {rule["id"]: rule["role"] for rule in rules}

    assert roles() == {"user:me@example.com": "owner"}
    assert roles(showDeleted=True) == {"user:me@example.com": "owner", ANN: "none"}
    assert roles(syncToken=token) == {ANN: "none"}
    refused = me.refused("acl.list", calendarId="primary", syncToken=token, showDeleted=False)
    assert refused == (400, "invalid")
