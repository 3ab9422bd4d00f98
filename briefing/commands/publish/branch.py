"""A branch of a remote: looked at, fetched, pushed to."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from briefing.commands.publish.git import commit_at, git, text
from briefing.problems import Place, Problems, mistake

_SEE_WHETHER = (
    "see that `git ls-remote {}` works: git may not ask for a password here (GIT_TERMINAL_PROMPT=0)"
)


class Branch(Struct, frozen=True):
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


def refuse_checked_out(there: Branch) -> None:
    """Refuse what is no branch name, and a branch that stands in some work tree."""
    git(there.root, "check-ref-format", "--branch", there.name, cure="name another branch")
    trees = text(git(there.root, "worktree", "list", "--porcelain")).split("\n\n")
    for tree in trees:
        where, *lines = tree.splitlines() or [""]
        if f"branch {there.ref}" in lines:
            said = f"`{there.name}` is checked out in {where.removeprefix('worktree ')}"
            cure = "name another branch, or check out another one there"
            raise mistake(Place(str(there.root)), said, cure)


def fetched(there: Branch) -> str | None:
    """Fetch a branch, and no ref; give the commit it is at, or None if there is no such branch."""
    known = text(git(there.root, "remote")).split()
    if there.remote not in known:
        cure = f"known: {', '.join(known)}" if known else "add it with `git remote add`"
        raise mistake(Place(str(there.root)), f"`{there.remote}` is no remote of git", cure)
    cure = _SEE_WHETHER.format(there.remote)
    listed = text(git(there.root, "ls-remote", there.remote, there.ref, cure=cure))
    refs = (line.split("\t") for line in listed.splitlines())
    tip = next((commit for commit, ref in refs if ref == there.ref), None)
    if tip:
        nothing_else = ("--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--refmap=")
        fetch = ("fetch", "--quiet", "--no-recurse-submodules", *nothing_else)
        git(there.root, *fetch, there.remote, there.ref, cure=cure)
    return tip


def push(there: Branch, commit: str) -> None:
    """Push a commit, and nothing else. Raises Problems if it is refused."""
    nothing_else = ("--quiet", "--no-follow-tags", "--recurse-submodules=no")
    cure = f"if the branch has moved on, publish again; else {_SEE_WHETHER}"
    push = ("push", *nothing_else, there.remote, f"{commit}:{there.ref}")
    git(there.root, *push, cure=cure.format(there.remote))


def follow(there: Branch, commit: str) -> str:
    """Let the local branch of that name follow, if nothing is lost by it; say where it does not."""
    local = commit_at(there.root, there.ref)
    with suppress(Problems):  # it was moved meanwhile, or cannot be: what is pushed is pushed
        if not (local and git(there.root, "rev-list", "--max-count=1", local, f"^{commit}")):
            before = local or "0" * len(commit)
            git(there.root, "update-ref", "-m", "publish", there.ref, commit, before)
            return ""
    return f"; your own branch {there.name} has other commits and was left as it was"
