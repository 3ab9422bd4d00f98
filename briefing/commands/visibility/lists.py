"""A list in a YAML file -> the same with an item more at its end, or with one less.

All other bytes stay. What is written in a way that this does not foresee is found out when the
result is read again: `command` compares it with what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewrite_bytes
from briefing.problems import Collector, Place
from briefing.syntax.nodes import Node, items, mapping
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_yaml

_COMMA = re.compile(r"[ ]*,[ ]*")


class YamlFile:
    """A YAML file whose root is a mapping, or empty."""

    def __init__(self, path: str, data: bytes) -> None:
        """Read the file; raises Problems if it is no YAML."""
        self._data = data
        self._text: Text = decode_text(path, data, Collector())
        self._root = parse_yaml(self._text)
        self._newline = "\r\n" if b"\r\n" in data else "\n"

    def with_item(self, key: str, lines: Sequence[str], flow: str, comment: str = "") -> bytes:
        """Return the file with one more item at the end of the list `key`, which may be missing.

        lines: the item as lines without indentation. flow: the same for a list in brackets.
        comment: what is written above a list that was missing.
        """
        section = self._section(key)
        if section is None:
            return self._edited([self._new_section(key, lines, flow, comment)])
        start = index_of(self._text, section.place)
        listed = items(section)
        if self._text.text.startswith("[", start):
            end = flow_end(self._text.text, self._at(listed[-1])) if listed else start + 1
            return self._edited([Edit(end, end, f", {flow}" if listed else flow)])
        dash, end = self._block_item(listed[-1])
        indent = " " * dash
        return self._edited([Edit(end, end, f"{self._newline}{self._block(lines, indent)}")])

    def without_item(self, key: str, at: int, comment: str = "") -> bytes:
        """Return the file without the item number `at` of the list `key`, counted from 0.

        With its last item goes the list, and the `comment` that stands right above it.
        """
        section = self._section(key)
        assert section is not None, "there is such an item"
        listed = items(section)
        if len(listed) == 1:
            whole = self._whole_entry if self._root.flow else self._whole_section
            return self._edited([whole(section, listed[0], comment)])
        start = self._at(listed[at])
        if self._is_flow(section):
            end = flow_end(self._text.text, start)
            if at + 1 < len(listed):
                end = self._at(listed[at + 1])
            elif at:
                start = flow_end(self._text.text, self._at(listed[at - 1]))
            return self._edited([Edit(start, end, "")])
        _, end = self._block_item(listed[at])
        line = self._line(start)
        return self._edited([Edit(line, min(end + 1, len(self._text.text)), "")])

    def place_of_item(self, key: str, field: str, texts: Mapping[str, str]) -> Place | None:
        """Return where the item of a list stands of which a field holds these texts; None: none."""
        section = self._section(key)
        for item in items(section) if section else ():
            found = mapping(item).get(field)
            if found and {k: node.value for k, node in mapping(found).items()} == texts:
                return item.place
        return None

    def _section(self, key: str) -> Node | None:
        return self._root.value.get(key) if isinstance(self._root.value, dict) else None

    def _edited(self, edits: list[Edit]) -> bytes:
        return rewrite_bytes(self._data, edits)

    def _at(self, node: Node) -> int:
        return index_of(self._text, node.place)

    def _line(self, at: int) -> int:
        """Return the index at which the line of a character begins."""
        return self._text.text.rfind("\n", 0, at) + 1

    def _is_flow(self, section: Node) -> bool:
        return self._text.text.startswith("[", self._at(section))

    def _block(self, lines: Sequence[str], indent: str) -> str:
        """Return lines as an item of a list, without the last line end."""
        first, *more = lines
        return self._newline.join([f"{indent}- {first}", *(f"{indent}  {line}" for line in more)])

    def _new_section(self, key: str, lines: Sequence[str], flow: str, comment: str) -> Edit:
        if self._root.flow:
            return entry_edit(self._text, self._root, f"{key}: [{flow}]", self._newline)
        text = self._text.text
        indent = " " * (self._root.place.column - 1) if self._root.value else ""
        parts = [f"{indent}{comment}"] if comment else []
        parts += [f"{indent}{key}:", self._block(lines, f"{indent}  "), ""]
        before = self._newline if text and not text.endswith("\n") else ""
        return Edit(len(text), len(text), before + self._newline.join(parts))

    def _whole_section(self, section: Node, only: Node, comment: str) -> Edit:
        """Return the edit that takes out a list with its only item."""
        text = self._text.text
        start = self._line(index_of(self._text, section.key or section.place))
        above = self._line(max(start - 1, 0))
        if comment and text[above:start].strip() == comment:
            start = above
        if self._is_flow(section):
            end = text.find("\n", flow_end(text, self._at(section)))
        else:
            _, end = self._block_item(only)
        return Edit(start, len(text) if end < 0 else min(end + 1, len(text)), "")

    def _whole_entry(self, section: Node, _only: Node, _comment: str) -> Edit:
        """Return the edit that takes out a list of a mapping in braces."""
        text = self._text.text
        start = index_of(self._text, section.key or section.place)
        end = flow_end(text, self._at(section))
        if comma := _COMMA.match(text, end):
            return Edit(start, comma.end(), "")
        before = text[:start].rstrip()
        return Edit(len(before) - 1 if before.endswith(",") else start, end, "")

    def _block_item(self, item: Node) -> tuple[int, int]:
        """Return the indentation of the dash of an item, and the index after its last line."""
        text = self._text.text
        line = self._line(self._at(item))
        dash = len(text[line:]) - len(text[line:].lstrip(" "))
        end = _line_end(text, line)
        at = end + 1
        while at < len(text):
            stop = _line_end(text, at)
            words = text[at:stop]
            if words.strip():
                if len(words) - len(words.lstrip(" ")) <= dash:
                    break
                end = stop
            at = stop + 1
        return dash, end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def flow_end(text: str, start: int) -> int:
    """Return the index after a value that begins at `start`, within brackets or as such."""
    depth, at, before = 0, start, ","
    while at < len(text):
        sign = text[at]
        if sign in "\"'" and before in "[{,:":
            at = _quoted_end(text, at)
            before = sign
            continue
        if sign == "#" and text[at - 1] in " \t\n":
            at = _line_end(text, at)
            continue
        if depth == 0 and sign in ",]}":
            break
        depth += (sign in "[{") - (sign in "]}")
        at += 1
        if depth == 0 and sign in "]}":
            return at
        before = before if sign.isspace() else sign
    return start + len(text[start:at].rstrip())


def _quoted_end(text: str, start: int) -> int:
    """Return the index after a text in quotes."""
    quote, at = text[start], start + 1
    while at < len(text) and text[at] != quote:
        at += 1 + (quote == '"' and text[at] == "\\")
        if quote == "'" and text.startswith("''", at):
            at += 2
    return at + 1
