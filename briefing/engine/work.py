"""The work of one build: the plan of the site, and what of it must be rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.shared import Files
from briefing.engine.executor import Analysis, SerialExecutor, has_same_pages
from briefing.engine.inputs import Inputs, Reusable, static_names
from briefing.engine.link_sources import LinkSources
from briefing.engine.plan import SitePlan, plan_site
from briefing.engine.record import TopicRecord
from briefing.engine.render import (
    HtmlIds,
    PageRecord,
    RenderedPages,
    check_rendered,
    render_pages,
    static_files,
)
from briefing.engine.session import Build
from briefing.engine.topic import TopicExports, TopicUnit, WrongTopic, analyze_topic, exports_of_all
from briefing.model.site import Site
from briefing.outputs.planned_page import PlannedPage
from briefing.problems import Problem
from briefing.rendering.renderer import Renderer

Rendered = Mapping[str, RenderedPages]
"""By folder of the topic; of the site unit under ""."""


class Work(Struct, frozen=True, kw_only=True, dict=True):
    """What a build has to do, and what of the previous build stays."""

    inputs: Inputs
    previous: Build
    site: Site
    """All of it, public or not, without its topics."""
    reusable: Reusable
    exports: Mapping[str, TopicExports]
    """Of every topic, by folder."""
    plan: SitePlan
    is_cutoff: bool
    """Whether the plan has the pages of the previous one: then links are where they were, as long
    as those on new pages arrive."""
    renderer: Renderer
    stale_site_pages: tuple[PlannedPage, ...]
    reused_site_pages: Mapping[str, PageRecord]
    """By output path."""

    @property
    def has_same_static(self) -> bool:
        """Whether the files that are made of no page are known to be those there were."""
        session = self.previous.session
        return self.is_cutoff and session is not None and self.inputs.files is session.files

    @cached_property
    def static(self) -> Mapping[str, bytes]:
        """The files that are made of no page, by path."""
        return static_files(self.plan, self.inputs.files)

    @cached_property
    def known_static(self) -> Mapping[str, bytes]:
        """Those of the previous build, if its plan has the same pages; else none."""
        session = self.previous.session
        return static_files(session.plan, session.files) if self.is_cutoff and session else {}

    @cached_property
    def new_static(self) -> Mapping[str, bytes]:
        """The files that are made of no page and are new, or may be, by path."""
        if self.has_same_static:
            return {}
        known = self.known_static
        return {path: data for path, data in self.static.items() if known.get(path) != data}

    @cached_property
    def paths(self) -> Set[str]:
        """The path of every file of the site."""
        if self.has_same_static:
            return self.previous.paths
        if self.is_cutoff and self.static.keys() == self.known_static.keys():
            return self.previous.paths
        return self.plan.paths | self.static.keys()

    def render(self, pages: tuple[PlannedPage, ...]) -> RenderedPages:
        """Render planned pages of one unit."""
        return render_pages(pages, self.renderer, self.plan.index, self.plan.site.address)

    def render_whole(self, folders: list[str]) -> Iterator[tuple[str, RenderedPages]]:
        """Render every page of some topics, and yield them by folder."""
        job = replace(self.inputs.job_on(folders), templates=self.renderer.templates)
        executor = SerialExecutor(job)
        executor.analyze(folders)
        yield from executor.render(self.plan, self.renderer)

    def ids(self, rendered: Rendered) -> HtmlIds:
        """Return the HTML ids that links can lead to."""
        return HtmlIds(self.plan, self.paths, rendered.values(), self.reused_site_pages)

    def is_whole(self, folder: str, rendered: Rendered) -> bool:
        """Whether every page of a topic was rendered."""
        return len(rendered[folder].records) == len(self.exports[folder].pages)

    def problems(self, rendered: Rendered) -> list[Problem]:
        """Return what is wrong in templates, or else in pages that were rendered."""
        in_order = [rendered[folder] for folder in sorted(rendered)]
        found = LinkSources(self.plan, rendered, self.inputs.files_of, self._analyze)
        return check_rendered(in_order, self.paths, self.ids(rendered), found)

    def _analyze(self, folder: str) -> TopicUnit | WrongTopic:
        inputs = self.inputs
        files: Files = inputs.files_of([folder])
        return analyze_topic(files, inputs.shared, inputs.folders.folders[folder], inputs.as_of)


def plan_work(
    inputs: Inputs,
    reusable: Reusable,
    analysis: Analysis,
    previous: Build,
    intact: Set[str] | None,
) -> Work:
    """Return what a build has to do, once the stale topics are analysed.

    intact: the output files that are as they were made; None: all. Raises Problems for everything
    that is wrong in the content and in templates.
    """
    found = {**{f: r.exports for f, r in reusable.current.items()}, **analysis.topics}
    plan = _unchanged_plan(inputs, analysis, previous)
    is_cutoff = plan is not None
    site, exports = exports_of_all(
        inputs.shared, inputs.folders, found, analysis.template_problems, is_checked=is_cutoff
    )
    plan = plan or plan_site(site, exports.values(), inputs.as_of)
    renderer = _unchanged_renderer(inputs, plan, previous)
    if renderer is None or renderer.templates is not analysis.templates:
        renderer = Renderer(plan.site, analysis.templates, inputs.files, inputs.draw_card)
    reused = _reused_site_pages(inputs, plan, previous, intact)
    stale = (planned for planned in plan.site_pages if planned.page.path not in reused)
    return Work(
        inputs=inputs,
        previous=previous,
        site=site,
        reusable=reusable,
        exports=exports,
        plan=plan,
        is_cutoff=is_cutoff,
        renderer=renderer,
        stale_site_pages=tuple(stale),
        reused_site_pages=reused,
    )


def _unchanged_plan(inputs: Inputs, analysis: Analysis, previous: Build) -> SitePlan | None:
    """Return the previous plan if it stands; None: the site must be planned again.

    It stands if the shared content, the topics and what is public are the same, and what the stale
    topics export, but for entries of outputs of the site, which alone are planned again.
    """
    session, record = previous.session, previous.record
    if (
        session is None
        or inputs.shared is not record.shared_content
        or inputs.folders.problems
        or static_names(inputs.files) != static_names(session.files)
        or inputs.folders.folders.keys() != record.topics.keys()
        or not session.plan.valid.holds(inputs.at)
    ):
        return None
    changed = []
    for folder, exports in analysis.topics.items():
        recorded = record.topics[folder].exports
        if isinstance(exports, WrongTopic) or not has_same_pages(exports, recorded):
            return None
        if exports != recorded:
            changed.append(exports)
    return session.plan.with_exports(changed) if changed else session.plan


def _unchanged_renderer(inputs: Inputs, plan: SitePlan, previous: Build) -> Renderer | None:
    """Return the renderer of the previous build if its site is the same; None: it is not."""
    session = previous.session
    if session is None or session.plan.site != plan.site or inputs.templates is None:
        return None
    return session.renderer


def _reused_site_pages(
    inputs: Inputs, plan: SitePlan, previous: Build, intact: Set[str] | None
) -> Mapping[str, PageRecord]:
    """Return the records of the pages of the site unit that are current, by output path."""
    session, records = previous.session, previous.record.site_pages
    if session is not None and plan.pages is session.plan.pages:
        both = zip(plan.site_pages, session.plan.site_pages, strict=True)
        same = (new.page.path for new, old in both if new is old or _shows_the_same(new, old))
        return {path: records[path] for path in same}
    known = plan.inputs_of_site_pages(inputs.base)
    return {
        path: record
        for path, record in records.items()
        if (intact is None or path in intact) and record.inputs and known.get(path) == record.inputs
    }


def _shows_the_same(new: PlannedPage, old: PlannedPage) -> bool:
    return bool(new.fingerprint) and new.fingerprint == old.fingerprint


def topics_to_render_again(work: Work, rendered: Rendered) -> list[str]:
    """Return the folders of topics with reused pages whose links are not what they were.

    rendered: by folder; those topics are not looked at.
    """
    if any(pages.template_problems for pages in rendered.values()):
        return []
    ids = work.ids(rendered)
    if work.is_cutoff and _links_stand(work, rendered, ids):
        return []
    reused = {f: r for f, r in work.reusable.current.items() if f not in rendered}
    changed = work.reusable.changed
    reused |= {f: r for f, r in changed.items() if f in rendered and not work.is_whole(f, rendered)}
    links = chain.from_iterable(pages.links.outgoing for pages in rendered.values())
    lost = {link.target for link in links if ids.is_missing(link.target, link.anchor)}
    return [
        folder
        for folder, record in reused.items()
        if _is_broken(record, work.plan, ids) or not lost.isdisjoint(record.pages)
    ]


def _is_broken(record: TopicRecord, plan: SitePlan, ids: HtmlIds) -> bool:
    """Whether links of a recorded topic lead elsewhere, or to nothing, or have another name now."""
    known = plan.pages_fingerprints
    return (
        plan.neighbours_fingerprints.get(record.exports.id, b"") != record.neighbours
        or any(known.get(topic, b"") != recorded for topic, recorded in record.uses.items())
        or any(ids.is_missing(*target) for target in record.links_out)
        or any(not ids.has(*target) for target in record.links_in)
    )


def _links_stand(work: Work, rendered: Rendered, ids: HtmlIds) -> bool:
    """Whether the links on new pages arrive, and those of other pages on them; all other links do.

    So that a save need not look at every topic. Ids other than points are asked for strictly, but
    for those that were linked to before: these are looked for at the end.
    """
    session, plan = work.previous.session, work.plan
    if session is None:
        return False
    for folder, pages in rendered.items():
        for target, anchor in pages.targets:
            points = plan.point_ids(target) or ()
            known = not anchor or anchor in points or (target, anchor) in session.link_targets
            if target not in work.paths or not known:
                return False
        record = work.previous.record.topics.get(folder)
        if record and not all(ids.has(*target) for target in record.links_in):
            return False
    return all(ids.has(*target) for target in session.link_targets)
