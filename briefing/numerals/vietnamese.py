"""The words of numbers in Vietnamese: `hai mươi lăm`, `một triệu rưỡi`, `nửa`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.numerals.tokens import Grammar, Role, Token, suffix_token
from briefing.numerals.words import find_words, words_of

GRAMMAR = Grammar(gap=re.compile(r"[ \u00a0]{0,2}"), tenths=True)
"""`hai nghìn ba` is 2300, and `hai nghìn linh ba` 2003."""
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "đôi": 2,
}  # fmt: skip
_UNIT_DIGITS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_MULTIPLIERS = {
    "mươi": 10, "chục": 10, "tá": 12, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_SUFFIXES = {"k": 1000, "tr": 10**6}
_UNSURE = frozenset(["một", "ba", "năm", "đôi", "nửa"])
"""Words that are others as well: `năm` is also a year, `ba` a father."""
_HALF = re.compile(r"\b(?:một )?nửa\b", re.IGNORECASE)
_WORDS = frozenset([*_NUMBERS, *_UNIT_DIGITS, *_MULTIPLIERS, *_SUFFIXES, "rưỡi", "phẩy"])
_OTHERS = frozenset(["linh", "lẻ", "không", "nửa", "nhất", "nhì"])
"""Words of which one is in all that is no single word: `không trăm`, `thứ nhất`."""
_ORDINAL = re.compile(r"(?:(?<=thứ )|(?<=háng )|(?<=hần ))(?:nhất|nhì|tư)\b", re.IGNORECASE)
"""Matches the words that mean a number in `thứ tư`, `tháng Tư`, `ba phần tư` alone."""
_ORDINALS = {"nhất": 1, "nhì": 2, "tư": 4}
_LINK = re.compile(r"\bkhông trăm(?: linh| lẻ)?\b|\b(?:linh|lẻ)\b", re.IGNORECASE)


def word_tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text that are parts of numbers."""
    words = words_of(text)
    if _WORDS.isdisjoint(words) and _OTHERS.isdisjoint(words):
        return
    for match in _LINK.finditer(text):
        yield Token(start=match.start(), end=match.end(), role=Role.LINK)
    for match in _HALF.finditer(text):
        half = (Decimal("0.5"),)
        yield Token(start=match.start(), end=match.end(), role=Role.NUMBER, values=half, sure=False)
    for match in _ORDINAL.finditer(text):
        value = Decimal(_ORDINALS[match.group().lower()])
        yield Token(start=match.start(), end=match.end(), role=Role.NUMBER, values=(value,))
    for match in find_words(text, _WORDS):
        word, (start, end) = match.group().lower(), match.span()
        if token := _token(word, start, end):
            yield token
        elif word in _SUFFIXES and text[start - 1 : start].isdecimal():
            yield suffix_token(_SUFFIXES[word], start, end)


def _token(word: str, start: int, end: int) -> Token | None:
    if word in _NUMBERS:
        role, value = Role.NUMBER, _NUMBERS[word]
    elif word in _UNIT_DIGITS:
        role, value = Role.UNIT_DIGIT, _UNIT_DIGITS[word]
    elif word in _MULTIPLIERS:
        role, value = Role.MULTIPLIER, _MULTIPLIERS[word]
    elif word == "rưỡi":
        role, value = Role.HALF, 0
    elif word == "phẩy":
        role, value = Role.POINT, 0
    else:
        return None
    return Token(
        start=start,
        end=end,
        role=role,
        values=(Decimal(value),),
        alone=False,
        sure=word not in _UNSURE,
        linked=word == "năm",
    )
