"""Rows -> selections: the rows as they would be if only some of the articles had been read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from briefing.comparison.audit import ROW_AUDITS
from briefing.comparison.rows import JudgedRow, Position, Row, Speaker, TopicClaims, claims_of_topic
from briefing.model.article import Article
from briefing.model.site import Topic, Voice
from briefing.model.subsets import without_articles

MAX_ARTICLES_LEFT_OUT, MAX_ARTICLES_PAIRED, MAX_CLAIMS_RECOUNTED = 12, 6, 1_000
"""Articles of a topic up to which each is left out once, up to which each two are compared alone,
and claims of a topic up to which either is done. Of more articles readers do not try every
selection; more claims are not recounted, which bounds the time of a hostile topic."""


class OtherRow(Struct, frozen=True, kw_only=True):
    """A row that is not what is left of the one of all articles when the others go."""

    row: JudgedRow
    """The row if only some of the articles had been read."""
    positions: tuple[Position, ...] | None
    """Its positions; None if they are those of all articles without some of the speakers."""


class Selection(Struct, frozen=True, kw_only=True):
    """Some of the articles of a topic, and the rows that are other ones if only these were read."""

    articles: tuple[Article, ...]
    left_out: tuple[Article, ...]
    rows: Mapping[str, OtherRow]
    """By the id of the point; only of points whose row is another one."""


def select_articles(
    topic: Topic, rows: tuple[Row, ...], voices: Mapping[str, Voice]
) -> tuple[Selection, ...]:
    """Return the selections of all articles but one, then those of two articles.

    rows: those of all articles. voices: those of the site, by id. Nothing is returned beyond the
    limits above, nor a selection of one text only: it has nothing to be compared with.
    """
    ids = [article.id for article in topic.articles]
    claims = sum(len(article.claims) for article in topic.articles)
    if len(ids) > MAX_ARTICLES_LEFT_OUT or claims > MAX_CLAIMS_RECOUNTED:
        return ()
    sizes = {len(ids) - 1} | ({2} if len(ids) <= MAX_ARTICLES_PAIRED else set())
    rests = (
        without_articles(topic, set(ids).difference(selected))
        for size in sorted(sizes, reverse=True)
        if 1 < size < len(ids)
        for selected in combinations(ids, size)
    )
    remade = _RemadeRows(topic, rows, voices)
    return tuple(
        remade.select(rest)
        for rest in rests
        if sum(article.duplicate_of is None for article in rest.articles) > 1
    )


class _RemadeRows:
    """The rows of a topic without some of its articles, each made once.

    A row is the same in all selections that have the same of the articles it depends on.
    """

    def __init__(self, topic: Topic, rows: tuple[Row, ...], voices: Mapping[str, Voice]) -> None:
        self._topic, self._voices = topic, voices
        self._articles = {article.id: article for article in topic.articles}
        self._rows = {row.point.id: row for row in rows}
        duplicates = [article for article in topic.articles if article.duplicate_of]
        of_same_text = {id for a in duplicates for id in (a.id, a.duplicate_of)}
        self._has_duplicates = bool(duplicates)
        self._relied_on = relied_on = {*topic.primary.values(), *of_same_text}
        self._needed = {
            row.point.id: frozenset(
                cell.article.id for cell in row.cells if cell.claims or cell.article.id in relied_on
            )
            for row in rows
        }
        """The ids of the articles each row depends on: what the silent ones leave is the same, but
        for a voice's own text, and for duplicates, the first of which may have to stand for it."""
        self._made: dict[tuple[str, frozenset[str]], OtherRow | None] = {}

    def select(self, rest: Topic) -> Selection:
        """Return the selection of the articles that `rest` has of the topic."""
        kept = frozenset(article.id for article in rest.articles)
        keys = {
            id: (id, needed & kept) for id, needed in self._needed.items() if not needed <= kept
        }
        missing = [id for id, key in keys.items() if key not in self._made]
        if missing:
            claims = claims_of_topic(rest, self._voices)
            remake = self._remake_lighter if self._relied_on <= kept else self._remake
            for id in missing:
                self._made[keys[id]] = remake(claims, self._rows[id], kept)
        others = {id: other for id, key in keys.items() if (other := self._made[key])}
        return Selection(
            articles=tuple(a for a in self._topic.articles if a.id in kept),
            left_out=tuple(a for a in self._topic.articles if a.id not in kept),
            rows=others,
        )

    def _remake(self, claims: TopicClaims, of_all: Row, kept: Set[str]) -> OtherRow | None:
        """Return a row of the articles in `kept`, which `claims` are of, where it is another."""
        row = self._with_own_articles(claims.judged(of_all.point.id))
        return _other_row(row, of_all, kept)

    def _remake_lighter(self, claims: TopicClaims, of_all: Row, kept: Set[str]) -> OtherRow | None:
        """Return the same where `kept` has every article that others rely on."""
        row = self._with_own_articles(claims.judged_from(of_all))
        return _other_row(row, of_all, kept, is_left=_loses_speakers_only(of_all, kept))

    def _with_own_articles(self, row: JudgedRow) -> JudgedRow:
        """Return a row whose articles are those of the topic: a duplicate may be no more one."""
        if not self._has_duplicates:
            return row
        evidence = (replace(e, article=self._articles[e.article.id]) for e in row.evidence)
        return replace(row, evidence=tuple(evidence))


