"""Texts -> where they say a term of the site by other words than it has for it: warnings.

Drafts are passed over: they are not done. A quotation has the words of who is quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from unicodedata import normalize

from msgspec.structs import replace

from briefing.checks.parity.differences import Version
from briefing.checks.parity.names import Names, names_of
from briefing.checks.parity.pairing import pair_paragraphs
from briefing.checks.parity.places import DEK, TITLE, SourcePlaces
from briefing.checks.parity.plain import PlainBlock, plain_block
from briefing.checks.translations.pairs import language_versions, translated_texts
from briefing.content.terms.forms import TermForms, TermUse
from briefing.model.article import Summary
from briefing.model.site import Site
from briefing.model.terms import Term
from briefing.problems import Place, Problem

ReadFiles = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Returns the bytes of some files, by path."""


def terms_are_said_by_their_words(site: Site, read: ReadFiles) -> Iterator[Problem]:
    """Yield the forms of terms that are not to be used, and those that translations leave out.

    read: the files of the site, of which those are read in which something is told.
    """
    if not site.terms:
        return
    forms = {each.code: TermForms(site.terms, each.code) for each in site.languages}
    for versions in language_versions(site):
        for text in versions.values():
            if not text.draft:
                yield from _TermsOf(text, forms[text.language], read).avoided()
    names = names_of(site)
    for original, translation in translated_texts(site):
        if not (original.draft or translation.draft):
            one, other = (_TermsOf(t, forms[t.language], read) for t in (original, translation))
            yield from other.left_out(one, names)


class _TermsOf:
    """The terms in one text."""

    def __init__(self, text: Summary, forms: TermForms, read: ReadFiles) -> None:
        self._text, self._forms, self._read = text, forms, read

    @cached_property
    def _blocks(self) -> list[PlainBlock]:
        plain = map(plain_block, self._text.body.blocks)
        return [replace(block, text=normalize("NFC", block.text)) for block in plain]

    @cached_property
    def _places(self) -> SourcePlaces:
        path = self._text.place.path
        return SourcePlaces(path, self._read([path])[path], [b.text for b in self._blocks])

    @property
    def _versions(self) -> list[Version]:
        return [Version(block, self._text.language) for block in self._blocks]

    def avoided(self) -> Iterator[Problem]:
        """Yield the forms that are not to be used."""
        heads = ((TITLE, self._text.title), (DEK, self._text.dek or ""))
        parts = [(at, PlainBlock(normalize("NFC", words), "")) for at, words in heads]
        for part, block in (*parts, *enumerate(self._blocks)):
            for use in self._forms.uses_in(block.text):
                if not use.is_allowed and not _is_quoted(block, use):
                    words = block.text[use.start : use.end]
                    place = self._places.place(part, block.text, (use.start, use.end))
                    message = f"`{words}` is not to be used: the term is `{use.term.id}`"
                    yield Problem(place, message, self._cure(use.term, "write"))

    def left_out(self, original: _TermsOf, names: Names) -> Iterator[Problem]:
        """Yield the terms of paragraphs of the original that this translation of it lacks."""
        for pair in pair_paragraphs(original._versions, self._versions, names):
            if pair.one and pair.other:
                here = {use.term.id for use in self._uses(pair.other)}
                told = set()
                for at in pair.one:
                    for use in original._uses([at]):
                        id = use.term.id
                        if self._has(use.term) and id not in here and id not in told:
                            told.add(id)
                            yield self._lacks(use, original._place_of(at, use), pair.other[0])

    def _uses(self, blocks: Iterable[int]) -> Iterator[TermUse]:
        for at in blocks:
            yield from self._forms.uses_in(self._blocks[at].text)

    def _has(self, term: Term) -> bool:
        """Whether a term has words in the language of the text."""
        return self._text.language in term.words

    def _place_of(self, block: int, use: TermUse) -> Place:
        return self._places.place(block, self._blocks[block].text, (use.start, use.end))

    def _lacks(self, use: TermUse, in_original: Place, block: int) -> Problem:
        message = (
            f"the term `{use.term.id}` of the original ({in_original}) is not in this paragraph"
        )
        place = self._places.place(block, "", (0, 0))
        return Problem(place, message, self._cure(use.term, "say it by"))

    def _cure(self, term: Term, verb: str) -> str:
        forms = " or ".join(f"`{form}`" for form in term.words[self._text.language])
        note = f"; {term.note}" if term.note else ""
        where = f"{term.place.path}:{term.place.line}"
        return f"{verb} {forms}, or change the term ({where}){note}"


def _is_quoted(block: PlainBlock, use: TermUse) -> bool:
    return any(start <= use.start and use.end <= end for start, end in block.quotations)
