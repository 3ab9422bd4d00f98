"""The words of the pages for a language that has none: the English stands beside each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.syntax.cldr import babel_locale, english_name, plural_forms
from briefing.syntax.nodes import Node, mapping
from briefing.syntax.yaml_writing import flow

_FORMS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories, in their order."""


def words_to_translate(code: str, english: Node) -> str:
    """Return the text of a words file for a language, every word of it still to be written.

    english: the words file of English, parsed.
    """
    forms = plural_forms(str(babel_locale(code)))
    name = english_name(code)
    lines = [
        f"# The words of the pages in {name}. Write each between its quotation marks; the English",
        "# stands behind it. What is between braces is filled in, and stays as it is.",
        "words:",
        *_lines(mapping(mapping(english)["words"]), forms),
    ]
    return "".join(f"{line}\n" for line in lines)


def _lines(words: Mapping[str, Node], forms: frozenset[str]) -> Iterator[str]:
    for key, node in words.items():
        if isinstance(node.value, dict):
            for_each = ", ".join(f'{form}: ""' for form in _FORMS if form in forms)
            means = flow({form: str(item.value) for form, item in node.value.items()})
            yield f"  {key}: {{{for_each}}} # {means}"
        else:
            yield f'  {key}: "" # {str(node.value).strip()}'
