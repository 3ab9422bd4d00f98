"""Claims on a point -> its row: a cell for each article, positions, flags and the judgement.

`briefing.comparison.compare` makes the rows of a topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from briefing.comparison.audit import Audit, Flag, PointClaims, audit_cells, audit_row
from briefing.comparison.verdict import Evidence, Judgement, Standing, judge
from briefing.model.article import Article, Claim
from briefing.model.site import Point, Topic, Voice
from briefing.model.values import FreeText, Value


class CellState(StrEnum):
    """What an article does with a point."""

    STATES = "states"
    MENTIONS = "mentions"
    SILENT = "silent"
    UNCHECKED = "unchecked"


class Cell(Struct, frozen=True, kw_only=True):
    """The claims of one article on one point."""

    article: Article
    state: CellState
    claims: tuple[Claim, ...]
    flags: tuple[Flag, ...]


class Speaker(Struct, frozen=True, kw_only=True):
    """A voice that is credited with a position, or the articles that take it in their own words."""

    voice: str | None
    """The id of the voice; None for the articles' own words."""
    articles: tuple[Article, ...]
    """The articles that say so, without duplicates."""
    divided: bool
    """Whether the same voice is credited with another position too."""


class Position(Struct, frozen=True, kw_only=True):
    """One of the values claimed on a point, with its speakers."""

    value: Value
    speakers: tuple[Speaker, ...]


class Row(Struct, frozen=True, kw_only=True):
    """One point across all articles of its topic."""

    point: Point
    cells: tuple[Cell, ...]
    """In the order of the articles of the topic."""
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    """Of all claims with a value, also of those that do not count."""
    flags: tuple[Flag, ...]
    """The flags of the cells, then those on the row as a whole."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """The values claimed, in the order of the articles; no free text, nothing set aside."""
        held: dict[Value, dict[str | None, dict[str, Article]]] = {}
        for e in self.evidence:
            if e.standing is not Standing.SET_ASIDE and not isinstance(e.value, FreeText):
                articles = held.setdefault(e.value, {}).setdefault(e.voice, {})
                if e.witness == e.article.id:
                    articles[e.article.id] = e.article
        times = Counter(voice for by_voice in held.values() for voice in by_voice)
        return tuple(
            Position(
                value=value,
                speakers=tuple(
                    Speaker(voice=v, articles=tuple(by[v].values()), divided=times[v] > 1)
                    for v in by
                ),
            )
            for value, by in held.items()
        )


def claims_by_point(topic: Topic, voices: Mapping[str, Voice]) -> Mapping[str, PointClaims]:
    """Return the claims of a topic by the id of their point; `voices` are those of the site."""
    claims: dict[str, dict[str, tuple[Claim, ...]]] = {
        point.id: {article.id: () for article in topic.articles} for point in topic.points
    }
    for article in topic.articles:
        for claim in article.claims:
            claims[claim.point][article.id] += (claim,)
    return {
        point.id: PointClaims(topic=topic, point=point, voices=voices, claims=claims[point.id])
        for point in topic.points
    }


def make_row(on_point: PointClaims, intact: PointClaims) -> Row:
    """Return the row of a point.

    intact: the claims on it without those of altered copies; the same object if there are none.
    """
    flags, evidence, judgement = audit_and_judge(on_point)
    otherwise = judgement if intact is on_point else audit_and_judge(intact)[-1]
    return Row(
        point=on_point.point,
        cells=tuple(_cell(article, on_point, flags) for article in on_point.topic.articles),
        judgement=judgement,
        evidence=evidence,
        flags=flags + tuple(audit_row(evidence, judgement, otherwise)),
    )


def audit_and_judge(
    on_point: PointClaims,
) -> tuple[tuple[Flag, ...], tuple[Evidence, ...], Judgement]:
    """Return the flags on cells, the evidence and the judgement of a point."""
    flags = tuple(audit_cells(on_point))
    evidence = tuple(_evidence(on_point, flags))
    mentioned = any(on_point.claims.values())
    return flags, evidence, judge(on_point.point, evidence, on_point.voices, mentioned=mentioned)


def _cell(article: Article, on_point: PointClaims, row_flags: Iterable[Flag]) -> Cell:
    """Return the cell of an article, with the flags of the row that name it."""
    claims = on_point.claims[article.id]
    if any(claim.value is not None for claim in claims):
        state = CellState.STATES
    elif claims:
        state = CellState.MENTIONS
    else:
        checked = on_point.point.id in article.checked
        state = CellState.SILENT if checked else CellState.UNCHECKED
    flags = tuple(flag for flag in row_flags if article.id in flag.articles)
    return Cell(article=article, state=state, claims=claims, flags=flags)


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
            if claim.value is None:
                continue
            speakers: list[str | None] = [*sorted(on_point.speakers(article, claim))]
            for voice in speakers or [None]:
                yield Evidence(
                    article=article,
                    witness=article.duplicate_of or article.id,
                    voice=voice,
                    value=claim.value,
                    standing=standings.get(claim.place, Standing.COUNTS),
                )
