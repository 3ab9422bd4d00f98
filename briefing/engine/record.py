"""What a build leaves to the next one: the only thing in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import DecodeError, Struct, ValidationError, msgpack
from msgspec.structs import replace

from briefing.content.publication import ValidTime
from briefing.content.shared import SharedContent
from briefing.engine.render import HtmlIds, PageRecord, RenderedPages, Target
from briefing.engine.topic import TopicExports


class TopicRecord(Struct, frozen=True, kw_only=True):
    """What a build leaves of one topic. It is current while `inputs` is."""

    inputs: bytes
    """`topic_key` of the topic."""
    exports: TopicExports
    pages: Mapping[str, PageRecord]
    """By output path; of every page of the topic."""
    uses: Mapping[str, bytes]
    """Fingerprint of the pages of each topic that its texts link to, by id."""
    links_out: tuple[Target, ...]
    """What its pages link to in other units."""
    links_in: tuple[Target, ...]
    """The ids, other than those of points, that its own pages link to."""
    neighbours: bytes = b""
    """Fingerprint of the topics before and after it, which its pages name."""


class BuildRecord(Struct, frozen=True, kw_only=True):
    """What a build leaves to the next one."""

    topics: Mapping[str, TopicRecord] = {}
    """By folder below content/."""
    site_pages: Mapping[str, PageRecord] = {}
    """Of the site unit, by output path: those that can be reused."""
    shared: bytes = b""
    """Fingerprint of all shared files and of the address."""
    shared_content: SharedContent | None = None
    """What was read of them; None in a record of nothing."""
    templates: bytes = b""
    """Compiled templates, each with the fingerprint of its source."""
    valid: ValidTime = ValidTime()
    """The times as of which the whole site is the same."""

    @property
    def outputs(self) -> Iterator[tuple[str, bytes]]:
        """The path and the fingerprint of every output file that is recorded."""
        for topic in self.topics.values():
            for path, page in topic.pages.items():
                yield path, page.output
        for path, page in self.site_pages.items():
            yield path, page.output

    def encode(self) -> bytes:
        """Return the record in msgpack."""
        return msgpack.encode(self)


EMPTY_RECORD = BuildRecord()


def decode_record(data: bytes) -> BuildRecord:
    """Return a record that was encoded; an empty one where the bytes are none."""
    try:
        return msgpack.decode(data, type=BuildRecord)
    except (DecodeError, ValidationError):
        return EMPTY_RECORD


def record_topic(
    key: bytes,
    exports: TopicExports,
    rendered: RenderedPages,
    ids: HtmlIds,
    uses: Mapping[str, bytes],
    *,
    neighbours: bytes,
) -> TopicRecord:
    """Return the record of a topic of which every page was rendered. key: its `topic_key`."""
    return TopicRecord(
        inputs=key,
        exports=exports,
        pages=rendered.records,
        uses=uses,
        links_out=rendered.targets,
        links_in=tuple(sorted(ids.not_points(rendered.links.inner))),
        neighbours=neighbours,
    )


def update_record(
    record: TopicRecord, key: bytes, exports: TopicExports, rendered: RenderedPages, ids: HtmlIds
) -> TopicRecord:
    """Return the record of a topic of which some pages were rendered again. key: its `topic_key`.

    Of the links of a page that was rendered again, those that it has no longer stay in the record:
    it asks for more than there is, never for less.
    """
    outside = (target for target in rendered.targets if target[0] not in record.pages)
    inside = ids.not_points(rendered.links.inner)
    return replace(
        record,
        inputs=key,
        exports=exports,
        pages={**record.pages, **rendered.records},
        links_out=_joined(record.links_out, outside),
        links_in=tuple(sorted({*record.links_in, *inside})),
    )


def _joined(targets: Iterable[Target], more: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(dict.fromkeys([*targets, *more]))
