"""Audits: what is to be said of a claim or a row beyond its verdict.

Each audit is a generator of flags on one row; docs/comparison.md says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from briefing.model import Article, Claim, Integrity, Mode, Point, Topic, Voice
from briefing.values import Relation, Value
from briefing.verdict import Evidence, Judgement, judge, relate


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One finding of an audit, on a row and, where it has one, on a cell."""

    audit: Audit
    articles: tuple[str, ...]
    """The ids of the articles it is about."""
    claim: Claim | None = None
    other: str | None = None
    """The article a claim is held against: the voice's own text, or the original of a duplicate."""
    otherwise: Judgement | None = None
    """The judgement without the altered copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the articles of a topic claim on one point."""

    topic: Topic
    point: Point
    voices: Mapping[str, Voice]
    claims: Mapping[str, tuple[Claim, ...]]
    """By article."""

    def speaker(self, article: Article, claim: Claim) -> str | None:
        """Who speaks: in a voice's own text that voice, unless it credits another."""
        if claim.by is not None:
            return claim.by
        own = (voice for voice, text in self.topic.primary.items() if text == article.id)
        return next(own, None)

    def side(self, article: Article, claim: Claim) -> str | None:
        """The side of who speaks, or None for an article's own words."""
        speaker = self.speaker(article, claim)
        return self.voices[speaker].side if speaker else None

    def conflict(self, a: Value, b: Value) -> bool:
        """Whether two values contradict each other."""
        return relate(self.point, a, b) is Relation.CONFLICT


def audit_cells(reading: Reading) -> Iterator[Flag]:
    """Give what is to be said of single articles on a point."""
    for article in reading.topic.articles:
        for claim in reading.claims[article.id]:
            yield from _attribution(reading, article, claim)
            yield from _overclaim(reading, article, claim)
        yield from _drift(reading, article)
        if article.duplicate_of and reading.claims[article.id]:
            yield Flag(audit=Audit.DUPLICATE, articles=(article.id,), other=article.duplicate_of)


def _attribution(reading: Reading, article: Article, claim: Claim) -> Iterator[Flag]:
    """A claim credited to a voice must be in that voice's own text, where we have read it."""
    primary = reading.topic.primary.get(claim.by or "")
    if primary is None or primary == article.id or claim.value is None:
        return
    text = next(other for other in reading.topic.articles if other.id == primary)
    own = [c.value for c in reading.claims[primary] if reading.speaker(text, c) == claim.by]
    said = [value for value in own if value is not None]
    if any(not reading.conflict(claim.value, value) for value in said):
        return
    if said:
        audit = Audit.RENDERED_DIFFERENTLY
    elif reading.point.id in text.checked or reading.claims[primary]:
        audit = Audit.NOT_IN_STATEMENT
    else:
        return  # not checked is not silence
    yield Flag(audit=audit, articles=(article.id,), claim=claim, other=primary)


def _overclaim(reading: Reading, article: Article, claim: Claim) -> Iterator[Flag]:
    """What one side assured or demanded is presented elsewhere in the article as agreed."""
    if claim.mode is not Mode.AGREED or claim.value is None:
        return
    side = reading.side(article, claim)
    for other in reading.claims[article.id]:
        if other.mode not in {Mode.ASSURED, Mode.DEMANDED} or other.value is None:
            continue
        theirs = reading.side(article, other)
        same = not reading.conflict(claim.value, other.value)
        if same and theirs is not None and side in {None, theirs}:
            yield Flag(audit=Audit.OVERCLAIM, articles=(article.id,), claim=claim)
            return


def _drift(reading: Reading, article: Article) -> Iterator[Flag]:
    """One article gives one voice two values that conflict."""
    said = [(reading.speaker(article, c), c.value, c) for c in reading.claims[article.id]]
    for (voice, value, _), (other_voice, other_value, claim) in combinations(said, 2):
        if value is None or other_value is None or voice != other_voice:
            continue
        if reading.conflict(value, other_value):
            yield Flag(audit=Audit.DRIFT, articles=(article.id,), claim=claim)
            return


def audit_row(
    reading: Reading, counted: Sequence[Evidence], judgement: Judgement
) -> Iterator[Flag]:
    """Give what is to be said of a row as a whole: whether it stands without the altered copies."""
    altered = {a.id for a in reading.topic.articles if a.integrity is Integrity.ALTERED}
    used = tuple(dict.fromkeys(piece.witness for piece in counted if piece.witness in altered))
    if not used:
        return
    rest = [piece for piece in counted if piece.witness not in altered]
    if not rest:
        yield Flag(audit=Audit.UNCONFIRMED, articles=used)
        return
    otherwise = judge(reading.point, rest, reading.voices, mentioned=True)
    if otherwise.reason is not judgement.reason:
        yield Flag(audit=Audit.RESTS_ON, articles=used, otherwise=otherwise)
