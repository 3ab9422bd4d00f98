"""Two versions of a paragraph -> the words that differ, those that mislead most first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum

from msgspec import Struct

from briefing.numerals.dates import dates_in
from briefing.numerals.numbers import numbers_in, primary_language
from briefing.translation.digests import normal_words

_TOKEN = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff]|\d+(?:[.,:/]\d+)*%?|[^\W\d_\u2e80-\u9fff]+(?:['’-][^\W\d_]+)*|[^\s\w]|_"
)
"""A sign of a script without spaces, a number in digits, a word, or a sign."""
_SENTENCE_END = re.compile(r"(?:^|[.!?:…])[\"“”‘’«»'\s]*$")
_NEGATIONS: Mapping[str, frozenset[str]] = {
    "vi": frozenset({"không", "chưa", "chẳng", "đừng", "chớ", "chả", "phi", "vô"}),
    "en": frozenset(
        {"not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "without", "cannot"}
    ),
    "zh": frozenset("不没沒未非无無否别別勿"),
    "fr": frozenset({"ne", "pas", "non", "jamais", "aucun", "aucune", "rien", "sans", "ni"}),
    "es": frozenset({"no", "nunca", "ningún", "ninguna", "nada", "nadie", "sin", "ni", "jamás"}),
    "ru": frozenset({"не", "нет", "ни", "никогда", "никто", "ничего", "без"}),
    "ja": frozenset("不非無未否"),
    "ar": frozenset({"لا", "لم", "لن", "ليس", "ليست", "غير", "بدون", "دون"}),
    "de": frozenset({"nicht", "kein", "keine", "keinen", "nie", "niemand", "nichts", "ohne"}),
}
"""The words by which a sentence says the contrary, by language."""


class WordKind(Enum):
    """What words that differ are; what misleads most comes first."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    WORDS = ""


class WordChange(Struct, frozen=True):
    """Words that stand in the place of others; "" for none."""

    kind: WordKind
    old: str
    new: str


Span = tuple[int, int]
"""Where words stand in a text: the first character, and the one after the last."""


class _Version:
    """A version of a paragraph, and what is in it."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.tokens = [match.span() for match in _TOKEN.finditer(text)]
        self.compared = [normal_words(text[start:end]) for start, end in self.tokens]
        self.dates = [
            (each.start, each.end) for each in dates_in(text, language) if each.sure or "/" in text
        ]
        self.numbers = [(each.start, each.end) for each in numbers_in(text, language) if each.sure]
        self._negations = _NEGATIONS.get(primary_language(language), frozenset())

    def widened(self, start: int, end: int) -> Span:
        """Return tokens, by index, with all of the numbers and dates that they are a part of."""
        for first, last in (*self.numbers, *self.dates):
            inside = [at for at, (a, b) in enumerate(self.tokens) if a < last and first < b]
            if any(start <= at < end for at in inside):
                start, end = min(start, inside[0]), max(end, inside[-1] + 1)
        return start, end

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens, by index; "" for none."""
        return self.text[self.tokens[start][0] : self.tokens[end - 1][1]] if start < end else ""

    def kinds(self, start: int, end: int) -> Iterator[WordKind]:
        """Yield what tokens are, by index."""
        yield WordKind.WORDS
        if start == end:
            return
        first, last = self.tokens[start][0], self.tokens[end - 1][1]
        if any(a < last and first < b for a, b in self.dates):
            yield WordKind.DATE
        elif any(a < last and first < b for a, b in self.numbers):
            yield WordKind.NUMBER
        for a, b in self.tokens[start:end]:
            word = self.text[a:b]
            if word.casefold() in self._negations or word.endswith(("n't", "n’t")):
                yield WordKind.NEGATION
            if word[:1].isupper() and not _SENTENCE_END.search(self.text, 0, a):
                yield WordKind.NAME


def word_changes(then: str, now: str, language: str) -> tuple[WordChange, ...]:
    """Return the words that differ between two versions of a text in a `language` (BCP 47).

    Numbers come first, then dates, names and negations, and all else in the order of the text.
    """
    old, new = _Version(then, language), _Version(now, language)
    found = [_change(old, new, spans) for spans in _differing(old, new)]
    return tuple(sorted(found, key=lambda change: _ORDER.index(change.kind)))


_ORDER = list(WordKind)


def _differing(old: _Version, new: _Version) -> Sequence[tuple[Span, Span]]:
    """Return the tokens that differ, by index, each with those that stand in their place."""
    found: list[tuple[Span, Span]] = []
    matcher = SequenceMatcher(None, old.compared, new.compared, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        left, right = old.widened(i, i_end), new.widened(j, j_end)
        if found and (found[-1][0][1] > left[0] or found[-1][1][1] > right[0]):
            before = found.pop()
            left = min(before[0][0], left[0]), max(before[0][1], left[1])
            right = min(before[1][0], right[0]), max(before[1][1], right[1])
        found.append((left, right))
    return found


def _change(old: _Version, new: _Version, spans: tuple[Span, Span]) -> WordChange:
    left, right = spans
    kinds = (*old.kinds(*left), *new.kinds(*right))
    return WordChange(min(kinds, key=_ORDER.index), old.words(*left), new.words(*right))
