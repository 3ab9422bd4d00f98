"""Places in a kept text -> locators of them, by the rules of claims, and how they are written.

A locator is proposed only if it stands once in the text, without regard to case and accents, and
if it is of whole words in one paragraph, or from words in one to words in another: then a browser
finds it (https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product, takewhile

from msgspec.structs import replace

from briefing.checks.kept_text import KeptText, places_of_words
from briefing.checks.locating.search import Place, SearchedText
from briefing.content.claims.locator import is_unspaced, locator_mistake
from briefing.model.article import Locator
from briefing.problems import Place as SourcePlace
from briefing.syntax.scalars import write_scalar

_MIN_WORDS = 3
"""Words at either end of a longer passage: readers are shown them, and fewer say too little."""
_MOST = 50
"""Words at either end that are looked at: more no locator may have."""
_FIELDS = ("start", "end", "before", "after")


class Locating:
    """Makes locators of the places in a text."""

    def __init__(self, text: SearchedText, language: str) -> None:
        """`language`: BCP 47, of the words that are located."""
        self._text, self._language = text, language
        self._kept = KeptText(text.text)

    def propose(self, place: Place) -> Locator | None:
        """Return the shortest locator of whole words that stands once in the text.

        None if there is none: too much of the text is the same, or a clause is too long.
        """
        for candidates in (tuple(self._as_a_whole(place)), tuple(self._with_both_ends(place))):
            alone = filter(self._is_the_only_one, candidates)
            with_around = (self._with_around(each, place) for each in candidates)
            if found := next(alone, None) or next(filter(None, with_around), None):
                return found
        return None

    def _is_the_only_one(self, locator: Locator) -> bool:
        exact, folded = (self._kept.count(locator, exact=exact) for exact in (True, False))
        return exact == folded == 1

    def _is_allowed(self, words: str, *, pauses: bool = False) -> bool:
        return locator_mistake(words, self._language, pauses=pauses) is None

    def _locator(self, start: str) -> Locator:
        return Locator(
            start=start,
            end=None,
            before=None,
            after=None,
            language=self._language,
            gloss={},
            place=SourcePlace(""),
        )

    def _as_a_whole(self, place: Place) -> Iterator[Locator]:
        """Yield the locator that is all of a passage, if it may be, in one paragraph."""
        words = self._text.text[place.start : place.end]
        if "\n" not in words and self._is_allowed(words):
            yield self._locator(words)

    def _with_both_ends(self, place: Place) -> Iterator[Locator]:
        """Yield locators of the first and the last words of a passage, the shortest first.

        Where the last words stand in the passage before, the words after them are given too.
        """
        inside, text = self._text.words_in(place), self._text.text
        starts, ends = self._first_words(inside), self._last_words(inside)
        pairs = sorted(product(starts, ends), key=lambda pair: sum(len(w.split()) for w in pair))
        for after, (start, end) in product((None, *self._after(place)), pairs):
            behind = place.start + len(start)
            if behind > place.end - len(end):
                continue
            last = place.end if after is None else text.index(after, place.end) + len(after)
            if places_of_words(text[behind:last], text[place.end - len(end) : last]) == 1:
                yield replace(self._locator(start), end=end, after=after)

    def _first_words(self, inside: tuple[Place, ...]) -> list[str]:
        """Return the first words of a passage, in its first paragraph, from the fewest on."""
        words = [self._text.text[inside[0].start : each.end] for each in inside[:-1][:_MOST]]
        return self._enough([each for each in words if "\n" not in each])

    def _last_words(self, inside: tuple[Place, ...]) -> list[str]:
        """Return the last words of a passage, in its last paragraph, from the fewest on."""
        words = [self._text.text[each.start : inside[-1].end] for each in inside[:0:-1][:_MOST]]
        return self._enough([each for each in words if "\n" not in each])

    def _enough(self, growing: list[str]) -> list[str]:
        """Return those of `growing` words that a locator may have, and that say enough."""
        allowed = [each for each in growing if self._is_allowed(each)]
        return allowed if is_unspaced(self._language) else allowed[_MIN_WORDS - 1 :] or allowed[-1:]

    def _with_around(self, locator: Locator, place: Place) -> Locator | None:
        """Return a locator with as few words around it as make it the only one; None for none."""
        before, after = [None, *self._before(place)], [None, *self._after(place)]
        if locator.end:  # words behind the end do not tell where a passage begins
            after = [locator.after]
        fuller = [replace(locator, before=b, after=a) for b, a in product(before, after)]
        fuller.sort(key=lambda each: _size(f"{each.before or ''} {each.after or ''}"))
        return next(filter(self._is_the_only_one, fuller), None)

    def _before(self, place: Place) -> Iterator[str]:
        """Yield the words before a passage, one more each time, as many as a locator may have.

        They are of one paragraph, its own or the one before: Chromium finds no others.
        """
        around = self._text.words_in(Place(0, place.start)) if place.start else ()
        texts = (self._text.text[word.start : place.start] for word in reversed(around))
        return takewhile(self._is_around, map(str.rstrip, texts))

    def _after(self, place: Place) -> Iterator[str]:
        """Yield the words after a passage, as `_before` does."""
        around = self._text.words_in(Place(place.end, len(self._text.text)))
        texts = (self._text.text[place.end : word.end] for word in around)
        return takewhile(self._is_around, map(str.lstrip, texts))

    def _is_around(self, words: str) -> bool:
        return "\n" not in words and self._is_allowed(words, pauses=True)


def _size(words: str) -> tuple[int, int]:
    """Return how many words there are, and characters."""
    return len(words.split()), len(words)


def write_locator(locator: Locator, article_language: str) -> str:
    """Return a locator as the value of `at:`, for braces or a line of its own."""
    written = [(name, getattr(locator, name)) for name in _FIELDS]
    fields = [f"{name}: {write_scalar(words)}" for name, words in written if words]
    if locator.language != article_language:
        fields.append(f"lang: {locator.language}")
    if locator.gloss:
        gloss = [f"{write_scalar(code)}: {write_scalar(g)}" for code, g in locator.gloss.items()]
        fields.append(f"gloss: {{{', '.join(gloss)}}}")
    return write_scalar(locator.start) if len(fields) == 1 else f"{{{', '.join(fields)}}}"


def write_claim(locator: Locator, article_language: str) -> str:
    """Return the line of a claim with its locator, and `…` for what is to be filled in."""
    return f"- {{point: …, says: …, at: {write_locator(locator, article_language)}}}"
