"""Reads the claims of a lead: what each is on, who is credited, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.content.claims.locator import locator_reader
from briefing.content.claims.said import Said
from briefing.content.fields import localized, member
from briefing.content.outlets_voices import ARTICLE_VOICE, Register
from briefing.content.values import is_in_hours
from briefing.model.article import Claim, Confidence, Mode
from briefing.model.site import Language, Point, Voice
from briefing.model.values import Quantity, Value
from briefing.problems import Place, Problem, raise_if_any
from briefing.syntax.nodes import Field, Node, mapping, optional, required, token
from briefing.syntax.readers import (
    YES_OR_NO,
    Each,
    KeyOf,
    OneOf,
    Reader,
    Record,
    Then,
)

MAX_CLAIMS = 20
"""Claims of one article on one point; more are a problem: the point is to be divided."""
SAYS_CURE = "write `says: …`, or `mentions: true` where no value is given"


def read_claims(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
) -> Reader[tuple[Claim, ...]]:
    """Return a reader of the `claims:` of an article in `article_language` (BCP 47).

    points, voices: what a claim may refer to. languages: those of the site, for texts.
    """
    return Then(Each(_claim(points, voices, languages, article_language)), few_on_each_point)


def few_on_each_point(_: Node, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return claims, at most MAX_CLAIMS on each point. Raises Problems for more."""
    by_point: dict[str, list[Claim]] = {}
    for claim in claims:
        by_point.setdefault(claim.point, []).append(claim)
    raise_if_any(
        Problem(
            on_point[MAX_CLAIMS].place,
            f"{len(on_point)} claims on `{point}`; at most {MAX_CLAIMS}",
            "make several points of it",
        )
        for point, on_point in by_point.items()
        if len(on_point) > MAX_CLAIMS
    )
    return claims


def _claim(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
) -> Record[Claim]:
    """Return a reader of a claim; what it may say depends on its point."""
    by_id = OneOf(points, "point")
    common: dict[str, Field[Any]] = {
        "point": required(by_id, "The point that it is on."),
        "by": optional(
            Speaker(voices),
            "The voice that it credits; left out for the article's own words.",
        ),
        "via": optional(
            Each(KeyOf(voices, "voice")), "The voices through which it was learned.", default=()
        ),
        "mode": optional(member(Mode), "What the voice does with what it says."),
        "confidence": optional(
            member(Confidence), "inferred: read between the lines.", default=Confidence.STATED
        ),
        "text": optional(localized(languages), "A nuance, in every language."),
        "at": required(
            locator_reader(languages, article_language),
            "The few words, as they stand in the article, that find the passage.",
        ),
    }

    def fields(node: Node) -> dict[str, Field[Any]]:
        written = mapping(node)
        return common | {
            "says": required(
                Said(by_id, written, languages),
                "The value it gives.",
                cure=SAYS_CURE,
                instead="mentions",
            ),
            "mentions": optional(
                Then(YES_OR_NO, partial(only_mentions, written.get("says"))),
                "true: it speaks of the point and gives no value.",
                default=False,
            ),
        }

    def make(node: Node) -> Callable[..., Claim]:
        return partial(_make_claim, node.place, mapping(node).get("says"))

    return Record(fields, make, depends_on="point", cases=points)


def _make_claim(
    place: Place, written: Node | None, *, point: Point, says: Value | None, **rest: Any
) -> Claim:
    """Return a claim of the values of its fields. written: the node of `says:`, if it has one."""
    del rest["mentions"]  # the same as no value
    in_hours = bool(written and isinstance(says, Quantity) and is_in_hours(token(written)))
    return Claim(point=point.id, value=says, in_hours=in_hours, place=place, **rest)


class Speaker(Struct, frozen=True):
    """A reader of the id of a voice, or of ARTICLE_VOICE."""

    voices: Register[Voice]

    def __call__(self, node: Node) -> str | None:
        """Return the id; None for the article itself. Raises Problems."""
        return None if token(node) == ARTICLE_VOICE else KeyOf(self.voices, "voice")(node)


def only_mentions(says: Node | None, node: Node, mentions: bool) -> bool:
    """Return True, the one value of `mentions:`. Raises Problems, also beside a `says:`."""
    if not mentions:
        node.fail("false says nothing", "leave it out" if says else SAYS_CURE)
    if says is not None:
        node.fail(
            "a claim that says a value cannot only mention the point", "keep `says` or `mentions`"
        )
    return mentions
