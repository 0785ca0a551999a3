"""A valid token on each request: refreshed when it has run out or is refused, once, by one."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import google.auth.credentials
import google.auth.exceptions
import google.oauth2.credentials
import httpx2
import pytest

from gcsa.errors import AuthenticationError, TransportError
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.transport.credentials import CredentialsAuth
from gcsa.transport.token_request import TokenRequest


class Tokens(google.auth.credentials.Credentials):
    """Credentials that number their tokens: the simplest that google-auth knows."""

    def __init__(self, valid=True):
        super().__init__()
        self.refreshes = 0
        self.threads = set()
        self.token = "token 0" if valid else None
        self.failure = None

    def refresh(self, request):
        self.threads.add(threading.current_thread())
        if self.failure is not None:
            raise self.failure
        self.refreshes += 1
        self.token = f"token {self.refreshes}"


class Server(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Accepts one token, and remembers which ones came."""

    def __init__(self, accepted):
        self.accepted = accepted
        self.seen = []

    def handle_request(self, request):
        self.seen.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return httpx2.Response(200 if self.seen[-1] in self.accepted else 401)

    async def handle_async_request(self, request):
        return self.handle_request(request)


@pytest.fixture(params=["sync", "async"])
def get(request):
    """Send one GET through an authentication; the way of sending is the same for both kinds of clients."""

    def send(auth, server):
        if request.param == "sync":
            return httpx2.Client(auth=auth, transport=server).get("http://x/")

        async def asend():
            return await httpx2.AsyncClient(auth=auth, transport=server).get("http://x/")

        return asyncio.run(asend())

    return send


def test_a_valid_token_is_used_as_it_is(get):
    credentials, server = Tokens(), Server({"token 0"})
    assert get(CredentialsAuth(credentials), server).status_code == 200
    assert (server.seen, credentials.refreshes) == (["token 0"], 0)


def test_without_a_valid_token_one_is_got_first(get):
    credentials, server = Tokens(valid=False), Server({"token 1"})
    assert get(CredentialsAuth(credentials), server).status_code == 200
    assert server.seen == ["token 1"]


def test_a_refused_token_is_refreshed_and_the_request_sent_again(get):
    credentials, server = Tokens(), Server({"token 1"})
    assert get(CredentialsAuth(credentials), server).status_code == 200
    assert server.seen == ["token 0", "token 1"]


def test_a_token_that_is_refused_again_is_the_answer(get):
    credentials, server = Tokens(), Server(())
    assert get(CredentialsAuth(credentials), server).status_code == 401
    assert server.seen == ["token 0", "token 1"]


def test_another_refusal_is_no_reason_to_refresh(get):
    class Forbids(Server):
        def handle_request(self, request):
            super().handle_request(request)
            return httpx2.Response(403)

    credentials = Tokens()
    assert get(CredentialsAuth(credentials), Forbids(())).status_code == 403
    assert credentials.refreshes == 0


@pytest.mark.parametrize(
    "credentials",
    [
        google.oauth2.credentials.Credentials(token="token 0"),
        google.auth.credentials.AnonymousCredentials(),
    ],
)
def test_what_cannot_be_refreshed_is_not(get, credentials):
    server = Server(())
    assert get(CredentialsAuth(credentials), server).status_code == 401
    assert len(server.seen) == 1


def test_a_user_whose_tokens_come_from_a_handler_is_refreshed(get):
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
    credentials = google.oauth2.credentials.Credentials(
        token="token 0", refresh_handler=lambda request, scopes: ("token 1", later)
    )
    assert get(CredentialsAuth(credentials), Server({"token 1"})).status_code == 200


def test_whoever_saves_tokens_is_told_of_each_refresh(get):
    credentials, told = Tokens(), []
    auth = CredentialsAuth(credentials, refreshed=lambda one: told.append(one.token))
    get(auth, Server({"token 1"}))
    get(auth, Server({"token 1"}))
    assert told == ["token 1"]


def test_the_request_that_is_kept_with_an_answer_has_no_token_on_it(get):
    response = get(CredentialsAuth(Tokens()), Server({"token 1"}))
    assert "Authorization" not in response.request.headers


