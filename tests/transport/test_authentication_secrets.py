"""No secret is in a log, an exception, its chain, or a repr: in no flow, at no level, of no library."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback
from pathlib import Path
from urllib.parse import quote, quote_plus

import google.oauth2.credentials
import httpx2
import pytest

from gcsa.errors import GoogleCalendarError
from gcsa.google_calendar import AsyncGoogleCalendar, GoogleCalendar, Retry
from gcsa.transport.authentication import Identification
from gcsa.transport.credentials_file import CredentialsFile
from gcsa.transport.token_file import TokenFile

HERE = Path(__file__).parent
BROWSER = "the user's browser"


class Everything(logging.Handler):
    """Keeps all that a log record could show: its message, its arguments, whatever is attached to it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.texts = []

    def emit(self, record):
        if record.threadName == BROWSER:
            return  # what the tests' own browser logs
        self.texts.append(f"{record.getMessage()}\n{record.__dict__!r}")
        if record.exc_info:
            self.texts.append("".join(traceback.format_exception(*record.exc_info)))


@pytest.fixture
def logs():
    """Every logger, of every library, at DEBUG."""
    handler = Everything()
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    logging.getLogger().addHandler(handler)
    yield handler.texts
    logging.getLogger().removeHandler(handler)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


def chained(error):
    """An exception and all that hangs on it."""
    pending, seen = [error], []
    while pending:
        one = pending.pop()
        if one is not None and one not in seen:
            seen.append(one)
            pending += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
    return seen


def shown(error):
    """All that a traceback could show, with the values of local variables, of every frame but those of the tests."""
    texts = []
    for one in chained(error):
        texts += [str(one), repr(one), repr(one.args), repr(vars(one))]
        response = getattr(one, "response", None)
        if isinstance(response, httpx2.Response):
            request = getattr(response, "_request", None)  # it may have none
            texts += [
                repr(response.headers.raw),
                repr(request),
                repr(request and request.headers.raw),
            ]
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if Path(frame.f_code.co_filename).parent != HERE:
                texts += [
                    f"{frame.f_code.co_qualname}: {name} = {value!r}"
                    for name, value in frame.f_locals.items()
                ]
    return texts


@pytest.fixture
def check(logs, wire, capfd):
    """Assert that nothing has shown a secret, and that there were secrets to show."""

    def check(*more, at_least=1):
        secrets = wire.secrets() | {secret for secret in more if isinstance(secret, str)}
        assert len(secrets) >= at_least
        captured = capfd.readouterr()
        texts = [*logs, captured.out, captured.err]
        for error in more:
            if isinstance(error, BaseException):
                texts += shown(error)
        for secret in secrets:
            for form in {secret, quote(secret), quote_plus(secret), repr(secret)[1:-1]}:
                assert [text for text in texts if form in text] == []

    return check


@pytest.fixture(params=["sync", "async"])
def call(request, wire, home):
    """Make one call with a new client, and return the exception that it ends with, if any."""

    def run(line=None, **options):
        line = line or wire
        try:
            if request.param == "sync":
                GoogleCalendar(
                    transport=line, authentication_flow_port=0, retry=Retry(attempts=1), **options
                ).get_calendar()
            else:
                asyncio.run(acall(line, options))
        except Exception as error:
            return error
        return None

    async def acall(line, options):
        class Transport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
            def handle_request(self, request):
                return line.handle_request(request)

            async def handle_async_request(self, request):
                await request.aread()
                return line.handle_request(request)

        calendar = AsyncGoogleCalendar(
            transport=Transport(), authentication_flow_port=0, retry=Retry(attempts=1), **options
        )
        await calendar.get_calendar()

    return run


def save(path, content):
    path.write_text(json.dumps(content))
    return path


class Broken(httpx2.BaseTransport):
    """A line on which the token server, or the API, answers with something of its own."""

    def __init__(self, wire, path, answer):
        self.wire = wire
        self.path = path
        self.answer = answer

    def handle_request(self, request):
        if not request.url.path.startswith(self.path):
            return self.wire.handle_request(request)
        body = request.read().decode()
        token = request.headers.get("authorization", "")
        # So that the secrets of what never arrives are known, too.
        self.wire.exchanges.append(
            (
                request.method,
                request.url,
                dict(request.headers),
                body.encode(),
                httpx2.Response(500),
            )
        )
        return self.answer(request, body + token)


def test_the_check_finds_what_is_logged_and_raised(logs, check, call, wire, tmp_path, tokens):
    call(token_path=save(tmp_path / "token.json", saved := tokens()))
    logging.getLogger("somebody").debug("the token is %s", saved["refresh_token"])
    with pytest.raises(AssertionError):
        check()


