"""Prose: a Markdown text that was read, as blocks of safe HTML with slots for links by id.

Here is what a reader of Markdown makes and a page fills in; how Markdown is read is
not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape
from msgspec import Struct

from briefing.problems import Place

MAX_SEARCH = 10_000
"""Characters in which a part of a block is looked for, to say where it stands."""
WORDS_PER_MINUTE, CHARACTERS_PER_MINUTE = 238, 255
"""How fast people read: words, and the letters of scripts that write none apart.

https://doi.org/10.1016/j.jml.2019.104047 (words), https://doi.org/10.1167/iovs.11-8284 (letters)
"""
ID_SCHEMES = ("article", "topic", "point")
"""The schemes of links by id."""
SLOT_START, SLOT_LABEL, SLOT_END = "\x02", "\x03", "\x04"
"""Around the number and the label of a link by id; no text can hold them, `decode` refuses them."""
_NO_ATTRIBUTES = Markup("")
_TAG = re.compile(r"<[^>]*>")
_LINK_SLOT = re.compile(f"{SLOT_START}([0-9]+){SLOT_LABEL}(.*?){SLOT_END}", re.DOTALL)
_PERHAPS_WIDE = re.compile("[^\x00-\u0377\u1e00-\u1eff\u2010-\u2027]")
"""All but Latin letters and the marks beside them, of which none is wide."""


class Link(Struct, frozen=True):
    """A link by id, as written."""

    kind: str
    """One of INTERNAL."""
    target: str
    """`gia-lai`, or `other-topic/gia-lai`."""
    place: Place
    title: str = ""
    """What is shown when it is pointed at."""

    def resolve(self, topic: str) -> tuple[str, str]:
        """Give the topic and the id it leads to, from a text of a topic."""
        if self.kind == "topic":
            return self.target, ""
        first, slash, rest = self.target.partition("/")
        return (first, rest) if slash else (topic, first)


class Block(Struct, frozen=True):
    """A paragraph, a list, a table …: HTML with slots for its links."""

    html: str
    links: tuple[Link, ...]

    def render(self, href: Callable[[Link], str | None]) -> Markup:
        """Fill the slots; a link that leads nowhere becomes plain text."""
        if not self.links:
            return Markup(self.html)  # noqa: S704 — it is the reader's HTML

        def fill(match: re.Match[str]) -> str:
            link = self.links[int(match[1])]
            if (address := href(link)) is None:
                return match[2]
            return f"{link_start_tag(address, link.title)}{match[2]}</a>"

        return Markup(_LINK_SLOT.sub(fill, self.html))  # noqa: S704 — it is the reader's HTML


def link_start_tag(address: str, title: str, attributes: Markup = _NO_ATTRIBUTES) -> Markup:
    """Give the tag that opens a link, with what is shown when it is pointed at."""
    pointed = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(address)}"{attributes}{pointed}>')  # noqa: S704 — escaped


class Prose(Struct, frozen=True):
    """A Markdown text, read."""

    blocks: tuple[Block, ...] = ()

    @property
    def links(self) -> Iterator[Link]:
        """The links inside the site, in their order."""
        return (link for block in self.blocks for link in block.links)

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes and at least one."""
        text = _TAG.sub(" ", " ".join(block.html for block in self.blocks))
        signs = _PERHAPS_WIDE.findall(text)
        wide = set(filter(is_cjk, set(signs)))
        letters = len([sign for sign in signs if sign in wide])
        if wide:
            text = text.translate(dict.fromkeys(map(ord, wide), " "))
        return max(1, round(len(text.split()) / WORDS_PER_MINUTE + letters / CHARACTERS_PER_MINUTE))


def is_cjk(character: str) -> bool:
    """Wide in East Asia, and not an emoji."""
    wide = unicodedata.east_asian_width(character) in "WFH"
    return wide and unicodedata.category(character) != "So"