def test_a_body_is_sent_again_whole():
    bodies = []

    class Reads(Server):
        def handle_request(self, request):
            bodies.append(request.read())
            return super().handle_request(request)

    http = httpx2.Client(auth=CredentialsAuth(Tokens()), transport=Reads({"token 1"}))
    http.post("http://x/", json={"summary": "Lunch"})
    assert bodies == [b'{"summary":"Lunch"}'] * 2


def test_quota_projects_go_with_the_token(get):
    class Remembers(Server):
        def handle_request(self, request):
            self.project = request.headers.get("x-goog-user-project")
            return super().handle_request(request)

    server = Remembers({"t"})
    credentials = google.oauth2.credentials.Credentials(token="t", quota_project_id="my-project")
    get(CredentialsAuth(credentials), server)
    assert server.project == "my-project"


class TestFailures:
    def test_a_refused_refresh_is_ours(self, get):
        credentials = Tokens(valid=False)
        credentials.failure = google.auth.exceptions.RefreshError(
            "invalid_grant: Gone.", {"error": "invalid_grant", "error_description": "Gone."}
        )
        with pytest.raises(AuthenticationError) as error:
            get(CredentialsAuth(credentials, remedy="Ask Ann."), Server(()))
        assert error.value.message == (
            "The sign-in is no longer good: it was revoked, or it has expired (the server says: Gone). Ask Ann."
        )
        assert error.value.__context__ is None

    def test_a_token_server_out_of_reach_is_worth_another_try(self, get):
        credentials = Tokens(valid=False)
        credentials.failure = google.auth.exceptions.TransportError("no route")
        with pytest.raises(TransportError, match="The token server could not be reached") as error:
            get(CredentialsAuth(credentials), Server(()))
        assert not error.value.outcome_unknown

    @pytest.mark.parametrize(
        "failure", [TypeError("string indices"), ValueError("no JSON"), KeyError("access_token")]
    )
    def test_whatever_google_auth_stumbles_over_is_ours_too(self, get, failure):
        # A captive portal answers 200 with a page, which google-auth takes for a token.
        credentials = Tokens(valid=False)
        credentials.failure = failure
        with pytest.raises(AuthenticationError, match="The token server's answer was not a token"):
            get(CredentialsAuth(credentials), Server(()))

    def test_after_a_failure_the_next_request_tries_again(self, get):
        credentials = Tokens(valid=False)
        auth = CredentialsAuth(credentials)
        credentials.failure = google.auth.exceptions.TransportError("no route")
        with pytest.raises(TransportError):
            get(auth, Server(()))
        credentials.failure = None
        assert get(auth, Server({"token 1"})).status_code == 200


class TestManyAtOnce:
    class Barrier(Server):
        """Refuses the old token only when everybody has come with it."""

        def __init__(self, accepted, number):
            super().__init__(accepted)
            self.barrier = threading.Barrier(number)

        def handle_request(self, request):
            if request.headers["Authorization"] == "Bearer token 0":
                self.barrier.wait(10)
            return super().handle_request(request)

    def test_threads_that_are_refused_together_refresh_once(self):
        credentials, number = Tokens(), 16
        http = httpx2.Client(
            auth=CredentialsAuth(credentials), transport=self.Barrier({"token 1"}, number)
        )
        with ThreadPoolExecutor(number) as pool:
            answers = list(pool.map(lambda _: http.get("http://x/").status_code, range(number)))
        assert answers == [200] * number
        assert credentials.refreshes == 1

    def test_threads_without_a_token_get_one_together(self):
        class Slow(Tokens):
            def refresh(self, request):
                started.set()
                go_on.wait(10)
                super().refresh(request)

        started, go_on = threading.Event(), threading.Event()
        credentials = Slow(valid=False)
        http = httpx2.Client(auth=CredentialsAuth(credentials), transport=Server({"token 1"}))
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(http.get, "http://x/") for _ in range(8)]
            started.wait(10)
            go_on.set()
        assert {answer.result().status_code for answer in answers} == {200}
        assert credentials.refreshes == 1

    def test_tasks_refresh_once_and_not_on_the_event_loop(self):
        credentials = Tokens(valid=False)

        async def many():
            http = httpx2.AsyncClient(
                auth=CredentialsAuth(credentials), transport=Server({"token 1"})
            )
            return await asyncio.gather(*(http.get("http://x/") for _ in range(50)))

        assert {answer.status_code for answer in asyncio.run(many())} == {200}
        assert credentials.refreshes == 1
        assert threading.main_thread() not in credentials.threads

    def test_the_event_loop_goes_on_while_a_token_is_got(self):
        go_on = threading.Event()

        class Slow(Tokens):
            def refresh(self, request):
                assert go_on.wait(10), "nothing else ran"
                super().refresh(request)

        async def both():
            http = httpx2.AsyncClient(auth=CredentialsAuth(Slow()), transport=Server({"token 1"}))
            waiting = asyncio.ensure_future(
                http.get("http://x/")
            )  # refused, and refreshed in a thread
            await asyncio.sleep(0)
            go_on.set()
            return await waiting

        assert asyncio.run(both()).status_code == 200


