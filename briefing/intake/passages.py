"""A point and a text -> the passages in which the text may answer it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from msgspec import Struct

from briefing.checks.kept_text import as_seen, fold_case_and_accents
from briefing.model.site import Point, PointKind
from briefing.numerals.clock_times import clock_times_in
from briefing.numerals.dates import dates_in
from briefing.numerals.durations import durations_in
from briefing.numerals.numbers import numbers_in, primary_language

_SENTENCE = re.compile(r"(?<=[.!?…؟])[\"”’»)]*\s+(?=\S)|(?<=[。！？])[」』”]?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MAX_PASSAGES, _MAX_SHOWN, _MIN_SCORE = 3, 160, 1.5
_MEASURED = {PointKind.NUMBER, PointKind.DURATION, PointKind.DATE, PointKind.DATETIME}
_FOR_VALUE = 1.0


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of a kept text, and its words as they are compared."""

    text: str
    words: frozenset[str]


def sentences_of(paragraphs: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of a text."""
    texts = (part.strip() for line in paragraphs for part in _SENTENCE.split(line))
    return tuple(Sentence(text=text, words=_words(text)) for text in texts if text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold_case_and_accents(as_seen(text))))


def candidates(point: Point, sentences: Sequence[Sentence], language: str) -> list[str]:
    """Return the sentences that may answer a point, the likeliest first; long ones are cut.

    They have the words of its question or of its options, in the `language` of the text (BCP 47),
    where the site has that language; or numbers, dates or hours if the point asks for one.
    """
    spread = Counter(word for sentence in sentences for word in sentence.words)
    asked = _asked_words(point, primary_language(language))
    measured = point.kind in _MEASURED
    scored = [
        (
            _score(sentence, asked, spread, len(sentences)) + _FOR_VALUE * measured,
            -at,
            sentence.text,
        )
        for at, sentence in enumerate(sentences)
        if not measured or has_value(point.kind, sentence.text, language)
    ]
    # Where nothing of the point is in the language of the text, its values alone speak.
    least = _MIN_SCORE if any(asked) else _FOR_VALUE
    best = sorted((each for each in scored if each[0] >= least), reverse=True)
    return [_cut(text) for _, _, text in best[:_MAX_PASSAGES]]


def _asked_words(point: Point, language: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """Return the words of the point, and those of each option, in a language of the site."""
    texts = [point.label, *([point.question] if point.question else [])]
    own = [text[code] for text in texts for code in text if primary_language(code) == language]
    options = [
        _words(option.label[code])
        for option in point.options.values()
        for code in option.label
        if primary_language(code) == language
    ]
    return _words(" ".join(own)), tuple(words for words in options if words)


def _score(
    sentence: Sentence,
    asked: tuple[frozenset[str], tuple[frozenset[str], ...]],
    spread: Counter[str],
    total: int,
) -> float:
    """Return how much the words of a sentence speak for it: rare ones count most, as in tf-idf."""
    question, options = asked

    def weight(words: frozenset[str]) -> float:
        return sum(log(1 + total / spread[word]) for word in words & sentence.words) / log(
            1 + total
        )

    named = max((weight(option) for option in options if option <= sentence.words), default=0.0)
    return weight(question) + 2 * named


def has_value(kind: PointKind, text: str, language: str) -> bool:
    """Whether a text names a value of a kind: a number, a duration, a date or an hour.

    language: that of the text (BCP 47).
    """
    match kind:
        case PointKind.DURATION:
            return bool(durations_in(text, language))
        case PointKind.DATE:
            return any(mention.sure for mention in dates_in(text, language))
        case PointKind.DATETIME:
            has_date = any(mention.sure for mention in dates_in(text, language))
            return has_date or bool(clock_times_in(text, language))
        case _:
            return any(numeral.sure for numeral in numbers_in(text, language))


def _cut(text: str) -> str:
    if len(text) <= _MAX_SHOWN:
        return text
    return f"{text[:_MAX_SHOWN].rpartition(' ')[0] or text[:_MAX_SHOWN]} …"


def passages_in_order(
    points: Sequence[Point], paragraphs: Sequence[str], language: str
) -> Iterator[tuple[Point, list[str]]]:
    """Yield each point with the passages that may answer it.

    paragraphs: of the text, in `language` (BCP 47).
    """
    sentences = sentences_of(paragraphs)
    for point in points:
        yield point, candidates(point, sentences, language)
