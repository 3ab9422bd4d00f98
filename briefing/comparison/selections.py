"""Rows -> selections: the verdicts as they would be if only some of the articles had been read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import combinations

from msgspec import Struct

from briefing.comparison.audit import PointClaims
from briefing.comparison.judging import judge_point
from briefing.comparison.rows import Row
from briefing.comparison.verdict import Verdict, judge
from briefing.model.article import Article
from briefing.model.site import Topic, Voice
from briefing.model.subsets import without_articles

MAX_ARTICLES_LEFT_OUT, MAX_ARTICLES_PAIRED, MAX_CLAIMS_RECOUNTED = 12, 6, 1_000
"""Articles of a topic up to which each is left out once, up to which each two are compared alone,
and claims of a topic up to which either is done. Of more articles readers do not try every
selection; more claims are not recounted, which bounds the time of a hostile topic."""


class Selection(Struct, frozen=True, kw_only=True):
    """Some of the articles of a topic, and the verdicts if only these had been read."""

    articles: tuple[Article, ...]
    left_out: tuple[Article, ...]
    verdicts: Mapping[str, Verdict]
    """By the id of the point; only of points whose verdict is another one with all articles."""


def select_articles(
    topic: Topic, rows: tuple[Row, ...], voices: Mapping[str, Voice]
) -> Iterator[Selection]:
    """Yield the selections of all articles but one, then those of two articles.

    rows: those of all articles. voices: those of the site, by id. Nothing is yielded beyond the
    limits above.
    """
    ids = [article.id for article in topic.articles]
    claims = sum(len(article.claims) for article in topic.articles)
    if len(ids) > MAX_ARTICLES_LEFT_OUT or claims > MAX_CLAIMS_RECOUNTED:
        return
    sizes = {len(ids) - 1} | ({2} if len(ids) <= MAX_ARTICLES_PAIRED else set())
    for size in sorted(sizes, reverse=True):
        if 1 < size < len(ids):
            for selected in combinations(ids, size):
                yield _selection(topic, selected, rows, voices)


def _selection(
    topic: Topic, selected: tuple[str, ...], rows: tuple[Row, ...], voices: Mapping[str, Voice]
) -> Selection:
    """Return the selection of the articles whose ids are in `selected`."""
    hidden = {article.id for article in topic.articles} - set(selected)
    relied_on = {*topic.primary.values(), *(a.duplicate_of for a in topic.articles)}
    rest = without_articles(topic, hidden) if hidden & relied_on else None
    verdicts = {row.point.id: _verdict_of_rest(row, hidden, rest, voices) for row in rows}
    usual = {row.point.id: row.judgement.verdict for row in rows}
    return Selection(
        articles=tuple(article for article in topic.articles if article.id in selected),
        left_out=tuple(article for article in topic.articles if article.id in hidden),
        verdicts={id: verdict for id, verdict in verdicts.items() if verdict is not usual[id]},
    )


def _verdict_of_rest(
    row: Row, hidden: Set[str], rest: Topic | None, voices: Mapping[str, Voice]
) -> Verdict:
    """Return the verdict of a point without the claims of the articles whose ids are `hidden`.

    rest: the topic without them, to audit its claims again; None where no hidden article is a
    voice's own text or has duplicates, so that every other claim counts as it did.
    """
    left = {cell.article.id: cell.claims for cell in row.cells if cell.article.id not in hidden}
    if rest is not None:
        on_point = PointClaims(topic=rest, point=row.point, voices=voices, claims=left)
        return judge_point(on_point).judgement.verdict
    if not any(cell.claims for cell in row.cells if cell.article.id in hidden):
        return row.judgement.verdict
    evidence = [piece for piece in row.evidence if piece.article.id in left]
    return judge(row.point, evidence, voices, mentioned=any(left.values())).verdict
