"""The texts of articles, where we keep them -> which locators they prove, and which are wrong.

A locator must find whole words, and one place only, because a text fragment leads a browser to
the first place. What the browser takes for the same, as Chromium does, is the same here: signs that
are not seen, typographic quotation marks, and forms of one character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.model.article import Locator
from briefing.model.site import Site
from briefing.problems import Place, Problem
from briefing.syntax.text import Text, refuse_stacked_marks

_MAX_PLACES, _MAX_WORDS = 5, 5
"""Places of a passage that a cure tells apart, and the words before them that it may name."""
_PLAIN = re.compile(r"[^\W_](?:[\w' .-]*\w)?")
"""Matches words that need no quotes in YAML."""
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Signs that a browser passes over: soft hyphens, spaces of no width, marks of direction."""
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛\u05f3", "'"), **dict.fromkeys("“”„‟\u05f4", '"')})
"""Quotation marks that a browser takes for the plain ones; the last are those of Hebrew."""
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ħ": "h", "æ": "ae", "œ": "oe"})
"""Letters that a browser takes for others, though Unicode does not decompose them."""


class PassageReport(Struct, frozen=True):
    """The number of locators that the kept texts prove, and the problems of the others."""

    locators: int
    """The number of locators in the content."""
    unread: int
    """The number of locators in articles whose text is not kept."""
    problems: tuple[Problem, ...]

    @property
    def proved(self) -> int:
        """The number of locators that were found, on whole words and in one place only."""
        return self.locators - self.unread - len(self.problems)

    def __str__(self) -> str:
        """Return the numbers as a line for the console."""
        unread = f"; the text is not kept of {self.unread}" if self.unread else ""
        return f"{self.proved} of {self.locators} proved{unread}"


def check_passages(site: Site, texts: Mapping[str, bytes]) -> PassageReport:
    """Look for every locator of the content in the kept texts.

    texts: by path (`<topic>/<article>.txt`).
    Raises Problems for a text with too many marks on one letter.
    """
    total = unread = 0
    problems: list[Problem] = []
    for topic in site.topics:
        for article in topic.articles:
            locators = [claim.at for claim in article.claims]
            total += len(locators)
            path = f"{topic.id}/{article.id}.txt"
            text = texts.get(path)
            if text is None:
                unread += len(locators)
            else:
                problems.extend(_problems_of(locators, _article_text(path, text)))
    return PassageReport(total, unread, tuple(problems))


def _article_text(path: str, data: bytes) -> _ArticleText:
    """Decode the text of an article. Raises Problems for too many marks on one letter."""
    text = data.decode(errors="replace")
    refuse_stacked_marks(Text(f".sources/{path}", text))
    return _ArticleText(text)


def _problems_of(locators: list[Locator], article: _ArticleText) -> Iterator[Problem]:
    """Yield the locators that are not in the text of their article, or in several places."""
    for locator in locators:
        if not article.count(locator, exact=True):
            cure = "copy the words from the article as they stand, whole"
            yield _problem(locator.place, f"`{locator.start}` is not in the kept text", cure)
        elif (count := article.count(locator, exact=False)) > 1:
            cure = _cure_by_words_before(article.words_before(locator))
            yield _problem(locator.place, f"`{locator.start}` stands {count} times in it", cure)


def _cure_by_words_before(words: tuple[str, ...]) -> str:
    """Return the cure for a passage in several places, by the words before each; () for none."""
    if not words:
        return "add `before:` or `after:`, the words around it"
    quoted = (f"`before: {w}`" if _PLAIN.fullmatch(w) else f"`before: '{w}'`" for w in words)
    return f"add the words before the one that is meant: {' or '.join(quoted)}"


def _problem(place: Place, message: str, cure: str) -> Problem:
    return Problem(place, f"at: {message}", cure)


class _ArticleText:
    """The text of an article, as it is and as a browser compares it (`fold_case_and_accents`)."""

    def __init__(self, text: str) -> None:
        self._exact = as_seen(text)
        self._folded = fold_case_and_accents(self._exact)

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


def _places(text: str, *patterns: str) -> list[tuple[int, int]]:
    """Return the start and end of each place where patterns follow each other, but for spaces.

    The pattern is in a lookahead, so that places that overlap are all found.
    """
    pattern = r"\s*".join(pattern for pattern in patterns if pattern)
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def _whole_words(words: str) -> str:
    """Return a pattern of words with word boundaries; scripts without spaces end at punctuation."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{before}{re.escape(words)}{after}"


def as_seen(text: str) -> str:
    """Return a text as a browser compares it, but for case and accents.

    In NFKC, with plain quotation marks and one space between words; without unseen signs.
    """
    seen = _UNSEEN.sub("", text).translate(_QUOTES)
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def fold_case_and_accents(text: str) -> str:
    """Return a text without case and accents; đ becomes d, which Unicode does not decompose."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
