"""The words that a site has in place of the theme's -> those that the engine changed or dropped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from briefing.model.site import Language
from briefing.model.theme import TEMPLATES, THEME
from briefing.problems import Collector, Place, Problem, Problems
from briefing.syntax.nodes import Node
from briefing.syntax.text import decode_text
from briefing.syntax.yaml import parse_fields

Files = Mapping[str, bytes]
MOST_KEYS = 8
"""Keys that a warning names."""


def word_changes(files: Files, name: str, origin: bytes | None) -> Iterator[Problem]:
    """Yield a warning for each word of a site that is another in the theme, or there no more.

    files: all sources by path. name: of the words file. origin: the theme's, as it was when the
    words were taken from it; None: not known, and then only what is gone is told.
    """
    own, now = _words(files[TEMPLATES + name]), _words(files[THEME + name])
    before = _words(origin) if origin is not None else {}
    for key, node in own.items():
        was, is_ = (_plain(words[key]) if key in words else None for words in (before, now))
        place = Place(
            TEMPLATES + name, (node.key or node.place).line, (node.key or node.place).column
        )
        if is_ is None and was is not None:
            message = f"{key}: the theme has no such word any more; it said {was}"
            yield Problem(place, message, "take it away, if no template of yours shows it")
        elif was is not None and was != is_:
            message = f"{key}: the theme says {is_} now; it said {was} when this was written"
            cure = f"see whether yours still fits, then run `override {name} --accept`"
            yield Problem(place, message, cure)


def words_are_translated(languages: tuple[Language, ...]) -> Iterator[Problem]:
    """Yield a warning for each language in which readers see some words in English."""
    for language in languages:
        if keys := language.untranslated:
            count, more = len(keys), ", …" if len(keys) > MOST_KEYS else ""
            listed = ", ".join(f"`{key}`" for key in keys[:MOST_KEYS]) + more
            message = f"{count} word{'s' * (count != 1)} not translated, shown in English: {listed}"
            place = Place(f"{TEMPLATES}words/{language.code}.yaml")
            yield Problem(place, message, f"write them in {language.name} below `words:`")


def _words(data: bytes) -> dict[str, Node]:
    """Return the words of a words file by key; none where it cannot be read: a build tells why."""
    try:
        fields = parse_fields(decode_text("words", data, Collector())).value
    except Problems:
        return {}
    words = fields.get("words") if isinstance(fields, dict) else None
    return words.value if words is not None and isinstance(words.value, dict) else {}


def _plain(node: Node) -> Any:
    """Return a word as an author writes it: a text, or its plural forms."""
    if isinstance(node.value, dict):
        return ", ".join(f"{form}: “{item.value}”" for form, item in node.value.items())
    return f"“{node.value}”"


def word_keys(data: bytes) -> tuple[str, ...]:
    """Return the keys of the words in a words file, in their order; none for an empty file."""
    return tuple(_words(data))


def keys_that_say(data: bytes, said: str) -> tuple[str, ...]:
    """Return the keys of the words in a words file in which a text stands, in any case."""
    words, text = _words(data), said.casefold()
    return tuple(key for key, node in words.items() if text in _plain(node).casefold())


def lines_of_words(data: bytes, keys: Collection[str]) -> str:
    """Return the lines of some words of a words file, as they stand in it."""
    lines, words = data.decode().splitlines(keepends=True), _words(data)
    starts = [(node.key or node.place).line for node in words.values()]
    starts += [number for number, line in enumerate(lines, 1) if line[0] not in " #\r\n"]
    found = []
    for key in keys:
        first = (words[key].key or words[key].place).line
        end = min((start for start in starts if start > first), default=len(lines) + 1)
        of_word = lines[first - 1 : end - 1]
        while len(of_word) > 1 and (not (text := of_word[-1].strip()) or text.startswith("#")):
            of_word.pop()
        found += of_word
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in found)


def with_words(data: bytes, lines: str) -> bytes:
    """Return a words file with some lines of words more, at the head of its words."""
    text = data.decode()
    if head := re.search(r"^words:[ \t]*(?:#.*)?\r?\n", text, re.MULTILINE):
        return f"{text[: head.end()]}{lines}{text[head.end() :]}".encode()
    if text and not text.endswith("\n"):
        text += "\n"
    return f"{text}words:\n{lines}".encode()
