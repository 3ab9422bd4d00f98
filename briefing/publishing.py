"""The built site, put on a branch and pushed, for those whom a workflow does not publish it.

git does all of it but one thing: ghp-import, which has its home here, makes the commit
(https://github.com/c-w/ghp-import). It takes whole folders, moves branches and tells of no
failure, so it is given a copy of what the build made and a repository for the moment, whose
objects are the real one's. No branch is moved before what it made was looked at and pushed,
so there is nothing to be put back.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from warnings import catch_warnings, simplefilter

from msgspec import Struct

from briefing.files.plan import Held, look_into, read_manifest
from briefing.files.reading import is_litter
from briefing.files.writing import Change
from briefing.problems import Place, Problem, Problems, mistake, stop_on

_Blob = tuple[str, str]
"""The mode of a file in git, and the id of what is in it."""
_MODE = "100644"
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
_THERE, _BRANCH = "there", "site"
"""What the remote and the branch are called in the repository for the moment."""
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
"""A name and password in an address."""
_UNSAID = re.compile('^"|\n')
"""In a path: ghp-import writes it to git as it is, and git would read another."""
_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>.*)> (?P<date>\d+ [+-]\d+)\n")
_SEE_WHETHER = (
    "see that `git ls-remote {}` works: git may not ask for a password here (GIT_TERMINAL_PROMPT=0)"
)
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
MAX_LISTED = 50
"""Files whose removal a dry run names."""
_CONFLICTS = {"DD", "AA"}
"""States of a conflict without its letter."""


def refuse_dirty(root: Path, names: tuple[str, ...]) -> None:
    """Refuse sources at or below some names that are not committed as they are on disk.

    What the build does not read is no source. Raises Problems, one for each file, or one if
    there is no git, no work tree or no commit.
    """
    _head(root)
    prefix = _text(_git(root, "rev-parse", "--show-prefix")).removesuffix("\n")
    ways = ("--untracked-files=all", "--ignored=traditional", "--ignore-submodules=none")
    status = ("status", "--porcelain=v1", "-z", "--find-renames", *ways)
    entries = iter(_text(_git(root, *status, "--", *names)).split("\0")[:-1])
    found = []
    for entry in entries:
        state, path = entry[:2], entry[3:].removeprefix(prefix)
        former = next(entries).removeprefix(prefix) if {"R", "C"} & set(state) else ""
        if not any(map(is_litter, path.split("/")[1:])):
            found.append(_uncommitted(state, path, former))
    stop_on(found)


def _uncommitted(state: str, path: str, former: str) -> Problem:
    """Tell of a file that is not committed as it is."""
    letters = "U" if state in _CONFLICTS else state
    said, cure = next(
        words for letter, words in _CHANGES.items() if letter in letters or not letter
    )
    return Problem(Place(path), f"{said}: it was `{former}`" if former else said, cure)


def refuse_example(address: str) -> None:
    """Refuse an address at which nobody publishes: https://www.rfc-editor.org/rfc/rfc2606."""
    host = urlsplit(address).hostname or ""
    names = host.split(".")
    if names[-1] in _EXAMPLES or names[-2:-1] == ["example"]:
        cure = "write in site.yaml, or after --address, where the site will stand"
        raise mistake(Place("site.yaml"), f"the address is that of an example: {address}", cure)


_EXAMPLES = {"example", "invalid", "localhost", "test"}


def published(root: Path, remote: str, branch: str, name: str) -> bytes | None:
    """Give what is in a file on the branch of a remote; None if there is no such branch or file.

    No ref is changed. Raises Problems where the remote is unknown or cannot be reached.
    """
    there = _Branch(root, remote, branch)
    tip = _fetched(there)
    blob = _blobs_of(root, tip).get(name) if tip else None
    return _git(root, "cat-file", "blob", blob[1]) if blob else None


def publish(root: Path, output: Path, remote: str, branch: str, *, dry_run: bool) -> str:
    """Publish what the build made, as a commit on top of the branch of a remote; say what was done.

    What is checked out, the work tree and the index are not touched. The local branch of
    that name follows where it has no commits of its own. A dry run changes nothing. Raises
    Problems, with every ref as it was, for a branch that is checked out, a site that is not
    whole, no identity, and whatever git refuses.
    """
    there = _Branch(root, remote, branch)
    source = _head(root)
    _refuse_checked_out(there)
    site = _blobs_in(root, output)
    tip = _fetched(there)
    before = _blobs_of(root, tip) if tip else {}
    if site == before:
        return f"{there}: nothing has changed, nothing was pushed"
    change, identity = _change(before, site), _identity(root)
    if dry_run:
        gone = sorted(before.keys() - site.keys())
        listed = [f"would be removed: {path}" for path in gone[:MAX_LISTED]]
        return "\n".join([f"{there}: {change} would be published, nothing was changed", *listed])
    message = f"Publish the site of {source[:7]}\n\nMade from the sources of commit {source}.\n"
    commit = _committed(root, output, site, parent=tip, message=message, identity=identity)
    _push(there, commit)
    return f"{there}: {change}, commit {commit[:7]}{_follow(there, commit)}"


