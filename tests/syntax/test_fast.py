"""Plain Markdown: read without the parser, and never otherwise than by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given

from briefing.commands.arguments import ROOT
from briefing.model.prose import _PERHAPS_WIDE, MAX_SEARCH, Block, Prose, is_cjk
from briefing.problems import Collector
from briefing.syntax.front_matter import split_front_matter
from briefing.syntax.markdown.commonmark import parse_commonmark
from briefing.syntax.markdown.fast import parse_plain
from briefing.syntax.text import Text, decode_text
from support.markdowns import TEXTS
from support.nightly import examples
from support.sites import TESTS

"""How many texts are made up: set it to look at many more."""


def plain(written: str) -> tuple[Block, ...] | None:
    return parse_plain(Text("a.md", written, 5))


def parsed(written: str) -> tuple[Block, ...]:
    return parse_commonmark(Text("a.md", written, 5)).blocks


ARTICLE = """\
Hai bên khác nhau về [phạm vi ngừng đánh](point:halt-scope): Nhà Trắng nói *năng lượng
và hạ tầng*, Điện Kremlin nói “hạ tầng năng lượng”. R&D, 3 > 2 & 1.

## What was said on 18/3

The **30 days** are given by the [Kremlin](https://kremlin.example/a?b=1&c=2#d) alone.
1.5 million, snake_case and [**the `White House`**](article:wh-statement), "as cited".

- first, with a [link](topic:other)
- second, **strong** and
  in two lines
### Below
8. One thing
9. Another thing
10. *A tenth*

> “We need to end this war,” he said.
> “It should have ended.”
>
> A second paragraph, from [there](point:other/halt).

| Side | Says | Days | Why |
|---|:--|--:|:-:|
| White House | [energy](point:halt-scope), [energy](point:halt-scope) | none | |
| Điện Kremlin | *hạ tầng* | [30](point:halt-days) | x |

四篇文章，三种语言。[停火](point:halt)三十天。
""".replace("`", "")
FILL = "Only one point is confirmed by both sides: the wish for better ties between them. " * 14


def test_a_typical_text_is_plain_and_is_read_as_by_the_parser() -> None:
    """Headings, lists, emphasis, links, quotation and table in some 350 words."""
    written = f"{ARTICLE}\n{FILL.strip()}\n"

    assert 300 < len(written.split()) < 400
    assert plain(written) == parsed(written)


@pytest.mark.parametrize(
    "path",
    sorted((TESTS / "real/content").rglob("*.md")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_texts_of_the_site_are_plain(path: Path) -> None:
    """So the parser need not even be loaded for them."""
    _, body = split_front_matter(decode_text(str(path), path.read_bytes(), Collector()))

    assert parse_plain(body) == parse_commonmark(body).blocks


PLAIN = {
    "nothing at all": "\n\n",
    "a paragraph of several lines": "Một\nhai\nba",
    "what HTML would take for its own": "a & b > c \"d\" 'e'",
    "emphasis at the edges, in brackets and before a stop": "*a* (**b**) “*c*”, **d**.",
    "strong text in emphasis": "*a **b** c*",
    "emphasis around quotation marks": "**“a”** b",
    "emphasis around and in links": "*[a](point:b) c* [**d** e](topic:f)",
    "links to pages": "[a](https://a.example) [b](http://b.example/c_d?e=f&g=%20#h)",
    "one address twice, and as text before": "point:b [point:b](point:b) [a](point:b)",
    "one address in two cells": "|[a](point:b)|[c](point:b)|\n|-|-|\n|d|[e](point:b)|",
    "a heading, and text right below": "## a\nb",
    "a list in which a line goes on": "- a\n  b\n- c",
    "a numbered list from three": "3. a\n4. b",
    "two kinds of lists": "- a\n\n1. b\n\n- c",
    "numbers, dashes and tildes that are text": "1.5 – 2\n3.5 a-b ~30 a_b",
    "a quotation of two paragraphs": "> a\n> b\n>\n> c",
    "a table without rows, and an empty cell": "| a | |\n|:-:|---|",
    "Chinese without emphasis": "四篇文章，三种语言。[停火](point:halt)三十天。",
    "a link that stands far in": f"{'a ' * (MAX_SEARCH // 2 - 10)}[b](point:c) [d](point:e)",
    "a no-break space in a number": "30\xa0000 người",
    "lines of Chinese": "两篇报道对大桥维修\n工期说法不一，\n三十\n\n- 停\n  火",
    "lines of Korean, and beside Chinese": "휴전\n휴전 a\n停 b 停\na",
}


@pytest.mark.parametrize("written", PLAIN.values(), ids=PLAIN)
def test_it_is_plain(written: str) -> None:
    """It is read, and as by the parser."""
    assert plain(written) is not None
    assert plain(written) == parsed(written)


NOT_PLAIN = {
    "an escape": r"a \* b",
    "code": "a `b` c",
    "a reference to a character": "a &amp; b",
    "an autolink": "<https://a.example/>",
    "raw HTML": "a <b>c</b>",
    "an image": "![a](https://a.example/b.png)",
    "strikethrough": "~~a~~",
    "emphasis by underscores": "_a_",
    "emphasis inside a word": "a*b*c",
    "emphasis beside Chinese": "他说**“停火”。**然后",
    "emphasis in strong text": "**a *b* c**",
    "both at once": "***a***",
    "emphasis that does not close": "*a b",
    "a star that is text": "2 * 3",
    "emphasis that crosses a link": "*a [b* c](point:d)",
    "a hard break": "a  \nb",
    "a space at the end": "a ",
    "a tab": "a\tb",
    "indented text": "    a",
    "a line that is indented": "a\n  b",
    "a first-level heading": "# a",
    "a heading that is closed": "## a ##",
    "an underlined heading": "a\n---",
    "a break": "---",
    "a break of stars": "***",
    "a list of stars": "* a",
    "a list right below text": "a\n- b",
    "a list with blank lines": "- a\n\n- b",
    "a list in a list": "- a\n  - b",
    "a heading in a list": "- ## a",
    "a line that belongs to an item without being indented": "- a\nb",
    "an item of two paragraphs": "- a\n\n  b",
    "an empty item": "-\n- a",
    "a numbered list with brackets": "1) a",
    "a quotation in a quotation": "> > a",
    "a list in a quotation": "> - a",
    "a line that belongs to a quotation without its sign": "> a\nb",
    "a table without pipes at its ends": "a | b\n- | -",
    "a row that is short": "| a | b |\n|---|---|\n| c |",
    "a table whose delimiters do not fit": "| a |\n|---|---|",
    "a reference and its definition": "[a][b]\n\n[b]: point:c",
    "a footnote": "a[^1]",
    "brackets that are text": "a [sic] b",
    "a link with a title": '[a](point:b "c")',
    "a link without text": "[](point:b)",
    "a link that is not taken": "[a](../b/)",
    "a link to a host that is not taken": "[a](https://localhost/)",
    "a link to a port": "[a](https://a.example:80/)",
    "a link with a bracket in it": "[a](https://a.example/b_(c))",
    "a link by mail": "[a](mailto:a@b.example)",
    "a no-break space at an edge": "a\xa0\n\nb",
    "a character without width": "a\u200bb",
    "a character that is refused": "a\ufffdb",
    "lines of Chinese with emphasis, links or quotation marks at their ends": "他说\n“停火”",
    "a link without words": "[ ](point:b)",
    "numbers that do not count on": "1. a\n3. b",
    "a tag for another program": "a {{ b }}",
    "an attribute for another program": "## a {#b}",
    "a comment of Obsidian": "a %%b%%",
    "a row of no table": "a\n| b |",
    "a fence of a container": "::: note",
    "a heading without a space": "##a",
    "a link that is none": "[a] (https://a.example/)",
    "a link that stands too far in": f"{'a ' * (MAX_SEARCH // 2)}[b](point:c)",
}


@pytest.mark.parametrize("written", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_it_is_not_plain(written: str) -> None:
    """It is left to the parser, whatever that makes of it."""
    assert plain(written) is None


@examples(100)
@given(TEXTS)
@example("- a\n\n1. b\n\n- c\n")
@example("**a**b**c**")
@example("|a|b|\n|-|-|\n|[x](point:a)|[y](point:a)|")
def test_what_is_read_here_is_what_the_parser_reads(written: str) -> None:
    """Blocks, links and places are the same, and nothing is read that would be told of."""
    if (blocks := plain(written)) is not None:
        assert blocks == parsed(written)


def test_the_parser_is_not_loaded_for_plain_texts() -> None:
    """It takes as long to load as some hundred texts to read."""
    code = (
        "import sys; from briefing.syntax.markdown.parse import parse_markdown;"
        "from briefing.syntax.text import Text;"
        "parse_markdown(Text('a.md', '*a* [b](point:c)')); assert 'markdown_it' not in sys.modules;"
        "parse_markdown(Text('a.md', '_a_')); assert 'markdown_it' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_every_wide_letter_is_looked_at() -> None:
    """So that the time a text takes to read is that of its letters, whatever the script."""
    missed = [sign for sign in map(chr, range(0x110000)) if is_cjk(sign)]

    assert all(map(_PERHAPS_WIDE.match, missed))


@pytest.mark.parametrize(
    "text", ["một hai 停火 ba\u0378bốn", "㈜ 🙂 a", "停" * 600 + " word" * 700]
)
def test_letters_and_words_are_counted_apart(text: str) -> None:
    """A letter of a script that writes no words apart also ends a word."""
    letters = sum(map(is_cjk, text))
    words = len("".join(" " if is_cjk(sign) else sign for sign in text).split())

    minutes = Prose((Block(text, ()),)).minutes

    assert minutes == max(1, round(words / 238 + letters / 255))
