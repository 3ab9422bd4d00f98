"""The words of numbers in English: `twenty-one`, `two and a half million`, `the third`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.numerals.tokens import Grammar, Role, Token, suffix_token
from briefing.numerals.words import find_words, words_of

GRAMMAR = Grammar(gap=re.compile(r"[ \u00a0-]?"))
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth", "eleventh", "twelfth", *(f"{word}th" for word in _SMALL[13:])),
)
_HALF, _THIRD, _QUARTER = Decimal("0.5"), Decimal(1) / 3, Decimal("0.25")
_NUMBERS: dict[str, tuple[Decimal, ...]] = {
    **{word: (Decimal(n),) for words in (_SMALL, _ORDINALS) for n, word in enumerate(words)},
    **{word: (Decimal(n * 10),) for n, word in enumerate(_TENS, 2)},
    **{f"{word[:-1]}ieth": (Decimal(n * 10),) for n, word in enumerate(_TENS, 2)},
    **dict.fromkeys(("both", "couple", "pair", "twice", "double", "twins"), (Decimal(2),)),
    **dict.fromkeys(("thrice", "triple"), (Decimal(3),)),
    "once": (Decimal(1),),
    "half": (_HALF,),
    "quarter": (_QUARTER,),
    "third": (Decimal(3), _THIRD),
}
"""By word; what is larger than nineteen can be added to."""
_MULTIPLIERS = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "hundredth": 100, "thousandth": 1000, "dozen": 12,
}  # fmt: skip
_SUFFIXES = {
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12,
}  # fmt: skip
_FRACTIONS = {"halves": _HALF, "thirds": _THIRD, "quarters": _QUARTER, "fifths": Decimal("0.2")}
_UNSURE = frozenset(
    ["one", "second", "quarter", "both", "couple", "pair", "once", "double", "half", "twins"]
)
"""Words that are others as well, or that other languages say without a number."""
_WORDS = frozenset([*_NUMBERS, *_MULTIPLIERS, *_SUFFIXES, *_FRACTIONS])
_JOINTS = frozenset(["a", "an", "and", "point"])
"""Words that are parts of a number beside others alone."""
_ALL = _WORDS | _JOINTS
_AND_A_HALF = re.compile(r"\band[ -]a[ -]half\b", re.IGNORECASE)


def word_tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text that are parts of numbers."""
    if _WORDS.isdisjoint(words_of(text)):
        return
    for match in _AND_A_HALF.finditer(text):
        yield Token(start=match.start(), end=match.end(), role=Role.PLUS, values=(_HALF,))
    for match in find_words(text, _ALL):
        word, (start, end) = match.group().lower(), match.span()
        if token := _token(word, start, end):
            yield token
        elif word in _SUFFIXES and text[start - 1 : start].isdecimal():
            yield suffix_token(_SUFFIXES[word], start, end)


def _token(word: str, start: int, end: int) -> Token | None:
    if word in _NUMBERS:
        role, values = Role.NUMBER, _NUMBERS[word]
    elif word in _MULTIPLIERS:
        role, values = Role.MULTIPLIER, (Decimal(_MULTIPLIERS[word]),)
    elif word in _FRACTIONS:
        role, values = Role.FRACTION, (_FRACTIONS[word],)
    elif word in ("a", "an"):
        role, values = Role.ONE, (Decimal(1),)
    elif word in ("and", "point"):
        role, values = Role.LINK if word == "and" else Role.POINT, (Decimal(0),)
    else:
        return None
    sure = word not in _UNSURE
    return Token(start=start, end=end, role=role, values=values, alone=False, sure=sure)
