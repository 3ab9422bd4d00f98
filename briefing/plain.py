"""Plain Markdown, read without the parser: the few constructs that nearly all texts are made of.

What is not certain is not read here: anything that could mean something else to the
parser, or that it would tell of, makes `read_plain` give None, and the parser decides.
What is read is what https://spec.commonmark.org/0.31.2/ and, for tables,
https://github.github.com/gfm/#tables-extension- say of it, in the parser's own HTML;
tests/test_plain.py holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.addresses import MAX_ADDRESS, link_mistake
from briefing.prose import END, INTERNAL, LABEL, MAX_SEARCH, SLOT, Block, Link
from briefing.source import Lines, Text

MAX_PLAIN = 50_000
"""Characters of a text that is read here; a longer one is rare, and may take longer."""
MAX_HOSTS = 1_000
"""Hosts of links that are remembered, to look at the letters of each once."""

_SPECIAL = (
    *("\\", "`", "<", "~~", "!["),  # escapes, code, autolinks, strikethrough, images
    *("]:", "]["),  # definitions of references and links by reference
    " \n",  # a hard break, or a blank line that is not empty
    *("\ufffc", "\ufffd"),  # refused, although they can be printed
)
"""What no plain text has anywhere."""
_ENTITY = re.compile(r"&#?\w+;")
"""https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references"""
_OUTER_UNDERSCORE = re.compile(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
"""One that may be of emphasis: inside a word it is a letter."""
_OUTER_NBSP = re.compile(r"(?<![^\s*|#>()\[\]-])\xa0|\xa0(?![^\s*|#>()\[\]-])")
"""A no-break space at an edge, where it would be trimmed, or beside what its being a space decides."""

_BLOCK = re.compile(r"#[^\n]*+|[^\n]++(?:\n(?!#)[^\n]++)*+")
"""A line that may be a heading, or the lines up to a blank one or to such a line."""
_BEGINNING = r"(?:[-+=>|:#~ ]|[0-9]{1,9}[.)](?!\S))"
"""How a line begins that may be more than a line of a paragraph.

Indented code, headings and their underlines, fences, breaks, items, quotations, tables.
A break of `*` and an item with it are left out: see `_EMPHASIS`.
"""
_BEGINS_BLOCK = re.compile(_BEGINNING)
_INTERRUPTS = re.compile(rf"\n{_BEGINNING}")
_HEADING = re.compile(r"(#{2,6}) +([^\n]*[^\n# ])")
"""https://spec.commonmark.org/0.31.2/#atx-headings, of the second level on and not closed."""
_ITEM = re.compile(r"(?:-|([0-9]{1,9})\.) ")
"""https://spec.commonmark.org/0.31.2/#list-marker, with one space."""
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")
"""https://github.github.com/gfm/#delimiter-row, with pipes around it."""

_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_PUNCTUATION = r"!\"#$%&'(),\-./:;=>?@\[\]^{|}+“”‘’«»–—…"
_OPEN = (
    rf"(?:(?<!\S%s)(?=[{_LETTER}{_PUNCTUATION}])|(?<=[{_PUNCTUATION}]%s)(?=[{_LETTER}]))".replace(
        "%s", "{0}"
    )
)