def _other_row(
    row: JudgedRow, of_all: Row, kept: Set[str], *, is_left: bool = False
) -> OtherRow | None:
    """Return a row of the articles in `kept` if it is not what they leave of the one of all.

    is_left: whether its positions are known to be.
    """
    is_left = is_left or position_keys(row.positions) == position_keys(of_all.positions, kept)
    is_rest = (
        row.judgement == of_all.judgement
        and _counted(row, kept) == _counted(of_all, kept)
        and _doubts(row) == _doubts(of_all)
    )
    if is_rest and is_left:
        return None
    return OtherRow(row=row, positions=None if is_left else row.positions)


def _loses_speakers_only(of_all: Row, kept: Set[str]) -> bool:
    """Whether it is plain that the articles in `kept` leave the positions but for some speakers.

    It is where the first to hold each position stays, and the first to credit each voice with it;
    and where nothing goes of a voice with two positions, nor what we infer, nor what a duplicate
    says too. All articles that others rely on are kept. It is quicker to see than the positions.
    """
    named = (voice for by_voice in of_all.held.values() for voice in by_voice if voice)
    times = Counter[str | None](named)
    for by_voice in of_all.held.values():
        stays = []
        for voice, pieces in by_voice.items():
            rest = [piece for piece in pieces if piece.article.id in kept]
            stays.append(bool(rest))
            if len(rest) == len(pieces):
                continue
            if times[voice] > 1 or any(p.inferred or p.witness != p.article.id for p in pieces):
                return False
            if rest and rest[0] is not pieces[0]:
                return False
        if any(stays) and not stays[0]:
            return False
    return True


def _counted(row: JudgedRow, kept: Set[str]) -> list[tuple[object, ...]]:
    """Return what of the evidence of the articles in `kept` depends on which others there are."""
    return [
        (piece.article.id, piece.witness, piece.voice, piece.standing, piece.own)
        for piece in row.evidence
        if piece.article.id in kept
    ]


def _doubts(row: JudgedRow) -> list[tuple[object, ...]]:
    """Return what a row rests on, and what would be left of it."""
    return [(f.audit, f.articles, f.otherwise) for f in row.flags if f.audit in ROW_AUDITS]


def position_keys(
    positions: Iterable[Position], kept: Set[str] | None = None
) -> tuple[tuple[object, ...], ...]:
    """Return what is shown of positions, to be compared.

    kept: the ids of the articles that speakers are named for; all if it is None.
    """
    keys = []
    for position in positions:
        speakers = tuple(_speaker_keys(position.speakers, kept))
        if speakers:
            keys.append((position.value, speakers))
    return tuple(keys)


def _speaker_keys(
    speakers: Iterable[Speaker], kept: Set[str] | None
) -> Iterator[tuple[object, ...]]:
    """Yield what is shown of each speaker that an article in `kept` has."""
    for speaker in speakers:
        ids = tuple(article.id for article in speaker.articles)
        if not ids or kept is None or not kept.isdisjoint(ids):
            # Where a voice is divided, its articles are named, also those that are not kept.
            divided = speaker.divided and speaker.voice is not None
            named = ids if divided else ()
            own = speaker.statement.id if divided and speaker.statement else None
            left = tuple(id for id in ids if kept is None or id in kept)
            yield speaker.voice, left, named, own, divided, speaker.inferred
