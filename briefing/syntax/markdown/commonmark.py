"""CommonMark -> prose, by markdown-it-py.

Raw HTML is shown as text, images and links of other schemes are refused, and a link by id
(`point:halt-days`) stays a `Link` until a page has its address. What CommonMark would leave out,
show with its signs or take for something else than it was meant for is refused by the rules in
`block_rules` and `leftovers`; the ends of lines are those of `line_ends`. Loading markdown-it-py
takes longer than reading most texts, so `briefing.syntax.markdown.parse` imports this module last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any
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
    SLOT_END,
    SLOT_LABEL,
    SLOT_START,
    Block,
    Link,
    Prose,
    is_cjk,
    link_start_tag,
)
from briefing.problems import Collector, Problem, raise_if_any
from briefing.syntax.characters import REPLACEMENT, forbidden_character_mistake
from briefing.syntax.markdown.block_rules import (
    LEFTOVER,
    block_problems,
    definition_problems,
    is_wordless,
    leftover_problems,
)
from briefing.syntax.markdown.leftovers import (
    Leftover,
    footnote_mistake,
    leftover_mistake,
    line_mistake,
)
from briefing.syntax.markdown.line_ends import NEAR, is_joined
from briefing.syntax.markdown.places import Finder, SourceLines
from briefing.syntax.text import LineIndex, Text
from briefing.syntax.urls import link_url_mistake, url_cure

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
    env: dict[str, Any] = {}
    tokens = _parse(source, env)
    lines = LineIndex(source)
    source_lines = SourceLines(source, lines)
    collector = Collector()
    blocks = []
    for block in _blocks(tokens):
        links: list[Link] = []
        collector.add(_read_block(source, lines, block, links))
        collector.add(block_problems(block, source_lines))
        collector.add(leftover_problems(block, source_lines))
        _join_lines(block)
        blocks.append(
            Block(_PARSER.renderer.render(block, _PARSER.options, {}).strip(), tuple(links))
        )
    collector.add(definition_problems(env, _labels(tokens), source_lines))
    collector.done()
    return Prose(tuple(blocks))


def block_lines(source: Text) -> list[tuple[int, int]]:
    """Return the first line of each outermost block, from 0, and the one after its last."""
    return [
        (block[0].map[0], block[0].map[1]) for block in _blocks(_parse(source, {})) if block[0].map
    ]


def _parse(source: Text, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a text; `env` gets its definitions of links.

    Raises Problems for blocks nested too deep.
    """
    tokens = _PARSER.parse(source.text, env)
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


def _labels(tokens: Sequence[Token]) -> set[str]:
    """Return the labels of the definitions that links and images of a text lead by."""
    return {
        child.meta["label"]
        for token in tokens
        for child in token.children or ()
        if "label" in child.meta
    }


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
        first, last = token.map or (0, 0)
        find = Finder(source, lines, (first, last))
        # The content security policy of the pages refuses the style attribute of aligned cells.
        if alignment := token.attrs.pop("style", None):
            token.attrs["class"] = f"aligned-{str(alignment).removeprefix('text-align:')}"
        yield from _read_references(token, find)
        slots: list[bool] = []
        children = token.children or []
        for index, child in enumerate(children):
            if child.type == "image":
                place = find(str(child.attrs["src"]))
                yield Problem(place, "images are not taken", "link to the image instead")
            elif child.type == "link_open":
                if slots:
                    place = find(str(child.attrs["href"]))
                    yield Problem(place, "a link inside a link", "keep one of them")
                yield from _read_link(child, _label(children, index + 1), find, links)
                slots.append("slot" in child.meta)
            elif child.type == "link_close":
                child.meta["slot"] = slots.pop()


def _read_references(token: Token, find: Finder) -> Iterator[Problem]:
    """Yield the forbidden characters that references (`&#x202E;`) bring in."""
    texts = [unescapeAll(token.info)]
    for child in token.children or ():
        texts += [child.content, str(child.attrs.get("title", ""))]
    for text in texts:
        if (wrong := forbidden_character_mistake(text)) and REPLACEMENT not in token.content:
            yield Problem(find("&"), wrong, "delete the reference to it")


