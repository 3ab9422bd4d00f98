"""The end of a build without a previous one, and where in the sources a link was written.

The latter is asked only when a link is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property

from briefing.checks.links import place_in
from briefing.checks.origins import Origins
from briefing.content.shared import Files
from briefing.engine.plan import SitePlan
from briefing.engine.render import (
    HtmlIds,
    MergedFiles,
    RenderedPages,
    check_rendered,
    static_files,
)
from briefing.engine.sources import SourceTree
from briefing.engine.topic import TopicUnit, WrongTopic
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Place, raise_if_any


class LinkSources:
    """Finds the line of the source that wrote a link."""

    def __init__(
        self,
        plan: SitePlan,
        rendered: Mapping[str, RenderedPages],
        files_of: Callable[[Iterable[str]], Files],
        analyze: Callable[[str], TopicUnit | WrongTopic],
    ) -> None:
        """`rendered` comes by folder of the topic, the site unit under "".

        files_of: returns the shared files and those of some topics. analyze: returns a topic.
        """
        self._plan, self._rendered = plan, rendered
        self._files_of, self._analyze = files_of, analyze

    def __call__(self, path: str, written: str) -> Place:
        """Return where a link was written in the sources, or else where in the output file."""
        folder = self._folders.get(path, "")
        found = None
        if planned := self._planned(folder).get(path):
            found = self._origins.of(planned, written, self._texts(folder))
        return found or place_in(self._outputs, self._plan.site.address, path, written)

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        """The folder of the topic that each file is of."""
        return {path: name for name, pages in self._rendered.items() for path in pages.outputs}

    @cached_property
    def _outputs(self) -> Mapping[str, bytes]:
        return MergedFiles(*(pages.outputs for pages in self._rendered.values()))

    @cached_property
    def _origins(self) -> Origins:
        return Origins(self._files_of([]), self._plan.site, self._plan.index)

    @cache  # noqa: B019 — it lives as long as a build that fails
    def _planned(self, folder: str) -> Mapping[str, PlannedPage]:
        pages = self._plan.site_pages
        if folder:
            unit = self._analyze(folder)
            pages = unit.pages if isinstance(unit, TopicUnit) else ()
        return {planned.page.path: planned for planned in pages}

    @cache  # noqa: B019
    def _texts(self, folder: str) -> Files:
        return self._files_of([folder] if folder else [])


def finish_site(
    sources: SourceTree,
    plan: SitePlan,
    topics: Mapping[str, TopicUnit | WrongTopic],
    rendered: Mapping[str, RenderedPages],
) -> dict[str, bytes]:
    """Return all output files, by path, once every page is rendered. Raises Problems.

    topics, rendered: by folder; the pages of the site unit under "".
    """

    def files_of(folders: Iterable[str]) -> Files:
        paths = (path for folder in folders for path in sources.topics[folder].paths)
        return sources.read([*sources.shared, *paths])

    static = static_files(plan, files_of([]))
    paths = plan.paths | static.keys()
    ids = HtmlIds(plan, paths, rendered.values(), {})
    found = LinkSources(plan, rendered, files_of, topics.__getitem__)
    raise_if_any(check_rendered(rendered.values(), paths, ids, found))
    return {**static, **MergedFiles(*(pages.outputs for pages in rendered.values()))}
