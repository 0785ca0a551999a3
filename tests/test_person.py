"""Persons: creators and organizers."""

from __future__ import annotations

from typing import Any

import pytest

from gcsa.person import Person


def test_a_person_is_built_from_its_parameters_in_order() -> None:
    person = Person("a@example.com", "Ada", "123", True)
    assert person.email == "a@example.com"
    assert person.display_name == "Ada"
    assert person.id_ == "123"
    assert person.is_self is True


def test_everything_about_a_person_is_optional() -> None:
    person = Person()
    assert (person.email, person.display_name, person.id_, person.is_self) == (None,) * 4
    assert person.other == {}


def test_what_google_sets_may_be_given_by_name() -> None:
    person = Person(_id="123", _is_self=False)
    assert (person.id_, person.is_self) == ("123", False)


def test_a_person_shows_who_they_are() -> None:
    assert repr(Person("a@example.com", "Ada")) == "<Person 'a@example.com' - 'Ada'>"


def test_persons_compare_by_value() -> None:
    assert Person("a@example.com") == Person("a@example.com")
    assert Person("a@example.com") != Person("b@example.com")
    assert Person("a@example.com", other={"x": 1}) != Person("a@example.com")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": 5}, "email must be a string, not int."),
        ({"display_name": []}, "display_name must be a string, not list."),
        ({"_id": 5}, "id must be a string, not int."),
        ({"_is_self": "yes"}, "is_self must be True or False, not str."),
    ],
)
def test_a_value_of_the_wrong_type_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Person(**values)
