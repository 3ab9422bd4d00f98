"""YAML and front matter -> nodes that know their line and column. PyYAML has its home here.

Scalars stay text; anchors, aliases, tags, merge keys and repeated keys are refused where they
stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import yaml

from briefing.problems import BROKEN, Collector, Place, Problem, Problems, mistake
from briefing.syntax.nodes import LOST, Node
from briefing.syntax.text import REFUSED, Text, not_allowed

MAX_YAML = 400_000
"""Characters of YAML in one file: a bound on what a hostile file can cost."""
MAX_YAML_DEPTH = 20
"""Levels of YAML; the format needs six."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_MORE_FACTS = re.compile(
    r"(?:[ \t]*(?:#.*)?\n)*(?P<key>[a-z_]+):(?:[ \t].*)?\n"
    r"(?:(?:[a-z_]+:(?:[ \t].*)?|[ \t#].*|- .*|)\n)*---[ \t]*$",
    re.MULTILINE,
)
"""Lines of YAML and a fence, at the start of a body."""
_CURES = {
    "mapping values are not allowed": "put a text that has `: ` in it between quotes",
    "tab character": "indent with spaces",
    "cannot start any token": "indent with spaces; put a text that starts with it between quotes",
    "unexpected end of stream": "close the quotes, the bracket or the brace",
    "could not find expected ':'": "write `key: value`",
    "did not find expected ','": "close the bracket; check the quotes and the commas in it",
    "did not find expected": "check the indentation, the quotes and the commas above this place",
}
_FROM_THE_START = ("a flow", "a quoted", "a simple key")
"""What YAML notices the lack of lines later: an author looks where it began."""
_CORE_TAGS = "tag:yaml.org,2002:"


@lru_cache(maxsize=100)  # those of the topic that is being edited
def parse_yaml(source: Text) -> Node:
    """Parse YAML into nodes, or report what is not YAML or could mean two things.

    The subset taken: one document of block and flow collections and scalars, no
    anchors, aliases, tags, merge keys (https://yaml.org/spec/1.1/).
    """
    if len(source.text) > MAX_YAML:
        raise mistake(source.place(0), f"more than {MAX_YAML} characters of YAML", "split the file")
    builder = _Builder(source)
    root = builder.collector.attempt(builder.read)
    builder.collector.done()
    assert root is not BROKEN
    return root


class _Builder:
    """Makes nodes of YAML events."""

    def __init__(self, source: Text) -> None:
        self.collector = Collector()
        self._source = source
        self._parser = _LOADER(source.text)
        self._next: Callable[[], Any] = self._parser.get_event

    def place(self, mark: Any) -> Place:
        """Place a mark. Of the line ends of YAML only LF is left in a text that was decoded."""
        if mark is None:
            return Place(self._source.path, self._source.line, 1)
        return Place(self._source.path, self._source.line + mark.line, mark.column + 1)

    def mistake(self, error: yaml.MarkedYAMLError) -> Problems:
        """Say what is not YAML, where it is noticed or, if that is lines later, where it began."""
        said = f"{error.problem or error.context}"
        cure = next((cure for sign, cure in _CURES.items() if sign in said), "")
        noticed = self.place(error.problem_mark or error.context_mark)
        began = self.place(error.context_mark)
        late = noticed.line > began.line or "end of stream" in said
        if late and any(what in f"{error.context}" for what in _FROM_THE_START):
            by = "" if "end of stream" in said else f" by line {noticed.line}"
            return mistake(began, f"not YAML: {said}{by}", cure)
        return mistake(noticed, f"not YAML: {said}", cure)

    def read(self) -> Node:
        """Read the whole text. Raises Problems for what is not YAML, and tells the rest."""
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self.mistake(error) from None
        finally:
            self._parser.dispose()

    def _document(self) -> Node:
        root: Node | None = None
        while type(event := self._next()) is not yaml.StreamEndEvent:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                cure = "delete the `---` line"
                raise mistake(self.place(event.start_mark), "a second YAML document", cure)
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, MAX_YAML_DEPTH)
        return root or Node({}, self.place(None))

    def _node(self, event: Any, depth: int, key: Node | None = None) -> Node:
        """Read what begins with an event; it may stand under a key."""
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
            if event.style == '"' and (escaped := REFUSED.search(event.value)):
                self._refuse_escape(event, place, escaped.group())
        elif kind is yaml.MappingStartEvent:
            value = self._entries(depth - 1)
        elif kind is yaml.SequenceStartEvent:
            value = tuple(self._items(depth - 1))
        return Node(value, place, name, key.place if key else None)

    def _refuse_escape(self, event: yaml.ScalarEvent, place: Place, sign: str) -> None:
        """Refuse what an escape brought in; what stood there was told of when it was decoded."""
        first, last = event.start_mark, event.end_mark
        assert first, "an event stands somewhere"
        assert last
        if LOST not in self._source.text[first.index : last.index]:
            self._tell(place, not_allowed(sign), "delete its escape")

    def _items(self, depth: int) -> Iterator[Node]:
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            yield self._node(event, depth)

    def _entries(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth)
            node = self._node(self._next(), depth, key)
            if not isinstance(key.value, str) or not key.value:
                self._tell(key.place, "a key must be a text", "write `key: value`")
            elif key.value == "<<":
                self._tell(key.place, "a merge key (`<<`) is not taken", "write the fields again")
            elif key.value in entries:
                first = entries[key.value].key or key.place
                self._tell(
                    key.place,
                    f"{key.value}: written twice, first on line {first.line}",
                    "keep one of them",
                )
            else:
                entries[key.value] = node
        return entries

    def _refuse_indirection(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._tell(place, f"an alias (`*{event.anchor}`) is not taken", "write the value again")
        elif event.anchor:
            self._tell(
                place,
                f"an anchor (`&{event.anchor}`) is not taken",
                "delete it, or put a text that starts with & between quotes",
            )
        else:
            self._tell(
                place,
                f"a tag (`{event.tag.replace(_CORE_TAGS, '!!')}`) is not taken",
                "delete it, or put a text that starts with ! between quotes",
            )

    def _tell(self, place: Place, message: str, cure: str) -> None:
        self.collector.add([Problem(place, message, cure)])


def split_front_matter(source: Text) -> tuple[Text, Text]:
    """Split a Markdown file into the YAML of its front matter and its body. Raises Problems."""
    first = _FENCE.match(source.text)
    last = _FENCE.search(source.text, first.end()) if first else None
    if not first or not last:
        message = "the front matter does not end" if first else "no front matter"
        cure = "begin the file with a line `---`, the facts, and another line `---`"
        raise mistake(source.place(0), message, cure)
    if more := _MORE_FACTS.match(source.text, last.end() + 1):
        message = f"the front matter ends here, before `{more['key']}:`"
        cure = "delete this line; or, in a text, write a heading with `##` and a break as `***`"
        raise mistake(source.place(last.start()), message, cure)
    matter = Text(source.path, source.text[first.end() + 1 : last.start()], source.line + 1)
    line = source.place(last.start()).line + 1
    return matter, Text(source.path, source.text[last.end() + 1 :], line)
