"""The `token.pickle` that earlier versions of gcsa saved, read without running any of it.

A pickle is a program: unpickling one builds, and calls, what it names. Here its instructions are only read; what they
would build is noted down as plain values and inert records, and nothing is imported, built or called. Only the
instructions that pickled Google credentials consist of are understood, and only the names that are in them.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn, cast

import attrs

# Saved credentials take up about 1 KB and 300 instructions.
LARGEST = 65_536
_MOST_INSTRUCTIONS = 10_000

_CREDENTIALS = "google.oauth2.credentials.Credentials"
_DATETIME = "datetime.datetime"
_TIMES = frozenset({_DATETIME, "datetime.date", "datetime.timedelta"})
_GOOGLE = ("google.auth.", "google.oauth2.")


class NotPickledCredentials(ValueError):
    """A pickle that holds something else than Google credentials, or is damaged."""


@attrs.frozen(repr=False, eq=False)
class _Name:
    """A name in the pickle: a class that it would import."""

    text: str


@attrs.define(repr=False, eq=False)
class _Record:
    """What the pickle would build: of which class, from which arguments, with which state."""

    name: str
    arguments: tuple[object, ...]
    state: dict[str, Any] = attrs.field(factory=dict[str, Any])


def is_pickle(content: bytes) -> bool:
    """Tell whether a file begins as pickles do."""
    return content.startswith(b"\x80")


def read_pickled_credentials(content: bytes) -> dict[str, Any]:
    """Return the attributes of the credentials in a pickle, by their names there (`_refresh_token`, …).

    Raises:
        NotPickledCredentials: There is anything else in it.
    """
    if len(content) > LARGEST:
        raise NotPickledCredentials(f"it is larger than {LARGEST} bytes")
    result = _run(content)
    if not isinstance(result, _Record) or result.name != _CREDENTIALS:
        raise NotPickledCredentials("it holds something else than Google credentials")
    return {**result.state, "expiry": _moment(result.state.get("expiry"))}


def _run(content: bytes) -> object:
    machine = _Machine()
    try:
        for number, (opcode, argument, _) in enumerate(pickletools.genops(content)):
            if number >= _MOST_INSTRUCTIONS:
                _refuse("it is too long")
            step = _STEPS.get(opcode.name)
            if step is None:
                _refuse(f"it has an instruction that saved credentials do not have ({opcode.name})")
            step(machine, argument)
        return machine.pop()
    except NotPickledCredentials:
        raise
    except (ValueError, TypeError, LookupError):
        raise NotPickledCredentials("it is damaged") from None


def _refuse(why: str) -> NoReturn:
    raise NotPickledCredentials(why)


def _moment(record: object) -> datetime | None:
    """Return the time in a record of `datetime.datetime`, which pickles itself as ten bytes.

    It is in UTC, in which google-auth keeps all its times.
    """
    if not isinstance(record, _Record) or record.name != _DATETIME:
        return None
    packed = record.arguments[0] if len(record.arguments) == 1 else None
    if not isinstance(packed, bytes) or len(packed) != 10:
        return None
    year, month, day, hour, minute, second = (packed[0] << 8 | packed[1], *packed[2:7])
    microsecond = int.from_bytes(packed[7:], "big")
    try:
        return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=UTC)
    except ValueError:
        return None


class _Machine:
    """The stack and the memo that a pickle's instructions work on."""

    def __init__(self) -> None:
        self._stack: list[object] = []
        self._below: list[list[object]] = []
        self._memo: dict[int, object] = {}

    def push(self, value: object) -> None:
        self._stack.append(value)

    def pop(self) -> object:
        return self._stack.pop()

    def mark(self) -> None:
        self._below.append(self._stack)
        self._stack = []

    def pop_to_mark(self) -> list[object]:
        items, self._stack = self._stack, self._below.pop()
        return items

    def pop_tuple(self, length: int) -> None:
        items = [self._stack.pop() for _ in range(length)]
        self.push(tuple(reversed(items)))

    def note(self, place: int | None) -> None:
        self._memo[len(self._memo) if place is None else place] = self._stack[-1]

    def recall(self, place: int) -> None:
        self.push(self._memo[place])

    def name(self, module: object, name: object) -> None:
        if not isinstance(module, str) or not isinstance(name, str):
            _refuse("it names something with something else than text")
        text = f"{module}.{name}"
        if text != _CREDENTIALS and text not in _TIMES and not text.startswith(_GOOGLE):
            _refuse(f"it asks for {text[:100]!r}")
        self.push(_Name(text))

    def build(self) -> None:
        """Note that a class is called, or made an instance of, with arguments."""
        arguments, called = self.pop(), self.pop()
        if not isinstance(called, _Name) or not isinstance(arguments, tuple):
            _refuse("it calls something that is not a class")
        self.push(_Record(called.text, cast("tuple[object, ...]", arguments)))

    def set_state(self) -> None:
        state, record = self.pop(), self._stack[-1]
        if not isinstance(record, _Record) or not isinstance(state, dict):
            _refuse("it changes something that is not an object")
        record.state = cast("dict[str, Any]", state)

    def set_items(self, items: list[object]) -> None:
        target = self._stack[-1]
        if not isinstance(target, dict) or len(items) % 2:
            _refuse("it changes something that is not a dict")
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, str):
                _refuse("it has a dict whose keys are not text")
            target[key] = value

    def append(self, items: list[object]) -> None:
        target = self._stack[-1]
        if not isinstance(target, list):
            _refuse("it changes something that is not a list")
        cast("list[object]", target).extend(items)


