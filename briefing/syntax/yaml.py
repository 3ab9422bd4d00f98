"""YAML -> nodes with their lines and columns. PyYAML is used in this module only.

Scalars stay text: `briefing.syntax.nodes` has the readers that give them types. Anchors, aliases,
tags, merge keys and repeated keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml
from msgspec.structs import replace

from briefing.problems import Collector, Place, Problem, Problems, mistake
from briefing.syntax.characters import FORBIDDEN, REPLACEMENT, not_allowed_message
from briefing.syntax.nodes import Node
from briefing.syntax.text import LineIndex, Text
from briefing.syntax.yaml_errors import (
    Mistake,
    Slip,
    explain,
    explain_comma,
    find_odd_sign,
)

MAX_YAML = 400_000
"""Characters of YAML in one file; more are refused, which bounds the time of a hostile file."""
MAX_YAML_DEPTH = 20
"""Levels of nested lists and mappings; more are refused. The format needs six."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_QUOTED = 100
"""Characters of a value that a message may quote."""
_COMMENT = re.compile(r"[ \t]+#")
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
    try:
        root = builder.read()
    except Problems as problems:
        builder.collector.take(problems)
    builder.collector.done()
    return root


def parse_fields(source: Text) -> Node:
    """Return the root node of a YAML text as `parse_yaml` does, if it is no scalar.

    Raises Problems for a scalar: it is a line of fields without `: `.
    """
    root = parse_yaml(source)
    if not isinstance(root.value, str) or not root.value:
        return root
    start = LineIndex(source).start(root.place.line - source.line) + root.place.column - 1
    slip = explain(Mistake(source.text, "no `key: value`", "", start, start))
    raise mistake(source.place(slip.index), slip.message, slip.cure)


class _Builder:
    """Builds nodes from the events of PyYAML's parser, which know their lines and columns."""

    def __init__(self, source: Text) -> None:
        self.collector = Collector()
        self._source = source
        # Most texts have none, and need not be asked at each value.
        self._may_have_comments = " #" in source.text or "\t#" in source.text
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
        """Return the problem of an error, at the slip of the keys that made it."""
        first = error.context_mark.index if error.context_mark else 0
        noticed = error.problem_mark or error.context_mark
        slip = explain(
            Mistake(
                text=self._source.text,
                reason=f"{error.problem or error.context}",
                context=f"{error.context or ''}",
                noticed=noticed.index if noticed else 0,
                began=first,
                first_line=self._source.line,
            )
        )
        return mistake(self._source.place(slip.index), slip.message, slip.cure)

    def read(self) -> Node:
        """Return the root node; what is not in the subset goes to the collector.

        Raises Problems for what is not YAML.
        """
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            found = self.syntax_mistake(error)
            self._forget_line(found.problems[0].place.line)
            raise found from None
        finally:
            self._parser.dispose()

    def _forget_line(self, line: int) -> None:
        """Take back what was reported of a line that is no YAML: it follows from that."""
        kept = Collector()
        kept.add(problem for problem in self.collector.found if problem.place.line != line)
        self.collector = kept

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
        plain = flow = False
        comment = None
        if kind is yaml.ScalarEvent:
            value = event.value
            plain = not event.style
            if plain and self._may_have_comments:
                comment = self._comment_after(event.end_mark)
            if event.style == '"' and (escaped := FORBIDDEN.search(event.value)):
                self._refuse_escape(event, place, escaped.group())
        elif kind is yaml.MappingStartEvent:
            flow = event.flow_style
            value = self._entries(depth - 1, in_braces=flow)
        elif kind is yaml.SequenceStartEvent:
            value = tuple(self._items(depth - 1))
        own = key.place if key else None
        return Node(value, place, name, own, flow, plain, comment)

    def _comment_after(self, mark: Any) -> Place | None:
        """Return the place of the comment that follows a plain scalar on its line, or None."""
        found = _COMMENT.match(self._source.text, mark.index)
        if not found:
            return None
        place = self.place(mark)
        return replace(place, column=place.column + len(found.group()) - 1)

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

    def _entries(self, depth: int, *, in_braces: bool) -> dict[str, Node]:
        """Return the entries of a mapping up to its end; wrong and repeated keys are left out."""
        entries: dict[str, Node] = {}
        value: Any = None
        last: Node | None = None
        told: Node | None = last
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth)
            before, value = value, self._next()
            node = self._node(value, depth, key)
            if in_braces and node.value == "" and self._is_without_colon(event, value):
                if last is None or last is not told:
                    self._refuse_rest(last, before, key)
                told, value = last, before
            elif self._takes_key(key, entries):
                entries[node.name] = last = node
        return entries

    def _is_without_colon(self, key: Any, value: Any) -> bool:
        """Whether nothing between the events of a key and a value parts them."""
        return ":" not in self._source.text[key.end_mark.index : value.start_mark.index]

    def _refuse_rest(self, last: Node | None, value: Any, rest: Node) -> None:
        """Report what has no value in braces: mostly the rest of a text with a comma, `last`.

        last: the value of the entry before, if any; value: its event.
        """
        if slip := find_odd_sign(f"{rest.value}"):
            self._add_slip(rest.place, slip)
            return
        name = before = said = ""
        if last is not None and isinstance(last.value, str):
            start = value.start_mark.index
            name, before, said = (
                last.name,
                last.value,
                self._source.text[start : start + MAX_QUOTED],
            )
        at_value, message, cure = explain_comma(name, before, f"{rest.value}", said)
        place = last.place if last is not None and at_value else rest.place
        self._add_problem(place, message, cure)

    def _takes_key(self, key: Node, entries: Mapping[str, Node]) -> bool:
        """Whether a key is one of the format, and none of the `entries` yet; if not, report it."""
        if not isinstance(key.value, str) or not key.value:
            self._add_problem(key.place, "a key must be a text", "write `key: value`")
        elif key.plain and not key.value.isascii() and (slip := find_odd_sign(key.value)):
            self._add_slip(key.place, slip)
        elif key.value == "<<":
            cure = "write the fields again"
            self._add_problem(key.place, "a merge key (`<<`) is not taken", cure)
        elif key.value in entries:
            first = entries[key.value].key or key.place
            message = f"{key.value}: written twice, first on line {first.line}"
            self._add_problem(key.place, message, "keep one of them")
        else:
            return True
        return False

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

    def _add_slip(self, start: Place, slip: Slip) -> None:
        """Report a slip in a key that begins at `start`."""
        place = replace(start, column=start.column + slip.index)
        self._add_problem(place, slip.message, slip.cure)

    def _add_problem(self, place: Place, message: str, cure: str) -> None:
        self.collector.add([Problem(place, message, cure)])
