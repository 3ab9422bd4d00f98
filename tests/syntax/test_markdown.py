"""Markdown -> prose: what is taken, what is shown as text, what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.model.prose import Link, Prose
from briefing.problems import Collector, Place, Problems
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text, decode_text
from support.nightly import examples
from support.sites import TESTS

FILE = TESTS / "cases/markdown.txt"
PARTS = FILE.read_text(encoding="utf-8").split("\n.\n")
CASES = list(zip(PARTS[::2], PARTS[1::2], strict=False))
"""Markdown and its HTML."""


def read(written: str, line: int = 1) -> Prose:
    """Read the Markdown of a file named a.md."""
    return parse_markdown(Text("a.md", written, line))


def show(prose: Prose) -> str:
    """Render prose on a page where `point:dams` leads to `#point/dams`."""
    return "\n".join(
        block.render(lambda link: f"#{link.kind}/{link.target}") for block in prose.blocks
    )


def told(written: str) -> list[str]:
    """Give what is told of wrong Markdown, a line each."""
    with pytest.raises(Problems) as error:
        read(written)
    return [f"{problem.place}: {problem.message}" for problem in error.value]


@pytest.mark.parametrize(("written", "html"), CASES)
def test_markdown_becomes_the_html_of_the_case(written: str, html: str) -> None:
    """Each case of cases/markdown.txt is rendered as it says, with its links led on."""
    assert show(read(written)) == html


def test_a_text_without_words_has_no_blocks() -> None:
    """So a summary that is only a title has no paragraphs to compare."""
    assert read("\n\n") == Prose(())
    assert list(Prose().links) == []


def test_a_block_is_what_stands_beside_its_translation() -> None:
    """A paragraph, a list, a table, a quotation: one block each, whatever is in it."""
    prose = read("a\n\n- b\n\n  c\n- d\n\n> e\n>\n> f\n\n|g|\n|-|\n|h|\n\n## i\n\n---\n")

    tags = [re.match(r"<(\w+)", block.html) for block in prose.blocks]
    assert [tag[1] for tag in tags if tag] == ["p", "ul", "blockquote", "table", "h2", "hr"]


def test_links_by_id_know_their_place_and_stand_in_their_order() -> None:
    """Two links to one id are two links, each where it is written."""
    prose = read("Xem [a](point:dams),\n[b](point:dams) và\n\n[c](article:vote/count).", 7)

    assert list(prose.links) == [
        Link("point", "dams", Place("a.md", 7, 9)),
        Link("point", "dams", Place("a.md", 8, 5)),
        Link("article", "vote/count", Place("a.md", 10, 5)),
    ]


def test_a_link_by_id_that_leads_nowhere_becomes_its_text() -> None:
    """What is held back leaves no dead link; other links of the block stay."""
    block = read("See [**a**](article:a) and [b](article:b) and [c](https://c.example/).").blocks[0]

    shown = block.render(lambda link: "../b/" if link.target == "b" else None)

    assert shown == (
        '<p>See <strong>a</strong> and <a href="../b/">b</a>'
        ' and <a href="https://c.example/" rel="noopener">c</a>.</p>'
    )


def test_an_address_is_escaped_where_it_is_filled_in() -> None:
    """An address with a quotation mark cannot leave its attribute."""
    block = read("[a](topic:a)").blocks[0]

    assert block.render(lambda _: '"><b>') == '<p><a href="&#34;&gt;&lt;b&gt;">a</a></p>'


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        (Link("topic", "vote", Place("a.md")), ("vote", "")),
        (Link("article", "count", Place("a.md")), ("river-talks", "count")),
        (Link("point", "vote/turnout", Place("a.md")), ("vote", "turnout")),
    ],
)
def test_an_id_is_looked_up_in_its_own_topic_unless_it_names_another(
    link: Link, leads_to: tuple[str, str]
) -> None:
    """`point:dams` is of this topic, `point:vote/turnout` of another."""
    assert link.resolve("river-talks") == leads_to


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "../vote/",
        "/vote/",
        "//a.example/",
        "#dams",
        "points:dams",
        "Point:dams",
    ],
)
def test_a_link_that_leads_elsewhere_is_refused_where_it_stands(address: str) -> None:
    """Out of the site lead https:, http: and mailto:, inside it ids, and nothing else."""
    assert told(f"ab\n[c]({address})") == [f"a.md:2:5: a link to `{address}` is not taken"]


@pytest.mark.parametrize("written", ["[a](javascript&#58;x)", "[a](<java\tscript:x>)", "[a]()"])
def test_a_link_in_disguise_is_refused_too(written: str) -> None:
    """An entity or a tab does not hide what an address is."""
    assert "is not taken" in told(written)[0]


def test_images_and_first_level_headings_are_refused_where_they_stand() -> None:
    """All that a text has of them is told in one run, with the cure."""
    assert told("# One\n\nTwo\n===\n\n![i](i.png) and ![j](j.png)") == [
        "a.md:1:1: a first-level heading; the title is that",
        "a.md:3:1: a first-level heading; the title is that",
        "a.md:6:6: images are not taken",
        "a.md:6:22: images are not taken",
    ]


def test_the_place_of_an_address_that_is_encoded_is_found() -> None:
    """The parser encodes an address; the place is that of the written one."""
    assert told("Xem [đó](đập-sông)") == ["a.md:1:10: a link to `đập-sông` is not taken"]


MARKS = st.sampled_from("*_~`[]()<>!#|-:&;\\\n\n \t“”，。停火đệa1")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("", 1),
        ("Một hai ba.", 1),
        ("word " * 238 * 3, 3),
        ("## Title\n\n" + "**word** [here](https://a.example/) " * 119 * 2, 2),
        ("停火三十天" * 51 * 4, 4),
        ("停火三十天" * 51 + " word" * 238, 2),
    ],
)
def test_how_long_a_text_takes_to_read(written: str, minutes: int) -> None:
    """Words are counted, and the letters of scripts that write no words apart; marks are not."""
    assert read(written).minutes == minutes


@examples(50)
@given(st.text(st.one_of(MARKS, st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))))
@example("[" * 5_000)
@example(">" * 50_000)
@example("- " * 10_000)
@example("*a _b " * 3_000)
@example("|a" * 500 + "\n" + "|-" * 500)
@example("[**a](point:b)**")
def test_any_text_is_prose_or_told_of(written: str) -> None:
    """Whatever a text holds, it is read or told of; no tag comes from it but ours."""
    try:
        source = decode_text("a.md", written.encode(), Collector())
        shown = show(parse_markdown(source))
    except Problems:
        return

    tags = set(re.findall(r"<(/?\w*)", shown))
    assert {tag.removeprefix("/") for tag in tags} <= TAGS


TAGS = {
    *("p", "em", "strong", "s", "code", "pre", "a", "h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
"""All that Markdown makes."""
