"""The emulator honours what docs/conformance.md says, and the page says what the emulator honours."""

from __future__ import annotations

import pytest

from tests.emulator.conformance.document import FIELDS, GRANTS, METHODS, PARAMETERS, expand
from tests.emulator.conformance.missing import MISSING
from tests.emulator.conformance.page import PAGE, names, page
from tests.emulator.conformance.probing import all_probes, shows, witness
from tests.emulator.conformance.scopes import granted
from tests.emulator.conformance.stage import meeting


@pytest.mark.parametrize("probe", all_probes(), ids=lambda probe: probe.name)
def test_the_emulator_does_what_google_documents(probe):
    witness(probe)


def test_each_method_is_allowed_by_its_scopes_and_by_no_others():
    assert granted() == GRANTS


def test_what_is_not_honoured_is_said_with_its_reason():
    seen = [witness(probe) for probe in all_probes()]
    honoured = set().union(*(each.claims | each.methods for each in seen))
    assert set(names()) - honoured == MISSING.keys()


def test_the_page_says_what_the_probes_have_seen():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make conformance"


def test_the_document_has_38_methods_with_all_their_parameters_and_fields():
    assert len(METHODS) == 38
    assert len(PARAMETERS) == sum(len(each.get("parameters", {})) for each in METHODS.values())
    assert {
        "Event.creator.email",
        "EntryPoint.pin",
        "Calendar.workingHours.availableTimes.dayOfWeek",
    } <= set(FIELDS)


def test_a_claim_may_be_short_for_several():
    assert expand("events.{get,list}?timeZone") == ["events.get?timeZone", "events.list?timeZone"]
    assert expand("?fields") == ["?fields"]


# A probe cannot claim what it does not show ---------------------------------------------------------------


def refusal_of(claim, play):
    """What is said of a probe that claims too much."""
    from tests.emulator.conformance.probing import Probe

    with pytest.raises(AssertionError) as caught:
        witness.__wrapped__(Probe("liar", frozenset(expand(claim)), play))
    return str(caught.value)


def test_a_parameter_that_was_not_compared_is_not_shown():
    def play(stage):
        stage.me.ok("settings.list", maxResults=1)

    assert "called with one value of it only" in refusal_of("settings.list?maxResults", play)


def test_a_parameter_with_which_nothing_succeeded_is_not_shown():
    def play(stage):
        stage.me.ok("settings.list")
        stage.me.refused("settings.list", maxResults=0)

    assert "never succeeded with it" in refusal_of("settings.list?maxResults", play)


def test_a_field_that_never_came_up_is_not_shown():
    def play(stage):
        stage.me.insert(meeting())

    assert refusal_of("Event.location", play).startswith("Event.location never came up")


def test_a_name_that_the_document_does_not_have_cannot_be_claimed():
    with pytest.raises(AssertionError, match=r"the discovery document has no \['Event.colour'\]"):
        shows("Event.colour")
