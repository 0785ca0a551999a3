"""What Google sends of the smaller nouns goes back as it came, whatever it is; nothing raises."""

from __future__ import annotations

import copy
from inspect import signature
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcsa.serializers.acl_rule_serializer import ACLRuleSerializer
from gcsa.serializers.attachment_serializer import AttachmentSerializer
from gcsa.serializers.attendee_serializer import AttendeeSerializer
from gcsa.serializers.base_serializer import BaseSerializer
from gcsa.serializers.calendar_serializer import CalendarListEntrySerializer, CalendarSerializer
from gcsa.serializers.conference_serializer import (
    ConferenceSolutionCreateRequestSerializer,
    ConferenceSolutionSerializer,
    EntryPointSerializer,
    read_conference,
    write_conference,
)
from gcsa.serializers.free_busy_serializer import FreeBusySerializer
from gcsa.serializers.person_serializer import PersonSerializer
from gcsa.serializers.reminder_serializer import ReminderSerializer
from gcsa.serializers.settings_serializer import SettingsSerializer
from tests.strategies.discovery import json_values, odd_resources, resources

# Written also where they did not come, because an update that leaves them out means False.
ALWAYS_WRITTEN = {CalendarListEntrySerializer: {"hidden": False, "selected": False}}

pairs = pytest.mark.parametrize(
    ("schema", "serializer"),
    [
        ("AclRule", ACLRuleSerializer),
        ("Calendar", CalendarSerializer),
        ("CalendarListEntry", CalendarListEntrySerializer),
        ("ConferenceData", ConferenceSolutionCreateRequestSerializer),
        ("ConferenceData", ConferenceSolutionSerializer),
        ("EntryPoint", EntryPointSerializer),
        ("EventAttachment", AttachmentSerializer),
        ("EventAttendee", AttendeeSerializer),
        ("EventAttendee", PersonSerializer),
        ("EventReminder", ReminderSerializer),
        ("FreeBusyResponse", FreeBusySerializer),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
brief = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def any_resource(schema: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        resources(schema),
        odd_resources(schema),
        st.dictionaries(st.text(max_size=3), json_values(), max_size=3),
    )


def as_bytes(value: object) -> bytes:
    # Compared as bytes: == takes 1, 1.0 and True for the same.
    return msgspec.json.encode(value, order="sorted")


@pairs
@brief
@given(data=st.data())
def test_what_was_read_is_written_as_it_came(
    schema: str, serializer: type[BaseSerializer[Any]], data: st.DataObject
) -> None:
    resource = data.draw(any_resource(schema))
    written = serializer.to_json(serializer.to_object(resource))
    assert as_bytes(written) == as_bytes(ALWAYS_WRITTEN.get(serializer, {}) | resource)


@pairs
@brief
@given(data=st.data())
def test_reading_and_writing_change_neither_what_they_are_given(
    schema: str, serializer: type[BaseSerializer[Any]], data: st.DataObject
) -> None:
    resource = data.draw(any_resource(schema))
    before = copy.deepcopy(resource)
    noun = serializer.to_object(resource)
    as_read = copy.deepcopy(noun)
    serializer.to_json(noun)
    assert as_bytes(resource) == as_bytes(before)
    assert noun == as_read


@pairs
@brief
@given(data=st.data())
def test_nothing_that_changes_is_shared(
    schema: str, serializer: type[BaseSerializer[Any]], data: st.DataObject
) -> None:
    resource = data.draw(any_resource(schema))
    noun = serializer.to_object(resource)
    before = as_bytes(serializer.to_json(noun))
    spoil(resource)
    spoil(serializer.to_json(noun))
    assert as_bytes(serializer.to_json(noun)) == before


@pairs
@brief
@given(data=st.data())
def test_what_was_written_is_read_as_the_same_noun(
    schema: str, serializer: type[BaseSerializer[Any]], data: st.DataObject
) -> None:
    noun = serializer.to_object(data.draw(any_resource(schema)))
    assert serializer.to_object(serializer.to_json(noun)) == noun
    assert repr(noun).startswith(f"<{type(noun).__name__} ")


@brief
@given(resource=any_resource("ConferenceData"))
def test_conference_data_is_written_as_it_came_whichever_kind_it_is(
    resource: dict[str, Any],
) -> None:
    assert as_bytes(write_conference(read_conference(resource))) == as_bytes(resource)


@brief
@given(resource=any_resource("Settings"))
def test_a_listing_of_settings_never_raises(resource: dict[str, Any]) -> None:
    written = SettingsSerializer.to_json(SettingsSerializer.to_object(resource))
    assert SettingsSerializer.to_json(SettingsSerializer.to_object(written)) == written


@brief
@given(
    resource=st.dictionaries(
        st.sampled_from(["weekStart", "hideWeekends", "locale", "defaultEventLength", "new"]),
        st.sampled_from(["true", "false", "60", "1", "en", ""]) | json_values(),
    )
)
def test_settings_are_written_as_they_came_but_for_their_types(resource: dict[str, Any]) -> None:
    written = SettingsSerializer.to_json(SettingsSerializer.to_object(resource))
    for id_, value in resource.items():
        kept = as_bytes(written[id_]) == as_bytes(value)
        typed = isinstance(value, str) and as_bytes(written[id_]) == value.encode()
        assert kept or typed, (id_, value, written[id_])


@pairs
def test_an_instance_takes_json_by_the_name_of_its_noun(
    schema: str, serializer: type[BaseSerializer[Any]]
) -> None:
    (parameter,) = signature(serializer).parameters
    assert parameter.replace("_", "") == serializer.type_.__name__.lower()
    instance = serializer(**{parameter: '{"etag": "1"}'})
    assert instance.get_json() == {"etag": "1"}
    assert type(instance.get_object()) is serializer.type_
    assert instance.get_object().other == {"etag": "1"}
    with pytest.raises(TypeError, match=f"{serializer.__name__} takes {serializer.type_.__name__}"):
        serializer(5)  # type: ignore[arg-type]


def spoil(value: Any) -> None:
    """Change a JSON value at every depth."""
    if isinstance(value, dict):
        for item in value.values():
            spoil(item)
        value["spoilt"] = True
    elif isinstance(value, list):
        for item in value:
            spoil(item)
        value.append("spoilt")
