"""git, run in a folder, and what it knows of a repository.

No variable of a hook that runs the build leads it elsewhere, and it asks nobody for a password.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from briefing.problems import Place, Problems, mistake

Blob = tuple[str, str]
"""The mode of a file in git, and the id of what is in it."""
MODE = "100644"
"""A file that anybody may read and nobody run (https://git-scm.com/docs/git-fast-import)."""
_ASTRAY = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "IMPLICIT_WORK_TREE", "COMMON_DIR", "INDEX_FILE", "PREFIX"),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "QUARANTINE_PATH", "SHALLOW_FILE"),
        *("NAMESPACE", "GRAFT_FILE", "REPLACE_REF_BASE", "NO_REPLACE_OBJECTS", "CONFIG"),
        *("LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS", "ICASE_PATHSPECS"),
    )
)
"""What leads git to another place, as in a hook (https://git-scm.com/docs/githooks)."""
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
"""A name and password in an address."""
_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>.*)> (?P<date>\d+ [+-]\d+)\n")


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Give the environment in which git finds the repository of the folder it is run in."""
    kept = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    own = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return {**kept, **own, **more}


def git(root: Path, *arguments: str, cure: str = "", env: Mapping[str, str] | None = None) -> bytes:
    """Run git in a folder; give what it prints. Raises Problems with its own words if it fails."""
    command = ["git", "-C", os.fspath(root), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 — a list of arguments, and no shell
            command,
            env=environment(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        cure = "install it: https://git-scm.com"
        raise mistake(Place(str(root)), "git is not installed", cure) from None
    if done.returncode:
        verb = next(word for word in arguments if not word.startswith("-") and "=" not in word)
        raise mistake(Place(str(root)), f"git {verb}: {_words(done)}", cure)
    return done.stdout


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give what git said, without its hints, which are for another way to work, and no password."""
    lines = map(str.strip, _SECRET.sub("", text(done.stderr)).splitlines())
    said = [line for line in lines if line and not line.startswith("hint:")]
    return " / ".join(said) or f"ended with status {done.returncode}"


def text(said: bytes) -> str:
    """Give what git said as text, in which a path that is none keeps its bytes."""
    return said.decode("utf-8", "surrogateescape")


def head(root: Path) -> str:
    """Give the commit that is checked out. Raises Problems if there is none."""
    cure = "publish from a clone, or begin with `git init`"
    if git(root, "rev-parse", "--is-inside-work-tree", cure=cure) != b"true\n":
        raise mistake(Place(str(root)), "is in no work tree of git", cure)
    try:
        return text(git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).strip()
    except Problems:
        cure = "commit the sources: what is published names the commit it was made from"
        raise mistake(Place(str(root)), "has no commit yet", cure) from None


def object_format(root: Path) -> str:
    """Give the hash by which git knows things: sha1, or sha256."""
    return text(git(root, "rev-parse", "--show-object-format")).strip()


def blobs_of(root: Path, commit: str) -> dict[str, Blob]:
    """Give the files of a commit, by path."""
    listed = text(git(root, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0")[:-1]
    entries = (entry.partition("\t") for entry in listed)
    return {path: (said.split()[0], said.split()[2]) for said, _, path in entries}


def commit_at(root: Path, ref: str, env: Mapping[str, str] | None = None) -> str:
    """Give the commit a ref is at, or nothing."""
    form = ("for-each-ref", "--format=%(objectname)", ref)
    return text(git(root, *form, env=env)).strip()


def identity(root: Path) -> dict[str, str]:
    """Give who commits, and when, as variables of git's. Raises Problems where it had to guess."""
    cure = 'say who you are: git config user.name "…" and git config user.email "…"'
    ask = ("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    said = _IDENTITY.fullmatch(git(root, *ask, cure=cure).decode("utf-8", "replace"))
    parts = said.groupdict() if said else {}
    return {f"GIT_COMMITTER_{part.upper()}": value for part, value in parts.items()}
