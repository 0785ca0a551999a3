"""A program that asks users of an emulator for access, and a browser that answers for them."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

CALENDAR = "https://www.googleapis.com/auth/calendar"
VERIFIER = "v" * 64


def challenge_of(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


class Program:
    """A client, and the HTTP that it and its user's browser speak."""

    redirect_uri = "http://localhost:8080/"

    def __init__(self, emulator, kind="installed", **registration):
        self.secrets = emulator.client_secrets(kind, **registration)[kind]
        self.http = httpx2.Client(transport=emulator.transport, base_url=emulator.address)

    def ask(self, **changes):
        """Open the page that asks for consent; None leaves a parameter out."""
        parameters = {
            "client_id": self.secrets["client_id"],
            "redirect_uri": self.redirect_uri,
            "response_type": "code",
            "scope": CALENDAR,
            "state": "the state",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
            "access_type": "offline",
            **changes,
        }
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.http.get("/o/oauth2/auth", params=given)

    def answer(self, page, /, answer="allow", user="me@example.com", **fields):
        """Send the page's form."""
        return self.http.post(
            "/o/oauth2/approval", data=self.form(page) | {"answer": answer, "user": user} | fields
        )

    @staticmethod
    def form(page):
        """The form as a browser would send it, without the choice of an account."""
        hidden = re.search(r'name="page" value="([^"]*)"', page.text)
        scopes = re.findall(r'name="scope" value="([^"]*)" checked', page.text)
        return {"page": unescape(hidden[1]), "scope": [unescape(scope) for scope in scopes]}

    def code(self, user="me@example.com", **changes):
        """Return the code that a user's consent gives."""
        return brought_back(self.answer(self.ask(**changes), user=user))["code"]

    def exchange(self, code, **changes):
        """Ask the token server for a code's tokens."""
        form = {"redirect_uri": self.redirect_uri, "code_verifier": VERIFIER, **changes}
        return self.token(grant_type="authorization_code", code=code, **form)

    def token(self, **form):
        """Ask the token server; None leaves a field out."""
        given = {
            "client_id": self.secrets["client_id"],
            "client_secret": self.secrets["client_secret"],
            **form,
        }
        return self.http.post(
            "/token", data={name: value for name, value in given.items() if value is not None}
        )

    def tokens(self, user="me@example.com", **changes):
        """Return the tokens that a user's consent gives."""
        answer = self.exchange(self.code(user, **changes))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refresh(self, refresh_token, **changes):
        return self.token(grant_type="refresh_token", refresh_token=refresh_token, **changes)

    def whose(self, access_token):
        """Return the account that a token stands for."""
        answer = self.call(access_token)
        assert answer.status_code == 200, answer.text
        return answer.json()["id"]

    def call(self, access_token, method="GET", path="/calendars/primary", **options):
        return self.http.request(
            method,
            f"/calendar/v3{path}",
            headers={"Authorization": f"Bearer {access_token}"},
            **options,
        )


def brought_back(answer):
    """Return the parameters that a browser is sent back with."""
    assert answer.status_code == 302, answer.text
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }


@pytest.fixture
def program(emulator):
    return Program(emulator)


@pytest.fixture
def new_program(emulator):
    return lambda *args, **kwargs: Program(emulator, *args, **kwargs)


@pytest.fixture
def parameters_of():
    return brought_back
