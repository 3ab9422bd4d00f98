"""A text -> the terms of the site in it, by the forms of its language.

Whole words where a language has spaces between them. Case, the form of quotation marks, spaces and
the Unicode form do not count, nor where Vietnamese puts a tone (`hoà`, `hòa`); accents do: `ngưng`
is another word than `ngừng`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from msgspec import Struct

from briefing.content.claims.locator import is_unspaced
from briefing.model.terms import Term

_QUOTES = str.maketrans("‘’“”", "''\"\"")
_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(_TONES)})(?!\w)", re.IGNORECASE)


class TermUse(Struct, frozen=True):
    """A form of a term in a text."""

    start: int
    end: int
    term: Term
    is_allowed: bool


class TermForms:
    """The forms of terms in one language."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._meant: dict[str, list[tuple[Term, bool]]] = {}
        """The terms that a form may be of, and whether it may be used, by the form as compared."""
        written: set[str] = set()
        for term in terms:
            for forms, is_allowed in ((term.words, True), (term.avoid, False)):
                for form in forms.get(language, ()):
                    self._meant.setdefault(_compared(form), []).append((term, is_allowed))
                    written |= {_settled(normalize("NFC", form)), _compared(form)}
        longest_first = sorted(written, key=len, reverse=True)
        either = "|".join(r"\s+".join(map(re.escape, form.split())) for form in longest_first)
        before, after = ("", "") if is_unspaced(language) else (r"(?<!\w)", r"(?!\w)")
        self._pattern = re.compile(f"{before}(?:{either}){after}", re.IGNORECASE)

    def uses_in(self, text: str) -> Iterator[TermUse]:
        """Yield the forms in a text, which is in NFC: of those at one place the longest."""
        if not self._meant:
            return
        for match in self._pattern.finditer(_settled(text)):
            for term, is_allowed in self._meant.get(_compared(match.group()), ()):
                yield TermUse(match.start(), match.end(), term, is_allowed)


def _settled(text: str) -> str:
    """Return a text of the same length in which one word is written in one way."""
    plain = text.translate(_QUOTES)
    return _TONE.sub(lambda match: _TONES[match.group().lower()], plain)


def _compared(form: str) -> str:
    return " ".join(_settled(normalize("NFC", form)).casefold().split())
