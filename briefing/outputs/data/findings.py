"""Claims, cells, verdicts and flags in the published data, made of a compared topic.

The classes are in data/schema.json, with their docstrings and descriptions. A name with `Found` or
`Read` before it is that of the model or the comparison. Next: `topic`, which puts them together.
"""

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
from briefing.outputs.data.shapes import Address, Shape, described
from briefing.outputs.data.values import Value, value_of
from briefing.problems import Place
from briefing.rendering.text_fragments import passage_link


class Claim(Shape, frozen=True, kw_only=True):
    """What one article says on one point."""

    id: Annotated[
        str, described("`point/article/number`, counted from 1; it may change with others.")
    ]
    point: Annotated[str, described("The id of the point.")]
    article: Annotated[str, described("The id of the article.")]
    value: Annotated[Value | None, described("Null where the point is mentioned without a value.")]
    by: Annotated[
        str | None, described("The voice it is credited to; null for the article's words.")
    ]
    via: Annotated[tuple[str, ...], described("The voices that relayed it.")]
    speakers: Annotated[
        tuple[str, ...],
        described(
            "The voices taken to speak: `by`, or those whose own statement it is. "
            "None: the article's own words."
        ),
    ]
    mode: Annotated[Mode | None, described("What the voice does with what it says.")]
    confidence: Annotated[Confidence, described("Whether it is said, or read between the lines.")]
    text: Annotated[Localized | None, described("A nuance of it, by language code.")]
    standing: Annotated[
        Standing | None, described("How far it counts; null where there is no value.")
    ]
    locator: Annotated[Locator, described("Where in the article it stands.")]
    passage: Annotated[Address | None, described("The link to the passage; null if it has none.")]


class Cell(Shape, frozen=True, kw_only=True):
    """What one article does with one point."""

    point: Annotated[str, described("The id of the point.")]
    article: Annotated[str, described("The id of the article.")]
    state: Annotated[
        CellState, described("Silent where somebody looked, unchecked where nobody has.")
    ]


class Speaker(Shape, frozen=True, kw_only=True):
    """Who holds a position."""

    voice: Annotated[
        str | None, described("The id of the voice; null for the articles' own words.")
    ]
    articles: Annotated[tuple[str, ...], described("The ids of those that tell so; no duplicates.")]
    divided: Annotated[
        bool, described("Whether the same voice has another position, by other claims.")
    ]
    statement: Annotated[
        str | None, described("The id of the article among these that is its own statement.")
    ]
    inferred: Annotated[bool, described("Whether each claim that puts it here is our inference.")]


class Position(Shape, frozen=True, kw_only=True):
    """One of the values that are said on a point, and who says it."""

    value: Annotated[Value, described("What is said.")]
    speakers: Annotated[tuple[Speaker, ...], described("Who says it.")]


class Judgement(Shape, frozen=True, kw_only=True):
    """The verdict on a point, the rule that made it and what it was made from."""

    point: Annotated[str, described("The id of the point.")]
    verdict: Annotated[Verdict, described("What the claims amount to.")]
    rule: Annotated[Reason, described("The first rule that fits.")]
    voices: Annotated[tuple[str, ...], described("The ids of the named voices that counted.")]
    sides: Annotated[tuple[str, ...], described("The ids of their sides.")]
    reports: Annotated[
        int,
        described("How many articles repeat the voice, of rule `statement-and-reports`; else 0."),
    ]
    common: Annotated[
        Value | None, described("What all values name, of rule `named-differently`; else null.")
    ]
    positions: Annotated[
        tuple[Position, ...], described("Without words, and without what does not count.")
    ]


class Otherwise(Shape, frozen=True, kw_only=True):
    """The verdict on a point without altered copies, or without what we inferred.

    What a voice's own statement bears out stays.
    """

    verdict: Annotated[Verdict, described("What the other claims amount to.")]
    rule: Annotated[Reason, described("The first rule that fits.")]


class Flag(Shape, frozen=True, kw_only=True):
    """One finding of an audit."""

    audit: Annotated[Audit, described("What was found.")]
    point: Annotated[str, described("The id of the point.")]
    articles: Annotated[tuple[str, ...], described("The ids of the articles it is about.")]
    claim: Annotated[str | None, described("The id of the claim it is about; null if of none.")]
    against: Annotated[
        str | None,
        described("The id of the voice's own statement, or of the original of a duplicate."),
    ]
    otherwise: Annotated[
        Otherwise | None, described("The verdict without what it rests on; null if on nothing.")
    ]


class Statement(Struct, frozen=True, kw_only=True):
    """A claim, and how the comparison treats it."""

    id: str
    claim: ReadClaim
    article: Article
    speakers: tuple[str, ...]
    """Ids of the voices that the claim counts for, sorted."""
    witness: str
    """The id of the article it counts for."""
    standing: Standing | None
    """None: the claim has no value."""


def statements_of(topic: Topic, row: Row) -> Iterator[Statement]:
    """Yield the claims of a row, article by article.

    The evidence of a row is in the same order, one piece for each voice that speaks in a claim
    with a value.
    """
    evidence = iter(row.evidence)
    for cell in row.cells:
        article = cell.article
        for number, claim in enumerate(cell.claims, 1):
            voices = tuple(sorted(speakers_of(topic, article, claim)))
            of_claim = islice(evidence, max(1, len(voices)) if claim.value is not None else 0)
            piece = next(iter(tuple(of_claim)), None)
            yield Statement(
                id=f"{claim.point}/{article.id}/{number}",
                claim=claim,
                article=article,
                speakers=voices,
                witness=piece.witness if piece else article.id,
                standing=piece.standing if piece else None,
            )


def claim_of(statement: Statement) -> Claim:
    """Return a claim as data."""
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
    """Yield the cells of a row as data."""
    for cell in row.cells:
        yield Cell(point=row.point.id, article=cell.article.id, state=cell.state)


def judgement_of(row: Row) -> Judgement:
    """Return the verdict on a row as data."""
    judgement = row.judgement
    return Judgement(
        point=row.point.id,
        verdict=judgement.verdict,
        rule=judgement.reason,
        voices=judgement.voices,
        sides=judgement.sides,
        reports=judgement.reports,
        common=value_of(judgement.common) if judgement.common else None,
        positions=tuple(map(_position, row.positions)),
    )


def _position(position: FoundPosition) -> Position:
    speakers = (
        Speaker(
            voice=s.voice,
            articles=tuple(a.id for a in s.articles),
            divided=s.divided,
            statement=s.statement.id if s.statement else None,
            inferred=s.inferred,
        )
        for s in position.speakers
    )
    return Position(value=value_of(position.value), speakers=tuple(speakers))


def flags_of(row: Row, statements: Iterable[Statement]) -> Iterator[Flag]:
    """Return the flags of a row as data.

    statements: those of the row, in which a flag finds the id of its claim.
    """
    ids = {statement.claim.place: statement.id for statement in statements}
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
