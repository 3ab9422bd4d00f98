"""Locators: the link that leads to a passage, and the proof that the passage is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import printable
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing.checks.kept_text import fold_case_and_accents
from briefing.checks.passages import PassageReport, ProofState, check_passages
from briefing.content.parse import parse_site
from briefing.content.values import read_moment
from briefing.model.article import Archive, Article, Locator, UrlStatus
from briefing.model.site import Site
from briefing.problems import Place
from briefing.rendering.text_fragments import (
    passage_href,
    passage_link,
    readable_address,
    text_directive,
)
from support.nightly import examples

LAW = examples(50)
HERE = Place("content/vote/count.vi.md", 7, 55)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def at(
    start: str,
    *,
    end: str | None = None,
    before: str | None = None,
    after: str | None = None,
    language: str = "vi",
) -> Locator:
    """Make a locator."""
    return Locator(
        start=start, end=end, before=before, after=after, language=language, gloss={}, place=HERE
    )


@pytest.fixture(scope="module")
def briefing(small: Mapping[str, bytes]) -> Site:
    """The small site, read."""
    return parse_site(small)


@pytest.fixture(scope="module")
def article(briefing: Site) -> Article:
    """An article in Vietnamese that is live."""
    return next(a for topic in briefing.topics for a in topic.articles if a.id == "statement")


@pytest.mark.parametrize(
    ("locator", "written"),
    [
        (at("in July"), "in%20July"),
        (at("30-day, or so"), "30%2Dday%2C%20or%20so"),
        (at("water & boats"), "water%20%26%20boats"),
        (at("nước và cá"), "n%C6%B0%E1%BB%9Bc%20v%C3%A0%20c%C3%A1"),
        (at("大坝打开"), "%E5%A4%A7%E5%9D%9D%E6%89%93%E5%BC%80"),
        (at("a", end="b"), "a,b"),
        (at("a", before="x"), "x-,a"),
        (at("a", after="y"), "a,-y"),
        (at("a-", end="-b", before="-x", after="y,"), "%2Dx-,a%2D,%2Db,-y%2C"),
    ],
)
def test_a_text_directive_is_written_as_the_browser_reads_it(
    locator: Locator, written: str
) -> None:
    """Only the hyphens and commas of the directive itself stand bare."""
    assert text_directive(locator) == written


@LAW
@given(WORDS, WORDS, WORDS, WORDS)
@example("-,&", "-", ",", "&")
def test_a_text_directive_says_no_more_and_no_less_than_the_locator(
    start: str, end: str, before: str, after: str
) -> None:
    """Taken apart as the specification says, it gives the words back."""
    directive = text_directive(at(start, end=end, before=before, after=after))

    first, *middle, last = directive.split(",")
    assert "&" not in directive
    assert (first[-1], last[0]) == ("-", "-")
    assert "-" not in first[:-1] + last[1:] + "".join(middle)
    assert [unquote(part) for part in (first[:-1], *middle, last[1:])] == [
        before,
        start,
        end,
        after,
    ]


def test_a_passage_is_linked_at_the_address_of_its_article(article: Article) -> None:
    """The query of the address stays, and the directive comes after it."""
    link = passage_link(article, at("tại Huế"))

    assert link == (
        "https://ministry.example/tuyen-bo?id=1&lang=vi#:~:text=t%E1%BA%A1i%20Hu%E1%BA%BF"
    )


@LAW
@example(words="nước và cá")
@given(words=WORDS)
def test_in_html_letters_are_as_they_are_and_a_browser_encodes_them(
    article: Article, words: str
) -> None:
    """Then it is the link that is in the data; no space and no sign of HTML is left in it."""
    link, href = passage_link(article, at(words)), passage_href(article, at(words))
    assert link
    assert href

    assert quote(href, safe=printable) == link
    assert all(sign.isalnum() for sign in href if not sign.isascii())
    assert not set(" <>\"'&`").intersection(href.rpartition("#")[2])


def test_an_address_with_a_fragment_keeps_it(article: Article) -> None:
    """A directive may follow another fragment, and takes the place of another directive."""
    for url in ("https://a.example/#p2", "https://a.example/#p2:~:text=other"):
        link = passage_link(replace(article, url=url), at("cá"))

        assert link == "https://a.example/#p2:~:text=c%C3%A1"


ARCHIVE = Archive(url="https://archive.example/1", date=read_moment("2025-06-03"))


@pytest.mark.parametrize(
    ("status", "archive", "leads_to"),
    [
        (UrlStatus.LIVE, ARCHIVE, "https://ministry.example/tuyen-bo?id=1&lang=vi"),
        (UrlStatus.MOVED, None, "https://ministry.example/tuyen-bo?id=1&lang=vi"),
        (UrlStatus.PAYWALLED, None, "https://ministry.example/tuyen-bo?id=1&lang=vi"),
        (UrlStatus.DEAD, ARCHIVE, "https://archive.example/1"),
        (UrlStatus.DEAD, None, None),
        (UrlStatus.USURPED, ARCHIVE, "https://archive.example/1"),
        (UrlStatus.USURPED, None, None),
    ],
)
def test_a_reader_is_never_sent_to_a_dead_or_usurped_address(
    article: Article, status: UrlStatus, archive: Archive | None, leads_to: str | None
) -> None:
    """The archived copy stands in where there is one, for the passages too."""
    article = replace(article, url_status=status, archive=archive)

    link = passage_link(article, at("cá"))

    assert readable_address(article) == leads_to
    assert link == (leads_to and f"{leads_to}#:~:text=c%C3%A1")


def test_an_article_without_an_address_has_no_links(article: Article) -> None:
    """Nothing is made up where there is nothing to link to."""
    assert passage_link(replace(article, url=None), at("cá")) is None
    assert readable_address(replace(article, url=None, archive=ARCHIVE)) == ARCHIVE.url


def test_words_in_another_language_than_the_article_are_not_linked(article: Article) -> None:
    """A translation printed with the copy we read is not on its page; a script is no language."""
    chinese = replace(article, language="zh-Hans")

    assert passage_link(article, at("fish", language="en")) is None
    assert passage_link(article, at("cá", language="VI")) is not None
    assert passage_link(chinese, at("三十天", language="zh")) is not None


def proof(briefing: Site, locators: list[Locator], text: str | None) -> PassageReport:
    """Look for locators in the kept text of one article."""
    topic = next(topic for topic in briefing.topics if topic.id == "vote")
    article = next(article for article in topic.articles if article.id == "count")
    claims = tuple(replace(article.claims[0], at=locator) for locator in locators)
    topic = replace(topic, articles=(replace(article, claims=claims),))
    texts = {} if text is None else {"vote/count.txt": text.encode()}
    return check_passages(replace(briefing, topics=(topic,)), texts)


def said(found: PassageReport) -> str:
    """Give what is told, or that all is proved."""
    return found.problems[0].message if found.problems else "proved"


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        (at("trong 30 ngày"), "Họ ngừng  trong\n30 ngày."),
        (at("in July"), "They meet in July."),
        (at("“in July”"), "They say “in July”."),
        (at("$5"), "It costs US$5 now."),
        (at("$5."), "It costs $5.No more."),
        (at("至少两个半小时"), "会谈持续了，至少两个半小时。"),
        (at("三十天"), "“三十天”"),
        (at("the dams", end="stay shut"), "Now the dams, they said, will stay shut."),
        (at("Việt Nam"), "Vie\u0302\u0323t Nam"),
        (at("a.b (c)"), "see a.b (c)"),
        (at("back within thirty days"), "back wi\u00adthin thirty days"),
        (at("the mayor's words"), "the mayor’s\u200b words"),
        (at('"in July"'), "They say “in July”."),
    ],
)
def test_words_that_stand_once_and_whole_are_proved(
    briefing: Site, locator: Locator, text: str
) -> None:
    """However the text is broken into lines, and whatever marks stand around them."""
    assert said(proof(briefing, [locator], text)) == "proved"


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        (at("in July"), "They meet in Julyish."),
        (at("in July"), "Within July."),
        (at("30 ngày"), "130 ngày"),
        (at("in July"), "In July."),
        (at("cá"), "ca"),
        (at("đập"), "dập"),
        (at("两个半小时"), "至少两个半小时。"),
        (at("至少两个"), "至少两个半小时。"),
        (at("a.b"), "axb"),
        (at("cá"), ""),
    ],
)
def test_words_that_do_not_stand_there_as_written_are_told_of(
    briefing: Site, locator: Locator, text: str
) -> None:
    """A part of a word or of a clause, another accent, another letter: not the words."""
    found = proof(briefing, [locator], text)

    assert said(found) == f"at: `{locator.start}` is not in the kept text"
    assert found.problems[0].place == HERE


@pytest.mark.parametrize(
    ("locator", "text", "message"),
    [
        (at("the dams", end="all shut"), "The dams: the dams.", "`all shut` is not in the kept"),
        (at("the dams", end="shut"), "Shut, the dams.", "`shut` is not in the kept text"),
        (at("a dam", end="shut"), "the dams shut", "`a dam` is not in the kept text"),
        (at("cá", before="sông"), "nước và cá", "`sông` is not in the kept text"),
        (at("cá", after="sông"), "nước và cá", "`sông` is not in the kept text"),
        (at("the dams", end="stay"), "They stay, the dams.", "`stay` does not stand after `the"),
        (at("cá", before="nước"), "nước và cá", "`nước` does not stand right before `cá`"),
        (at("cá", after="nước"), "cá và nước", "`nước` does not stand right after `cá`"),
        (at("a", end="c", after="d"), "a b c e, d", "`d` does not stand right after `c` in the"),
        (at("a", before="x", after="y"), "x a b, a y", "the words round `a` do not stand in one"),
    ],
)
def test_the_part_of_a_locator_that_does_not_stand_there_is_named(
    briefing: Site, locator: Locator, text: str, message: str
) -> None:
    """And not the words that do."""
    assert said(proof(briefing, [locator], text)).startswith(f"at: {message}")


def test_the_place_of_a_missing_part_is_where_it_is_written(small: Mapping[str, bytes]) -> None:
    """In the line and the column of its own field."""
    path = "content/vote/count.vi.md"
    edited = re.sub(rb"at: [^,}]+", b"at: {start: An, end: xyz}", small[path], count=1)
    (problem,) = check_passages(
        parse_site({**small, path: edited}), {"vote/count.txt": b"An and others."}
    ).problems[:1]

    line = edited.decode().split("\n")[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("xyz")


@pytest.mark.parametrize(
    ("locator", "text", "times"),
    [
        (at("in July"), "In July, or in july, in July", 3),
        (at("cá"), "cá, cà, CA", 3),
        (at("đập"), "đập dap", 2),
        (at("the mayor's words"), "the mayor’s words, the mayor's wo\u00adrds", 2),
        (at("Łódź"), "Łódź, Lodz", 2),
        (at("Đập"), "Đập, đắp", 2),
        (at("大坝"), "大坝，“大坝”", 2),
        (at("a b a"), "a b a b a", 2),
        (at("the dams", end="stay shut"), "the dams are old; the dams stay shut", 2),
        (at("cá", after="và"), "cá và, cá và", 2),
    ],
)
def test_words_that_stand_in_more_than_one_place_are_told_of(
    briefing: Site, locator: Locator, text: str, times: int
) -> None:
    """The browser compares without case and accents, and would go to the first place."""
    found = proof(briefing, [locator], text)

    assert said(found) == f"at: `{locator.start}` stands {times} times in it"
    assert "before:" in found.problems[0].cure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Normalising bilateral ties, and the bilateral talks", ("Normalising", "the")),
        ("a new bilateral tie; no new bilateral tie", ("a new", "no new")),
        ("they: “bilateral”; a bilateral tie", ()),
        ("bilateral, or bilateral", ()),
        ("x bilateral x bilateral", ()),
    ],
)
def test_the_words_before_each_place_are_named(
    briefing: Site, text: str, words: tuple[str, ...]
) -> None:
    """As few as tell the places apart; with them the passage is proved."""
    cure = proof(briefing, [at("bilateral")], text).problems[0].cure

    named = re.findall("`before: ([^`]+)`", cure)
    assert tuple(named) == words
    for before in named:
        assert not proof(briefing, [at("bilateral", before=before)], text).problems


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        (at("cá", before="nước và"), "cá, rồi nước và cá"),
        (at("cá", after="và nước"), "cá và nước, cá"),
        (at("cá", before="bán", after="sông"), "bán cá, cá sông, bán cá sông"),
        (at("the dams", end="stay shut", before="that"), "the dams; that the dams now stay shut"),
        (at("the dams", end="shut", after="until"), "the dams shut off, and shut until spring"),
        (at("至少两个", before="他说“"), "至少两个，他说“至少两个”"),
        (at("至少两个", after="”，她说"), "至少两个，“至少两个”，她说"),
        (at("三十天", before="停火", after="，"), "三十天。停火 三十天，"),
    ],
)
def test_the_words_around_tell_one_place_from_the_others(
    briefing: Site, locator: Locator, text: str
) -> None:
    """`before` and `after` stand right beside the words, marks and all."""
    assert said(proof(briefing, [locator], text)) == "proved"


def test_what_could_not_be_looked_for_is_counted_and_not_told_of(briefing: Site) -> None:
    """A proof says how many it proved, and how many nobody has looked for."""
    locators = [at("cá"), at("nước"), at("sông")]

    assert str(proof(briefing, locators, "cá, nước")) == (
        "2 of 3 proved here; 1 not found; 2 not noted yet: the command `prove` does it"
    )
    assert str(proof(briefing, locators, None)) == "0 of 3 proved; 3 never proved"


def test_a_kept_text_in_another_encoding_proves_nothing_and_does_not_crash(
    briefing: Site,
) -> None:
    """The kept texts are whatever was saved from a browser."""
    found = check_passages(briefing, {"vote/count.txt": "hơn 60 phần trăm".encode("utf-16")})

    assert len(found.problems) == 1
    assert found.locators > found.count(ProofState.NEVER) > 0
    assert found.proved == 0


@LAW
@given(WORDS)
def test_folding_twice_changes_nothing(words: str) -> None:
    """What is compared without case and accents has none left."""
    assert fold_case_and_accents(fold_case_and_accents(words)) == fold_case_and_accents(words)


def test_folding_drops_case_and_accents_and_the_bar_of_the_d() -> None:
    """So does the browser."""
    assert fold_case_and_accents("ĐẬP Thủy điện Straße が") == "dap thuy dien strasse か"