def _pop_pair(machine: _Machine) -> list[object]:
    value, key = machine.pop(), machine.pop()
    return [key, value]


def _pop_name(machine: _Machine) -> None:
    name, module = machine.pop(), machine.pop()
    machine.name(module, name)


_PLAIN = (
    "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINUNICODE", "BINBYTES", "SHORT_BINBYTES",
)  # fmt: skip
_STEPS: dict[str, Callable[[_Machine, Any], None]] = {
    **dict.fromkeys(("PROTO", "FRAME", "STOP"), lambda _machine, _: None),
    **dict.fromkeys(_PLAIN, lambda machine, value: machine.push(value)),
    "NONE": lambda machine, _: machine.push(None),
    "NEWTRUE": lambda machine, _: machine.push(True),
    "NEWFALSE": lambda machine, _: machine.push(False),
    "EMPTY_DICT": lambda machine, _: machine.push({}),
    "EMPTY_LIST": lambda machine, _: machine.push([]),
    "EMPTY_TUPLE": lambda machine, _: machine.push(()),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.pop_to_mark())),
    "TUPLE1": lambda machine, _: machine.pop_tuple(1),
    "TUPLE2": lambda machine, _: machine.pop_tuple(2),
    "TUPLE3": lambda machine, _: machine.pop_tuple(3),
    "MARK": lambda machine, _: machine.mark(),
    "MEMOIZE": lambda machine, _: machine.note(None),
    "BINPUT": lambda machine, place: machine.note(place),
    "LONG_BINPUT": lambda machine, place: machine.note(place),
    "BINGET": lambda machine, place: machine.recall(place),
    "LONG_BINGET": lambda machine, place: machine.recall(place),
    "GLOBAL": lambda machine, names: machine.name(*names.split(" ")),
    "STACK_GLOBAL": lambda machine, _: _pop_name(machine),
    "NEWOBJ": lambda machine, _: machine.build(),
    "REDUCE": lambda machine, _: machine.build(),
    "BUILD": lambda machine, _: machine.set_state(),
    "SETITEM": lambda machine, _: machine.set_items(_pop_pair(machine)),
    "SETITEMS": lambda machine, _: machine.set_items(machine.pop_to_mark()),
    "APPEND": lambda machine, _: machine.append([machine.pop()]),
    "APPENDS": lambda machine, _: machine.append(machine.pop_to_mark()),
}  # fmt: skip