class _Branch(Struct, frozen=True):
    """A branch of a remote, as it is named in a repository."""

    root: Path
    remote: str
    name: str

    def __str__(self) -> str:
        return f"{self.remote}/{self.name}"

    @property
    def ref(self) -> str:
        """The full name, which no tag can have."""
        return f"refs/heads/{self.name}"


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Give the environment in which git finds the repository of the folder it is run in."""
    kept = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    own = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    return {**kept, **own, **more}


def _git(
    root: Path, *arguments: str, cure: str = "", env: Mapping[str, str] | None = None
) -> bytes:
    """Run git in a folder; give what it prints. Raises Problems with its own words if it fails."""
    command = ["git", "-C", os.fspath(root), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 — a list of arguments, and no shell
            command,
            env=_environment(env or {}),
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
    lines = map(str.strip, _SECRET.sub("", _text(done.stderr)).splitlines())
    said = [line for line in lines if line and not line.startswith("hint:")]
    return " / ".join(said) or f"ended with status {done.returncode}"


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape")


def _head(root: Path) -> str:
    """Give the commit that is checked out. Raises Problems if there is none."""
    cure = "publish from a clone, or begin with `git init`"
    if _git(root, "rev-parse", "--is-inside-work-tree", cure=cure) != b"true\n":
        raise mistake(Place(str(root)), "is in no work tree of git", cure)
    try:
        return _text(_git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).strip()
    except Problems:
        cure = "commit the sources: what is published names the commit it was made from"
        raise mistake(Place(str(root)), "has no commit yet", cure) from None


def _refuse_checked_out(there: _Branch) -> None:
    """Refuse what is no branch name, and a branch that stands in some work tree."""
    _git(there.root, "check-ref-format", "--branch", there.name, cure="name another branch")
    trees = _text(_git(there.root, "worktree", "list", "--porcelain")).split("\n\n")
    for tree in trees:
        where, *lines = tree.splitlines() or [""]
        if f"branch {there.ref}" in lines:
            said = f"`{there.name}` is checked out in {where.removeprefix('worktree ')}"
            cure = "name another branch, or check out another one there"
            raise mistake(Place(str(there.root)), said, cure)


def _fetched(there: _Branch) -> str | None:
    """Fetch a branch, and no ref; give the commit it is at, or None if there is no such branch."""
    known = _text(_git(there.root, "remote")).split()
    if there.remote not in known:
        cure = f"known: {', '.join(known)}" if known else "add it with `git remote add`"
        raise mistake(Place(str(there.root)), f"`{there.remote}` is no remote of git", cure)
    cure = _SEE_WHETHER.format(there.remote)
    listed = _text(_git(there.root, "ls-remote", there.remote, there.ref, cure=cure))
    refs = (line.split("\t") for line in listed.splitlines())
    tip = next((commit for commit, ref in refs if ref == there.ref), None)
    if tip:
        nothing_else = ("--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--refmap=")
        fetch = ("fetch", "--quiet", "--no-recurse-submodules", *nothing_else)
        _git(there.root, *fetch, there.remote, there.ref, cure=cure)
    return tip


def _blobs_of(root: Path, commit: str) -> dict[str, _Blob]:
    """Give the files of a commit, by path."""
    listed = _text(_git(root, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0")[:-1]
    entries = (entry.partition("\t") for entry in listed)
    return {path: (said.split()[0], said.split()[2]) for said, _, path in entries}


def _blobs_in(root: Path, output: Path) -> dict[str, _Blob]:
    """Give the files of the build, as git will know them, by path. Raises Problems.

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    paths, held = sorted(read_manifest(output)), look_into(output)
    if not paths:
        raise mistake(Place(str(output)), "holds no site that was built", "build it first")
    stop_on(_not_to_be_published(output, paths, held))
    kind = _object_format(root)

    def blob(data: bytes) -> _Blob:
        whole = b"blob %d\0" % len(data) + data
        return _MODE, hashlib.new(kind, whole, usedforsecurity=False).hexdigest()

    return {path: blob((output / path).read_bytes()) for path in paths}


def _not_to_be_published(output: Path, paths: Iterable[str], held: Held) -> Iterator[Problem]:
    for path in paths:
        place = Place(str(output / path))
        if not held.is_file(path):
            yield Problem(place, "is no longer the file that was built", "build again")
        if _UNSAID.search(path):
            yield Problem(place, "ghp-import cannot tell git of a file of that name", "rename it")


