import asyncio

import httpx2
import pytest

from gcsa.emulator import Request


@pytest.fixture
def headers():
    return {"Authorization": "Bearer me@example.com"}


def test_an_httpx_client_talks_to_the_emulator_without_a_socket(emulator, headers, meeting):
    with httpx2.Client(transport=emulator.transport, base_url="http://calendar.emulator") as client:
        made = client.post("/calendar/v3/calendars/primary/events", json=meeting, headers=headers)
        assert made.status_code == 200
        listed = client.get(
            "/calendar/v3/calendars/primary/events", params={"q": "meeting"}, headers=headers
        )
        assert listed.json()["items"] == [made.json()]


def test_an_asynchronous_client_uses_the_same_transport(emulator, headers, meeting):
    async def talk():
        transport = emulator.transport
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://calendar.emulator"
        ) as client:
            made = await client.post(
                "/calendar/v3/calendars/primary/events", json=meeting, headers=headers
            )
            event = await client.get(
                f"/calendar/v3/calendars/primary/events/{made.json()['id']}", headers=headers
            )
            return made.json(), event.json()

    made, event = asyncio.run(talk())
    assert made == event


def test_closing_a_client_leaves_the_emulator_open(emulator, headers):
    httpx2.Client(transport=emulator.transport).close()
    with httpx2.Client(transport=emulator.transport) as client:
        assert client.get(
            "http://x/calendar/v3/calendars/primary/events", headers=headers
        ).is_success


def test_a_calendar_id_may_be_percent_encoded(emulator, headers):
    with httpx2.Client(transport=emulator.transport) as client:
        url = "http://x/calendar/v3/calendars/me%40example.com/events"
        assert client.get(url, headers=headers).json()["summary"] == "me@example.com"


def test_a_request_of_a_url_keeps_the_path_and_decodes_the_query():
    request = Request.of(
        "get", "https://x.example/a%2Fb/c?q=caf%C3%A9+au&q=2&empty=#frag", [("X-A", "1")]
    )
    assert request.method == "GET"
    assert request.path == "/a%2Fb/c"
    assert request.query == {"q": ["café au", "2"], "empty": [""]}
    assert request.headers == {"x-a": "1"}


def test_the_emulators_clients_are_clients_of_its_users(emulator):
    from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar

    client = emulator.client()
    assert isinstance(client, GoogleCalendar)
    assert isinstance(emulator.async_client("you@example.com"), AsyncGoogleCalendar)
    event = client.add_quick_event("Lunch at noon")
    assert [one.id for one in client.get_events()] == [event.id]
    assert list(emulator.client("you@example.com").get_events()) == []
