"""The calendars themselves: `calendars list|add|delete|share|unshare|color`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from gcsa.cli.command import command
from gcsa.cli.commands.changing import Yes
from gcsa.cli.desk import Desk
from gcsa.cli.plain_words import PlainGroup

CalendarName = Annotated[str, typer.Argument(metavar="CALENDAR", help="A calendar by id or name.")]
Whom = Annotated[
    str, typer.Argument(metavar="WHOM", help="An e-mail address, group:…, domain:… or public.")
]

ROLES = {"free-busy": "freeBusyReader", "reader": "reader", "writer": "writer", "owner": "owner"}


def register(app: typer.Typer) -> None:
    """Add these commands to an app."""
    group = typer.Typer(
        name="calendars",
        help="List, add, delete, share and colour calendars.",
        cls=PlainGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    command(group, "list", lists=True)(list_)
    command(group, "add", lists=True)(add)
    command(group, "delete")(delete)
    command(group, "share")(share)
    command(group, "unshare")(unshare)
    command(group, "color")(color)
    app.add_typer(group)


def list_(
    desk: Desk,
    all_: Annotated[bool, typer.Option("--all", help="List hidden ones, too.")] = False,
    shared: Annotated[
        bool, typer.Option("--shared", help="List who may see the calendars given with --calendar.")
    ] = False,
) -> None:
    """List your calendars, or with --shared who may see them."""
    from gcsa.cli.records import CALENDAR_FIELDS, calendar_record, name_of

    if shared:
        _list_rules(desk)
        return
    chosen = desk.calendars if desk.choices.calendar else desk.all_calendars
    calendars = [one for one in chosen if all_ or not one.hidden or desk.choices.calendar]

    def paint() -> None:
        from rich.cells import cell_len

        from gcsa.cli.painting import calendar_line
        from gcsa.cli.plain_text import one_line

        width = min(30, max((cell_len(one_line(name_of(one))) for one in calendars), default=0))
        for one in calendars:
            desk.line(calendar_line(one, width))

    desk.list(map(calendar_record, calendars), CALENDAR_FIELDS, paint)


def add(
    desk: Desk,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    about: Annotated[
        str | None, typer.Option("--about", metavar="TEXT", help="What it is for.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="PLACE", help="Where it is.")
    ] = None,
) -> None:
    """Add a calendar, in the zone given with --timezone, or yours."""
    import sys

    from gcsa.calendar import Calendar
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.records import CALENDAR_FIELDS, calendar_record

    if not name.strip():
        raise Misunderstanding("What is it called?", "Such as: gcsa calendars add 'Book club'")

    stored = desk.client.add_calendar(
        Calendar(name, description=about, location=where, timezone=desk.timezone)
    )
    entry = desk.client.get_calendar_list_entry(stored.calendar_id)

    def paint() -> None:
        if desk.choices.quiet:
            sys.stdout.write(f"{stored.calendar_id}\n")
        desk.say(f"Added the calendar {name}")
        desk.say(f"  id    {stored.calendar_id}")

    desk.give(calendar_record(entry), CALENDAR_FIELDS, paint)


def delete(desk: Desk, name: CalendarName, yes: Yes = False) -> None:
    """Delete a calendar of yours with everything on it, or take another's off your list. Asks first."""
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import name_of

    entry = desk.calendar_named(name)
    title = name_of(entry)
    if entry.primary:
        raise Failure("Your primary calendar cannot be deleted.")
    if entry.access_role == "owner":
        desk.confirm(f"Delete the calendar {title} and everything on it, for everybody?", yes=yes)
        desk.client.delete_calendar(entry)
        desk.say(f"Deleted the calendar {title}.")
    else:
        desk.confirm(f"Take the calendar {title} off your list?", yes=yes)
        desk.client.delete_calendar_list_entry(entry)
        desk.say(f"Took the calendar {title} off your list.")


def share(
    desk: Desk,
    name: CalendarName,
    whom: Whom,
    role: Annotated[
        Literal["free-busy", "reader", "writer", "owner"],
        typer.Option("--as", help="What they may do."),
    ] = "reader",
    tell: Annotated[bool, typer.Option("--tell/--no-tell", help="Tell them by mail.")] = True,
) -> None:
    """Share a calendar with somebody, or change what they may do."""
    from gcsa.acl import AccessControlRule
    from gcsa.cli.records import name_of

    entry = desk.calendar_named(name)
    scope, value = _scope(whom)
    rule = AccessControlRule(role=ROLES[role], scope_type=scope, scope_value=value)
    desk.client.add_acl_rule(rule, tell, entry.calendar_id)
    desk.say(f"Shared {name_of(entry)} with {whom} as {role}.")


def unshare(desk: Desk, name: CalendarName, whom: Whom) -> None:
    """Take somebody's access to a calendar away."""
    from gcsa.cli.failure import Failure
    from gcsa.cli.records import name_of
    from gcsa.errors import NotFoundError

    entry = desk.calendar_named(name)
    scope, value = _scope(whom)
    rule_id = scope if value is None else f"{scope}:{value}"
    try:
        desk.client.delete_acl_rule(rule_id, entry.calendar_id)
    except NotFoundError:
        raise Failure(
            f"{name_of(entry)} is not shared with {whom}.",
            f"See: gcsa calendars list --shared --calendar {entry.calendar_id}",
        ) from None
    desk.say(f"{name_of(entry)} is not shared with {whom} any more.")


def color(
    desk: Desk,
    name: CalendarName,
    color: Annotated[
        str,
        typer.Argument(metavar="COLOR", help="Such as #16a765, or one of Google's ids, 1 to 24."),
    ],
) -> None:
    """Give a calendar another colour, for you alone."""
    from gcsa.cli.colors import CALENDARS, is_color, text_on
    from gcsa.cli.failure import Misunderstanding
    from gcsa.cli.records import name_of

    entry = desk.calendar_named(name)
    if is_color(color):
        desk.client.patch_calendar_list_entry(
            entry, background_color=color, foreground_color=text_on(color)
        )
    elif color in CALENDARS:
        desk.client.patch_calendar_list_entry(entry, color_id=color)
    else:
        raise Misunderstanding(
            f"{color!r} is no colour.", "Write it as #16a765, or as an id from 1 to 24."
        )
    desk.say(f"{name_of(entry)} is {color} now.")


def _list_rules(desk: Desk) -> None:
    from gcsa.cli.records import RULE_FIELDS, rule_record

    rules = list(desk.client.get_acl_rules(desk.calendar.calendar_id))

    def paint() -> None:
        from rich.text import Text

        from gcsa.cli.plain_text import one_line

        for rule in rules:
            who = one_line(rule.scope_value) or "everybody"
            desk.line(
                Text.assemble(
                    (who, "bold"), f"  {one_line(rule.role)} ({one_line(rule.scope_type)})"
                )
            )

    desk.list(map(rule_record, rules), RULE_FIELDS, paint)


def _scope(whom: str) -> tuple[str, str | None]:
    from gcsa.cli.failure import Misunderstanding

    if whom == "public":
        return "default", None
    kind, colon, value = whom.partition(":")
    if colon and kind in ("user", "group", "domain") and value:
        return kind, value
    if "@" in whom:
        return "user", whom
    raise Misunderstanding(
        f"{whom!r} is nobody to share with.",
        "Write ann@example.com, group:team@example.com or public.",
    )
