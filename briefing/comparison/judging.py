"""The claims on a point -> evidence, the flags on its cells, and the judgement.

`rows` makes a row of it; `dependence` and `selections` judge a point again without some claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from briefing.comparison.audit import Audit, Flag, PointClaims, audit_cells, witness_of
from briefing.comparison.verdict import Evidence, Judgement, Standing, judge
from briefing.model.article import Article, Claim, Confidence


class JudgedPoint(Struct, frozen=True, kw_only=True):
    """What the claims on a point amount to."""

    flags: tuple[Flag, ...]
    """Those on single articles and their claims."""
    evidence: tuple[Evidence, ...]
    """Of all claims with a value, also of those that do not count."""
    judgement: Judgement


def judge_point(on_point: PointClaims) -> JudgedPoint:
    """Return the flags on cells, the evidence and the judgement of a point."""
    flags = tuple(audit_cells(on_point))
    return _judged(on_point, flags, tuple(_evidence(on_point, flags)))


def judge_rest(
    rest: PointClaims, flags: Iterable[Flag], evidence: Iterable[Evidence]
) -> JudgedPoint:
    """Return what `judge_point` does for some articles, from what it found for all of them.

    rest: the claims without the other articles, none of which is a voice's own statement, nor of
    one text with an article that stays: what was found in a claim depends on no other.
    """
    ids = rest.claims.keys()
    left = tuple(flag for flag in flags if ids >= set(flag.articles))
    return _judged(rest, left, tuple(piece for piece in evidence if piece.article.id in ids))


def _judged(
    on_point: PointClaims, flags: tuple[Flag, ...], evidence: tuple[Evidence, ...]
) -> JudgedPoint:
    """Return a point with its judgement."""
    mentioned = any(on_point.claims.values())
    judgement = judge(on_point.point, evidence, on_point.voices, mentioned=mentioned)
    return JudgedPoint(flags=flags, evidence=evidence, judgement=judgement)


_STANDING_OF_FLAGGED = {
    Audit.NOT_IN_STATEMENT: Standing.SET_ASIDE,
    Audit.RENDERED_DIFFERENTLY: Standing.RENDERING,
}


def _evidence(on_point: PointClaims, flags: Iterable[Flag]) -> Iterator[Evidence]:
    """Yield the claims with a value, once for each speaker, with the standing their flags leave."""
    standings = {
        flag.claim.place: _STANDING_OF_FLAGGED[flag.audit]
        for flag in flags
        if flag.claim and flag.audit in _STANDING_OF_FLAGGED
    }
    for article in on_point.topic.articles:
        for claim in on_point.claims[article.id]:
            standing = standings.get(claim.place, Standing.COUNTS)
            yield from _evidence_of_claim(on_point, article, claim, standing)


def _evidence_of_claim(
    on_point: PointClaims, article: Article, claim: Claim, standing: Standing
) -> Iterator[Evidence]:
    """Yield a claim once for each speaker; nothing if it has no value."""
    if claim.value is None:
        return
    witness = witness_of(article)
    speakers: list[str | None] = [*sorted(on_point.speakers(article, claim))]
    for voice in speakers or [None]:
        yield Evidence(
            article=article,
            witness=witness,
            voice=voice,
            value=claim.value,
            standing=standing,
            own=voice is not None and on_point.topic.primary.get(voice) == witness,
            inferred=claim.confidence is Confidence.INFERRED,
        )
