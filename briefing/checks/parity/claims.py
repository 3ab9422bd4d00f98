"""The numbers of links to points, held to the claims that the links lead to.

`[30 days](point:halt-days)` says the value of a claim, and readers compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from briefing.checks.parity.differences import marks_of
from briefing.checks.parity.marks import Count, Kind, Mark, Measured, Weight, are_near
from briefing.checks.parity.places import SourcePlaces
from briefing.checks.parity.plain import LinkedWords, PlainBlock, plain_block
from briefing.checks.stated.numbers import as_written
from briefing.model.article import Claim, Summary
from briefing.model.site import Point, Site, Topic
from briefing.model.values import Quantity
from briefing.numerals.durations import UNITS
from briefing.numerals.numbers import numbers_in
from briefing.problems import Problem

_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
"""What a number may be counted in by the words of a unit: `{n} million tonnes`."""


def numbers_are_those_of_claims(
    site: Site, read: Callable[[Iterable[str]], Mapping[str, bytes]]
) -> Iterator[Problem]:
    """Yield the numbers in links to points that no claim there has.

    In a summary, the claims of its article; in the text of a topic, those of all its articles.
    read: the files of the site, of which those are read in which something is told.
    """
    for topic in site.topics:
        everything = [claim for article in topic.articles for claim in article.claims]
        texts = [(everything, text) for text in topic.texts.values()]
        for article in topic.articles:
            texts += [(list(article.claims), text) for text in article.summaries.values()]
        for claims, text in texts:
            if any(link.kind == "point" for link in text.body.links):
                yield from _wrong_numbers(topic, claims, text, read)


def _wrong_numbers(
    topic: Topic,
    claims: Sequence[Claim],
    text: Summary,
    read: Callable[[Iterable[str]], Mapping[str, bytes]],
) -> Iterator[Problem]:
    points = {f"point:{point.id}": point for point in topic.points}
    blocks = [plain_block(block) for block in text.body.blocks]
    for number, block in enumerate(blocks):
        for link in block.links:
            point = points.get(link.target)
            values = _values(claims, point)
            if point and values and (mark := _wrong(block, link, text.language, point, values)):
                path = text.place.path
                places = SourcePlaces(path, read([path])[path], [each.text for each in blocks])
                place = places.place(number, block.text, (mark.start, mark.end))
                said = " or ".join(
                    dict.fromkeys(f"`{as_written(v.form, v.numbers)}`" for v in values)
                )
                words = block.text[mark.start : mark.end]
                message = f"`{words}` is none of what is claimed on `{point.id}`: {said}"
                yield Problem(place, message, "write what is claimed, or correct the claim")


def _values(claims: Sequence[Claim], point: Point | None) -> list[Quantity]:
    """Return the numbers that are claimed on a point; [] if other claims on it have none."""
    on = [claim.value for claim in claims if point and claim.point == point.id]
    return [value for value in on if isinstance(value, Quantity)]


def _wrong(
    block: PlainBlock, link: LinkedWords, language: str, point: Point, values: Sequence[Quantity]
) -> Mark | None:
    """Return the first number in the words of a link, if none of its numbers is claimed."""
    if not numbers_in(block.text[link.start : link.end], language):
        return None
    marks = [
        mark
        for mark in marks_of(block.text, language)
        if link.start <= mark.start < link.end
        and mark.kind in (Kind.NUMBER, Kind.ORDINAL)
        and mark.weight is Weight.ALONE
    ]
    claimed = {abs(number) for value in values for number in value.numbers}
    is_said = any(_is_one_of(mark, claimed, point) for mark in marks)
    return None if is_said or not marks else marks[0]


def _is_one_of(mark: Mark, claimed: set[Decimal], point: Point) -> bool:
    """Whether a number of a text can be one of those claimed, in the unit of the point."""
    name = (point.unit.cldr or "").removeprefix("duration-") if point.unit else ""
    unit = UNITS.get(name)
    for value in mark.values:
        if isinstance(value, Measured) and unit and value.dimension in ("seconds", "months"):
            is_alike = (value.dimension == "months") is unit.in_months
            if is_alike and any(are_near(value.amount, each * unit.size) for each in claimed):
                return True
        elif isinstance(value, Count | Measured):
            counts = [value.number / scale for scale in _SCALES]
            if any(are_near(count, each) for count in counts for each in claimed):
                return True
    return False
