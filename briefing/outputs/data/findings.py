"""What was found, as data: claims, cells, verdicts and flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated

from msgspec import Struct

from briefing.comparison.audit import Audit, speakers_of
from briefing.comparison.audit import Flag as FoundFlag
from briefing.comparison.rows import CellState, Row
from briefing.comparison.rows import Position as FoundPosition
from briefing.comparison.verdict import Judgement as FoundJudgement
from briefing.comparison.verdict import Reason, Standing, Verdict
from briefing.model.article import Article, Confidence, Localized, Mode
from briefing.model.article import Claim as ReadClaim
from briefing.model.site import Topic
from briefing.outputs.data.selectors import Locator, locator_of
from briefing.outputs.data.shapes import Address, Shape, told
from briefing.outputs.data.values import Value, value_of
from briefing.problems import Place
from briefing.rendering.text_fragments import passage_link


class Claim(Shape, frozen=True, kw_only=True):
    """What one article says on one point."""

    id: Annotated[str, told("`point/article/number`, counted from 1; it may change with others.")]
    point: Annotated[str, told("The id of the point.")]
    article: Annotated[str, told("The id of the article.")]
    value: Annotated[Value | None, told("Null where the point is mentioned without a value.")]
    by: Annotated[str | None, told("The voice it is credited to; null for the article's words.")]
    via: Annotated[tuple[str, ...], told("The voices that relayed it.")]
    speakers: Annotated[
        tuple[str, ...],
        told("The voices taken to speak: `by`, or those whose own text it is. None: unattributed."),
    ]
    mode: Annotated[Mode | None, told("What the voice does with what it says.")]
    confidence: Annotated[Confidence, told("Whether it is said, or read between the lines.")]
    text: Annotated[Localized | None, told("A nuance of it, by language code.")]
    standing: Annotated[Standing | None, told("How far it counts; null where there is no value.")]
    locator: Annotated[Locator, told("Where in the article it stands.")]
    passage: Annotated[Address | None, told("The link to the passage; null if it has none.")]


class Cell(Shape, frozen=True, kw_only=True):
    """What one article does with one point."""

    point: Annotated[str, told("The id of the point.")]
    article: Annotated[str, told("The id of the article.")]
    state: Annotated[CellState, told("Silent where somebody looked, unchecked where nobody has.")]


class Speaker(Shape, frozen=True, kw_only=True):
    """Who holds a position."""

    voice: Annotated[str | None, told("The id of the voice; null for the articles' own words.")]
    articles: Annotated[tuple[str, ...], told("The ids of those that tell so; no duplicates.")]
    divided: Annotated[bool, told("Whether the same voice has another position, by other claims.")]


class Position(Shape, frozen=True, kw_only=True):
    """One of the values that are said on a point, and who says it."""

    value: Annotated[Value, told("What is said.")]
    speakers: Annotated[tuple[Speaker, ...], told("Who says it.")]


class Judgement(Shape, frozen=True, kw_only=True):
    """The verdict on a point, the rule that made it and what it was made from."""

    point: Annotated[str, told("The id of the point.")]
    verdict: Annotated[Verdict, told("What the claims amount to.")]
    rule: Annotated[Reason, told("The first rule that fits.")]
    voices: Annotated[tuple[str, ...], told("The ids of the named voices that counted.")]
    sides: Annotated[tuple[str, ...], told("The ids of their sides.")]
    positions: Annotated[
        tuple[Position, ...], told("Without words, and without what does not count.")
    ]


class Otherwise(Shape, frozen=True, kw_only=True):
    """The verdict on a point if altered copies had never been read."""

    verdict: Annotated[Verdict, told("What the other claims amount to.")]
    rule: Annotated[Reason, told("The first rule that fits.")]


class Flag(Shape, frozen=True, kw_only=True):
    """One finding of an audit."""

    audit: Annotated[Audit, told("What was found.")]
    point: Annotated[str, told("The id of the point.")]
    articles: Annotated[tuple[str, ...], told("The ids of the articles it is about.")]
    claim: Annotated[str | None, told("The id of the claim it is about; null if of none.")]
    against: Annotated[
        str | None, told("The id of the voice's own text, or of the original of a duplicate.")
    ]
    otherwise: Annotated[Otherwise | None, told("The verdict without the altered copies.")]


class Statement(Struct, frozen=True, kw_only=True):
    """A claim, and how the comparison takes it."""

    id: str
    claim: ReadClaim
    article: Article
    speakers: tuple[str, ...]
    """The voices that are taken to speak."""
    witness: str
    """The id of the article it counts for."""
    standing: Standing | None


def statements(topic: Topic, row: Row) -> Iterator[Statement]:
    """Give the claims of a row, article by article.

    The evidence of a row is in that order too, a piece for each voice that speaks in a claim.
    """
    evidence = iter(row.evidence)
    for cell in row.cells:
        article = cell.article
        for number, claim in enumerate(cell.claims, 1):
            voices = tuple(sorted(speakers_of(topic, article, claim)))
            taken = islice(evidence, max(1, len(voices)) if claim.value is not None else 0)
            piece = next(iter(tuple(taken)), None)
            yield Statement(
                id=f"{claim.point}/{article.id}/{number}",
                claim=claim,
                article=article,
                speakers=voices,
                witness=piece.witness if piece else article.id,
                standing=piece.standing if piece else None,
            )


def claim_of(statement: Statement) -> Claim:
    """Give a claim as data."""
    claim = statement.claim
    return Claim(
        id=statement.id,
        point=claim.point,
        article=statement.article.id,
        value=value_of(claim.value) if claim.value is not None else None,
        by=claim.by,
        via=claim.via,
        speakers=statement.speakers,
        mode=claim.mode,
        confidence=claim.confidence,
        text=claim.text,
        standing=statement.standing,
        locator=locator_of(claim.at),
        passage=passage_link(statement.article, claim.at),
    )


def cells_of(row: Row) -> Iterator[Cell]:
    """Give the cells of a row as data."""
    for cell in row.cells:
        yield Cell(point=row.point.id, article=cell.article.id, state=cell.state)


def judgement_of(row: Row) -> Judgement:
    """Give the verdict on a row as data."""
    judgement = row.judgement
    return Judgement(
        point=row.point.id,
        verdict=judgement.verdict,
        rule=judgement.reason,
        voices=judgement.voices,
        sides=judgement.sides,
        positions=tuple(map(_position, row.positions)),
    )


def _position(position: FoundPosition) -> Position:
    speaking = (
        Speaker(voice=s.voice, articles=tuple(a.id for a in s.articles), divided=s.divided)
        for s in position.speakers
    )
    return Position(value=value_of(position.value), speakers=tuple(speaking))


def flags_of(row: Row, said: Iterable[Statement]) -> Iterator[Flag]:
    """Give what audits found in a row as data, with what is said in it."""
    ids = {statement.claim.place: statement.id for statement in said}
    return (_flag(row.point.id, flag, ids) for flag in row.flags)


def _flag(point: str, flag: FoundFlag, ids: Mapping[Place, str]) -> Flag:
    return Flag(
        audit=flag.audit,
        point=point,
        articles=flag.articles,
        claim=ids[flag.claim.place] if flag.claim else None,
        against=flag.other,
        otherwise=_otherwise(flag.otherwise) if flag.otherwise else None,
    )


def _otherwise(judgement: FoundJudgement) -> Otherwise:
    return Otherwise(verdict=judgement.verdict, rule=judgement.reason)
