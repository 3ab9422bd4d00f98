"""How two values relate: equal, one within the other, or in conflict."""

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
    """Compare two spans: the same, meeting, or apart."""
    if a == b:
        return Relation.EQUAL
    return Relation.COMPATIBLE if a.meets(b) else Relation.CONFLICT


def relate_sets(a: frozenset[str], b: frozenset[str], core: str | None) -> Relation:
    """Compare two sets: the same, one in the other or with the core in both, or apart."""
    if a == b:
        return Relation.EQUAL
    compatible = a <= b or b <= a or core in a & b
    return Relation.COMPATIBLE if compatible else Relation.CONFLICT


def relate_in_tree(a: str, b: str, parents: Mapping[str, str]) -> Relation:
    """Compare two nodes of a tree: the same, one above the other, or on two branches."""
    if a == b:
        return Relation.EQUAL
    related = a in ancestors(b, parents) or b in ancestors(a, parents)
    return Relation.COMPATIBLE if related else Relation.CONFLICT


def ancestors(node: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Give what stands above a node, nearest first; stops where a circle closes."""
    seen = {node}
    while (node := parents.get(node, "")) and node not in seen:
        seen.add(node)
        yield node


def relate_on_scale(a: str, b: str, scale: tuple[str, ...], tolerance: int) -> Relation:
    """Compare two places on an ordered scale: the same, within `tolerance` steps, or further."""
    if a == b:
        return Relation.EQUAL
    near = abs(scale.index(a) - scale.index(b)) <= tolerance
    return Relation.COMPATIBLE if near else Relation.CONFLICT
