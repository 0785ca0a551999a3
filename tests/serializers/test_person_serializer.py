"""Persons and attendees, as Google sends and takes them."""

from __future__ import annotations

from gcsa.attendee import Attendee
from gcsa.person import Person
from gcsa.serializers.attendee_serializer import AttendeeSerializer
from gcsa.serializers.person_serializer import PersonSerializer


def test_a_person_is_written_with_what_was_set() -> None:
    person = Person("a@example.com", "Ada", "123", True)
    assert PersonSerializer.to_json(person) == {
        "email": "a@example.com",
        "displayName": "Ada",
        "id": "123",
        "self": True,
    }
    assert PersonSerializer.to_json(Person("a@example.com")) == {"email": "a@example.com"}


def test_a_person_is_read() -> None:
    person = PersonSerializer.to_object({"email": "a@example.com", "self": True, "new": 1})
    assert person == Person("a@example.com", _is_self=True, other={"new": 1})
    assert PersonSerializer(person).get_object() is person


def test_an_attendee_is_written_with_what_was_set() -> None:
    attendee = Attendee(
        "a@example.com", "Ada", "Hi", True, False, 2, "123", True, _response_status="accepted"
    )
    assert AttendeeSerializer.to_json(attendee) == {
        "email": "a@example.com",
        "displayName": "Ada",
        "comment": "Hi",
        "optional": True,
        "resource": False,
        "additionalGuests": 2,
        "id": "123",
        "self": True,
        "responseStatus": "accepted",
    }
    assert AttendeeSerializer.to_json(Attendee("a@example.com")) == {"email": "a@example.com"}


def test_an_attendee_is_read_with_what_else_google_says() -> None:
    resource = {"email": "a@example.com", "organizer": True, "responseStatus": "needsAction"}
    attendee = AttendeeSerializer.to_object(resource)
    assert attendee == Attendee(
        "a@example.com", _response_status="needsAction", other={"organizer": True}
    )
    assert AttendeeSerializer.to_json(attendee) == resource


def test_an_attendee_without_an_address_is_read() -> None:
    attendee = AttendeeSerializer.to_object({"displayName": "Room 5", "resource": True})
    assert (attendee.email, attendee.display_name, attendee.is_resource) == (None, "Room 5", True)


def test_an_attendee_who_answers_keeps_the_rest() -> None:
    attendee = AttendeeSerializer.to_object(
        {"email": "a@example.com", "responseStatus": "needsAction", "organizer": True}
    )
    attendee.response_status = "accepted"
    assert AttendeeSerializer.to_json(attendee) == {
        "email": "a@example.com",
        "responseStatus": "accepted",
        "organizer": True,
    }


def test_numbers_and_flags_are_not_taken_for_each_other() -> None:
    resource = {"additionalGuests": True, "optional": 1, "resource": "true"}
    attendee = AttendeeSerializer.to_object(resource)
    assert (attendee.additional_guests, attendee.optional, attendee.is_resource) == (None,) * 3
    assert attendee.other == resource
