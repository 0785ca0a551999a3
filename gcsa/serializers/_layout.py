"""Where each key of a JSON object is found in a noun, so that it is read and written without loss.

A `Layout` is a table from Google's keys to a noun's attributes. Reading with one fills the
attributes past the constructor and its checks, and never fails: a key that is not in the table, or
whose value is not of the expected type, is kept in the noun's `other` as it came. Writing puts both
together. Of a key that is in both, the attribute is written if somebody has changed it since, and
otherwise what came.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

import attrs

from gcsa.serializers.base_serializer import BaseSerializer, copy_json

T = TypeVar("T")

# What stands for a key that is not there; None would be a null.
ABSENT: Final = object()

Attributes: TypeAlias = dict[str, Any]

_set_attributes = object.__setattr__


class Part(ABC):
    """What one key of a JSON object is to the noun."""

    # The type of the key's value. A value of another type is kept in `other`.
    json_type: type
    # The attribute whose value the key's value is, where there is no more to it.
    plain: str | None = None

    @abstractmethod
    def absent(self) -> Attributes:
        """Return the attributes of a noun that was read without this key."""

    @abstractmethod
    def read(self, value: Any, attributes: Attributes) -> object:
        """Fill the attributes, and return what of the value is to be kept in `other`, or `ABSENT`.

        Args:
            value: The key's value, of the part's type.
            attributes: The noun's attributes, those that are absent among them.
        """

    @abstractmethod
    def write(self, attributes: Attributes, kept: Any) -> object:
        """Return the key's value, or `ABSENT`.

        Args:
            attributes: The noun's attributes.
            kept: What `other` has under this key, or `ABSENT`.
        """


Parts: TypeAlias = Mapping[str, Part]


class Value(Part):
    """A text or a number that is an attribute as it is; None stands for a key that is not there."""

    def __init__(self, attribute: str, type_: type = str) -> None:
        self.attribute = self.plain = attribute
        self.json_type = type_

    def absent(self) -> Attributes:
        return {self.attribute: None}

    def read(self, value: Any, attributes: Attributes) -> object:
        attributes[self.attribute] = value
        return ABSENT

    def write(self, attributes: Attributes, kept: Any) -> object:
        value = attributes[self.attribute]
        return kept if value is None else value


class Default(Part):
    """An attribute that has a default, which stands for a key that is not there. Always written."""

    def __init__(self, attribute: str, default: bool | int | str) -> None:
        self.attribute = attribute
        self.default = default
        self.json_type = type(default)

    def absent(self) -> Attributes:
        return {self.attribute: self.default}

    def read(self, value: Any, attributes: Attributes) -> object:
        attributes[self.attribute] = value
        return ABSENT

    def write(self, attributes: Attributes, kept: Any) -> object:
        value = attributes[self.attribute]
        return value if kept is ABSENT or value != self.default else kept


class OnlyTrue(Part):
    """An attribute that is False for a key that is not there. False is written only if it came."""

    json_type = bool

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    def absent(self) -> Attributes:
        return {self.attribute: False}

    def read(self, value: Any, attributes: Attributes) -> object:
        attributes[self.attribute] = value
        return ABSENT if value else value

    def write(self, attributes: Attributes, kept: Any) -> object:
        return attributes[self.attribute] or kept


class Group(Part):
    """A JSON object within the object, whose keys are attributes of the noun itself."""

    json_type = dict

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def absent(self) -> Attributes:
        return _absent(self.parts)

    def read(self, value: Any, attributes: Attributes) -> object:
        rest = read_parts(self.parts, value, attributes)
        # An object in which there was nothing is something to keep, too.
        return rest if rest or not value else ABSENT

    def write(self, attributes: Attributes, kept: Any) -> object:
        written = write_parts(self.parts, attributes, keys_of(kept))
        return written if written or isinstance(kept, dict) else kept


class Converted(Part):
    """An attribute that is another thing than what the key has.

    What came is kept in `other` where writing would not give the same again.
    """

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    @abstractmethod
    def to_attribute(self, value: Any) -> Any:
        """Return as much of the value as can be read."""

    @abstractmethod
    def to_json(self, attribute: Any) -> Any:
        """Return the value of the attribute; it is not None."""

    def missing(self) -> Any:
        """Return the attribute where there is no value, or none of the type."""
        return None

    def absent(self) -> Attributes:
        return {self.attribute: self.missing()}

    def read(self, value: Any, attributes: Attributes) -> object:
        attribute = attributes[self.attribute] = self.to_attribute(value)
        return ABSENT if attribute is not None and self.to_json(attribute) == value else value

    def write(self, attributes: Attributes, kept: Any) -> object:
        attribute = attributes[self.attribute]
        if kept is not ABSENT and attribute == self._readable(kept):
            return kept
        return ABSENT if attribute == self.missing() else self.to_json(attribute)

    def _readable(self, kept: Any) -> Any:
        return self.to_attribute(kept) if type(kept) is self.json_type else self.missing()


class Texts(Converted):
    """A list of texts; None stands for a key that is not there."""

    json_type = list

    def to_attribute(self, value: Any) -> list[str]:
        return [text for text in value if isinstance(text, str)]

    def to_json(self, attribute: Any) -> Any:
        return list(attribute)


class Items(Converted):
    """A list of nouns.

    Args:
        attribute: The attribute's name.
        serializer: What reads and writes each of them.
        or_none: Whether None stands for a key that is not there, and not the empty list.
    """

    json_type = list

    def __init__(
        self, attribute: str, serializer: type[BaseSerializer[Any]], *, or_none: bool = False
    ) -> None:
        super().__init__(attribute)
        self.serializer = serializer
        self.or_none = or_none

    def missing(self) -> Any:
        return None if self.or_none else []

    def to_attribute(self, value: Any) -> list[Any]:
        read = self.serializer.read
        return [read(cast("dict[str, Any]", item)) for item in value if type(item) is dict]

    def to_json(self, attribute: Any) -> Any:
        write = self.serializer.write
        return [write(item) for item in attribute]

    def read(self, value: Any, attributes: Attributes) -> object:
        items = attributes[self.attribute] = self.to_attribute(value)
        # Each noun writes what it was read from, so there is no need to try.
        complete = len(items) == len(value) and (items or self.or_none)
        return ABSENT if complete else value


class Layout(Generic[T]):
    """Where each key of a JSON object is found in one class of nouns.

    Args:
        type_: The class: one of attrs without slots, with an attribute `other`.
        parts: The keys. Attributes that are not among them are None in what is read.
    """

    def __init__(self, type_: type[T], parts: Parts) -> None:
        self._type = type_
        self._parts = parts
        fields = cast("tuple[attrs.Attribute[Any], ...]", attrs.fields(cast("Any", type_)))
        self._absent: Attributes = {field.name: None for field in fields} | _absent(parts)
        plain = [part.plain for part in parts.values() if part.plain is not None]
        # Reads the attributes, where all that there is are attributes as they are.
        self._plain: Callable[[Attributes], tuple[Any, ...]] | None = (
            itemgetter(*plain) if len(plain) == len(parts) > 1 else None
        )
        self._names = list(parts)
        self._nothing = (None,) * (len(parts) - 1)
        # Lists and dicts have to be new ones for each noun.
        self._changeable = [
            name for name, value in self._absent.items() if value == [] or value == {}
        ]

    def read(self, resource: dict[str, Any], type_: type[T] | None = None) -> T:
        """Return the noun of a JSON object. Nothing is checked, and nothing is lost.

        Args:
            resource: The object. It is left as it is, and the noun shares nothing changeable with it.
            type_: The noun's class, if it is a subclass of the layout's.
        """
        attributes = self._absent.copy()
        for name in self._changeable:
            attributes[name] = attributes[name].copy()
        attributes["other"] = read_parts(self._parts, resource, attributes)
        cls = type_ or self._type
        noun = cls.__new__(cls)
        # Past the checks of the class, and past its __setattr__, which would run them.
        _set_attributes(noun, "__dict__", attributes)
        return noun

    def write(self, noun: T) -> dict[str, Any]:
        """Return a noun's JSON object, which shares nothing changeable with the noun."""
        attributes = vars(noun)
        other = attributes["other"]
        if other or self._plain is None:
            return write_parts(self._parts, attributes, other)
        # Most are like this, and a call for each part would take the most time; of many there is only the first key.
        values = self._plain(attributes)
        if values[1:] == self._nothing and values[0] is not None:
            return {self._names[0]: values[0]}
        return {
            key: value for key, value in zip(self._names, values, strict=True) if value is not None
        }

    def write_changes(self, changes: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
        """Return the body of a patch that changes only what is named.

        Args:
            changes: New values, by the names of the noun's attributes. None clears; `other` is added
                as it is.
            names: The attributes that can be changed, in the order in which they are set.

        Raises:
            ValueError: Nothing is named, or a value is out of its limits.
            TypeError: A name is none of these, or a value is of the wrong type.
        """
        if not changes:
            raise ValueError(f"Name at least one thing to change: {', '.join(names)} or other.")
        if unknown := sorted(changes.keys() - {*names, "other"}):
            raise TypeError(
                f"{', '.join(unknown)} cannot be changed: of {self._type.__name__}, "
                f"{', '.join(names)} and other can."
            )
        draft = self.read({})
        for name in names:
            if changes.get(name) is not None:
                setattr(draft, name, changes[name])
        body = _changes_of(self._parts, vars(draft), changes)
        return body | dict(changes.get("other") or {})


def read_parts(parts: Parts, resource: dict[str, Any], attributes: Attributes) -> dict[str, Any]:
    """Fill the attributes from a JSON object, and return what of it is to be kept in `other`."""
    rest: dict[str, Any] = {}
    get = parts.get
    for key, value in resource.items():
        part = get(key)
        if part is None or type(value) is not part.json_type:
            # A copy, so that who changes the noun does not change what it was read from.
            rest[key] = value if type(value) is str else copy_json(value)
        elif part.plain is not None:  # most are, and a call for each would take the most time
            attributes[part.plain] = value
        else:
            kept = part.read(value, attributes)
            if kept is not ABSENT:
                rest[key] = copy_json(kept)
    return rest


def write_parts(parts: Parts, attributes: Attributes, rest: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON object of the attributes and of what was kept in `other`."""
    written: dict[str, Any] = {}
    for key, part in parts.items():
        kept = rest.get(key, ABSENT)
        value = part.write(attributes, kept)
        if value is not ABSENT:
            written[key] = copy_json(value) if value is kept else value
    written |= {key: copy_json(value) for key, value in rest.items() if key not in parts}
    return written


def _changes_of(parts: Parts, attributes: Attributes, changes: Mapping[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for key, part in parts.items():
        if isinstance(part, Group):
            if inner := _changes_of(part.parts, attributes, changes):
                body[key] = inner
            continue
        named = [changes[name] for name in part.absent() if name in changes]
        if named:
            body[key] = None if named == [None] else part.write(attributes, ABSENT)
    return body


def keys_of(value: object) -> dict[str, Any]:
    """Return a JSON object as it is, and an empty one for any other value."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _absent(parts: Parts) -> Attributes:
    return {name: value for part in parts.values() for name, value in part.absent().items()}
