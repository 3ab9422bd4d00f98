"""The pages to be made: where the toggle leads, and what stands for a missing translation."""

from __future__ import annotations

import re

import pytest

from briefing.comparison.compare import compare_topic
from briefing.content.parse import parse_site
from briefing.content.publication import public_content
from briefing.outputs.headlines import headline, newest_first
from briefing.outputs.registry import compared_topic, plan_site_outputs, plan_topic, topic_entries
from briefing.outputs.site_output import SiteContents
from briefing.outputs.site_pages import TOPICS_A_PAGE
from briefing.rendering.page import Page, TranslationState
from briefing.rendering.page_index import PageIndex
from build import make_site
from support.sites import AS_OF


def with_policy(files: dict[str, bytes], policy: str) -> dict[str, bytes]:
    """Give the small site with one policy for what is not translated."""
    vote = files["content/vote/topic.yaml"].replace(b"missing: fallback\n", b"")
    return files | {
        "site.yaml": files["site.yaml"] + f"missing: {policy}\n".encode(),
        "content/vote/topic.yaml": vote,
    }


def planned(files: dict[str, bytes]) -> tuple[PageIndex, dict[str, Page]]:
    briefing = public_content(parse_site(files), AS_OF)
    comparisons = {topic.id: compare_topic(topic, briefing.voices) for topic in briefing.topics}
    compared = {t.id: compared_topic(comparisons[t.id], t) for t in briefing.topics}
    planned = {id: plan_topic(briefing, each) for id, each in compared.items()}
    contents = SiteContents(
        site=briefing,
        headlines=sorted((headline(briefing, c) for c in comparisons.values()), key=newest_first),
        entries={id: topic_entries(briefing, each) for id, each in compared.items()},
        pages={id: [one.page for one in pages] for id, pages in planned.items()},
    )
    outputs = plan_site_outputs(contents)
    own = [one.page for pages in outputs.values() for one in pages]
    pages = [*own, *(one.page for each in planned.values() for one in each)]
    return PageIndex(briefing, {"": own, **contents.pages}), {page.path: page for page in pages}


def made(files: dict[str, bytes], path: str) -> str:
    return make_site(files, AS_OF)[path].decode()


def test_a_notice_says_where_the_text_can_be_read(small: dict[str, bytes]) -> None:
    """With `notice` the page exists, says that there is no translation, and leads to the text."""
    page = made(with_policy(small, "notice"), "en/vote/count/index.html")

    assert "There is no English version of this text yet." in page
    assert 'href="../../../vi/vote/count/" hreflang="vi"' in page
    assert "Đã kiểm phiếu xong" not in page
    assert 'content="noindex"' in page


def test_a_fallback_shows_the_text_that_is_there_with_its_language(
    small: dict[str, bytes],
) -> None:
    """With `fallback` the text stands in its real language, with a notice and a canonical."""
    page = made(with_policy(small, "fallback"), "en/vote/count/index.html")

    assert "it is shown in Vietnamese" in page
    assert '<div class="prose" lang="vi" dir="ltr">' in page
    assert '<div class="prose_block" id="_p1"><p>Đã kiểm phiếu xong' in page
    assert '<link rel="canonical" href="https://example.org/small/vi/vote/count/">' in page
    assert 'rel="alternate" hreflang' not in page


def test_hide_makes_no_page_and_the_toggle_leads_to_the_nearest(small: dict[str, bytes]) -> None:
    """With `hide` there is no page, nothing leads to it, and the toggle says so and goes home."""
    files = with_policy(small, "hide")
    site = make_site(files, AS_OF)

    assert not any(path.startswith("en/vote/") for path in site)
    assert b"vote" not in site["en/index.html"]
    toggle = site["vi/vote/count/index.html"].decode().split("</nav>")[0]
    assert 'href="../../../en/" hreflang="en"' in toggle
    assert "(chưa dịch)" in toggle


def test_the_topic_can_have_a_policy_of_its_own(small: dict[str, bytes]) -> None:
    """The policy of a topic goes before that of the site."""
    files = small | {"site.yaml": small["site.yaml"] + b"missing: hide\n"}

    assert "en/vote/index.html" in make_site(files, AS_OF)
    assert "en/river-talks/river-daily/index.html" not in make_site(files, AS_OF)


def test_a_hidden_article_still_has_its_column(small: dict[str, bytes]) -> None:
    """Verdicts are the same in every language, so a column is never left out."""
    files = with_policy(small, "hide")
    page = made(files, "en/river-talks/index.html")

    assert "</span> 河流日报" in re.sub(r"\s*\n\s*", "", page)


def test_a_fallback_is_no_translation(small: dict[str, bytes]) -> None:
    """What stands in for a translation is not offered as one, in the toggle or in the head."""
    atlas, pages = planned(small)

    page = pages["vi/vote/count/index.html"]
    told = {a.languages[0].code: a for a in atlas.alternates(page) if len(a.languages) == 1}
    english = told["en"]
    assert english.page.translation is TranslationState.FALLBACK
    assert not english.exact
    assert [code for code in told if told[code].exact] == ["vi"]
    assert atlas.find(("vote", "count"), "en") is english.page


