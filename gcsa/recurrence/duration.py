"""How long a period of a recurrence lasts, as iCalendar writes it."""

from __future__ import annotations

import re
from datetime import timedelta

from attrs import Attribute, field, frozen

_TEXT = re.compile(r"P(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?")


def _check(_instance: Duration, attribute: Attribute[int | None], value: int | None) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"{attribute.name} of a Duration must be an int, got {type(value).__name__}."
        )
    if value < 0:
        raise ValueError(f"{attribute.name} of a Duration must be 0 or more, got {value}.")


@frozen(repr=False)
class Duration:
    """A length of time: weeks, days, hours, minutes and seconds.

    ``str(Duration(d=1, h=2))`` is 'P1DT2H'.

    Args:
        w: Weeks, 0 or more.
        d: Days, 0 or more.
        h: Hours, 0 or more.
        m: Minutes, 0 or more.
        s: Seconds, 0 or more.

    Raises:
        TypeError: One of them is not a whole number.
        ValueError: One of them is negative.
    """

    w: int | None = field(default=None, validator=_check)
    d: int | None = field(default=None, validator=_check)
    h: int | None = field(default=None, validator=_check)
    m: int | None = field(default=None, validator=_check)
    s: int | None = field(default=None, validator=_check)

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read what `str` of a Duration gives, such as 'P1DT2H'.

        Args:
            text: A duration as iCalendar writes it.

        Raises:
            ValueError: It is not one.
        """
        found = _TEXT.fullmatch(text.upper().removeprefix("+"))
        if found is None or text[-1:].upper() in ("P", "T"):
            raise ValueError(f"{text!r} is not a duration, such as 'PT1H30M'.")
        return cls(*(None if number is None else int(number) for number in found.groups()))

    def to_timedelta(self) -> timedelta:
        """Return it as a `datetime.timedelta`."""
        return timedelta(
            weeks=self.w or 0,
            days=self.d or 0,
            hours=self.h or 0,
            minutes=self.m or 0,
            seconds=self.s or 0,
        )

    def __str__(self) -> str:
        # RFC 5545, 3.3.6: weeks stand alone, and the units of a time leave no gap between them.
        if self.w and not (self.d or self.h or self.m or self.s):
            return f"P{self.w}W"
        days = (self.w or 0) * 7 + (self.d or 0)
        time = ""
        if self.h:
            time += f"{self.h}H"
        if self.m or (self.h and self.s):
            time += f"{self.m or 0}M"
        if self.s:
            time += f"{self.s}S"
        if not days and not time:
            return "PT0S"
        return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")

    def __repr__(self) -> str:
        return f"<Duration {self}>"
