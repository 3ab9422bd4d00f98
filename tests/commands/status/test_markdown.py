"""What editors are told of how the site stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from briefing.checks.content import find_warnings
from briefing.commands.status.markdown import MAX_LISTED, MAX_TITLE, status_table
from briefing.content.parse import parse_site
from briefing.content.publication import END_OF_TIME
from briefing.content.values import read_moment
from briefing.model.site import Site
from briefing.problems import Place, Problem
from build import make_site
from support.edits import edited

TALKS = "content/river-talks"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""Reads the parts of GitHub's Markdown in which a text could do harm, HTML among them."""
HOSTILE = [
    "a | b || c |",
    "\\| \\\\| \\",
    "<img src=x onerror=alert(1)> <!-- </td></table>",
    "&lt;b&gt; &amp; &#124;",
    "`code` ``` **bold** _it_ ~~gone~~",
    "[here](https://evil.example/) ![x](y) <https://evil.example/>",
    "two\n| lines\n\n# heading\n- item",
    "@somebody #1 :tada: $x^2$ {a}",
    "\u2028| \x85# \x0b- x",
]
READABLE = st.characters(exclude_characters="\0")
"""No source, and so no problem, can hold a NUL; GFM would show another character."""
WORDS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(READABLE, max_size=9)), min_size=1, max_size=4
)


def status(files: Mapping[str, bytes], as_of: str = "2026-01-01", site: str = "") -> str:
    """Give the status of a site, with its warnings."""
    briefing = parse_site(files)
    return status_table(briefing, sorted(find_warnings(briefing)), read_moment(as_of), site)


def rows(told: str) -> dict[str, list[str]]:
    """Give the rows of the table that GitHub shows, without their first cell, by the id in it."""
    cells = [[shown(cell) for cell in row] for row in read_rows(told)]
    return {row[0].rpartition("(")[2].rstrip(")"): row[1:] for row in cells}


def read_rows(told: str) -> list[list[Token]]:
    """Read the tables: the cells of each row, the head included."""
    tokens = MARKDOWN.parse(told)
    starts = [at for at, token in enumerate(tokens) if token.type == "tr_open"]
    ends = [at for at, token in enumerate(tokens) if token.type == "tr_close"]
    return [
        [token for token in tokens[start:end] if token.type == "inline"]
        for start, end in zip(starts, ends, strict=True)
    ]


def shown(inline: Token) -> str:
    """Give what can be read of a line."""
    return "".join(
        "\n" if token.content == "<br>" else token.content for token in inline.children or []
    )


def lists(told: str) -> list[str]:
    """Give what can be read of the items of the lists."""
    tokens = MARKDOWN.parse(told)
    return [
        shown(tokens[at + 2]) for at, token in enumerate(tokens) if token.type == "list_item_open"
    ]


def titled(small: Mapping[str, bytes], title: str) -> Site:
    """Give the small site with this title wherever there is one."""
    briefing = parse_site(small)
    topics = []
    for topic in briefing.topics:
        briefings = {code: replace(text, title=title) for code, text in topic.texts.items()}
        articles = tuple(
            replace(a, summaries={c: replace(t, title=title) for c, t in a.summaries.items()})
            for a in topic.articles
        )
        topics.append(replace(topic, texts=briefings, articles=articles))
    titles = dict.fromkeys(briefing.title, title)
    languages = tuple(replace(language, name=title) for language in briefing.languages)
    return replace(briefing, title=titles, languages=languages, topics=tuple(topics))


def test_each_topic_has_a_row_newest_first(small: Mapping[str, bytes]) -> None:
    """With its articles, its points, its texts in each language, and its warnings."""
    told = status(small)

    assert told.startswith("## Trang nhỏ: status as of 2026-01-01\n\n| topic | articles | points |")
    assert [shown(cell) for cell in read_rows(told)[0]] == [
        *("topic", "articles", "points", "Tiếng Việt", "English", "warnings"),
    ]
    assert list(rows(told).items())[1:] == [
        ("river-talks", ["4", "11", "4/5", "5/5 · 1 stale · 1 draft", "7"]),
        ("vote", ["2", "1", "3/3 · 1 from 2030-01-01", "0/3", "5"]),
    ]


def test_a_topic_is_called_what_it_is_in_its_first_language(small: Mapping[str, bytes]) -> None:
    """Whichever of the languages of the site that is."""
    del (rest := dict(small))[f"{TALKS}/topic.vi.md"]
    rest[f"{TALKS}/topic.en.md"] = rest[f"{TALKS}/topic.en.md"].replace(b"translates: vi\n", b"")

    assert "| Hội đàm về sông &#40;" not in status(small)
    assert "| Hội đàm về sông (river-talks) |" in status(small)
    assert "| Talks on the river (river-talks) |" in status(rest)


def test_a_translation_of_a_draft_waits_for_it(small: Mapping[str, bytes]) -> None:
    """It is done itself, and yet readers do not see it."""
    files = edited(small, f"{TALKS}/statement.vi.md", "type: primary", "type: primary\ndraft: true")

    assert rows(status(files))["river-talks"][2:4] == [
        "4/5 · 1 draft",
        "5/5 · 1 stale · 1 draft · 1 behind a draft",
    ]


def test_a_topic_without_a_text_hides_its_articles(small: Mapping[str, bytes]) -> None:
    """As long as its only briefing text is a draft, nothing of it is to appear."""
    files = edited(small, "content/vote/topic.vi.md", "title:", "draft: true\ntitle:")
    told = status(files)

    assert rows(told)["vote"][2] == "3/3 · 1 draft · 2 behind a draft"
    assert "To appear" not in told


