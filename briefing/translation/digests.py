"""A text -> the digests by which a translation names what it was made from, in `of:`.

A digest is of the words. What does not change their meaning does not change it: spaces and line
ends, the form of quotation marks, emphasis, where a link leads, and how Unicode writes a letter
(`syntax.text` composes those when a file is read).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from html import unescape

from briefing.model.article import Summary, TextDigests
from briefing.model.prose import SLOT_MARK, Block, Prose

MAX_TEXTS = 2_000
"""Texts whose digests are remembered: a build and its checks ask for each several times."""
_TAG = re.compile(r"<(?:(/?[a-z][a-z0-9]*)[^>]*)>")
_WITHOUT_MEANING = frozenset({"p", "a", "em", "strong", "code"})
"""Elements that do not change what the words in them say; one that strikes words out does."""
_SPACED = re.compile(r"\s+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›‘’‚‛'`´＂＇「」『』〝〞〟", '"'))
_AROUND_QUOTES = re.compile(r' ?"[ "]*')
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_AROUND_CJK = re.compile(rf"(?<=[{_CJK}]) | (?=[{_CJK}])")
"""A space beside a sign of a script without spaces, as a line end leaves it."""


def digests_of(text: Summary) -> TextDigests:
    """Return the digests of a text."""
    return digests_of_parts(text.title, text.dek, text.body)


@lru_cache(MAX_TEXTS)
def digests_of_parts(title: str, dek: str | None, body: Prose) -> TextDigests:
    """Return the digests of the parts of a text: its title, its `dek` if it has one, its blocks."""
    return TextDigests(
        title=digest_of_words(title),
        dek=digest_of_words(dek) if dek else "",
        text=tuple(digest_of_words(words_of(block)) for block in body.blocks),
    )


def of_field(digests: TextDigests) -> str:
    """Return digests as they are written in front matter, in one line."""
    dek = f", dek: {digests.dek}" if digests.dek else ""
    return f"{{title: {digests.title}{dek}, text: [{', '.join(digests.text)}]}}"


def digest_of_words(words: str) -> str:
    """Return the digest of some words: 8 hexadecimal digits of BLAKE2b."""
    return blake2b(normal_words(words).encode(), digest_size=4).hexdigest()


def normal_words(words: str) -> str:
    """Return words without what does not change their meaning."""
    spaced = _SPACED.sub(" ", words.translate(_QUOTES)).strip()
    return _AROUND_CJK.sub("", _AROUND_QUOTES.sub('"', spaced))


def words_of(block: Block) -> str:
    """Return the words of a block; of one that is no paragraph with its tags, as `<li>`."""
    return unescape(_TAG.sub(_tag_with_meaning, SLOT_MARK.sub("", block.html)))


def plain_words(block: Block) -> str:
    """Return the words of a block as they are read, in one line."""
    return " ".join(unescape(_TAG.sub(_space_of_tag, SLOT_MARK.sub("", block.html))).split())


def _tag_with_meaning(match: re.Match[str]) -> str:
    return "" if match[1].lstrip("/") in _WITHOUT_MEANING else f"<{match[1]}>"


def _space_of_tag(match: re.Match[str]) -> str:
    return "" if match[1].lstrip("/") in _WITHOUT_MEANING else " "


def words_by_digest(title: str, dek: str | None, body: Prose) -> Mapping[str, str]:
    """Return the words of each part of a text, title, dek and blocks, by their digest."""
    digests = digests_of_parts(title, dek, body)
    blocks = zip(digests.text, map(plain_words, body.blocks), strict=True)
    return {digests.title: title, **({digests.dek: dek} if dek else {}), **dict(blocks)}
