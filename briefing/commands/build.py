"""A request -> the site on disk. The previous build is reused; next: `engine`, `storage`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from briefing.commands.arguments import SOURCES
from briefing.commands.notices import NoticesRequest, notices_of_build
from briefing.commands.process import print_safely
from briefing.commands.up_to_date import with_details
from briefing.engine.build import build as build_site
from briefing.engine.executor import OnProgress, ignore_progress
from briefing.engine.fork import choose_executor
from briefing.engine.session import Build
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Site
from briefing.model.theme import THEME
from briefing.model.values import Moment
from briefing.storage.cache_files import BuildCache
from briefing.storage.card_cache import CardCache, open_card_cache
from briefing.storage.lock import build_lock
from briefing.storage.previous_build import PreviousBuild, retry_while_changing
from briefing.storage.stat_cache import FileStats, NoticesCache, save_notices
from briefing.storage.write_output import refuse_filled_folder, write_output


class BuildRequest(Struct, frozen=True, kw_only=True):
    """What is to be built, and where to."""

    root: Path
    """The folder of site.yaml."""
    output: Path
    as_of: Moment
    """What is dated later is left out."""
    address: str | None = None
    """The URL at which the site will stand; None: that of site.yaml."""
    published: str = ""
    """The URLs that must not vanish, one a line."""
    source_stats: FileStats | None = None
    """What the disk said of the sources just now, by path; None or {}: not looked at yet."""
    among_others: bool = False
    """Whether `output` may be a folder full of files that no build made."""


class BuildReport(Struct, frozen=True, kw_only=True):
    """What came of a build."""

    address: str
    """The URL at which the site will stand."""
    message: str
    """How many files the site has, and how many were written; and what was published."""
    sources: Mapping[str, bytes]
    """The fingerprint of each source file of the site folder, by path."""
    outputs: Mapping[str, bytes]
    """The fingerprint of each file of the site, by path."""
    site: Site
    """The site without its topics."""
    notices: tuple[str, ...]
    """What an editor must not miss, in lines that are to be the last; () for nothing."""


def build_to_disk(request: BuildRequest, progress: OnProgress = ignore_progress) -> BuildReport:
    """Build the site of `request` on disk, and report what was written.

    `progress` is called at each step. Raises Problems, with the last good site as it was, and
    OSError.
    """
    stats = [request.source_stats] if request.source_stats else []

    def wait(message: str) -> None:
        stats.clear()  # sources may have changed while another build had the lock
        print_safely(message, sys.stderr)

    cards = open_card_cache(request.root)
    with build_lock(request.output, request.root, wait):
        previous, built, notices = retry_while_changing(
            lambda: _build_in_memory(request, stats.pop() if stats else None, cards, progress)
        )
        if not (request.among_others or any(previous.record.outputs)):
            refuse_filled_folder(request.output)
        progress("write", 0, 1)
        change = write_output(request.output, built.outputs, request.root, built.kept)
        progress("keep", 0, 1)
        previous.save(built, change)
        save_notices(_cache(request), notices)
        if cards:
            cards.delete_oldest()
    count = len(built.outputs) + len(built.kept)
    return BuildReport(
        address=built.whole.site.address,
        message=f"{request.output}: {count} files, {change}",
        sources={p: f for p, f in previous.fingerprints.items() if not p.startswith(THEME)},
        outputs=_fingerprints(built),
        site=built.whole.site,
        notices=with_details(notices[2]),
    )


def _fingerprints(built: Build) -> dict[str, bytes]:
    """Return the fingerprint of each file of a site; assets are in no record."""
    known = dict(built.record.outputs)
    others = (path for path in built.outputs if path not in known)
    return known | {path: fingerprint(built.outputs[path]) for path in others}


def _cache(request: BuildRequest) -> BuildCache:
    return BuildCache(str(request.root), str(request.output), request.address)


def _build_in_memory(
    request: BuildRequest, stats: FileStats | None, cards: CardCache | None, progress: OnProgress
) -> tuple[PreviousBuild, Build, NoticesCache]:
    """Build from the sources on disk what `request` asks for, reusing the previous build.

    Return what the previous build left, the new one, and what that has to say at its end. `stats`
    are those of the sources; None: they are looked at now. `cards` draws cards; None: they are
    plain. Raises Problems, and ChangedError if a source changes meanwhile.
    """
    progress("read", 0, 1)
    previous = PreviousBuild(request.root, SOURCES, request.output, stats, request.address)
    built = build_site(
        previous.sources,
        request.as_of,
        Build(record=previous.record),
        intact=previous.intact,
        choose_executor=choose_executor,
        draw_card=cards,
        published=request.published,
        progress=progress,
    )
    about = NoticesRequest(root=request.root, as_of=request.as_of, published=request.published)
    return previous, built, notices_of_build(built, about, _cache(request))
