"""Claims on a point -> its row: a cell for each article, positions, flags and the judgement.

`briefing.comparison.compare` makes the rows of a topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.audit import ROW_AUDITS, Audit, Flag, PointClaims, voices_of_text
from briefing.comparison.dependence import dependence_flags
from briefing.comparison.judging import JudgedPoint, judge_point, judge_rest
from briefing.comparison.verdict import Evidence, Judgement, Standing, Verdict
from briefing.model.article import Article, Claim, Integrity
from briefing.model.site import Point, Topic, Voice
from briefing.model.subsets import without_articles
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
    own_voices: tuple[str, ...]
    """The ids of the voices whose own statement the article is: what credits nobody is theirs."""
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
    statement: Article | None
    """The one of the articles that is the voice's own statement."""
    inferred: bool
    """Whether we infer it from every one of the articles."""

    @property
    def is_marked(self) -> bool:
        """Whether more is to be told than who it is: own words, a division, an inference."""
        return self.voice is None or self.divided or self.inferred

    @property
    def article_ids(self) -> str:
        """The ids of the articles, with spaces between."""
        return " ".join([article.id for article in self.articles])

    @property
    def reports(self) -> tuple[Article, ...]:
        """The articles without the voice's own statement."""
        return tuple(article for article in self.articles if article is not self.statement)


class Position(Struct, frozen=True, kw_only=True):
    """One of the values claimed on a point, with its speakers, the articles' own words last."""

    value: Value
    speakers: tuple[Speaker, ...]


class JudgedRow(Struct, frozen=True, kw_only=True, dict=True):
    """What the articles of a topic, or some of them, amount to on a point."""

    point: Point
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    """Of all claims with a value, also of those that do not count."""
    flags: tuple[Flag, ...]
    """The flags of the cells, then those on the row as a whole."""

    @cached_property
    def held(self) -> Mapping[Value, Mapping[str | None, Sequence[Evidence]]]:
        """The evidence by value and by voice; no free text, nothing set aside."""
        held: dict[Value, dict[str | None, list[Evidence]]] = {}
        for e in self.evidence:
            if e.standing is not Standing.SET_ASIDE and not isinstance(e.value, FreeText):
                held.setdefault(e.value, {}).setdefault(e.voice, []).append(e)
        return held

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """The values claimed, in the order of the articles; no free text, nothing set aside."""
        times = Counter(voice for by_voice in self.held.values() for voice in by_voice)
        return tuple(
            Position(
                value=value,
                speakers=tuple(
                    _speaker(by[voice], divided=times[voice] > 1)
                    for voice in sorted(by, key=lambda voice: voice is None)
                ),
            )
            for value, by in self.held.items()
        )

    @property
    def grounds(self) -> tuple[tuple[Evidence, tuple[Article, ...]], ...]:
        """The evidence, what several articles say alike as one piece with these articles."""
        alike: dict[object, list[Evidence]] = {}
        for e in self.evidence:
            kind = e.article.type if e.voice is None else None
            value = tuple(e.value.texts.items()) if isinstance(e.value, FreeText) else e.value
            key = (e.voice, kind, value, e.inferred, e.standing, e.witness != e.article.id)
            alike.setdefault(key, []).append(e)
        return tuple(
            (pieces[0], tuple({e.article.id: e.article for e in pieces}.values()))
            for pieces in alike.values()
        )

    @property
    def findings(self) -> tuple[Flag, ...]:
        """The flags, those that say the same of a voice in several articles as one."""
        same: dict[tuple[Audit, str | None, str | None], list[Flag]] = {}
        for flag in self.flags:
            voice = flag.claim.by if flag.claim else None
            same.setdefault((flag.audit, voice, flag.other), []).append(flag)
        return tuple(
            replace(flags[0], articles=tuple(dict.fromkeys(id for f in flags for id in f.articles)))
            for flags in same.values()
        )

    @property
    def repeats_own_words(self) -> bool:
        """Whether one voice speaks and an article that credits it says so in its own words too.

        Such an article is no second witness.
        """
        one_voice = self.judgement.verdict is Verdict.ONE_VOICE
        return one_voice and any(piece.voice is None for piece in self.evidence)


class Row(JudgedRow, frozen=True, kw_only=True):
    """One point across all articles of its topic."""

    cells: tuple[Cell, ...]
    """In the order of the articles of the topic."""

    @property
    def silent(self) -> tuple[Article, ...]:
        """The articles that were read for the point and say nothing of it."""
        return tuple(cell.article for cell in self.cells if cell.state is CellState.SILENT)


def _speaker(said: Sequence[Evidence], *, divided: bool) -> Speaker:
    """Return who says something, from the evidence that credits one voice with one value."""
    told = [e for e in said if e.witness == e.article.id]
    return Speaker(
        voice=said[0].voice,
        articles=tuple({e.article.id: e.article for e in told}.values()),
        divided=divided,
        statement=next((e.article for e in told if e.own), None),
        inferred=all(e.inferred for e in said),
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


class TopicClaims(Struct, frozen=True, kw_only=True):
    """The claims of a topic by the id of their point."""

    claims: Mapping[str, PointClaims]
    intact: Mapping[str, PointClaims]
    """Without those of altered copies; the same object if there are none."""

    def judged(self, id: str) -> JudgedRow:
        """Return what the claims on a point amount to, by its id."""
        return self._row_of(id, judge_point(self.claims[id]))

    def judged_from(self, row: JudgedRow) -> JudgedRow:
        """Return the same from a row of more articles; see `judge_rest` for which they can be."""
        id = row.point.id
        of_cells = (flag for flag in row.flags if flag.audit not in ROW_AUDITS)
        return self._row_of(id, judge_rest(self.claims[id], of_cells, row.evidence))

    def _row_of(self, id: str, found: JudgedPoint) -> JudgedRow:
        """Return what the claims on a point amount to, with what that depends on."""
        on_point = self.claims[id]
        flags = (*found.flags, *dependence_flags(on_point, found, self.intact[id]))
        return JudgedRow(
            point=on_point.point,
            judgement=found.judgement,
            evidence=found.evidence,
            flags=flags,
        )

    def row(self, id: str) -> Row:
        """Return the row of a point, by its id."""
        on_point, judged = self.claims[id], self.judged(id)
        of_cells = [flag for flag in judged.flags if flag.audit not in ROW_AUDITS]
        articles = on_point.topic.articles
        return Row(
            point=judged.point,
            cells=tuple(_cell(article, on_point, of_cells) for article in articles),
            judgement=judged.judgement,
            evidence=judged.evidence,
            flags=judged.flags,
        )


def claims_of_topic(topic: Topic, voices: Mapping[str, Voice]) -> TopicClaims:
    """Return the claims of a topic; `voices` are those of the site, by id."""
    altered = {a.id for a in topic.articles if a.integrity is Integrity.ALTERED}
    claims = claims_by_point(topic, voices)
    intact = claims_by_point(without_articles(topic, altered), voices) if altered else claims
    return TopicClaims(claims=claims, intact=intact)


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
    own = voices_of_text(on_point.topic, article)
    return Cell(
        article=article, own_voices=tuple(sorted(own)), state=state, claims=claims, flags=flags
    )
