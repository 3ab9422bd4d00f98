"""Values that know their place, and how they are read.

A scalar is text; what it means is decided by the reader of its field. A reader
takes a node and gives a value, or raises Problems at the node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import partial
from itertools import islice
from typing import Any, Final, Generic, NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefing.problems import (
    BROKEN,
    Broken,
    Collector,
    Place,
    Problem,
    Problems,
    closest_known,
    did_you_mean,
    mistake,
    suggest,
)

T = TypeVar("T")
LOST: Final = "\ufffd"
"""Stands in a text for a character that was refused, and told of."""
MAX_GUESSES = 200
"""Fields of one record that are taken for misspelt; one that has more was never one of ours."""


class Node(Struct, frozen=True):
    """A value in a YAML text, and where it stands."""

    value: str | tuple[Node, ...] | dict[str, Node]
    place: Place
    name: str = ""
    """The key it stands under, or ""."""
    key: Place | None = None
    """Where that key stands."""

    def key_as_value(self, name: str) -> Node:
        """Give the key it stands under as a value of a mapping of that name, for a reader."""
        return Node(self.name, self.key or self.place, name)

    def fail(self, message: str, cure: str = "") -> NoReturn:
        """Report a mistake at this value."""
        raise mistake(self.place, f"{self.name}: {message}" if self.name else message, cure)

    def record(self, make: Callable[..., T], **fields: Field[Any]) -> T:
        """Build `make(**fields)` from a mapping, or report every wrong field."""
        given = mapping(self)
        collector = Collector()
        misspelt = self._refuse_strangers(given, fields, collector)
        values = {}
        for name, field in fields.items():
            if name not in misspelt:
                try:
                    values[name] = field.read_from(self, given, name)
                except Problems as problems:
                    collector.take(problems)
        collector.done()
        return make(**values)

    def _refuse_strangers(
        self, given: Mapping[str, Node], fields: Mapping[str, object], collector: Collector
    ) -> Set[str]:
        """Tell of keys that are no fields; give the fields that some of them probably are."""
        strangers = [name for name in given if name not in fields]
        if not strangers:
            return frozenset()
        meanings = {name: closest_known(name, fields) for name in islice(strangers, MAX_GUESSES)}
        collector.add(
            Problem(
                given[name].key or given[name].place,
                f"{name}: no such field",
                suggest(meanings.get(name), fields, "fields"),
            )
            for name in strangers
            if LOST not in name
        )
        if any(LOST in name for name in strangers):
            collector.take(Problems())
        return {name for name in meanings.values() if name} - given.keys()


class Field(Struct, Generic[T], frozen=True):
    """How one field of a record is read."""

    read: Callable[[Node], T]
    required: bool
    default: T | None = None
    cure: str = ""
    """What to do where it is missing, if there is more to say than to add it."""

    def read_from(self, record: Node, given: Mapping[str, Node], name: str) -> T | None:
        """Read the field of a record, which has what is given, by its name."""
        if (node := given.get(name)) is None:
            if self.required:
                cure = self.cure or f"add a line `{name}: …`"
                raise mistake(record.place, f"`{name}` is missing", cure)
            return self.default
        if node.value == "":
            node.fail("is empty", "fill it in" if self.required else "fill it in, or leave it out")
        return self.read(node)


def required(read: Callable[[Node], T], cure: str = "") -> Field[T]:
    """Describe a field that must be there."""
    return Field(read, required=True, cure=cure)


def optional(read: Callable[[Node], T], default: T | None = None) -> Field[T]:
    """Describe a field that may be left out."""
    return Field(read, required=False, default=default)


def mapping(node: Node) -> Mapping[str, Node]:
    """Read a mapping."""
    if not isinstance(node.value, dict):
        node.fail("must be a mapping", "write `key: value` lines")
    return node.value


def part(record: Node, name: str) -> Node:
    """Give a field of a record; if it is missing, `record` tells that, and this only fails."""
    if (node := mapping(record).get(name)) is None:
        raise Problems
    return node


def items(node: Node) -> tuple[Node, ...]:
    """Read a list."""
    if not isinstance(node.value, tuple):
        node.fail("must be a list", "write `[one, two]`, or one `- item` a line")
    return tuple(replace(item, name=item.name or node.name) for item in node.value)


def text(node: Node) -> str:
    """Read a text that is not empty."""
    if not isinstance(node.value, str):
        node.fail("must be a text", "write one, between quotes if it has brackets or braces")
    if LOST in node.value:
        raise Problems
    if not (value := node.value.strip()):
        node.fail("is empty", "write a text")
    return value


def yes_or_no(node: Node) -> bool:
    """Read true or false."""
    return one_of({"true": True, "false": False})(node)


def each(read: Callable[[Node], T]) -> Callable[[Node], tuple[T, ...]]:
    """Read a list whose items are all read alike, or report every wrong item."""

    def read_all(node: Node) -> tuple[T, ...]:
        collector = Collector()
        values = [collector.attempt(partial(read, item)) for item in items(node)]
        collector.done()
        return tuple(value for value in values if value is not BROKEN)

    return read_all


def entries(read: Callable[[str, Node], T]) -> Callable[[Node], Mapping[str, T]]:
    """Read a mapping whose entries are all read alike, or report every wrong entry."""

    def read_all(node: Node) -> Mapping[str, T]:
        collector = Collector()
        found = {}
        for key, item in mapping(node).items():
            with collector.collect():
                found[key] = read(key, item)
        collector.done()
        return found

    return read_all


def key_of(choices: Mapping[str, object], what: str = "") -> Callable[[Node], str]:
    """Read the name of one of the choices, as `one_of` does, and give the name."""
    choose = one_of(choices, what)

    def read(node: Node) -> str:
        choose(node)
        return text(node)

    return read


def one_of(choices: Mapping[str, T | Broken], what: str = "") -> Callable[[Node], T]:
    """Read a name that stands for one of the choices; a BROKEN one fails in silence."""

    def read(node: Node) -> T:
        if (name := text(node)) not in choices:
            node.fail(
                f"no {what} `{name}`" if what else f"`{name}` is not one of these",
                did_you_mean(name, choices),
            )
        choice = choices[name]
        if isinstance(choice, Broken):
            raise Problems
        return choice

    return read
