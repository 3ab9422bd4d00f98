"""A judged point -> the flags that say what its verdict depends on: altered copies, inferences.

A point is judged a second time without the doubtful claims. Those that the own statement of a
voice, or of another voice of its side, bears out stay, for they stand there too. If less is left of
the verdict, it is flagged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from msgspec.structs import replace

from briefing.comparison.audit import Audit, Flag, PointClaims, witness_of
from briefing.comparison.judging import JudgedPoint, judge_point
from briefing.comparison.verdict import Evidence, Judgement, Reason, Standing, Verdict, judge
from briefing.model.article import Confidence, Integrity

_DIFFERENCE = {
    Reason.BETWEEN_VOICES: 3,
    Reason.VOICE_AND_OWN_WORDS: 2,
    Reason.OWN_WORDS_DIFFER: 1,
    Reason.TWO_RENDERINGS: 1,
}
"""How much of a difference there is, by the reason; none by any other."""

_SUPPORT = {
    Reason.BOTH_SIDES: 7,
    Reason.VOICE_AND_SUPPORT: 6,
    Reason.OWN_WORDS_AGREE: 6,
    Reason.SAME_SIDE: 5,
    Reason.STATEMENT_AND_REPORTS: 4,
    Reason.ECHO: 3,
    Reason.IN_WORDS: 3,
    Reason.OWN_STATEMENT: 2,
    Reason.ONE_ARTICLE: 1,
}
"""How well what is said is supported, by the reason; 0 where nobody says anything that counts.

What differs is supported by nobody but who says it, as in one article."""


def dependence_flags(
    on_point: PointClaims, found: JudgedPoint, intact: PointClaims
) -> Iterator[Flag]:
    """Yield the flags on what the judgement of a point depends on.

    intact: its claims without those of altered copies; the same object if there are none.
    """
    if intact is not on_point:
        yield from _dependence(on_point, found, intact, _is_altered, Audit.RESTS_ON)
    if any(piece.inferred for piece in found.evidence):
        stated = _without_inferred(on_point)
        is_inferred = attrgetter("inferred")
        yield from _dependence(on_point, found, stated, is_inferred, Audit.RESTS_ON_INFERENCE)


def _is_altered(piece: Evidence) -> bool:
    """Whether a piece of evidence is from an altered copy."""
    return piece.article.integrity is Integrity.ALTERED


def _without_inferred(on_point: PointClaims) -> PointClaims:
    """Return the claims on a point that are no inference of ours."""
    return replace(
        on_point,
        claims={
            id: tuple(claim for claim in claims if claim.confidence is not Confidence.INFERRED)
            for id, claims in on_point.claims.items()
        },
    )


def _dependence(
    on_point: PointClaims,
    found: JudgedPoint,
    rest: PointClaims,
    is_doubtful: Callable[[Evidence], bool],
    audit: Audit,
) -> Iterator[Flag]:
    """Yield a flag if less is left of a judgement without the claims that are doubtful.

    rest: the claims on the point without them. audit: what the flag says.
    """
    kept: list[Evidence] = []
    lost: list[Evidence] = []
    for piece in filter(is_doubtful, found.evidence):
        stands = rest.stands_in_statement(piece.voice, piece.value)
        (kept if stands else lost).append(piece)
    articles = tuple(dict.fromkeys((*_articles_of(lost), *_statements_left_out(found, rest))))
    if not articles:
        return
    otherwise = _judge_again(on_point, rest, kept)
    if not is_less(otherwise, found.judgement):
        return
    if audit is Audit.RESTS_ON and otherwise.verdict is Verdict.NOBODY:
        yield Flag(audit=Audit.UNCONFIRMED, articles=articles)
    else:
        yield Flag(audit=audit, articles=articles, otherwise=otherwise)


def _articles_of(lost: Iterable[Evidence]) -> Iterator[str]:
    """Yield the ids of the articles of evidence, but for what does not count anyway."""
    return (piece.article.id for piece in lost if piece.standing is not Standing.SET_ASIDE)


def _statements_left_out(found: JudgedPoint, rest: PointClaims) -> Iterator[str]:
    """Yield the ids of own statements that claims were held against, and that `rest` is without."""
    held_against = {Audit.NOT_IN_STATEMENT, Audit.RENDERED_DIFFERENTLY}
    for flag in found.flags:
        if flag.audit in held_against and flag.other and flag.other not in rest.claims:
            yield flag.other


def _judge_again(on_point: PointClaims, rest: PointClaims, kept: Iterable[Evidence]) -> Judgement:
    """Return the judgement from the claims in `rest` and the evidence that is `kept` beside them.

    Where an original is left out, a duplicate has its place, and what is kept counts for that.
    """
    now = {article.id: witness_of(article) for article in rest.topic.articles}
    witnesses = {witness_of(a): now[a.id] for a in on_point.topic.articles if a.id in now}
    evidence = [*judge_point(rest).evidence]
    for piece in kept:
        witness = witnesses.get(piece.witness, piece.witness)
        own = rest.topic.primary.get(piece.voice or "") == witness
        evidence.append(replace(piece, witness=witness, own=own, standing=Standing.COUNTS))
    mentioned = any(on_point.claims[id] for id in rest.claims)
    return judge(on_point.point, evidence, on_point.voices, mentioned=mentioned)


def is_less(otherwise: Judgement, judgement: Judgement) -> bool:
    """Whether a judgement from fewer claims has less than `judgement`: of a difference, or support.

    What became of a difference is no difference any more, or one of a weaker kind. Where nothing
    differed, support is less, or something differs now that was held to be supported. More is no
    loss, as where compatible values become equal.
    """
    if otherwise.reason is judgement.reason:
        return False
    if judgement.verdict is Verdict.DIFFER:
        return _DIFFERENCE.get(otherwise.reason, 0) < _DIFFERENCE[judgement.reason]
    return _support(otherwise) < _support(judgement)


def _support(judgement: Judgement) -> int:
    """Return how well a judgement is supported.

    Compatible values are as well supported as if they were equal, but confirm no other side.
    """
    if judgement.verdict is Verdict.DIFFER:
        return _SUPPORT[Reason.ONE_ARTICLE]
    if judgement.support is not None:
        return min(_SUPPORT[judgement.support], _SUPPORT[Reason.VOICE_AND_SUPPORT])
    return _SUPPORT.get(judgement.reason, 0)
