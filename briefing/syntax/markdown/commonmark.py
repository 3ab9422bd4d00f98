"""CommonMark -> prose, by markdown-it-py, which is used in this module only.

Raw HTML is shown as text, images and links of other schemes are refused, and a link by id
(`point:halt-days`) stays a `Link` until a page has its address. Loading markdown-it-py takes
longer than reading most texts, so `briefing.syntax.markdown.parse` imports this module last.
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
from briefing.syntax.characters import REPLACEMENT, forbidden_character_mistake
from briefing.syntax.text import LineIndex, Text
from briefing.syntax.urls import link_url_mistake

MAX_MARKDOWN_DEPTH = 24
"""Levels of blocks in blocks: a list has two, a quotation one. The parser would drop deeper ones
without a word, so they are refused."""
MAX_INLINE_DEPTH = 20
"""Levels of links in links that the parser reads; deeper ones stay text."""
MAX_EMPTY_CELLS = 1_000
"""Missing cells that the parser adds to one table; it ends a table that needs more."""
EXTERNAL_SCHEMES = ("https:", "http:", "mailto:")
"""The schemes of links that lead out of the site; other schemes are refused."""
_REL_NOOPENER = Markup(' rel="noopener"')


def parse_commonmark(source: Text) -> Prose:
    """Return the prose of a text in CommonMark with tables and strikethrough.

    Raises Problems for what is refused: see the module.
    """
    tokens = _parse(source)
    lines = LineIndex(source)
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
    """Return the tokens of a text. Raises Problems for blocks nested too deep."""
    tokens = _PARSER.parse(source.text)
    lines = LineIndex(source)
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
    """Yield the tokens of each outermost block."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def _read_block(
    source: Text, lines: LineIndex, tokens: Sequence[Token], links: list[Link]
) -> Iterator[Problem]:
    """Yield the problems of a block; put its links by id into `links` and slots into `tokens`."""
    for token in tokens:
        find = _Finder(source, lines, token)
        if token.type == "heading_open" and token.tag == "h1":
            yield Problem(find("#"), "a first-level heading; the title is that", "begin with `##`")
        # The content security policy of the pages refuses the style attribute of aligned cells.
        if alignment := token.attrs.pop("style", None):
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
    """Yield the forbidden characters that references (`&#x202E;`) bring in."""
    texts = [unescapeAll(token.info)]
    for child in token.children or ():
        texts += [child.content, str(child.attrs.get("title", ""))]
    for text in texts:
        if (wrong := forbidden_character_mistake(text)) and REPLACEMENT not in token.content:
            yield Problem(find("&"), wrong, "delete the reference to it")


def _read_link(token: Token, find: _Finder, links: list[Link]) -> Iterator[Problem]:
    """Make a link by id a slot, and add it to `links`; yield the problem of a refused link."""
    href = str(token.attrs["href"])
    place = find(href or "()")
    kind, colon, target = href.partition(":")
    if colon and kind in ID_SCHEMES:
        token.meta["slot"] = len(links)
        links.append(Link(kind, unquote(target), place, str(token.attrs.get("title", ""))))
    elif not href.lower().startswith(EXTERNAL_SCHEMES):
        ids = ", ".join(f"{kind}:…" for kind in ID_SCHEMES)
        cure = f"write https:, http:, mailto:, or an id: {ids}"
        yield Problem(place, f"a link to `{unquote(href)}` is not taken", cure)
    elif wrong := link_url_mistake(href):
        yield Problem(
            place, f"the link to `{href}` {wrong}", "write the address of the page itself"
        )


class _Finder:
    """Finds the places of the parts of a block: inline tokens know the lines of the block only."""

    def __init__(self, source: Text, lines: LineIndex, token: Token) -> None:
        first, last = token.map or (0, 0)
        self._source, self._lines = source, lines
        self._first, self._end = lines.start(first), lines.start(last)
        self._at = self._first

    def __call__(self, part: str) -> Place:
        """Return the place of the next occurrence of `part` in the block, percent-encoded or not.

        If there is none, that is an earlier one, or else where the last part ended. What is
        inside a link is earlier than its address, which is looked for first.
        """
        for start in (self._at, self._first):
            for written in (part, unquote(part)):
                end = min(start + MAX_SEARCH, self._end)
                if (index := self._source.text.find(written, start, end)) >= 0:
                    self._at = max(self._at, index + len(written))
                    return self._lines.place(index)
        return self._lines.place(self._at)


class _CjkState(StateInline):
    """Emphasis that opens and closes beside Chinese, Japanese and Korean text.

    CommonMark takes `**“停火”**三十天` for text, because a quotation mark stands inside
    and a letter outside. The rule is that of
    https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Return whether a run of delimiters at `start` can open or close, and its length."""
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
    """The inline parser of markdown-it-py, with the state above."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Add the inline tokens of `src` to `tokens`, and return them."""
        state = _CjkState(src, md, env, tokens)
        state.level = MAX_MARKDOWN_DEPTH - MAX_INLINE_DEPTH
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _parser() -> MarkdownIt:
    """Return the parser with our limits, our rule for emphasis, and our renderer of links."""
    parser = MarkdownIt(
        "js-default", {"linkify": False, "typographer": False, "maxNesting": MAX_MARKDOWN_DEPTH}
    )
    # The module; the attribute of that name in its package is the rule itself.
    import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = MAX_EMPTY_CELLS  # type: ignore[attr-defined]
    inline = _CjkInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    # Every link becomes a token, so that a refused one can be reported with its place.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 — its name is known
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _link_open(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    """Return the start of a slot, or the start tag of a link out of the site."""
    token = tokens[index]
    if "slot" in token.meta:
        return f"{SLOT_START}{token.meta['slot']}{SLOT_LABEL}"
    title = str(token.attrs.get("title", ""))
    return str(link_start_tag(str(token.attrs["href"]), title, _REL_NOOPENER))


def _link_close(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    """Return the end of a slot, or of a link."""
    return SLOT_END if tokens[index].meta.get("slot") else "</a>"


_PARSER = _parser()
