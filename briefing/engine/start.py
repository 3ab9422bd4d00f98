"""What is there before anything is made: the sources, what is remembered, and what of it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from msgspec import Struct

from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.publication import timestamp
from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.engine.executor import Job, Plan
from briefing.engine.record import FrontRecord, Memory, Record
from briefing.engine.sources import Sources, TopicFiles
from briefing.engine.topic import Study, study
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment
from briefing.outputs.assets import is_asset
from briefing.rendering.renderer import DrawCard


class Ready(Struct, frozen=True, kw_only=True):
    """What a process that goes on has of a site, to make it again."""

    sources: Sources
    shared: Files
    """The files that are no topic's."""
    ground: SharedContent
    topics: TopicFolders
    plan: Plan
    base: bytes
    """The digest of what every page stands on."""
    bound: tuple[tuple[str, str], ...]
    """Pages and anchors in them, other than points, that those of other topics link to."""

    def study(self, folder: str, as_of: Moment) -> Study:
        """Study a topic as its files are now."""
        files = {**self.shared, **self.sources.read(self.sources.topics[folder].paths)}
        return study(files, self.ground, self.topics.folders[folder], as_of)


class Start(Struct, frozen=True, kw_only=True):
    """What is there before anything is made."""

    sources: Sources
    as_of: Moment
    ground: SharedContent
    topics: TopicFolders
    shared: Files
    """The files that are no topic's."""
    base: bytes
    """The digest of what every page stands on."""
    keys: Mapping[str, bytes]
    """The digests of what each topic is made from, by folder."""
    known: Mapping[str, Record]
    """The topics that are remembered, by folder."""
    past: Mapping[str, Record]
    """Those whose files have changed since, but that stood on the same."""
    front: Mapping[str, FrontRecord]
    """The pages that are no topic's and may be remembered, by path."""
    packed: bytes
    """Templates that were compiled before."""
    same: bool
    """Whether the files that are no topic's are those of which the past is."""
    ready: Ready | None
    artist: DrawCard | None

    @property
    def new(self) -> list[str]:
        """The folders of the topics that are to be made."""
        return [folder for folder in self.keys if folder not in self.known]

    def job_on(self, folders: Iterable[str]) -> Job:
        """Give the work on some topics."""
        paths = (path for folder in folders for path in self.sources.topics[folder].paths)
        return Job(
            files={**self.shared, **self.sources.read(paths)},
            ground=self.ground,
            folders=self.topics.folders,
            as_of=self.as_of,
            packed=self.packed,
            compiled=self.ready.plan.compiled if self.ready else None,
            artist=self.artist,
        )


def begin(  # noqa: PLR0917 — what `make` was given
    sources: Sources,
    as_of: Moment,
    past: Memory,
    intact: Set[str],
    ready: Ready | None,
    artist: DrawCard | None,
) -> Start:
    """See what is there, and what is remembered of a site and still holds."""
    shared = ready.shared if ready else sources.read(sources.shared)
    same = past.shared == sources.key
    known_ground = ready.ground if ready else past.ground if same else None
    ground = known_ground or read_shared(shared, sources.address)
    topics = classify_topics(ground, {name: each.paths for name, each in sources.topics.items()})
    grounds = (path for path in sources.shared if not _is_about(path) and not is_asset(path))
    base = fingerprint(sources.key_of(grounds), b"drawn" if artist else b"plain")
    keys = {folder: key_of_topic(base, sources.topics[folder]) for folder in topics.folders}
    at = timestamp(as_of, ground.site) if ground.site else 0.0
    held = {
        folder: record
        for folder, record in past.topics.items()
        if folder in keys and record.outline.span.holds(at) and intact >= record.outputs.keys()
    }
    known = {folder: record for folder, record in held.items() if record.key == keys[folder]}
    return Start(
        sources=sources,
        as_of=as_of,
        ground=ground,
        topics=topics,
        shared=shared,
        base=base,
        keys=keys,
        known=known,
        past={f: r for f, r in held.items() if f not in known and r.key.startswith(base)},
        front={path: record for path, record in past.front.items() if path in intact},
        packed=past.templates,
        same=same,
        ready=ready,
        artist=artist,
    )


def key_of_topic(base: bytes, files: TopicFiles) -> bytes:
    """Give the digests of what a topic is made from: what all stand on, and its own files."""
    return base + files.digest


def _is_about(path: str) -> bool:
    """Whether a file is a text in which the site speaks of itself; no topic stands on it."""
    return path.startswith("content/about.")
