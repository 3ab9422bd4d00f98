"""The numbers of Chinese, simplified and traditional: `两万三千`, `2,870万`, `一百二`, `一半`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.numerals.tokens import Grammar, Role, Token

GRAMMAR = Grammar(gap=re.compile(r"[ 多余餘來来幾几]?"), tenths=True)
"""`两万三` is 23000, and `两万零三` 20003; `三千多万` is more than 30 million."""
_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_DIGITS |= dict(
    zip(
        "两兩壹贰貳叁參肆伍陆陸柒捌玖俩", (2, 2, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 2), strict=True
    )
)
_TENS = {"廿": 20, "卅": 30}
_MULTIPLIERS = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4,
    "亿": 10**8, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_ONE_CHARACTER = re.compile(f"[{''.join((*_DIGITS, *_TENS, *_MULTIPLIERS))}半]")
_IN_A_ROW = re.compile(
    "[〇零一二三四五六七八九]{3,}(?![十百千万萬亿億])|[一二三四五六七八九]*[〇零][〇零一二三四五六七八九]+"
    "(?![十百千万萬亿億])(?<![十百千万萬亿億]零.)"
)
"""Matches digits one by one, as in years: `二〇二五`."""
_HALF = re.compile("一半")
_POINT = re.compile("(?<=[〇零一二三四五六七八九十])[点點](?=[〇零一二三四五六七八九])")
_UNSURE = frozenset("一两兩半俩零千百万萬三參千")
"""Characters of other words: `一些`, `万一`."""


def word_tokens(text: str) -> Iterator[Token]:
    """Yield the characters of a text that are parts of numbers."""
    for match in _HALF.finditer(text):
        yield _number(*match.span(), Decimal("0.5"), sure=False)
    rows = [match.span() for match in _IN_A_ROW.finditer(text) if _stands_free(text, match.start())]
    for start, end in rows:
        digits = "".join(str(_DIGITS[character]) for character in text[start:end])
        yield Token(start=start, end=end, role=Role.DIGITS, values=(Decimal(digits),))
    for match in _POINT.finditer(text):
        yield Token(start=match.start(), end=match.end(), role=Role.POINT)
    for match in _ONE_CHARACTER.finditer(text):
        if not any(start <= match.start() < end for start, end in rows):
            yield _token(text, match.group(), *match.span())


def _stands_free(text: str, start: int) -> bool:
    """Whether no multiplier stands before a place."""
    return text[start - 1 : start] not in _MULTIPLIERS


def _number(start: int, end: int, value: Decimal, *, sure: bool) -> Token:
    return Token(start=start, end=end, role=Role.NUMBER, values=(value,), sure=sure)


def _token(text: str, character: str, start: int, end: int) -> Token:
    sure = character not in _UNSURE or text[start - 1 : start] == "第"
    if character in _MULTIPLIERS:
        value = Decimal(_MULTIPLIERS[character])
        alone = character in "十拾" or text.startswith("分之", end)
        return Token(
            start=start, end=end, role=Role.MULTIPLIER, values=(value,), alone=alone, sure=sure
        )
    if character == "半":
        return _number(start, end, Decimal("0.5"), sure=sure)
    if character in "〇零" and text[start - 1 : start] in _MULTIPLIERS:
        return Token(start=start, end=end, role=Role.LINK)
    value = Decimal(_DIGITS.get(character, _TENS.get(character, 0)))
    return _number(start, end, value, sure=sure)
