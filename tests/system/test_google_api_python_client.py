"""Google's own Python client against the served emulator."""

from __future__ import annotations

import httpx2
import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build, build_from_document
from googleapiclient.errors import HttpError, UnknownApiNameOrVersion
from googleapiclient.http import BatchHttpRequest

MEETING = {
    "summary": "Treffen über Käse",
    "start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-03-03T11:00:00", "timeZone": "Europe/Berlin"},
}


def served_discovery(url, user):
    return build(
        "calendar",
        "v3",
        credentials=Credentials(user),
        discoveryServiceUrl=f"{url}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest",
    )


def own_discovery(url, user):
    return build(
        "calendar",
        "v3",
        credentials=Credentials(user),
        discoveryServiceUrl=f"{url}/$discovery/rest?version={{apiVersion}}",
    )


def static_discovery(url, user):
    return build(
        "calendar",
        "v3",
        credentials=Credentials(user),
        client_options={"api_endpoint": f"{url}/calendar/v3/"},
    )


WAYS = {
    "served discovery": served_discovery,
    "the API's own discovery": own_discovery,
    "static discovery": static_discovery,
}


@pytest.fixture
def services(emulator):
    """What makes a service; its connections are closed at the end."""
    opened = []

    def make(user="emulator", way=served_discovery):
        service = way(emulator.address, user)
        opened.append(service)
        return service

    yield make
    for service in opened:
        service.close()


@pytest.fixture
def service(services):
    return services()


def refused(call):
    """The status and the reason of an error."""
    with pytest.raises(HttpError) as caught:
        call.execute()
    return caught.value.status_code, caught.value.error_details[0]["reason"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_a_client_learns_of_the_api_it_calls_the_emulator(services, way):
    events = services(way=way).events()
    made = events.insert(calendarId="primary", body=MEETING).execute()
    assert made["creator"] == {"email": "me@example.com", "self": True}
    assert made["start"] == {"dateTime": "2026-03-03T09:00:00Z", "timeZone": "Europe/Berlin"}
    assert events.get(calendarId="primary", eventId=made["id"]).execute() == made
    assert events.list(calendarId="primary").execute()["items"] == [made]


def test_the_emulator_lists_itself(emulator):
    url = f"{emulator.address}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest"
    with pytest.raises(UnknownApiNameOrVersion):
        build("drive", "v3", credentials=Credentials("emulator"), discoveryServiceUrl=url)


def test_an_event_lives_through_all_its_methods(service):
    events = service.events()
    event = events.insert(calendarId="primary", body=MEETING).execute()
    where = {"calendarId": "primary", "eventId": event["id"]}
    patched = events.patch(**where, body={"location": "Here"}).execute()
    assert (patched["summary"], patched["location"]) == (MEETING["summary"], "Here")
    updated = events.update(**where, body=MEETING).execute()
    assert "location" not in updated
    assert events.delete(**where).execute() == ""
    assert events.get(**where).execute()["status"] == "cancelled"
    assert refused(events.delete(**where)) == (410, "deleted")


def test_pages_follow_each_other(service):
    events = service.events()
    for number in range(5):
        events.insert(calendarId="primary", body={**MEETING, "summary": str(number)}).execute()
    request = events.list(calendarId="primary", maxResults=2)
    pages = []
    while request is not None:
        page = request.execute()
        pages.append([event["summary"] for event in page["items"]])
        request = events.list_next(request, page)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(name for page in pages for name in page) == ["0", "1", "2", "3", "4"]


def test_a_query_that_is_too_long_for_a_url_is_sent_in_a_body_and_answered(service):
    events = service.events()
    events.insert(calendarId="primary", body={**MEETING, "description": "needle " * 400}).execute()
    found = events.list(calendarId="primary", q="needle " * 400, fields="items/summary").execute()
    assert found == {"items": [{"summary": MEETING["summary"]}]}


def test_a_long_answer_travels_compressed(service):
    events = service.events()
    for _ in range(10):
        events.insert(calendarId="primary", body=MEETING).execute()
    request = events.list(calendarId="primary")
    response, _ = request.http.request(request.uri, headers=request.headers)
    # httplib2 decompresses the answer, and moves the header away.
    assert response["-content-encoding"] == "gzip"


def test_media_is_refused_as_the_service_has_none(service):
    request = service.events().list(calendarId="primary")
    response, content = request.http.request(request.uri.replace("alt=json", "alt=media"))
    assert response.status == 400
    assert b'Unsupported alt type \\"media\\" for non byte stream request.' in content


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({}, (400, "required")),
        ({**MEETING, "id": "no good"}, (400, "invalid")),
        ({**MEETING, "start": {"date": "2026-03-03"}}, (400, "invalid")),
    ],
)
def test_a_refusal_arrives_with_its_reason(service, body, outcome):
    assert refused(service.events().insert(calendarId="primary", body=body)) == outcome


