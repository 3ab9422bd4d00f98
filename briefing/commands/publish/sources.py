"""Refuses sources that are not committed: a published site names the commit of its sources."""

from __future__ import annotations

from pathlib import Path

from briefing.commands.publish.git import decode_output, git, head_commit
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
"""Message and cure for a file, by a letter of its status; the first that fits. "": any.

https://git-scm.com/docs/git-status#_short_format
"""
_CONFLICTS = {"DD", "AA"}
"""Statuses of a conflict that have no U."""


def refuse_dirty(root: Path, names: tuple[str, ...]) -> None:
    """Refuse sources at or below `names` that differ from the last commit.

    Files that the build ignores are left out. Raises Problems, one for each file, or one if
    there is no git, no work tree or no commit.
    """
    head_commit(root)
    prefix = decode_output(git(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    options = ("--untracked-files=all", "--ignored=traditional", "--ignore-submodules=none")
    status = ("status", "--porcelain=v1", "-z", "--find-renames", *options)
    entries = iter(decode_output(git(root, *status, "--", *names)).split("\0")[:-1])
    problems = []
    for entry in entries:
        state, path = entry[:2], entry[3:].removeprefix(prefix)
        former = next(entries).removeprefix(prefix) if {"R", "C"} & set(state) else ""
        if not any(map(is_editor_file, path.split("/")[1:])):
            problems.append(_uncommitted(state, path, former))
    raise_if_any(problems)


def _uncommitted(state: str, path: str, former: str) -> Problem:
    """Return the problem of a file with the status letters `state`."""
    letters = "U" if state in _CONFLICTS else state
    message, cure = next(
        words for letter, words in _CHANGES.items() if letter in letters or not letter
    )
    return Problem(Place(path), f"{message}: it was `{former}`" if former else message, cure)
