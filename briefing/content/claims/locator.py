"""Reads locators: the few words of an article that find a passage, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec import Struct

from briefing.content.fields import PerLanguage, language_tag
from briefing.model.article import Locator
from briefing.model.site import Language
from briefing.problems import Problems
from briefing.syntax.cldr import primary_language
from briefing.syntax.nodes import Field, Node, mapping, optional, required, text
from briefing.syntax.readers import (
    After,
    Either,
    Record,
    Then,
)

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

_SHORT = "say what the words mean, and no more"
_LONGER = "`start:` and `end:` find a longer passage"
_UNSPACED = re.compile(r"(?:zh|ja|yue)(?:-|$)", re.IGNORECASE)
_PAUSES = re.compile(r"[;:!?，。；：！？、]|[,.](?!\d)")


def locator_reader(
    languages: tuple[Language, ...], article_language: str
) -> Either[Locator, Locator]:
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
        places = {name: part.place for name, part in mapping(node).items()}
        return lambda lang, **rest: Locator(language=lang, place=node.place, places=places, **rest)

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
