"""The occurrences of a series, found with a bounded amount of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gcsa.recurrence import RecurrenceTooLongError, Series

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

# More than any calendar program writes; a limit to the work that one event can ask for.
_MOST_RULES: Final = 50
_MOST_CHARACTERS: Final = 100_000
# An EXRULE may take away everything that an RRULE gives: after so many in a row nobody looks any further.
_MOST_EXCLUDED: Final = 5000


class Occurrences:
    """The occurrences of an event that repeats.

    Args:
        lines: Its RRULE, EXRULE, RDATE and EXDATE lines.
        start: Its start: a day, or a time in the event's own zone.

    Raises:
        ValueError: A line cannot be read, or there are too many of them.
    """

    def __init__(self, lines: list[str], start: date | datetime) -> None:
        rules = sum(_is_line(line, "RRULE", "EXRULE") for line in lines)
        if rules > _MOST_RULES or sum(map(len, lines)) > _MOST_CHARACTERS:
            raise ValueError("too many recurrence lines")
        self._series = Series.of(lines, start)
        given = [line for line in lines if not _is_line(line, "EXRULE")]
        self._candidates = self._series if len(given) == len(lines) else Series.of(given, start)

    def between(
        self, after: datetime | None = None, before: datetime | None = None
    ) -> Iterator[date | datetime]:
        """Yield the occurrences from one time on and before another one, in order; `Series.between`.

        Raises:
            RecurrenceTooLongError: While iterating: the next one takes too long to find.
        """
        candidates = self._candidates.between(after, before)
        return candidates if self._candidates is self._series else self._left_over(candidates)

    def first(self) -> date | datetime | None:
        """Return the first occurrence, None where all are excluded.

        Raises:
            RecurrenceTooLongError: It takes too long to find.
        """
        return next(self.between(), None)

    def latest(self) -> date | datetime | None:
        """Return a time after which there is no occurrence, None where there is no such time.

        Raises:
            RecurrenceTooLongError: It takes too long to find.
        """
        return self._candidates.last()

    def __contains__(self, start: date | datetime) -> bool:
        return start in self._series

    def _left_over(self, candidates: Iterator[date | datetime]) -> Iterator[date | datetime]:
        excluded = 0
        for candidate in candidates:
            if candidate in self._series:
                excluded = 0
                yield candidate
                continue
            excluded += 1
            if excluded > _MOST_EXCLUDED:
                raise RecurrenceTooLongError("The recurrence excludes next to everything.")


def _is_line(line: str, *names: str) -> bool:
    return line.lstrip().upper().startswith(names)
