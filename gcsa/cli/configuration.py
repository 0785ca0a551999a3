"""The configuration file: what a user wants each time, as TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import cast

import attrs

from gcsa.cli.days import WEEKDAYS
from gcsa.cli.failure import Failure, Misunderstanding

_LINE = r"(?m)^[ \t]*{key}[ \t]*=.*$"


@attrs.frozen(kw_only=True)
class Configuration:
    """What a user wants each time.

    Args:
        calendar: The calendar that events are added to: an id or a name.
        calendars: The calendars that are listed; by default those that are shown in Google Calendar.
        timezone: The zone in which times are read and shown; the machine's by default.
        week_start: The day on which weeks start.
        hours: The hours of work, for `gcsa free`.
        credentials: The file with client secrets, or with the key of a service account.
        token: Where the sign-in is saved.
        subject: The user that a service account acts for.
        mirror: The URL of the database in which `gcsa sync` keeps a copy.
        emulator: The database of an emulator to use instead of Google.
    """

    calendar: str | None = None
    calendars: tuple[str, ...] = ()
    timezone: str | None = None
    week_start: str = "monday"
    hours: str = "9-17"
    credentials: str | None = None
    token: str | None = None
    subject: str | None = None
    mirror: str | None = None
    emulator: str | None = None

    @property
    def first_weekday(self) -> int:
        """The day on which weeks start; 0 is Monday."""
        return WEEKDAYS.index(self.week_start)

    @property
    def working_hours(self) -> tuple[time, time]:
        """The hours of work."""
        from gcsa.cli.windows import parse_hours

        return parse_hours(self.hours)


def configuration_path() -> Path:
    """Return where the configuration file is, whether it exists or not."""
    from platformdirs import user_config_path

    return user_config_path("gcsa", appauthor=False) / "config.toml"


def read_configuration(path: Path) -> Configuration:
    """Return what a configuration file says; an empty configuration where there is none.

    Raises:
        Failure: It cannot be read, or says what it may not.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Configuration()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: {error}", "Correct it, or move it away.") from None
    import tomllib

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Failure(f"{path} is not TOML: {error}", "Correct it, or move it away.") from None
    return _checked(said, path)


def write_setting(path: Path, key: str, value: str) -> None:
    """Set one key of a configuration file and leave the rest as it is.

    Args:
        path: The file, which need not exist.
        key: The key.
        value: Its value.
    """
    text = path.read_text("utf-8") if path.exists() else ""
    line = f"{key} = {_toml(value)}"
    found, number = re.subn(_LINE.format(key=re.escape(key)), lambda _: line, text, count=1)
    if not number:
        # In front, because behind it could end up in a table.
        found = f"{line}\n{text}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found, "utf-8")


def _toml(value: str) -> str:
    import json

    # A basic string of TOML is one of JSON, but for DEL. https://toml.io/en/v1.0.0#string
    return json.dumps(value).replace("\x7f", "\\u007f")


def _checked(said: Mapping[str, object], path: Path) -> Configuration:
    known = {attribute.name for attribute in attrs.fields(Configuration)}
    values: dict[str, object] = {}
    for key, value in said.items():
        if key not in known:
            raise Failure(
                f"{path}: there is no setting {key!r}.", f"There are {', '.join(sorted(known))}."
            )
        if key == "calendars":
            several = cast("list[object]", value) if isinstance(value, list) else [value]
            if not all(isinstance(one, str) for one in several):
                raise Failure(f"{path}: calendars must be a list of texts.")
            values[key] = tuple(several)
            continue
        if not isinstance(value, str):
            raise Failure(f'{path}: {key} must be a text, such as {key} = "…".')
        values[key] = value
    found = Configuration(**values)  # type: ignore[arg-type]  # each was checked to be text above
    if found.week_start not in WEEKDAYS:
        raise Failure(f"{path}: week_start must be a weekday, not {found.week_start!r}.")
    try:
        found.working_hours  # noqa: B018 - read for its check
    except Misunderstanding as error:
        raise Failure(f"{path}: hours: {error.message}", error.hint) from None
    return found
