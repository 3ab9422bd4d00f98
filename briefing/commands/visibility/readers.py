"""A site as it was built before and after a change -> what readers find otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from briefing.comparison.rows import Row
from briefing.comparison.verdict import Verdict
from briefing.engine.session import Build
from briefing.engine.topic import TopicUnit
from briefing.model.values import Moment
from briefing.rendering.page import Page, PageKind, TranslationState

MOST_ADDRESSES = 6
"""Addresses that are named; of more it is said how many there are."""
MOST_VERDICTS = 5
"""Verdicts that are named, likewise."""
_FOUND = {
    "": "no page",
    "withdrawn": "that it was withdrawn",
    "redirect": "the way to another page",
    TranslationState.NOTICE: "a notice that there is no text in the language",
    TranslationState.FALLBACK: "the text in another language",
    TranslationState.OWN: "the text",
}
"""What is found at an address, in the order in which it is told."""
NOTHING = _FOUND[""]
_VERDICTS = {
    Verdict.DIFFER: "they differ",
    Verdict.COMPATIBLE: "they are compatible",
    Verdict.SIDE_BY_SIDE: "side by side",
    Verdict.AGREE: "they agree",
    Verdict.ONE_SIDE: "one side says it",
    Verdict.ONE_VOICE: "one voice says it",
    Verdict.ONLY_ONE: "only one article says it",
    Verdict.NOBODY: "nobody says it",
}
"""Each verdict in the words of an editor."""


def found_otherwise(before: Build, after: Build) -> dict[str, list[str]]:
    """Return the addresses at which readers find something else, by what they find there now."""
    was, now = _by_path(before), _by_path(after)
    found: dict[str, list[str]] = {}
    for path in sorted({*was, *now}, key=lambda path: (path.count("/"), path)):
        old, new = _kind(was.get(path)), _kind(now.get(path))
        if old != new:
            found.setdefault(_FOUND[new], []).append(f"/{path.removesuffix('index.html')}")
    return {what: found[what] for what in _FOUND.values() if what in found}


def told_addresses(found: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield a line for each thing that readers find, with the addresses at which they do."""
    for what, addresses in found.items():
        listed = [*addresses]
        more = len(listed) - MOST_ADDRESSES
        shown = [*listed[:MOST_ADDRESSES], *([f"and {more} more"] if more > 0 else [])]
        yield f"{what}: {', '.join(shown)}"


def told_comparison(before: Build, after: Build, topic: str, as_of: Moment) -> Iterator[str]:
    """Yield what changes in the comparison of a topic: its claims, and each verdict.

    Nothing is told of a topic that readers do not see, before or after.
    """
    was, now = (_rows(build, topic, as_of) for build in (before, after))
    if not was or not now:
        return
    count = _claims(now) - _claims(was)
    if count:
        yield f"the comparison of `{topic}` has {abs(count)} claim{'s' * (abs(count) != 1)} " + (
            "more" if count > 0 else "fewer"
        )
    verdicts = {id: (was[id].judgement.verdict, row.judgement.verdict) for id, row in now.items()}
    changed = {id: pair for id, pair in verdicts.items() if pair[0] is not pair[1]}
    for id, (old, new) in islice(changed.items(), MOST_VERDICTS):
        yield f"the verdict on `{id}`: {_VERDICTS[old]} → {_VERDICTS[new]}"
    if (more := len(changed) - MOST_VERDICTS) > 0:
        yield f"and {more} more verdict{'s' * (more != 1)}"


def _by_path(build: Build) -> dict[str, Page]:
    """Return the pages that a person reads, by path."""
    pages = chain.from_iterable(build.whole.plan.pages.values())
    return {p.path: p for p in pages if p.kind in {PageKind.READING, PageKind.REDIRECT}}


def _kind(page: Page | None) -> str:
    """Return the key in _FOUND of what a page shows; None: there is none."""
    if page is None:
        return ""
    if page.kind is PageKind.REDIRECT:
        return "redirect" if page.canonical else "withdrawn"
    return page.translation


def _rows(build: Build, topic: str, as_of: Moment) -> Mapping[str, Row]:
    """Return the rows of a comparison that readers see, by point."""
    if topic not in build.whole.folders.folders:
        return {}
    unit = build.analyze(topic, as_of)
    pages = unit.pages if isinstance(unit, TopicUnit) else ()
    shown = next((page.context for page in pages if "comparison" in page.context), None)
    return {row.point.id: row for row in shown["comparison"].rows} if shown else {}


def _claims(rows: Mapping[str, Row]) -> int:
    return sum(len(cell.claims) for row in rows.values() for cell in row.cells)
