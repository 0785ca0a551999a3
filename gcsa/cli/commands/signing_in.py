"""Who one is for Google: `auth login|status|logout`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gcsa.cli.command import command
from gcsa.cli.desk import Desk
from gcsa.cli.plain_words import PlainGroup

if TYPE_CHECKING:
    from gcsa.google_calendar import GoogleCalendar


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    group = typer.Typer(
        name="auth",
        help="Sign in, see who you are, sign out.",
        cls=PlainGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    command(group, "login")(login)
    command(group, "status", lists=True)(status)
    command(group, "logout")(logout)
    app.add_typer(group)


def login(
    desk: Desk,
    credentials: Annotated[
        Path | None,
        typer.Option(
            "--credentials",
            metavar="FILE",
            help="Client secrets, or a service account's key, as Google's console gave them.",
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject", metavar="E-MAIL", help="The user that a service account acts for."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    port: Annotated[
        int,
        typer.Option(
            "--port", min=0, max=65535, help="Where the browser comes back; 0 for any port."
        ),
    ] = 8080,
) -> None:
    """Sign in: in the browser, or with the key of a service account.

    A file that is given is written into the configuration, so that later commands find it.
    """
    import attrs

    from gcsa.cli.accounts import identification, no_credentials, on_emulator
    from gcsa.cli.configuration import write_setting
    from gcsa.cli.failure import Failure
    from gcsa.google_calendar import GoogleCalendar

    if credentials is not None:
        credentials = credentials.expanduser().absolute()
        if not credentials.is_file():
            raise Failure(f"There is no file {credentials}.")
    configuration = attrs.evolve(
        desk.configuration,
        credentials=desk.configuration.credentials if credentials is None else str(credentials),
        subject=subject or desk.configuration.subject,
    )
    who = identification(configuration)
    in_process = desk.choices.emulator or desk.configuration.emulator or desk.surroundings.emulator
    if in_process or (on_emulator() and who.credentials_path is None):
        raise Failure(
            "An emulator needs no sign-in.",
            "To sign in to Google, unset GOOGLE_CALENDAR_EMULATOR_HOST and leave --emulator out.",
        )
    try:
        client = GoogleCalendar(
            credentials_path=who.credentials_path,
            token_path=who.token_path,
            subject=who.subject,
            authentication_flow_port=port,
            open_browser=None if browser else False,
        )
    except FileNotFoundError:
        raise no_credentials() from None
    with client:
        email = _primary(client)
    if credentials is not None:
        write_setting(desk.configuration_path, "credentials", str(credentials))
    if subject is not None:
        write_setting(desk.configuration_path, "subject", subject)
    desk.say(f"You are {email}.")
    if who.token_file.path.exists():
        desk.say(f"The sign-in is saved in {who.token_file.path}, for you alone.")


def status(desk: Desk) -> None:
    """Tell who you are for Google, and where that is kept. No secret is shown."""
    from gcsa.cli.accounts import identification
    from gcsa.cli.records import Record

    who = identification(desk.configuration)
    place = _place(desk)
    saved = who.token_file.path
    email = _primary(desk.account_client)
    record: Record = {
        "account": email,
        "server": place,
        "credentials": None if who.credentials_path is None else str(who.credentials_path),
        "subject": who.subject,
        "token_file": str(saved) if place == "Google" and saved.exists() else None,
        "configuration": str(desk.configuration_path),
    }

    def paint() -> None:
        from gcsa.cli.painting import fact_line

        names = {
            "account": "Account", "server": "Server", "credentials": "Credentials", "subject": "Acting for",
            "token_file": "Token", "configuration": "Settings",
        }  # fmt: skip
        for key, name in names.items():
            if record[key]:
                desk.line(fact_line(name, str(record[key])))

    desk.give(record, tuple(record), paint)


def logout(desk: Desk) -> None:
    """Forget the sign-in on this machine."""
    from gcsa.cli.accounts import identification
    from gcsa.transport.token_file import TokenFile

    file: TokenFile = identification(desk.configuration).token_file
    kept = [path for path in (file.path, file.earlier) if path is not None and path.exists()]
    for path in kept:
        path.unlink()
        desk.say(f"Deleted {path}.")
    if kept:
        desk.say("To take the access back as well: https://myaccount.google.com/permissions")
    else:
        desk.say(f"You were not signed in: there is no {file.path}.")


def _primary(client: GoogleCalendar) -> str:
    return client.get_calendar("primary").calendar_id or ""


def _place(desk: Desk) -> str:
    import os

    from gcsa.cli.accounts import on_emulator
    from gcsa.transport.authentication import EMULATOR_HOST

    database = desk.choices.emulator or desk.configuration.emulator
    if desk.surroundings.emulator is not None:
        return "an emulator in this process"
    if database is not None:
        return f"an emulator in {database}"
    return f"an emulator at {os.environ[EMULATOR_HOST]}" if on_emulator() else "Google"
