"""Where an id stands in a file is found exactly, and every other byte stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands.rename.edits import Edit, rewrite_bytes
from briefing.commands.rename.links import link_edits
from briefing.commands.rename.names import IdChange
from briefing.commands.rename.rename import rename_article
from briefing.content.parse import parse_site
from briefing.problems import Problems
from briefing.syntax.markdown.parse import parse_markdown
from briefing.syntax.text import Text
from support.renames import REDIRECTS, after, changed, renamed, told
from support.sites import Sources

# Links


def links(text: str, old: str = "old", new: str = "new") -> str:
    """Give a text in a topic `t` in which the article `old` is renamed."""
    body = Text("a.md", text)
    names = IdChange(old=f"t/{old}", new=f"t/{new}")
    edits = link_edits(body, parse_markdown(body), lambda link: names.new_target("t", link))
    return rewrite_bytes(text.encode(), edits).decode()


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("[a](article:old)", "[a](article:new)"),
        ("[a](article:t/old)", "[a](article:t/new)"),
        ("[a](article:u/old)", "[a](article:u/old)"),
        ("[a](point:old) [b](topic:old)", "[a](point:old) [b](topic:old)"),
        ("[a](<article:old>)", "[a](<article:new>)"),
        ("[a]( article:old )", "[a]( article:new )"),
        ("[a](article:old 'article:old')", "[a](article:new 'article:old')"),
        ("<article:old>", "<article:new>"),
        ("[article:old](article:old)", "[article:old](article:new)"),
        ("<article:old> [article:old](article:old)", "<article:new> [article:old](article:new)"),
        ("[a][b] [b]\n\n[b]: article:old", "[a][b] [b]\n\n[b]: article:new"),
        ("[b]\n\n[b]:\n  <article:old>\n  'c'\n", "[b]\n\n[b]:\n  <article:new>\n  'c'\n"),
        (
            "[article:old]\n\n[article:old]: article:old",
            "[article:old]\n\n[article:old]: article:new",
        ),
        ("`(article:old)` [a](article:old)", "`(article:old)` [a](article:new)"),
        ("see article:old, [a](article:old)", "see article:old, [a](article:new)"),
        ("```article:old\n (article:old)\n```\n", "```article:old\n (article:old)\n```\n"),
        ("\\[a](article:old) [a](article:old)", "\\[a](article:old) [a](article:new)"),
        ("[a](article:%6Fld) [b](article:t%2Fold)", "[a](article:new) [b](article:t/new)"),
        ("[a](article:old-2) [b](article:old)", "[a](article:old-2) [b](article:new)"),
        (
            "- [a](article:old)\n\n| a |\n|---|\n| [b](article:old) |\n",
            "- [a](article:new)\n\n| a |\n|---|\n| [b](article:new) |\n",
        ),
        ("> **[a](article:old)**，停火", "> **[a](article:new)**，停火"),
        ("nothing", "nothing"),
    ],
)
def test_a_link_is_rewritten_where_its_address_stands(text: str, now: str) -> None:
    """In whatever form Markdown has for it; what only looks like one stays."""
    assert links(text) == now


def test_an_id_of_any_script_is_found_as_an_address_has_it() -> None:
    """An address may be copied from a browser, which encodes it."""
    text = "[a](article:%C4%91%E1%BA%ADp) [b](article:đập) [c](article:%c4%91ập)"
    assert links(text, "đập", "hồ") == "[a](article:hồ) [b](article:hồ) [c](article:hồ)"


def test_a_link_that_cannot_be_found_is_told_of() -> None:
    """With what to write instead; nothing is guessed."""
    text = "[a](article:old)\n\n[b](article:ol&#100;)"

    assert told(lambda: links(text)) == [
        "a.md:3:1: the link to `article:old` is written in a way that cannot be changed",
        "    write it as `article:old`",
    ]


LINKS = st.sampled_from(
    [
        *("[a](article:old)", "[b](article:old 'article:old')", "<article:old>", "[c](point:old)"),
        *("`(article:old)`", "[article:old]", "[article:old](article:old)", "article:old", "[d]"),
        *("[a](article:%6fld)", "[e](article:t/old)", "\n\n[d]: article:old\n\n", "**", "[", "\\"),
        *("\n\n[article:old]: article:old\n\n", "\n\n- ", "\n\n", " ", "(article:old)", "<b>", "|"),
    ]
)


@given(st.lists(LINKS, max_size=8).map("".join))
def test_links_and_nothing_else_are_renamed(text: str) -> None:
    """Whatever a text is: back again it is what it was, but for how addresses were encoded."""
    try:
        parse_markdown(Text("a.md", text))
    except Problems:
        return
    now = links(text)
    prose, was = (parse_markdown(Text("a.md", each)) for each in (now, text))
    assert [link.target.replace("new", "old") for link in prose.links] == [
        link.target for link in was.links
    ]
    assert not [link for link in prose.links if link.kind == "article" and "old" in link.target]
    assert links(now, "new", "old") == text.replace("%6fld", "old")


# All other bytes


def test_comments_line_ends_and_the_mark_at_the_start_survive(small: Sources) -> None:
    """A file of Windows stays one."""
    own = b'# old ids\n\nrenamed:  # by us\n  # the first\n  first:   "river-talks"  # was wrong\n'
    windows = {
        path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") if path[:4] != "temp" else data
        for path, data in (small | {REDIRECTS: own}).items()
    }

    done = renamed(windows, "river-talks/statement river-talks/declaration", "river-talks talks")

    assert done[REDIRECTS].decode() == (
        "\ufeff# old ids\r\n\r\nrenamed:  # by us\r\n  river-talks: talks\r\n"
        "  talks/statement: talks/declaration\r\n"
        '  # the first\r\n  first:   "talks"  # was wrong\r\n'
    )
    unix = renamed(
        small | {REDIRECTS: own},
        "river-talks/statement river-talks/declaration",
        "river-talks talks",
    )
    texts = {path: data for path, data in done.items() if not path.startswith("templates/")}
    for path, data in texts.items():
        assert data == b"\xef\xbb\xbf" + unix[path].replace(b"\n", b"\r\n")


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            " ",
            "\n",
            "\r\n",
            "\r",
            "đ",
            "đ́",
            "ệ",
            "e\u0323\u0302",
            "한",
            "한",
            "क़",
            "🙂",
            "=\u0338",
            "x",
        ]
    ),
    max_size=12,
)


@given(PIECES, PIECES, st.booleans())
def test_an_edit_of_a_text_is_made_where_it_was_written(
    before: list[str], behind: list[str], mark: bool
) -> None:
    """Whatever line ends the file has, and though its letters are taken apart."""
    start, written = "\ufeff" * mark + "".join(before), "".join(behind)
    text = start + "(id)" + written

    def read(text: str) -> str:
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", lines)

    at = read(text).index("(id)") + 1
    done = rewrite_bytes(text.encode(), [Edit(at, at + 2, "new")]).decode()
    assert done == f"{start}(new){written}"


@pytest.mark.parametrize(
    "written",
    [
        *("gazette", "'gazette'", '"gazette"', '" gazette "', '"gaz\\u0065tte"', '"gaz\\\n  ette"'),
        *(">\n  gazette\n", "|-\n\n  gazette", ">- # gazette\n  gazette"),
    ],
)
def test_a_field_is_rewritten_however_yaml_has_it(small: Sources, written: str) -> None:
    """Quoted, escaped, folded; what is around it stays."""
    field = ("duplicate_of: gazette\n", f"duplicate_of:  {written}\ntags: [a] # gazette\n")
    site = changed(small, "river-talks/mirror.en.md", *field)

    renaming = rename_article(site, "river-talks", "gazette", "paper")

    text = renaming.written["content/river-talks/mirror.en.md"].decode()
    assert "paper" in text
    assert "\ntags: [a] # gazette\n" in text
    topic = parse_site(after(site, renaming)).topics[0]
    assert [article.duplicate_of for article in topic.articles if article.duplicate_of] == ["paper"]