def test_signing_in_shows_none(call, check, client_secrets, tmp_path, user):
    assert call(credentials_path=client_secrets(tmp_path / "app.json")) is None
    user.finish()
    check(at_least=5)


def test_a_sign_in_that_is_refused_shows_none(call, check, client_secrets, tmp_path, user):
    path = client_secrets(tmp_path / "app.json")
    content = json.loads(path.read_text())
    content["installed"]["client_secret"] = "GOCSPX-of-another-client"
    error = call(credentials_path=save(path, content))
    assert isinstance(error, GoogleCalendarError)
    user.finish()
    check(error, at_least=3)


def test_refreshing_shows_none(call, check, tmp_path, tokens):
    assert call(token_path=save(tmp_path / "token.json", tokens())) is None
    check(at_least=3)


def test_a_token_that_is_refused_in_the_midst_shows_none(call, check, tmp_path, tokens):
    saved = tokens(token="ya29.stale", expiry="9000-01-01T00:00:00Z")
    assert call(token_path=save(tmp_path / "token.json", saved)) is None
    check("ya29.stale", at_least=4)


def test_a_revoked_sign_in_shows_none(call, check, tmp_path, tokens, google):
    saved = tokens()
    httpx2.Client(transport=google.transport).post(
        "http://x/revoke", data={"token": saved["refresh_token"]}
    )
    error = call(token_path=save(tmp_path / "token.json", saved))
    assert isinstance(error, GoogleCalendarError)
    check(error, saved["token"], at_least=3)


def test_a_token_that_cannot_be_refreshed_shows_none(call, check, wire):
    error = call(credentials=google.oauth2.credentials.Credentials(token="ya29.unknown"))
    assert error.status == 401
    check(error, at_least=1)


def test_a_service_account_shows_none(call, check, tmp_path, google):
    info = google.service_account_info()
    key_lines = [line for line in info["private_key"].splitlines() if len(line) > 40]
    assert (
        call(credentials_path=save(tmp_path / "key.json", info), subject="ann@example.com") is None
    )
    check(*key_lines, at_least=20)


def test_a_service_account_that_is_refused_shows_none(call, check, tmp_path, google):
    info = google.service_account_info()
    key_lines = [line for line in info["private_key"].splitlines() if len(line) > 40]
    error = call(credentials_path=save(tmp_path / "key.json", info), subject="ann@elsewhere.com")
    assert isinstance(error, GoogleCalendarError)
    check(error, *key_lines, at_least=20)


def test_a_key_that_is_broken_is_not_shown(call, check, tmp_path, google):
    info = google.service_account_info()
    line = info["private_key"].splitlines()[5]
    info["private_key"] = info["private_key"].replace(line, line[:-7])
    key_lines = [line for line in info["private_key"].splitlines() if len(line) > 40]
    error = call(credentials_path=save(tmp_path / "key.json", info))
    assert isinstance(error, ValueError)
    check(error, *key_lines, at_least=20)


def test_default_credentials_show_none(call, check, tmp_path, google, monkeypatch):
    path = save(tmp_path / "key.json", google.service_account_info())
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    assert call() is None
    check(at_least=2)


def test_a_pickle_that_is_replaced_shows_none(call, check, tmp_path, tokens):
    path = tmp_path / "token.pickle"
    path.write_bytes(pickle.dumps(google.oauth2.credentials.Credentials(**tokens(expiry=None))))
    assert call(token_path=path) is None
    check(at_least=1)


@pytest.mark.parametrize(
    "break_it",
    [lambda content: content[:-20], lambda content: content.replace(b"1//", b"\xff\xff\xff")],
)
def test_a_pickle_that_is_damaged_is_not_shown(call, check, tmp_path, tokens, break_it):
    saved = tokens(expiry=None)
    path = tmp_path / "token.pickle"
    path.write_bytes(break_it(pickle.dumps(google.oauth2.credentials.Credentials(**saved))))
    error = call(token_path=path)
    assert isinstance(error, ValueError)
    check(error, saved["token"], saved["client_secret"], saved["refresh_token"][3:], at_least=3)


@pytest.mark.parametrize(
    "break_it", [lambda text: text[:-3], lambda text: text.replace('"scopes": [', '"scopes": [1, ')]
)
def test_a_saved_sign_in_that_is_damaged_is_not_shown(call, check, tmp_path, tokens, break_it):
    saved = tokens()
    path = tmp_path / "token.json"
    path.write_text(break_it(json.dumps(saved)))
    error = call(token_path=path)
    assert isinstance(error, ValueError)
    check(error, saved["token"], saved["client_secret"], saved["refresh_token"], at_least=3)


