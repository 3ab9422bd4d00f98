"""The old id, noted in redirects.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewritten, scalar_edit
from briefing.commands.rename.names import Names, Project
from briefing.content.redirects import REDIRECTS
from briefing.syntax.nodes import Node
from briefing.syntax.text import Text

NOTE = "# What was renamed: its old id, and the one it has now. Feeds go on under the old one."
"""Stands above `renamed:` where there was none."""


def noted(project: Project, names: Names) -> bytes:
    """Give what redirects.yaml is to hold.

    Whatever led to the old id leads to the new one; an old id that is used again, for what
    had it, to itself. The newest entry comes first, so that the last of those that lead to
    one id is the oldest.
    """
    entry = f"{names.old}: {names.new}"
    if REDIRECTS not in project.files:
        return f"{NOTE}\nrenamed:\n  {entry}\n".encode()
    edits = [*_led_on(project, names)]
    if names.old not in project.old_ids.redirects.renamed:
        edits.append(_added(project, entry))
    return rewritten(project.files[REDIRECTS], edits)


def _led_on(project: Project, names: Names) -> Iterator[Edit]:
    """Let all that leads to an old id lead to the new one."""
    text, old_ids = project.text(REDIRECTS), project.old_ids
    former, keys = project.former(names), _other_keys(project, names)
    for old, new in project.leads.items():
        key, now = keys.get(old, old), old if old in former else names.becomes(new)
        if key != old:
            yield scalar_edit(text, old_ids.places[old], old, key)
        if now != new:
            yield scalar_edit(text, old_ids.targets[old], new, now)


def _other_keys(project: Project, names: Names) -> Mapping[str, str]:
    """Give what is to be told by another id, by the one it is told by.

    Where a topic has had several names, what was renamed below one of them is told below the
    new one, to which they all lead: it may have been known below each.
    """
    former, keys = project.former(names), dict[str, str]()
    renamed = project.old_ids.redirects.renamed
    if names.is_of_article or not any(project.has_been(names.old, id) for id in renamed):
        return keys
    used = {*project.old_ids.places, *former}
    for old in project.leads:
        topic, _, article = old.partition("/")
        id = f"{names.new}/{article}"
        if article and id not in used and project.has_been(names.old, topic):
            keys[old] = id
            used.add(id)
    return keys


def _added(project: Project, entry: str) -> Edit:
    """Put an entry into `renamed:`, or that into the file."""
    text, root = project.text(REDIRECTS), project.yaml(REDIRECTS)
    newline = _newline(project.files[REDIRECTS])
    if isinstance(root.value, dict) and (renamed := root.value.get("renamed")):
        return entry_edit(text, renamed, entry, newline)
    if text.text.startswith("{", index_of(text, root.place)):
        return entry_edit(text, root, f"renamed: {{{entry}}}", newline)
    lines = [NOTE, "renamed:", f"  {entry}"]
    if not root.value:
        return _begun(text, root, newline.join([*lines, ""]), newline)
    return entry_edit(text, root, f"{newline}{' ' * (root.place.column - 1)}".join(lines), newline)


def _begun(text: Text, root: Node, section: str, newline: str) -> Edit:
    """Write the first section of a file, behind its comments, or into a document that is empty."""
    start = end = len(text.text)
    if root.value == "":
        start = index_of(text, root.place)
        end = start + len("''") * text.text.startswith(("''", '""'), start)
    before = newline if start and text.text[start - 1] != "\n" else ""
    return Edit(start, end, before + section)


def _newline(data: bytes) -> str:
    """Give the line end of a file."""
    found = re.search(rb"\r\n|\n|\r", data)
    return found[0].decode() if found else "\n"
