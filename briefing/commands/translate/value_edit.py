"""Gives a title or a dek in front matter another value, and leaves all else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from briefing.commands.rename.edits import Edit, entry_edit, index_of
from briefing.commands.translate.of_edit import end_of_entry
from briefing.syntax.nodes import Node
from briefing.syntax.text import Text
from briefing.syntax.yaml_writing import flow

_QUOTED = re.compile(r""""(?:\\.|[^"\\])*"|'(?:''|[^'])*'""", re.DOTALL)


def value_edit(source: Text, root: Node, name: str, value: str, newline: str) -> Edit:
    """Return the edit that gives a field of front matter a value, written as the old one was."""
    fields: Mapping[str, Node] = root.value  # type: ignore[assignment]  # it was read before
    if name not in fields:
        entry = f"{name}: {flow(value)}"
        if root.flow:
            return entry_edit(source, root, entry, newline)
        end = end_of_entry(source, fields["title"])
        return Edit(end, end, f"{newline}{entry}")
    node = fields[name]
    start = index_of(source, node.place)
    if match := _QUOTED.match(source.text, start):
        if match[0].startswith("'"):
            return Edit(*match.span(), "'" + value.replace("'", "''") + "'")
        return Edit(*match.span(), json.dumps(value, ensure_ascii=False))
    if node.plain and source.text.startswith(str(node.value), start):
        return Edit(start, start + len(str(node.value)), flow(value))
    start = index_of(source, node.key or node.place) + len(f"{name}:")
    return Edit(start, end_of_entry(source, node), f" {flow(value)}")
