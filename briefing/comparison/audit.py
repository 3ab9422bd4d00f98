"""Audits: what is to be said of a claim or a row beyond its verdict.

Each audit is a generator of flags on one row; docs/comparison.md says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from briefing.comparison.relations import Relation
from briefing.comparison.verdict import Evidence, Judgement, Verdict, relate
from briefing.model.article import Article, Claim, Integrity, Mode
from briefing.model.site import Point, Topic, Voice
from briefing.model.values import Value


class Audit(StrEnum):
    """What an audit found wrong, or worth knowing."""

    NOT_IN_STATEMENT = "not-in-statement"
    """Credited to a voice whose own text does not say it: does not count."""
    RENDERED_DIFFERENTLY = "rendered-differently"
    """Credited to a voice whose own text says something else: counts as a rendering only."""
    OVERCLAIM = "overclaim"
    UNCONFIRMED = "unconfirmed"
    RESTS_ON = "rests-on"
    DRIFT = "drift"
    DUPLICATE = "duplicate"


class Flag(Struct, frozen=True, kw_only=True):
    """One finding of an audit, on a row and, where it has one, on a cell."""

    audit: Audit
    articles: tuple[str, ...]
    """The ids of the articles it is about."""
    claim: Claim | None = None
    other: str | None = None
    """The article a claim is held against: the voice's own text, or the original of a duplicate."""
    otherwise: Judgement | None = None
    """The judgement without the altered copies."""


def speakers(topic: Topic, article: Article, claim: Claim) -> frozenset[str]:
    """Who speaks: in voices' own text those voices, unless it credits another.

    None for an article's own words; a duplicate speaks as its original does.
    """
    if claim.by is not None:
        return frozenset([claim.by])
    text = article.duplicate_of or article.id
    return frozenset(v for v, primary in topic.primary.items() if primary == text)


class PointClaims(Struct, frozen=True, kw_only=True):
    """What the articles of a topic claim on one point."""

    topic: Topic
    point: Point
    voices: Mapping[str, Voice]
    claims: Mapping[str, tuple[Claim, ...]]
    """By article."""

    def speakers(self, article: Article, claim: Claim) -> frozenset[str]:
        """Who speaks in a claim of the topic."""
        return speakers(self.topic, article, claim)

    def sides(self, article: Article, claim: Claim) -> frozenset[str]:
        """The sides of who speaks."""
        return frozenset(self.voices[id].side for id in self.speakers(article, claim))

    def conflict(self, a: Value, b: Value) -> bool:
        """Whether two values contradict each other."""
        return relate(self.point, a, b) is Relation.CONFLICT


def audit_cells(reading: PointClaims) -> Iterator[Flag]:
    """Give what is to be said of single articles on a point."""
    for article in reading.topic.articles:
        for claim in reading.claims[article.id]:
            yield from _attribution(reading, article, claim)
            yield from _overclaim(reading, article, claim)
        yield from _drift(reading, article)
        if article.duplicate_of and reading.claims[article.id]:
            yield Flag(audit=Audit.DUPLICATE, articles=(article.id,), other=article.duplicate_of)


def _attribution(reading: PointClaims, article: Article, claim: Claim) -> Iterator[Flag]:
    """A claim credited to a voice must be in that voice's own text, where we have read it."""
    primary = reading.topic.primary.get(claim.by or "")
    if primary is None or primary == article.id or claim.value is None:
        return
    text = next(other for other in reading.topic.articles if other.id == primary)
    own = [c for c in reading.claims[primary] if claim.by in reading.speakers(text, c)]
    said = [c.value for c in own if c.value is not None]
    if any(not reading.conflict(claim.value, value) for value in said):
        return
    if said:
        audit = Audit.RENDERED_DIFFERENTLY
    elif reading.point.id in text.checked or reading.claims[primary]:
        audit = Audit.NOT_IN_STATEMENT
    else:
        return  # not checked is not silence
    yield Flag(audit=audit, articles=(article.id,), claim=claim, other=primary)


def _overclaim(reading: PointClaims, article: Article, claim: Claim) -> Iterator[Flag]:
    """What one side assured or demanded is presented elsewhere in the article as agreed."""
    if claim.mode is not Mode.AGREED or claim.value is None:
        return
    sides = reading.sides(article, claim)
    for other in reading.claims[article.id]:
        if other.mode not in {Mode.ASSURED, Mode.DEMANDED} or other.value is None:
            continue
        theirs = reading.sides(article, other)
        same = not reading.conflict(claim.value, other.value)
        if same and theirs and sides <= theirs:
            yield Flag(audit=Audit.OVERCLAIM, articles=(article.id,), claim=claim)
            return


def _drift(reading: PointClaims, article: Article) -> Iterator[Flag]:
    """One article gives one voice two values that conflict."""
    for one, other in combinations(reading.claims[article.id], 2):
        if one.value is None or other.value is None:
            continue
        same_voice = reading.speakers(article, one) == reading.speakers(article, other)
        if same_voice and reading.conflict(one.value, other.value):
            yield Flag(audit=Audit.DRIFT, articles=(article.id,), claim=other)
            return


def audit_row(
    evidence: Iterable[Evidence], judgement: Judgement, otherwise: Judgement
) -> Iterator[Flag]:
    """Give what is to be said of a row as a whole, judged `otherwise` without altered copies."""
    altered = (e.article for e in evidence if e.article.integrity is Integrity.ALTERED)
    articles = tuple(dict.fromkeys(article.id for article in altered))
    if not articles or otherwise.reason is judgement.reason:
        return
    if otherwise.verdict is Verdict.NOBODY:
        yield Flag(audit=Audit.UNCONFIRMED, articles=articles)
    else:
        yield Flag(audit=Audit.RESTS_ON, articles=articles, otherwise=otherwise)
