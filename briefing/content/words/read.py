"""Reads the words of the templates in each language, and compares those of the languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from briefing.content.fields import (
    PluralForms,
    country,
    language_tag,
    time_zone,
)
from briefing.content.words.merge import WordsFiles
from briefing.model.site import Language
from briefing.problems import Collector, Place, Problem
from briefing.syntax.cldr import (
    DATE_PATTERNS,
    is_date_pattern,
)
from briefing.syntax.nodes import Field, Node, mapping, optional, required, text, token
from briefing.syntax.placeholders import placeholders
from briefing.syntax.readers import (
    Either,
    Entries,
    KeyOf,
    Reader,
    Then,
)


def read_words(languages: tuple[Language, ...], words_files: WordsFiles) -> tuple[Language, ...]:
    """Return the languages with the words of their words files.

    Raises Problems, also for words that differ between languages.
    """
    collector = Collector()
    words_nodes: dict[str, Node] = {}
    with_words = []
    for language in languages:
        with collector.collect():
            of_language = words_files.of(language)
            node = of_language.node
            full = node.record(
                partial(replace, language, untranslated=of_language.untranslated),
                **words_fields(language),
            )
            words_nodes[language.code] = mapping(node)["words"]
            with_words.append(full)
    found = _differences(with_words, words_nodes, may_lack=words_files.is_laid_over)
    collector.add(found)
    collector.done()
    return tuple(with_words)


def words_fields(language: Language) -> dict[str, Field[Any]]:
    """Return the fields of the words file of a language."""
    return {
        "reviewed_by": optional(
            Then(text, lambda _, name: None if name == "none" else name),
            "Who speaks the language and has reviewed all words, or none.",
        ),
        "words": required(
            Entries(Either(text, PluralForms(language))), "The words of the pages by their keys."
        ),
        "patterns": optional(
            Entries(date_pattern, KeyOf(DATE_PATTERNS, "pattern")),
            "CLDR date patterns, as newspapers write dates.",
            default={},
        ),
        "languages": _names("languages", language_tag, "Names of languages that fit a sentence."),
        "countries": _names("countries", country, "Names of countries as newspapers write them."),
        "cities": _names("cities", time_zone, "What time zones are called, by their IANA names."),
    }


def date_pattern(node: Node) -> str:
    """Return a CLDR date pattern. Raises Problems."""
    if not is_date_pattern(token(node)):
        node.fail(f"{node.value!r} is not a date pattern", "write it like `d/M/y`")
    return token(node)


def _names(field: str, read_key: Reader[str], about: str) -> Field[Mapping[str, str]]:
    """Return a field of names by a code, which is read by `read_key`."""
    return optional(Entries(text, read_key, field), about, default={})


def _differences(
    languages: list[Language], words_nodes: Mapping[str, Node], *, may_lack: bool
) -> list[Problem]:
    """Return a problem for each word that a language lacks or fills in otherwise.

    may_lack: whether a word of the site may be in one language only; a template that shows it in
    another is a problem then.
    """
    problems = []
    first_with: dict[str, Language] = {}
    for language in languages:
        for key in language.words:
            first_with.setdefault(key, language)
    for language in languages:
        node = words_nodes[language.code]
        for key, first in first_with.items():
            if key not in language.words and may_lack:
                continue
            if key not in language.words:
                place = Place(node.place.path, node.place.line)
                problems.append(
                    Problem(
                        place,
                        f"words: `{key}` is missing",
                        f"add `{key}: …`, as `{first.code}` has it",
                    )
                )
                continue
            ours, theirs = _filled_in(language, key), _filled_in(first, key)
            if ours != theirs:
                message = f"{key}: fills in {ours}, where `{first.code}` fills in {theirs}"
                problems.append(
                    Problem(mapping(node)[key].place, message, "fill in the same in every language")
                )
    return problems


def _filled_in(language: Language, key: str) -> str:
    """Return the placeholders of a word as a list; `{n}` may be missing, as in `one article`."""
    names = placeholders(language.words[key]) - {"n"}
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing"
