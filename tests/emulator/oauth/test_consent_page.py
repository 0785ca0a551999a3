"""The page on which a user is asked for consent."""

from __future__ import annotations

import pytest

CALENDAR = "https://www.googleapis.com/auth/calendar"
READ_ONLY = f"{CALENDAR}.readonly"


def refusal(page):
    """The heading and the sentence of a page that refuses."""
    heading = page.text.partition("<h1>")[2].partition("</h1>")[0]
    sentence = page.text.partition("<p>")[2].partition("</p>")[0]
    return page.status_code, heading, sentence


@pytest.mark.parametrize("path", ["/o/oauth2/auth", "/o/oauth2/v2/auth"])
def test_the_page_is_found_at_both_of_googles_addresses(program, path):
    asked = program.ask().request.url.copy_with(path=path)
    page = program.http.get(asked)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=UTF-8"


def test_the_page_names_the_program_the_scopes_and_the_accounts(program):
    program.whose("ann@example.com")
    page = program.ask(scope=f"{CALENDAR} email")
    assert program.secrets["client_id"] in page.text
    assert program.form(page)["scope"] == [CALENDAR, "email"]
    assert 'value="me@example.com" checked' in page.text
    assert 'value="ann@example.com">' in page.text


def test_the_account_that_is_hinted_at_comes_first(program):
    program.whose("ann@example.com")
    assert 'value="ann@example.com" checked' in program.ask(login_hint="Ann@example.com").text


def test_a_hinted_account_that_is_new_is_filled_in(program):
    assert (
        'name="other" placeholder="name@example.com" value="new@example.com"'
        in program.ask(login_hint="new@example.com").text
    )


def test_what_a_program_says_is_shown_as_text_only(program):
    page = program.ask(
        scope=CALENDAR, redirect_uri="http://localhost/'\"><script>alert(1)</script>"
    )
    assert "<script>" not in page.text


def test_no_other_site_can_show_the_page_or_run_anything_on_it(program):
    headers = program.ask().headers
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_no_other_site_can_load_the_page_as_a_script(program):
    page = program.ask(callback="stolen")
    assert page.headers["content-type"].startswith("text/html")
    assert page.text.startswith("<!DOCTYPE html>")


def test_consent_sends_the_browser_back_with_a_code_and_the_state(program, parameters_of):
    answer = program.answer(program.ask())
    assert answer.headers["location"].startswith("http://localhost:8080/?")
    back = parameters_of(answer)
    assert back["state"] == "the state"
    assert back["scope"] == CALENDAR
    assert back["code"].startswith("4/")


def test_the_answer_is_added_to_the_query_that_the_address_has(program):
    answer = program.answer(program.ask(redirect_uri="http://localhost:1/back?from=google"))
    assert answer.headers["location"].startswith("http://localhost:1/back?from=google&state=")


def test_a_program_that_sends_no_state_gets_none_back(program, parameters_of):
    assert "state" not in parameters_of(program.answer(program.ask(state=None)))


def test_the_user_may_refuse(program, parameters_of):
    back = parameters_of(program.answer(program.ask(), answer="deny"))
    assert back == {"state": "the state", "error": "access_denied"}


def test_allowing_nothing_is_refusing(program, parameters_of):
    assert parameters_of(program.answer(program.ask(), scope=[]))["error"] == "access_denied"


def test_the_user_may_allow_a_part(program, parameters_of):
    page = program.ask(scope=f"{CALENDAR} email")
    assert parameters_of(program.answer(page, scope=["email"]))["scope"] == "email"


def test_the_user_cannot_be_made_to_allow_more_than_the_page_said(program, parameters_of):
    page = program.ask(scope=READ_ONLY)
    back = parameters_of(program.answer(page, scope=[READ_ONLY, CALENDAR]))
    assert back["scope"] == READ_ONLY


def test_somebody_who_is_not_on_the_page_may_sign_in(program):
    code = program.answer(program.ask(), other="New@Example.com").headers["location"]
    assert "code=" in code
    tokens = program.tokens(user="new@example.com")
    assert program.whose(tokens["access_token"]) == "new@example.com"


