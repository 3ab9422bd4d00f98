"""YAML -> nodes with their lines and columns. PyYAML is used in this module only.

Scalars stay text: `briefing.syntax.nodes` has the readers that give them types. Anchors, aliases,
tags, merge keys and repeated keys are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import yaml

from briefing.problems import BROKEN, Collector, Place, Problem, Problems, mistake
from briefing.syntax.characters import FORBIDDEN, REPLACEMENT, not_allowed_message
from briefing.syntax.nodes import Node
from briefing.syntax.text import Text

MAX_YAML = 400_000
"""Characters of YAML in one file; more are refused, which bounds the time of a hostile file."""
MAX_YAML_DEPTH = 20
"""Levels of nested lists and mappings; more are refused. The format needs six."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CURES = {
    "mapping values are not allowed": "put a text that has `: ` in it between quotes",
    "tab character": "indent with spaces",
    "cannot start any token": "indent with spaces; put a text that starts with it between quotes",
    "unexpected end of stream": "close the quotes, the bracket or the brace",
    "could not find expected ':'": "write `key: value`",
    "did not find expected ','": "close the bracket; check the quotes and the commas in it",
    "did not find expected": "check the indentation, the quotes and the commas above this place",
}
_REPORTED_AT_START = ("a flow", "a quoted", "a simple key")
"""What PyYAML was reading (`error.context`) when it noticed an error that may be lines before:
such an error is reported where the reading began."""
_CORE_TAGS = "tag:yaml.org,2002:"


@lru_cache(maxsize=100)  # a save reads all files of the edited topic again
def parse_yaml(source: Text) -> Node:
    """Return the root node of a YAML text; an empty text is an empty mapping.

    The subset is one document of block and flow collections and scalars, without anchors,
    aliases, tags and merge keys (https://yaml.org/spec/1.1/).
    Raises Problems for what is not YAML or not in the subset, and for more than MAX_YAML.
    """
    if len(source.text) > MAX_YAML:
        raise mistake(source.place(0), f"more than {MAX_YAML} characters of YAML", "split the file")
    builder = _Builder(source)
    root = builder.collector.attempt(builder.read)
    builder.collector.done()
    assert root is not BROKEN
    return root


class _Builder:
    """Builds nodes from the events of PyYAML's parser, which know their lines and columns."""

    def __init__(self, source: Text) -> None:
        self.collector = Collector()
        self._source = source
        self._parser = _LOADER(source.text)
        self._next: Callable[[], Any] = self._parser.get_event

    def place(self, mark: Any) -> Place:
        """Return the place of a PyYAML mark; None is the start of the text.

        PyYAML ends lines at CR, NEL, LS and PS too, but decoded texts have only LF.
        """
        if mark is None:
            return Place(self._source.path, self._source.line, 1)
        return Place(self._source.path, self._source.line + mark.line, mark.column + 1)

    def syntax_mistake(self, error: yaml.MarkedYAMLError) -> Problems:
        """Return the problem of an error at its line, or where it began if that is lines before."""
        reason = f"{error.problem or error.context}"
        cure = next((cure for part, cure in _CURES.items() if part in reason), "")
        noticed = self.place(error.problem_mark or error.context_mark)
        began = self.place(error.context_mark)
        late = noticed.line > began.line or "end of stream" in reason
        if late and any(what in f"{error.context}" for what in _REPORTED_AT_START):
            by = "" if "end of stream" in reason else f" by line {noticed.line}"
            return mistake(began, f"not YAML: {reason}{by}", cure)
        return mistake(noticed, f"not YAML: {reason}", cure)

    def read(self) -> Node:
        """Return the root node; what is not in the subset goes to the collector.

        Raises Problems for what is not YAML.
        """
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self.syntax_mistake(error) from None
        finally:
            self._parser.dispose()

    def _document(self) -> Node:
        """Return the root node of the one document of the text."""
        root: Node | None = None
        while type(event := self._next()) is not yaml.StreamEndEvent:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                cure = "delete the `---` line"
                raise mistake(self.place(event.start_mark), "a second YAML document", cure)
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, MAX_YAML_DEPTH)
        return root or Node({}, self.place(None))

    def _node(self, event: Any, depth: int, key: Node | None = None) -> Node:
        """Return the node that begins with `event`.

        depth: the levels that may be in it. key: the key of the entry it is the value of, if any.
        """
        place = self.place(event.start_mark)
        name = key.value if key and isinstance(key.value, str) else ""
        if not depth:
            cure = "close the brackets, or indent less"
            raise mistake(place, f"more than {MAX_YAML_DEPTH} levels of YAML", cure)
        if event.anchor or event.tag:
            self._refuse_indirection(event, place)
        kind = type(event)
        value: str | tuple[Node, ...] | dict[str, Node] = ""
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.style == '"' and (escaped := FORBIDDEN.search(event.value)):
                self._refuse_escape(event, place, escaped.group())
        elif kind is yaml.MappingStartEvent:
            value = self._entries(depth - 1)
        elif kind is yaml.SequenceStartEvent:
            value = tuple(self._items(depth - 1))
        return Node(value, place, name, key.place if key else None)

    def _refuse_escape(self, event: yaml.ScalarEvent, place: Place, character: str) -> None:
        r"""Report a forbidden character that an escape (`"\u202e"`) brought into a scalar.

        One that is a REPLACEMENT in the source was reported when the file was decoded.
        """
        first, last = event.start_mark, event.end_mark
        assert first, "PyYAML marks every event of a parser"
        assert last
        if REPLACEMENT not in self._source.text[first.index : last.index]:
            self._add_problem(place, not_allowed_message(character), "delete its escape")

    def _items(self, depth: int) -> Iterator[Node]:
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            yield self._node(event, depth)

    def _entries(self, depth: int) -> dict[str, Node]:
        """Return the entries of a mapping up to its end; wrong and repeated keys are left out."""
        entries: dict[str, Node] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth)
            node = self._node(self._next(), depth, key)
            if not isinstance(key.value, str) or not key.value:
                self._add_problem(key.place, "a key must be a text", "write `key: value`")
            elif key.value == "<<":
                self._add_problem(
                    key.place, "a merge key (`<<`) is not taken", "write the fields again"
                )
            elif key.value in entries:
                first = entries[key.value].key or key.place
                self._add_problem(
                    key.place,
                    f"{key.value}: written twice, first on line {first.line}",
                    "keep one of them",
                )
            else:
                entries[key.value] = node
        return entries

    def _refuse_indirection(self, event: Any, place: Place) -> None:
        """Report an alias, an anchor or a tag."""
        if isinstance(event, yaml.AliasEvent):
            self._add_problem(
                place, f"an alias (`*{event.anchor}`) is not taken", "write the value again"
            )
        elif event.anchor:
            self._add_problem(
                place,
                f"an anchor (`&{event.anchor}`) is not taken",
                "delete it, or put a text that starts with & between quotes",
            )
        else:
            self._add_problem(
                place,
                f"a tag (`{event.tag.replace(_CORE_TAGS, '!!')}`) is not taken",
                "delete it, or put a text that starts with ! between quotes",
            )

    def _add_problem(self, place: Place, message: str, cure: str) -> None:
        self.collector.add([Problem(place, message, cure)])
