"""Claims -> cells, rows and their verdicts: the comparison of a topic.

What is here knows nothing of languages or pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from briefing.comparison.audit import Audit, Flag, PointClaims, audit_cells, audit_row
from briefing.comparison.verdict import Evidence, Judgement, Reason, Standing, Verdict, judge
from briefing.model.article import Article, Claim, Integrity
from briefing.model.site import Point, Topic, Voice
from briefing.model.subsets import without_articles
from briefing.model.values import FreeText, Value

MAX_LEFT_OUT, MAX_PAIRED, MAX_RECOUNTED = 12, 6, 1_000
"""Articles up to which each is left out once, and up to which each two are compared alone: more
make more selections than readers try. Claims up to which either is done: the work of a hostile
topic has a bound."""


class CellState(StrEnum):
    """What an article does with a point."""

    STATES = "states"
    MENTIONS = "mentions"
    SILENT = "silent"
    UNCHECKED = "unchecked"


class Cell(Struct, frozen=True, kw_only=True):
    """What one article says on one point."""

    article: Article
    state: CellState
    claims: tuple[Claim, ...]
    flags: tuple[Flag, ...]


class Speaker(Struct, frozen=True, kw_only=True):
    """Who holds a position."""

    voice: str | None
    """None for the articles' own words."""
    articles: tuple[Article, ...]
    """Those that tell so."""
    divided: bool
    """Whether other claims give the same voice another position."""


class Position(Struct, frozen=True, kw_only=True):
    """One of the values that are said on a point, and who says it."""

    value: Value
    speakers: tuple[Speaker, ...]


class Selection(Struct, frozen=True, kw_only=True):
    """Some of the articles of a topic, and the verdicts if only these had been read."""

    articles: tuple[Article, ...]
    left_out: tuple[Article, ...]
    verdicts: Mapping[str, Verdict]
    """By point, where it is not the verdict of them all."""


