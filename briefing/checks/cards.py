"""Titles -> those that are shared with the plain card, and the signs for which they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.content.shared import Files
from briefing.model.site import Site
from briefing.model.theme import TEMPLATES, is_below
from briefing.outputs.cards.canvas import is_available
from briefing.outputs.cards.draw import undrawable_characters
from briefing.problems import Place, Problem
from briefing.rendering.renderer import CARD_FONTS
from briefing.syntax.characters import describe_character

MOST = 3
"""Characters of a title that are named."""


def titles_have_a_card(site: Site, files: Files) -> Iterator[Problem]:
    """Yield the titles with characters that no font of the cards has; none without Pillow.

    Titles in a language whose very letters no font has are left to `languages_without_cards`.
    files: the shared source files, by path; the fonts are among them. Raises Problems for a font
    that cannot be read.
    """
    if not is_available():
        return
    fonts = _fonts(files)
    without = _languages_without_cards(site, fonts)
    for code, title in site.title.items():
        if code not in without:
            yield from _plain_card(title, Place("site.yaml"), "the site", fonts)
    for topic in site.topics:
        for code, text in topic.texts.items():
            if code not in without:
                yield from _plain_card(text.title, text.place, "the topic", fonts)


def languages_without_cards(site: Site, files: Files) -> Iterator[Problem]:
    """Yield a note on the languages whose letters no font has, if any; nothing without Pillow.

    files: as for `titles_have_a_card`. Raises Problems for a font that cannot be read.
    """
    if is_available() and (names := _languages_without_cards(site, _fonts(files))):
        listed = ", ".join(names.values())
        message = f"titles in {listed} are shared with the plain card: no font has their letters"
        cure = f"for cards of their own, put a font that has them into {TEMPLATES}{CARD_FONTS}"
        yield Problem(Place("site.yaml"), message, cure)


def _fonts(files: Files) -> Mapping[str, bytes]:
    return {path: files[path] for path in files if is_below(path, CARD_FONTS)}


def _languages_without_cards(site: Site, fonts: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the names of the languages that cannot even be named on a card, by code."""
    names = {language.code: language.name for language in site.languages}
    return {code: name for code, name in names.items() if undrawable_characters(name, fonts)}


def _plain_card(
    title: str, place: Place, what: str, fonts: Mapping[str, bytes]
) -> Iterator[Problem]:
    if signs := undrawable_characters(title, fonts):
        more = f" and {len(signs) - MOST} more" if len(signs) > MOST else ""
        missing = ", ".join(map(describe_character, signs[:MOST])) + more
        message = f"title: {what} is shared with the plain card: no font has {missing}"
        cure = f"say it in words, or put a font that has it into {TEMPLATES}{CARD_FONTS}"
        yield Problem(place, message, cure)
