"""What a run of the command is given from outside: the options of all commands, and what tests put in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gcsa.emulator import Emulator


# Named tuples, because what --help needs has to load in no time.
class Choices(NamedTuple):
    """The options that all commands have.

    Attributes:
        calendar: Ids or names of the calendars that are meant.
        timezone: The zone in which times are read and shown.
        quiet: Whether nothing is printed beside what is asked for.
        json: Whether lists are printed as JSON.
        csv: Whether lists are printed as CSV.
        emulator: The database of an emulator to use instead of Google.
        mirror: The URL of a local copy to read instead of Google.
        offline: Whether the copy that `gcsa sync` keeps is read instead of Google.
    """

    calendar: tuple[str, ...] = ()
    timezone: str | None = None
    quiet: bool = False
    json: bool = False
    csv: bool = False
    emulator: str | None = None
    mirror: str | None = None
    offline: bool = False

    def over(self, earlier: Choices) -> Choices:
        """Return these choices, and earlier ones where these say nothing."""
        return earlier._replace(**{name: value for name, value in self._asdict().items() if value})


class Surroundings(NamedTuple):
    """What surrounds a run of the command.

    Attributes:
        choices: Options that were given before the command's name.
        emulator: An emulator to use, whatever the options say.
        configuration: The configuration file; the user's own by default.
        state: Where the places of interrupted imports are kept; the user's own folder by default.
        now: What the time is read from; by default the account's or the machine's clock.
    """

    choices: Choices = Choices()
    emulator: Emulator | None = None
    configuration: Path | None = None
    state: Path | None = None
    now: Callable[[], datetime] | None = None
