"""A sheet of terminal cells to draw on: text of any width, each cell with its paint."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from rich.cells import cell_len


@attrs.frozen
class Paint:
    """How a cell looks.

    Args:
        color: Of the text, such as `#9a9cff`; the terminal's own if None.
        background: Behind it; the terminal's own if None.
        bold: Whether it stands out.
        dim: Whether it steps back.
        reverse: Whether text and background change places.
    """

    color: str | None = None
    background: str | None = None
    bold: bool = False
    dim: bool = False
    reverse: bool = False


PLAIN = Paint()


class Canvas:
    """A sheet of terminal cells.

    Args:
        width: How many cells a row has.
        height: How many rows there are.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._text = [[" "] * width for _ in range(height)]
        self._paint = [[PLAIN] * width for _ in range(height)]

    def write(self, column: int, row: int, text: str, width: int, paint: Paint = PLAIN) -> None:
        """Write a text into so many cells, cut off with `…` where it is longer, and filled up where it is shorter."""
        end = min(column + width, self.width)
        if not 0 <= row < self.height or end <= column:
            return
        for character in padded(text, end - column):
            cells = cell_len(character)
            if cells == 0:
                if column > 0:
                    # A mark that belongs to the character before.
                    self._text[row][column - 1] += character
                continue
            self._text[row][column] = character
            self._paint[row][column] = paint
            for extra in range(1, cells):
                self._text[row][column + extra] = ""
                self._paint[row][column + extra] = paint
            column += cells

    def rows(self) -> Iterator[list[tuple[str, Paint]]]:
        """Yield each row as stretches of text with the same paint, without the blanks at its end."""
        for texts, paints in zip(self._text, self._paint, strict=True):
            stretches: list[tuple[str, Paint]] = []
            for text, paint in zip(texts, paints, strict=True):
                if stretches and stretches[-1][1] == paint:
                    stretches[-1] = (stretches[-1][0] + text, paint)
                else:
                    stretches.append((text, paint))
            if stretches and stretches[-1][1].background is None and not stretches[-1][1].reverse:
                stretches[-1] = (stretches[-1][0].rstrip(), stretches[-1][1])
            yield [one for one in stretches if one[0]]


def padded(text: str, width: int) -> str:
    """Return a text of exactly so many cells: cut off with `…`, or filled up with blanks."""
    length = cell_len(text)
    if length > width:
        text = clipped(text, width)
        length = cell_len(text)
    return text + " " * (width - length)


def clipped(text: str, width: int) -> str:
    """Return as much of a text as goes into so many cells, with `…` where something is left out."""
    if cell_len(text) <= width:
        return text
    kept, cells = "", 0
    for character in text:
        cells += cell_len(character)
        if cells > width - 1:
            break
        kept += character
    return kept.rstrip() + "…" if width > 0 else ""


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Return a text in at most so many lines of so many cells; the last one is cut off where it has to be."""
    lines: list[str] = []
    rest = text.split(" ")
    while rest and len(lines) < most - 1:
        line = ""
        while rest and cell_len(f"{line} {rest[0]}".lstrip()) <= width:
            line = f"{line} {rest.pop(0)}".lstrip()
        if not line:
            line, rest[0] = _broken(rest[0], width)
            if not rest[0]:
                rest.pop(0)
        lines.append(line)
    if rest and most > 0:
        lines.append(clipped(" ".join(rest), width))
    return lines


def _broken(word: str, width: int) -> tuple[str, str]:
    for place in range(len(word), 0, -1):
        if cell_len(word[:place]) <= width:
            return word[:place], word[place:]
    return word[:1], word[1:]
