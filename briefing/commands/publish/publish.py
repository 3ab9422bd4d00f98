"""The built site, put on a branch and pushed, for those whom a workflow does not publish it.

No branch is moved before what was made was looked at and pushed, so there is nothing to be put
back.

    git         git, run in a folder
    sources     published only as they are committed
    commits     what the build made, as a commit
    branch      of a remote: looked at, fetched, pushed to
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from briefing.commands.publish.branch import Branch, fetched, follow, push, refuse_checked_out
from briefing.commands.publish.commits import blobs_in, committed
from briefing.commands.publish.git import Blob, blobs_of, git, head, identity
from briefing.problems import Place, mistake
from briefing.storage.write_output import WriteSummary

MAX_LISTED = 50
"""Files whose removal a dry run names."""
_EXAMPLES = {"example", "invalid", "localhost", "test"}
"""Names below which nobody publishes: https://www.rfc-editor.org/rfc/rfc2606."""


def refuse_example(address: str) -> None:
    """Refuse an address at which nobody publishes. Raises Problems."""
    host = urlsplit(address).hostname or ""
    names = host.split(".")
    if names[-1] in _EXAMPLES or names[-2:-1] == ["example"]:
        cure = "write in site.yaml, or after --address, where the site will stand"
        raise mistake(Place("site.yaml"), f"the address is that of an example: {address}", cure)


def published(root: Path, remote: str, branch: str, name: str) -> bytes | None:
    """Give what is in a file on the branch of a remote; None if there is no such branch or file.

    No ref is changed. Raises Problems where the remote is unknown or cannot be reached.
    """
    there = Branch(root, remote, branch)
    tip = fetched(there)
    blob = blobs_of(root, tip).get(name) if tip else None
    return git(root, "cat-file", "blob", blob[1]) if blob else None


def publish(root: Path, output: Path, remote: str, branch: str, *, dry_run: bool) -> str:
    """Publish what the build made, as a commit on top of the branch of a remote; say what was done.

    What is checked out, the work tree and the index are not touched. The local branch of
    that name follows where it has no commits of its own. A dry run changes nothing. Raises
    Problems, with every ref as it was, for a branch that is checked out, a site that is not
    whole, no identity, and whatever git refuses.
    """
    there = Branch(root, remote, branch)
    source = head(root)
    refuse_checked_out(there)
    site = blobs_in(root, output)
    tip = fetched(there)
    before = blobs_of(root, tip) if tip else {}
    if site == before:
        return f"{there}: nothing has changed, nothing was pushed"
    change, committer = _change(before, site), identity(root)
    if dry_run:
        gone = sorted(before.keys() - site.keys())
        listed = [f"would be removed: {path}" for path in gone[:MAX_LISTED]]
        return "\n".join([f"{there}: {change} would be published, nothing was changed", *listed])
    message = f"Publish the site of {source[:7]}\n\nMade from the sources of commit {source}.\n"
    commit = committed(root, output, site, parent=tip, message=message, identity=committer)
    push(there, commit)
    return f"{there}: {change}, commit {commit[:7]}{follow(there, commit)}"


def _change(before: Mapping[str, Blob], after: Mapping[str, Blob]) -> WriteSummary:
    """Count the files that differ."""
    both = before.keys() & after.keys()
    changed = sum(before[path] != after[path] for path in both)
    return WriteSummary(len(after) - len(both), changed, len(before) - len(both))
