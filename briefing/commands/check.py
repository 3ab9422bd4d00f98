"""A request -> problems, warnings and how many passages were found; no file of the site."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from briefing.checks.content import find_warnings
from briefing.checks.passages import check_passages
from briefing.commands.arguments import INPUTS
from briefing.commands.build import BuildRequest
from briefing.commands.github import with_annotations
from briefing.content.classify import stray_files
from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.model.site import Site
from briefing.storage.read_sources import append_text, read_article_texts, read_tree


def check(request: BuildRequest, *, annotate: bool, summary: Path | None) -> str:
    """Build the site of `request` in memory; return its warnings and counts, one a line.

    `annotate`: also as annotations of GitHub. `summary`: the file to which the status of the
    site is added; None: none. Raises Problems, which are all that is wrong, and OSError.
    """
    site, sources, count = _build_in_memory(request)
    passages = check_passages(site, read_article_texts(request.root))
    stray = stray_files(sources.fingerprints, {language.code for language in site.languages})
    warnings = sorted([*find_warnings(site), *stray, *passages.problems])
    if summary is not None:
        from briefing.commands.status_table import status_table  # noqa: PLC0415 — rarely wanted

        append_text(summary, status_table(site, warnings, request.as_of, site.address))
    lines = [f"warning: {warning}" for warning in warnings]
    some = f"{len(warnings)} warning{'' if len(warnings) == 1 else 's'}"
    counts = f"{count} files would be written, {some}"
    message = "\n".join([*lines, f"locators: {passages}", counts])
    return with_annotations(message, warnings, "warning", request.root) if annotate else message


def _build_in_memory(request: BuildRequest) -> tuple[Site, SourceTree, int]:
    """Build all of a site; return what of it was read, public or not, of which files.

    The last is how many files the site has. Raises Problems.
    """
    sources = SourceTree.of(read_tree(request.root, *INPUTS), request.address)
    built = build(sources, request.as_of, published=request.published)
    site = replace(built.whole.site, topics=tuple(built.topics.values()))
    return site, sources, len(built.outputs)
