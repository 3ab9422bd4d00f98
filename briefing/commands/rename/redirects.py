"""Adds the old id to redirects.yaml, and updates what leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.commands.rename.edits import Edit, entry_edit, index_of, rewrite_bytes, scalar_edit
from briefing.commands.rename.names import IdChange, Project
from briefing.content.redirects import REDIRECTS
from briefing.syntax.nodes import Node
from briefing.syntax.text import Text

RENAMED_COMMENT = (
    "# What was renamed: its old id, and the one it has now. Feeds go on under the old one."
)
"""Comment above `renamed:` where that is new in the file."""


def updated_redirects(project: Project, ids: IdChange) -> bytes:
    """Return the content of redirects.yaml after the change.

    What led to the old id leads to the new one. An old id that its owner gets again leads to
    itself. The newest entry is the first, so that the last entry for an id has its oldest one.
    """
    entry = f"{ids.old}: {ids.new}"
    if REDIRECTS not in project.files:
        return f"{RENAMED_COMMENT}\nrenamed:\n  {entry}\n".encode()
    edits = [*_redirect_edits(project, ids)]
    if ids.old not in project.old_ids.redirects.renamed:
        edits.append(_new_entry_edit(project, entry))
    return rewrite_bytes(project.files[REDIRECTS], edits)


def _redirect_edits(project: Project, ids: IdChange) -> Iterator[Edit]:
    """Yield the edits by which every redirect to an old id leads to the new one."""
    text, old_ids = project.text(REDIRECTS), project.old_ids
    former, keys = project.former_ids(ids), _moved_keys(project, ids)
    for old, new in project.old_id_targets.items():
        key, target = keys.get(old, old), old if old in former else ids.new_id(new)
        if key != old:
            yield scalar_edit(text, old_ids.places[old], old, key)
        if target != new:
            yield scalar_edit(text, old_ids.targets[old], new, target)
    for written in old_ids.redirects.withdrawn:
        if (name := ids.new_withdrawn(written, old_ids.redirects)) != written:
            yield scalar_edit(text, old_ids.places[written], written, name)


def _moved_keys(project: Project, ids: IdChange) -> Mapping[str, str]:
    """Return the new key of each entry that gets another one, by its old key.

    If a topic has had several ids, an article that was renamed below one of them may have been
    published below each. Its entry moves to the new id, to which all of them lead.
    """
    former, keys = project.former_ids(ids), dict[str, str]()
    renamed = project.old_ids.redirects.renamed
    if ids.is_of_article or not any(project.was_called(ids.old, id) for id in renamed):
        return keys
    used = {*project.old_ids.places, *former}
    for old in project.old_id_targets:
        topic, _, article = old.partition("/")
        id = f"{ids.new}/{article}"
        if article and id not in used and project.was_called(ids.old, topic):
            keys[old] = id
            used.add(id)
    return keys


def _new_entry_edit(project: Project, entry: str) -> Edit:
    """Return the edit that adds `entry` to `renamed:`, or adds that section to the file."""
    text, root = project.text(REDIRECTS), project.yaml(REDIRECTS)
    newline = _newline(project.files[REDIRECTS])
    if isinstance(root.value, dict) and (renamed := root.value.get("renamed")):
        return entry_edit(text, renamed, entry, newline)
    if text.text.startswith("{", index_of(text, root.place)):
        return entry_edit(text, root, f"renamed: {{{entry}}}", newline)
    lines = [RENAMED_COMMENT, "renamed:", f"  {entry}"]
    if not root.value:
        return _first_section_edit(text, root, newline.join([*lines, ""]), newline)
    return entry_edit(text, root, f"{newline}{' ' * (root.place.column - 1)}".join(lines), newline)


def _first_section_edit(text: Text, root: Node, section: str, newline: str) -> Edit:
    """Return the edit that adds the first section: after comments, or for an empty text."""
    start = end = len(text.text)
    if root.value == "":
        start = index_of(text, root.place)
        end = start + len("''") * text.text.startswith(("''", '""'), start)
    before = newline if start and text.text[start - 1] != "\n" else ""
    return Edit(start, end, before + section)


def _newline(data: bytes) -> str:
    """Return the line end of a file; LF if it has none."""
    match = re.search(rb"\r\n|\n|\r", data)
    return match[0].decode() if match else "\n"
