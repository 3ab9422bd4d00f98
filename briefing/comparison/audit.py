"""The claims on a point -> flags: what an audit finds in a claim or a row beside its verdict.

Each audit is a generator of flags; docs/comparison.md says what they mean. `rows` calls them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from briefing.comparison.relations import Relation
from briefing.comparison.verdict import Judgement, relate
from briefing.model.article import Article, Claim, Confidence, Integrity, Mode
from briefing.model.site import Point, Topic, Voice
from briefing.model.values import Value


class Audit(StrEnum):
    """What an audit found: what holds as well as what does not."""

    CONFIRMED = "confirmed"
    """Credited to a voice whose own statement says the same."""
    RENDERED_LOOSELY = "rendered-loosely"
    """Credited to a voice whose own statement says more, or less, and nothing against it."""
    NOT_IN_STATEMENT = "not-in-statement"
    """Credited to a voice whose own text does not say it: does not count."""
    RENDERED_DIFFERENTLY = "rendered-differently"
    """Credited to a voice whose own text says something else: counts as a rendering only."""
    OVERCLAIM = "overclaim"
    UNCONFIRMED = "unconfirmed"
    """Only altered copies say so."""
    RESTS_ON = "rests-on"
    """Without altered copies less would be left of the verdict."""
    RESTS_ON_INFERENCE = "rests-on-inference"
    """Without what we inferred less would be left of the verdict."""
    DRIFT = "drift"
    DUPLICATE = "duplicate"


ROW_AUDITS = frozenset({Audit.UNCONFIRMED, Audit.RESTS_ON, Audit.RESTS_ON_INFERENCE})
"""The findings on a row as a whole: what its verdict depends on."""


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
    """The judgement without what it rests on, for RESTS_ON and RESTS_ON_INFERENCE."""


def speakers_of(topic: Topic, article: Article, claim: Claim) -> frozenset[str]:
    """Return the ids of the voices that speak in a claim; none for the article's own words.

    That is the voice the `claim` credits, or else the voices whose own text the `article` is.
    A duplicate has the speakers of its original.
    """
    return frozenset([claim.by]) if claim.by is not None else voices_of_text(topic, article)


def voices_of_text(topic: Topic, article: Article) -> frozenset[str]:
    """Return the ids of the voices whose own text an article, or its original, is."""
    witness = witness_of(article)
    return frozenset(v for v, primary in topic.primary.items() if primary == witness)


def witness_of(article: Article) -> str:
    """Return the id of the article that the claims of an article count for: of its original."""
    return article.duplicate_of or article.id


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

    def statement(self, voice: str | None) -> Article | None:
        """Return the article that is a voice's own statement, or None if there is none."""
        id = self.topic.primary.get(voice or "")
        return next((a for a in self.topic.articles if a.id == id), None) if id else None

    def own_claims(self, voice: str, statement: Article) -> tuple[Claim, ...]:
        """Return the claims with a value that a voice makes in its own statement."""
        claims = self.claims[statement.id]
        own = (c for c in claims if voice in self.speakers(statement, c))
        return tuple(claim for claim in own if claim.value is not None)

    def borne_out(self, voice: str | None, value: Value) -> Relation | None:
        """Return how a voice's own statement bears out a value: EQUAL, COMPATIBLE, or None.

        An altered copy of a statement bears nothing out, nor does what we only infer from one.
        """
        statement = self.statement(voice)
        if voice is None or statement is None or statement.integrity is Integrity.ALTERED:
            return None
        relations = {
            relate(self.point, value, own.value)
            for own in self.own_claims(voice, statement)
            if own.value is not None and own.confidence is Confidence.STATED
        }
        both = (Relation.EQUAL, Relation.COMPATIBLE)
        return next((relation for relation in both if relation in relations), None)

    def stands_in_statement(self, voice: str | None, value: Value) -> bool:
        """Whether a value stands in an unaltered own statement of a voice, or of one of its side.

        What a spokesperson is quoted as saying may stand in the statement of the office.
        """
        if voice is None:
            return False
        side = self.voices[voice].side
        of_side = (v for v in self.topic.primary if self.voices[v].side == side)
        return any(self.borne_out(other, value) for other in of_side)

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
    """Yield a flag on a claim that is credited to a voice, by what its own statement says.

    Nothing is flagged if the topic has no such statement, or if the point was not checked in it.
    """
    statement = on_point.statement(claim.by)
    if claim.by is None or claim.value is None or statement is None or statement is article:
        return
    own = on_point.own_claims(claim.by, statement)
    if any(c.value is not None and not on_point.conflict(claim.value, c.value) for c in own):
        relation = on_point.borne_out(claim.by, claim.value)
        if relation is None or witness_of(article) == statement.id:
            return  # the same text is no confirmation of itself
        audit = _AUDIT_OF_RELATION[relation]
    elif own:
        audit = Audit.RENDERED_DIFFERENTLY
    elif on_point.point.id in statement.checked or on_point.claims[statement.id]:
        audit = Audit.NOT_IN_STATEMENT
    else:
        return  # the point was not looked for in the statement, which may have it
    yield Flag(audit=audit, articles=(article.id,), claim=claim, other=statement.id)


_AUDIT_OF_RELATION = {
    Relation.EQUAL: Audit.CONFIRMED,
    Relation.COMPATIBLE: Audit.RENDERED_LOOSELY,
}


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
