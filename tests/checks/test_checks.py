"""What a whole briefing, and the whole site, must hold to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from briefing.checks.content import (
    DATED_WARNINGS,
    MAX_LABEL,
    WARNINGS,
    WITHOUT_WORD,
    WORD_PREFIXES,
    check_content,
    everything_is_translated,
    find_warnings,
    labels_are_short,
    passages_have_a_gloss,
    translations_say_what_they_translate,
)
from briefing.checks.links import check_outputs
from briefing.checks.pages import PAGE_CHECKS
from briefing.checks.tags import read_tags
from briefing.content.parse import parse_site
from briefing.problems import Place, Problem
from briefing.rendering.i18n import word_key
from briefing.syntax.text import LineIndex, Text
from build import make_site
from support.promises import Count
from support.sites import AS_OF

SITE = "https://example.org/small/"
TALKS = "content/river-talks"


POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


def page(body: str) -> bytes:
    """Make a page."""
    return f"<!DOCTYPE html>\n<html><head>{POLICY}</head><body>\n{body}\n</body></html>".encode()


def told(outputs: Mapping[str, bytes], address: str = SITE) -> list[str]:
    """Give what is told of a finished site."""
    return [f"{problem.place}: {problem.message}" for problem in check_outputs(outputs, address)]


def link(href: str, on: str = "en/vote/index.html", address: str = SITE) -> list[str]:
    """Give what is told of a site of three pages and a picture, with a link on one of them."""
    outputs = {
        "index.html": page('<p id="top">home</p>'),
        "en/index.html": page('<p id="đập">dams</p>'),
        "en/vote/index.html": page('<p id="here">vote</p>'),
        "assets/a b.svg": b"<svg/>",
        "404.html": page("lost"),
    }
    outputs[on] += f'<a href="{href}">x</a>'.encode()
    return [line.partition(": ")[2] for line in told(outputs, address)]


@pytest.mark.parametrize(
    "href",
    [
        "../",
        "..",
        ".",
        "./",
        " https://a.example/nowhere",
        "../index.html",
        "../#đập",
        "../#%C4%91%E1%BA%ADp",
        "../../",
        "../../#top",
        "../../assets/a%20b.svg#mark",
        "#here",
        "?x=1#here",
        "?x=1",
        "",
        "/small/",
        "/small/#top",
        "/small/en/vote/",
        "/small/en/../en/",
        "https://a.example/nowhere#x",
        "//a.example/nowhere",
        "mailto:desk@a.example",
    ],
)
def test_a_link_that_arrives_is_not_told_of(href: str) -> None:
    """To a folder, a file, an anchor, from the page or from the root; other sites are theirs."""
    assert link(href) == []


@pytest.mark.parametrize(
    "href", ["../nowhere/", "nowhere", "../../../", "/small/nowhere/", "../vote/index", "../404"]
)
def test_a_link_that_leads_nowhere_is_told_of(href: str) -> None:
    """A page that links to no file of the site is not published."""
    assert link(href) == [f"the link to {href} leads nowhere"]


@pytest.mark.parametrize("href", ["#nowhere", "../#here", "../../#here", "/small/en/#Dap"])
def test_a_link_to_an_anchor_that_is_not_there_is_told_of(href: str) -> None:
    """It would lead to the top of the page, and the reader would look for the words."""
    assert link(href) == [f"the link to {href} has no such anchor to arrive at"]


@pytest.mark.parametrize("href", ["/", "/en/", "/small", "/smaller/", "/other/en/"])
def test_a_link_from_the_root_that_is_outside_the_site_is_told_of(href: str) -> None:
    """The page for what is not found links from the root; the site may stand below it."""
    assert link(href, on="404.html") == [f"the link to {href} leaves the site"]


def test_a_site_may_stand_at_the_root() -> None:
    """Then every address from the root is in it."""
    assert link("/en/", on="404.html", address="https://example.org/") == []
    assert link("/", on="404.html", address="https://example.org/") == []
    assert link("/vi/", on="404.html", address="https://example.org/") == [
        "the link to /vi/ leads nowhere"
    ]


def test_a_link_that_is_no_address_is_told_of() -> None:
    """Whatever an author wrote, it is told of and is no traceback."""
    assert link("https://[") == ["the link to https://[ is not an address"]


def test_what_a_page_loads_must_be_there_too() -> None:
    """Scripts, pictures and style sheets, with their place on the page."""
    outputs = {"index.html": page('<link href="a.css"><p>\n  <img src="b.png"><script src="c.js">')}

    assert told(outputs) == [
        "output/index.html:3:1: the link to a.css leads nowhere",
        "output/index.html:4:3: the link to b.png leads nowhere",
        "output/index.html:4:20: the link to c.js leads nowhere",
    ]


def test_an_id_that_is_there_twice_is_told_of() -> None:
    """On one page; another page has anchors of its own."""
    outputs = {
        "a/index.html": page('<p id="x"></p><br id="x"/><p id></p><p id="y">'),
        "b/index.html": page('<p id="x">'),
        "feed.xml": b'<a id="x"/><a id="x" href="nowhere"/>',
    }

    assert told(outputs) == ["output/a/index.html:1:1: the id `x` is there twice"]


def test_the_site_as_it_is_made_holds_to_every_check(small: Mapping[str, bytes]) -> None:
    """The checks run on every page there is."""
    outputs = make_site(small)

    assert told(outputs) == []
    assert len(PAGE_CHECKS) == 4


def test_a_site_that_lost_a_page_does_not(small: Mapping[str, bytes]) -> None:
    """Each page that linked to it is told of."""
    outputs = make_site(small)
    del outputs["vi/vote/index.html"]

    assert any(line.startswith("output/vi/index.html") for line in told(outputs))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_that_a_verdict_may_need_must_be_there(
    small: Mapping[str, bytes], language: str
) -> None:
    """A mode that is used tomorrow is missed today, in each language that lacks it."""
    files = dict(small)
    for code in ("vi", "en"):
        path = f"templates/words/{code}.yaml"
        files[path] = re.sub(rb"(?m)^  mode_hoped:.*\n", b"", files[path])
        assert files[path] != small[path]

    problems = list(check_content(parse_site(files)))

    missing = f"templates/words/{language}.yaml:1:1: words: `mode_hoped` is missing"
    assert [str(problem).splitlines()[0] for problem in problems].count(missing) == 1
    assert {problem.message for problem in problems} == {"words: `mode_hoped` is missing"}


def test_the_words_of_the_project_are_whole(small: Mapping[str, bytes]) -> None:
    """Every member of what templates name has a word, but for what goes without saying."""
    briefing = parse_site(small)

    assert list(check_content(briefing)) == []
    for language in briefing.languages:
        for prefix, kind in WORD_PREFIXES.items():
            keys = {word_key(prefix, member) for member in kind if member not in WITHOUT_WORD}
            assert keys <= language.words.keys()


def warned(problems: list[Problem]) -> list[str]:
    """Give what is told, a line each."""
    return [f"{problem.place}: {problem.message}" for problem in problems]


def test_a_text_that_is_not_translated_is_told_of(small: Mapping[str, bytes]) -> None:
    """With the file to write it in."""
    problems = list(everything_is_translated(parse_site(small)))

    assert sorted(problem.place.path for problem in problems) == [
        "content/about.en.md",
        f"{TALKS}/mirror.vi.md",
        "content/vote/count.en.md",
        "content/vote/later.en.md",
        "content/vote/topic.en.md",
    ]
    assert {problem.message for problem in problems} == {"no translation"}
    cures = {problem.place.path: problem.cure for problem in problems}
    begin = "translate content/vote/topic.vi.md en"
    assert cures["content/vote/topic.en.md"] == f"write it in English; `{begin}` begins it"


def test_passages_that_readers_cannot_read_have_a_gloss(small: Mapping[str, bytes]) -> None:
    """One warning for each article and language of the site, with the points."""
    problems = {p.place.path: p for p in passages_have_a_gloss(parse_site(small))}

    path = f"{TALKS}/statement.vi.md"
    assert problems.keys() == {
        path,
        *(f"{TALKS}/gazette.en.md", f"{TALKS}/mirror.en.md"),
        *("content/vote/count.vi.md", "content/vote/later.vi.md"),
    }
    assert problems[path].message == (
        "5 passages in Vietnamese have no gloss in English: `began`, `mood`, `where`, `wording`, "
        "`fees`"
    )
    assert problems[path].cure == "add `gloss: {en: …}` to their `at:`"
    mirror = problems[f"{TALKS}/mirror.en.md"]
    assert mirror.message == "1 passage in English has no gloss in Vietnamese: `next-date`"
    assert mirror.cure == "add `gloss: {vi: …}` to its `at:`"


def test_where_nobody_is_shown_a_passage_it_needs_no_gloss(small: Mapping[str, bytes]) -> None:
    """A topic that is hidden in a language has no readers in it."""
    topic = "content/vote/topic.yaml"
    hidden = {**small, topic: small[topic].replace(b"missing: fallback", b"missing: hide")}
    count, later = "content/vote/count.vi.md", "content/vote/later.vi.md"

    told = [problem.place.path for problem in passages_have_a_gloss(parse_site(hidden))]
    assert count not in told
    assert later in told


def test_a_row_is_found_by_a_short_label(small: Mapping[str, bytes]) -> None:
    """A point is told of once, with each language in which its label is too long."""
    path = f"{TALKS}/topic.yaml"

    def with_label(length: int) -> list[Problem]:
        label = f"{{vi: {'ờ' * length}, en: {'x' * length}}}".encode()
        topic = small[path].replace("{vi: Phí, en: Fees}".encode(), label)
        assert topic != small[path]
        return list(labels_are_short(parse_site({**small, path: topic})))

    assert with_label(MAX_LABEL) == []
    (problem,) = with_label(MAX_LABEL + 1)
    assert problem.place.path == path
    assert problem.message == (
        "the label of `fees` has 49 in Vietnamese and 49 in English, more than 48 characters"
    )
    assert problem.cure == "shorten it: what is asked goes into `question`"


def test_all_warnings_are_found_in_one_run(small: Mapping[str, bytes]) -> None:
    """What does not stop the build is told of together."""
    briefing = parse_site(small)

    found = list(find_warnings(briefing))
    dated = list(find_warnings(briefing, AS_OF))

    assert found == [problem for check in WARNINGS for problem in check(briefing)]
    assert dated == [*found, *(p for check in DATED_WARNINGS for p in check(briefing, AS_OF))]
    assert (len(found), len(dated)) == (13, 14)
    assert all(problem.cure for problem in dated)


def test_a_translation_that_does_not_say_what_it_translates_is_told_of(
    small: Mapping[str, bytes],
) -> None:
    """With the command that notes it."""
    path = f"{TALKS}/topic.en.md"
    told = {p.place.path: p for p in translations_say_what_they_translate(parse_site(small))}

    assert told.keys() == {path, f"{TALKS}/gazette.vi.md", f"{TALKS}/river-daily.en.md"}
    assert told[path].message == "nobody knows which words in `vi` it was made from"
    assert told[path].cure == f"if it says what these say today, `ack {path}` notes that"


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>ran()</script>", "<script> is not taken"),
        ("<style>p{}</style>", "<style> is not taken"),
        ("<iframe></iframe>", "<iframe> is not taken"),
        ("<form></form>", "<form> is not taken"),
        ('<base href="./">', "<base> is not taken"),
        ('<object data="x:y"></object>', "<object> is not taken"),
        ('<embed src="https://a.example/">', "<embed> is not taken"),
        ("<p onclick=ran()>", "the attribute onclick is not taken"),
        ("<P ONCLICK=ran()>", "the attribute onclick is not taken"),
        ('<p style="color:red">', "the attribute style is not taken"),
        ('<p srcdoc="x">', "the attribute srcdoc is not taken"),
        ('<a href="javascript:ran()">', "a link to javascript:ran() is not taken"),
        ('<a href=" JaVa&#9;Script:ran()">', "a link to  JaVa\tScript:ran() is not taken"),
        ('<img src="data:text/html,x">', "a link to data:text/html,x is not taken"),
        ('<p><button formaction="vbscript:x">', "a link to vbscript:x is not taken"),
    ],
)
def test_what_is_active_in_a_page_stops_the_build(body: str, what: str) -> None:
    """Scripts and styles are files; a page has none in it, and no frame, form or running link."""
    found = list(check_outputs({"index.html": page(body)}, SITE))
    place = Place("output/index.html", 3, 4 if body.startswith("<p><") else 1)
    cure = "put scripts and styles into files of templates/assets/"
    assert Problem(place, what, cure) in found


@pytest.mark.promise(1)
def test_what_is_not_active_is_taken() -> None:
    """Files of our own, and links to pages and mail addresses."""
    body = (
        '<script src="a.js"></script><link rel="stylesheet" href="a.css"><img src="a.svg">'
        '<a href="https://a.example/">a</a><a href="HTTP://a.example/">a</a>'
        '<a href="mailto:a@a.example">a</a><a href="#x" id="x">a</a><p class="onclick">style</p>'
    )
    files = dict.fromkeys(("a.js", "a.css", "a.svg"), b"")

    assert told({"index.html": page(body), **files}) == []


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    "head",
    [
        "<html><head><title>a</title>",
        f'<html><head><meta charset="utf-8">{POLICY}',
        '<html><head><meta http-equiv="refresh" content="1">',
        "<p>no head",
    ],
)
def test_a_page_begins_with_its_policy(head: str) -> None:
    """What stands before a content security policy is not held by it."""
    said = "output/a.html:1:1: the head does not begin with a content security policy"
    assert told({"a.html": f"<!DOCTYPE html>{head}".encode()}) == [said]


class Parser(HTMLParser):
    """Takes down what the parser of the standard library finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[tuple[int, int], str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((self.getpos(), tag, {name: value or "" for name, value in attrs}))


@pytest.mark.promise(1)
def test_the_tags_that_are_looked_at_are_those_a_parser_finds(
    small: dict[str, bytes], real_site: Mapping[str, bytes], count: Count
) -> None:
    """On every page, with every attribute and every place."""
    for site in (make_site(small), real_site):
        for path, data in site.items():
            if path.endswith(".html"):
                text = data.decode()
                place = LineIndex(Text(path, text)).place
                looked_at = [
                    ((place(at).line, place(at).column - 1), tag, given)
                    for at, tag, given in read_tags(text)
                ]
                assert looked_at == Parser(text).found
                count(len(looked_at))


@pytest.mark.promise(1, 4)
def test_a_link_without_quotation_marks_is_looked_at_too() -> None:
    """A browser takes it, and so do the checks."""
    files = {"index.html": page("<p id=here><a href=#here>a</a><a href=nowhere>a</a>")}

    assert told(files) == ["output/index.html:3:31: the link to nowhere leads nowhere"]


def test_a_link_to_an_anchor_of_a_page_that_is_no_folder_stays_on_it() -> None:
    """The page for what is not found has anchors of its own."""
    body = page('<p id="lost"><a href="#lost">a</a>')

    assert told({"404.html": body, "index.html": page("home")}) == []
