"""What a build starts from: the shared content, and which topics are current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct

from briefing.content.classify import ABOUT_STEM
from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.publication import timestamp
from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.engine.executor import OnProgress, TopicJob, ignore_progress
from briefing.engine.record import BuildRecord, TopicRecord
from briefing.engine.session import Build
from briefing.engine.sources import SharedKeys, SourceTree, topic_key
from briefing.model.fingerprint import fingerprint
from briefing.model.values import Moment
from briefing.outputs.assets import is_asset
from briefing.rendering.renderer import DrawCard
from briefing.rendering.templates import Compiled
from briefing.syntax.file_names import is_static


class Inputs(Struct, frozen=True, kw_only=True):
    """What a build starts from."""

    sources: SourceTree
    as_of: Moment
    files: Files
    """The shared files, by path."""
    keys: SharedKeys
    """Fingerprints of them."""
    shared: SharedContent
    folders: TopicFolders
    base: bytes
    """Fingerprint of what every page is made from, and of whether cards are drawn."""
    dumped_templates: bytes
    templates: Compiled | None
    """The templates of `files`, if they are compiled already."""
    draw_card: DrawCard | None

    @property
    def at(self) -> float:
        """The time of the build in seconds since 1970; 0 where the site cannot be read."""
        return timestamp(self.as_of, self.shared.site) if self.shared.site else 0.0

    def files_of(self, folders: Iterable[str]) -> Files:
        """Return the shared files and those of some topics, by path. Raises Problems."""
        paths = (path for folder in folders for path in self.sources.topics[folder].paths)
        return {**self.files, **self.sources.read(paths)}

    def job_on(
        self,
        folders: Iterable[str],
        recorded: Mapping[str, TopicRecord] | None = None,
        progress: OnProgress = ignore_progress,
    ) -> TopicJob:
        """Return the job of some topics; `recorded` are those that may have pages to reuse."""
        return TopicJob(
            files=self.files_of(folders),
            shared=self.shared,
            folders=self.folders.folders,
            as_of=self.as_of,
            recorded=recorded or {},
            dumped_templates=self.dumped_templates,
            templates=self.templates,
            draw_card=self.draw_card,
            progress=progress,
        )

    def key_of(self, folder: str) -> bytes:
        """Return the fingerprint of all inputs of a topic."""
        return topic_key(self.base, self.sources.topics[folder])


def read_inputs(
    sources: SourceTree, as_of: Moment, previous: Build, draw_card: DrawCard | None
) -> Inputs:
    """Return what a build of `sources` starts from, reading again only what changed."""
    session, record = previous.session, previous.record
    changed = set(_changed_shared(sources, previous)) if session else None
    keys = session.keys if session and not changed else _shared_keys(sources)
    if session and changed is not None and all(map(is_asset, changed)):
        files = _with_changed(session.files, sources, changed) if changed else session.files
        known, templates = record.shared_content, session.renderer.templates
    else:
        files = sources.read(sources.shared)
        known = record.shared_content if record.shared == keys.all else None
        templates = None
    shared = known or read_shared(files, sources.address)
    drawn = b"drawn" if draw_card else b"plain"
    return Inputs(
        sources=sources,
        as_of=as_of,
        files=files,
        keys=keys,
        shared=shared,
        folders=_folders(sources, shared, previous),
        base=fingerprint(keys.made_from, drawn),
        dumped_templates=record.templates,
        templates=templates,
        draw_card=draw_card,
    )


def _shared_keys(sources: SourceTree) -> SharedKeys:
    """Return the fingerprints of the shared files of a tree."""
    made_from = (p for p in sources.shared if not _is_about(p) and not is_asset(p))
    return SharedKeys(
        all=sources.fingerprint_of(sources.shared),
        made_from=fingerprint(sources.fingerprint_of(made_from), *static_names(sources.shared)),
    )


def static_names(paths: Iterable[str]) -> list[bytes]:
    """Return the paths of the files of static/, to which any page may link, in order."""
    return [path.encode() for path in sorted(filter(is_static, paths))]


def _changed_shared(sources: SourceTree, previous: Build) -> Iterator[str]:
    """Yield the shared files that are new, changed, or gone; all of them for another address."""
    old = previous.sources
    for path in {**sources.shared, **old.shared}:
        same = sources.shared.get(path) == old.shared.get(path)
        if not same or sources.address != old.address:
            yield path


def _with_changed(files: Files, sources: SourceTree, changed: Set[str]) -> Files:
    """Return the shared files of a tree, reading those that changed. files: those there were."""
    same = {path: files[path] for path in sources.shared if path in files and path not in changed}
    return {**same, **sources.read(sources.shared.keys() - same.keys())}


def _folders(sources: SourceTree, shared: SharedContent, previous: Build) -> TopicFolders:
    """Return the files of every topic, sorted into what they are."""
    old, session = previous.sources.topics, previous.session
    if session and shared is previous.record.shared_content and old.keys() == sources.topics.keys():
        changed = (name for name, files in sources.topics.items() if files is not old[name])
        if all(sources.topics[name].paths == old[name].paths for name in changed):
            return session.folders
    return classify_topics(shared, sources.topic_paths)


def _is_about(path: str) -> bool:
    """Whether a file is a text of the method page; no topic is made from it."""
    return path.startswith(f"content/{ABOUT_STEM}.")


class Reusable(Struct, frozen=True):
    """The topics of a previous build that can be reused, by folder."""

    current: Mapping[str, TopicRecord]
    """Nothing that they are made from has changed."""
    changed: Mapping[str, TopicRecord]
    """Only their own files have changed, so that some of their pages may be reused."""


def reusable_topics(inputs: Inputs, record: BuildRecord, intact: Set[str] | None) -> Reusable:
    """Return the topics that can be reused: those that are the same at the time of the build.

    intact: the output files that are as they were made; None: all. A topic of which one is not is
    not reused.
    """
    at, current, changed = inputs.at, {}, {}
    for folder, topic in record.topics.items():
        if folder not in inputs.folders.folders or not topic.exports.valid.holds(at):
            continue
        if intact is not None and not intact >= topic.pages.keys():
            continue
        if topic.inputs == inputs.key_of(folder):
            current[folder] = topic
        elif topic.inputs.startswith(inputs.base):
            changed[folder] = topic
    return Reusable(current, changed)
