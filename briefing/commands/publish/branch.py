"""A branch of a remote: fetch its tip, push a commit to it, update the local branch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from briefing.commands.publish.git import commit_at, decode_output, git
from briefing.problems import Place, Problems, mistake

_SEE_WHETHER = (
    "see that `git ls-remote {}` works: git may not ask for a password here (GIT_TERMINAL_PROMPT=0)"
)


class Branch(Struct, frozen=True):
    """A branch of a remote of the repository at `root`."""

    root: Path
    remote: str
    name: str

    def __str__(self) -> str:
        return f"{self.remote}/{self.name}"

    @property
    def ref(self) -> str:
        """The full name of the ref, which no tag can have."""
        return f"refs/heads/{self.name}"


def refuse_checked_out(branch: Branch) -> None:
    """Refuse a name that is none of a branch, and a branch that a work tree has checked out.

    Raises Problems.
    """
    git(branch.root, "check-ref-format", "--branch", branch.name, cure="name another branch")
    trees = decode_output(git(branch.root, "worktree", "list", "--porcelain")).split("\n\n")
    for tree in trees:
        where, *lines = tree.splitlines() or [""]
        if f"branch {branch.ref}" in lines:
            message = f"`{branch.name}` is checked out in {where.removeprefix('worktree ')}"
            cure = "name another branch, or check out another one there"
            raise mistake(Place(str(branch.root)), message, cure)


def fetch_tip(branch: Branch) -> str | None:
    """Fetch the commits of a branch and return its tip; None if there is no such branch.

    No ref is changed. Raises Problems if the remote is unknown or cannot be reached.
    """
    remotes = decode_output(git(branch.root, "remote")).split()
    if branch.remote not in remotes:
        cure = f"known: {', '.join(remotes)}" if remotes else "add it with `git remote add`"
        raise mistake(Place(str(branch.root)), f"`{branch.remote}` is no remote of git", cure)
    cure = _SEE_WHETHER.format(branch.remote)
    listed = decode_output(git(branch.root, "ls-remote", branch.remote, branch.ref, cure=cure))
    refs = (line.split("\t") for line in listed.splitlines())
    tip = next((commit for commit, ref in refs if ref == branch.ref), None)
    if tip:
        restrictions = ("--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--refmap=")
        fetch = ("fetch", "--quiet", "--no-recurse-submodules", *restrictions)
        git(branch.root, *fetch, branch.remote, branch.ref, cure=cure)
    return tip


def push(branch: Branch, commit: str) -> None:
    """Push a commit to a branch, and nothing else. Raises Problems if it is refused."""
    restrictions = ("--quiet", "--no-follow-tags", "--recurse-submodules=no")
    cure = f"if the branch has moved on, publish again; else {_SEE_WHETHER}"
    push = ("push", *restrictions, branch.remote, f"{commit}:{branch.ref}")
    git(branch.root, *push, cure=cure.format(branch.remote))


def update_local_branch(branch: Branch, commit: str) -> str:
    """Move the local branch of that name to a pushed commit, if it has no other commits.

    Return "", or the end of the message for the user if it was left as it is.
    """
    local = commit_at(branch.root, branch.ref)
    with suppress(Problems):  # it was moved meanwhile, or cannot be moved; the push succeeded
        if not (local and git(branch.root, "rev-list", "--max-count=1", local, f"^{commit}")):
            before = local or "0" * len(commit)
            git(branch.root, "update-ref", "-m", "publish", branch.ref, commit, before)
            return ""
    return f"; your own branch {branch.name} has other commits and was left as it was"
