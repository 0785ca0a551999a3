"""Objects from the server, whose attributes are read when somebody first looks at them.

Most of what a listing brings is never looked at. Such an object keeps what the server sent and a
table of how to read each attribute from it; an attribute that has been read is an ordinary one. In
every other respect the object is as if all had been read at once: it compares, copies, pickles and
shows its `__dict__` with everything in it, and threads that look at the same time see one value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

T = TypeVar("T", bound="OnDemand")

# How to read each attribute from what the server sent.
Readers: TypeAlias = Mapping[str, Callable[[dict[str, Any]], object]]


class ReadOnDemand:
    """An attribute that may still have to be read.

    It has no `__set__`: once the attribute is in the object's `__dict__`, Python finds it there.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: OnDemand | None, owner: type | None = None) -> object:
        if instance is None:
            return self
        name = self.name
        try:
            sent, readers = _origin(instance)
        except AttributeError:
            sent, readers = _NO_ORIGIN
        read = readers.get(name)
        if read is None:
            raise AttributeError(f"{type(instance).__name__!r} object has no attribute {name!r}")
        # If another thread was faster, its value is everybody's.
        return _attributes(instance).setdefault(name, read(sent))


class _Attributes:
    """Holds the attributes that have been read or set."""

    __slots__ = ("__dict__", "__weakref__")


_attributes: Callable[[object], dict[str, Any]] = _Attributes.__dict__["__dict__"].__get__


class OnDemand(_Attributes):
    """Base of the nouns that can be read on demand.

    What the server sent stays with the object and is never changed, so that what nobody has changed
    can be sent back as it came.
    """

    __slots__ = ("_origin",)

    # What the server sent, and how to read it; an object that a person built has none.
    _origin: tuple[dict[str, Any], Readers]

    def __getstate__(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Return all attributes, read, and what the server sent: for copies and pickles."""
        return dict(self.__dict__), sent_by_server(self)

    def __setstate__(self, state: tuple[dict[str, Any], dict[str, Any] | None]) -> None:
        attributes, sent = state
        _attributes(self).update(attributes)
        if sent is not None:
            object.__setattr__(self, "_origin", (sent, _NOTHING_TO_READ))

    if not TYPE_CHECKING:

        @property
        def __dict__(self) -> dict[str, Any]:
            """The attributes, all of them read."""
            attributes = _attributes(self)
            sent, readers = getattr(self, "_origin", _NO_ORIGIN)
            for name, read in readers.items():
                if name not in attributes:
                    attributes.setdefault(name, read(sent))
            return attributes


_origin: Callable[[OnDemand], tuple[dict[str, Any], Readers]] = OnDemand.__dict__["_origin"].__get__
_NOTHING_TO_READ: Readers = {}
_NO_ORIGIN: tuple[dict[str, Any], Readers] = ({}, _NOTHING_TO_READ)


def on_demand(type_: type[T], sent: dict[str, Any], readers: Readers) -> T:
    """Return an object of the type that reads its attributes from what the server sent.

    Args:
        type_: The class; each name in `readers` is a `ReadOnDemand` of it.
        sent: What the server sent. The object keeps it.
        readers: How to read each attribute from `sent`, which they leave as it is.
    """
    instance = type_.__new__(type_)
    object.__setattr__(instance, "_origin", (sent, readers))
    return instance


def sent_by_server(instance: OnDemand) -> dict[str, Any] | None:
    """Return what the server sent of this object, not to be changed; None if a person built it."""
    origin = getattr(instance, "_origin", None)
    return None if origin is None else origin[0]


def attributes_of_own(instance: OnDemand) -> dict[str, Any]:
    """Return the attributes of an object that a person built, which are all there."""
    return _attributes(instance)


def attributes_looked_at(instance: OnDemand) -> Set[str]:
    """Return the names of the attributes that have been read or set, and so may have been changed."""
    return _attributes(instance).keys()
