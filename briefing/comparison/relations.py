"""Two intervals, sets or options -> how they relate. `verdict.relate` chooses by the point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from briefing.model.values import E, Interval


class Relation(StrEnum):
    """How two values of one point stand to each other."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    UNCOMPUTED = "uncomputed"


def relate_intervals(a: Interval[E], b: Interval[E]) -> Relation:
    """Return EQUAL for the same interval, COMPATIBLE if they meet, or else CONFLICT."""
    if a == b:
        return Relation.EQUAL
    return Relation.COMPATIBLE if a.meets(b) else Relation.CONFLICT


def relate_sets(a: frozenset[str], b: frozenset[str], core: str | None) -> Relation:
    """Return how two sets of options relate.

    They are COMPATIBLE if one contains the other, or if both have the option `core` (None for
    no such option).
    """
    if a == b:
        return Relation.EQUAL
    compatible = a <= b or b <= a or core in a & b
    return Relation.COMPATIBLE if compatible else Relation.CONFLICT


def relate_in_tree(a: str, b: str, parents: Mapping[str, str]) -> Relation:
    """Return how two nodes of a tree relate: COMPATIBLE if one is an ancestor of the other.

    parents: the parent of each node but the roots.
    """
    if a == b:
        return Relation.EQUAL
    related = a in ancestors(b, parents) or b in ancestors(a, parents)
    return Relation.COMPATIBLE if related else Relation.CONFLICT


def ancestors(node: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the ancestors of a node by `parents`, nearest first; a cycle ends it."""
    seen = {node}
    while (node := parents.get(node, "")) and node not in seen:
        seen.add(node)
        yield node


def relate_on_scale(a: str, b: str, scale: tuple[str, ...], tolerance: int) -> Relation:
    """Return how two options of an ordered `scale` relate: COMPATIBLE within `tolerance` steps."""
    if a == b:
        return Relation.EQUAL
    near = abs(scale.index(a) - scale.index(b)) <= tolerance
    return Relation.COMPATIBLE if near else Relation.CONFLICT
