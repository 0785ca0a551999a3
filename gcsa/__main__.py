"""The command line: `python -m gcsa emulator`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: The words after the program's name; those of the process by default.
    """
    from gcsa.emulator import command

    parser = argparse.ArgumentParser(prog="gcsa", description="Google Calendar, as plain objects")
    commands = parser.add_subparsers(required=True, metavar="command")
    emulator = commands.add_parser(
        "emulator",
        help="serve Google Calendar from this machine, to test against",
        description="Serve Google Calendar from this machine, to test against.",
    )
    command.add_arguments(emulator)
    emulator.set_defaults(run=command.run)
    chosen = parser.parse_args(arguments)
    status: int = chosen.run(chosen)
    return status


if __name__ == "__main__":
    sys.exit(main())
