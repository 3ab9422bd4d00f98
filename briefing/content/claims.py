"""Reads the claims of a lead: points, values, voices and locators.

`values` parses numbers and dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from briefing.content.fields import language_tag, localized, member, parse_text, per_language
from briefing.content.outlets_voices import ARTICLE_VOICE, Register
from briefing.content.values import is_in_hours, read_period, read_quantity
from briefing.model.article import Claim, Confidence, Locator, Mode
from briefing.model.site import Language, Point, PointKind, Voice
from briefing.model.values import Choice, FreeText, Quantity, Value
from briefing.problems import Problem, Problems, raise_if_any
from briefing.syntax.cldr import primary_language
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
    token,
    yes_or_no,
)

MAX_CLAIMS = 20
"""Claims of one article on one point; more are a problem: the point is to be divided."""
MAX_WORDS = 5
"""Words of a locator: enough to find a passage, too few to copy it."""
MAX_LOCATOR_CHARACTERS = 200
"""Characters of the words of a locator, in any language."""
MAX_CLAUSE_CHARACTERS = 50
"""Characters of a locator in a language that is written without spaces."""
MAX_GLOSS_WORDS = 12
"""Words of a gloss: it says what a few words mean, and is no translation of the article."""
MAX_GLOSS_CHARACTERS = 30
"""Characters of a gloss in a language that is written without spaces."""

SAYS_CURE = "write `says: …`, or `mentions: true` where no value is given"

_SHORT = "say what the words mean, and no more"
_LONGER = "`start:` and `end:` find a longer passage"
_UNSPACED = re.compile(r"(?:zh|ja|yue)(?:-|$)", re.IGNORECASE)
_PAUSES = re.compile(r"[;:!?，。；：！？、]|[,.](?!\d)")


def read_claims(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
) -> Callable[[Node], tuple[Claim, ...]]:
    """Return a reader of the `claims:` of an article in `article_language` (BCP 47).

    points, voices: what a claim may refer to. languages: those of the site, for texts.
    """
    read_each = each(partial(_claim, points, voices, languages, article_language))

    def read(node: Node) -> tuple[Claim, ...]:
        claims = read_each(node)
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

    return read


def _claim(
    points: Register[Point],
    voices: Register[Voice],
    languages: tuple[Language, ...],
    article_language: str,
    node: Node,
) -> Claim:
    written = mapping(node).get("says")
    value = partial(_value, points, languages, node)

    def make(point: Point, says: Value | None, **rest: Any) -> Claim:
        del rest["mentions"]  # the same as no value
        in_hours = bool(written and isinstance(says, Quantity) and is_in_hours(token(written)))
        return Claim(point=point.id, value=says, in_hours=in_hours, place=node.place, **rest)

    return node.record(
        make,
        point=required(one_of(points, "point")),
        says=optional(value) if "mentions" in mapping(node) else required(value, SAYS_CURE),
        mentions=optional(partial(_mentions, written), False),
        by=optional(partial(_voice, voices)),
        via=optional(each(key_of(voices, "voice")), ()),
        mode=optional(member(Mode)),
        confidence=optional(member(Confidence), Confidence.STATED),
        text=optional(localized(languages)),
        at=required(partial(_locator, languages, article_language)),
    )


def _voice(voices: Register[Voice], node: Node) -> str | None:
    """Return the id of a voice; None for the article itself. Raises Problems."""
    return None if token(node) == ARTICLE_VOICE else key_of(voices, "voice")(node)


def _mentions(says: Node | None, node: Node) -> bool:
    """Return True, the one value of `mentions:`. Raises Problems, also beside a `says:`."""
    if not yes_or_no(node):
        node.fail("false says nothing", "leave it out" if says else SAYS_CURE)
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
            return _quantity(point, languages, node)
        case PointKind.DATE | PointKind.DATETIME:
            return parse_text(read_period, node)
        case PointKind.SET:
            return Choice(_options(point, node))
        case PointKind.TEXT:
            return FreeText(localized(languages)(node))
        case _:
            return Choice(frozenset([key_of(point.options, "option")(node)]))


def _quantity(point: Point, languages: tuple[Language, ...], node: Node) -> Quantity:
    """Return the value of a number or a duration. Raises Problems."""
    of_time = point.kind is PointKind.DURATION and point.unit is not None
    unit = point.unit.cldr if of_time and point.unit else None
    locales = [language.locale for language in languages]
    return parse_text(partial(read_quantity, unit=unit, locales=locales), node)


def _options(point: Point, node: Node) -> frozenset[str]:
    """Return the options of a set: at least one, each once. Raises Problems."""
    chosen = each(key_of(point.options, "option"))(node)
    if not chosen:
        node.fail("is empty", "write at least one option, or `mentions: true`")
    if len(set(chosen)) < len(chosen):
        node.fail("has an option twice", "write each option once")
    return frozenset(chosen)


def _locator(languages: tuple[Language, ...], article_language: str, node: Node) -> Locator:
    """Return a locator: only words, or where a passage starts, ends and what is around it.

    languages: those of the site, for a gloss. Raises Problems.
    """
    if isinstance(node.value, str):
        words = _words(article_language)(node)
        return Locator(
            start=words,
            end=None,
            before=None,
            after=None,
            language=article_language,
            gloss={},
            place=node.place,
        )
    fields: Mapping[str, Node] = mapping(node)
    language = article_language
    if "lang" in fields:
        with suppress(Problems):  # reported when the field is read
            language = language_tag(fields["lang"])
    words_in = _words(language)

    def make(lang: str, **rest: Any) -> Locator:
        return Locator(language=lang, place=node.place, **rest)

    return node.record(
        make,
        start=required(words_in),
        end=optional(words_in),
        before=optional(_words(language, pauses=True)),
        after=optional(_words(language, pauses=True)),
        lang=optional(language_tag, article_language),
        gloss=optional(partial(_gloss, languages, language), {}),
    )


def _gloss(languages: tuple[Language, ...], language: str, node: Node) -> Mapping[str, str]:
    """Return what words in `language` mean, in some languages of the site. Raises Problems."""
    cure = "write it like `gloss: {en: …}`, or leave it out"
    if isinstance(node.value, str):
        node.fail("must say which language it is in", cure)
    if not mapping(node):
        node.fail("is empty", cure)
    return per_language(languages, partial(_gloss_in, language), complete=False)(node)


def _gloss_in(language: str, of_gloss: Language, node: Node) -> str:
    """Return the gloss in one language on words in another: a few words. Raises Problems."""
    if primary_language(of_gloss.code) == primary_language(language):
        cure = "leave it out: a gloss is for those who cannot read the words"
        node.fail(f"the words are in `{language}` themselves", cure)
    gloss = " ".join(text(node).split())
    if is_unspaced(of_gloss.code):
        if (count := len(gloss)) > MAX_GLOSS_CHARACTERS:
            node.fail(f"{count} characters", f"write at most {MAX_GLOSS_CHARACTERS}; {_SHORT}")
    elif (count := len(gloss.split())) > MAX_GLOSS_WORDS:
        node.fail(f"{count} words", f"write at most {MAX_GLOSS_WORDS}; {_SHORT}")
    if (count := len(gloss)) > MAX_LOCATOR_CHARACTERS:
        node.fail(f"{count} characters", f"write at most {MAX_LOCATOR_CHARACTERS}; {_SHORT}")
    return gloss


def _words(language: str, *, pauses: bool = False) -> Callable[[Node], str]:
    """Return a reader of at most five words, or of one clause where words have no spaces.

    pauses: allow punctuation. The words before and after a passage may have some: in a text
    fragment, punctuation between them and the passage must be given too.
    """

    def read(node: Node) -> str:
        words = " ".join(text(node).split())
        if wrong := locator_mistake(words, language, pauses=pauses):
            node.fail(*wrong)
        return words

    return read


def locator_mistake(words: str, language: str, *, pauses: bool) -> tuple[str, str] | None:
    """Return what is wrong with words of a locator, and the cure; None if nothing is.

    language: BCP 47, of the words. pauses: as for `_words`.
    """
    if (count := len(words)) > MAX_LOCATOR_CHARACTERS:
        return f"{count} characters", f"write at most {MAX_LOCATOR_CHARACTERS}; {_LONGER}"
    if is_unspaced(language):
        if _PAUSES.search(words) and not pauses:
            return "more than one clause", f"write one clause; {_LONGER}"
        if count > MAX_CLAUSE_CHARACTERS:
            return f"{count} characters", f"write at most {MAX_CLAUSE_CHARACTERS}; {_LONGER}"
    elif (count := len(words.split())) > MAX_WORDS:
        return f"{count} words", f"write at most {MAX_WORDS}; {_LONGER}"
    return None


def is_unspaced(language: str) -> bool:
    """Whether a language, of a BCP 47 tag, is written without spaces between words."""
    return bool(_UNSPACED.match(language))
