"""What a translation was made from, and what its original is now -> what has changed since.

Digests alone say it, so no older version is needed. Where the older words are known besides, a
changed paragraph beside a new one is told from it by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations, islice
from math import comb

from msgspec import Struct

from briefing.model.article import Summary, TextDigests
from briefing.model.prose import Prose
from briefing.translation.digests import digest_of_words, digests_of_parts, plain_words, words_of

MAX_PIECES = 4
"""Paragraphs that one is recognised to have been split into, or merged from."""
MAX_BREAKS = 2_000
"""Places in a paragraph at which two may have been merged that are tried."""
MAX_PAIRINGS = 500
"""Ways to pair old paragraphs with new ones that are compared; of more, they pair in order."""
_BREAK = re.compile(r" |(?<=[。！？；”」』])")
"""Where a paragraph may be broken: at a space, or after a sentence of a script without."""


class ChangeKind(StrEnum):
    """What became of a part of an original."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


class Part(StrEnum):
    """A part of a text."""

    TITLE = "title"
    DEK = "dek"
    TEXT = "text"
    WHOLE = "whole"
    """All of it, where it is not known which part."""


NEW_WORDS = frozenset({ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED})
"""What makes a translation say otherwise than its original."""


class Change(Struct, frozen=True, kw_only=True):
    """A part of an original that is not as it was when it was translated."""

    kind: ChangeKind
    part: Part = Part.TEXT
    old: tuple[int, ...] = ()
    """The paragraphs it was, counted from 0; of a text only."""
    new: tuple[int, ...] = ()
    """The paragraphs it is."""
    at: int = 0
    """The paragraph of today that it is, or that it stood before."""
    after: int = -1
    """Of an added one the paragraph of then that it stands after; -1: before all."""


def changes_of(original: Summary, translation: Summary) -> tuple[Change, ...]:
    """Return what has changed in an original since its translation was made; () if unknown."""
    if translation.of is None:
        return ()
    if translation.of.whole:
        same = translation.of.whole == original.digest
        return () if same else (Change(kind=ChangeKind.CHANGED, part=Part.WHOLE),)
    return changes_since(translation.of, original.title, original.dek, original.body)


