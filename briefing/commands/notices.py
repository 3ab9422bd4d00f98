"""A build -> what it says in its last lines, kept for the next build.

A topic of which texts are kept is read again only where it or one of these texts has changed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from msgspec import Struct, msgpack
from msgspec.structs import replace

from briefing.checks.notices import Notices
from briefing.checks.passages import ProofState, check_passages
from briefing.checks.published_urls import withdrawn_along
from briefing.content.publication import site_texts_held_back
from briefing.engine.session import Build
from briefing.engine.topic import TopicUnit
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment
from briefing.problems import Problems
from briefing.storage.cache_files import BuildCache
from briefing.storage.read_sources import read_article_texts
from briefing.storage.stat_cache import (
    ARTICLE_TEXTS,
    FileStats,
    NoticesCache,
    Proofs,
    file_stats,
    load_notices,
)


class NoticesRequest(Struct, frozen=True, kw_only=True):
    """What the notices of a build are made from."""

    root: Path
    as_of: Moment
    published: str
    """The URLs that must not vanish, one a line."""


def notices_of_build(built: Build, request: NoticesRequest, cache: BuildCache) -> NoticesCache:
    """Return the last lines of a build, with what the next one can reuse.

    `cache` holds what the last build said. Raises ChangedError if a source has changed meanwhile.
    """
    session, kept = built.whole, FileStats()
    with suppress(OSError):  # what cannot be read, `check` reports
        kept = file_stats(str(request.root), (ARTICLE_TEXTS,), time.time_ns())
    known = load_notices(cache)
    proofs = dict(_proofs(built, request, kept, known[1] if known else {}))
    pages = chain.from_iterable(session.plan.pages.values())
    withdrawn = {}
    if request.published:
        withdrawn = withdrawn_along(session.plan.site, pages, request.published)
    said = Notices(
        topics=tuple(topic.exports.notices for topic in built.record.topics.values()),
        held_back=tuple(text.at for text in site_texts_held_back(session.site, request.as_of)),
        unproved=sum(count for _, count in proofs.values()),
        withdrawn={id: len(urls) for id, urls in withdrawn.items()},
    )
    return kept, proofs, said.lines(session.site.time_zone)


def _proofs(
    built: Build, request: NoticesRequest, kept: FileStats, known: Proofs
) -> Iterator[tuple[str, tuple[bytes, int]]]:
    """Yield each topic of which texts are kept, with its proof: a known one where it stands."""
    by_folder: dict[str, FileStats] = {}
    for path, status in kept.items():
        _, folder, *_ = (*path.split("/"), "")
        by_folder.setdefault(folder, {})[path] = status
    for folder, stats in by_folder.items():
        topic = built.record.topics.get(folder)
        if topic is None:
            continue
        made_of = fingerprint(topic.inputs, msgpack.encode(sorted(stats.items())))
        is_settled = None not in stats.values()
        if is_settled and folder in known and known[folder][0] == made_of:
            yield folder, known[folder]
        else:
            count = _unproved(built, folder, request)
            yield folder, (made_of if is_settled else b"", count)


def _unproved(built: Build, folder: str, request: NoticesRequest) -> int:
    """Return how many locators of a topic the kept texts do not prove, or what is wrong in them."""
    unit = built.analyze(folder, request.as_of)
    if not isinstance(unit, TopicUnit):
        return 0
    site = replace(built.whole.site, topics=(unit.topic,))
    try:
        report = check_passages(site, read_article_texts(request.root, folder))
        return report.count(ProofState.MISSING)
    except Problems as problems:  # of a kept text: `check` reports them
        return len(problems)
