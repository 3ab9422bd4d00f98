"""A style sheet without what no browser reads: comments, white space, last semicolons.

Tokens are those of https://www.w3.org/TR/css-syntax-3/. White space goes only where neither a token
nor a selector depends on it: a style sheet of a user, whatever is in it, says what it said.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = "\0"
"""Stands for a piece that stays as it is. No style sheet has it: it is read as U+FFFD."""
_PIECE = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    |"(?:\\.|[^"\\\n])*["\n]?
    |'(?:\\.|[^'\\\n])*['\n]?
    |\burl\(\s*(?!["'\s])[^)]*\)
    |\\(?:[0-9a-f]{1,6}\s?|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_STATEMENT = re.compile(r"([^{};]*)([{};]|\Z)")
_IN_ALL = re.compile(r" ?(,) ?|([(\[]) | ([)\]])")
_IN_SELECTOR = re.compile(r" ?([>~+]) ?")
_IN_CONDITION = re.compile(r" ?([<>]=?) ?|(:) ")
_IN_VALUE = re.compile(r" ?(/) ?(?![*/])| (!)")
_PROPERTY = re.compile(r"^([\w-]+) ?: ?")
_BESIDE = frozenset(" \t\n\r\f{};,")


@lru_cache(maxsize=50)
def minified(style: str) -> str:
    """Return a style sheet that says the same in fewer characters.

    The cache spares the preview from doing it again at each save, twice.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        piece = found[0]
        if piece.startswith("/*"):
            beside = {found.string[found.start() - 1], found.string[found.end() : found.end() + 1]}
            if found.start() == 0 or "" in beside or beside & _BESIDE:
                return ""
            piece = "/**/"  # it parts two tokens
        kept.append(piece)
        return _KEPT

    text = _SPACE.sub(" ", _PIECE.sub(keep, style.replace(_KEPT, "\ufffd")))
    text = _STATEMENT.sub(_shorter, text).replace(";}", "}")
    pieces = iter(kept)
    return re.sub(_KEPT, lambda _: next(pieces), text)


def _shorter(statement: re.Match[str]) -> str:
    """Write a selector, the head of an at-rule or a declaration, and the sign that ends it."""
    text, end = statement[1].strip(" "), statement[2]
    if not text:
        return end.replace(";", "")
    text = _IN_ALL.sub(_signs, text)
    if text.startswith("@"):
        text = _IN_CONDITION.sub(_signs, text)
    elif end == "{":
        text = _IN_SELECTOR.sub(_signs, text)
    else:
        text = _IN_VALUE.sub(_signs, _PROPERTY.sub(r"\1:", text))
    return text + end


def _signs(found: re.Match[str]) -> str:
    """Return what was found, without the spaces."""
    return found[0].strip(" ")