def changes_since(
    of: TextDigests,
    title: str,
    dek: str | None,
    body: Prose,
    words: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """Return what has changed in a text since it had the digests `of`, which are of its parts.

    words: what is known of what it said then, by digest; None: nothing.
    """
    now = digests_of_parts(title, dek, body)
    if of == now:
        return ()
    found = []
    if of.title != now.title:
        found.append(Change(kind=ChangeKind.CHANGED, part=Part.TITLE))
    if of.dek != now.dek:
        kind = ChangeKind.CHANGED if of.dek and now.dek else None
        kind = kind or (ChangeKind.ADDED if now.dek else ChangeKind.REMOVED)
        found.append(Change(kind=kind, part=Part.DEK))
    if of.text != now.text:
        found += _Comparison(of.text, now.text, body, words or {}).changes()
    return tuple(found)


class _Hunk(Struct):
    """Paragraphs that are gone, and those that stand in their place."""

    old: list[int]
    new: list[int]
    starts: tuple[int, int]
    """The first of both, or where it would stand."""


class _Comparison:
    """Compares the digests of paragraphs of then and of now."""

    def __init__(
        self, then: Sequence[str], now: Sequence[str], body: Prose, words: Mapping[str, str]
    ) -> None:
        self._then, self._now, self._blocks, self._words = then, now, body.blocks, words
        matcher = SequenceMatcher(None, then, now, autojunk=False)
        self._hunks = [
            _Hunk([*range(i, i_end)], [*range(j, j_end)], (i, j))
            for tag, i, i_end, j, j_end in matcher.get_opcodes()
            if tag != "equal"
        ]

    def changes(self) -> list[Change]:
        """Return the changes in the order of today's paragraphs."""
        found = [*self._moved()]
        for hunk in self._hunks:
            found += [*self._split(hunk), *self._merged(hunk)]
            found += self._rewritten(hunk)
        return sorted(found, key=lambda change: (change.at, change.old))

    def _moved(self) -> Iterator[Change]:
        """Take out of the hunks the paragraphs that stand elsewhere."""
        for gone in self._hunks:
            for i in tuple(gone.old):
                if place := self._new_place(self._then[i]):
                    hunk, j = place
                    gone.old.remove(i)
                    hunk.new.remove(j)
                    yield Change(kind=ChangeKind.MOVED, old=(i,), new=(j,), at=j)

    def _new_place(self, digest: str) -> tuple[_Hunk, int] | None:
        """Return where a paragraph of today has a digest; None if none has."""
        found = ((hunk, j) for hunk in self._hunks for j in hunk.new if self._now[j] == digest)
        return next(found, None)

    def _split(self, hunk: _Hunk) -> Iterator[Change]:
        """Take out of a hunk the paragraphs that are several now, with the same words."""
        joined = {
            digest_of_words(" ".join(words_of(self._blocks[j]) for j in run)): run
            for run in _runs(hunk.new)
        }
        for i in tuple(hunk.old):
            run = joined.get(self._then[i], ())
            if run and set(run) <= set(hunk.new):
                hunk.old.remove(i)
                hunk.new = [j for j in hunk.new if j not in run]
                yield Change(kind=ChangeKind.SPLIT, old=(i,), new=run, at=run[0])

    def _merged(self, hunk: _Hunk) -> Iterator[Change]:
        """Take out of a hunk the paragraphs that are one now, with the same words."""
        for j in tuple(hunk.new) if len(hunk.old) > 1 else ():
            words = words_of(self._blocks[j])
            starts = _starts(words)
            for run in _runs(hunk.old):
                first, *others = (self._then[i] for i in run)
                if first in starts and _consists_of(words[starts[first] :], others):
                    hunk.new.remove(j)
                    hunk.old = [i for i in hunk.old if i not in run]
                    yield Change(kind=ChangeKind.MERGED, old=run, new=(j,), at=j)
                    break

    def _rewritten(self, hunk: _Hunk) -> Iterator[Change]:
        """Yield what is left of a hunk: paragraphs that are changed, added or removed."""
        pairs = self._pairs(hunk)
        old, new = ({pair[side] for pair in pairs} for side in (0, 1))
        for i, j in pairs:
            yield Change(kind=ChangeKind.CHANGED, old=(i,), new=(j,), at=j)
        for j in (j for j in hunk.new if j not in new):
            after = max((i for i, paired in pairs if paired < j), default=hunk.starts[0] - 1)
            yield Change(kind=ChangeKind.ADDED, new=(j,), at=j, after=after)
        for i in (i for i in hunk.old if i not in old):
            before = max((j for paired, j in pairs if paired < i), default=hunk.starts[1] - 1)
            yield Change(kind=ChangeKind.REMOVED, old=(i,), at=before + 1)

    def _pairs(self, hunk: _Hunk) -> list[tuple[int, int]]:
        """Return which paragraph of today is which of then; the likest, if the words are known."""
        fewer = min(len(hunk.old), len(hunk.new))
        in_order = list(zip(hunk.old, hunk.new, strict=False))
        known = all(self._then[i] in self._words for i in hunk.old)
        many = comb(len(hunk.old), fewer) * comb(len(hunk.new), fewer) > MAX_PAIRINGS
        if len(hunk.old) == len(hunk.new) or not known or many:
            return in_order
        likeness = {(i, j): self._likeness(i, j) for i in hunk.old for j in hunk.new}
        pairings = (
            list(zip(old, new, strict=True))
            for old in combinations(hunk.old, fewer)
            for new in combinations(hunk.new, fewer)
        )
        return max(pairings, key=lambda pairs: sum(likeness[pair] for pair in pairs))

    def _likeness(self, i: int, j: int) -> float:
        """Return how many of the words of a paragraph of then are in one of today, 0 to 1."""
        then, now = self._words[self._then[i]].split(), plain_words(self._blocks[j]).split()
        return SequenceMatcher(None, then, now, autojunk=False).ratio()


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield two to MAX_PIECES of some indexes that follow each other."""
    for start in range(len(indexes)):
        for length in range(2, MAX_PIECES + 1):
            run = tuple(indexes[start : start + length])
            if len(run) == length and run[-1] - run[0] == length - 1:
                yield run


def _starts(words: str) -> Mapping[str, int]:
    """Return the digest of each beginning of some words, and where the rest begins."""
    breaks = islice(_BREAK.finditer(words), MAX_BREAKS)
    return {digest_of_words(words[: at.start()]): at.end() for at in breaks}


def _consists_of(words: str, digests: Sequence[str]) -> bool:
    """Whether words are those of paragraphs with these digests, one after the other."""
    first, *others = digests
    if not others:
        return digest_of_words(words) == first
    starts = _starts(words)
    return first in starts and _consists_of(words[starts[first] :], others)
