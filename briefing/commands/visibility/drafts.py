"""A text as a draft, and no longer: `draft:` in its front matter; all else of the file stays."""

from __future__ import annotations

import re

from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewrite_bytes, scalar_edit
from briefing.content.texts import DRAFT_COMMENT
from briefing.problems import Collector, Place
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.text import Text, decode_text
from briefing.syntax.yaml import parse_fields

WITH_TOPIC = "with the topic"
"""The comment on the draft of a text that was hidden with all of its topic, so that it is shown
with it again, and a translation that was a draft before is not."""
_FIELD = "draft"
_ALONE = re.compile(rf"draft:[ ]*true[ ]*(?:#[ ]{WITH_TOPIC}[ ]*)?\n")
"""The whole line of a draft, with no comment but that of ours."""


def as_draft(path: str, data: bytes, *, with_topic: bool = False) -> bytes:
    """Return the file of a text that is no draft, as a draft.

    with_topic: whether all of its topic is hidden. Raises Problems if it has no front matter.
    """
    text, matter, root = _read(path, data)
    newline = "\r\n" if b"\r\n" in data else "\n"
    comment = f"  # {WITH_TOPIC}" if with_topic else ""
    if node := mapping(root).get(_FIELD):
        return rewrite_bytes(data, [scalar_edit(text, node.place, "false", "true")])
    if root.flow:
        return rewrite_bytes(data, [entry_edit(text, root, f"{_FIELD}: true", newline)])
    end = index_of(text, Place(path, matter.line)) + len(matter.text)
    line = f"{' ' * (root.place.column - 1)}{_FIELD}: true{comment}{newline}"
    return rewrite_bytes(data, [Edit(end, end, line)])


def as_no_draft(path: str, data: bytes) -> bytes:
    """Return the file of a draft as one that is none. Raises Problems if it has no front matter.

    The line goes, and the comment above it that `new` writes; with a comment of the editor on it,
    it says `false`.
    """
    text, _, root = _read(path, data)
    node = mapping(root)[_FIELD]
    start = index_of(text, node.key or node.place)
    line = text.text.rfind("\n", 0, start) + 1
    alone = _ALONE.match(text.text, start)
    if alone is None or text.text[line:start].strip():
        return rewrite_bytes(data, [scalar_edit(text, node.place, "true", "false")])
    above = text.text.rfind("\n", 0, line - 1) + 1
    if text.text[above:line].strip() == DRAFT_COMMENT:
        line = above
    return rewrite_bytes(data, [Edit(line, alone.end(), "")])


def was_hidden_with_topic(path: str, data: bytes) -> bool:
    """Whether a draft has the comment of one that was hidden with its topic. Raises Problems."""
    text, _, root = _read(path, data)
    node = mapping(root)[_FIELD]
    line = text.text[index_of(text, node.place) :].partition("\n")[0]
    return line.partition("#")[2].strip() == WITH_TOPIC


def _read(path: str, data: bytes) -> tuple[Text, Text, Node]:
    """Return the text of a file, its front matter, and the root of that. Raises Problems."""
    text = decode_text(path, data, Collector())
    matter, _ = split_front_matter(text)
    return text, matter, parse_fields(matter)
