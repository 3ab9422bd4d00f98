"""A block of prose -> its words, and where its links, quotations and emphasis are."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from msgspec import Struct

from briefing.model.prose import SLOT_END, SLOT_LABEL, SLOT_START, Block

_PART = re.compile(
    f"<(?P<close>/?)(?P<tag>[a-z]+[0-9]?)(?P<rest>[^>]*)>"
    f"|{SLOT_START}(?P<slot>[0-9]+){SLOT_LABEL}|(?P<end>{SLOT_END})"
)
_HREF = re.compile(r'\bhref="([^"]*)"')
_LINES = frozenset(["p", "li", "tr", "td", "th", "br", "ul", "ol", "blockquote", "pre"])
"""Elements that end a line."""
_QUOTATION = re.compile(
    r"“[^“”]*”|«[^«»]*»|「[^「」]*」|『[^『』]*』|„[^„“”]*[“”]|\"[^\"\n]*\"|《[^《》]*》"
)
_SPEECH_BEFORE = re.compile(r"[:：,，、]\s*$")
_SPEECH_AFTER = re.compile(r"\s*[,，—–]|(?:と|って)")
_SAID = re.compile("[.,!?…。，！？、؟]|[\u3041-\u309f]$|[我你您咱们們了吗嗎吧呢不没沒是会會要能]")
"""Matches in words that are said: marks of a sentence, kana that end a verb, Chinese words."""
_HAN_OR_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_NO_NAME = re.compile(r"[^\W\d_]{2,}")
_WORDS_OF_NAME = 4
_SIGNS_OF_NAME = 8
"""As many words, or signs of Chinese and Japanese, are no name."""
_SINGLE = re.compile(r"(?<!\w)‘[^‘’]+’(?!\w)")


class LinkedWords(Struct, frozen=True):
    """A link in a block."""

    start: int
    end: int
    target: str
    """`point:halt-days`, or an address."""


class PlainBlock(Struct, frozen=True):
    """The words of a block."""

    text: str
    tag: str
    """Of the element that it is: `p`, `h2`, `ul` …; "" for a title."""
    links: tuple[LinkedWords, ...] = ()
    emphasised: int = 0
    """Words in emphasis, which may be titles that another language has in quotation marks."""
    items: int = 0
    """Items of a list, cells of a table."""

    @property
    def is_running(self) -> bool:
        """Whether it has words that are translated: it is no name, number or code, and quotes none.

        Three words without a capital, or as many signs of a script without spaces as no name has.
        """
        if self.tag in {"blockquote", "pre"}:
            return False
        words = [word for word in _NO_NAME.findall(self.text) if not word[0].isupper()]
        return len(words) >= _WORDS_OF_NAME - 1 or any(
            _HAN_OR_KANA.match(word) and len(word) >= _SIGNS_OF_NAME for word in words
        )

    def may_be_name(self, quotation: tuple[int, int]) -> bool:
        """Whether a quotation may be a name or a title, which other languages write without marks.

        It is short, no sentence, and has a capital where the script has any.
        """
        start, end = quotation
        words = self.text[start + 1 : end - 1].strip()
        if self.text[start] == "《":
            return True
        if _SAID.search(words) or not words:
            return False
        if _HAN_OR_KANA.search(words):
            return len(words) < _SIGNS_OF_NAME
        is_speech = _SPEECH_BEFORE.search(self.text, 0, start) or _SPEECH_AFTER.match(
            self.text, end
        )
        return not (is_speech or words[0].islower()) and len(words.split()) < _WORDS_OF_NAME

    @property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Where the quotations are, those in others left out."""
        found = [match.span() for match in _QUOTATION.finditer(self.text)]
        singles = (match.span() for match in _SINGLE.finditer(self.text))
        found += [(a, b) for a, b in singles if not any(c <= a < d for c, d in found)]
        return tuple(sorted(found))


@lru_cache(maxsize=4_096)
def plain_block(block: Block) -> PlainBlock:
    """Return the words of a block, each item of a list and each cell on a line."""
    tag = block.html[1:].partition(">")[0].partition(" ")[0]
    if tag == "p" and block.html.count("<") == 2 and not block.links:  # noqa: PLR2004 — its own tags
        return PlainBlock(unescape(block.html[3:-4]), tag)
    return _Reader(block, tag).read()


class _Reader:
    def __init__(self, block: Block, tag: str) -> None:
        self._block, self._tag = block, tag
        self._words: list[str] = []
        self._length = 0
        self._open: list[tuple[int, str]] = []
        self._links: list[LinkedWords] = []
        self._emphasised = self._items = 0

    def read(self) -> PlainBlock:
        at, html = 0, self._block.html
        for match in _PART.finditer(html):
            if at < match.start():
                self._add(unescape(html[at : match.start()]))
            at = match.end()
            close, tag, _, slot, _ = match.groups()
            if slot:
                link = self._block.links[int(slot)]
                self._open.append((self._length, f"{link.kind}:{link.target}"))
            elif not tag or (close and tag == "a"):
                self._end_link()
            else:
                self._tag_read(match)
        self._add(unescape(html[at:]))
        text = "".join(self._words)
        return PlainBlock(text, self._tag, tuple(self._links), self._emphasised, self._items)

    def _add(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)

    def _end_link(self) -> None:
        if self._open:
            start, target = self._open.pop()
            self._links.append(LinkedWords(start, self._length, target))

    def _tag_read(self, match: re.Match[str]) -> None:
        tag = match["tag"]
        if tag == "a" and (href := _HREF.search(match["rest"])):
            self._open.append((self._length, unescape(href[1])))
        if match["close"] or tag == "br":
            if tag in _LINES:
                self._add("\n")
            return
        self._emphasised += tag in ("em", "strong", "b", "i")
        self._items += tag in ("li", "td", "th")