def _label(children: Sequence[Token], start: int) -> Sequence[Token]:
    """Return the tokens of the text of a link, which begins at `start`."""
    closing = (n for n in range(start, len(children)) if children[n].type == "link_close")
    return children[start : next(closing)]


def _read_link(
    token: Token, label: Sequence[Token], find: Finder, links: list[Link]
) -> Iterator[Problem]:
    """Make a link by id a slot, and add it to `links`; yield the problems of a refused link."""
    href = str(token.attrs["href"])
    place = find(href or "()")
    if is_wordless(label):
        yield Problem(place, "a link without words", "write them between the brackets before it")
    kind, colon, target = href.partition(":")
    if colon and kind in ID_SCHEMES:
        token.meta["slot"] = len(links)
        links.append(Link(kind, unquote(target), place, str(token.attrs.get("title", ""))))
    elif not href.lower().startswith(EXTERNAL_SCHEMES):
        ids = ", ".join(f"{kind}:…" for kind in ID_SCHEMES)
        cure = f"write https:, http:, mailto:, or an id: {ids}"
        yield Problem(place, f"a link to `{unquote(href)}` is not taken", cure)
    elif wrong := link_url_mistake(href):
        cure = url_cure(href, "write the address of the page itself")
        yield Problem(place, f"the link to `{href}` {wrong}", cure)


def _join_lines(tokens: Sequence[Token]) -> None:
    """Take the ends of lines out of a block where no space is written."""
    for token in tokens:
        children = token.children or []
        if not any(child.type == "softbreak" for child in children):
            continue
        before = after = ""
        following = []
        for child in reversed(children):
            following.append(after)
            after = (_shown(child) + after)[:NEAR]
        kept = []
        for child, after in zip(children, reversed(following), strict=True):
            if child.type != "softbreak" or not is_joined(before, after):
                kept.append(child)
                before = (before + _shown(child))[-NEAR:]
        token.children = kept


def _shown(child: Token) -> str:
    """Return the text that a part of a paragraph shows; a line end is one."""
    return "\n" if child.type in ("softbreak", "hardbreak") else child.content


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


def _footnote(state: StateInline, silent: bool) -> bool:
    """Read a footnote as text, and put a token for its mistake before it."""
    if state.src[state.pos] != "[" or not (found := footnote_mistake(state.src, state.pos)):
        return False
    if silent:
        state.pos += 1  # more at once would be a link to the parser, which no link may have inside
        return True
    _put(state, found)
    state.append_pending(state.src[state.pos : state.pos + found.length])
    state.pos += found.length
    return True


def _leftover(state: StateInline, silent: bool) -> bool:
    """Put a token for a mistake before a sign that no other rule takes; it stays text."""
    if not silent:
        if found := leftover_mistake(state.src, state.pos):
            _put(state, found)
        if found := line_mistake(state.src, state.pos):
            _put(state, found, of_lines=True)
    return False


def _put(state: StateInline, found: Leftover, *, of_lines: bool = False) -> None:
    """Put a token for a mistake at the place where a text is read; it shows nothing."""
    token = state.push(LEFTOVER, "", 0)
    token.hidden = True
    token.meta = {"found": found, "at": state.pos, "of lines": of_lines}


def _parser() -> MarkdownIt:
    """Return the parser with our limits, our rule for emphasis, and our renderer of links."""
    parser = MarkdownIt(
        "js-default",
        {
            "linkify": False,
            "typographer": False,
            "maxNesting": MAX_MARKDOWN_DEPTH,
            "store_labels": True,
        },
    )
    # The module; the attribute of that name in its package is the rule itself.
    import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = MAX_EMPTY_CELLS  # type: ignore[attr-defined]
    inline = _CjkInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    inline.ruler.before("link", "footnote", _footnote)
    inline.ruler.push("leftover", _leftover)
    inline.add_terminator_char("|")  # with which a line of a table begins
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
