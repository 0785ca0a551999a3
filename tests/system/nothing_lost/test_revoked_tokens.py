"""A sign-in that is taken back while its program is at work: what was done stays done, and the rest says why not."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from google.oauth2.credentials import Credentials

from gcsa.errors import AuthenticationError, BulkError
from gcsa.event import Event
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar
from gcsa.mirror import Mirror

REVOKED = "The sign-in is no longer good: it was revoked, or it has expired"
HERE = "http://localhost:8080/"


class Line(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """The line to an emulator, which does something before the API's request of a number."""

    def __init__(self, emulator, at, do):
        self._transport = emulator.transport
        self._at = at
        self._do = do
        self._requests = 0

    def _count(self, request):
        if request.url.path.startswith(("/calendar", "/batch")):
            self._requests += 1
            if self._requests == self._at:
                self._do()

    def handle_request(self, request):
        self._count(request)
        return self._transport.handle_request(request)

    async def handle_async_request(self, request):
        self._count(request)
        return await self._transport.handle_async_request(request)


class SignIn:
    """A user's consent, and the tokens that it gave."""

    def __init__(self, emulator):
        self.emulator = emulator
        self._http = httpx2.Client(transport=emulator.transport, base_url=emulator.address)
        secrets = emulator.client_secrets()["installed"]
        asked = {"client_id": secrets["client_id"], "redirect_uri": HERE}
        page = self._http.get(
            "/o/oauth2/auth",
            params={
                **asked,
                "response_type": "code",
                "scope": "https://www.googleapis.com/auth/calendar",
                "access_type": "offline",
            },
        )
        form = {
            name: [unescape(text) for text in re.findall(pattern, page.text)]
            for name, pattern in [
                ("page", 'name="page" value="([^"]*)"'),
                ("scope", 'name="scope" value="([^"]*)" checked'),
            ]
        }
        answer = self._http.post(
            "/o/oauth2/approval", data={**form, "answer": "allow", "user": "me@example.com"}
        )
        [code] = parse_qs(urlsplit(answer.headers["location"]).query)["code"]
        given = {**asked, "client_secret": secrets["client_secret"], "code": code}
        tokens = self._http.post("/token", data={**given, "grant_type": "authorization_code"})
        self.tokens = tokens.json()
        self.credentials = Credentials(
            self.tokens["access_token"],
            refresh_token=self.tokens["refresh_token"],
            token_uri=f"{emulator.address}/token",
            client_id=secrets["client_id"],
            client_secret=secrets["client_secret"],
        )

    def revoke(self):
        answer = self._http.post("/revoke", data={"token": self.tokens["refresh_token"]})
        assert answer.status_code == 200

    def client(self, kind=GoogleCalendar, *, at, do):
        return kind(
            credentials=self.credentials,
            api_endpoint=self.emulator.address,
            transport=Line(self.emulator, at, do),
            clock=self.emulator.clock,
        )


@pytest.fixture
def sign_in(emulator):
    return SignIn(emulator)


def lunch(clock, number):
    return Event(f"Lunch {number}", clock.now() + timedelta(hours=number))


def titles(emulator):
    return [event.summary for event in emulator.client().get_events(maxResults=2500)]


def check_refusal(error):
    assert isinstance(error, AuthenticationError)
    assert REVOKED in str(error)
    assert "Sign in again" in str(error)
    assert not error.outcome_unknown


def test_during_a_listing(emulator, clock, sign_in):
    emulator.client().add_events(lunch(clock, number) for number in range(10))
    with sign_in.client(at=3, do=sign_in.revoke) as calendar:
        events = calendar.get_events(maxResults=2)
        assert [next(events).summary for _ in range(4)] == [f"Lunch {n}" for n in range(4)]
        with pytest.raises(AuthenticationError) as raised:
            next(events)
    check_refusal(raised.value)


def test_between_two_calls(emulator, clock, sign_in):
    calendar = sign_in.client(at=4, do=sign_in.revoke)
    outcomes = []
    with calendar:
        for number in range(6):
            try:
                outcomes.append(calendar.add_event(lunch(clock, number)).summary)
            except AuthenticationError as error:
                outcomes.append(error)
    assert outcomes[:3] == ["Lunch 0", "Lunch 1", "Lunch 2"]
    for error in outcomes[3:]:
        check_refusal(error)
    assert titles(emulator) == outcomes[:3]


