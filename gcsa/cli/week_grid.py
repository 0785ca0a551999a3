"""A week as a grid: a column for each day, a row for each half hour; nights without a change are folded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

from gcsa.cli.canvas import Canvas, Paint, wrapped
from gcsa.cli.grid import MINUTES_OF_DAY, Block, clock
from gcsa.cli.lanes import Lane, lanes
from gcsa.cli.wording import short_day

ROW = 30
GUTTER = 6
# Below this a column says too little; the days are put below each other then.
NARROWEST = 10
FIRST_HOUR = 9
LAST_HOUR = 17
_FRAME = Paint(dim=True)
_NOW = Paint("#dc2127", bold=True)
_TODAY = Paint(bold=True, reverse=True)


def week_grid(
    days: Sequence[date], blocks: Mapping[date, Sequence[Block]], width: int, now: datetime
) -> list[Canvas]:
    """Draw days as grids, one below the other where the width is not enough for all in one.

    Args:
        days: The days, in order.
        blocks: What happens on each.
        width: How many cells a row has.
        now: The present; its day and its half hour are marked.
    """
    most = max(1, min(len(days), (width - GUTTER) // NARROWEST))
    at_once = -(-len(days) // -(-len(days) // most))
    slots = _slots([block for day in days for block in blocks.get(day, ())])
    return [
        _Grid(days[place : place + at_once], blocks, width, at_once, slots, now).draw()
        for place in range(0, len(days), at_once)
    ]


def _slots(shown: Sequence[Block]) -> list[int]:
    """Return the minute at which each row begins; the last one is where the grid ends.

    The hours of work are shown, and those from the first to the last in which something happens. Of these, several in a
    row outside the hours of work in which nothing begins or ends are folded into one row.
    """
    timed = [(block.begin, block.end) for block in shown if block.begin is not None]
    first = min([FIRST_HOUR, *(begin // 60 for begin, _ in timed)])
    last = max([LAST_HOUR, *(-(-end // 60) for _, end in timed)])
    # What goes on beyond midnight does not change there.
    changing = {begin // 60 for begin, _ in timed if begin > 0}
    changing |= {(end - 1) // 60 for _, end in timed if end < MINUTES_OF_DAY}
    slots: list[int] = []
    hour = first
    while hour < last:
        still = hour
        while still < last and still not in changing and not FIRST_HOUR <= still < LAST_HOUR:
            still += 1
        if still - hour > 1:
            slots.append(hour * 60)
            hour = still
        else:
            slots += range(hour * 60, (hour + 1) * 60, ROW)
            hour += 1
    return [*slots, last * 60]


class _Grid:
    """One grid."""

    def __init__(
        self,
        days: Sequence[date],
        blocks: Mapping[date, Sequence[Block]],
        width: int,
        columns: int,
        slots: Sequence[int],
        now: datetime,
    ) -> None:
        self.days = days
        self.now = now
        self.slots = slots
        self.column = (width - GUTTER) // columns
        self.timed = {
            day: [one for one in blocks.get(day, ()) if one.begin is not None] for day in days
        }
        self.whole = {
            day: [one for one in blocks.get(day, ()) if one.begin is None] for day in days
        }
        self.top = 2 + max(len(whole) for whole in self.whole.values())
        self.canvas = Canvas(width, self.top + len(slots) - 1)

    def draw(self) -> Canvas:
        """Draw it."""
        self._frame()
        for index, day in enumerate(self.days):
            left = GUTTER + index * self.column
            for place, block in enumerate(self.whole[day]):
                self._put(left, 1 + place, [block.title], self.column - 1, block.paint)
            self._draw_timed(left, self.timed[day])
        return self.canvas

    def _frame(self) -> None:
        for index, day in enumerate(self.days):
            left = GUTTER + index * self.column
            is_today = day == self.now.date()
            name = f" {short_day(day)} "
            self.canvas.write(left, 0, f"●{name[1:]}" if is_today else name, self.column - 1,
                              _TODAY if is_today else Paint(bold=True))  # fmt: skip
            self.canvas.write(
                left - 1, self.top - 1, "┬" + "─" * self.column, self.column + 1, _FRAME
            )
            for row in range(self.top, self.canvas.height):
                self.canvas.write(left - 1, row, "│", 1, _FRAME)
        self.canvas.write(0, self.top - 1, "─" * (GUTTER - 1), GUTTER - 1, _FRAME)
        for number, (begin, end) in enumerate(pairwise(self.slots)):
            if end - begin > ROW:
                self.canvas.write(0, self.top + number, "    ⋮", GUTTER - 1, _FRAME)
            elif begin % 60 == 0:
                self.canvas.write(0, self.top + number, f"{clock(begin):>5}", GUTTER - 1, _FRAME)
        if self.now.date() in self.days:
            row = self._row(self.now.hour * 60 + self.now.minute)
            if self.top <= row < self.canvas.height:
                self.canvas.write(
                    0, row, f"{clock(self.now.hour * 60 + self.now.minute):>5}", 5, _NOW
                )
                left = GUTTER + self.days.index(self.now.date()) * self.column
                self.canvas.write(left - 1, row, "▶", 1, _NOW)

    def _draw_timed(self, left: int, timed: Sequence[Block]) -> None:
        rows = [self._rows(block) for block in timed]
        for block, (first, end), lane in zip(timed, rows, lanes(rows), strict=True):
            begin, width = self._share(lane)
            if width > 0:
                self._draw_block(left + begin, first, end - first, width, block)

    def _share(self, lane: Lane) -> tuple[int, int]:
        """Return where in its column a lane begins, and how wide it is."""
        free = self.column - 1
        begin = free * lane.number // lane.of
        return begin, free * (lane.number + 1) // lane.of - begin

    def _draw_block(self, left: int, row: int, height: int, width: int, block: Block) -> None:
        # The time is told where it is not that of the row.
        odd = block.begin is not None and block.begin % ROW != 0
        text = f"{block.clock} {block.title}" if odd else block.title
        lines = wrapped(text, max(1, width - 1), height)
        lines += [""] * (height - len(lines))
        self._put(left, row, lines, width, block.paint)

    def _put(self, left: int, row: int, lines: Sequence[str], width: int, paint: Paint) -> None:
        # The bar says where a block begins and ends also where there are no colours.
        for number, line in enumerate(lines):
            self.canvas.write(left, row + number, "▎", 1, paint)
            self.canvas.write(left + 1, row + number, line, width - 1, paint)

    def _rows(self, block: Block) -> tuple[int, int]:
        first = self._row(block.begin or 0)
        return first, max(first + 1, self._row(block.end - 1) + 1)

    def _row(self, minutes: int) -> int:
        return self.top + bisect_right(self.slots, minutes) - 1