class TestRedirects:
    """What is meant for one server is not sent to another, wherever that one points."""

    class Elsewhere(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
        def __init__(self):
            self.hosts = []

        def handle_request(self, request):
            self.hosts.append(request.url.host)
            return httpx2.Response(302, headers={"Location": "https://evil.example/"})

        async def handle_async_request(self, request):
            return self.handle_request(request)

    def test_a_call_is_not_sent_on(self):
        transport = self.Elsewhere()
        calendar = GoogleCalendar(
            credentials=Tokens(), transport=transport, retry=Retry(attempts=1)
        )
        with pytest.raises(Exception, match="302"):
            calendar.get_calendar()
        assert transport.hosts == ["www.googleapis.com"]

    def test_nor_is_an_asynchronous_one(self):
        transport = self.Elsewhere()

        async def call():
            calendar = AsyncGoogleCalendar(
                credentials=Tokens(), transport=transport, retry=Retry(attempts=1)
            )
            await calendar.get_calendar()

        with pytest.raises(Exception, match="302"):
            asyncio.run(call())
        assert transport.hosts == ["www.googleapis.com"]

    def test_nor_is_a_refresh_token(self):
        transport = self.Elsewhere()
        credentials = google.oauth2.credentials.Credentials(
            None,
            refresh_token="r",
            token_uri="https://oauth2.googleapis.com/token",
            client_id="c",
            client_secret="s",
        )
        with pytest.raises(google.auth.exceptions.RefreshError):
            credentials.refresh(
                TokenRequest(httpx2.Client(transport=transport, follow_redirects=True))
            )
        assert transport.hosts == ["oauth2.googleapis.com"]


def test_a_service_accounts_token_is_shown_to_no_other_server(google, wire):
    # google-auth itself, asked for headers, would look up in a thread where the account may be used, at Google.
    from google.oauth2 import service_account

    info = google.service_account_info()
    account = service_account.Credentials.from_service_account_info(info, scopes=["email"])
    auth = CredentialsAuth(account, TokenRequest.over(wire))
    httpx2.Client(auth=auth, transport=wire).get("http://calendar.emulator/")
    assert wire.paths == ["/token", "/"]
    assert not [
        thread for thread in threading.enumerate() if "RegionalAccess" in type(thread).__name__
    ]


class TestTokenRequests:
    def test_they_go_over_a_clients_own_transport(self, wire):
        answer = TokenRequest.over(wire)("http://x/tokeninfo?access_token=y")
        assert (answer.status, wire.paths) == (400, ["/tokeninfo"])
        assert b"invalid_token" in answer.data
        assert answer.headers["Content-Type"].startswith("application/json")

    def test_a_transport_that_is_only_asynchronous_is_left_to_the_calls(self):
        request = TokenRequest.over(httpx2.AsyncHTTPTransport())
        with pytest.raises(google.auth.exceptions.TransportError):
            request("http://127.0.0.1:1/", timeout=1)

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:1/", "nonsense://x/", "http://[x/", "http://\x00/"]
    )
    def test_what_does_not_arrive_is_googles_transport_error(self, url):
        with pytest.raises(google.auth.exceptions.TransportError):
            TokenRequest()(url)

    def test_they_do_not_wait_for_ever(self):
        import socket

        with socket.create_server(("127.0.0.1", 0)) as silent:
            began = time.monotonic()
            with pytest.raises(google.auth.exceptions.TransportError):
                TokenRequest()(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.05)
            assert time.monotonic() - began < 10
