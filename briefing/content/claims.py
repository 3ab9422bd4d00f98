"""The claims of a lead file: points, values, voices and locators."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from briefing.content.fields import language_tag, localized, member, value_of
from briefing.content.outlets_voices import OWN, Register
from briefing.content.values import read_period, read_quantity
from briefing.model.article import Claim, Confidence, Locator, Mode
from briefing.model.site import Language, Point, PointKind, Voice
from briefing.model.values import Choice, FreeText, Value
from briefing.problems import Problem, Problems, raise_if_any
from briefing.syntax.nodes import (
    Node,
    each,
    key_of,
    mapping,
    one_of,
    optional,
    part,
    required,
    text,
    yes_or_no,
)

MAX_CLAIMS = 20
"""Claims of one article on one point; more are claims on several points."""
MAX_WORDS = 5
"""Words of a locator: enough to find a passage, too few to copy it."""
MAX_LOCATOR = 200
"""Characters of a locator, whatever its language."""
MAX_CLAUSE = 50
"""Characters of a locator in a language that is written without spaces."""

SAY = "write `says: …`, or `mentions: true` where no value is given"

_LONGER = "`start:` and `end:` find a longer passage"
_UNSPACED = re.compile(r"(?:zh|ja|yue)(?:-|$)", re.IGNORECASE)
_PAUSES = re.compile(r"[;:!?，。；：！？、]|[,.](?!\d)")


def read_claims(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
) -> Callable[[Node], tuple[Claim, ...]]:
    """Give the reader of the `claims:` of an article in a language."""
    read_each = each(partial(_claim, points, voices, languages, article_language))

    def read(node: Node) -> tuple[Claim, ...]:
        claims = read_each(node)
        by_point: dict[str, list[Claim]] = {}
        for claim in claims:
            by_point.setdefault(claim.point, []).append(claim)
        raise_if_any(
            Problem(
                told[MAX_CLAIMS].place,
                f"{len(told)} claims on `{point}`; at most {MAX_CLAIMS}",
                "make several points of it",
            )
            for point, told in by_point.items()
            if len(told) > MAX_CLAIMS
        )
        return claims

    return read


def _claim(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
    node: Node,
) -> Claim:
    says = mapping(node).get("says")
    value = partial(_value, points, languages, node)

    def make(point: Point, says: Value | None, **rest: Any) -> Claim:
        del rest["mentions"]  # is what no value means
        return Claim(point=point.id, value=says, place=node.place, **rest)

    return node.record(
        make,
        point=required(one_of(points, "point")),
        says=optional(value) if "mentions" in mapping(node) else required(value, SAY),
        mentions=optional(partial(_mentions, says), False),
        by=optional(partial(_voice, voices)),
        via=optional(each(key_of(voices, "voice")), ()),
        mode=optional(member(Mode)),
        confidence=optional(member(Confidence), Confidence.STATED),
        text=optional(localized(languages)),
        at=required(partial(_locator, article_language)),
    )


def _voice(voices: Register[Voice], node: Node) -> str | None:
    return None if text(node) == OWN else key_of(voices, "voice")(node)


def _mentions(says: Node | None, node: Node) -> bool:
    if not yes_or_no(node):
        node.fail("false says nothing", "leave it out" if says else SAY)
    if says is not None:
        node.fail(
            "a claim that says a value cannot only mention the point", "keep `says` or `mentions`"
        )
    return True


def _value(
    points: Register[Point], languages: tuple[Language, ...], claim: Node, node: Node
) -> Value:
    point = one_of(points, "point")(part(claim, "point"))
    match point.kind:
        case PointKind.NUMBER | PointKind.DURATION:
            return value_of(read_quantity, node)
        case PointKind.DATE | PointKind.DATETIME:
            return value_of(read_period, node)
        case PointKind.SET:
            return Choice(_options(point, node))
        case PointKind.TEXT:
            return FreeText(localized(languages)(node))
        case _:
            return Choice(frozenset([key_of(point.options, "option")(node)]))


def _options(point: Point, node: Node) -> frozenset[str]:
    """Read the options of a set: at least one, each once."""
    chosen = each(key_of(point.options, "option"))(node)
    if not chosen:
        node.fail("is empty", "write at least one option, or `mentions: true`")
    if len(set(chosen)) < len(chosen):
        node.fail("has an option twice", "write each option once")
    return frozenset(chosen)


def _locator(article_language: str, node: Node) -> Locator:
    """Read a locator: the words alone, or with where they end and what stands around them."""
    if isinstance(node.value, str):
        words = _words(article_language)(node)
        return Locator(
            start=words,
            end=None,
            before=None,
            after=None,
            language=article_language,
            place=node.place,
        )
    given: Mapping[str, Node] = mapping(node)
    language = article_language
    if "lang" in given:
        with suppress(Problems):  # told by the field itself
            language = language_tag(given["lang"])
    words_in = _words(language)

    def make(
        start: str, end: str | None, before: str | None, after: str | None, lang: str
    ) -> Locator:
        return Locator(
            start=start, end=end, before=before, after=after, language=lang, place=node.place
        )

    return node.record(
        make,
        start=required(words_in),
        end=optional(words_in),
        before=optional(_words(language, pauses=True)),
        after=optional(_words(language, pauses=True)),
        lang=optional(language_tag, article_language),
    )


def _words(language: str, *, pauses: bool = False) -> Callable[[Node], str]:
    """Read at most five words, or one clause of a language written without spaces.

    What stands around a passage may go on beyond a pause: a browser asks for the mark too.
    """

    def read(node: Node) -> str:
        words = " ".join(text(node).split())
        if (count := len(words)) > MAX_LOCATOR:
            node.fail(f"{count} characters", f"write at most {MAX_LOCATOR}; {_LONGER}")
        if _UNSPACED.match(language):
            if _PAUSES.search(words) and not pauses:
                node.fail("more than one clause", f"write one clause; {_LONGER}")
            if (count := len(words)) > MAX_CLAUSE:
                node.fail(f"{count} characters", f"write at most {MAX_CLAUSE}; {_LONGER}")
        elif (count := len(words.split())) > MAX_WORDS:
            node.fail(f"{count} words", f"write at most {MAX_WORDS}; {_LONGER}")
        return words

    return read
