"""Nothing that is sent to OAuth's endpoints is answered with a fault of the emulator's own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.emulator import Emulator, Request

PATHS = (
    "/token",
    "/revoke",
    "/tokeninfo",
    "/o/oauth2/auth",
    "/o/oauth2/v2/auth",
    "/o/oauth2/approval",
)
NAMES = st.sampled_from(
    ["grant_type", "code", "client_id", "client_secret", "redirect_uri", "refresh_token", "assertion", "scope",
     "access_token", "token", "page", "answer", "user", "other", "state", "response_type", "code_verifier", "prompt"]
)  # fmt: skip


@pytest.fixture(scope="module")
def known():
    with Emulator() as emulator:
        yield emulator, emulator.client_secrets()["installed"]


@given(data=st.data())
def test_any_form_and_any_query_are_answered(known, data):
    emulator, secrets = known
    values = st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [secrets["client_id"], secrets["client_secret"], "authorization_code", "refresh_token", "code", "allow",
             "urn:ietf:params:oauth:grant-type:jwt-bearer", "http://localhost/", "none", "email", "e30.e30.e30"]
        ),
    )  # fmt: skip
    pairs = st.lists(st.tuples(NAMES, values), max_size=8)
    query: dict[str, list[str]] = {}
    for name, value in data.draw(pairs):
        query.setdefault(name, []).append(value)
    form = data.draw(st.one_of(st.binary(max_size=100), pairs.map(encoded)))
    request = Request(
        data.draw(st.sampled_from(["GET", "POST", "PUT", "HEAD"])),
        data.draw(st.sampled_from(PATHS)),
        query,
        data.draw(
            st.sampled_from([{}, {"authorization": "Basic x"}, {"authorization": "Basic Og=="}])
        ),
        form,
    )
    response = emulator.handle(request)
    assert response.status < 500
    if response.headers.get("content-type", "").startswith("application/json") and response.body:
        json.loads(response.body)


def encoded(pairs):
    from urllib.parse import urlencode

    return urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs]).encode()


def test_a_form_with_very_many_fields_is_refused(known):
    body = b"&".join(b"a%d=b" % number for number in range(1000))
    response = known[0].handle(Request("POST", "/token", body=body))
    assert (response.status, json.loads(response.body)["error"]) == (400, "invalid_request")
