"""Text from events made fit for a terminal: whoever invites one may write anything into a summary."""

from __future__ import annotations

import re

# Escape sequences whole, so that nothing of them is left to be read: CSI (colours, cursor), OSC, DCS and the other
# strings up to their terminator, and what is left of any other.
# https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# What is left of control characters; what turns the direction of text around; and halves of characters, which no
# terminal's encoding has. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_INVISIBLE = "\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_CONTROLS = re.compile(f"[\x00-\x1f{_INVISIBLE}]")
# The same but for tabs and line ends, which JSON escapes and CSV quotes.
UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}]")
_TAGS = re.compile(r"<(br|/p|/li|/div)\b[^>]{0,200}>", re.IGNORECASE)
_OTHER_TAGS = re.compile(r"</?[a-zA-Z][^>]{0,2000}>")


def one_line(text: str | None) -> str:
    """Return a text as one line without anything that a terminal would obey."""
    if not text:
        return ""
    return _CONTROLS.sub("", _BREAKS.sub(" ", _SEQUENCES.sub("", text))).strip()


def lines(text: str | None) -> list[str]:
    """Return a text as lines without anything that a terminal would obey; of HTML, what it says."""
    if not text:
        return []
    if _OTHER_TAGS.search(text):
        from html import unescape

        text = unescape(_OTHER_TAGS.sub("", _TAGS.sub("\n", text)))
    found = [one_line(line) for line in _BREAK_LINES.split(_SEQUENCES.sub("", text))]
    while found and not found[-1]:
        found.pop()
    return found


_BREAK_LINES = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