def test_an_account_that_is_no_address_leaves_the_page_open(program, parameters_of):
    page = program.ask()
    assert refusal(program.answer(page, user="nobody")) == (
        400,
        "Error 400: invalid_request",
        "Choose an account, or type an e-mail address.",
    )
    assert "code" in parameters_of(program.answer(page))


@pytest.mark.parametrize("token", ["", "guessed", "x" * 5000])
def test_an_answer_that_does_not_come_from_a_page_is_refused(program, token):
    answer = program.answer(program.ask(), page=token)
    assert refusal(answer)[:2] == (400, "Error 400: invalid_request")


def test_a_page_is_answered_once(program):
    page = program.ask()
    program.answer(page)
    assert refusal(program.answer(page))[2] == (
        "This page has been answered already, or was open for too long."
    )


def test_a_page_is_open_for_ten_minutes(program, emulator):
    page = program.ask()
    emulator.clock.advance(600)
    assert program.answer(page).status_code == 400


def test_consent_is_not_given_by_opening_an_address(program):
    answer = program.http.get(
        "/o/oauth2/approval", params=program.form(program.ask()) | {"answer": "allow"}
    )
    assert answer.status_code == 404


def test_each_page_has_its_own_token(program):
    assert program.form(program.ask())["page"] != program.form(program.ask())["page"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"client_id": None}, (400, "Error 400: invalid_request", "Missing required parameter: client_id")),
        ({"client_id": "x"}, (401, "Error 401: invalid_client", "The OAuth client was not found.")),
        ({"redirect_uri": None}, (400, "Error 400: invalid_request", "Missing required parameter: redirect_uri")),
        ({"response_type": None}, (400, "Error 400: invalid_request", "Missing required parameter: response_type")),
        ({"response_type": "token"}, (400, "Error 400: unsupported_response_type", "Invalid response_type: token")),
        ({"scope": None}, (400, "Error 400: invalid_request", "Missing required parameter: scope")),
        (
            {"scope": f"{CALENDAR} nonsense"},
            (400, "Error 400: invalid_scope", "Some requested scopes were invalid. {invalid=[nonsense]}"),
        ),
        ({"access_type": "x"}, (400, "Error 400: invalid_request", "Invalid parameter value for access_type: x")),
        (
            {"prompt": "none consent"},
            (400, "Error 400: invalid_request", "Invalid parameter value for prompt: none consent"),
        ),
        ({"state": "s" * 5000}, (400, "Error 400: invalid_request", "Parameter too long")),
        ({"code_challenge": "short"}, (400, "Error 400: invalid_request", "Invalid code_challenge")),
        (
            {"code_challenge_method": "MD5"},
            (400, "Error 400: invalid_request", "Invalid code_challenge_method: use S256 or plain"),
        ),
        ({"code_challenge": None}, (400, "Error 400: invalid_request", "code_challenge_method without code_challenge")),
        ({"state": ["a", "b"]}, (400, "Error 400: invalid_request", "Parameter state is given more than once")),
    ],
)  # fmt: skip
def test_a_request_that_is_wrong_is_refused_on_a_page_and_not_sent_on(program, changes, expected):
    assert refusal(program.ask(**changes)) == expected


def test_without_asking_nothing_is_allowed_that_was_not_allowed_before(program, parameters_of):
    def silently(**changes):
        return parameters_of(program.ask(prompt="none", **changes))

    assert silently()["error"] == "login_required"
    assert silently(login_hint="me@example.com")["error"] == "login_required"
    program.whose("me@example.com")  # who has never been here has no account yet
    assert silently(login_hint="me@example.com")["error"] == "consent_required"
    program.code(scope=READ_ONLY)
    assert silently(login_hint="me@example.com")["error"] == "consent_required"
    assert "code" in silently(login_hint="me@example.com", scope=READ_ONLY)
