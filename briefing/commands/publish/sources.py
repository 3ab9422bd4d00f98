"""Refuses sources that are not committed, and a repository that would take what is no source.

A published site names the commit of its sources. `refuse_dirty` looks before the build, and
`refuse_other_sources` compares what was built with the commit, since files may change meanwhile
and git may be told to overlook a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from briefing.commands.publish.git import (
    Blob,
    blobs_of,
    contents_of,
    decode_output,
    git,
    head_commit,
)
from briefing.model.fingerprint import fingerprint
from briefing.problems import Place, Problem, Problems, raise_if_any
from briefing.storage.read_sources import is_left_out, read_tree
from briefing.storage.stat_cache import ARTICLE_TEXTS

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
_NOT_FOR_GIT: Mapping[str, str] = {
    ARTICLE_TEXTS: "the full texts of articles, which others own",
    ".cache": "what a build leaves to the next",
    "output": "the built site",
}
"""Folders beside the sources that are never committed to their branch, with what is in each."""
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
        if not is_left_out(path):
            problems.append(_uncommitted(state, path, former))
    raise_if_any(problems)


def _uncommitted(state: str, path: str, former: str) -> Problem:
    """Return the problem of a file with the status letters `state`."""
    letters = "U" if state in _CONFLICTS else state
    message, cure = next(
        words for letter, words in _CHANGES.items() if letter in letters or not letter
    )
    return Problem(Place(path), f"{message}: it was `{former}`" if former else message, cure)


def refuse_committed_folders(root: Path) -> None:
    """Refuse a folder in which git has, or would take, what must not be published as a source.

    Raises Problems, one for each folder that is committed, and one with all lines that
    .gitignore lacks.
    """
    tracked = decode_output(git(root, "ls-files", "-z", "--", *_NOT_FOR_GIT)).split("\0")[:-1]
    committed = {path.partition("/")[0] for path in tracked}
    names = "".join(f"{name}/a\0" for name in _NOT_FOR_GIT).encode()
    ask = ("check-ignore", "--no-index", "-z", "--stdin")
    ignored = decode_output(git(root, *ask, data=names, statuses=(0, 1))).split("\0")[:-1]
    raise_if_any(_folder_problems(committed, {path.partition("/")[0] for path in ignored}))


def _folder_problems(committed: set[str], ignored: set[str]) -> Iterator[Problem]:
    for name, what in _NOT_FOR_GIT.items():
        if name in committed:
            cure = f"take it out with `git rm -r --cached {name}`, and commit that"
            yield Problem(Place(name), f"is committed: {what}", cure)
    if missing := [name for name in _NOT_FOR_GIT if name not in ignored]:
        message = "; ".join(f"git would take `{name}`, {_NOT_FOR_GIT[name]}" for name in missing)
        lines = ", ".join(f"`{name}/`" for name in missing)
        cure = f"add to .gitignore, each on a line of its own: {lines}; and commit it"
        yield Problem(Place(".gitignore"), message, cure)


def refuse_other_sources(
    root: Path, names: tuple[str, ...], commit: str, built: Mapping[str, bytes]
) -> None:
    """Refuse a site that was built of other sources than a commit has at or below `names`.

    built: the fingerprint of each source file as it was built, by path. Raises Problems, one for
    each file that differs.
    """
    committed = {
        normalize("NFC", path): blob
        for path, blob in blobs_of(root, commit, names).items()
        if not is_left_out(path)
    }
    contents = contents_of(root, {blob for mode, blob in committed.values() if mode != "160000"})
    wrong = []
    for path in sorted(committed.keys() | built.keys()):
        blob, own = committed.get(path, ("", "")), built.get(path, b"")
        data = contents.get(blob[1])
        is_same = data is not None and fingerprint(data) == own
        if not is_same and not _is_same(root, path, blob, own):
            wrong.append(path)
    message = f"what was built of it is not what commit {commit[:7]} has"
    raise_if_any(Problem(Place(path), message, _hidden_cure(path)) for path in wrong)


def _is_same(root: Path, path: str, committed: Blob, built: bytes) -> bool:
    """Whether a file is the committed one but for what git changes as it writes it to the disk.

    Line ends, for example: https://git-scm.com/docs/gitattributes#_effects
    """
    with suppress(Problems):
        data = read_tree(root, path).get(path, b"")
        if fingerprint(data) == built:
            clean = git(root, "hash-object", "--stdin", f"--path={path}", data=data)
            return clean.decode().strip() == committed[1]
    return False


def _hidden_cure(path: str) -> str:
    return (
        "publish again; if `git status` does not show that it was changed, git was told to "
        f"overlook that: `git update-index --no-assume-unchanged {path}`, "
        f"`git update-index --no-skip-worktree {path}`"
    )
