"""The press: the templates, once in each language of the site, and what is made for many pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from markupsafe import Markup

from briefing.model.site import Language, Site
from briefing.rendering.i18n import Words
from briefing.rendering.templates import Compiled, Templates
from briefing.syntax.cldr import text_direction

T = TypeVar("T")
DrawCard = Callable[[Any, Mapping[str, bytes]], bytes | None]
"""Draws a card with fonts, which come by path; gives None where they have not all its signs."""
FONTS = "templates/card_fonts/"


class Renderer:
    """The templates in each language of a site, and what they are given."""

    def __init__(
        self,
        site: Site,
        compiled: Compiled,
        files: Mapping[str, bytes],
        artist: DrawCard | None = None,
    ) -> None:
        """The files are the sources that are no topic's: fonts and pictures are among them."""
        self.site = site
        self.files = files
        self._artist = artist
        self._fonts = {path: files[path] for path in files if path.startswith(FONTS)}
        self.languages = {language.code: language for language in site.languages}
        self.words = {lang.code: Words(lang, site.time_zone) for lang in site.languages}
        self._made: dict[tuple[object, ...], object] = {}
        in_language = _in_language(site.languages)
        self._templates = {
            language.code: Templates(
                compiled,
                {
                    "site": site,
                    "language": language,
                    "words": self.words[language.code],
                    "in_language": in_language,
                    "tongues": self.words,
                },
            )
            for language in site.languages
        }

    def draw_card(self, card: object) -> bytes | None:
        """Draw a card; None where nobody can. Raises Problems for a font that is none."""
        return self._artist(card, self._fonts) if self._artist else None

    def for_language(self, language: Language) -> Templates:
        """Give the templates as they speak a language."""
        return self._templates[language.code]

    def memoize(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Give what is made for a key, made once for all the sheets that are printed together."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]  # type: ignore[assignment]
        return made

    def forget(self) -> None:
        """Forget what was made: other sheets come."""
        self._made.clear()


def _in_language(languages: Iterable[Language]) -> Callable[[str], Markup]:
    """Give what writes the attributes of an element whose text is in a language, by its tag.

    A language of the site has the direction the site says it has.
    """
    known = {language.code: language.dir for language in languages}

    @cache
    def write(tag: str) -> Markup:
        return Markup('lang="{}" dir="{}"').format(tag, known.get(tag) or text_direction(tag))

    return write