def _object_format(root: Path) -> str:
    """Give the hash by which git knows things: sha1, or sha256."""
    return _text(_git(root, "rev-parse", "--show-object-format")).strip()


def _change(before: Mapping[str, _Blob], after: Mapping[str, _Blob]) -> Change:
    """Count the files that differ."""
    both = before.keys() & after.keys()
    changed = sum(before[path] != after[path] for path in both)
    return Change(len(after) - len(both), changed, len(before) - len(both))


def _identity(root: Path) -> dict[str, str]:
    """Give who commits, and when, as variables of git's. Raises Problems where it had to guess."""
    cure = 'say who you are: git config user.name "…" and git config user.email "…"'
    ask = ("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    said = _IDENTITY.fullmatch(_git(root, *ask, cure=cure).decode("utf-8", "replace"))
    parts = said.groupdict() if said else {}
    return {f"GIT_COMMITTER_{part.upper()}": value for part, value in parts.items()}


def _committed(
    root: Path,
    output: Path,
    site: Mapping[str, _Blob],
    *,
    parent: str | None,
    message: str,
    identity: Mapping[str, str],
) -> str:
    """Make a commit of some files of a folder, and no ref; give its id. Raises Problems."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy, aside = Path(folder, "site"), _aside(root, Path(folder, "git"))
        if parent:
            _git(root, "update-ref", f"refs/remotes/{_THERE}/{_BRANCH}", parent, env=aside)
        for path in site:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, copy / path)  # and not its mode
        with _surroundings(_environment({**aside, **identity})):
            _import(copy, message)
        commit = _at(root, f"refs/heads/{_BRANCH}", aside)
    if not commit or _blobs_of(root, commit) != site:
        said = "git has not taken the site as it is; what it says of that stands above"
        raise mistake(Place(str(output)), said, "build again, and publish again")
    return commit


def _aside(root: Path, folder: Path) -> dict[str, str]:
    """Make a repository with refs of its own and the objects of the real one; give its variables.

    https://git-scm.com/docs/git#_environment_variables
    """
    objects, shallow = (
        os.fspath((root / os.fsdecode(said).rstrip("\n")).resolve())
        for said in (_git(root, "rev-parse", "--git-path", name) for name in ("objects", "shallow"))
    )
    here = {"GIT_DIR": os.fspath(folder), "GIT_OBJECT_DIRECTORY": objects}
    aside = {**here, "GIT_SHALLOW_FILE": shallow}
    kind = _object_format(root)
    _git(root, "init", "--quiet", "--bare", "--template=", f"--object-format={kind}", env=aside)
    return aside


@contextmanager
def _surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    """Have another environment, for a library that takes what it finds."""
    before = dict(os.environ)
    try:
        os.environ.clear()
        os.environ.update(environment)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _import(folder: Path, message: str) -> None:
    """Make a commit of a folder by ghp-import; what came of it must be looked at."""
    # Who does not publish needs none of it.
    from ghp_import import GhpError, ghp_import  # type: ignore[import-untyped]  # noqa: PLC0415

    # Where git fails, it writes bytes to a stream of text, or to a pipe that has been closed;
    # then it does not wait for the end of git, of which Python would warn.
    with catch_warnings(), suppress(GhpError, TypeError, BrokenPipeError):
        simplefilter("ignore", ResourceWarning)
        ghp_import(os.fspath(folder), remote=_THERE, branch=_BRANCH, mesg=message)


def _at(root: Path, ref: str, env: Mapping[str, str] | None = None) -> str:
    """Give the commit a ref is at, or nothing."""
    form = ("for-each-ref", "--format=%(objectname)", ref)
    return _text(_git(root, *form, env=env)).strip()


def _push(there: _Branch, commit: str) -> None:
    """Push a commit, and nothing else. Raises Problems if it is refused."""
    nothing_else = ("--quiet", "--no-follow-tags", "--recurse-submodules=no")
    cure = f"if the branch has moved on, publish again; else {_SEE_WHETHER}"
    push = ("push", *nothing_else, there.remote, f"{commit}:{there.ref}")
    _git(there.root, *push, cure=cure.format(there.remote))


def _follow(there: _Branch, commit: str) -> str:
    """Let the local branch of that name follow, if nothing is lost by it; say where it does not."""
    local = _at(there.root, there.ref)
    with suppress(Problems):  # it was moved meanwhile, or cannot be: what is pushed is pushed
        if not (local and _git(there.root, "rev-list", "--max-count=1", local, f"^{commit}")):
            before = local or "0" * len(commit)
            _git(there.root, "update-ref", "-m", "publish", there.ref, commit, before)
            return ""
    return f"; your own branch {there.name} has other commits and was left as it was"
