"""CommonMark -> prose, by the parser markdown-it-py, which has its one home here.

Raw HTML is shown as text, images are refused, links are taken from a list of schemes,
and a link by id (`point:halt-days`) stays a `Link` until a page says where it leads.
The parser takes longer to load than most texts to read: see `markdown`, which asks it last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from markupsafe import Markup

from briefing.model.prose import (
    ID_SCHEMES,
    MAX_SEARCH,
    SLOT_END,
    SLOT_LABEL,
    SLOT_START,
    Block,
    Link,
    Prose,
    is_cjk,
    link_start_tag,
)
from briefing.problems import Collector, Place, Problem, raise_if_any
from briefing.syntax.nodes import LOST
from briefing.syntax.text import Lines, Text, refused
from briefing.syntax.urls import link_url_mistake

MAX_MARKDOWN_DEPTH = 24
"""Levels of blocks in blocks: a list has two, a quotation one. The parser drops what is deeper."""
MAX_INLINE_DEPTH = 20
"""Levels of links in links that the parser looks into."""
MAX_EMPTY_CELLS = 1_000
"""Cells of one table that are not written and that the parser puts in."""
EXTERNAL = ("https:", "http:", "mailto:")
"""The schemes of links that lead out of the site; no other does."""
_LEADS_OUT = Markup(' rel="noopener"')


def parse_commonmark(source: Text) -> Prose:
    """Read CommonMark with tables and strikethrough; raises Problems for what is not taken."""
    tokens = _parse(source)
    lines = Lines(source)
    collector = Collector()
    blocks = []
    for block in _blocks(tokens):
        links: list[Link] = []
        collector.add(_read_block(source, lines, block, links))
        blocks.append(
            Block(_PARSER.renderer.render(block, _PARSER.options, {}).strip(), tuple(links))
        )
    collector.done()
    return Prose(tuple(blocks))


def _parse(source: Text) -> list[Token]:
    tokens = _PARSER.parse(source.text)
    lines = Lines(source)
    raise_if_any(
        Problem(
            lines.place(lines.start((token.map or [0])[0])),
            "the Markdown is nested too deep",
            "take it apart",
        )
        for token in tokens
        if token.level == MAX_MARKDOWN_DEPTH - 2
    )
    return tokens


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Split tokens where the outermost blocks end."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def _read_block(
    source: Text, lines: Lines, tokens: Sequence[Token], links: list[Link]
) -> Iterator[Problem]:
    """Tell what is not taken, and leave slots for links by id."""
    for token in tokens:
        find = _Finder(source, lines, token)
        if token.type == "heading_open" and token.tag == "h1":
            yield Problem(find("#"), "a first-level heading; the title is that", "begin with `##`")
        if alignment := token.attrs.pop("style", None):  # which a content security policy refuses
            token.attrs["class"] = f"aligned-{str(alignment).removeprefix('text-align:')}"
        yield from _read_references(token, find)
        slots: list[bool] = []
        for child in token.children or ():
            if child.type == "image":
                place = find(str(child.attrs["src"]))
                yield Problem(place, "images are not taken", "link to the image instead")
            elif child.type == "link_open":
                if slots:
                    place = find(str(child.attrs["href"]))
                    yield Problem(place, "a link inside a link", "keep one of them")
                yield from _read_link(child, find, links)
                slots.append("slot" in child.meta)
            elif child.type == "link_close":
                child.meta["slot"] = slots.pop()


def _read_references(token: Token, find: _Finder) -> Iterator[Problem]:
    """Tell of characters that no file may have and that references (`&#x202E;`) bring in."""
    texts = [unescapeAll(token.info)]
    for child in token.children or ():
        texts += [child.content, str(child.attrs.get("title", ""))]
    for text in texts:
        if (wrong := refused(text)) and LOST not in token.content:
            yield Problem(find("&"), wrong, "delete the reference to it")


def _read_link(token: Token, find: _Finder, links: list[Link]) -> Iterator[Problem]:
    href = str(token.attrs["href"])
    place = find(href or "()")
    kind, colon, target = href.partition(":")
    if colon and kind in ID_SCHEMES:
        token.meta["slot"] = len(links)
        links.append(Link(kind, unquote(target), place, str(token.attrs.get("title", ""))))
    elif not href.lower().startswith(EXTERNAL):
        ids = ", ".join(f"{kind}:…" for kind in ID_SCHEMES)
        cure = f"write https:, http:, mailto:, or an id: {ids}"
        yield Problem(place, f"a link to `{unquote(href)}` is not taken", cure)
    elif wrong := link_url_mistake(href):
        yield Problem(
            place, f"the link to `{href}` {wrong}", "write the address of the page itself"
        )


class _Finder:
    """Finds where in the source the parts of a block stand: inline tokens know only their lines."""

    def __init__(self, source: Text, lines: Lines, token: Token) -> None:
        first, last = token.map or (0, 0)
        self._source, self._lines = source, lines
        self._first, self._end = lines.start(first), lines.start(last)
        self._at = self._first

    def __call__(self, part: str) -> Place:
        """Place the next occurrence of a part, or an earlier one, or what is left of the block.

        What stands inside a link is earlier than its address.
        """
        for start in (self._at, self._first):
            for written in (part, unquote(part)):
                end = min(start + MAX_SEARCH, self._end)
                if (found := self._source.text.find(written, start, end)) >= 0:
                    self._at = max(self._at, found + len(written))
                    return self._lines.place(found)
        return self._lines.place(self._at)


class _CjkState(StateInline):
    """Emphasis that opens and closes beside Chinese, Japanese and Korean text.

    CommonMark takes `**“停火”**三十天` for text, because a quotation mark stands inside
    and a letter outside. The rule is that of
    https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (is_cjk(before) or is_cjk(after)):
            return scanned
        return Scanned(
            scanned.can_open or not after.isspace(),
            scanned.can_close or not before.isspace(),
            scanned.length,
        )


class _CjkInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _CjkState(src, md, env, tokens)
        state.level = MAX_MARKDOWN_DEPTH - MAX_INLINE_DEPTH
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "js-default", {"linkify": False, "typographer": False, "maxNesting": MAX_MARKDOWN_DEPTH}
    )
    # The module; the attribute of that name in its package is the rule itself.
    import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = MAX_EMPTY_CELLS  # type: ignore[attr-defined]
    inline = _CjkInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    # Every link becomes a token, so that one that is not taken can be told of with its place.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 — its name is known
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _link_open(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    token = tokens[index]
    if "slot" in token.meta:
        return f"{SLOT_START}{token.meta['slot']}{SLOT_LABEL}"
    title = str(token.attrs.get("title", ""))
    return str(link_start_tag(str(token.attrs["href"]), title, _LEADS_OUT))


def _link_close(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return SLOT_END if tokens[index].meta.get("slot") else "</a>"


_PARSER = _parser()
