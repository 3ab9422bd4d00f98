"""Readers that are made of other readers: of lists, mappings, records and choices.

Each is called with a node, as every reader is, and shows what it is made of, so that what it takes
can be told without a node too: `briefing.content.schemas` makes JSON Schemas of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct

from briefing.problems import BROKEN, Broken, Collector, Problems, suggest
from briefing.syntax.names import closest_name, lookalike_note
from briefing.syntax.nodes import Field, Node, items, mapping, token

T = TypeVar("T")
U = TypeVar("U")

Reader = Callable[[Node], T]


class Each(Struct, Generic[T], frozen=True):
    """A reader of lists that reads every item by `read`."""

    read: Reader[T]

    def __call__(self, node: Node) -> tuple[T, ...]:
        """Return the values of the items. Raises Problems with those of every wrong item."""
        collector = Collector()
        values = [collector.attempt(partial(self.read, item)) for item in items(node)]
        collector.done()
        return tuple(value for value in values if value is not BROKEN)


class Entries(Struct, Generic[T], frozen=True):
    """A reader of mappings that reads every value by `read`."""

    read: Reader[T]
    read_key: Reader[object] | None = None
    """Reads every key, before its value; None: any key is taken."""
    key_name: str = ""
    """What a message calls a key; "" for nothing."""

    def __call__(self, node: Node) -> Mapping[str, T]:
        """Return the values by key. Raises Problems with those of every wrong entry."""
        collector = Collector()
        values = {}
        for key, item in mapping(node).items():
            with collector.collect():
                if self.read_key:
                    self.read_key(item.key_as_value(self.key_name))
                values[key] = self.read(item)
        collector.done()
        return values


class OneOf(Struct, Generic[T], frozen=True):
    """A reader of a name that returns the one of the `choices` by that name."""

    choices: Mapping[str, T | Broken]
    what: str = ""
    """The noun for a choice in the message ("point"); "" for none."""
    home: str = ""
    """The file into which a new choice goes, for the cure; "" where there is no new one."""

    def __call__(self, node: Node) -> T:
        """Return a choice.

        Raises Problems when it reads an unknown name, and empty Problems where the choice is
        BROKEN.
        """
        choice = self.choices[_known(self.choices, self.what, node, self.home)]
        if isinstance(choice, Broken):
            raise Problems
        return choice


class KeyOf(Struct, frozen=True):
    """A reader like `OneOf` whose value is the name of the choice itself."""

    choices: Mapping[str, object]
    what: str = ""

    def __call__(self, node: Node) -> str:
        """Return the name of a choice. Raises Problems as `OneOf` does."""
        name = _known(self.choices, self.what, node)
        if isinstance(self.choices[name], Broken):
            raise Problems
        return name


def _known(choices: Mapping[str, object], what: str, node: Node, home: str = "") -> str:
    """Return the name of a choice, which may be BROKEN. Raises Problems for an unknown name."""
    if (name := token(node)) not in choices:
        note, closest = lookalike_note(name, choices), closest_name(name, choices)
        is_new = home and choices and closest is None
        new = f"; a new one goes into {home}" if is_new else ""
        node.fail(
            f"no {what} `{name}`{note}" if what else f"`{name}` is not one of these{note}",
            f"{suggest(closest, choices, 'known')}{new}",
        )
    return name


class Either(Struct, Generic[T, U], frozen=True):
    """A reader of scalars by one reader, and of lists and mappings by another."""

    scalar: Reader[T]
    other: Reader[U]

    def __call__(self, node: Node) -> T | U:
        """Return what the reader of such a node returns. Raises Problems as it does."""
        return self.scalar(node) if isinstance(node.value, str) else self.other(node)


class Then(Struct, Generic[T, U], frozen=True):
    """A reader by `read` that makes something else of its value, or refuses it."""

    read: Reader[T]
    then: Callable[[Node, T], U]

    def __call__(self, node: Node) -> U:
        """Return `then(node, value)`. Raises Problems as both do."""
        return self.then(node, self.read(node))


class After(Struct, Generic[T], frozen=True):
    """A reader by `read` of what `refuse` lets through."""

    refuse: Callable[[Node], None]
    """Raises Problems with a better message than those of `read`, which refuses the same."""
    read: Reader[T]

    def __call__(self, node: Node) -> T:
        """Return the value. Raises Problems as both do."""
        self.refuse(node)
        return self.read(node)


class ReadBefore(Struct, Generic[T], frozen=True):
    """A reader of what has been read by other means, whose value is known."""

    written: Reader[object]
    """A reader that takes the same."""
    value: Callable[[], T]

    def __call__(self, _: Node) -> T:
        """Return the value. Raises Problems as `value` does."""
        return self.value()


class Record(Struct, Generic[T], frozen=True):
    """A reader of mappings with known fields."""

    fields: Callable[[Node], Mapping[str, Field[Any]]]
    """Returns the fields of a mapping, for some depend on what else is in it."""
    make: Callable[[Node], Callable[..., T]]
    """Returns what makes the value of those of the fields."""
    depends_on: str = ""
    """The field on which others depend; "" for none."""
    cases: Collection[str] = ()
    """The texts of that field for which there are other fields."""

    def __call__(self, node: Node) -> T:
        """Return the value. Raises Problems with every wrong, unknown and missing field."""
        return node.record(self.make(node), **self.fields(node))


def record(make: Callable[..., T], **fields: Field[Any]) -> Record[T]:
    """Return a reader of mappings that returns `make(**values)` of these fields."""
    return Record(lambda _: fields, lambda _: make)


def anything(_: Node) -> None:
    """Return None for every node: whether it is right depends on what is wrong elsewhere."""


YES_OR_NO = OneOf({"true": True, "false": False})
"""Reads `true` or `false`."""
