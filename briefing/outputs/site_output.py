"""An output of the site unit: files that exist once, made of what all topics export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from briefing.model.site import Site
from briefing.outputs.headlines import Headline
from briefing.outputs.planned_page import ComparedTopic, PlannedPage
from briefing.rendering.page import Page


class SiteContents(Struct, frozen=True, kw_only=True):
    """What outputs of the site are planned from."""

    site: Site
    """What of it is public, without its topics."""
    headlines: Sequence[Headline]
    """Of every topic of which something is public, the newest event first."""
    entries: Mapping[str, Mapping[str, bytes]]
    """By id of the topic: what `SiteOutput.entry_of` returned, by name of the output."""
    pages: Mapping[str, Sequence[Page]]
    """By id of the topic; those of the site unit, as far as they are planned, under ""."""
    shows_drafts: bool = False
    """Whether drafts are shown, too, as to editors."""

    def entries_of(self, name: str) -> Mapping[str, bytes]:
        """Return what topics exported for an output, by id of the topic."""
        return {topic: each[name] for topic, each in self.entries.items() if name in each}


class SiteOutput(Struct, frozen=True):
    """One kind of output file of the site unit."""

    name: str
    plan: Callable[[SiteContents], Iterator[PlannedPage]]
    entry_of: Callable[[Site, ComparedTopic], bytes] | None = None
    """Returns what the output is made of beside the headline of a topic, in msgpack; the texts of
    the topic are at hand. If other pages come of it, the whole site is planned again.

    When only this changes in a topic, only this output is planned again, and nothing else of the
    site: a save costs no more for it. So what many texts go into belongs here, not into `Headline`.
    """
