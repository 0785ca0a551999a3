"""The parts of a recurrence rule: the frequencies, and the numbers that each part may hold."""

from __future__ import annotations

from attrs import frozen

SECONDLY = "SECONDLY"
MINUTELY = "MINUTELY"
HOURLY = "HOURLY"
DAILY = "DAILY"
WEEKLY = "WEEKLY"
MONTHLY = "MONTHLY"
YEARLY = "YEARLY"

FREQUENCIES = (SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY)


@frozen
class NumberPart:
    """A part of a rule that holds whole numbers, such as BYMONTHDAY.

    Args:
        name: Its name in the rule.
        field: Its name in Python.
        low: The smallest number it may hold.
        high: The largest number it may hold.
        from_end: Whether negative numbers count from the end.
    """

    name: str
    field: str
    low: int
    high: int
    from_end: bool = False

    def accepts(self, number: int) -> bool:
        """Return whether the part may hold this number."""
        return self.low <= (abs(number) if self.from_end else number) <= self.high

    @property
    def range(self) -> str:
        """The numbers it may hold, in words."""
        words = f"between {self.low} and {self.high}"
        return f"{words} or between -{self.high} and -{self.low}" if self.from_end else words


# RFC 5545, 3.3.10, in the order in which a rule is written.
BY_TIME = (
    NumberPart("BYSECOND", "by_second", 0, 60),
    NumberPart("BYMINUTE", "by_minute", 0, 59),
    NumberPart("BYHOUR", "by_hour", 0, 23),
)
BY_DATE = (
    NumberPart("BYMONTHDAY", "by_month_day", 1, 31, from_end=True),
    NumberPart("BYYEARDAY", "by_year_day", 1, 366, from_end=True),
    NumberPart("BYWEEKNO", "by_week", 1, 53, from_end=True),
    NumberPart("BYMONTH", "by_month", 1, 12),
    NumberPart("BYSETPOS", "by_set_pos", 1, 366, from_end=True),
)
NUMBER_PARTS = {part.name: part for part in BY_TIME + BY_DATE}
