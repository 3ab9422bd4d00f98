"""The paragraphs of an original and of its translation, in pairs.

As many of both stand in the same order, unless others are much more alike: then they were moved.
Otherwise a dynamic program over numbers, names, links and lengths finds what was left out, added,
split or merged (Gale and Church, 1993, https://aclanthology.org/J93-1004/, does so for sentences).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from briefing.checks.parity.differences import Version, differences, marks_of
from briefing.checks.parity.marks import Mark, Weight
from briefing.checks.parity.names import Names
from briefing.checks.parity.plain import LinkedWords, PlainBlock

MOST = 60
"""Paragraphs of a text up to which pairs are looked for; of more the order is taken."""
_ALONE, _MERGED = -0.35, -0.25
"""Points for a paragraph without another, and for two that stand for one."""
_MARGIN = 0.6
"""Points by which another order must be better than that of the text."""


class Pair(Struct, frozen=True):
    """Paragraphs that stand for each other; one of both may have none, or two."""

    one: tuple[int, ...]
    """The numbers of those of the original, counted from 0."""
    other: tuple[int, ...]


class _Features(Struct, frozen=True):
    """By what a paragraph is known in another language."""

    marks: tuple[Mark, ...]
    names: Counter[str]
    links: Counter[str]
    length: int
    tag: str


def pair_paragraphs(
    one: Sequence[Version], other: Sequence[Version], names: Names
) -> tuple[Pair, ...]:
    """Return the pairs of paragraphs of an original (`one`) and its translation (`other`).

    names: the names of the site.
    """
    in_order = tuple(Pair((at,), (at,)) for at in range(min(len(one), len(other))))
    if max(len(one), len(other)) > MOST:
        return in_order
    if len(one) == len(other) and not _differ_twice(one, other, names):
        return in_order
    ours, theirs = ([_features(each, names) for each in versions] for versions in (one, other))
    if len(one) != len(other):
        return _by_program(ours, theirs)
    return _moved(ours, theirs) or in_order


def _differ_twice(one: Sequence[Version], other: Sequence[Version], names: Names) -> bool:
    """Whether two paragraphs or more differ from those in their place, as those do that moved."""
    differing = (a for a, b in zip(one, other, strict=True) if differences(a, b, names))
    return len(list(islice(differing, 2))) > 1


def _features(version: Version, names: Names) -> _Features:
    block = version.block
    marks = tuple(
        mark for mark in marks_of(block.text, version.language) if mark.weight is Weight.ALONE
    )
    return _Features(
        marks=marks,
        names=Counter(each.id for each in names.in_text(block.text, version.language)),
        links=Counter(link.target for link in block.links),
        length=len(block.text) * (3 if version.language.startswith(("zh", "ja", "yue")) else 1),
        tag=block.tag,
    )


def _joined(one: _Features, other: _Features) -> _Features:
    return _Features(
        marks=one.marks + other.marks,
        names=one.names + other.names,
        links=one.links + other.links,
        length=one.length + other.length,
        tag=one.tag,
    )


def _likeness(one: _Features, other: _Features) -> float:
    """Return how much two paragraphs are alike, from 0 to about 3."""
    alike = sum(any(mark.is_same(each) for each in other.marks) for mark in one.marks)
    most = max(len(one.marks), len(other.marks))
    points = alike / most if most else 0.15
    points += _shared(one.links, other.links) + 0.7 * _shared(one.names, other.names)
    points += 0.6 * min(one.length, other.length) / max(one.length, other.length, 1)
    return points - (0.8 if one.tag != other.tag else 0)


def _shared(one: Counter[str], other: Counter[str]) -> float:
    both = (one | other).total()
    return (one & other).total() / both if both else 0.15


def _moved(ours: Sequence[_Features], theirs: Sequence[_Features]) -> tuple[Pair, ...]:
    """Return the pairs of paragraphs that stand in another order; () if they do not."""
    kept = [_likeness(a, b) for a, b in zip(ours, theirs, strict=True)]
    doubtful = [at for at, points in enumerate(kept) if points < _doubt(ours[at])]
    found: dict[int, int] = {}
    for at in doubtful:
        others = [each for each in doubtful if each not in found.values()]
        found[at] = max(others, key=lambda each: _likeness(ours[each], theirs[at]))
    gained = sum(_likeness(ours[a], theirs[at]) - kept[at] for at, a in found.items())
    if all(at == a for at, a in found.items()) or gained < _MARGIN:
        return ()
    return tuple(Pair((found.get(at, at),), (at,)) for at in range(len(theirs)))


def _doubt(features: _Features) -> float:
    """Return the likeness below which a paragraph may belong to another."""
    known = bool(features.marks) + bool(features.links) + bool(features.names)
    return 0.85 + 0.4 * known


def _by_program(ours: Sequence[_Features], theirs: Sequence[_Features]) -> tuple[Pair, ...]:
    """Return the pairs that are best together, in order."""

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[Pair, ...]]:
        if i == len(ours) and j == len(theirs):
            return 0.0, ()
        ways = (
            (points + best(i + a, j + b)[0], (pair, *best(i + a, j + b)[1]))
            for points, pair, a, b in _steps(ours, theirs, i, j)
        )
        return max(ways, key=itemgetter(0))

    return best(0, 0)[1]


def _steps(
    ours: Sequence[_Features], theirs: Sequence[_Features], i: int, j: int
) -> Iterator[tuple[float, Pair, int, int]]:
    """Yield each way to go on from two paragraphs: points, pair, and how many are taken of each."""
    has_one, has_two = i < len(ours), i + 1 < len(ours)
    has_other, has_others = j < len(theirs), j + 1 < len(theirs)
    if has_one and has_other:
        yield _likeness(ours[i], theirs[j]), Pair((i,), (j,)), 1, 1
    if has_two and has_other:
        both = _likeness(_joined(ours[i], ours[i + 1]), theirs[j])
        yield both + _MERGED, Pair((i, i + 1), (j,)), 2, 1
    if has_one and has_others:
        both = _likeness(ours[i], _joined(theirs[j], theirs[j + 1]))
        yield both + _MERGED, Pair((i,), (j, j + 1)), 1, 2
    if has_one:
        yield _ALONE, Pair((i,), ()), 1, 0
    if has_other:
        yield _ALONE, Pair((), (j,)), 0, 1


def joined(blocks: Sequence[PlainBlock]) -> PlainBlock:
    """Return paragraphs as one."""
    if len(blocks) == 1:
        return blocks[0]
    links, at = [], 0
    for block in blocks:
        links += [LinkedWords(e.start + at, e.end + at, e.target) for e in block.links]
        at += len(block.text) + 1
    return PlainBlock(
        "\n".join(block.text for block in blocks),
        blocks[0].tag,
        tuple(links),
        sum(block.emphasised for block in blocks),
        sum(block.items for block in blocks),
    )
