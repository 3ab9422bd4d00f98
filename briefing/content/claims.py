"""Reads the claims of a lead: points, values, voices and locators.

`values` parses numbers and dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.content.fields import PerLanguage, language_tag, localized, member, parse_text
from briefing.content.outlets_voices import ARTICLE_VOICE, Register
from briefing.content.values import is_in_hours, read_period, read_quantity
from briefing.model.article import Claim, Confidence, Locator, Mode
from briefing.model.site import Language, Point, PointKind, Voice
from briefing.model.values import Choice, FreeText, Period, Quantity, Value
from briefing.problems import Place, Problem, Problems, raise_if_any
from briefing.syntax.cldr import primary_language
from briefing.syntax.nodes import Field, Node, mapping, optional, required, text, token
from briefing.syntax.readers import (
    YES_OR_NO,
    After,
    Each,
    Either,
    KeyOf,
    OneOf,
    Reader,
    Record,
    Then,
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
            _locator(languages, article_language),
            "The few words, as they stand in the article, that find the passage.",
        ),
    }

    def fields(node: Node) -> dict[str, Field[Any]]:
        written = mapping(node)
        value: Reader[Value] = partial(_value, by_id, written, languages)
        return common | {
            "says": required(value, "The value it gives.", cure=SAYS_CURE, instead="mentions"),
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
        of_time = self.point.kind is PointKind.DURATION and self.point.unit is not None
        unit = self.point.unit.cldr if of_time and self.point.unit else None
        locales = [language.locale for language in self.languages]
        return parse_text(partial(read_quantity, unit=unit, locales=locales), node)


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


def _locator(languages: tuple[Language, ...], article_language: str) -> Either[Locator, Locator]:
    """Return a reader of a locator: only words, or where a passage starts, ends and what is around.

    languages: those of the site, for a gloss.
    """

    def only_words(node: Node, words: str) -> Locator:
        return Locator(
            start=words,
            end=None,
            before=None,
            after=None,
            language=article_language,
            gloss={},
            place=node.place,
        )

    def fields(node: Node) -> dict[str, Field[Any]]:
        language, written = article_language, mapping(node)
        if "lang" in written:
            with suppress(Problems):  # reported when the field is read
                language = language_tag(written["lang"])
        words, around = LocatorWords(language), LocatorWords(language, pauses=True)
        return {
            "start": required(words, "The first words of the passage."),
            "end": optional(words, "The last words of a longer passage."),
            "before": optional(around, "The words just before, where the words occur twice."),
            "after": optional(around, "The words just after, where the words occur twice."),
            "lang": optional(
                language_tag,
                "The language of the words, where it is not the article's.",
                default=article_language,
            ),
            "gloss": optional(
                After(refuse_bare_gloss, PerLanguage(languages, partial(Gloss, language), False)),
                "What the words mean, for readers of other languages: at most twelve words.",
                default={},
            ),
        }

    def make(node: Node) -> Callable[..., Locator]:
        return lambda lang, **rest: Locator(language=lang, place=node.place, **rest)

    return Either(Then(LocatorWords(article_language), only_words), Record(fields, make))


def refuse_bare_gloss(node: Node) -> None:
    """Do nothing for a gloss that names a language. Raises Problems otherwise."""
    cure = "write it like `gloss: {en: …}`, or leave it out"
    if isinstance(node.value, str):
        node.fail("must say which language it is in", cure)
    if not mapping(node):
        node.fail("is empty", cure)


class Gloss(Struct, frozen=True):
    """A reader of the gloss in one language on words in another: a few words."""

    language: str
    """Of the words (BCP 47)."""
    of_gloss: Language

    def __call__(self, node: Node) -> str:
        """Return the gloss. Raises Problems."""
        if primary_language(self.of_gloss.code) == primary_language(self.language):
            cure = "leave it out: a gloss is for those who cannot read the words"
            node.fail(f"the words are in `{self.language}` themselves", cure)
        gloss = " ".join(text(node).split())
        if is_unspaced(self.of_gloss.code):
            if (count := len(gloss)) > MAX_GLOSS_CHARACTERS:
                node.fail(f"{count} characters", f"write at most {MAX_GLOSS_CHARACTERS}; {_SHORT}")
        elif (count := len(gloss.split())) > MAX_GLOSS_WORDS:
            node.fail(f"{count} words", f"write at most {MAX_GLOSS_WORDS}; {_SHORT}")
        if (count := len(gloss)) > MAX_LOCATOR_CHARACTERS:
            node.fail(f"{count} characters", f"write at most {MAX_LOCATOR_CHARACTERS}; {_SHORT}")
        return gloss


class LocatorWords(Struct, frozen=True):
    """A reader of at most five words, or of one clause where words have no spaces."""

    language: str
    """Of the words (BCP 47)."""
    pauses: bool = False
    """Whether punctuation is allowed. The words before and after a passage may have some: in a
    text fragment, punctuation between them and the passage must be given too."""

    def __call__(self, node: Node) -> str:
        """Return the words. Raises Problems."""
        words = " ".join(text(node).split())
        if wrong := locator_mistake(words, self.language, pauses=self.pauses):
            node.fail(*wrong)
        return words


def _value(
    by_id: OneOf[Point],
    claim: Mapping[str, Node],
    languages: tuple[Language, ...],
    node: Node,
) -> Value:
    """Return the value of a claim with these fields. Raises Problems.

    Empty Problems without a point: that is reported where the point is read.
    """
    if (named := claim.get("point")) is None:
        raise Problems
    return value_reader(by_id(named), languages)(node)


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
