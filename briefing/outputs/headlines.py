"""What lists of topics show of a topic: title, figures, and of the first in a list differences.

A change of a headline is a change of the plan of the site. What only some outputs of the site are
made of is no part of it: see `SiteOutput.entry_of`. The differences and the date are such an
entry, so that a claim that is changed plans the lists of topics again and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Raw, Struct, msgpack
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, Figures
from briefing.comparison.rows import Row, Speaker
from briefing.comparison.verdict import Verdict
from briefing.model.article import Localized
from briefing.model.dates import topic_last_changed
from briefing.model.fingerprint import fingerprint_of_value
from briefing.model.site import Point, Site
from briefing.model.values import Moment, Value
from briefing.outputs.planned_page import ComparedTopic, topic_text
from briefing.problems import Place
from briefing.rendering.machine_mark import machine_word
from briefing.rendering.page import TranslationState

MAX_DIFFERENCES = 2
"""Differences of a topic that the first in a list is shown with."""


class LocalizedHeadline(Struct, frozen=True):
    """The title of a topic, as it stands in lists in one language of the site."""

    language: str
    """The language it is in, which need not be that of the list."""
    title: str
    dek: str | None
    telling: TranslationState
    mark: str = ""
    """The word that says a machine made the text, "" where readers need not be told."""


class Headline(Struct, frozen=True, kw_only=True):
    """What a list of topics shows of one."""

    id: str
    start: Moment
    """Of the event."""
    languages: tuple[str, ...]
    """Of its articles, one for each."""
    figures: Figures
    told: Mapping[str, LocalizedHeadline]
    """By the languages of the site that it has a page in."""
    fingerprint: bytes = b""
    """Of all the rest."""


def headline(site: Site, comparison: Comparison) -> Headline:
    """Return what lists of topics show of a topic that was compared."""
    topic = comparison.topic
    found = Headline(
        id=topic.id,
        start=topic.event.start,
        languages=tuple(article.language for article in topic.articles),
        figures=comparison.figures,
        told={
            language.code: LocalizedHeadline(
                language=text.summary.language,
                title=text.summary.title,
                dek=text.summary.dek,
                telling=text.telling,
                mark=machine_word(text.summary) if site.must_mark(text.summary) else "",
            )
            for language in site.languages
            if (text := topic_text(site, topic, language)) and text.summary
        },
    )
    return replace(found, fingerprint=fingerprint_of_value(found))


def newest_first(headline: Headline) -> tuple[float, str]:
    """Return what lists of topics are sorted by."""
    return -headline.start.begins().timestamp(), headline.id


class ListedSpeaker(Struct, frozen=True, kw_only=True):
    """A voice that is credited with a position, or the articles that take it in their own words."""

    voice: str | None
    """The id of the voice; None for the articles' own words."""
    outlets: tuple[Localized, ...]
    """The names of the outlets that say so, without the voice's own statement."""
    in_statement: bool
    """Whether the voice's own statement says so."""
    divided: bool
    """Whether the same voice is credited with another position too."""
    inferred: bool
    """Whether we infer it from every article."""


class ListedPosition(Struct, frozen=True):
    """One of the values claimed on a point, with its speakers."""

    value: Value
    speakers: tuple[ListedSpeaker, ...]


class ListedDifference(Struct, frozen=True):
    """A point on which the articles of a topic differ."""

    point: Point
    """Without what is only shown in its row."""
    positions: tuple[ListedPosition, ...]


class ListedDifferences(Struct, frozen=True, kw_only=True):
    """What the first topic in a list is shown with."""

    differences: tuple[ListedDifference, ...] = ()
    """The first of the comparison, MAX_DIFFERENCES at most."""
    zones: tuple[str, ...] = ()
    """The time zones that times are told in."""


class ListEntry(Struct, frozen=True):
    """What a topic exports for lists of topics beside its headline."""

    changed: Mapping[str, Moment]
    """When it was changed last, by language code, as far as it is known."""
    found: Raw
    """A `ListedDifferences`, which only that of the first topic is decoded to."""

    @property
    def shown_first(self) -> ListedDifferences:
        """What the topic is shown with where it is the first."""
        return msgpack.decode(self.found, type=ListedDifferences)


_DECODER = msgpack.Decoder(ListEntry)


def list_entry(site: Site, compared: ComparedTopic) -> bytes:
    """Return the `ListEntry` of a topic, in msgpack."""
    topic, comparison = compared.topic, compared.comparison
    texts = {language.code: topic_text(site, topic, language) for language in site.languages}
    differ = [row for row in comparison.rows if row.judgement.verdict is Verdict.DIFFER]
    found = ListedDifferences(
        differences=tuple(_difference(row) for row in differ[:MAX_DIFFERENCES]),
        zones=topic.event.zones,
    )
    changed = {
        code: changed
        for code, text in texts.items()
        if text and text.summary and (changed := topic_last_changed(topic, text.summary))
    }
    encode = msgpack.Encoder(order="deterministic").encode
    return encode(ListEntry(changed=changed, found=Raw(encode(found))))


def decode_list_entry(data: bytes) -> ListEntry:
    """Return what `list_entry` encoded."""
    return _DECODER.decode(data)


def _difference(row: Row) -> ListedDifference:
    """Return a row of a comparison as lists show it."""
    point = replace(row.point, question=None, settle=None, note=None, place=Place(""))
    positions = (
        ListedPosition(position.value, tuple(map(_speaker, position.speakers)))
        for position in row.positions
    )
    return ListedDifference(point, tuple(positions))


def _speaker(speaker: Speaker) -> ListedSpeaker:
    """Return a speaker as lists name it."""
    return ListedSpeaker(
        voice=speaker.voice,
        outlets=tuple(article.outlet.name for article in speaker.reports),
        in_statement=speaker.statement is not None,
        divided=speaker.divided,
        inferred=speaker.inferred,
    )