def test_what_is_held_back_is_told_soonest_first(small: Mapping[str, bytes]) -> None:
    """A text appears when its release, that of its lead and its article have all come."""
    files = edited(
        small, f"{TALKS}/gazette.vi.md", "translates: en", "translates: en\nrelease: 2025-07"
    )
    files = edited(files, "content/about.vi.md", "dek:", "release: 2025-06-10\ndek:")
    told = status(files, "2025-06-02")

    assert lists(told)[:5] == [
        "2025-06-02 08:30 UTC: Council says the dams stay shut (river-talks/gazette, English)",
        "2025-06-03: Bản sao của một tờ báo (river-talks/river-daily, Tiếng Việt)",
        "2025-06-10: Chúng tôi làm thế nào (about, Tiếng Việt)",
        "2025-07: Hội đồng nói các con đập vẫn đóng (river-talks/gazette, Tiếng Việt)",
        "2030-01-01: Bài đăng sau (vote/later, Tiếng Việt)",
    ]
    assert rows(told)["river-talks"][2] == "4/5 · 1 from 2025-06-03 · 1 from 2025-07"


@pytest.mark.parametrize(
    ("as_of", "held"),
    [("2029-12-31T16:59Z", True), ("2029-12-31T17:00Z", False), ("2030-01-01", False)],
)
def test_a_day_begins_by_the_clock_of_the_site(
    small: Mapping[str, bytes], as_of: str, held: bool
) -> None:
    """In Hanoi, where the small site is edited."""
    assert ("from 2030-01-01" in status(small, as_of)) is held
    assert ("To appear" in status(small, as_of)) is held


def test_at_the_end_of_time_nothing_is_held_back(small: Mapping[str, bytes]) -> None:
    """A build without a day shows all that is no draft."""
    told = status_table(parse_site(small), [], END_OF_TIME)

    assert rows(told)["vote"] == ["2", "1", "3/3", "0/3", "0"]
    assert "###" not in told


def test_what_could_be_better_is_listed_with_its_cure(small: Mapping[str, bytes]) -> None:
    """With the place that an editor can go to."""
    told = lists(status(small))

    missing = "content/vote/topic.en.md:1:1: no translation\nwrite it in English; "
    assert any(each.startswith(missing) for each in told)
    assert len(told) == 1 + 13


def test_of_many_warnings_the_first_are_listed(small: Mapping[str, bytes]) -> None:
    """And the rest is counted."""
    places = [Place(f"content/vote/x{number}.vi.md") for number in range(MAX_LISTED + 7)]
    told = status_table(
        parse_site(small), [Problem(place, "x", "y") for place in places], END_OF_TIME
    )

    assert len(lists(told)) == MAX_LISTED + 1
    assert lists(told)[-1] == "and 7 more"
    assert rows(told)["vote"][-1] == str(MAX_LISTED + 7)


def test_a_warning_belongs_to_the_topic_of_its_folder(small: Mapping[str, bytes]) -> None:
    """And not to one whose name it begins with."""
    places = [Place("content/vote-again/topic.vi.md"), Place("content/about.vi.md")]
    told = status_table(
        parse_site(small), [Problem(place, "x", "y") for place in places], END_OF_TIME
    )

    assert [row[-1] for row in rows(told).values()] == ["warnings", "0", "0"]


def test_the_topics_that_readers_see_lead_to_their_pages(small: Mapping[str, bytes]) -> None:
    """In the first language that is public; a topic that is not public leads nowhere."""
    draft = edited(small, f"{TALKS}/topic.vi.md", "title:", "draft: true\ntitle:")
    draft = edited(draft, "content/vote/topic.vi.md", "title:", "draft: true\ntitle:")
    address = "https://example.org/small/"

    def targets(files: Mapping[str, bytes]) -> list[str]:
        tokens = [
            t for row in read_rows(status(files, site=address)) for t in row[0].children or []
        ]
        return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]

    assert targets(small) == [f"{address}vi/river-talks/", f"{address}vi/vote/"]
    assert targets(draft) == [f"{address}en/river-talks/"]
    paths = [urlsplit(target).path.removeprefix("/small/") for target in targets(small)]
    assert {f"{path}index.html" for path in paths} <= make_site(small).keys()


def test_a_site_without_a_topic_says_so(small: Mapping[str, bytes]) -> None:
    """Rather than show a table of nothing."""
    bare = replace(parse_site(small), topics=(), about={})

    assert status_table(bare, [], END_OF_TIME).endswith("\n\nThere is no topic yet.\n")


@given(WORDS.map("".join), WORDS.map("".join))
def test_no_text_of_the_content_is_markup(
    small: Mapping[str, bytes], title: str, message: str
) -> None:
    """A title, a name, a message or a path is read as it was written, and the table stays one."""
    warning = Problem(Place(f"content/vote/{title}", 2, 3), message, title)
    told = status_table(titled(small, title), [warning], read_moment("2026-01-01"))
    plain = " ".join(title[:MAX_TITLE].split())

    table_rows = read_rows(told)
    assert [len(row) for row in table_rows] == [6, 6, 6]
    assert shown(table_rows[0][3]) == plain
    assert shown(table_rows[1][0]) == f"{plain} (river-talks)".strip()
    tokens = MARKDOWN.parse(told)
    inner = {token.type for inline in tokens for token in inline.children or []}
    assert inner <= {"text", "text_special", "html_inline"}
    assert {t.content for i in tokens for t in i.children or [] if t.type == "html_inline"} <= {
        "<br>"
    }
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2", "h3", "h3"]
    assert len(lists(told)) == 2


def test_a_title_without_end_is_cut(small: Mapping[str, bytes]) -> None:
    """GitHub shows no summary that is too long."""
    told = status_table(titled(small, "x|" * 100_000), [], read_moment("2026-01-01"))

    assert len(told) < 20_000
    assert re.search(r"x&#124; …", told)
