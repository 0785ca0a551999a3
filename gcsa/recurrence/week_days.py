"""The days of the week, as recurrence rules write them."""

from __future__ import annotations

from attrs import field, frozen


@frozen(repr=False)
class WeekDay:
    """A day of the week, on its own or counted within a month or a year.

    ``FR`` is any Friday. ``FR(2)`` is the second Friday and ``FR(-1)`` the last one, of the month or
    of the year that a rule is about.

    Args:
        code: Its two letters in a recurrence rule, 'MO' to 'SU'.
        number: Which one of them, 1 to 53 from the start or -1 to -53 from the end. Default: every one.
    """

    code: str
    number: int | None = field(default=None)

    def __call__(self, number: int) -> WeekDay:
        """Return this day, counted.

        Args:
            number: 1 to 53 counts from the start, -1 to -53 from the end.

        Raises:
            TypeError: The number is not a whole number.
            ValueError: The number is out of range.
        """
        if isinstance(number, bool) or not isinstance(number, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(
                f"The number of a week day must be an int, got {type(number).__name__}."
            )
        if not 1 <= abs(number) <= 53:
            raise ValueError(
                f"The number of a week day must be between 1 and 53 or between -53 and -1, got {number}."
            )
        return WeekDay(self.code, number)

    @property
    def index(self) -> int:
        """Its place in the week, as in `datetime.date.weekday`: Monday is 0 and Sunday is 6."""
        return _CODES.index(self.code)

    @property
    def every(self) -> WeekDay:
        """The same day without its number."""
        return WeekDay(self.code)

    def __str__(self) -> str:
        return self.code if self.number is None else f"{self.number}{self.code}"

    def __repr__(self) -> str:
        return f"<WeekDay {self}>"


_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

MO = MONDAY = WeekDay("MO")
TU = TUESDAY = WeekDay("TU")
WE = WEDNESDAY = WeekDay("WE")
TH = THURSDAY = WeekDay("TH")
FR = FRIDAY = WeekDay("FR")
SA = SATURDAY = WeekDay("SA")
SU = SUNDAY = WeekDay("SU")

WEEK = (MO, TU, WE, TH, FR, SA, SU)
BY_CODE = {day.code: day for day in WEEK}

DEFAULT_WEEK_START = SUNDAY
