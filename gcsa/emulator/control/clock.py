"""`/emulator/clock`: the emulator's time, stopped, set, moved, and let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from gcsa.emulator import times
from gcsa.emulator.control.guard import Nothing, control, read

if TYPE_CHECKING:
    from gcsa.emulator.emulator import Emulator
    from gcsa.emulator.http import Request

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
# Farther than any calendar reaches; from there on a computer's own dates end soon.
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9990, 1, 1, tzinfo=UTC)


class _Freeze(msgspec.Struct, forbid_unknown_fields=True):
    at: _Moment | None = None


class _Set(msgspec.Struct, forbid_unknown_fields=True):
    at: _Moment


class _Advance(msgspec.Struct, forbid_unknown_fields=True):
    seconds: float = 0
    minutes: float = 0
    hours: float = 0
    days: float = 0


@control("GET", "/clock")
def show(emulator: Emulator, request: Request) -> dict[str, Any]:  # noqa: ARG001 (an endpoint's signature)
    """Return the time, and whether it stands still."""
    return {
        "now": times.rfc3339_milliseconds(emulator.clock.milliseconds()),
        "frozen": emulator.clock.is_frozen,
    }


@control("POST", "/clock/freeze")
def freeze(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Stop the clock, `at` a time or now."""
    at = read(request, _Freeze).at
    emulator.clock.freeze(None if at is None else _in_range(at))
    return show(emulator, request)


@control("POST", "/clock/set")
def set_time(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Set the clock `at` a time."""
    emulator.clock.set(_in_range(read(request, _Set).at))
    return show(emulator, request)


@control("POST", "/clock/advance")
def advance(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Move the clock by so many seconds, minutes, hours and days."""
    by = read(request, _Advance)
    try:
        delta = timedelta(seconds=by.seconds, minutes=by.minutes, hours=by.hours, days=by.days)
        _in_range(emulator.clock.now() + delta)
    except OverflowError:
        raise ValueError(_OUT_OF_RANGE) from None
    emulator.clock.advance(delta)
    return show(emulator, request)


@control("POST", "/clock/resume")
def resume(emulator: Emulator, request: Request) -> dict[str, Any]:
    """Let a stopped clock run on."""
    read(request, Nothing)
    emulator.clock.resume()
    return show(emulator, request)


_OUT_OF_RANGE = f"The clock goes from {_FIRST.year} to {_LAST.year}."


def _in_range(at: datetime) -> datetime:
    if not _FIRST <= at <= _LAST:
        raise ValueError(_OUT_OF_RANGE)
    return at
