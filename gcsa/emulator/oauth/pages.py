"""The pages that a browser shows: the question for consent, and what is wrong with a request."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gcsa.emulator.auth import is_address
from gcsa.emulator.http import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcsa.emulator.oauth.asking import AccessRequest
    from gcsa.emulator.oauth.refusals import OAuthError

APPROVAL = "/o/oauth2/approval"

_MOST_ACCOUNTS = 100
# No script runs, nothing is fetched, no other site may show the page in a frame, and its address (with the state in
# it) is told to nobody. form-action is left open: browsers apply it to the redirect after the answer too.
_HEADERS = {
    "content-type": "text/html; charset=UTF-8",
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1f1f1f }
h1 { font-size: 1.4rem; font-weight: 500 }
fieldset { border: 1px solid #c4c7c5; border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem }
label { display: block; overflow-wrap: anywhere }
input[type=email] { width: 100%; box-sizing: border-box; font: inherit; padding: .4rem }
button { font: inherit; padding: .5rem 1.5rem; margin-right: .5rem }
code { overflow-wrap: anywhere }
"""


def choices(users: Sequence[str], default_user: str, asked: AccessRequest) -> list[str]:
    """Return the accounts to choose from: the one that is expected first, else the default user."""
    hint = (asked.login_hint or "").lower()
    first = [hint] if hint in users else [default_user]
    return list(dict.fromkeys([*first, *users]))[:_MOST_ACCOUNTS]


def consent(asked: AccessRequest, token: str, users: Sequence[str]) -> Response:
    """Return the page that asks for consent.

    Args:
        asked: What is asked for.
        token: The page's own token, which the answer carries.
        users: The accounts to choose from; the first is chosen.
    """
    hint = asked.login_hint or ""
    somebody_else = hint if is_address(hint) and hint.lower() not in users else ""
    accounts = "".join(
        f'<label><input type="radio" name="user" value="{escape(user)}"{" checked" if number == 0 else ""}>'
        f" {escape(user)}</label>\n"
        for number, user in enumerate(users)
    )
    scopes = "".join(
        f'<label><input type="checkbox" name="scope" value="{escape(scope)}" checked>'
        f" {escape(scope)}</label>\n"
        for scope in asked.scopes
    )
    return _page(
        "Sign in to the calendar emulator",
        f"""<p>The program <code>{escape(asked.client)}</code> wants to use a calendar account of this emulator.
It will be told at <code>{escape(asked.redirect_uri)}</code>.</p>
<form method="post" action="{APPROVAL}">
<input type="hidden" name="page" value="{escape(token)}">
<fieldset><legend>As whom?</legend>
{accounts}<label>or as somebody else:
<input type="email" name="other" placeholder="name@example.com" value="{escape(somebody_else)}"></label>
</fieldset>
<fieldset><legend>What may it do?</legend>
{scopes}</fieldset>
<button name="answer" value="allow">Allow</button>
<button name="answer" value="deny" formnovalidate>Cancel</button>
</form>""",
    )


def refusal(error: OAuthError) -> Response:
    """Return the page that says what is wrong with a request."""
    return _page(
        f"Error {error.status}: {error.error}",
        f"<p>{escape(error.description)}</p>",
        error.status,
    )


def redirect(address: str) -> Response:
    """Return the answer that sends a browser on."""
    return Response(302, {**_HEADERS, "location": address}, b"")


def _page(title: str, body: str, status: int = 200) -> Response:
    document = f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head>
<body>
<h1>{escape(title)}</h1>
{body}
</body>
</html>
"""
    return Response(status, _HEADERS, document.encode(errors="replace"))