def test_a_link_to_what_is_not_released_is_plain_text(small: dict[str, bytes]) -> None:
    """A text may link to an article before its day; until then there is no link."""
    text = small["content/vote/topic.vi.md"] + "\nRồi [bài sau](article:later).\n".encode()
    files = small | {"content/vote/topic.vi.md": text}

    assert "<p>Rồi bài sau.</p>" in made(files, "vi/vote/index.html")
    assert '<a href="later/">bài sau</a>' in make_site(files)["vi/vote/index.html"].decode()


def test_links_in_a_text_stay_in_its_language(small: dict[str, bytes]) -> None:
    """A link by id leads to the page in the language that is being read."""
    assert '<a href="../../river-talks/">' in made(small, "vi/vote/count/index.html")
    page = made(small, "en/river-talks/index.html")
    assert '<a href="#dams">' in page
    assert '<a href="statement/">' in page
    assert '<a href="../vote/">' in page


@pytest.mark.parametrize(
    ("start", "to", "anchor", "href"),
    [
        ("vi/index.html", "vi/vote/index.html", "", "vote/"),
        ("vi/vote/index.html", "vi/index.html", "", "../"),
        ("vi/vote/index.html", "vi/vote/index.html", "", "./"),
        ("vi/vote/index.html", "vi/vote/index.html", "turnout", "#turnout"),
        ("vi/vote/index.html", "en/vote/index.html", "turnout", "../../en/vote/#turnout"),
        ("index.html", "vi/index.html", "", "vi/"),
        ("vi/index.html", "index.html", "", "../"),
        ("404.html", "vi/vote/index.html", "", "/small/vi/vote/"),
    ],
)
def test_links_are_relative_but_for_the_404_page(
    small: dict[str, bytes], start: str, to: str, anchor: str, href: str
) -> None:
    """The site is at home under any path; only the 404 page, served at any depth, names it."""
    atlas, pages = planned(small)

    assert atlas.relative_url(pages[start], pages[to], anchor) == href


def test_notices_say_what_a_translation_is(small: dict[str, bytes]) -> None:
    """A translation says who made it, whether a machine helped, and whether it is out of date."""
    page = made(small, "en/river-talks/statement/index.html")

    assert "The original has changed since this translation was made" in page
    assert "This text was translated by a machine." in page
    assert "Translation: Lê Bình · Reviewed by Trần Sông, 5 June 2025" in page


def test_a_site_without_topics_says_so(small: dict[str, bytes]) -> None:
    """An empty briefing is a site, not an error."""
    empty = {
        path: data
        for path, data in small.items()
        if path.count("/") < 2 or not path.startswith("content/")
    }
    del empty["content/about.vi.md"]  # which links to a topic
    empty["content/voices.yaml"] = small["content/voices.yaml"].replace(
        b", primary: statement", b""
    )

    site = make_site(empty)
    assert b"There are no topics yet." in site["en/index.html"]


def test_a_topic_without_articles_says_so(small: dict[str, bytes]) -> None:
    """A topic can be announced before its first article is read."""
    files = {
        path: data for path, data in small.items() if not path.startswith("content/vote/count")
    }
    files["content/vote/topic.vi.md"] = "---\ntitle: Cuộc bỏ phiếu\n---\nSắp có.\n".encode()

    assert "Chưa có bài viết nào" in made(files, "vi/vote/index.html")


def test_a_link_to_a_point_waits_for_the_first_article(small: dict[str, bytes]) -> None:
    """Without public articles a topic shows no rows, and a link to one is plain text."""
    files = {
        path: data for path, data in small.items() if not path.startswith("content/vote/count")
    }
    text = "---\ntitle: Cuộc bỏ phiếu\n---\nXem [tỷ lệ](point:turnout).\n"
    files["content/vote/topic.vi.md"] = text.encode()

    assert '<a href="./">tỷ lệ</a>' in made(files, "vi/vote/index.html")


def test_a_day_is_the_same_in_all_zones(small: dict[str, bytes]) -> None:
    """An event of which only the day is known is not given a time of day."""
    path = "content/river-talks/topic.yaml"
    files = small | {path: small[path].replace(b"2025-06-01T20:00Z", b"2025-06-01")}

    page = made(files, "en/river-talks/index.html")
    assert '<p class="event">1 June 2025<span data-whole> · 4 articles</span>' in page


def test_a_facing_page_is_made_of_what_is_told_in_both_languages(small: dict[str, bytes]) -> None:
    """Where a text is told in one language only, there is no page to read it in two."""
    site = make_site(small, AS_OF)

    facing = {path for path in site if path.startswith("vi-en/")}
    assert facing == {
        "vi-en/river-talks/index.html",
        "vi-en/river-talks/gazette/index.html",
        "vi-en/river-talks/statement/index.html",
    }


