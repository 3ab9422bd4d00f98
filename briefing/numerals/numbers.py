"""Text -> the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from briefing.numerals import chinese, english, vietnamese
from briefing.numerals.digits import digit_tokens, fraction_tokens
from briefing.numerals.tokens import Grammar, Numeral, Token, read_numerals


class _Words(Struct, frozen=True):
    """How a language writes numbers in words."""

    tokens: Callable[[str], Iterator[Token]]
    grammar: Grammar


_PLAIN = Grammar(gap=re.compile(r"(?!)"))
"""Of a language whose words are not known: each run of digits is a number."""
_LANGUAGES: Mapping[str, _Words] = {
    "vi": _Words(vietnamese.word_tokens, vietnamese.GRAMMAR),
    "en": _Words(english.word_tokens, english.GRAMMAR),
    "zh": _Words(chinese.word_tokens, chinese.GRAMMAR),
}
_AS_CHINESE = {"ja": "zh", "yue": "zh"}
"""Languages that are read as another: Japanese has words besides, so it is not known."""
_PARTS = {
    "vi": re.compile(r" phần "),
    "zh": re.compile(r"分之"),
}
"""Matches what stands between the two numbers of a fraction."""
_PERCENT = Decimal(100)


@cache
def primary_language(tag: str) -> str:
    """Return the language of a BCP 47 tag, without script and country."""
    return tag.partition("-")[0].lower()


def knows_words(language: str) -> bool:
    """Whether numbers in the words of a language (BCP 47) are read, not only digits."""
    return primary_language(language) in _LANGUAGES


@lru_cache(maxsize=256)
def numbers_in(text: str, language: str) -> tuple[Numeral, ...]:
    """Return the numbers in a text, in digits and in the words of its `language` (BCP 47).

    Ordinals count as their numbers. What may be a number or a part of another word, as `năm`, is
    among them, and not `sure`.
    """
    code = primary_language(language)
    words = _LANGUAGES.get(_AS_CHINESE.get(code, code))
    digits = chain(digit_tokens(text, language), fraction_tokens(text))
    tokens = chain(digits, words.tokens(text)) if words else digits
    found = read_numerals(text, tokens, words.grammar if words else _PLAIN)
    return tuple(_with_fractions(text, tuple(found), _AS_CHINESE.get(code, code)))


def _with_fractions(text: str, found: tuple[Numeral, ...], code: str) -> Iterator[Numeral]:
    """Yield numbers, with two that make a fraction as one: `ba phần tư`, `百分之五十`."""
    between, at = _PARTS.get(code), 0
    while at < len(found):
        pair = found[at : at + 2]
        at += 1
        if between and len(pair) > 1 and between.fullmatch(text, pair[0].end, pair[1].start):
            above, below = pair if code == "vi" else pair[::-1]
            if below.value:
                at += 1
                share = above.value / below.value
                percent = (above.value, share) if below.value == _PERCENT else (share,)
                yield replace(pair[0], end=pair[1].end, readings=percent, sure=True)
                continue
        yield pair[0]
