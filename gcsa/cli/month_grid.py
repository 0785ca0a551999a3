"""A month as a grid: a row for each week, a column for each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from gcsa.cli.canvas import Canvas, Paint
from gcsa.cli.days import later_month
from gcsa.cli.grid import Block
from gcsa.cli.windows import week_of
from gcsa.cli.wording import LONG_MONTHS, day_name

# So many events of a day are shown at the most; of more it is said how many there are.
MOST = 5
# From this width on an event's time goes before its title.
WIDE = 14
_FRAME = Paint(dim=True)
_TODAY = Paint(bold=True, reverse=True)


def shown_days(month: date, week_start: int) -> list[date]:
    """Return the days that the grid of a month shows: whole weeks.

    Args:
        month: A day of the month.
        week_start: The day on which weeks start; 0 is Monday.
    """
    first = week_of(month.replace(day=1), week_start)
    after = later_month(month.replace(day=1), 1)
    weeks = -(-(after - first).days // 7)
    return [first + timedelta(days=number) for number in range(weeks * 7)]


def month_grid(
    month: date,
    blocks: Mapping[date, Sequence[Block]],
    width: int,
    now: datetime,
    week_start: int = 0,
) -> Canvas:
    """Draw a month.

    Args:
        month: A day of the month.
        blocks: What happens on each day.
        width: How many cells a row has.
        now: The present; its day is marked.
        week_start: The day on which weeks start; 0 is Monday.
    """
    days = shown_days(month, week_start)
    weeks = [days[place : place + 7] for place in range(0, len(days), 7)]
    heights = [
        1 + max(1, min(MOST, max(len(blocks.get(day, ())) for day in week))) for week in weeks
    ]
    column = max(4, (width - 1) // 7)
    canvas = Canvas(max(width, column * 7 + 1), 2 + sum(heights) + len(weeks) + 1)
    heading = f"{LONG_MONTHS[month.month - 1]} {month.year}"
    canvas.write(1, 0, heading, canvas.width - 1, Paint(bold=True))
    for index in range(7):
        canvas.write(index * column + 1, 1, day_name((week_start + index) % 7), column - 1, _FRAME)
    row = 2
    for number, (week, height) in enumerate(zip(weeks, heights, strict=True)):
        _line(canvas, row, column, ("┌", "┬", "┐") if number == 0 else ("├", "┼", "┤"))
        for index, day in enumerate(week):
            left = index * column
            for place in range(height):
                canvas.write(left, row + 1 + place, "│", 1, _FRAME)
            _draw_day(canvas, left + 1, row + 1, column - 1, day, blocks.get(day, ()), month, now)
        for place in range(height):
            canvas.write(7 * column, row + 1 + place, "│", 1, _FRAME)
        row += height + 1
    _line(canvas, row, column, ("└", "┴", "┘"))
    return canvas


def _line(canvas: Canvas, row: int, column: int, corners: Sequence[str]) -> None:
    first, middle, last = corners
    line = first + middle.join(["─" * (column - 1)] * 7) + last
    canvas.write(0, row, line, column * 7 + 1, _FRAME)


def _draw_day(
    canvas: Canvas,
    left: int,
    row: int,
    width: int,
    day: date,
    blocks: Sequence[Block],
    month: date,
    now: datetime,
) -> None:
    is_today = day == now.date()
    number = f"●{day.day}" if is_today else str(day.day)
    paint = (
        _TODAY if is_today else Paint(bold=day.month == month.month, dim=day.month != month.month)
    )
    canvas.write(left, row, number, len(number) if is_today else width, paint)
    ordered = sorted(blocks, key=lambda block: -1 if block.begin is None else block.begin)
    shown = ordered if len(ordered) <= MOST else ordered[: MOST - 1]
    for place, block in enumerate(shown):
        timed = block.begin is not None and width >= WIDE
        text = f"{block.clock} {block.title}" if timed else block.title
        canvas.write(left, row + 1 + place, "▎", 1, block.paint)
        canvas.write(left + 1, row + 1 + place, text, width - 1, block.paint)
    if len(shown) < len(ordered):
        canvas.write(left, row + MOST, f"+{len(ordered) - len(shown)} more", width, _FRAME)
