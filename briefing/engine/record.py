"""What is remembered of a site that was made: by the digest of all it was made from.

The unit is the topic. What was made of one is the same as long as its files, what all topics
stand on, the time, and the pages it links to are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import DecodeError, Struct, ValidationError, msgpack

from briefing.content.publication import ValidTime
from briefing.content.shared import SharedContent
from briefing.engine.print import Print
from briefing.engine.topic import Outline


class Record(Struct, frozen=True, kw_only=True):
    """What is remembered of a topic."""

    key: bytes
    """The digests of what all topics stand on and of its files."""
    outline: Outline
    linked: Mapping[str, bytes]
    """The shape of each topic that its texts link to."""
    outputs: Mapping[str, bytes]
    """The digest of each of its pages, by path."""
    shown: Mapping[str, bytes]
    """The digest of what each of them shows, by path."""
    bound: tuple[tuple[str, str], ...]
    """Those of them, and anchors in them other than points, that others of them link to."""
    wanted: tuple[tuple[str, str], ...]
    """The files, and the anchors in them, that its pages link to elsewhere."""


class FrontRecord(Struct, frozen=True, kw_only=True):
    """What is remembered of a page that is no topic's."""

    key: bytes
    output: bytes
    """The digest of the page."""
    ids: frozenset[str] | None
    """None of a file that is no page: whatever is asked for may be in it."""


class Memory(Struct, frozen=True, kw_only=True):
    """What is remembered of a site."""

    topics: Mapping[str, Record] = {}
    """By folder."""
    front: Mapping[str, FrontRecord] = {}
    """By path."""
    shared: bytes = b""
    """The digest of all files that are no topic's."""
    ground: SharedContent | None = None
    """What was read of them."""
    templates: bytes = b""
    """What they were compiled to, packed."""
    span: ValidTime = ValidTime()
    """The times as of which the whole site is the same."""

    @property
    def outputs(self) -> Iterator[tuple[str, bytes]]:
        """The path and the digest of every page that is remembered."""
        for record in self.topics.values():
            yield from record.outputs.items()
        for path, page in self.front.items():
            yield path, page.output

    def encode(self) -> bytes:
        """Write it down."""
        return msgpack.encode(self)


NOTHING = Memory()


def decode(data: bytes) -> Memory:
    """Read what was written down, or nothing where it cannot be read."""
    try:
        return msgpack.decode(data, type=Memory)
    except (DecodeError, ValidationError):
        return Memory()


def wanted(made: Print) -> tuple[tuple[str, str], ...]:
    """Give what some pages link to elsewhere."""
    return tuple((link.target, link.anchor) for link in made.survey.outgoing)