def test_during_many_calls(emulator, clock, sign_in):
    calendar = sign_in.client(at=5, do=sign_in.revoke)
    with calendar, pytest.raises(BulkError) as raised:
        calendar.add_events(lunch(clock, number) for number in range(400))
    results = raised.value.results
    added = [result.summary for result in results if isinstance(result, Event)]
    assert 0 < len(added) < 400
    for result in results:
        if not isinstance(result, Event):
            check_refusal(result)
    assert sorted(titles(emulator)) == sorted(added)


def test_during_a_batch_of_an_asynchronous_client(emulator, clock, sign_in):
    async def add():
        async with sign_in.client(AsyncGoogleCalendar, at=2, do=sign_in.revoke) as calendar:
            async with calendar.batch() as batch:
                futures = [batch.add_event(lunch(clock, number)) for number in range(120)]
            return await asyncio.gather(*futures, return_exceptions=True)

    results = asyncio.run(add())
    added = [result.summary for result in results if isinstance(result, Event)]
    assert 0 < len(added) < 120
    for result in results:
        if not isinstance(result, Event):
            check_refusal(result)
    assert sorted(titles(emulator)) == sorted(added)


def test_while_eight_threads_are_at_work(emulator, clock, sign_in):
    calendar = sign_in.client(at=20, do=sign_in.revoke)

    def add(number):
        try:
            return calendar.add_event(lunch(clock, number))
        except AuthenticationError as error:
            return error

    with calendar, ThreadPoolExecutor(8) as threads:
        results = list(threads.map(add, range(40)))
    added = [result.summary for result in results if isinstance(result, Event)]
    for result in results:
        if not isinstance(result, Event):
            check_refusal(result)
    assert len(added) < 40
    assert sorted(titles(emulator)) == sorted(added)


def test_during_a_synchronisation(emulator, clock, sign_in, url):
    emulator.client().add_events(lunch(clock, number) for number in range(10))
    with Mirror(url, page_size=2) as mirror:
        calendar = sign_in.client(at=4, do=sign_in.revoke)
        with calendar, pytest.raises(AuthenticationError) as raised:
            mirror.sync(calendar)
        check_refusal(raised.value)
        [failed] = mirror.calendars()
        assert failed.failure.kind == "AuthenticationError"
        assert REVOKED in failed.failure.message
        # Who signs in again goes on where it stopped: of five pages, two are stored.
        report = mirror.sync(emulator.client())
        assert report.pages == 4
        assert sorted(event.summary for event in mirror.stored_events()) == sorted(titles(emulator))
        assert mirror.calendars()[0].failure is None


@pytest.mark.parametrize("kind", ["a call", "a batch", "a listing"])
def test_a_token_that_only_the_server_takes_for_expired_is_renewed(emulator, clock, sign_in, kind):
    """The server's clock runs ahead of the client's: the sign-in is good, and another token can be had."""
    clock.advance(timedelta(hours=2))
    with sign_in.client(at=0, do=sign_in.revoke) as calendar:
        if kind == "a call":
            calendar.add_event(lunch(clock, 0))
        elif kind == "a batch":
            calendar.add_events(lunch(clock, number) for number in range(120))
        else:
            assert list(calendar.get_events()) == []
    assert len(titles(emulator)) == {"a call": 1, "a batch": 120, "a listing": 0}[kind]
    # The code's token, and one more for all of them.
    assert len(emulator.requests.of("POST /token")) == 2


@pytest.mark.parametrize("kind", ["a call", "a batch"])
def test_who_is_refused_with_another_token_too_is_told_so(emulator, clock, sign_in, kind):
    """One more token is tried, and not one after the other for ever."""
    # So many that a client which goes on is told apart, and ends.
    emulator.faults.add(status=401, reason="authError", on="events.insert", times=60)
    with sign_in.client(at=0, do=sign_in.revoke) as calendar:
        if kind == "a call":
            with pytest.raises(AuthenticationError) as raised:
                calendar.add_event(lunch(clock, 0))
            errors = [raised.value]
        else:
            with calendar.batch() as batch:
                futures = [batch.add_event(lunch(clock, number)) for number in range(3)]
            errors = [future.exception() for future in futures]
    for error in errors:
        assert isinstance(error, AuthenticationError)
        assert not error.outcome_unknown
    # The first one's refusal, and the second one's.
    assert len(emulator.requests.of("events.insert")) == 2 * len(errors)
    assert len(emulator.requests.of("POST /token")) == 2
    assert titles(emulator) == []
