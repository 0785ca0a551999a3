"""Reminders as people write them: `10m`, `1d`, `email 2h`, `none`."""

from __future__ import annotations

import re
from datetime import timedelta

from gcsa.cli.failure import Misunderstanding
from gcsa.cli.lengths import parse_length
from gcsa.reminders import EmailReminder, PopupReminder, Reminder

_FORM = re.compile(r"(?:(popup|email|mail) ?:? ?)?(.+?)(?: ?:? ?(popup|email|mail))?")
_MINUTE = timedelta(minutes=1)


def parse_reminder(text: str) -> Reminder:
    """Return a reminder.

    Args:
        text: How long before the start: `10m`, `1h`, `1d`; with `email` for a mail instead of a popup.

    Raises:
        Misunderstanding: It cannot be read, or is more than four weeks before.
    """
    match = _FORM.fullmatch(text.strip().lower())
    kind = "" if match is None else match[1] or match[3] or "popup"
    words = "" if match is None else match[2]
    minutes = 0 if words in ("0", "0m") else parse_length(words) // _MINUTE
    try:
        return PopupReminder(minutes) if kind == "popup" else EmailReminder(minutes)
    except ValueError as error:
        raise Misunderstanding(
            f"{text!r}: {error}", "A reminder is at most 4 weeks before."
        ) from None
