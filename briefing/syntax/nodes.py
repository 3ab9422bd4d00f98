"""Nodes: values of a YAML text with their places, and readers that make typed values of them.

A scalar is text; what it means is decided by the reader of its field. A reader is called with a
node and returns a value, or raises Problems at the node. `briefing.syntax.yaml` makes nodes, those
of `briefing.syntax.readers` are made of others, and the fields of the content and their readers
are in `briefing.content`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from itertools import islice
from typing import Any, Generic, NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefing.problems import (
    Collector,
    Place,
    Problem,
    Problems,
    mistake,
)
from briefing.syntax.characters import REPLACEMENT, describe_character
from briefing.syntax.names import closest_field, field_cure, lookalike_note

T = TypeVar("T")

CURLY_QUOTES = {"“”", "„“", "„”", "‘’", "‚‘"}
"""The pairs of quotation marks that word processors write."""
MAX_GUESSES = 200
"""Unknown fields of one record that are compared with the known ones. More of them are reported
without a guess: a record with so many was not written for this format."""


class Node(Struct, frozen=True):
    """A scalar, a list or a mapping of a YAML text, with its place."""

    value: str | tuple[Node, ...] | dict[str, Node]
    place: Place
    name: str = ""
    """The key of the mapping entry that it is the value of, or "" for none."""
    key: Place | None = None
    """The place of that key."""
    flow: bool = False
    """Whether it is a mapping between braces."""
    plain: bool = False
    """Whether it is a scalar without quotes."""
    comment: Place | None = None
    """The place of the comment that follows a scalar on its line."""

    def key_as_value(self, name: str) -> Node:
        """Return the key of this entry as a node called `name`, so that a reader can read it."""
        return Node(self.name, self.key or self.place, name)

    def fail(self, message: str, cure: str) -> NoReturn:
        """Report a mistake at this value. Raises Problems always."""
        raise mistake(self.place, f"{self.name}: {message}" if self.name else message, cure)

    def record(self, make: Callable[..., T], **fields: Field[Any]) -> T:
        """Return `make(**values)` with the value of each of the `fields` of this mapping.

        A known field that a misspelt one was probably meant for is not reported as missing.
        Raises Problems with every wrong, unknown and missing field.
        """
        given = mapping(self)
        collector = Collector()
        misspelt = self._refuse_unknown_fields(given, fields, collector)
        values = {}
        for name, field in fields.items():
            if name not in misspelt:
                try:
                    values[name] = field.read_from(self, given, name)
                except Problems as problems:
                    collector.take(problems)
        collector.done()
        return make(**values)

    def _refuse_unknown_fields(
        self, given: Mapping[str, Node], fields: Mapping[str, object], collector: Collector
    ) -> Set[str]:
        """Report keys that are no fields; return the fields that they were probably meant for."""
        unknown = [name for name in given if name not in fields]
        if not unknown:
            return frozenset()
        guesses = {name: closest_field(name, fields) for name in islice(unknown, MAX_GUESSES)}
        collector.add(
            Problem(
                given[name].key or given[name].place,
                f"{name}: no such field{lookalike_note(name, fields)}",
                field_cure(name, guesses.get(name), fields),
            )
            for name in unknown
            if REPLACEMENT not in name
        )
        if any(REPLACEMENT in name for name in unknown):
            collector.take(Problems())
        return {name for name in guesses.values() if name} - given.keys()


def plain(node: Node) -> Any:
    """Return a node as texts, lists and dictionaries, without places."""
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, tuple):
        return [*map(plain, node.value)]
    return {name: plain(each) for name, each in node.value.items()}


class Field(Struct, Generic[T], frozen=True):
    """How one field of a record is read."""

    read: Callable[[Node], T]
    required: bool
    default: T | None = None
    """The value where it is left out."""
    cure: str = ""
    """What to do where it is missing; "" for "add a line"."""
    instead: str = ""
    """The field that may stand in its place where it is required; "" for none."""
    about: str = ""
    """What it is, for whoever writes it: a sentence that an editor shows."""

    def read_from(self, record: Node, given: Mapping[str, Node], name: str) -> T | None:
        """Return the value of the field `name` of a `record`, or the default if it is left out.

        given: the fields that the record has, by name.
        Raises Problems if the field is wrong, empty, or missing though required.
        """
        if (node := given.get(name)) is None:
            if self.required and self.instead not in given:
                line = f"write `, {name}: …` before the `}}`" if record.flow and given else ""
                cure = self.cure or line or f"add a line `{name}: …`"
                raise mistake(record.place, f"`{name}` is missing", cure)
            return self.default
        if node.value == "":
            refuse_comment(node)
            node.fail("is empty", "fill it in" if self.required else "fill it in, or leave it out")
        return self.read(node)


def required(
    read: Callable[[Node], T], about: str = "", *, cure: str = "", instead: str = ""
) -> Field[T]:
    """Return a field that must be there, or the one that may stand `instead` of it.

    about, cure: as `Field` has them.
    """
    return Field(read, required=True, cure=cure, instead=instead, about=about)


def optional(read: Callable[[Node], T], about: str = "", *, default: Any = None) -> Field[T]:
    """Return a field that may be left out, and has the value `default` then.

    about: as `Field` has it.
    """
    return Field(read, required=False, default=default, about=about)


def mapping(node: Node) -> Mapping[str, Node]:
    """Read a mapping: its entries by key. Raises Problems if the node is none."""
    if not isinstance(node.value, dict):
        node.fail("must be a mapping", "write `key: value` lines")
    return node.value


def part(record: Node, name: str) -> Node:
    """Return the field `name` of a record.

    Raises empty Problems if it is missing: `Node.record` reports that.
    """
    if (node := mapping(record).get(name)) is None:
        raise Problems
    return node


def items(node: Node) -> tuple[Node, ...]:
    """Read a list: its items, named as the list if they have no name of their own.

    Raises Problems if the node is none.
    """
    if not isinstance(node.value, tuple):
        node.fail("must be a list", "write `[one, two]`, or one `- item` a line")
    return tuple(replace(item, name=item.name or node.name) for item in node.value)


def text(node: Node) -> str:
    """Read a text that is shown to readers, as `token` does.

    Raises Problems also if a comment cuts it short, or a word processor put quotes round it.
    """
    value = token(node)
    refuse_comment(node)
    if node.plain and (value[0] + value[-1]) in CURLY_QUOTES:
        node.fail(
            f"{describe_character(value[0])} is no quotation mark of YAML; readers would see it",
            f'write straight ones, `"{value[1:-1]}"`; to show these too, `"{value}"`',
        )
    return value


def refuse_comment(node: Node) -> None:
    """Do nothing if no comment follows a value on its line. Raises Problems otherwise."""
    if node.comment:
        name = f"{node.name}: " if node.name else ""
        message = f"{name}what stands after ` #` is a comment, and no part of the text"
        cure = "put the text between quotes, or the comment on a line of its own"
        raise mistake(node.comment, message, cure)


def token(node: Node) -> str:
    """Read a text, such as an id, without the spaces around it.

    Raises Problems if nothing is left, and empty Problems for a text with a REPLACEMENT: its
    character is reported already.
    """
    if not isinstance(node.value, str):
        node.fail("must be a text", "write one, between quotes if it has brackets or braces")
    if REPLACEMENT in node.value:
        raise Problems
    if not (value := node.value.strip()):
        refuse_comment(node)
        node.fail("is empty", "write a text")
    return value
