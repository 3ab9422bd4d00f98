"""The command `publish`: the site, built and pushed to a branch, for those without a workflow."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace

from briefing.checks.published_claims import (
    claims_changed_in_silence,
    data_files,
    read_published_topics,
)
from briefing.commands.arguments import INPUTS
from briefing.commands.build import BuildReport, BuildRequest, build_to_disk
from briefing.commands.process import print_safely
from briefing.commands.progress import Progress
from briefing.commands.publish.git import head_commit
from briefing.commands.publish.proofs import refuse_unproved
from briefing.commands.publish.publish import publish, read_published_files, refuse_example
from briefing.commands.publish.sources import (
    refuse_committed_folders,
    refuse_dirty,
    refuse_other_sources,
)
from briefing.model.fingerprint import fingerprint
from briefing.model.site import ProofPolicy
from briefing.problems import Problems
from briefing.rendering.page import MANIFEST
from briefing.storage.lock import build_lock


def publish_site(
    request: BuildRequest, remote: str, branch: str, *, dry_run: bool, progress: Progress
) -> BuildReport:
    """Build the site of `request`, and push it to a branch of a remote; report what was done.

    No URL of the manifest that is on the branch may vanish; it takes the place of
    `request.published`. With `dry_run` the site is built, and nothing of git is changed.
    Raises Problems, with every ref as it was, and OSError.
    """
    source = head_commit(request.root)
    refuse_dirty(request.root, INPUTS)
    refuse_committed_folders(request.root)
    if request.address:
        refuse_example(request.address)
    published = read_published_files(
        request.root, remote, branch, lambda paths: [MANIFEST, *data_files(paths)]
    )
    manifest = published.pop(MANIFEST, b"")
    request = replace(request, published=manifest.decode(errors="replace"))
    report = build_to_disk(request, progress)
    silent = _changed_claims(request, report, published)
    report = replace(report, notices=(*silent, *report.notices))
    try:
        refuse_example(report.address)
        if report.site.proof is ProofPolicy.REQUIRED:
            refuse_unproved(request)
        with build_lock(request.output, request.root, partial(print_safely, stream=sys.stderr)):
            refuse_other_sources(request.root, INPUTS, source, report.sources)
            done = publish(
                request.root,
                request.output,
                remote,
                branch,
                dry_run=dry_run,
                source=source,
                built=report.outputs,
            )
    except Problems as problems:
        raise Problems(
            problems, f"nothing published; the site was built: {report.message}"
        ) from None
    return replace(report, message=f"{report.message}\n{done}")


def _changed_claims(
    request: BuildRequest, report: BuildReport, published: Mapping[str, bytes]
) -> list[str]:
    """Return a warning for each claim that is another than the one that was published."""
    built = (
        (request.output / path).read_bytes()
        for path in data_files(report.outputs)
        if fingerprint(published.get(path, b"")) != report.outputs[path]
    )
    now = read_published_topics(built)
    before = read_published_topics(published.values()) if now else {}
    return [f"warning: {each}" for each in claims_changed_in_silence(before, now, report.site)]
