"""Two versions of a paragraph -> what one says and the other does not, by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from briefing.checks.parity.amounts import number_marks
from briefing.checks.parity.limits import (
    are_fitting,
    are_opposite,
    knows_limits,
    limit_of_number,
)
from briefing.checks.parity.links import link_differences
from briefing.checks.parity.marks import Kind, Mark, Weight
from briefing.checks.parity.moments import date_marks, day_marks, time_marks
from briefing.checks.parity.names import Names
from briefing.checks.parity.negations import (
    knows_negations,
    negations_in,
    polarity,
    sentences_of,
)
from briefing.checks.parity.plain import PlainBlock
from briefing.checks.parity.said import Difference, Said, Span
from briefing.numerals.numbers import knows_words


class Version(Struct, frozen=True):
    """A paragraph in one language."""

    block: PlainBlock
    language: str

    @property
    def text(self) -> str:
        """Its words."""
        return self.block.text


@lru_cache(maxsize=16_384)
def marks_of(text: str, language: str) -> tuple[Mark, ...]:
    """Return the numbers, dates, days and hours of a text, in their order."""
    dates = list(date_marks(text, language))
    days = [mark for mark in day_marks(text, language) if not _overlaps(mark, dates)]
    times = [mark for mark in time_marks(text, language) if not _overlaps(mark, dates)]
    taken = [(m.start, m.end) for m in (*dates, *days, *times) if m.weight is not Weight.NEVER]
    numbers = list(number_marks(text, language, taken))
    if times:
        times = [_or_duration(mark, text, language) for mark in times]
    return tuple(sorted([*dates, *days, *times, *numbers], key=lambda mark: mark.start))


def _overlaps(mark: Mark, others: Iterable[Mark]) -> bool:
    return any(mark.start < other.end and other.start < mark.end for other in others)


def _or_duration(mark: Mark, text: str, language: str) -> Mark:
    """Return an hour of the day, which `21 giờ` may be and may not, as what it can be."""
    alone = number_marks(text[mark.start : mark.end], language, ())
    values = tuple(value for each in alone if each.start == 0 for value in each.values)
    if not values:
        return mark
    return Mark(
        start=mark.start,
        end=mark.end,
        kind=mark.kind,
        values=mark.values + values,
        weight=Weight.ALONE,
        limit=mark.limit or limit_of_number(text, mark.start, mark.end, language),
    )


@lru_cache(maxsize=4_096)
def differences(one: Version, other: Version, names: Names) -> tuple[Difference, ...]:
    """Return what differs between an original (`one`) and its translation (`other`).

    names: the names of the site.
    """
    return tuple(_differences(one, other, names))


def _differences(one: Version, other: Version, names: Names) -> Iterator[Difference]:
    are_known = knows_words(one.language) and knows_words(other.language)
    yield from (_marks if are_known or one.language == other.language else _digits)(one, other)
    if knows_limits(one.language) and knows_limits(other.language):
        yield from _limits(one, other)
    yield from link_differences(one.block, other.block)
    yield from _quotations(one, other)
    yield from _names(one, other, names)
    if knows_negations(one.language) and knows_negations(other.language):
        yield from _negations(one, other)


def _marks(one: Version, other: Version) -> Iterator[Difference]:
    """Yield the marks of either version that the other does not have."""
    ours, theirs = (marks_of(each.text, each.language) for each in (one, other))
    here, there = _lacking(ours, theirs), _lacking(theirs, ours)
    if not here and not there:
        here, there = _counted(ours, theirs)
    for mark in here:
        pair = _pair(mark, there, one.text, other.text)
        if _is_told(mark, pair, there):
            if pair:
                there.remove(pair)
            yield _difference(mark, pair)
    for mark in there:
        if _is_told(mark, None, here):
            yield _difference(None, mark)


def _digits(one: Version, other: Version) -> Iterator[Difference]:
    """Yield the numbers, dates and hours in digits where each version has one for the other's.

    What only one of them lacks may be there in words, which are not known in one of the languages.
    """
    ours, theirs = (marks_of(each.text, each.language) for each in (one, other))
    left, right = _lacking(ours, theirs), _lacking(theirs, ours)
    here, there = _in_digits(left, right, one.text), _in_digits(right, left, other.text)
    for mark in here:
        if pair := _pair(mark, there, one.text, other.text):
            there.remove(pair)
            yield _difference(mark, pair)


def _in_digits(marks: Sequence[Mark], others: Sequence[Mark], text: str) -> list[Mark]:
    """Return the marks of a text in digits that can be the same as none of `others`."""
    return [
        mark
        for mark in marks
        if mark.weight is Weight.ALONE
        and any(map(str.isdigit, text[mark.start : mark.end]))
        and not any(mark.may_be_same(each) for each in others)
    ]


def _lacking(marks: Sequence[Mark], others: Sequence[Mark]) -> list[Mark]:
    """Return the marks that are the same as none of `others`; that in its place is tried first."""
    return [
        mark
        for at, mark in enumerate(marks)
        if not (
            (at < len(others) and mark.is_same(others[at]))
            or any(mark.is_same(each) for each in others)
        )
    ]


def _counted(ours: Sequence[Mark], theirs: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of each version that it has once more often, if as many have numbers.

    20, 30 and 30 are not 20, 20 and 30.
    """
    sure, others = ([m for m in each if m.weight is Weight.ALONE] for each in (ours, theirs))
    if len(sure) != len(others):
        return [], []
    left = list(others)
    here = []
    for mark in sure:
        if match := next((each for each in left if mark.is_same(each)), None):
            left.remove(match)
        else:
            here.append(mark)
    return (here, left) if len(here) == 1 else ([], [])


