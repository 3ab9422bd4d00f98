"""Reads topic.yaml: the event, own texts of voices, changes. `points` reads the points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.fields import localized, member, moment, time_zone
from briefing.content.outlets_voices import KnownIds
from briefing.content.points import read_group, read_records, require_all
from briefing.model.site import Change, ChangeKind, Event, Group, Missing, Point
from briefing.problems import Collector
from briefing.syntax.nodes import Node, each, entries, key_of, one_of, optional, required


class TopicFacts(Struct, frozen=True, kw_only=True):
    """The content of topic.yaml."""

    event: Event
    primary: Mapping[str, str]
    """The id of the article that is a voice's own text, by the id of the voice."""
    missing: Missing | None
    groups: tuple[Group, ...]
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    """Newest first."""


def read_facts(root: Node, known: KnownIds, articles: Iterable[str]) -> TopicFacts:
    """Return the content of topic.yaml, whose points have been read and are in `known`.

    articles: the ids of the articles of the topic. Raises Problems.
    """
    article = key_of(dict.fromkeys(articles), "article")

    def primary(_voice: str, node: Node) -> str:
        one_of(known.voices, "voice")(node.key_as_value("primary"))
        return article(node)

    def groups(node: Node) -> tuple[Group, ...]:
        # Their problems were reported when the points were read.
        return require_all(read_records(node, partial(read_group, known.languages), Collector()))

    return root.record(
        TopicFacts,
        event=required(_event),
        primary=optional(entries(primary), {}),
        missing=optional(member(Missing)),
        groups=required(groups),
        points=required(lambda _: require_all(known.points)),
        changes=optional(partial(_changes, known), ()),
    )


def _event(node: Node) -> Event:
    return node.record(Event, start=required(moment), zones=optional(each(time_zone), ()))


def _changes(known: KnownIds, node: Node) -> tuple[Change, ...]:
    """Return the changes, newest first; of one day, the last in the file is the newest."""
    changes = sorted(each(partial(_change, known))(node), key=lambda change: change.date.at)
    corrections = [change for change in changes if change.kind is ChangeKind.CORRECTION]
    numbers = {id(change): n for n, change in enumerate(corrections, 1)}
    return tuple(replace(change, number=numbers.get(id(change))) for change in reversed(changes))


def _change(known: KnownIds, node: Node) -> Change:
    return node.record(
        partial(Change, number=None),
        date=required(moment),
        kind=required(member(ChangeKind)),
        text=required(localized(known.languages)),
        points=optional(each(key_of(known.points, "point")), ()),
    )