def test_client_secrets_that_are_damaged_are_not_shown(call, check, client_secrets, tmp_path):
    path = client_secrets(tmp_path / "app.json")
    secret = json.loads(path.read_text())["installed"]["client_secret"]
    for text in (path.read_text()[:-5], json.dumps({"installed": {"client_secret": secret}})):
        path.write_text(text)
        error = call(credentials_path=path)
        assert isinstance(error, ValueError)
        check(error, secret)


def echoing(status, form):
    """An answer that says back what it was sent."""
    return lambda _, sent: httpx2.Response(status, **form(sent))


def dropped(request, _):
    raise httpx2.ReadError("reset", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        dropped,
        echoing(400, lambda sent: {"text": f"<html>{sent}</html>"}),
        echoing(200, lambda sent: {"text": f"<html>{sent}</html>"}),
        echoing(200, lambda sent: {"json": {"unexpected": sent}}),
        echoing(200, lambda sent: {"json": [sent]}),
        echoing(400, lambda sent: {"json": {"error": sent}}),
        echoing(400, lambda sent: {"json": {"error": {"message": sent}}}),
        echoing(403, lambda sent: {"json": {"error": "invalid_grant", "unexpected": sent}}),
        echoing(302, lambda sent: {"headers": {"Location": "https://evil.example/"}}),
    ],
)
def test_a_token_server_that_says_back_what_it_was_sent_is_not_quoted(
    call, check, wire, tmp_path, tokens, answer
):
    saved = tokens()
    error = call(Broken(wire, "/token", answer), token_path=save(tmp_path / "token.json", saved))
    assert isinstance(error, GoogleCalendarError)
    check(error, saved["token"], at_least=3)


@pytest.mark.parametrize("name", ["refresh_token", "client_secret", "token"])
def test_a_sentence_with_a_secret_in_it_is_not_quoted(call, check, wire, tmp_path, tokens, name):
    saved = tokens()
    answer = httpx2.Response(
        400, json={"error": "invalid_grant", "error_description": f"Bad: {saved[name]}"}
    )
    error = call(
        Broken(wire, "/token", lambda *_: answer), token_path=save(tmp_path / "token.json", saved)
    )
    check(error, saved["token"], at_least=3)


@pytest.mark.parametrize(
    "answer",
    [
        dropped,
        lambda *_: httpx2.Response(500, text="no"),
        lambda *_: httpx2.Response(403, json={"error": {"code": 403, "message": "no"}}),
        lambda *_: httpx2.Response(302, headers={"Location": "https://evil.example/"}),
        lambda *_: httpx2.Response(200, text="no JSON"),
    ],
)
def test_calls_that_fail_show_none(call, check, wire, tmp_path, tokens, answer):
    saved = tokens(expiry="9000-01-01T00:00:00Z")
    error = call(Broken(wire, "/calendar", answer), token_path=save(tmp_path / "token.json", saved))
    assert isinstance(error, GoogleCalendarError)
    check(error, at_least=1)


def test_over_a_real_connection_none_is_shown_either(google, logs, check, tmp_path, tokens, home):
    url = google.serve()
    saved = {**tokens(), "token_uri": f"{url}/token"}
    calendar = GoogleCalendar(api_endpoint=url, token_path=save(tmp_path / "token.json", saved))
    calendar.get_calendar()
    calendar.close()
    fresh = json.loads((tmp_path / "token.json").read_text())["token"]
    assert any("httpcore" in text for text in logs)
    check(saved["token"], saved["refresh_token"], saved["client_secret"], fresh, at_least=4)


def test_nothing_that_holds_secrets_shows_them(tmp_path, tokens, client_secrets, wire):
    path = save(tmp_path / "token.json", saved := tokens())
    secrets = {saved[name] for name in ("token", "refresh_token", "client_secret")}
    calendar = GoogleCalendar(transport=wire, api_endpoint="http://x", token_path=path)
    auth = calendar._wire.client.auth
    held = [
        calendar, auth, auth.credentials, auth._request, TokenFile(path), TokenFile(path).read(), vars(calendar),
        vars(auth), Identification(scopes=("x",), credentials=auth.credentials),
    ]  # fmt: skip
    for one in held:
        assert not [secret for secret in secrets if secret in repr(one) + str(one)]
    path = client_secrets(tmp_path / "app.json")
    secret = json.loads(path.read_text())["installed"]["client_secret"]
    for one in (CredentialsFile(path), CredentialsFile(path).client_secrets):
        assert secret not in repr(one) + str(one)
