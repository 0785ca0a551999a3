"""Overlapping stretches side by side: each gets a lane, and as many share the width as overlap."""

from __future__ import annotations

from collections.abc import Sequence

import attrs


@attrs.frozen
class Lane:
    """Where a stretch is put.

    Args:
        number: The lane, from 0 on.
        of: How many lanes share the width there.
    """

    number: int
    of: int


def lanes(stretches: Sequence[tuple[int, int]]) -> list[Lane]:
    """Return a lane for each stretch, in their order; those that overlap, directly or through others, share the width.

    Args:
        stretches: Where each begins, and where it ends, exclusive.
    """
    placed: list[Lane | None] = [None] * len(stretches)
    together: list[int] = []
    numbers: dict[int, int] = {}
    ends: list[int] = []

    def finish() -> None:
        for index in together:
            placed[index] = Lane(numbers[index], len(ends))
        together.clear()
        ends.clear()

    # The longer one of two that begin together goes first, to the left.
    for index in sorted(
        range(len(stretches)), key=lambda i: (stretches[i][0], -stretches[i][1], i)
    ):
        begin, end = stretches[index]
        if ends and begin >= max(ends):
            finish()
        number = next((n for n, taken in enumerate(ends) if taken <= begin), len(ends))
        if number == len(ends):
            ends.append(end)
        else:
            ends[number] = end
        numbers[index] = number
        together.append(index)
    finish()
    return [lane for lane in placed if lane is not None]
