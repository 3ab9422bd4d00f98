"""Relations between claims, articles and summaries in the published data, in terms of CiTO.

CiTO is an ontology of citations (https://sparontologies.github.io/cito/current/cito.html). Its
properties of a citing and a cited text are used here for what was compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Annotated

from briefing.comparison.relations import Relation as ValueRelation
from briefing.comparison.relations import ancestors
from briefing.comparison.verdict import Standing, relate
from briefing.model.site import Point, PointKind, Topic
from briefing.model.values import Choice, E, Interval, Period, Quantity, Value
from briefing.outputs.data.findings import Statement
from briefing.outputs.data.shapes import Shape, described

MAX_RELATED = 12
"""Different values of a point up to which each two are related.

Beyond it there are no relations between values: their number grows with the square, and the
values themselves are in the data. A claim adds at most so many relations.
"""


class Predicate(StrEnum):
    """Properties of CiTO.

    A claim agrees with one of an equal value and disagrees with one in conflict. Of two that are
    compatible, one that says more qualifies the other (it is a restriction of it) or, if both
    are sets of options, extends it; if neither says more, they are related. An article contains
    an assertion from a voice's own text if that says what it credits to the voice. A summary
    of ours has its article as source document.
    """

    AGREES = "http://purl.org/spar/cito/agreesWith"
    DISAGREES = "http://purl.org/spar/cito/disagreesWith"
    QUALIFIES = "http://purl.org/spar/cito/qualifies"
    EXTENDS = "http://purl.org/spar/cito/extends"
    RELATED = "http://purl.org/spar/cito/citesAsRelated"
    ASSERTION = "http://purl.org/spar/cito/containsAssertionFrom"
    SOURCE = "http://purl.org/spar/cito/citesAsSourceDocument"


class Relation(Shape, frozen=True, kw_only=True):
    """How one thing stands to another; neither needs to know of the other."""

    subject: Annotated[str, described("The id of a claim or an article; of a summary its address.")]
    predicate: Annotated[Predicate, described("The IRI of the property.")]
    object: Annotated[str, described("The id of a claim or an article.")]


class _ValueStatements:
    """The statements of one value."""

    def __init__(self, value: Value, first: Statement) -> None:
        self.value = value
        self.first = first
        self.second: Statement | None = None
        """The first statement of another article."""
        self.others: list[Statement] = []
        """All statements of other articles."""

    def add(self, statement: Statement) -> None:
        """Add a statement of the same value; one of the first article is left out."""
        if statement.witness != self.first.witness:
            self.second = self.second or statement
            self.others.append(statement)

    def pair_apart(self, other: _ValueStatements) -> tuple[Statement, Statement] | None:
        """Return the first statements of both values from different articles; None if none are."""
        for one in (self.first, self.second):
            for another in (other.first, other.second):
                if one and another and one.witness != another.witness:
                    return one, another
        return None


def claim_relations(point: Point, statements: Iterable[Statement]) -> Iterator[Relation]:
    """Yield the relations of the claims on `point` that count, between different articles.

    Each claim is related to the first one of its value, and of at most MAX_RELATED values the
    first claims to each other.
    """
    if point.kind is PointKind.TEXT:
        return
    values = _by_value(statements)
    for each in values:
        for statement in each.others:
            yield _relation(statement, Predicate.AGREES, each.first)
    if len(values) <= MAX_RELATED:
        for one, other in combinations(values, 2):
            if pair := one.pair_apart(other):
                yield _related(point, *pair)


def _by_value(statements: Iterable[Statement]) -> Sequence[_ValueStatements]:
    """Return the statements that count, by their values, in order."""
    by_value: dict[Value, _ValueStatements] = {}
    for statement in statements:
        value = statement.claim.value
        if value is not None and statement.standing is Standing.COUNTS:
            if (same := by_value.get(value)) is not None:
                same.add(statement)
            else:
                by_value[value] = _ValueStatements(value, statement)
    return tuple(by_value.values())


def _related(point: Point, one: Statement, other: Statement) -> Relation:
    """Return the relation between two claims with values."""
    a, b = one.claim.value, other.claim.value
    assert a is not None, "it has a value"
    assert b is not None, "so has the other"
    match relate(point, a, b):
        case ValueRelation.EQUAL:
            return _relation(other, Predicate.AGREES, one)
        case ValueRelation.CONFLICT:
            return _relation(other, Predicate.DISAGREES, one)
    more = Predicate.EXTENDS if point.kind is PointKind.SET else Predicate.QUALIFIES
    if _says_more(point, a, b):
        return _relation(one, more, other)
    return _relation(other, more if _says_more(point, b, a) else Predicate.RELATED, one)


def _relation(subject: Statement, predicate: Predicate, object: Statement) -> Relation:
    return Relation(subject=subject.id, predicate=predicate, object=object.id)


def _says_more(point: Point, one: Value, other: Value) -> bool:
    """Whether `one` of two compatible values implies the `other` and says more."""
    match one, other:
        case Quantity(), Quantity():
            return _is_within(one.interval, other.interval)
        case Period(), Period() if point.kind is PointKind.DATE:
            return _is_within(one.days, other.days)
        case Period(), Period():
            return _is_within(one.interval, other.interval)
        case Choice(), Choice() if point.kind is PointKind.SET:
            return one.options > other.options
        case Choice(), Choice() if point.kind is not PointKind.STANCE:
            parents = {id: option.parent for id, option in point.options.items() if option.parent}
            return any(not other.options.isdisjoint(ancestors(o, parents)) for o in one.options)
    return False


def _is_within(one: Interval[E], other: Interval[E]) -> bool:
    """Whether all of `one` is in `other`: no part of it is below or above."""
    below = Interval(None, other.low, high_open=not other.low_open)
    above = Interval(other.high, None, low_open=not other.high_open)
    return not (
        (other.low is not None and one.meets(below))
        or (other.high is not None and one.meets(above))
    )


def article_relations(topic: Topic, statements: Sequence[Statement]) -> Iterator[Relation]:
    """Yield the relations of articles to own texts of voices that say what they credit to them."""
    text_points = {point.id for point in topic.points if point.kind is PointKind.TEXT}
    own = {
        (each.claim.point, voice, each.article.id)
        for each in statements
        if each.claim.value is not None and each.claim.point not in text_points
        for voice in each.speakers
    }
    pairs: dict[tuple[str, str], None] = {}  # an ordered set
    for each in statements:
        by = each.claim.by or ""
        text = topic.primary.get(by, "")
        counts = each.standing is Standing.COUNTS and text != each.article.id
        if counts and (each.claim.point, by, text) in own:
            pairs[each.article.id, text] = None
    for article, text in pairs:
        yield Relation(subject=article, predicate=Predicate.ASSERTION, object=text)


def summary_relations(article: str, summaries: Mapping[str, str]) -> Iterator[Relation]:
    """Yield the relation of each summary of `article` to it; `summaries` has URLs by language."""
    for address in summaries.values():
        yield Relation(subject=address, predicate=Predicate.SOURCE, object=article)
