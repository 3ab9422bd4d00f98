"""The text of an article that we keep, and the places of passages in it.

What a browser takes for the same, as Chromium does, is the same here: signs that are not seen,
typographic quotation marks, and forms of one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256

from msgspec import Struct

from briefing.model.article import Article, Locator
from briefing.model.site import Topic
from briefing.syntax.text import Text, refuse_stacked_marks

_MAX_PLACES, _MAX_WORDS = 5, 5
"""Places of a passage that a cure tells apart, and the words before them that it may name."""
_MAX_PASSAGE, _AROUND = 10_000, 2_000
"""Characters of a passage, and what is looked at before and after one in a longer paragraph."""
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Signs that a browser passes over: soft hyphens, spaces of no width, marks of direction."""
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛\u05f3", "'"), **dict.fromkeys("“”„‟\u05f4", '"')})
"""Quotation marks that a browser takes for the plain ones; the last are those of Hebrew."""
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ħ": "h", "æ": "ae", "œ": "oe"})
"""Letters that a browser takes for others, though Unicode does not decompose them."""


class Passage(Struct, frozen=True, kw_only=True):
    """The part of an article in which the value of a claim is to stand."""

    text: str
    language: str
    """BCP 47."""
    is_whole: bool
    """Whether it is the paragraphs of the kept text; else it is the words of the locator."""


def kept_text_path(topic: Topic, article: Article) -> str:
    """Return the path of the kept text of an article, below the folder of all of them."""
    return f"{topic.id}/{article.id}.txt"


def read_kept_text(path: str, data: bytes) -> KeptText:
    """Decode the text of an article. Raises Problems for too many marks on one letter.

    path: that of the file, below the folder of all kept texts.
    """
    text = data.decode(errors="replace")
    refuse_stacked_marks(Text(f".sources/{path}", text))
    return KeptText(text)


class KeptText:
    """The text of an article, as it is and as a browser compares it (`fold_case_and_accents`)."""

    def __init__(self, text: str) -> None:
        """Hold a text, each line of which is a paragraph."""
        seen = ((line, as_seen(line)) for line in text.splitlines())
        self._paragraphs = tuple((line, exact) for line, exact in seen if exact)
        """Each paragraph that is not empty, as written and as seen."""
        self._exact = " ".join(exact for _, exact in self._paragraphs)

    @property
    def digest(self) -> str:
        """Of its words, whatever their Unicode form and the spaces: 12 digits of SHA-256."""
        words = "\n".join(exact for _, exact in self._paragraphs)
        return sha256(words.encode()).hexdigest()[:12]

    @cached_property
    def _folded(self) -> str:
        return fold_case_and_accents(self._exact)

    def passage(self, locator: Locator) -> str | None:
        """Return the paragraphs from the begin of a passage to its end, a line for each.

        Of paragraphs that are no paragraphs any more but a whole article, what stands around the
        passage. None if the passage is not there exactly once, or has no bounds.
        """
        before, start, end, after = (
            _whole_words(as_seen(words or ""))
            for words in (locator.before, locator.start, locator.end, locator.after)
        )
        begins = _spans(self._exact, before, start, "" if end else after)
        if len(begins) != 1:
            return None
        first, last = begins[0]
        if end:
            ends = [stop for begin, stop in _spans(self._exact, "", end, after) if begin >= last]
            if not ends:
                return None
            last = ends[0]
        text = "\n".join(self._paragraphs_between(first, last))
        if len(text) > _MAX_PASSAGE:
            text = self._exact[max(0, first - _AROUND) : last + _AROUND]
        return text if len(text) <= _MAX_PASSAGE else None

    def _paragraphs_between(self, first: int, last: int) -> Iterator[str]:
        """Yield the paragraphs in which the characters from `first` to `last` stand."""
        at = 0
        for written, exact in self._paragraphs:
            if at < last and first < at + len(exact):
                yield unicodedata.normalize("NFC", without_unseen(written))
            at += len(exact) + 1

    def words_before(self, locator: Locator) -> tuple[str, ...]:
        """Return the words before each place of a passage, as many as tell the places apart.

        () if five words do not, if there are too many places, or if one is inside of a word.
        """
        words, text = self._exact.split(" "), self._folded
        start = _whole_words(fold_case_and_accents(as_seen(locator.start)))
        places = [first for first, _ in _places(text, start)]
        inside = any(text[first - 1] != " " for first in places if first)
        if locator.before or locator.end or inside or not 0 < len(places) <= _MAX_PLACES:
            return ()
        numbers = [text.count(" ", 0, first) for first in places]
        for length in range(1, min(_MAX_WORDS, *numbers) + 1):
            before = tuple(" ".join(words[n - length : n]) for n in numbers)
            if len(set(map(fold_case_and_accents, before))) == len(before):
                return before
        return ()

    def has(self, words: str) -> bool:
        """Whether words stand in it as written, whole."""
        return bool(_places(self._exact, _whole_words(as_seen(words))))

    def count(self, locator: Locator, *, exact: bool) -> int:
        """Return the number of places where a passage begins that `locator` matches.

        exact: whether case and accents count.
        """
        text, spell = (self._exact, str) if exact else (self._folded, fold_case_and_accents)
        before, start, end, after = (
            _whole_words(spell(as_seen(words or "")))
            for words in (locator.before, locator.start, locator.end, locator.after)
        )
        if not end:
            return len(_places(text, before, start, after))
        # A passage begins at each start with any end after it, so only the last end matters.
        last = max((first for first, _ in _places(text, end, after)), default=-1)
        return sum(stop <= last for _, stop in _places(text, before, start))


def places_of_words(text: str, words: str) -> int:
    """Return how often whole words stand in a text, without regard to case and accents."""
    seen = fold_case_and_accents(as_seen(text))
    return len(_places(seen, _whole_words(fold_case_and_accents(as_seen(words)))))


def _places(text: str, *patterns: str) -> list[tuple[int, int]]:
    """Return the start and end of each place where patterns follow each other, but for spaces.

    The pattern is in a lookahead, so that places that overlap are all found.
    """
    pattern = r"\s*".join(pattern for pattern in patterns if pattern)
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def _spans(text: str, before: str, words: str, after: str) -> list[tuple[int, int]]:
    """Return the start and end of each place of `words`, with what stands around them."""
    around = r"\s*".join(part for part in (before, f"(?P<words>{words})", after) if part)
    return [match.span("words") for match in re.finditer(f"(?={around})", text)]


def _whole_words(words: str) -> str:
    """Return a pattern of words with word boundaries; scripts without spaces end at punctuation."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{before}{re.escape(words)}{after}"


def as_seen(text: str) -> str:
    """Return a text as a browser compares it, but for case and accents.

    In NFKC, with plain quotation marks and one space between words; without unseen signs.
    """
    seen = without_unseen(text).translate(_QUOTES)
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def without_unseen(text: str) -> str:
    """Return a text without the signs that a browser passes over."""
    return _UNSEEN.sub("", text)


def fold_case_and_accents(text: str) -> str:
    """Return a text without case and accents; đ becomes d, which Unicode does not decompose."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
