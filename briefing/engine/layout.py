"""The plan of a site: what is known of all its pages before one is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct, msgpack

from briefing.checks.content import check_content
from briefing.content.publication import public_site
from briefing.content.redirects import REDIRECTS
from briefing.content.references import unresolved_references
from briefing.engine.executor import Plan, Studied
from briefing.engine.start import Start
from briefing.engine.topic import Outline
from briefing.model.fingerprint import fingerprint
from briefing.model.site import Site
from briefing.outputs.assets import assets
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.signposts import custom_domain, plan_signposts
from briefing.outputs.site_pages import newest_first, plan_front
from briefing.problems import Place, Problem, raise_if_any
from briefing.rendering.page import Page
from briefing.rendering.templates import Compiled

EXTRA = {".nojekyll": b""}
"""What every site has: without it GitHub Pages leaves out files with an underscore."""


class Layout(Struct, frozen=True, kw_only=True):
    """What is known before anything is printed."""

    outlines: Mapping[str, Outline]
    """By folder."""
    plan: Plan
    shapes: Mapping[str, bytes]
    """Of each topic."""
    front: tuple[PlannedPage, ...]
    """The pages that are no topic's."""
    keys: Mapping[str, bytes]
    """The digest of what each of them is made from that can be remembered, by path."""
    extra: Mapping[str, bytes]
    """The files that are no pages."""
    paths: Set[str]
    """Of every file of the site."""


def lay_out(start: Start, studied: Studied) -> Layout:
    """Plan the site. Raises every problem of the content and of the templates."""
    shared = start.ground
    outlines = {folder: record.outline for folder, record in start.known.items()}
    outlines |= studied.outlines
    raise_if_any([*_wrong_in_content(start, outlines.values()), *studied.problems])
    assert shared.site is not None, "what is wrong with it was told"
    site = public_site(shared.site, start.as_of)
    raise_if_any(check_content(site))
    lines = [outline.headline for outline in outlines.values() if outline.headline]
    lines.sort(key=newest_first)
    front = plan_front(site, lines)
    pages = {"": tuple(planned.page for planned in front)}
    pages |= {outlines[folder].id: outlines[folder].pages for folder in start.keys}
    front += plan_signposts(site, pages, lines)
    pages[""] = tuple(planned.page for planned in front)
    raise_if_any(_claimed_twice(pages))
    extra = assets(start.shared) | EXTRA | _cname(site)
    return Layout(
        outlines=outlines,
        plan=_plan(start, site, studied.compiled, pages),
        shapes={outline.id: outline.shape for outline in outlines.values()},
        front=front,
        keys=_keys_of_front(start.base, front),
        extra=extra,
        paths=set().union(extra, *_paths(start, studied, pages[""])),
    )


def _claimed_twice(pages: Mapping[str, Sequence[Page]]) -> Iterator[Problem]:
    """Tell of the paths at which two pages would stand: one of them is an old id."""
    found = [page.path for each in pages.values() for page in each]
    if len(set(found)) == len(found):
        return
    cure = "take the id out of it, or make what is there a draft"
    for path, count in Counter(found).items():
        if count > 1:
            yield Problem(Place(REDIRECTS), f"two pages would stand at {path}", cure)


def _cname(site: Site) -> dict[str, bytes]:
    """Give the file by which GitHub Pages knows the host that a site has of its own."""
    host = custom_domain(site.address)
    return {"CNAME": f"{host}\n".encode()} if host else {}


def _plan(
    start: Start, site: Site, compiled: Compiled, pages: Mapping[str, Sequence[Page]]
) -> Plan:
    """Plan the printing, on the press that is ready if it speaks of the same site."""
    ready = start.ready.plan.press if start.ready and start.ready.plan.site == site else None
    return Plan(site, compiled, pages, start.shared, artist=start.artist, renderer=ready)


def _paths(start: Start, studied: Studied, front: Sequence[Page]) -> Iterator[Iterable[str]]:
    """Give the path of every page."""
    yield from (record.outputs for record in start.known.values())
    for pages in (front, *(outline.pages for outline in studied.outlines.values())):
        yield (page.path for page in pages)


def _keys_of_front(base: bytes, front: Sequence[PlannedPage]) -> dict[str, bytes]:
    """Give the digest of what the pages that are no topic's are made from: all of them, too."""
    pages = msgpack.encode([planned.page for planned in front], order="deterministic")
    shape = fingerprint(base, pages)
    told = (planned for planned in front if planned.fingerprint)
    return {s.page.path: fingerprint(shape, s.page.path.encode(), s.fingerprint) for s in told}


def _wrong_in_content(start: Start, outlines: Iterable[Outline]) -> Iterator[Problem]:
    yield from start.ground.problems
    yield from start.topics.problems
    points, links = {}, {}
    for outline in outlines:
        yield from outline.problems
        points[outline.id], links[outline.id] = outline.points, outline.links
    yield from unresolved_references(start.ground, start.topics, points, links)
