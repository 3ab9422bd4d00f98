"""The source tree: fingerprints of all input files, shared ones and those of each topic.

Bytes are read when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from briefing.content.classify import split_by_topic
from briefing.content.parse_shared import classify_topics, read_shared
from briefing.content.shared import Files, SharedContent, TopicFolders
from briefing.model.fingerprint import fingerprint, fingerprint_of_files
from briefing.model.theme import TEMPLATES, has_theme, lay_over

ReadFiles = Callable[[Iterable[str]], dict[str, bytes]]
"""Returns the bytes of some files, by path. Raises Problems."""


class TopicSources(Struct, frozen=True):
    """The source files of one topic."""

    fingerprints: Mapping[str, bytes]
    """Of each file, by path, in order of the paths."""
    fingerprint: bytes
    """Of all of them."""

    @classmethod
    def of(cls, fingerprints: Mapping[str, bytes]) -> TopicSources:
        """Return the sources whose fingerprints are given, by path."""
        return cls(fingerprints, fingerprint_of_files(fingerprints, fingerprints))

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of each file, in order."""
        return tuple(self.fingerprints)

    def changed(self, fingerprints: Mapping[str, bytes]) -> TopicSources:
        """Return the same files, some of them with other fingerprints."""
        own = self.fingerprints
        return TopicSources.of({path: fingerprints.get(path, own[path]) for path in own})


class SharedKeys(Struct, frozen=True):
    """Fingerprints of the shared files and of the address."""

    all: bytes
    """Of all of them."""
    made_from: bytes
    """Of those that every page is made from: not those of the method page, nor those that go out as
    they are, of which static/ counts by its names, since any page may link to them."""


class SourceTree(Struct, frozen=True):
    """All source files of a site."""

    shared: Mapping[str, bytes]
    """Fingerprint of each file that belongs to no topic, by path."""
    topics: Mapping[str, TopicSources]
    """By folder below content/."""
    read: ReadFiles
    address: str | None = None
    """Where the site will stand; None: where site.yaml says."""

    @classmethod
    def of(cls, files: Files, address: str | None = None) -> SourceTree:
        """Return the tree of files that are all in memory."""
        known = {path: fingerprint(files[path]) for path in files}
        return cls.of_fingerprints(
            known, lambda paths: {path: files[path] for path in paths}, address
        )

    @classmethod
    def of_fingerprints(
        cls, known: Mapping[str, bytes], read: ReadFiles, address: str | None = None
    ) -> SourceTree:
        """Return the tree of files whose fingerprints are `known`, by path.

        Files of templates/ lie over those of theme/: what is hidden is left out.
        """
        known = lay_over(known)
        shared, topics = split_by_topic(known)
        return cls(
            {path: known[path] for path in shared},
            {name: TopicSources.of({p: known[p] for p in own}) for name, own in topics.items()},
            read,
            address,
        )

    @property
    def fingerprints(self) -> dict[str, bytes]:
        """The fingerprint of every file, by path."""
        own = (sources.fingerprints for sources in self.topics.values())
        return {**self.shared, **{path: each[path] for each in own for path in each}}

    @property
    def topic_paths(self) -> dict[str, tuple[str, ...]]:
        """The paths of the files of each topic, by folder."""
        return {name: each.paths for name, each in self.topics.items()}

    def fingerprint_of(self, paths: Iterable[str]) -> bytes:
        """Return the fingerprint of some of the shared files, and of the address."""
        return fingerprint_of_files(self.shared, paths, (self.address or "").encode())

    def has(self, paths: Iterable[str]) -> bool:
        """Whether all of some files are in the tree, and stay so whatever is in them."""
        is_laid_over = has_theme(self.shared)
        for path in paths:
            if is_laid_over and path.startswith(TEMPLATES):
                return False  # it may hide a file of the theme, or hide it no longer
            folder = path.split("/")[1] if path.count("/") > 1 else ""
            topic = self.topics.get(folder)
            if path not in self.shared and (topic is None or path not in topic.fingerprints):
                return False
        return True

    def changed(self, fingerprints: Mapping[str, bytes], read: ReadFiles) -> SourceTree:
        """Return the same files, some of them with other fingerprints, by path.

        The sources of a topic in which nothing changed are the same object in both trees; so is
        `shared` where only topics changed.
        """
        folders = {path.split("/")[1] for path in fingerprints if path not in self.shared}
        shared = {path: fingerprints[path] for path in fingerprints if path in self.shared}
        topics = {folder: self.topics[folder].changed(fingerprints) for folder in folders}
        all_shared = {**self.shared, **shared} if shared else self.shared
        return SourceTree(all_shared, {**self.topics, **topics}, read, self.address)


NO_SOURCES = SourceTree({}, {}, lambda _paths: {})
"""A tree without files."""


def topic_key(base: bytes, sources: TopicSources) -> bytes:
    """Return the fingerprint of all inputs of a topic: `base` of what every topic is made from.

    It begins with `base`, so that a record tells whether only the topic's own files changed since.
    """
    return base + sources.fingerprint


def read_shared_content(sources: SourceTree) -> tuple[SharedContent, TopicFolders]:
    """Return what was read of the shared files, and which files each topic has."""
    shared = read_shared(sources.read(sources.shared), sources.address)
    return shared, classify_topics(shared, sources.topic_paths)
