"""The source files of a site: told by their digests, topic by topic; read as they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from briefing.content.classify import split_by_topic
from briefing.content.shared import Files
from briefing.model.fingerprint import fingerprint, fingerprint_of_files

Read = Callable[[Iterable[str]], dict[str, bytes]]
"""Gives what is in some files, by path. Raises Problems."""


class TopicFiles(Struct, frozen=True):
    """The files of one topic."""

    digests: Mapping[str, bytes]
    """Of each, by path, in order."""
    digest: bytes
    """Of all of them."""

    @classmethod
    def of(cls, digests: Mapping[str, bytes]) -> TopicFiles:
        """Give files whose digests are known, by path."""
        return cls(digests, fingerprint_of_files(digests, digests))

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of each, in order."""
        return tuple(self.digests)

    def changed(self, digests: Mapping[str, bytes]) -> TopicFiles:
        """Give the same files, some of them with other digests."""
        return TopicFiles.of({path: digests.get(path, own) for path, own in self.digests.items()})


class Sources(Struct, frozen=True):
    """What a site is made from."""

    shared: Mapping[str, bytes]
    """The digest of each file that is no topic's, by path."""
    topics: Mapping[str, TopicFiles]
    """By folder."""
    read: Read
    address: str | None = None
    """Where the site will stand, if not where site.yaml says."""

    @classmethod
    def of(cls, files: Files, address: str | None = None) -> Sources:
        """Give files that are all read."""
        digests = {path: fingerprint(files[path]) for path in files}
        return cls.told(digests, lambda paths: {path: files[path] for path in paths}, address)

    @classmethod
    def told(cls, digests: Mapping[str, bytes], read: Read, address: str | None = None) -> Sources:
        """Give files whose digests are known, by path."""
        shared, topics = split_by_topic(digests)
        return cls(
            {path: digests[path] for path in shared},
            {name: TopicFiles.of({p: digests[p] for p in own}) for name, own in topics.items()},
            read,
            address,
        )

    @property
    def key(self) -> bytes:
        """The digest of what is no topic's, and of the address."""
        return self.key_of(self.shared)

    def key_of(self, paths: Iterable[str]) -> bytes:
        """Give the digest of some of the files that are no topic's, and of the address."""
        return fingerprint_of_files(self.shared, paths, (self.address or "").encode())

    def knows(self, paths: Iterable[str]) -> bool:
        """Whether all of some files are among these."""
        for path in paths:
            folder = path.split("/")[1] if path.count("/") > 1 else ""
            topic = self.topics.get(folder)
            if path not in self.shared and (topic is None or path not in topic.digests):
                return False
        return True

    def changed(self, digests: Mapping[str, bytes], read: Read) -> Sources:
        """Give the same files, some of them with other digests."""
        folders = {path.split("/")[1] for path in digests if path not in self.shared}
        shared = {path: digests[path] for path in digests if path in self.shared}
        topics = {folder: self.topics[folder].changed(digests) for folder in folders}
        return Sources({**self.shared, **shared}, {**self.topics, **topics}, read, self.address)
