"""A topic -> its comparison: the row of each point, selections of articles, headline figures.

`rows` makes the rows, `verdict` judges them by the rules of docs/comparison.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import cached_property

from msgspec import Struct

from briefing.comparison.audit import Audit
from briefing.comparison.choices import Choices, list_choices
from briefing.comparison.rows import CellState, Row, claims_of_topic
from briefing.comparison.selections import Selection, select_articles
from briefing.comparison.verdict import Reason, Verdict
from briefing.model.article import Article
from briefing.model.site import Topic, Voice


class Figures(Struct, frozen=True, kw_only=True):
    """The headline figures of a comparison."""

    points: int
    """The number of points."""
    articles: int
    """The number of articles."""
    comparable: bool
    """Whether there are two articles that are not the same text."""
    tally: Mapping[Verdict, int]
    """The number of points by verdict; every verdict is there."""
    both_sides: int
    """The number of points on which two sides confirm each other."""
    both_sides_on_altered: int
    """The number of these points that depend on an altered copy."""
    both_sides_on_inference: int
    """The number of these points that depend on what we inferred."""
    on_altered: int
    """The number of all points that depend on an altered copy: with RESTS_ON or UNCONFIRMED."""
    on_inference: int
    """The number of all points that depend on what we inferred: with RESTS_ON_INFERENCE."""


class Comparison(Struct, frozen=True, kw_only=True, dict=True):
    """The points of a topic, each with its verdict; what only some pages show is made for them."""

    topic: Topic
    voices: Mapping[str, Voice]
    """Those of the site, by id."""
    rows: tuple[Row, ...]
    """In the order of the points."""

    @cached_property
    def selections(self) -> tuple[Selection, ...]:
        """All articles but one for each article, then each two articles, up to some limits.

        None for a topic of two articles: one alone has nothing to be compared with.
        """
        return select_articles(self.topic, self.rows, self.voices)

    @cached_property
    def choices(self) -> Choices:
        """What the rows are in the selections, where they are others."""
        return list_choices(self.rows, self.selections)

    def stated_by(self, article: Article) -> int:
        """Return the number of points on which an article has a value."""
        column = self.topic.articles.index(article)
        return sum(row.cells[column].state is CellState.STATES for row in self.rows)

    @cached_property
    def sections(self) -> tuple[tuple[Verdict, tuple[Row, ...]], ...]:
        """The rows of each verdict that has any, in the order of `Verdict`: differences first."""
        rows_of = ((v, tuple(r for r in self.rows if r.judgement.verdict is v)) for v in Verdict)
        return tuple((verdict, rows) for verdict, rows in rows_of if rows)

    @cached_property
    def possible_sections(self) -> tuple[tuple[Verdict, tuple[Row, ...]], ...]:
        """The same with a section without rows for each verdict that only selections have."""
        rows_of = {verdict: () for verdict in Verdict if verdict in self.choices.verdicts}
        return tuple((rows_of | dict(self.sections)).items())

    @cached_property
    def comparable(self) -> bool:
        """Whether there are two articles that are not the same text."""
        return sum(article.duplicate_of is None for article in self.topic.articles) > 1

    @property
    def both_sides(self) -> tuple[Row, ...]:
        """The rows on which two sides confirm each other."""
        return tuple(r for r in self.rows if r.judgement.reason is Reason.BOTH_SIDES)

    @cached_property
    def figures(self) -> Figures:
        """The headline figures."""
        tally = Counter(row.judgement.verdict for row in self.rows)
        return Figures(
            points=len(self.rows),
            articles=len(self.topic.articles),
            comparable=self.comparable,
            tally={verdict: tally[verdict] for verdict in Verdict},
            both_sides=len(self.both_sides),
            both_sides_on_altered=_count_flagged(self.both_sides, _ON_ALTERED),
            both_sides_on_inference=_count_flagged(self.both_sides, _ON_INFERENCE),
            on_altered=_count_flagged(self.rows, _ON_ALTERED),
            on_inference=_count_flagged(self.rows, _ON_INFERENCE),
        )


_ON_ALTERED = frozenset({Audit.RESTS_ON, Audit.UNCONFIRMED})
_ON_INFERENCE = frozenset({Audit.RESTS_ON_INFERENCE})


def _count_flagged(rows: Iterable[Row], audits: Set[Audit]) -> int:
    """Return the number of rows with a flag of one of the `audits`."""
    return sum(any(flag.audit in audits for flag in row.flags) for row in rows)


def compare_topic(topic: Topic, voices: Mapping[str, Voice]) -> Comparison:
    """Return the comparison of the articles of a topic; `voices` are those of the site, by id."""
    claims = claims_of_topic(topic, voices)
    rows = tuple(claims.row(point.id) for point in topic.points)
    return Comparison(topic=topic, voices=voices, rows=rows)
