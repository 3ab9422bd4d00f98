"""Words as an editor has them -> the places in a kept text where they stand.

Case, accents, spaces, punctuation and signs that are not seen do not matter, as they do not to
whoever looks for a passage. Next: `proposals`, which makes a locator of a place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from briefing.checks.kept_text import as_seen, fold_case_and_accents, without_unseen

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The letters of scripts that have no spaces between words."""
_MARKS = "".join(c for c in map(chr, range(0x300, 0xAC00)) if unicodedata.category(c)[0] == "M")
_LETTERS = rf"\w[\w{_MARKS}]*"
_WORD = re.compile(rf"{_LETTERS}(?:(?<![{_UNSPACED}])['’.,:·](?![{_UNSPACED}]){_LETTERS})*")
"""A word, with what may stand within one to a browser (https://unicode.org/reports/tr29/). In a
script without spaces it is all that stands between two signs, as a locator has to be there."""
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:[^\W{_UNSPACED}][{_MARKS}]*)+")
"""What is compared where the words are not there: a word, or a sign of a script without spaces."""
_UNSPACED_SIGN = re.compile(f"[{_UNSPACED}]")
_MAX_NEAR, _MAX_VOCABULARY = 3, 20_000


class Place(Struct, frozen=True, order=True):
    """Whole words of a text, by the index of the first of its characters and behind the last."""

    start: int
    end: int


class SearchedText:
    """A kept text: its paragraphs, and its words."""

    def __init__(self, text: str) -> None:
        """Hold a text, each line of which is a paragraph."""
        lines = enumerate(map(_clean, text.splitlines()), 1)
        kept = [(number, line) for number, line in lines if line]
        self._lines = [number for number, _ in kept]
        self._starts = [*accumulate((len(line) + 1 for _, line in kept), initial=0)]
        self.text = "\n".join(line for _, line in kept)
        """The paragraphs that are not empty, a line for each: in NFC, with single spaces."""

    @cached_property
    def words(self) -> tuple[Place, ...]:
        """Every word of the text."""
        return tuple(Place(*match.span()) for match in _WORD.finditer(self.text))

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        """The letters and digits of the text without case and accents, and the index of each."""
        letters, at = [], []
        for index, sign in enumerate(self.text):
            folded = _letters_of(sign)
            letters.append(folded)
            at += [index] * len(folded)
        return "".join(letters), at

    def find(self, words: str, before: str = "", after: str = "") -> tuple[Place, ...]:
        """Return each place where `words` stand, as whole words; () if they stand nowhere.

        before, after: the words that stand around them there; "" for any. Where they stand only
        as a part of words, these words.
        """
        wanted, (letters, at) = _letters_of(words), self._letters
        if not wanted:
            return ()
        around = [re.escape(_letters_of(each)) for each in (before, after)]
        pattern = f"(?={around[0]}({re.escape(wanted)}){around[1]})"
        spans = (match.span(1) for match in re.finditer(pattern, letters))
        found = [Place(at[first], at[last - 1] + 1) for first, last in spans]
        whole = [place for place in found if not any(map(self._is_in_word, _ends(place)))]
        return tuple(dict.fromkeys(map(self._whole, whole or found)))

    def _is_in_word(self, index: int) -> bool:
        """Whether a word goes on at an index, in a script that has spaces between words."""
        around = self.text[max(0, index - 1) : index + 1]
        inside = len(around) > 1 and index > 0 and all(map(_is_of_word, around))
        return inside and not _UNSPACED_SIGN.search(around)

    def _whole(self, place: Place) -> Place:
        """Return the whole words that a place is in."""
        inside = self.words_in(place)
        return Place(inside[0].start, inside[-1].end)

    def words_in(self, place: Place) -> tuple[Place, ...]:
        """Return the words of which a place has at least a part."""
        first = bisect_right(self.words, place.start, key=lambda word: word.end)
        last = bisect_right(self.words, place.end - 1, key=lambda word: word.start)
        return self.words[first:last]

    def line(self, index: int) -> int:
        """Return the number of the line of the kept text with the character at an index, from 1."""
        return self._lines[bisect_right(self._starts, index) - 1]

    def nearest(self, words: str) -> tuple[Place, ...]:
        """Return the places that have most of `words`, the best first; () if none has any."""
        tokens = [(_letters_of(m[0]), Place(*m.span())) for m in _TOKEN.finditer(self.text)]
        known = dict.fromkeys(token for token, _ in tokens)
        typed = [*_tokens(words)]
        meant = [_known(token, known) for token in typed]
        wanted, size = Counter(filter(None, meant)), max(1, len(meant))
        scores = [*_scores([token for token, _ in tokens], wanted, size)]
        best = sorted(
            (-score, tokens[first][0] not in wanted, first)
            for first, score in enumerate(scores)
            if score
        )
        found: list[Place] = []
        for score, _, first in best:
            place = Place(tokens[first][1].start, tokens[min(first + size, len(tokens)) - 1][1].end)
            if 2 * -score >= len("".join(typed)) and all(
                _are_apart(place, other) for other in found
            ):
                found.append(place)
            if len(found) == _MAX_NEAR:
                break
        return tuple(found)


def _clean(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", without_unseen(line)).split())


def _letters_of(words: str) -> str:
    """Return the letters and digits of words, without case and accents."""
    composed = unicodedata.normalize("NFC", words)
    return fold_case_and_accents(as_seen("".join(filter(str.isalnum, composed))))


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or bool(unicodedata.combining(sign))


def _ends(place: Place) -> tuple[int, int]:
    return place.start, place.end


def _are_apart(one: Place, other: Place) -> bool:
    return one.end <= other.start or other.end <= one.start


def _tokens(words: str) -> Iterator[str]:
    return (_letters_of(match[0]) for match in _TOKEN.finditer(words))


def _known(token: str, known: dict[str, None]) -> str | None:
    """Return a token that is in the text: itself, or the one that is most like it; None: none."""
    if token in known or len(known) > _MAX_VOCABULARY:
        return token
    return next(iter(get_close_matches(token, known, n=1, cutoff=0.75)), None)


def _scores(tokens: list[str], wanted: Counter[str], size: int) -> Iterator[int]:
    """Yield for each token how many letters are wanted of it and of those after it."""
    window = Counter(tokens[:size])
    score = sum(len(token) * count for token, count in (window & wanted).items())
    yield score
    for out, into in zip(tokens, tokens[size:], strict=False):
        score -= len(out) * (window[out] <= wanted[out])
        window[out] -= 1
        window[into] += 1
        score += len(into) * (window[into] <= wanted[into])
        yield score
