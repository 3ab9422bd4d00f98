"""Numbers of one point that differ as a number and the same number rounded do."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from briefing.model.article import Claim
from briefing.model.site import Point, Site, Topic
from briefing.model.values import SECONDS_OF_UNIT, Form, Quantity
from briefing.problems import Problem
from briefing.syntax.spoken_durations import in_hours_and_minutes

_A_TENTH, _A_TWENTIETH = Decimal("0.1"), Decimal("0.05")


def numbers_are_not_rounded(site: Site) -> Iterator[Problem]:
    """Yield the claims of exact numbers that may be another article's number, rounded.

    They count as a contradiction: 67 and 67.34, 30000 and 29874.
    """
    for topic in site.topics:
        exact = _exact_claims(topic)
        for point in topic.points:
            yield from _rounded(point, exact.get(point.id, {}))


def _exact_claims(topic: Topic) -> dict[str, dict[Decimal, list[Claim]]]:
    """Return the claims of a topic that say an exact number, by their points and numbers."""
    exact: dict[str, dict[Decimal, list[Claim]]] = {}
    for claim in (claim for article in topic.articles for claim in article.claims):
        if isinstance(claim.value, Quantity) and claim.value.form is Form.EXACT:
            numbers = exact.setdefault(claim.point, {})
            numbers.setdefault(claim.value.numbers[0], []).append(claim)
    return exact


def _rounded(point: Point, claims: dict[Decimal, list[Claim]]) -> Iterator[Problem]:
    """Yield the claims of each number that may be another one rounded; the nearest is named."""
    finer: dict[Decimal, Decimal] = {}
    for one, other in combinations(claims, 2):
        for rounded, exact in ((one, other), (other, one)):
            nearest = finer.get(rounded, exact)
            if may_be_rounded(rounded, exact) and abs(exact - rounded) <= abs(nearest - rounded):
                finer[rounded] = exact
    for rounded, exact in finer.items():
        source = claims[exact][0]
        for claim in claims[rounded]:
            about = f"~{_written(point, claim)}"
            message = (
                f"{_written(point, claim)} may be the {_written(point, source)} of "
                f"{source.place}, rounded; now they are in conflict"
            )
            yield Problem(claim.place, message, f'if it is rounded, write `says: "{about}"`')


def _written(point: Point, claim: Claim) -> str:
    """Return the exact number of a claim as the content format has it."""
    assert isinstance(claim.value, Quantity), "only numbers are looked at"
    number = claim.value.numbers[0]
    size = SECONDS_OF_UNIT.get(point.unit.cldr or "", 0) if point.unit else 0
    hours = in_hours_and_minutes(round(number * size, 3)) if claim.in_hours else None
    return hours or str(number)


def may_be_rounded(rounded: Decimal, exact: Decimal) -> bool:
    """Whether a number may be another one rounded, to fewer decimals or to zeros at its end.

    Such a number is within what `~` means, a tenth. Zeros at the end of a whole number may also
    be counted, so there it is within a twentieth: 90 may be 93, and 10 is neither 9 nor 11.
    """
    step = _step(rounded)
    if _step(exact) >= step or abs(exact - rounded) > step / 2:
        return False
    return abs(exact - rounded) <= abs(rounded) * (_A_TENTH if step <= 1 else _A_TWENTIETH)


def _step(number: Decimal) -> Decimal:
    """Return the place of the last digit that is no zero at the end: 0.01 of 2.70, 1000 of 3000.

    Zeros behind the point are written because they are meant.
    """
    written = number.as_tuple().exponent
    assert isinstance(written, int), "a number of a claim is finite"
    exponent = written if written < 0 or not number else number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))
