"""Which texts we have already: the same address, the same text, or text of the same agency."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from briefing.checks.kept_text import as_seen, fold_case_and_accents

_WORDS, _SIGNS = 5, 9
"""Words of a shingle, and characters where no spaces stand between words:
https://www.cs.princeton.edu/courses/archive/spring13/cos598C/broder97resemblance.pdf."""
_SAME, _WIRE, _MIN_SHINGLES = 0.9, 0.5, 10
_DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")


class KnownText(Struct, frozen=True, kw_only=True):
    """The kept text of an article that we have."""

    topic: str
    article: str
    text: str


class Likeness(Struct, frozen=True, kw_only=True):
    """A text that we have, and how much of the shorter of two texts is in both, from 0 to 1."""

    known: KnownText
    share: float

    @property
    def is_same(self) -> bool:
        """Whether both are one text, but for a caption or a line."""
        return self.share >= _SAME


def most_alike(text: str, known: Iterable[KnownText]) -> Likeness | None:
    """Return the known text that has most in common with `text`; None if none has half of it."""
    own = _shingles(text)
    shares = [Likeness(known=each, share=_share(own, _shingles(each.text))) for each in known]
    best = max(shares, key=lambda likeness: likeness.share, default=None)
    return best if best and best.share >= _WIRE else None


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    shortest = min(len(one), len(other))
    return len(one & other) / shortest if shortest >= _MIN_SHINGLES else 0.0


def _shingles(text: str) -> frozenset[str]:
    """Return every run of so many words of a text, or of so many signs where words are not told."""
    folded = fold_case_and_accents(as_seen(text))
    if len(_DENSE.findall(folded)) * 4 > len(folded):
        signs = re.sub(r"[\W_]+", "", folded)
        return frozenset(signs[at : at + _SIGNS] for at in range(len(signs) - _SIGNS + 1))
    words = re.findall(r"\w+", folded)
    return frozenset(" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1))
