"""The renderer: the templates in each language of the site, and what many pages share.

A template is rendered with a `PageContext` (see `context`) and what is global here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from markupsafe import Markup

from briefing.model.site import Language, Site
from briefing.model.theme import is_below
from briefing.rendering.i18n import Translator
from briefing.rendering.templates import Compiled, Templates
from briefing.syntax.cldr import text_direction

T = TypeVar("T")
DrawCard = Callable[[Any, Mapping[str, bytes]], bytes | None]
"""Draws a card with font files, by path, as PNG; returns None if they lack a character of it."""
CARD_FONTS = "card_fonts/"
"""The folder of the fonts of cards in the theme, and in templates/."""


class Renderer:
    """The templates of a site in each of its languages, with the names that are global in them."""

    def __init__(
        self,
        site: Site,
        compiled: Compiled,
        files: Mapping[str, bytes],
        draw_card: DrawCard | None = None,
    ) -> None:
        """Take compiled templates, and the shared source files by path: fonts are among them.

        draw_card: None where cards are not drawn.
        """
        self.site = site
        self.templates = compiled
        self.files = files
        self._draw_card = draw_card
        self._fonts = {path: files[path] for path in files if is_below(path, CARD_FONTS)}
        self.languages = {language.code: language for language in site.languages}
        self.words = {lang.code: Translator(lang, site.time_zone) for lang in site.languages}
        self._memo: dict[tuple[object, ...], object] = {}
        """What was made for the pages being rendered, by key: see `memoize`."""
        in_language = _language_attributes(site.languages)
        self._templates = {
            language.code: Templates(
                compiled,
                {
                    "site": site,
                    "language": language,
                    "words": self.words[language.code],
                    "in_language": in_language,
                    "words_of": self.words,
                },
            )
            for language in site.languages
        }

    def draw_card(self, card: object) -> bytes | None:
        """Return a card as PNG, or None if cards are not drawn or the fonts lack a character.

        Raises Problems for a font file that is no font.
        """
        return self._draw_card(card, self._fonts) if self._draw_card else None

    def for_language(self, language: Language) -> Templates:
        """Return the templates whose words are those of `language`."""
        return self._templates[language.code]

    def memoize(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return `make()`, called once for all pages rendered together that ask for the `key`."""
        if key not in self._memo:
            self._memo[key] = make()
        value: T = self._memo[key]  # type: ignore[assignment]
        return value

    def forget(self) -> None:
        """Forget what was memoized, before the pages of another unit are rendered."""
        self._memo.clear()


def _language_attributes(languages: Iterable[Language]) -> Callable[[str], Markup]:
    """Return a function from a BCP 47 tag to the attributes of an element in that language.

    A language of the site has the direction that site.yaml says, another that of CLDR.
    """
    known = {language.code: language.dir for language in languages}

    @cache
    def write(tag: str) -> Markup:
        return Markup('lang="{}" dir="{}"').format(tag, known.get(tag) or text_direction(tag))

    return write
