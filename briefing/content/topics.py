"""Reads topic.yaml: the event, own texts of voices, changes. `points` reads the points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.fields import localized, member, moment, time_zone
from briefing.content.outlets_voices import KnownIds, Register
from briefing.content.points import RecordList, group_reader, point_reader, require_all
from briefing.model.site import Change, ChangeKind, Event, Group, Missing, Point
from briefing.problems import AllBroken
from briefing.syntax.nodes import Field, Node, optional, required
from briefing.syntax.readers import Each, Entries, KeyOf, ReadBefore, Record, Then, record


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
    return root.record(TopicFacts, **topic_fields(known, AllBroken(), articles))


def topic_fields(
    known: KnownIds, groups: Register[Group], articles: Iterable[str]
) -> dict[str, Field[Any]]:
    """Return the fields of topic.yaml, whose points have been read and are in `known`.

    groups: what a point may name as its group. articles: the ids of the articles of the topic.
    """
    article = KeyOf(dict.fromkeys(articles), "article")
    group, point = group_reader(known.languages), point_reader(known.languages, groups)
    return {
        "event": required(EVENT, "When it happened."),
        "primary": optional(
            Entries(article, KeyOf(known.voices, "voice"), "primary"),
            "The article that is a voice's own statement, by the id of the voice.",
            default={},
        ),
        "missing": optional(
            member(Missing), "What stands where a translation is missing; as the site if left out."
        ),
        "groups": required(
            RecordList(group),
            "The groups of points, in the order of the page.",
        ),
        "points": required(
            ReadBefore(RecordList(point), lambda: require_all(known.points)),
            "The points at issue, in the order of the page.",
        ),
        "changes": optional(
            Then(Each(_change(known)), _newest_first),
            "What was changed after the topic was published.",
            default=(),
        ),
    }


EVENT: Record[Event] = record(
    Event,
    start=required(moment, "A date, a date and time with zone, a month or a year."),
    zones=optional(
        Each(time_zone), "The time zones that times are told in, by their cities.", default=()
    ),
)
"""Reads `event:`."""


def _newest_first(_: Node, written: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes, newest first; of one day, the last in the file is the newest."""
    changes = sorted(written, key=lambda change: change.date.at)
    corrections = [change for change in changes if change.kind is ChangeKind.CORRECTION]
    numbers = {id(change): n for n, change in enumerate(corrections, 1)}
    return tuple(replace(change, number=numbers.get(id(change))) for change in reversed(changes))


def _change(known: KnownIds) -> Record[Change]:
    return record(
        partial(Change, number=None),
        date=required(moment, "When it was changed."),
        kind=required(
            member(ChangeKind), "correction or update; corrections are numbered, from the oldest."
        ),
        text=required(localized(known.languages), "What was changed, in every language."),
        points=optional(Each(KeyOf(known.points, "point")), "The points it is about.", default=()),
    )