def test_a_foreign_calendar_is_not_there(service):
    assert refused(service.events().list(calendarId="nobody@example.com")) == (404, "notFound")


def test_a_token_that_is_none_is_refused(services):
    # Google's client would refresh the token; there is nothing to refresh it with.
    with pytest.raises(Exception, match="refresh") as caught:
        services("nonsense").events().list(calendarId="primary").execute()
    assert type(caught.value).__name__ == "RefreshError"


# Batches --------------------------------------------------------------------------------------------------


def test_a_batch_tells_each_call_its_outcome(service):
    outcomes = {}
    batch = service.new_batch_http_request(
        callback=lambda name, response, error: outcomes.update({name: (response, error)})
    )
    events = service.events()
    batch.add(events.insert(calendarId="primary", body=MEETING), request_id="insert")
    batch.add(events.get(calendarId="primary", eventId="nosuchevent"), request_id="get a/b é")
    batch.add(events.list(calendarId="primary"), request_id="list")
    batch.execute()
    made, error = outcomes["insert"]
    assert (made["summary"], error) == (MEETING["summary"], None)
    response, error = outcomes["get a/b é"]
    assert (response, error.status_code) == (None, 404)
    assert outcomes["list"][0]["items"] == [made]


def test_a_batch_of_deletions_has_answers_without_bodies(service):
    events = service.events()
    ids = [events.insert(calendarId="primary", body=MEETING).execute()["id"] for _ in range(3)]
    outcomes = []
    batch = service.new_batch_http_request(callback=lambda *outcome: outcomes.append(outcome))
    for event_id in ids:
        batch.add(events.delete(calendarId="primary", eventId=event_id))
    batch.execute()
    assert [(response, error) for _, response, error in outcomes] == [("", None)] * 3
    assert events.list(calendarId="primary").execute()["items"] == []


def test_a_call_in_a_batch_may_be_another_users(service, services):
    other = services("you@example.com")
    seen = {}
    batch = service.new_batch_http_request(
        callback=lambda name, response, error: seen.update({name: response["summary"]})
    )
    for name, each in (("mine", service), ("yours", other)):
        batch.add(each.events().list(calendarId="primary"), request_id=name)
    batch.execute()
    assert seen == {"mine": "me@example.com", "yours": "you@example.com"}


def test_a_batch_of_more_than_fifty_calls_is_refused(service):
    batch = service.new_batch_http_request()
    for _ in range(51):
        batch.add(service.events().list(calendarId="primary"))
    with pytest.raises(HttpError, match="The batch has 51 calls, more than 50"):
        batch.execute()


def test_a_statically_built_service_needs_the_address_for_its_batches(services, emulator):
    service = services(way=static_discovery)
    outcomes = []
    batch = BatchHttpRequest(
        lambda *outcome: outcomes.append(outcome), f"{emulator.address}/batch/calendar/v3"
    )
    batch.add(service.events().insert(calendarId="primary", body=MEETING))
    batch.execute()
    ((_, made, error),) = outcomes
    assert (made["summary"], error) == (MEETING["summary"], None)


def test_a_document_that_was_fetched_before_builds_a_service_too(emulator):
    content = httpx2.get(f"{emulator.address}/discovery/v1/apis/calendar/v3/rest").text
    with build_from_document(content, credentials=Credentials("emulator")) as service:
        assert service.events().list(calendarId="primary").execute()["items"] == []