def test_the_toggle_leads_to_the_nearest_facing_page(small: dict[str, bytes]) -> None:
    """A summary that is not told in both leads to the facing comparison, and says it is not it."""
    atlas, pages = planned(small)
    page = pages["vi/river-talks/river-daily/index.html"]
    *_, facing = atlas.alternates(page)

    assert [language.code for language in facing.languages] == ["vi", "en"]
    assert (facing.page.path, facing.exact) == ("vi-en/river-talks/index.html", False)
    home = pages["vi/index.html"]
    assert all(len(alternate.languages) == 1 for alternate in atlas.alternates(home))


def test_a_facing_page_stands_in_for_the_page_of_its_first_language(
    small: dict[str, bytes],
) -> None:
    """Search engines are told of one page; links stay facing where they can."""
    page = made(small, "vi-en/river-talks/index.html")

    assert '<link rel="canonical" href="https://example.org/small/vi/river-talks/">' in page
    assert 'hreflang="x-default"' not in page
    assert 'href="statement/">tuyên bố</a>' in page
    assert 'href="statement/">statement</a>' in page
    assert 'href="../../vi/vote/">cuộc bỏ phiếu</a>' in page


def test_paragraphs_that_are_not_as_many_stand_alone(small: dict[str, bytes]) -> None:
    """Counts that differ are a warning, and the page shows all that there is."""
    more = small["content/river-talks/topic.en.md"] + b"\nOne more.\n"
    page = made(small | {"content/river-talks/topic.en.md": more}, "vi-en/river-talks/index.html")

    last = page.split('id="_p3"')[1]
    assert re.search(r'class="facing_first" lang="vi" dir="ltr"></div>', last)
    assert (
        '<div class="facing_second" lang="en" dir="ltr"><div class="facing_block"><p>One more.'
        in last
    )


def test_the_method_is_told_in_every_language(small: dict[str, bytes]) -> None:
    """The site's own text where there is one, and what the words and marks mean in any case."""
    site = make_site(small, AS_OF)
    vietnamese, english = (site[f"{code}/about/index.html"].decode() for code in ("vi", "en"))

    assert "<h1>Chúng tôi làm thế nào</h1>" in vietnamese
    assert 'href="../river-talks/#dams">các con đập</a>' in vietnamese
    assert "<h1>How we compare</h1>" in english
    assert "However many articles say so, there is a single voice." in english
    assert 'href="mailto:desk@example.org"' in english


def test_corrections_are_numbered_from_the_oldest(small: dict[str, bytes]) -> None:
    """The newest stands first, and keeps its number when another comes."""
    page = made(small, "en/river-talks/index.html")
    log = page.split('id="_changes"')[1]
    heads = re.findall(r'<span class="change_head">(.*?)</span>', log)

    assert heads == [
        "Correction no. 2, 6 June 2025",
        "Update, 5 June 2025",
        "Correction no. 1, 4 June 2025",
    ]
    assert '<a href="#began">Began</a>,' in log
    assert "Nothing has been corrected so far." in made(small, "en/vote/index.html")


def test_a_summary_leads_to_its_neighbours_and_says_how_long_it_takes(
    small: dict[str, bytes],
) -> None:
    """The articles of a topic can be read one after the other."""
    page = made(small, "en/river-talks/gazette/index.html")
    nav = page.split('<nav class="neighbours"')[1].split("</nav>")[0]

    assert re.findall(r'href="(.*?)" rel="(.*?)"', nav) == [
        ("../mirror/", "prev"),
        ("../river-daily/", "next"),
    ]
    assert "1-minute read" in page
    assert "Read the original in English" in page


def test_a_list_of_topics_goes_on_on_further_pages(small: dict[str, bytes]) -> None:
    """No page lists everything without end; the toggle stays on the page of that number."""
    many = dict(small)
    for number in range(TOPICS_A_PAGE):
        for path in ("topic.yaml", "topic.vi.md"):
            many[f"content/vote-{number}/{path}"] = small[f"content/vote/{path}"]
            many[f"content/vote-{number}/{path}"] = re.sub(
                rb"(article|point):[\w/-]+", b"topic:vote", many[f"content/vote-{number}/{path}"]
            )
    site = make_site(many, AS_OF)
    first, second = site["vi/index.html"].decode(), site["vi/page/2/index.html"].decode()

    listed = re.compile(r'<h[23]><a|<li><a href="[^"]*" lang=')
    on_first, on_second = (len(listed.findall(page.split("<main")[1])) for page in (first, second))
    assert (on_first, on_second) == (TOPICS_A_PAGE, len(small_topics(many)) - TOPICS_A_PAGE)
    assert '<a class="neighbours_next" href="page/2/" rel="next">Chủ đề cũ hơn</a>' in first
    assert '<a class="neighbours_previous" href="../../" rel="prev">Chủ đề mới hơn</a>' in second
    assert "Trang 2" in second
    assert 'href="../../../en/page/2/" hreflang="en"' in second


def small_topics(files: dict[str, bytes]) -> set[str]:
    return {path.split("/")[1] for path in files if path.endswith("topic.yaml")}
