"""Reads what a claim says, by the kind of its point. `content.values` parses numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from msgspec import Struct

from briefing.content.fields import localized, parse_text
from briefing.content.values import read_period, read_quantity
from briefing.model.site import Language, Point, PointKind
from briefing.model.values import Choice, FreeText, Period, Quantity, Value
from briefing.problems import Problems
from briefing.syntax.nodes import Node
from briefing.syntax.readers import (
    Each,
    KeyOf,
    OneOf,
    Reader,
    Then,
)


class Said(Struct, frozen=True):
    """A reader of what a claim says, which depends on its point."""

    by_id: OneOf[Point]
    claim: Mapping[str, Node]
    """The fields of the claim."""
    languages: tuple[Language, ...]

    @property
    def reader(self) -> Reader[Value] | None:
        """The reader of values of the point; None if it has none, or there is no such point."""
        named = self.claim.get("point")
        with suppress(Problems):  # reported where the point is read
            return value_reader(self.by_id(named), self.languages) if named else None
        return None

    def __call__(self, node: Node) -> Value:
        """Return the value. Raises Problems; empty Problems without a point."""
        if (read := self.reader) is None:
            raise Problems
        return read(node)


def value_reader(point: Point, languages: tuple[Language, ...]) -> Reader[Value]:
    """Return a reader of what a claim on a point says."""
    option = KeyOf(point.options, "option")
    match point.kind:
        case PointKind.NUMBER | PointKind.DURATION:
            return QuantityOf(point, languages)
        case PointKind.DATE | PointKind.DATETIME:
            return period
        case PointKind.SET:
            return Then(Each(option), some_options)
        case PointKind.TEXT:
            return Then(localized(languages), lambda _, texts: FreeText(texts))
        case _:
            return Then(option, lambda _, chosen: Choice(frozenset([chosen])))


class QuantityOf(Struct, frozen=True):
    """A reader of the value of a number or a duration."""

    point: Point
    languages: tuple[Language, ...]

    def __call__(self, node: Node) -> Quantity:
        """Return the value. Raises Problems."""
        unit = self.point.unit.cldr if self.point.unit else None
        locales = [language.locale for language in self.languages]
        of_time = self.point.kind is PointKind.DURATION
        read = partial(read_quantity, unit=unit, locales=locales, of_time=of_time)
        return parse_text(read, node)


def period(node: Node) -> Period:
    """Return a date, or the time between two. Raises Problems."""
    return parse_text(read_period, node)


def some_options(node: Node, chosen: tuple[str, ...]) -> Choice:
    """Return the options of a set: at least one, each once. Raises Problems for others."""
    if not chosen:
        node.fail("is empty", "write at least one option, or `mentions: true`")
    if len(set(chosen)) < len(chosen):
        node.fail("has an option twice", "write each option once")
    return Choice(frozenset(chosen))
