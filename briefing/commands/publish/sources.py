"""The sources of a site, which are published only as they are committed."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.publish.git import git, head, text
from briefing.problems import Place, Problem, raise_if_any
from briefing.storage.read_sources import is_editor_file

_CHANGES = {
    "U": ("is in conflict", "settle the conflict and commit the file"),
    "!": ("is read, and git is told to ignore it", "commit it with `git add --force`, or move it"),
    "?": ("is new, and not committed", "commit it, or take it away"),
    "R": ("was renamed, and that is not committed", "commit both names"),
    "D": ("was deleted, and that is not committed", "commit that, or restore it"),
    "A": ("is new, and not committed", "commit it, or take it away"),
    "": ("was changed, and that is not committed", "commit it, or restore it"),
}
"""By a letter of its state, the first that fits, what is said of a file, and the cure.

https://git-scm.com/docs/git-status#_short_format
"""
_CONFLICTS = {"DD", "AA"}
"""States of a conflict without its letter."""


def refuse_dirty(root: Path, names: tuple[str, ...]) -> None:
    """Refuse sources at or below some names that are not committed as they are on disk.

    What the build does not read is no source. Raises Problems, one for each file, or one if
    there is no git, no work tree or no commit.
    """
    head(root)
    prefix = text(git(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    ways = ("--untracked-files=all", "--ignored=traditional", "--ignore-submodules=none")
    status = ("status", "--porcelain=v1", "-z", "--find-renames", *ways)
    entries = iter(text(git(root, *status, "--", *names)).split("\0")[:-1])
    found = []
    for entry in entries:
        state, path = entry[:2], entry[3:].removeprefix(prefix)
        former = next(entries).removeprefix(prefix) if {"R", "C"} & set(state) else ""
        if not any(map(is_editor_file, path.split("/")[1:])):
            found.append(_uncommitted(state, path, former))
    raise_if_any(found)


def _uncommitted(state: str, path: str, former: str) -> Problem:
    """Tell of a file that is not committed as it is."""
    letters = "U" if state in _CONFLICTS else state
    said, cure = next(
        words for letter, words in _CHANGES.items() if letter in letters or not letter
    )
    return Problem(Place(path), f"{said}: it was `{former}`" if former else said, cure)