class Row(Struct, frozen=True, kw_only=True):
    """One point across all articles of its topic."""

    point: Point
    cells: tuple[Cell, ...]
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    """All claims with a value, those too that do not count."""
    flags: tuple[Flag, ...]
    """Those of the cells, and those of the row as a whole."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """What is said, value by value; words, and what does not count, are not among it."""
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


class Figures(Struct, frozen=True, kw_only=True):
    """The headline figures of a comparison."""

    points: int
    articles: int
    comparable: bool
    tally: Mapping[Verdict, int]
    """How many points have each verdict."""
    both_sides: int
    """On how many two sides confirm each other."""
    both_sides_on_altered: int
    """How many of those rest on an altered copy."""


class Comparison(Struct, frozen=True, kw_only=True):
    """The points of a topic, each with its verdict."""

    topic: Topic
    rows: tuple[Row, ...]
    """In the order of the points."""
    selections: tuple[Selection, ...]
    """All articles but one, for each; and each two of them, where they are not too many.

    None of two articles: what is left has nothing to be compared with.
    """

    def stated_by(self, article: Article) -> int:
        """On how many points an article gives a value."""
        column = self.topic.articles.index(article)
        return sum(row.cells[column].state is CellState.STATES for row in self.rows)

    @property
    def sections(self) -> tuple[tuple[Verdict, tuple[Row, ...]], ...]:
        """The rows by their verdicts, the differences first."""
        found = ((v, tuple(r for r in self.rows if r.judgement.verdict is v)) for v in Verdict)
        return tuple((verdict, rows) for verdict, rows in found if rows)

    @property
    def comparable(self) -> bool:
        """Whether there are two articles that are not the same text."""
        return sum(article.duplicate_of is None for article in self.topic.articles) > 1

    @property
    def both_sides(self) -> tuple[Row, ...]:
        """The rows that two sides confirm."""
        return tuple(r for r in self.rows if r.judgement.reason is Reason.BOTH_SIDES)

    @property
    def figures(self) -> Figures:
        """How many points have what."""
        tally = Counter(row.judgement.verdict for row in self.rows)
        audits = ({flag.audit for flag in row.flags} for row in self.both_sides)
        on_altered = sum(bool({Audit.RESTS_ON, Audit.UNCONFIRMED} & found) for found in audits)
        return Figures(
            points=len(self.rows),
            articles=len(self.topic.articles),
            comparable=self.comparable,
            tally={verdict: tally[verdict] for verdict in Verdict},
            both_sides=len(self.both_sides),
            both_sides_on_altered=on_altered,
        )


def compare_topic(topic: Topic, voices: Mapping[str, Voice]) -> Comparison:
    """Compare the articles of a topic on each of its points."""
    altered = {a.id for a in topic.articles if a.integrity is Integrity.ALTERED}
    readings = _readings(topic, voices)
    intact = _readings(without_articles(topic, altered), voices) if altered else readings
    rows = tuple(_row(readings[point.id], intact[point.id]) for point in topic.points)
    selections = tuple(_selections(topic, rows, voices))
    return Comparison(topic=topic, rows=rows, selections=selections)


def _selections(
    topic: Topic, rows: tuple[Row, ...], voices: Mapping[str, Voice]
) -> Iterator[Selection]:
    """Judge every point again as if only some of the articles had been read."""
    ids = [article.id for article in topic.articles]
    claims = sum(len(article.claims) for article in topic.articles)
    if len(ids) > MAX_LEFT_OUT or claims > MAX_RECOUNTED:
        return
    sizes = {len(ids) - 1} | ({2} if len(ids) <= MAX_PAIRED else set())
    for size in sorted(sizes, reverse=True):
        if 1 < size < len(ids):
            for kept in combinations(ids, size):
                yield _selection(topic, kept, rows, voices)


def _selection(
    topic: Topic, kept: tuple[str, ...], rows: tuple[Row, ...], voices: Mapping[str, Voice]
) -> Selection:
    hidden = {article.id for article in topic.articles} - set(kept)
    relied_on = {*topic.primary.values(), *(a.duplicate_of for a in topic.articles)}
    rest = without_articles(topic, hidden) if hidden & relied_on else None
    verdicts = {row.point.id: _verdict_of_rest(row, hidden, rest, voices) for row in rows}
    usual = {row.point.id: row.judgement.verdict for row in rows}
    return Selection(
        articles=tuple(article for article in topic.articles if article.id in kept),
        left_out=tuple(article for article in topic.articles if article.id in hidden),
        verdicts={id: verdict for id, verdict in verdicts.items() if verdict is not usual[id]},
    )


def _verdict_of_rest(
    row: Row, hidden: Set[str], rest: Topic | None, voices: Mapping[str, Voice]
) -> Verdict:
    """Judge a point without the claims of some articles.

    `rest` is the topic without them, where the claims of others are held against theirs;
    None where those count as they did.
    """
    left = {cell.article.id: cell.claims for cell in row.cells if cell.article.id not in hidden}
    if rest is not None:
        return _judge(PointClaims(topic=rest, point=row.point, voices=voices, claims=left))[
            -1
        ].verdict
    if not any(cell.claims for cell in row.cells if cell.article.id in hidden):
        return row.judgement.verdict
    evidence = [piece for piece in row.evidence if piece.article.id in left]
    return judge(row.point, evidence, voices, mentioned=any(left.values())).verdict


def _readings(topic: Topic, voices: Mapping[str, Voice]) -> Mapping[str, PointClaims]:
    """Sort the claims of a topic by their points, and those by their articles."""
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


def _row(reading: PointClaims, intact: PointClaims) -> Row:
    """Judge a point, once more as if the altered copies had never been read."""
    found, evidence, judgement = _judge(reading)
    otherwise = judgement if intact is reading else _judge(intact)[-1]
    return Row(
        point=reading.point,
        cells=tuple(_cell(article, reading, found) for article in reading.topic.articles),
        judgement=judgement,
        evidence=evidence,
        flags=found + tuple(audit_row(evidence, judgement, otherwise)),
    )


def _judge(reading: PointClaims) -> tuple[tuple[Flag, ...], tuple[Evidence, ...], Judgement]:
    """Audit and judge one point."""
    found = tuple(audit_cells(reading))
    evidence = tuple(_evidence(reading, found))
    mentioned = any(reading.claims.values())
    return found, evidence, judge(reading.point, evidence, reading.voices, mentioned=mentioned)


def _cell(article: Article, reading: PointClaims, found: Iterable[Flag]) -> Cell:
    claims = reading.claims[article.id]
    if any(claim.value is not None for claim in claims):
        state = CellState.STATES
    elif claims:
        state = CellState.MENTIONS
    else:
        checked = reading.point.id in article.checked
        state = CellState.SILENT if checked else CellState.UNCHECKED
    flags = tuple(flag for flag in found if article.id in flag.articles)
    return Cell(article=article, state=state, claims=claims, flags=flags)


_STANDINGS = {
    Audit.NOT_IN_STATEMENT: Standing.SET_ASIDE,
    Audit.RENDERED_DIFFERENTLY: Standing.RENDERING,
}


def _evidence(reading: PointClaims, found: Iterable[Flag]) -> Iterator[Evidence]:
    """The claims that have a value, each with who is taken to speak and how far it counts."""
    standings = {
        flag.claim.place: _STANDINGS[flag.audit]
        for flag in found
        if flag.claim and flag.audit in _STANDINGS
    }
    for article in reading.topic.articles:
        for claim in reading.claims[article.id]:
            if claim.value is None:
                continue
            speakers: list[str | None] = [*sorted(reading.speakers(article, claim))]
            for voice in speakers or [None]:
                yield Evidence(
                    article=article,
                    witness=article.duplicate_of or article.id,
                    voice=voice,
                    value=claim.value,
                    standing=standings.get(claim.place, Standing.COUNTS),
                )
