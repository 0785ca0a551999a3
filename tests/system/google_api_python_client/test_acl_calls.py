"""Access control rules, by Google's own client."""

from __future__ import annotations

import pytest

READER = {"role": "reader", "scope": {"type": "user", "value": "ann@example.com"}}
ANN = "user:ann@example.com"


@pytest.fixture
def shared(me):
    """The rule by which ann reads my calendar."""
    return me.acl().insert(calendarId="primary", body=READER).execute()


@pytest.mark.succeeds("acl.insert")
def test_inserting_a_rule_lets_somebody_in(me, ann, refusal):
    assert refusal(ann.calendars().get(calendarId="me@example.com")) == (404, "notFound")
    rule = me.acl().insert(calendarId="primary", body=READER).execute()
    assert (rule["kind"], rule["id"], rule["role"]) == ("calendar#aclRule", ANN, "reader")
    assert rule["scope"] == READER["scope"]
    assert ann.calendars().get(calendarId="me@example.com").execute()["id"] == "me@example.com"


@pytest.mark.refused("acl.insert")
def test_a_rule_without_a_scope_is_refused(me, refusal):
    call = me.acl().insert(calendarId="primary", body={"role": "reader"})
    assert refusal(call) == (400, "required")


@pytest.mark.succeeds("acl.get")
def test_getting_a_rule_answers_what_was_inserted(me, shared):
    assert me.acl().get(calendarId="primary", ruleId=ANN).execute() == shared


@pytest.mark.refused("acl.get")
def test_a_rule_that_is_not_there_is_not_found(me, refusal):
    call = me.acl().get(calendarId="primary", ruleId="user:bob@example.com")
    assert refusal(call) == (404, "notFound")


@pytest.mark.succeeds("acl.list")
def test_listing_rules_answers_the_owners_and_the_guests(me, shared):
    page = me.acl().list(calendarId="primary").execute()
    assert page["kind"] == "calendar#acl"
    assert {rule["id"]: rule["role"] for rule in page["items"]} == {
        "user:me@example.com": "owner",
        ANN: "reader",
    }


@pytest.mark.refused("acl.list")
def test_a_reader_may_not_list_the_rules(ann, shared, refusal):
    assert refusal(ann.acl().list(calendarId="me@example.com")) == (403, "forbidden")


@pytest.mark.succeeds("acl.patch")
def test_patching_a_rule_gives_another_role(me, ann, shared, meeting):
    me.acl().patch(calendarId="primary", ruleId=ANN, body={"role": "writer"}).execute()
    event = ann.events().insert(calendarId="me@example.com", body=meeting).execute()
    assert event["creator"]["email"] == "ann@example.com"


@pytest.mark.refused("acl.patch")
def test_nobody_changes_their_own_role(me, refusal):
    call = me.acl().patch(
        calendarId="primary", ruleId="user:me@example.com", body={"role": "reader"}
    )
    assert refusal(call) == (403, "cannotChangeOwnAcl")


@pytest.mark.succeeds("acl.update")
def test_updating_a_rule_gives_another_role(me, shared):
    body = {**shared, "role": "freeBusyReader"}
    updated = me.acl().update(calendarId="primary", ruleId=ANN, body=body).execute()
    assert updated["role"] == "freeBusyReader"
    assert updated["etag"] != shared["etag"]


@pytest.mark.refused("acl.update")
def test_an_update_of_a_rule_needs_its_scope(me, shared, refusal):
    call = me.acl().update(calendarId="primary", ruleId=ANN, body={"role": "writer"})
    assert refusal(call) == (400, "required")


@pytest.mark.succeeds("acl.delete")
def test_deleting_a_rule_shuts_somebody_out(me, ann, shared, refusal):
    assert me.acl().delete(calendarId="primary", ruleId=ANN).execute() == ""
    assert refusal(ann.calendars().get(calendarId="me@example.com")) == (404, "notFound")
    deleted = me.acl().list(calendarId="primary", showDeleted=True).execute()["items"]
    assert {rule["id"]: rule["role"] for rule in deleted}[ANN] == "none"


@pytest.mark.refused("acl.delete")
def test_a_writer_may_not_delete_rules(me, ann, shared, refusal):
    me.acl().patch(calendarId="primary", ruleId=ANN, body={"role": "writer"}).execute()
    call = ann.acl().delete(calendarId="me@example.com", ruleId=ANN)
    assert refusal(call) == (403, "requiredAccessLevel")


@pytest.mark.succeeds("acl.watch")
def test_watching_rules_opens_a_channel(me, channel):
    opened = me.acl().watch(calendarId="primary", body=channel).execute()
    assert (opened["kind"], opened["id"]) == ("api#channel", "channel-1")
    assert opened["resourceUri"].endswith("/calendars/primary/acl?alt=json")


@pytest.mark.refused("acl.watch")
def test_a_channels_id_is_given_once(me, channel, refusal):
    me.acl().watch(calendarId="primary", body=channel).execute()
    call = me.acl().watch(calendarId="primary", body=channel)
    assert refusal(call) == (400, "channelIdNotUnique")
