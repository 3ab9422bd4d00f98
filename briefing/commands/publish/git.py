"""Runs git in a folder, and asks it for commits, blobs and the identity of the user.

Environment variables that would lead git to another repository, as in a hook that runs the build,
are removed. git never asks for a password.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path

from briefing.problems import Place, Problems, mistake

Blob = tuple[str, str]
"""Mode of a file in git, and the id of its content."""
BLOB_MODE = "100644"
"""Mode of a file that is not executable (https://git-scm.com/docs/git-fast-import)."""
_REDIRECTING_VARIABLES = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "IMPLICIT_WORK_TREE", "COMMON_DIR", "INDEX_FILE", "PREFIX"),
        *("OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "QUARANTINE_PATH", "SHALLOW_FILE"),
        *("NAMESPACE", "GRAFT_FILE", "REPLACE_REF_BASE", "NO_REPLACE_OBJECTS", "CONFIG"),
        *("LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS", "ICASE_PATHSPECS"),
    )
)
"""Variables that lead git elsewhere, as in a hook (https://git-scm.com/docs/githooks)."""
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
"""User name and password in a URL."""
_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>.*)> (?P<date>\d+ [+-]\d+)\n")


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git uses the repository of the folder it is run in.

    more: variables added to it.
    """
    inherited = {
        name: value for name, value in os.environ.items() if name not in _REDIRECTING_VARIABLES
    }
    own = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return {**inherited, **own, **more}


def git(
    root: Path,
    *arguments: str,
    cure: str = "",
    env: Mapping[str, str] | None = None,
    data: bytes = b"",
    statuses: tuple[int, ...] = (0,),
) -> bytes:
    """Run git in `root` and return its standard output.

    env: further variables. data: its standard input. statuses: with which it may end.

    Raises Problems with the error text of git, and `cure`, if it fails.
    """
    command = ["git", "-C", os.fspath(root), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 — a list of arguments, and no shell
            command,
            env=environment(env or {}),
            input=data,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        cure = "install it: https://git-scm.com"
        raise mistake(Place(str(root)), "git is not installed", cure) from None
    if done.returncode not in statuses:
        verb = next(word for word in arguments if not word.startswith("-") and "=" not in word)
        raise mistake(Place(str(root)), f"git {verb}: {_error_text(done)}", cure)
    return done.stdout


def _error_text(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the error text of git in one line, without hints and without passwords."""
    lines = map(str.strip, _SECRET.sub("", decode_output(done.stderr)).splitlines())
    errors = [line for line in lines if line and not line.startswith("hint:")]
    return " / ".join(errors) or f"ended with status {done.returncode}"


def decode_output(output: bytes) -> str:
    """Return output of git as text; bytes that are not UTF-8 become surrogates."""
    return output.decode("utf-8", "surrogateescape")


def head_commit(root: Path) -> str:
    """Return the id of the commit that is checked out. Raises Problems if there is none."""
    cure = "publish from a clone, or begin with `git init`"
    if git(root, "rev-parse", "--is-inside-work-tree", cure=cure) != b"true\n":
        raise mistake(Place(str(root)), "is in no work tree of git", cure)
    try:
        return decode_output(git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).strip()
    except Problems:
        cure = "commit the sources: what is published names the commit it was made from"
        raise mistake(Place(str(root)), "has no commit yet", cure) from None


def object_format(root: Path) -> str:
    """Return the hash function of the object ids of a repository: sha1 or sha256."""
    return decode_output(git(root, "rev-parse", "--show-object-format")).strip()


def blobs_of(root: Path, commit: str, names: tuple[str, ...] = ()) -> dict[str, Blob]:
    """Return the blobs of a commit, by path.

    names: those at or below these names in `root`, by path from there; (): all of the commit.
    """
    which = (commit, "--", *names) if names else ("--full-tree", commit)
    listed = decode_output(git(root, "ls-tree", "-r", "-z", *which)).split("\0")[:-1]
    entries = (entry.partition("\t") for entry in listed)
    return {path: (fields.split()[0], fields.split()[2]) for fields, _, path in entries}


def contents_of(root: Path, blobs: Collection[str]) -> dict[str, bytes]:
    """Return the content of blobs, by id.

    https://git-scm.com/docs/git-cat-file#_batch_output
    """
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    answer, contents, at = git(root, "cat-file", "--batch", data=asked), dict[str, bytes](), 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        blob, _, size = answer[at:end].split()
        at = end + 1 + int(size)
        contents[blob.decode()] = answer[end + 1 : at]
        at += 1  # a line end
    return contents


def commit_at(root: Path, ref: str, env: Mapping[str, str] | None = None) -> str:
    """Return the id of the commit that `ref` is at; "" if there is no such ref."""
    form = ("for-each-ref", "--format=%(objectname)", ref)
    return decode_output(git(root, *form, env=env)).strip()


def committer_identity(root: Path) -> dict[str, str]:
    """Return name, email and date of the committer as environment variables of git.

    Raises Problems if none is configured and git would have to guess.
    """
    cure = 'say who you are: git config user.name "…" and git config user.email "…"'
    ask = ("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    match = _IDENTITY.fullmatch(git(root, *ask, cure=cure).decode("utf-8", "replace"))
    parts = match.groupdict() if match else {}
    return {f"GIT_COMMITTER_{part.upper()}": value for part, value in parts.items()}