def _pair(mark: Mark, others: Sequence[Mark], text: str, other: str) -> Mark | None:
    """Return the mark of the other version that stands for one, of its kind and nearest to it."""
    alike = [m for m in others if _are_alike(mark, m) and m.weight is not Weight.NEVER]
    share = mark.start / max(1, len(text))
    return min(alike, key=lambda m: abs(m.start / max(1, len(other)) - share), default=None)


_NUMBERS = (Kind.NUMBER, Kind.ORDINAL)


def _are_alike(one: Mark, other: Mark) -> bool:
    return one.kind is other.kind or {one.kind, other.kind} <= set(_NUMBERS)


def _is_told(mark: Mark, pair: Mark | None, others: Iterable[Mark]) -> bool:
    """Whether a mark is told that the other version lacks; `others` are those that this one lacks.

    A date may be `Tuesday` or `that day` in the other version.
    """
    if pair:
        return mark.weight is not Weight.NEVER and (
            mark.kind is pair.kind or Weight.ALONE in (mark.weight, pair.weight)
        )
    if mark.kind is Kind.DATE and any(m.kind in (Kind.DAY, Kind.WEEKDAY) for m in others):
        return False
    return mark.weight is Weight.ALONE


def _difference(here: Mark | None, there: Mark | None) -> Difference:
    mark = here or there
    assert mark is not None, "one of both is there"
    return Difference(said=Said.VALUE, kind=str(mark.kind), one=_span(here), other=_span(there))


def _span(mark: Mark | None) -> Span | None:
    return (mark.start, mark.end) if mark else None


def _limits(one: Version, other: Version) -> Iterator[Difference]:
    """Yield the numbers and days of both versions of which they say other things."""
    ours, theirs = (
        [m for m in marks_of(each.text, each.language) if m.weight is not Weight.NEVER]
        for each in (one, other)
    )
    if not any(mark.limit for mark in (*ours, *theirs)):
        return
    for mark in ours:
        same = [each for each in theirs if mark.is_same(each)]
        back = [each for each in ours if same and same[0].is_same(each)]
        if mark not in back or len(same) != len(back):
            continue
        pair = same[back.index(mark)]
        if _is_limited_otherwise(mark, pair):
            yield Difference(said=Said.LIMIT, kind="limit", one=_span(mark), other=_span(pair))


def _is_limited_otherwise(one: Mark, other: Mark) -> bool:
    if Kind.NUMBER in (one.kind, other.kind):
        return not are_fitting(one.limit, other.limit)
    return are_opposite(one.limit, other.limit)


def _quotations(one: Version, other: Version) -> Iterator[Difference]:
    """Yield a quotation that one version has more than the other; what may be a name only answers.

    A title may be in emphasis there.
    """
    ours, theirs = one.block.quotations, other.block.quotations
    if len(ours) + one.block.emphasised == len(theirs) + other.block.emphasised:
        return
    if extra := _unanswered(one.block, len(theirs)):
        yield Difference(said=Said.QUOTATION, kind="quotation", one=extra, other=None)
    elif extra := _unanswered(other.block, len(ours)):
        yield Difference(said=Said.QUOTATION, kind="quotation", one=None, other=extra)


def _unanswered(block: PlainBlock, answers: int) -> Span | None:
    """Return the first quotation of a block for which `answers` are too few; None if they do."""
    sure = [each for each in block.quotations if not block.may_be_name(each)]
    return sure[answers] if len(sure) > answers else None


def _names(one: Version, other: Version, names: Names) -> Iterator[Difference]:
    """Yield a name that stands where the other version has another."""
    ours, theirs = (list(names.in_text(v.text, v.language)) for v in (one, other))
    if [each.id for each in ours] == [each.id for each in theirs]:
        return
    here, there = (Counter(each.id for each in found) for found in (ours, theirs))
    more, less = here - there, there - here
    is_swapped = len(ours) == len(theirs) and more.total() == 1
    absent = [id for id in more if id not in there], [id for id in less if id not in here]
    if not (is_swapped or all(absent)):
        return
    gone, new = (next(iter(more)), next(iter(less))) if is_swapped else (absent[0][0], absent[1][0])
    before = [(m.start, m.end) for m in ours if m.id == gone]
    after = [(m.start, m.end) for m in theirs if m.id == new]
    yield Difference(said=Said.NAME, kind="name", one=before[-1], other=after[-1])


def _negations(one: Version, other: Version) -> Iterator[Difference]:
    """Yield the sentence of one version that says no once more than the other."""
    ours, theirs = (negations_in(each.text, each.language) for each in (one, other))
    if not ours and not theirs:
        return
    for mine, yours in sentences_of(one.text, other.text):
        here = polarity(one.text, mine, ours, one.language)
        there = polarity(other.text, yours, theirs, other.language)
        if here.excess(there):
            span = here.spans[-1]
            yield Difference(said=Said.NEGATION, kind="negation", one=span, other=None, near=yours)
        elif there.excess(here):
            span = there.spans[-1]
            yield Difference(said=Said.NEGATION, kind="negation", one=None, other=span, near=mine)
