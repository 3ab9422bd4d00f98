"""Texts and their translations -> where these say something else, by value.

Numbers, dates, hours, money, units, limits, negations, names, links, quotations and paragraphs.
Drafts are passed over: they are not done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from briefing.checks.parity.differences import Version, differences
from briefing.checks.parity.names import Names, names_of
from briefing.checks.parity.pairing import Pair, joined, pair_paragraphs
from briefing.checks.parity.places import DEK, TITLE, SourcePlaces
from briefing.checks.parity.plain import PlainBlock, plain_block
from briefing.checks.parity.said import Difference
from briefing.checks.parity.telling import tell, tell_form, tell_still_original
from briefing.checks.translations.pairs import translated_texts
from briefing.model.article import Summary
from briefing.model.site import Site
from briefing.problems import Place, Problem
from briefing.syntax.cldr import primary_language

ReadFiles = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Returns the bytes of some files, by path."""


def translations_say_the_same(site: Site, read: ReadFiles) -> Iterator[Problem]:
    """Yield what translations say otherwise than their originals.

    read: the files of the site, of which those are read in which something is told.
    """
    names = names_of(site)
    for original, translation in translated_texts(site):
        if not (original.draft or translation.draft):
            yield from _Texts(original, translation, names, read).problems()


class _Part(Struct, frozen=True):
    """A title, or paragraphs that stand for each other."""

    one: Version
    other: Version
    here: int
    """The number of the paragraph of the original."""
    there: int


class _Texts:
    """An original and its translation."""

    def __init__(
        self, original: Summary, translation: Summary, names: Names, read: ReadFiles
    ) -> None:
        self._original, self._translation = original, translation
        self._names, self._read = names, read
        self._one, self._other = ([*map(plain_block, t.body.blocks)] for t in self._both)
        self._places: dict[str, SourcePlaces] = {}

    @property
    def _both(self) -> tuple[Summary, Summary]:
        return self._original, self._translation

    def problems(self) -> Iterator[Problem]:
        """Yield what the translation says otherwise."""
        one, other = self._original, self._translation
        yield from self._compared(self._head(one.title, other.title, TITLE))
        if one.dek and other.dek:
            yield from self._compared(self._head(one.dek, other.dek, DEK))
        ours = [Version(block, one.language) for block in self._one]
        theirs = [Version(block, other.language) for block in self._other]
        pairs = pair_paragraphs(ours, theirs, self._names)
        for at, pair in enumerate(pairs):
            yield from self._form(pair, pairs[:at])
            if pair.one and pair.other:
                yield from self._compared(self._part(pair))

    def _compared(self, part: _Part) -> Iterator[Problem]:
        """Yield what two parts say otherwise; or that the one was never translated."""
        if self._is_untouched(part):
            place = self._in_file(0).place(part.here, "", (0, 0))
            there = self._in_file(1).place(part.there, "", (0, 0))
            yield Problem(there, *tell_still_original(place))
        else:
            yield from self._differences(part)

    def _is_untouched(self, part: _Part) -> bool:
        """Whether a part of the translation is the original's, in another language than its own."""
        one, other = (primary_language(text.language) for text in self._both)
        return one != other and part.one.block == part.other.block and part.one.block.is_running

    def _head(self, one: str, other: str, part: int) -> _Part:
        before = Version(PlainBlock(one, ""), self._original.language)
        after = Version(PlainBlock(other, ""), self._translation.language)
        return _Part(before, after, part, part)

    def _part(self, pair: Pair) -> _Part:
        one = Version(joined([self._one[at] for at in pair.one]), self._original.language)
        other = Version(joined([self._other[at] for at in pair.other]), self._translation.language)
        return _Part(one, other, pair.one[0], pair.other[0])

    def _differences(self, part: _Part) -> Iterator[Problem]:
        for each in differences(part.one, part.other, self._names):
            before, after = self._place_of(part, each, 0), self._place_of(part, each, 1)
            yield Problem(after, *tell(each, part.one, part.other, before))

    def _place_of(self, part: _Part, each: Difference, side: int) -> Place:
        """Return the place of a difference in the original (0) or in the translation (1)."""
        number = (part.here, part.there)[side]
        text = (part.one, part.other)[side].text
        span = (each.one, each.other)[side] or each.near or (0, 0)
        return self._in_file(side).place(number, text, span)

    def _in_file(self, side: int) -> SourcePlaces:
        """Return the places of the file of the original (0) or of the translation (1)."""
        path = self._both[side].place.path
        if path not in self._places:
            words = [block.text for block in (self._one, self._other)[side]]
            self._places[path] = SourcePlaces(path, self._read([path])[path], words)
        return self._places[path]

    def _form(self, pair: Pair, before: Sequence[Pair]) -> Iterator[Problem]:
        """Yield what is told of paragraphs that were left out, added, split, merged or moved."""
        one, other = ([b[at] for at in ats] for b, ats in self._blocks_of(pair))
        moved = bool(pair.one and pair.other) and any(
            earlier.one > pair.one for earlier in before if earlier.one and earlier.other
        )
        if told := tell_form(one, other, is_moved=moved):
            here = pair.one[0] if pair.one else max((e.one[-1] for e in before if e.one), default=0)
            last = max((e.other[-1] for e in before if e.other), default=0)
            there = pair.other[0] if pair.other else last
            place = self._in_file(0).place(here, "", (0, 0))
            message, cure = told
            yield Problem(
                self._in_file(1).place(there, "", (0, 0)), message.format(place=place), cure
            )

    def _blocks_of(self, pair: Pair) -> tuple[tuple[list[PlainBlock], tuple[int, ...]], ...]:
        return (self._one, pair.one), (self._other, pair.other)
