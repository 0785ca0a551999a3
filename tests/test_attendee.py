"""Attendees: who is invited, and what they answer."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.attendee import Attendee, ResponseStatus
from gcsa.person import Person


def test_an_attendee_is_built_from_its_parameters_in_order() -> None:
    attendee = Attendee(
        "a@example.com", "Ada", "Looking forward", True, False, 2, "123", True, "accepted"
    )
    assert attendee.email == "a@example.com"
    assert attendee.display_name == "Ada"
    assert attendee.comment == "Looking forward"
    assert attendee.optional is True
    assert attendee.is_resource is False
    assert attendee.additional_guests == 2
    assert attendee.id_ == "123"
    assert attendee.is_self is True
    assert attendee.response_status == "accepted"


def test_an_attendee_needs_an_address_only() -> None:
    attendee = Attendee("a@example.com")
    unset = set(vars(attendee)) - {"email", "other"}
    assert {getattr(attendee, name) for name in unset} == {None}
    assert attendee.other == {}


def test_an_attendee_is_a_person() -> None:
    assert isinstance(Attendee("a@example.com"), Person)
    assert Attendee("a@example.com") != Person("a@example.com")


def test_the_answers_are_these_four() -> None:
    assert ResponseStatus.NEEDS_ACTION == "needsAction"
    assert ResponseStatus.DECLINED == "declined"
    assert ResponseStatus.TENTATIVE == "tentative"
    assert ResponseStatus.ACCEPTED == "accepted"


def test_an_attendee_shows_the_answer() -> None:
    attendee = Attendee("a@x.com", _response_status=ResponseStatus.ACCEPTED)
    assert repr(attendee) == "<Attendee 'a@x.com' - response: 'accepted'>"


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("email", "b@example.com"),
        ("display_name", "Ada"),
        ("comment", "Hi"),
        ("optional", True),
        ("is_resource", True),
        ("additional_guests", 1),
        ("id_", "123"),
        ("is_self", True),
        ("response_status", "declined"),
        ("other", {"organizer": True}),
    ],
)
def test_attendees_compare_by_value(attribute: str, value: object) -> None:
    changed = Attendee("a@example.com")
    assert changed == Attendee("a@example.com")
    setattr(changed, attribute, value)
    assert changed != Attendee("a@example.com")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": None}, "email must be a string, not NoneType."),
        ({"email": 5}, "email must be a string, not int."),
        ({"optional": "yes"}, "optional must be True or False, not str."),
        ({"is_resource": 1}, "is_resource must be True or False, not int."),
        ({"additional_guests": "2"}, "additional_guests must be a whole number, not str."),
        ({"additional_guests": True}, "additional_guests must be a whole number, not bool."),
        ({"_response_status": True}, "response_status must be a string, not bool."),
    ],
)
def test_a_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Attendee(**{"email": "a@example.com", **values})


def test_nobody_brings_fewer_guests_than_none() -> None:
    assert Attendee("a@example.com", additional_guests=0).additional_guests == 0
    with pytest.raises(ValueError, match="additional_guests must be at least 0, not -1"):
        Attendee("a@example.com", additional_guests=-1)


def test_later_changes_are_checked_too() -> None:
    attendee = Attendee("a@example.com")
    with pytest.raises(TypeError, match="comment must be a string"):
        attendee.comment = 5  # type: ignore[assignment]
    assert attendee.comment is None
