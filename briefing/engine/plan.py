"""The plan of a site: every page that will exist, known before one is rendered.

It is a function of the shared content and of what topics export, and of nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from briefing.checks.content import check_content
from briefing.content.publication import AS_EDITED, ValidTime, public_site, valid_time_of_site
from briefing.content.redirects import REDIRECTS
from briefing.engine.topic import TopicExports
from briefing.model.fingerprint import fingerprint, fingerprint_of_value
from briefing.model.site import Site
from briefing.model.values import Moment
from briefing.outputs.github_pages import github_files
from briefing.outputs.headlines import Headline, newest_first
from briefing.outputs.planned_page import PlannedPage
from briefing.outputs.registry import PlannedOutputs, plan_again, plan_site_outputs
from briefing.outputs.site_output import SiteContents
from briefing.problems import Place, Problem, raise_if_any
from briefing.rendering.page import Page
from briefing.rendering.page_index import ListedTitle, ListedTopic, PageIndex


class SitePlan(Struct, frozen=True, kw_only=True, dict=True):
    """Every page that will exist, and the links between them."""

    contents: SiteContents
    """What the pages of the site unit were planned from, with the pages of every unit."""
    site_outputs: PlannedOutputs
    """The site unit: the pages, feeds and lists that exist once, by the name of their output."""
    pages_fingerprints: Mapping[str, bytes]
    """`TopicExports.pages_fingerprint` by id of the topic."""
    valid: ValidTime
    """The times as of which the plan is the same."""

    @property
    def site(self) -> Site:
        """What is public of the site, without its topics."""
        return self.contents.site

    @property
    def pages(self) -> Mapping[str, Sequence[Page]]:
        """The pages, by id of their topic; those of the site unit under ""."""
        return self.contents.pages

    @cached_property
    def site_pages(self) -> tuple[PlannedPage, ...]:
        """The pages of the site unit."""
        return tuple(chain.from_iterable(self.site_outputs.values()))

    @cached_property
    def index(self) -> PageIndex:
        """The pages, to be looked up."""
        return PageIndex(self.site, self.pages, self.listed_topics)

    @cached_property
    def listed_topics(self) -> tuple[ListedTopic, ...]:
        """The topics of which something is public, as others name them, the newest event first."""
        return tuple(
            ListedTopic(
                line.id,
                {code: ListedTitle(told.language, told.title) for code, told in line.told.items()},
            )
            for line in self.contents.headlines
        )

    @cached_property
    def neighbours_fingerprints(self) -> Mapping[str, bytes]:
        """Fingerprint of the neighbours that the pages of each topic name, by id of the topic."""
        codes = [language.code for language in self.site.languages]
        return {
            topic.id: fingerprint_of_value([self.index.neighbours(topic.id, c) for c in codes])
            for topic in self.listed_topics
        }

    @cached_property
    def paths(self) -> Set[str]:
        """The output path of every page."""
        return {page.path for each in self.pages.values() for page in each}

    @cached_property
    def github_files(self) -> Mapping[str, bytes]:
        """The files that only GitHub Pages reads, by path."""
        return github_files(self.site)

    def point_ids(self, path: str) -> Set[str] | None:
        """Return the points that a page of a topic has rows for; None if it is none."""
        _, _, below = path.partition("/")
        pages = self.pages.get(below.partition("/")[0], ())
        return next((page.anchors for page in pages if page.path == path), None)

    def inputs_of_site_pages(self, base: bytes) -> dict[str, bytes]:
        """Return the fingerprint of all inputs of each page of the site unit that can be reused.

        base: the fingerprint of what every page is made from. The pages of the site unit link to
        each other, so each is made from which of them there are, too.
        """
        all_pages = fingerprint_of_value([planned.page for planned in self.site_pages])
        shared = fingerprint(base, all_pages)
        return {
            planned.page.path: fingerprint(shared, planned.page.path.encode(), planned.fingerprint)
            for planned in self.site_pages
            if planned.fingerprint
        }

    def with_exports(self, exports: Sequence[TopicExports]) -> SitePlan | None:
        """Return the plan of the same pages, of which some topics export other entries.

        Only the outputs that are made of these entries are planned again; None: they have other
        pages now. The plan is valid at no more times than before, and at none at which one of
        these topics is not.
        """
        names = {
            name
            for each in exports
            for name, entry in each.entries.items()
            if entry != self.contents.entries[each.id].get(name)
        }
        entries = {**self.contents.entries, **{each.id: each.entries for each in exports}}
        contents = replace(self.contents, entries=entries)
        again = plan_again(contents, names)
        if any(_pages_of(again[name]) != _pages_of(self.site_outputs[name]) for name in names):
            return None
        valid = self.valid
        for each in exports:
            valid = valid.intersection(each.valid)
        outputs = {**self.site_outputs, **again}
        plan = replace(self, contents=contents, site_outputs=outputs, valid=valid)
        looked_up = {name: found for name, found in vars(self).items() if name != "site_pages"}
        vars(plan).update(looked_up)  # the same pages: what was looked up stays
        return plan


def _pages_of(planned: Sequence[PlannedPage]) -> list[Page]:
    return [each.page for each in planned]


def plan_site(site: Site, exports: Iterable[TopicExports], as_of: Moment) -> SitePlan:
    """Return the plan of a site. Raises Problems for words that are missing and paths taken twice.

    site: without its topics, public or not. exports: of every topic.
    """
    valid = valid_time_of_site(site, as_of)
    public = public_site(site, as_of)
    raise_if_any(check_content(public))
    exports = list(exports)
    for each in exports:
        valid = valid.intersection(each.valid)
    contents = SiteContents(
        site=public,
        headlines=_headlines(exports),
        entries={each.id: each.entries for each in exports},
        pages={each.id: each.pages for each in exports},
        shows_drafts=as_of == AS_EDITED,
    )
    planned = plan_site_outputs(contents)
    own = tuple(each.page for pages in planned.values() for each in pages)
    pages = {"": own, **contents.pages}
    raise_if_any(_paths_taken_twice(pages))
    return SitePlan(
        contents=replace(contents, pages=pages),
        site_outputs=planned,
        pages_fingerprints={each.id: each.pages_fingerprint for each in exports},
        valid=valid,
    )


def _headlines(exports: Iterable[TopicExports]) -> tuple[Headline, ...]:
    """Return the headlines of the topics of which something is public, newest first."""
    return tuple(sorted((each.headline for each in exports if each.headline), key=newest_first))


def _paths_taken_twice(pages: Mapping[str, Sequence[Page]]) -> Iterator[Problem]:
    """Yield the paths at which two pages would stand: one of them is at an old address."""
    paths = [page.path for each in pages.values() for page in each]
    if len(set(paths)) == len(paths):
        return
    cure = "take the id out of it, or make what is there a draft"
    for path, count in Counter(paths).items():
        if count > 1:
            yield Problem(Place(REDIRECTS), f"two pages would stand at {path}", cure)
