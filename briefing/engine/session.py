"""A site that was built, and what of it the next build can reuse."""

from __future__ import annotations

from collections.abc import Mapping, Set

from msgspec import Struct

from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.engine.plan import SitePlan
from briefing.engine.record import EMPTY_RECORD, BuildRecord
from briefing.engine.render import Target
from briefing.engine.sources import NO_SOURCES, SharedKeys, SourceTree
from briefing.engine.topic import TopicUnit, WrongTopic, analyze_topic
from briefing.model.site import Site, Topic
from briefing.model.values import Moment
from briefing.problems import Problems
from briefing.rendering.renderer import Renderer


class Session(Struct, frozen=True, kw_only=True):
    """What a process keeps of a build, so that the next one in it need not read a record."""

    site: Site
    """All of it, public or not, without its topics."""
    shared: SharedContent
    files: Files
    """The shared source files, by path."""
    keys: SharedKeys
    """Fingerprints of them."""
    folders: TopicFolders
    plan: SitePlan
    renderer: Renderer
    link_targets: frozenset[Target]
    """The ids, other than those of points, that pages link to in other units."""


class Build(Struct, frozen=True, kw_only=True):
    """A site that was built; given back to `build`, it is what the next one reuses."""

    sources: SourceTree = NO_SOURCES
    record: BuildRecord = EMPTY_RECORD
    session: Session | None = None
    """None: only a record is known, read from the cache."""
    topics: Mapping[str, Topic] = {}
    """Those that were analysed in this process, public or not, by folder."""
    outputs: Mapping[str, bytes] = {}
    """The files that are new, or may be, by path."""
    paths: Set[str] = frozenset()
    """Of every file of the site."""

    @property
    def kept(self) -> Set[str]:
        """The paths of the files that are as the previous build made them."""
        return self.paths - self.outputs.keys()

    @property
    def whole(self) -> Session:
        """What the process keeps of the build. Raises Problems if nothing was built."""
        if self.session is None:
            raise Problems
        return self.session

    def analyze(self, folder: str, as_of: Moment) -> TopicUnit | WrongTopic:
        """Return a topic as its source files are, analysed as of a time. Raises Problems."""
        session = self.whole
        files = {**session.files, **self.sources.read(self.sources.topics[folder].paths)}
        return analyze_topic(files, session.shared, session.folders.folders[folder], as_of)


NOTHING = Build()
"""No build yet."""
