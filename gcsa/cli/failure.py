"""What ends a command: a sentence for the user, and what to do about it."""

from __future__ import annotations


class Failure(Exception):
    """A command could not do what it was asked to.

    Args:
        message: What went wrong, in one line.
        hint: What to do about it, in one line.
        exit_code: 1 for what went wrong, 2 for what was asked for wrongly.
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class Misunderstanding(Failure):
    """What the user wrote cannot be read.

    Args:
        message: What cannot be read, in one line.
        hint: What can, in one line.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, exit_code=2)
