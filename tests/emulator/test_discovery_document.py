"""The discovery document that the emulator answers: Google's contract, at the emulator's own address."""

from __future__ import annotations

import importlib.resources
import json

import pytest

from gcsa.emulator import Request

REST = "/discovery/v1/apis/calendar/v3/rest"


@pytest.fixture
def get(emulator):
    def get(path, host="127.0.0.1:8085"):
        response = emulator.handle(Request.of("GET", path, [("Host", host)]))
        return response.status, json.loads(response.body)

    return get


@pytest.mark.parametrize("path", [REST, "/$discovery/rest?version=v3", "/$discovery/rest"])
def test_the_document_points_to_the_address_that_it_was_asked_at(get, path):
    status, document = get(path, host="localhost:1234")
    assert status == 200
    assert document["rootUrl"] == "http://localhost:1234/"
    assert document["baseUrl"] == "http://localhost:1234/calendar/v3/"
    assert document["servicePath"] == "calendar/v3/"
    assert document["batchPath"] == "batch/calendar/v3"


def test_without_a_host_the_document_points_to_the_emulators_own_address(emulator):
    document = json.loads(emulator.handle(Request.of("GET", REST)).body)
    assert document["rootUrl"] == f"{emulator.address}/"


def test_the_document_has_every_method_and_parameter_of_googles(get):
    package = importlib.resources.files("googleapiclient")
    text = package.joinpath("discovery_cache/documents/calendar.v3.json").read_text("utf-8")

    def calls(document):
        return {
            method["id"]: (
                method["httpMethod"],
                method["path"],
                sorted(method.get("parameters", ())),
            )
            for resource in document["resources"].values()
            for method in resource["methods"].values()
        }

    _, document = get(REST)
    assert calls(document) == calls(json.loads(text))
    assert len(calls(document)) == 38
    assert set(document["schemas"]) == set(json.loads(text)["schemas"])


def test_the_list_of_apis_has_this_one(get):
    _, directory = get("/discovery/v1/apis")
    (item,) = directory["items"]
    assert directory["kind"] == "discovery#directoryList"
    assert (item["id"], item["preferred"]) == ("calendar:v3", True)
    assert item["discoveryRestUrl"] == f"http://127.0.0.1:8085{REST}"


def test_the_list_of_apis_of_another_name_is_empty(get):
    assert get("/discovery/v1/apis?name=drive")[1].get("items") is None
    assert len(get("/discovery/v1/apis?name=calendar&preferred=true")[1]["items"]) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/discovery/v1/apis/calendar/v2/rest",
        "/$discovery/rest?version=v1",
        "/discovery/v1/apis/drive/v3/rest",
    ],
)
def test_there_is_no_document_of_another_api_or_version(get, path):
    status, body = get(path)
    assert (status, body["error"]["errors"][0]["reason"]) == (404, "notFound")


def test_the_document_may_be_asked_for_in_parts(get):
    # As Google's own JavaScript client does.
    assert get(f"{REST}?fields=name%2CrootUrl%2Cresources(colors(methods(get(path))))&pp=0") == (
        200,
        {
            "name": "calendar",
            "rootUrl": "http://127.0.0.1:8085/",
            "resources": {"colors": {"methods": {"get": {"path": "colors"}}}},
        },
    )
