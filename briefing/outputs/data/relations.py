"""How claims and articles stand to each other, as data, in the terms of CiTO.

CiTO is made for citations (https://sparontologies.github.io/cito/current/cito.html). What it says
of a text that cites and one that is cited, is said here of what was compared.
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
from briefing.outputs.data.shapes import Shape, told

MAX_RELATED = 12
"""Values of a point up to which each two are related: more make more pairs than anybody follows,
and whoever wants them has the values. A claim adds at most so many relations."""


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

    subject: Annotated[str, told("The id of a claim or an article; of a summary its address.")]
    predicate: Annotated[Predicate, told("The IRI of the property.")]
    object: Annotated[str, told("The id of a claim or an article.")]


class _Held:
    """The claims that say one value."""

    def __init__(self, value: Value, first: Statement) -> None:
        self.value = value
        self.first = first
        self.second: Statement | None = None
        """The first of another text."""
        self.others: list[Statement] = []
        """All of other texts."""

    def take(self, statement: Statement) -> None:
        """Take one more that says it."""
        if statement.witness != self.first.witness:
            self.second = self.second or statement
            self.others.append(statement)

    def apart(self, other: _Held) -> tuple[Statement, Statement] | None:
        """Give the first claims of two values that do not stand in the same text, if any."""
        for one in (self.first, self.second):
            for another in (other.first, other.second):
                if one and another and one.witness != another.witness:
                    return one, another
        return None


def claims_related(point: Point, said: Iterable[Statement]) -> Iterator[Relation]:
    """Relate the claims on a point that count, where they stand in different texts.

    A claim is related to the first of its value. The first ones are related to each other, if
    the values are not too many.
    """
    if point.kind is PointKind.TEXT:
        return
    held = _held(said)
    for each in held:
        for statement in each.others:
            yield _relation(statement, Predicate.AGREES, each.first)
    if len(held) <= MAX_RELATED:
        for one, other in combinations(held, 2):
            if pair := one.apart(other):
                yield _related(point, *pair)


def _held(said: Iterable[Statement]) -> Sequence[_Held]:
    held: dict[Value, _Held] = {}
    for statement in said:
        value = statement.claim.value
        if value is not None and statement.standing is Standing.COUNTS:
            if (same := held.get(value)) is not None:
                same.take(statement)
            else:
                held[value] = _Held(value, statement)
    return tuple(held.values())


def _related(point: Point, one: Statement, other: Statement) -> Relation:
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
    """Whether one of two compatible values says all that the other says."""
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
    """Whether all that is in a span is in another: nothing of it is below or above that."""
    below = Interval(None, other.low, high_open=not other.low_open)
    above = Interval(other.high, None, low_open=not other.high_open)
    return not (
        (other.low is not None and one.meets(below))
        or (other.high is not None and one.meets(above))
    )


def articles_related(topic: Topic, said: Sequence[Statement]) -> Iterator[Relation]:
    """Relate articles to the own texts of the voices that they credit with what those say."""
    words = {point.id for point in topic.points if point.kind is PointKind.TEXT}
    own = {
        (each.claim.point, voice, each.article.id)
        for each in said
        if each.claim.value is not None and each.claim.point not in words
        for voice in each.speakers
    }
    found: dict[tuple[str, str], None] = {}
    for each in said:
        by = each.claim.by or ""
        text = topic.primary.get(by, "")
        counts = each.standing is Standing.COUNTS and text != each.article.id
        if counts and (each.claim.point, by, text) in own:
            found[each.article.id, text] = None
    for article, text in found:
        yield Relation(subject=article, predicate=Predicate.ASSERTION, object=text)


def summaries_related(article: str, summaries: Mapping[str, str]) -> Iterator[Relation]:
    """Relate our summaries, whose addresses come by language, to their article."""
    for address in summaries.values():
        yield Relation(subject=address, predicate=Predicate.SOURCE, object=article)
