"""The strategies draw what they say, for every schema that Google has."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from tests.strategies.discovery import SCHEMAS, odd_resources, resources

brief = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("schema", sorted(SCHEMAS))
@brief
@given(data=st.data())
def test_every_schema_has_valid_resources_with_known_properties_only(
    schema: str, data: st.DataObject
) -> None:
    resource = data.draw(resources(schema))
    known = SCHEMAS[schema].get("properties", {})
    assert set(resource) <= set(known) or "additionalProperties" in SCHEMAS[schema]


@pytest.mark.parametrize("schema", sorted(SCHEMAS))
@brief
@given(data=st.data())
def test_every_schema_has_odd_resources(schema: str, data: st.DataObject) -> None:
    assert isinstance(data.draw(odd_resources(schema)), dict)


@pytest.mark.parametrize(
    "is_odd",
    [
        pytest.param(lambda e: e.get("start", 0) is None, id="null for an object"),
        pytest.param(lambda e: not isinstance(e.get("summary", ""), str), id="no text for a text"),
        pytest.param(
            # In a tuple: what is drawn may be a list or an object, which no set can be asked for.
            lambda e: e.get("visibility") not in (None, "default", "public"),
            id="unknown value",
        ),
        pytest.param(lambda e: set(e) - set(SCHEMAS["Event"]["properties"]), id="unknown key"),
        pytest.param(
            lambda e: isinstance(e.get("end"), dict) and set(e["end"]) - {"date", "dateTime"},
            id="unknown key further down",
        ),
    ],
)
def test_odd_resources_reach_each_kind_of_oddness(is_odd) -> None:
    found = find(
        odd_resources("Event"),
        lambda event: bool(is_odd(event)),
        settings=settings(
            max_examples=5000, database=None, phases=[Phase.generate], derandomize=True
        ),
    )
    assert is_odd(found)
