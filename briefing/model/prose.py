"""Prose: a parsed Markdown text, as blocks of safe HTML with slots for links by id.

`briefing.syntax.markdown` makes it of Markdown; `briefing.rendering.context` fills the slots
with the addresses that the links have on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup
from msgspec import Struct

from briefing.model.html import escape
from briefing.problems import Place

MAX_SEARCH = 10_000
"""Characters of a block that are searched for the place of a link; the place of one further on
is the last that was found. It bounds the time that a hostile text can take."""
WORDS_PER_MINUTE, CHARACTERS_PER_MINUTE = 238, 255
"""Reading speed: words, and characters of the scripts that put no spaces between words.

https://doi.org/10.1016/j.jml.2019.104047 (words), https://doi.org/10.1167/iovs.11-8284 (letters)
"""
MAX_EXCERPT = 160
"""Characters of an excerpt: about as many as search engines show of a description."""
ID_SCHEMES = ("article", "topic", "point")
"""The schemes of links by id: `[the halt](point:halt-days)`."""
SLOT_START, SLOT_LABEL, SLOT_END = "\x02", "\x03", "\x04"
"""Control characters around the number and the label of a link by id in the HTML of a block.

No text has them: `briefing.syntax.text` refuses control characters.
"""
_NO_ATTRIBUTES = Markup("")
_TAG = re.compile(r"<[^>]*>")
SLOT_MARK = re.compile(f"{SLOT_START}[0-9]+{SLOT_LABEL}|{SLOT_END}")
"""Matches what stands around the label of a link by id."""
_LINK_SLOT = re.compile(f"{SLOT_START}([0-9]+){SLOT_LABEL}(.*?){SLOT_END}", re.DOTALL)
_PERHAPS_WIDE = re.compile("[^\x00-\u0377\u1e00-\u1eff\u2010-\u2027]")
"""A character that may be wide: neither Latin nor the punctuation beside it.

It spares a look-up in the Unicode database for most characters of most texts.
"""


class Link(Struct, frozen=True):
    """A link by id, as its author wrote it."""

    kind: str
    """One of `ID_SCHEMES`."""
    target: str
    """What follows the scheme: `gia-lai`, or `other-topic/gia-lai`."""
    place: Place
    title: str = ""
    """The Markdown title, shown as a tooltip; "" for none."""

    def resolve(self, topic: str) -> tuple[str, str]:
        """Return the topic id and the article or point id that this link leads to.

        `topic` is the id of the topic whose text has the link. The second is "" for a link to
        a topic.
        """
        if self.kind == "topic":
            return self.target, ""
        first, slash, rest = self.target.partition("/")
        return (first, rest) if slash else (topic, first)


class Block(Struct, frozen=True):
    """A paragraph, a list, a table …, as HTML with slots for its links by id."""

    html: str
    links: tuple[Link, ...]
    """In the order of the numbers in the slots."""

    def render(self, href: Callable[[Link], str | None]) -> Markup:
        """Return the HTML with its slots filled.

        `href` returns the address of a link, or None to show its label as plain text.
        """
        if not self.links:
            return Markup(self.html)  # noqa: S704 — it is the reader's HTML

        def fill(match: re.Match[str]) -> str:
            link = self.links[int(match[1])]
            if (address := href(link)) is None:
                return match[2]
            return f"{link_start_tag(address, link.title)}{match[2]}</a>"

        return Markup(_LINK_SLOT.sub(fill, self.html))  # noqa: S704 — it is the reader's HTML


def link_start_tag(address: str, title: str, attributes: Markup = _NO_ATTRIBUTES) -> Markup:
    """Return the start tag of a link, escaped; `title` is its tooltip, "" for none.

    `attributes` stand before the title, and begin with a space.
    """
    title_attribute = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(address)}"{attributes}{title_attribute}>')  # noqa: S704 — escaped


class Prose(Struct, frozen=True):
    """A parsed Markdown text."""

    blocks: tuple[Block, ...] = ()

    @property
    def links(self) -> Iterator[Link]:
        """The links by id, in the order of the text."""
        return (link for block in self.blocks for link in block.links)

    @property
    def excerpt(self) -> str:
        """The first paragraph in plain words, cut at a word; "" if there is no paragraph."""
        first = next((block.html for block in self.blocks if block.html.startswith("<p>")), "")
        words = unescape(_TAG.sub("", SLOT_MARK.sub("", first.replace("<br>", " ")))).split()
        return _cut_at_a_word(" ".join(words))

    @property
    def minutes(self) -> int:
        """The reading time in whole minutes, at least 1."""
        text = _TAG.sub(" ", " ".join(block.html for block in self.blocks))
        characters = _PERHAPS_WIDE.findall(text)
        wide = set(filter(is_cjk, set(characters)))
        letters = len([character for character in characters if character in wide])
        if wide:
            text = text.translate(dict.fromkeys(map(ord, wide), " "))
        return max(1, round(len(text.split()) / WORDS_PER_MINUTE + letters / CHARACTERS_PER_MINUTE))


def _cut_at_a_word(text: str) -> str:
    """Return a text of at most MAX_EXCERPT characters, with an ellipsis if it was cut."""
    if len(text) <= MAX_EXCERPT:
        return text
    end = text.rfind(" ", MAX_EXCERPT // 2, MAX_EXCERPT)  # before the sign at MAX_EXCERPT - 1
    if end < 0:  # one long word, or a script without spaces
        end = MAX_EXCERPT - 1
        while unicodedata.combining(text[end]):
            end -= 1
    return f"{text[:end].rstrip(' ,.;:–—-，、。；：')}…"


def is_cjk(character: str) -> bool:
    """Whether a character is wide by UAX #11 (Chinese, Japanese, Korean) and not an emoji."""
    wide = unicodedata.east_asian_width(character) in "WFH"
    return wide and unicodedata.category(character) != "So"
