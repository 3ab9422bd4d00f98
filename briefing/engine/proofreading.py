"""What is wrong with what was printed, and who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from briefing.checks.links import PlaceOf, every_link_arrives, place_in
from briefing.checks.origins import Origins
from briefing.checks.published_urls import missing_urls
from briefing.engine.executor import Plan
from briefing.engine.layout import Layout
from briefing.engine.printing import Copy, ids_of
from briefing.engine.start import Start
from briefing.engine.topic import study
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place, Problem


class Gathered(Mapping[str, bytes]):
    """Files that lie in several places, each of them taken only when it is asked for."""

    def __init__(self, *places: Mapping[str, bytes]) -> None:
        self._places = {path: place for place in places for path in place}

    def __getitem__(self, path: str) -> bytes:
        return self._places[path][path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def wrong_in_print(layout: Layout, copy: Copy, place_of: PlaceOf) -> list[Problem]:
    """Tell what the templates have wrong, once for all pages; or else what the pages have."""
    faults: dict[tuple[Place, str], Problem] = {}
    for printed in copy.all:
        for problem in printed.faults:
            faults.setdefault((problem.place, problem.message), problem)
    if faults:
        return list(faults.values())
    outgoing = [link for printed in copy.all for link in printed.survey.outgoing]
    found = [problem for printed in copy.all for problem in printed.survey.problems]
    ids = {link.target: ids_of(layout, copy, link.target) for link in outgoing if link.anchor}
    known = {path: each for path, each in ids.items() if each is not None}
    return [*found, *every_link_arrives(outgoing, layout.paths, known, place_of)]


def _lost(plan: Plan, published: str) -> Iterator[Problem]:
    """Tell of addresses that were published and would lead nowhere."""
    pages = (page for each in plan.pages.values() for page in each)
    return missing_urls(plan.site, pages, published)


class Written:
    """Finds who wrote a link that is in a file of the site."""

    def __init__(self, start: Start, layout: Layout, copy: Copy) -> None:
        self._start, self._layout, self._copy = start, layout, copy

    @cached_property
    def _outputs(self) -> Mapping[str, bytes]:
        return Gathered(*(printed.outputs for printed in self._copy.all))

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        """The folder of the topic that each file is of."""
        prints = self._copy.prints.items()
        return {path: folder for folder, printed in prints for path in printed.outputs}

    @cached_property
    def _origins(self) -> Origins:
        plan = self._layout.plan
        return Origins(self._start.shared, plan.site, plan.atlas)

    def __call__(self, path: str, written: str) -> Place:
        """Give where in the sources a link was written, or else where in the file it is."""
        folder = self._folders.get(path, "")
        found = None
        if planned := self._sheets(folder).get(path):
            found = self._origins.of(planned, written, self._texts(folder))
        return found or place_in(self._outputs, self._layout.plan.site.address, path, written)

    @cache  # noqa: B019 — it lives as long as a build that fails
    def _sheets(self, folder: str) -> Mapping[str, PlannedPage]:
        pages = self._layout.front
        if folder:
            job = self._start.job_on([folder])
            found = study(job.files, job.ground, job.folders[folder], job.as_of)
            pages = found.sheets
        return {planned.page.path: planned for planned in pages}

    @cache  # noqa: B019
    def _texts(self, folder: str) -> Mapping[str, bytes]:
        return self._start.job_on([folder] if folder else []).files
