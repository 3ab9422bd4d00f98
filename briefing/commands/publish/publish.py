"""Pushes a built site to a branch of a remote, where no workflow does that.

No branch is moved before the new commit was checked and pushed, so nothing has to be undone.

    sources     refuses sources that are not committed
    commits     makes a commit of the files of a build
    branch      fetches from and pushes to a branch of a remote
    git         runs git
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from briefing.commands.publish.branch import (
    Branch,
    fetch_tip,
    push,
    refuse_checked_out,
    update_local_branch,
)
from briefing.commands.publish.commits import blobs_of_build, make_commit
from briefing.commands.publish.git import (
    Blob,
    blobs_of,
    committer_identity,
    contents_of,
    head_commit,
)
from briefing.problems import Place, mistake
from briefing.storage.write_output import WriteSummary

MAX_REMOVALS_LISTED = 50
"""Removed files that a dry run lists; of more, the first by name."""
_EXAMPLES = {"example", "invalid", "localhost", "test"}
"""Top-level domains reserved for examples and tests: https://www.rfc-editor.org/rfc/rfc2606."""


def refuse_example(address: str) -> None:
    """Refuse a URL of the site that is reserved for examples. Raises Problems."""
    host = urlsplit(address).hostname or ""
    names = host.split(".")
    if names[-1] in _EXAMPLES or names[-2:-1] == ["example"]:
        cure = "write in site.yaml, or after --address, where the site will stand"
        raise mistake(Place("site.yaml"), f"the address is that of an example: {address}", cure)


def read_published(root: Path, remote: str, branch: str, name: str) -> bytes | None:
    """Return the content of the file `name` on a branch of a remote.

    None if there is no such branch or file. No ref is changed. Raises Problems if the remote is
    unknown or cannot be reached.
    """
    return read_published_files(root, remote, branch, lambda _: [name]).get(name)


def read_published_files(
    root: Path, remote: str, branch: str, wanted: Callable[[Iterable[str]], Iterable[str]]
) -> dict[str, bytes]:
    """Return the content of files on a branch of a remote, by path.

    wanted: returns the paths to be read of all there are. {} if there is no such branch. No ref is
    changed. Raises Problems if the remote is unknown or cannot be reached.
    """
    target = Branch(root, remote, branch)
    tip = fetch_tip(target)
    blobs = blobs_of(root, tip) if tip else {}
    ids = {path: blobs[path][1] for path in wanted(blobs) if path in blobs}
    contents = contents_of(root, set(ids.values())) if ids else {}
    return {path: contents[id] for path, id in ids.items()}


def publish(
    root: Path,
    output: Path,
    remote: str,
    branch: str,
    *,
    dry_run: bool,
    source: str = "",
    built: Mapping[str, bytes] | None = None,
) -> str:
    """Push the files of the build in `output` as a commit on top of a branch of a remote.

    source: the commit it was built from; "": the one that is checked out. built: as for
    `blobs_of_build`.

    Return what was done, for the user. HEAD, work tree and index are not touched. The local
    branch of that name is moved too if it has no other commits. dry_run: change nothing. Raises
    Problems, with every ref as it was, for a branch that is checked out, a site that is not
    complete, a missing identity, and whatever git refuses.
    """
    target = Branch(root, remote, branch)
    source = source or head_commit(root)
    refuse_checked_out(target)
    site = blobs_of_build(root, output, built)
    tip = fetch_tip(target)
    before = blobs_of(root, tip) if tip else {}
    if site == before:
        return f"{target}: nothing has changed, nothing was pushed"
    change, committer = _change(before, site), committer_identity(root)
    if dry_run:
        removed = sorted(before.keys() - site.keys())
        listed = [f"would be removed: {path}" for path in removed[:MAX_REMOVALS_LISTED]]
        return "\n".join([f"{target}: {change} would be published, nothing was changed", *listed])
    message = f"Publish the site of {source[:7]}\n\nMade from the sources of commit {source}.\n"
    commit = make_commit(root, output, site, parent=tip, message=message, identity=committer)
    push(target, commit)
    return f"{target}: {change}, commit {commit[:7]}{update_local_branch(target, commit)}"


def _change(before: Mapping[str, Blob], after: Mapping[str, Blob]) -> WriteSummary:
    """Return the numbers of files that were added, changed and removed."""
    both = before.keys() & after.keys()
    changed = sum(before[path] != after[path] for path in both)
    return WriteSummary(len(after) - len(both), changed, len(before) - len(both))
