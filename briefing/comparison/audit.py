"""The claims on a point -> flags: what an audit finds in a claim or a row beside its verdict.

Each audit is a generator of flags; docs/comparison.md says what they mean. `rows` calls them.
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
    """One finding of an audit, on a row or on a cell of it."""

    audit: Audit
    articles: tuple[str, ...]
    """The ids of the articles it is about."""
    claim: Claim | None = None
    """The claim it is about; None if it is about a whole article or row."""
    other: str | None = None
    """The id of the article that was compared: the voice's own text, or a duplicate's original."""
    otherwise: Judgement | None = None
    """The judgement without the altered copies, for RESTS_ON."""


def speakers_of(topic: Topic, article: Article, claim: Claim) -> frozenset[str]:
    """Return the ids of the voices that speak in a claim; none for the article's own words.

    That is the voice the `claim` credits, or else the voices whose own text the `article` is.
    A duplicate has the speakers of its original.
    """
    if claim.by is not None:
        return frozenset([claim.by])
    original = article.duplicate_of or article.id
    return frozenset(v for v, primary in topic.primary.items() if primary == original)


class PointClaims(Struct, frozen=True, kw_only=True):
    """The claims of all articles of a topic on one point."""

    topic: Topic
    point: Point
    voices: Mapping[str, Voice]
    """By id."""
    claims: Mapping[str, tuple[Claim, ...]]
    """By the id of the article, in the order it makes them; every article of the topic is there."""

    def speakers(self, article: Article, claim: Claim) -> frozenset[str]:
        """Return the ids of the voices that speak in a claim of an article of the topic."""
        return speakers_of(self.topic, article, claim)

    def sides(self, article: Article, claim: Claim) -> frozenset[str]:
        """Return the ids of the sides of these voices."""
        return frozenset(self.voices[id].side for id in self.speakers(article, claim))

    def conflict(self, a: Value, b: Value) -> bool:
        """Whether two values of the point are in conflict."""
        return relate(self.point, a, b) is Relation.CONFLICT


def audit_cells(on_point: PointClaims) -> Iterator[Flag]:
    """Yield the flags on single articles and their claims."""
    for article in on_point.topic.articles:
        for claim in on_point.claims[article.id]:
            yield from _attribution(on_point, article, claim)
            yield from _overclaim(on_point, article, claim)
        yield from _drift(on_point, article)
        if article.duplicate_of and on_point.claims[article.id]:
            yield Flag(audit=Audit.DUPLICATE, articles=(article.id,), other=article.duplicate_of)


def _attribution(on_point: PointClaims, article: Article, claim: Claim) -> Iterator[Flag]:
    """Yield a flag if a claim is credited to a voice whose own text says another value, or none.

    Nothing is flagged if the topic has no such text, or if the point was not checked in it.
    """
    primary = on_point.topic.primary.get(claim.by or "")
    if primary is None or primary == article.id or claim.value is None:
        return
    text = next(other for other in on_point.topic.articles if other.id == primary)
    own = [c for c in on_point.claims[primary] if claim.by in on_point.speakers(text, c)]
    own_values = [c.value for c in own if c.value is not None]
    if any(not on_point.conflict(claim.value, value) for value in own_values):
        return
    if own_values:
        audit = Audit.RENDERED_DIFFERENTLY
    elif on_point.point.id in text.checked or on_point.claims[primary]:
        audit = Audit.NOT_IN_STATEMENT
    else:
        return  # the point was not looked for in the text, which may have it
    yield Flag(audit=audit, articles=(article.id,), claim=claim, other=primary)


def _overclaim(on_point: PointClaims, article: Article, claim: Claim) -> Iterator[Flag]:
    """Yield a flag if a claim says agreed what another of its article says one side assured."""
    if claim.mode is not Mode.AGREED or claim.value is None:
        return
    sides = on_point.sides(article, claim)
    for other in on_point.claims[article.id]:
        if other.mode not in {Mode.ASSURED, Mode.DEMANDED} or other.value is None:
            continue
        theirs = on_point.sides(article, other)
        same = not on_point.conflict(claim.value, other.value)
        if same and theirs and sides <= theirs:
            yield Flag(audit=Audit.OVERCLAIM, articles=(article.id,), claim=claim)
            return


def _drift(on_point: PointClaims, article: Article) -> Iterator[Flag]:
    """Yield a flag if an article credits the same voices with two values in conflict."""
    for one, other in combinations(on_point.claims[article.id], 2):
        if one.value is None or other.value is None:
            continue
        same_voice = on_point.speakers(article, one) == on_point.speakers(article, other)
        if same_voice and on_point.conflict(one.value, other.value):
            yield Flag(audit=Audit.DRIFT, articles=(article.id,), claim=other)
            return


def audit_row(
    evidence: Iterable[Evidence], judgement: Judgement, otherwise: Judgement
) -> Iterator[Flag]:
    """Yield the flags on a row as a whole.

    otherwise: its `judgement` without the altered copies among the `evidence`.
    """
    altered = (e.article for e in evidence if e.article.integrity is Integrity.ALTERED)
    articles = tuple(dict.fromkeys(article.id for article in altered))
    if not articles or otherwise.reason is judgement.reason:
        return
    if otherwise.verdict is Verdict.NOBODY:
        yield Flag(audit=Audit.UNCONFIRMED, articles=articles)
    else:
        yield Flag(audit=Audit.RESTS_ON, articles=articles, otherwise=otherwise)
