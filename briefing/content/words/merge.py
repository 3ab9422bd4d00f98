"""Words files -> the words of each language, those of the site over those of the theme.

They merge key by key. What neither has, or the site leaves empty, is taken from the English of the
theme, and the language names it as untranslated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from briefing.content.shared import Files
from briefing.model.site import Language
from briefing.model.theme import TEMPLATES, THEME, has_theme
from briefing.problems import Place
from briefing.syntax.cldr import with_broader
from briefing.syntax.nodes import Node, mapping

SECTIONS = ("words", "patterns", "languages", "countries", "cities")
"""The mappings of a words file, each merged key by key."""
FALLBACK = "en"
"""The language of the theme from which words are taken that a language does not have."""


class WordsFile(Struct, frozen=True):
    """The words of one language, from every file that has some of them."""

    node: Node
    untranslated: tuple[str, ...] = ()
    """Keys of the words that are in English."""


class WordsFiles(Struct, frozen=True):
    """The words files of a site."""

    files: Files
    """All sources that are of no topic, by path."""
    open_yaml: Callable[[str], Node]
    """Returns the root of a YAML file, or raises Problems."""

    @property
    def is_laid_over(self) -> bool:
        """Whether they lie over those of the theme, so that a language may lack some."""
        return has_theme(self.files)

    def of(self, language: Language) -> WordsFile:
        """Return the words of a language. Raises Problems, also where no file has any."""
        own, theirs = f"{TEMPLATES}words/{language.code}.yaml", self._path_in_theme(language)
        if not self.is_laid_over or (own not in self.files and not theirs):
            return WordsFile(self.open_yaml(own))
        below = self.open_yaml(theirs) if theirs else Node({}, Place(own))
        base = _words_in_forms_of(language, below.value if isinstance(below.value, dict) else {})
        root = self.open_yaml(own) if own in self.files else replace(below, value=base)
        node = _over(base, root)
        return self._with_english(node, language)

    def _path_in_theme(self, language: Language) -> str:
        """Return the words file of the theme for a language, or for a broader one; "" for none."""
        paths = (f"{THEME}words/{code}.yaml" for code in with_broader(language.code))
        return next((path for path in paths if path in self.files), "")

    def _with_english(self, node: Node, language: Language) -> WordsFile:
        """Return the words of a node, and in English those that it does not have."""
        english = self.open_yaml(f"{THEME}words/{FALLBACK}.yaml")
        fallback = mapping(mapping(english)["words"])
        sections = mapping(node)
        own = sections.get("words", Node({}, Place(node.place.path), "words"))
        missing = {
            key: _in_forms_of(language, fallback[key]) for key in fallback.keys() - mapping(own)
        }
        words = replace(own, value={**mapping(own), **missing})
        untranslated = (
            () if language.code == FALLBACK else tuple(k for k in fallback if k in missing)
        )
        return WordsFile(replace(node, value={**sections, "words": words}), untranslated)


def _over(base: Mapping[str, Node], own: Node) -> Node:
    """Return the root of a words file over the fields of another, section by section.

    A word that is empty counts as none. Raises Problems for what is no mapping.
    """
    given = dict(mapping(own))
    for name in SECTIONS:
        if name in given:
            below = base[name].value if name in base else {}
            entries = {
                key: word for key, word in mapping(given[name]).items() if not _is_empty(word)
            }
            merged = {**below, **entries} if isinstance(below, dict) else entries
            given[name] = replace(given[name], value=merged)
    return replace(own, value={**base, **given})


def _is_empty(word: Node) -> bool:
    """Whether a word, or every plural form of it, is still to be written."""
    if isinstance(word.value, dict):
        return all(map(_is_empty, word.value.values()))
    return isinstance(word.value, str) and not word.value.strip()


def _words_in_forms_of(language: Language, root: Mapping[str, Node]) -> dict[str, Node]:
    """Return the fields of a words file, its words with the plural forms of another language."""
    if "words" not in root or not isinstance(words := root["words"].value, dict):
        return dict(root)
    inflected = {key: _in_forms_of(language, word) for key, word in words.items()}
    return {**root, "words": replace(root["words"], value=inflected)}


def _in_forms_of(language: Language, word: Node) -> Node:
    """Return an English word with the plural forms of another language, those it lacks as `other`.

    https://cldr.unicode.org/index/cldr-spec/plural-rules
    """
    if not isinstance(word.value, dict) or "other" not in word.value:
        return word
    forms = {form: word.value.get(form, word.value["other"]) for form in sorted(language.forms)}
    return replace(word, value=forms)
