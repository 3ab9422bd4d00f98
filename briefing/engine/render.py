"""Planned pages -> bytes, and what is in them: their fingerprints, HTML ids and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.disclosure.marks import machine_made_texts_are_marked
from briefing.checks.links import (
    LinkReport,
    PlaceOf,
    every_link_arrives,
    inspect_pages,
)
from briefing.engine.plan import SitePlan
from briefing.model.fingerprint import fingerprint
from briefing.outputs.assets import assets, copied_files, in_the_place_of_others
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.render import render
from briefing.problems import Place, Problem, Problems, raise_if_any
from briefing.rendering.page_index import PageIndex
from briefing.rendering.renderer import Renderer

Target = tuple[str, str]
"""The output path of a file, and an HTML id in it or ""."""
NOTHING_INSPECTED = LinkReport(problems=(), ids={}, outgoing=())


class PageRecord(Struct, frozen=True, array_like=True):
    """What a build leaves of one output file."""

    inputs: bytes
    """Fingerprint of the context of the page (`PlannedPage.fingerprint`)."""
    output: bytes
    """Fingerprint of its bytes."""
    ids: frozenset[str] | None = None
    """HTML ids in it; None: those that the plan knows, or any of a file that is no page."""


class RenderedPages(Struct, frozen=True, kw_only=True):
    """Some pages of one unit, rendered."""

    outputs: Mapping[str, bytes]
    """By output path."""
    records: Mapping[str, PageRecord]
    """By output path, without ids."""
    links: LinkReport
    template_problems: tuple[Problem, ...] = ()
    """What is wrong in templates; with any, nothing was rendered."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the pages link to outside of themselves."""
        return tuple((link.target, link.anchor) for link in self.links.outgoing)


def render_pages(
    pages: Sequence[PlannedPage], renderer: Renderer, index: PageIndex, address: str
) -> RenderedPages:
    """Render some pages of one unit, and inspect their links. `address` is that of the site."""
    try:
        outputs = render(renderer, pages, index)
    except Problems as problems:
        return RenderedPages(
            outputs={}, records={}, links=NOTHING_INSPECTED, template_problems=tuple(problems)
        )
    records = {
        planned.page.path: PageRecord(planned.fingerprint, fingerprint(outputs[planned.page.path]))
        for planned in pages
    }
    links = inspect_pages(outputs, address)
    if unmarked := tuple(machine_made_texts_are_marked(pages, outputs, renderer)):
        links = replace(links, problems=links.problems + unmarked)
    return RenderedPages(outputs=outputs, records=records, links=links)


class MergedFiles(Mapping[str, bytes]):
    """Files of several mappings, of which each is taken only when it is asked for.

    Those that another process has rendered lie in a spool: reading them all at once would hold the
    whole site in memory.
    """

    def __init__(self, *mappings: Mapping[str, bytes]) -> None:
        """The paths of the mappings are different."""
        self._mappings = {path: mapping for mapping in mappings for path in mapping}

    def __getitem__(self, path: str) -> bytes:
        return self._mappings[path][path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mappings)

    def __len__(self) -> int:
        return len(self._mappings)


class HtmlIds:
    """The HTML ids of pages: of those that were rendered or recorded, and else their points."""

    def __init__(
        self,
        plan: SitePlan,
        paths: Set[str],
        rendered: Iterable[RenderedPages],
        recorded: Mapping[str, PageRecord],
    ) -> None:
        """`paths` are of every file of the site; `recorded` come by path, with their ids."""
        self._plan, self._paths = plan, paths
        self._ids: dict[str, Set[str]] = {
            path: record.ids for path, record in recorded.items() if record.ids is not None
        }
        for pages in rendered:
            self._ids |= pages.links.ids

    def of(self, path: str) -> Set[str] | None:
        """Return the ids of a page; of a page that was not rendered, its points. None: any."""
        found = self._ids.get(path)
        return self._plan.point_ids(path) if found is None else found

    def has(self, path: str, anchor: str) -> bool:
        """Whether a page that was rendered has an id; True for a page that was not."""
        return anchor in self._ids.get(path, {anchor})

    def is_missing(self, target: str, anchor: str) -> bool:
        """Whether a link to a file, and to an id in it or "", does not arrive."""
        if target not in self._paths:
            return True
        ids = self.of(target) if anchor else None
        return ids is not None and anchor not in ids

    def not_points(self, targets: Iterable[Target]) -> Iterator[Target]:
        """Yield those targets that name an id which is no point: the plan does not know it."""
        for path, anchor in targets:
            if anchor and anchor not in (self._plan.point_ids(path) or ()):
                yield path, anchor


def check_rendered(
    rendered: Iterable[RenderedPages], paths: Set[str], ids: HtmlIds, place_of: PlaceOf
) -> list[Problem]:
    """Return what is wrong in templates, once for all pages; or else what is wrong in pages.

    paths: of every file of the site. place_of: finds who wrote a link.
    """
    rendered = list(rendered)
    in_templates: dict[tuple[Place, str], Problem] = {}
    for pages in rendered:
        for problem in pages.template_problems:
            in_templates.setdefault((problem.place, problem.message), problem)
    if in_templates:
        return list(in_templates.values())
    links = [link for pages in rendered for link in pages.links.outgoing]
    known = {link.target: ids.of(link.target) for link in links if link.anchor}
    found = {path: each for path, each in known.items() if each is not None}
    problems = dict.fromkeys(problem for pages in rendered for problem in pages.links.problems)
    return [*problems, *every_link_arrives(links, paths, found, place_of)]


def static_files(plan: SitePlan, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the output files that are made of no page, by path. files: the sources, by path.

    Raises Problems for assets, and for files of static/ in the place of others.
    """
    made, copied = {**assets(files), **plan.github_files}, copied_files(files)
    if copied:
        raise_if_any(in_the_place_of_others(copied, plan.paths | made.keys()))
    return {**made, **copied}
