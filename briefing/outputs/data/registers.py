"""Event, points, voices, sides and articles of a topic in the published data.

The classes are in data/schema.json, with their docstrings and descriptions. A name with `Read`
before it is that of the model. Next: `findings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from briefing.model.article import Article as ReadArticle
from briefing.model.article import (
    ArticleType,
    Confidence,
    Integrity,
    Localized,
    Machine,
    OutletKind,
    Plural,
    Summary,
    UrlStatus,
)
from briefing.model.site import Change as ReadChange
from briefing.model.site import ChangeKind, PointKind, Site, VoiceKind
from briefing.model.site import Event as ReadEvent
from briefing.model.site import Group as ReadGroup
from briefing.model.site import Point as ReadPoint
from briefing.model.site import Topic as ReadTopic
from briefing.outputs.data.shapes import Address, Addresses, Shape, Time, described
from briefing.rendering.text_fragments import readable_address

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


class Event(Shape, frozen=True, kw_only=True):
    """When it happened, and the time zones it is told in."""

    start: Annotated[Time, described("A month, a day, or a time in UTC (RFC 3339).")]
    zones: Annotated[tuple[str, ...], described("IANA names.")]


class Group(Shape, frozen=True, kw_only=True):
    """Points that belong together."""

    id: Annotated[str, described("Unique among the groups.")]
    label: Annotated[Localized, described("By language code.")]


class Unit(Shape, frozen=True, kw_only=True):
    """What a number counts: a unit that CLDR knows, or words of ours."""

    cldr: Annotated[str | None, described("As CLDR names it: `duration-minute` or `minute`.")]
    texts: Annotated[
        Mapping[str, Plural] | None,
        described("Words around `{n}`, by language code and CLDR plural category."),
    ]


class Option(Shape, frozen=True, kw_only=True):
    """One of the values a point allows."""

    id: Annotated[str, described("Unique among the options of its point.")]
    label: Annotated[Localized, described("By language code.")]
    parent: Annotated[str | None, described("The broader option, or the place this one is within.")]


class Point(Shape, frozen=True, kw_only=True):
    """One question about one object, on which articles can be compared."""

    id: Annotated[str, described("Also the anchor of its row on the pages of the topic.")]
    group: Annotated[str, described("The id of its group.")]
    kind: Annotated[PointKind, described("Decides how two values of it compare.")]
    label: Annotated[Localized, described("By language code.")]
    question: Annotated[Localized | None, described("What is asked, by language code.")]
    settle: Annotated[Localized | None, described("What would settle it, by language code.")]
    note: Annotated[Localized | None, described("By language code.")]
    unit: Annotated[Unit | None, described("Of its numbers.")]
    options: Annotated[
        tuple[Option, ...], described("Of a stance they are a scale, in this order.")
    ]
    core: Annotated[
        str | None, described("The option that makes two sets that have it compatible.")
    ]
    tolerance: Annotated[
        int | None, described("Steps up to which two stances are compatible; null for other kinds.")
    ]


class Side(Shape, frozen=True, kw_only=True):
    """The party a voice belongs to; two sides that say the same confirm it."""

    id: Annotated[str, described("The same in all topics.")]
    name: Annotated[Localized, described("By language code.")]


class Voice(Shape, frozen=True, kw_only=True):
    """Who is speaking inside an article."""

    id: Annotated[str, described("The same in all topics.")]
    name: Annotated[Localized, described("By language code.")]
    kind: Annotated[VoiceKind, described("What kind of speaker it is.")]
    side: Annotated[str, described("The id of its side.")]
    country: Annotated[str | None, described("ISO 3166-1 alpha-2.")]
    own_text: Annotated[
        str | None, described("The id of its own text, if that is among the articles.")
    ]


class Outlet(Shape, frozen=True, kw_only=True):
    """Who published an article."""

    id: Annotated[str, described("The same in all topics.")]
    name: Annotated[Localized, described("By language code.")]
    kind: Annotated[OutletKind, described("What kind of publisher it is.")]
    country: Annotated[str, described("ISO 3166-1 alpha-2.")]
    owner: Annotated[Localized | None, described("Who owns or stands behind it, by language code.")]


class Archive(Shape, frozen=True, kw_only=True):
    """A dated copy of an article in a web archive."""

    address: Annotated[Address, described("Of the copy.")]
    date: Annotated[Time, described("When it was made.")]


class Review(Shape, frozen=True, kw_only=True):
    """That a person has read a text of ours and answers for it."""

    by: Annotated[str, described("The name of the person.")]
    on: Annotated[Time, described("The day.")]


class Text(Shape, frozen=True, kw_only=True):
    """How a text of ours in one language was made, and who answers for it."""

    language: Annotated[str, described("The code of the language.")]
    translates: Annotated[str | None, described("The language it was translated from.")]
    machine: Annotated[
        bool, described("Whether a machine translated it or, if it is no translation, wrote it.")
    ]
    digital_source_type: Annotated[
        Address | None, described("What IPTC calls that; null if no machine made it.")
    ]
    reviewed: Annotated[Review | None, described("Who has reviewed it; null if nobody is named.")]


class Article(Shape, frozen=True, kw_only=True):
    """A text out in the world that we read, and our summaries of it."""

    id: Annotated[str, described("Unique among the articles of the topic.")]
    outlet: Annotated[Outlet, described("Who published it.")]
    outlet_confidence: Annotated[Confidence, described("Whether the outlet is named, or inferred.")]
    address: Annotated[
        Address | None,
        described(
            "Where a reader can be sent: a copy if the article is gone, null if there is none. An "
            "address that others have taken over is never told."
        ),
    ]
    url_status: Annotated[UrlStatus, described("What became of its own address.")]
    archive: Annotated[Archive | None, described("A copy of it.")]
    published: Annotated[Time, described("A month, a day, or a time in UTC (RFC 3339).")]
    accessed: Annotated[Time | None, described("When it was read.")]
    proved: Annotated[
        Time | None,
        described(
            "The day on which all passages of its claims, as they stand, were found in the text "
            "that was read; null if any was not."
        ),
    ]
    language: Annotated[str, described("BCP 47.")]
    type: Annotated[
        ArticleType, described(f"Nearest to the event first: {', '.join(ArticleType)}.")
    ]
    author: Annotated[str | None, described("As the article has it.")]
    original_title: Annotated[str | None, described("In the language of the article.")]
    integrity: Annotated[Integrity, described("Whether what we read is what was published.")]
    integrity_note: Annotated[Localized | None, described("On its integrity, by language code.")]
    duplicate_of: Annotated[
        str | None, described("The id of the article that is the same text; both count once.")
    ]
    tags: Annotated[tuple[str, ...], described("What it is about.")]
    summaries: Annotated[Addresses, described("The pages of our summaries, by language code.")]
    texts: Annotated[tuple[Text, ...], described("How our summaries were made.")]


class Change(Shape, frozen=True, kw_only=True):
    """What was changed in the topic after it was published."""

    date: Annotated[Time, described("When.")]
    kind: Annotated[ChangeKind, described("Whether something was wrong, or something came in.")]
    number: Annotated[int | None, described("Of a correction, from 1; null for an update.")]
    text: Annotated[Localized, described("What was changed, by language code.")]
    points: Annotated[tuple[str, ...], described("The ids of the points it is about.")]


def change_of(change: ReadChange) -> Change:
    """Return a change as data."""
    return Change(
        date=str(change.date),
        kind=change.kind,
        number=change.number,
        text=change.text,
        points=change.points,
    )


def event_of(event: ReadEvent) -> Event:
    """Return an event as data."""
    return Event(start=str(event.start), zones=event.zones)


def group_of(group: ReadGroup) -> Group:
    """Return a group as data."""
    return Group(id=group.id, label=group.label)


def point_of(point: ReadPoint) -> Point:
    """Return a point as data."""
    options = point.options.values()
    return Point(
        id=point.id,
        group=point.group,
        kind=point.kind,
        label=point.label,
        question=point.question,
        settle=point.settle,
        note=point.note,
        unit=Unit(cldr=point.unit.cldr, texts=point.unit.texts) if point.unit else None,
        options=tuple(Option(id=o.id, label=o.label, parent=o.parent) for o in options),
        core=point.core,
        tolerance=point.tolerance if point.kind is PointKind.STANCE else None,
    )


def voices_of(site: Site, topic: ReadTopic, named: Iterable[str]) -> Iterator[Voice]:
    """Yield the voices of a site whose ids are in `named`, in the order of the site, as data."""
    named = frozenset(named)
    for voice in site.voices.values():
        if voice.id in named:
            yield Voice(
                id=voice.id,
                name=voice.name,
                kind=voice.kind,
                side=voice.side,
                country=voice.country,
                own_text=topic.primary.get(voice.id),
            )


def sides_of(site: Site, voices: Iterable[Voice]) -> Iterator[Side]:
    """Return the sides of `voices` as data, in the order of the site."""
    used = {voice.side for voice in voices}
    return (Side(id=id, name=name) for id, name in site.sides.items() if id in used)


def texts_of(summaries: Mapping[str, Summary]) -> tuple[Text, ...]:
    """Return how texts were made, in the order of `summaries`, which are by language."""
    return tuple(map(_text_of, summaries.values()))


def _text_of(summary: Summary) -> Text:
    review, made = summary.reviewed, summary.machine is not Machine.NO
    return Text(
        language=summary.language,
        translates=summary.translates,
        machine=made,
        digital_source_type=TRAINED_ALGORITHMIC_MEDIA if made else None,
        reviewed=Review(by=review.by, on=str(review.on)) if review else None,
    )


def article_of(
    article: ReadArticle, summaries: Mapping[str, str], texts: tuple[Text, ...]
) -> Article:
    """Return an article as data.

    summaries: the URLs of its summaries by language. texts: how those were made.
    """
    outlet, archive = article.outlet, article.archive
    return Article(
        id=article.id,
        outlet=Outlet(
            id=outlet.id,
            name=outlet.name,
            kind=outlet.kind,
            country=outlet.country,
            owner=outlet.owner,
        ),
        outlet_confidence=article.outlet_confidence,
        address=readable_address(article),
        url_status=article.url_status,
        archive=Archive(address=archive.url, date=str(archive.date)) if archive else None,
        published=str(article.published),
        accessed=str(article.accessed) if article.accessed else None,
        proved=str(article.all_proved_on) if article.all_proved_on else None,
        language=article.language,
        type=article.type,
        author=article.author,
        original_title=article.original_title,
        integrity=article.integrity,
        integrity_note=article.integrity_note,
        duplicate_of=article.duplicate_of,
        tags=article.tags,
        summaries=dict(summaries),
        texts=texts,
    )
