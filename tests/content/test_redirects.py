"""Addresses are permanent: what was renamed, replaced or withdrawn, and what would vanish."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.engine.build import build
from briefing.engine.sources import SourceTree
from briefing.problems import Problems
from build import make_site
from support.sites import AS_OF, Sources
from support.web import serve

OLD = b"""
renamed:
  river: river-talks
  river-talks/paper: river-talks/gazette
  first: river
replaced:
  flood: river-talks
  flood/photo: river-talks
  vote/tally: vote/count
withdrawn: [hoax, vote/hoax]
"""


@pytest.fixture(scope="module")
def sources(small: Sources) -> Sources:
    """The small site, some ids of which were others once."""
    return small | {"redirects.yaml": OLD}


@pytest.fixture(scope="module")
def site(sources: Sources) -> Mapping[str, bytes]:
    """That site, made."""
    return make_site(sources, AS_OF)


def target(site: Mapping[str, bytes], path: str) -> str:
    """Give where a page leads without a script."""
    page = site[path].decode()
    (found,) = re.findall(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]*)">', page)
    assert f'class="moved_to" href="{found}"' in page
    return str(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("en/river", "../river-talks/"),
        ("vi/river", "../river-talks/"),
        ("vi-en/river", "../river-talks/"),
        ("en/first", "../river-talks/"),
        ("en/flood", "../river-talks/"),
        ("en/flood/photo", "../../river-talks/"),
        ("en/river/gazette", "../../river-talks/gazette/"),
        ("en/river-talks/paper", "../gazette/"),
        ("en/river/paper", "../../river-talks/gazette/"),
        ("en/first/paper", "../../river-talks/gazette/"),
        ("vi/vote/tally", "../count/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(site: Mapping[str, bytes], old: str, new: str) -> None:
    """In each language, for a topic and all below it, by each name that it ever had."""
    assert target(site, f"{old}/index.html") == new


def test_a_page_that_leads_on_is_no_page_of_its_own(site: Mapping[str, bytes]) -> None:
    """Search engines are told of the other, and it is in no list."""
    page = site["en/river/index.html"].decode()
    assert '<meta name="robots" content="noindex">' in page
    canonical = '<link rel="canonical" href="https://example.org/small/en/river-talks/">'
    assert canonical in page
    assert "/river/" not in site["sitemap.xml"].decode()
    assert "/river/" not in site["en/index.html"].decode()


def test_files_stay_at_their_old_addresses_whole(site: Mapping[str, bytes]) -> None:
    """A program that reads a feed, or data, follows no page that leads on."""
    for name in ("feed.xml", "feed.json", "email.txt", "email.html", "references.bib"):
        assert site[f"en/first/{name}"] == site[f"en/river-talks/{name}"]
    for form in ("json", "csv"):
        assert site[f"data/river.{form}"] == site[f"data/river-talks.{form}"]


def test_what_was_withdrawn_says_so(site: Mapping[str, bytes]) -> None:
    """In each language, and nobody is told to look there."""
    page = site["vi/hoax/index.html"].decode()
    assert "Nội dung này đã được rút lại" in page
    assert "noindex" in page
    assert "withdrawn" in site["en/vote/hoax/index.html"].decode()
    assert "hoax" not in site["sitemap.xml"].decode()


def test_what_was_withdrawn_is_so_by_each_name_of_its_topic(small: Sources) -> None:
    """An article that was taken back before its topic was renamed, too."""
    old = b"renamed: {poll: vote}\nwithdrawn: [vote/hoax]\n"
    site = make_site(small | {"redirects.yaml": old}, AS_OF)
    assert site["en/poll/hoax/index.html"] == site["en/vote/hoax/index.html"].replace(
        b"/vote/hoax/", b"/poll/hoax/"
    )
    assert published(small | {"redirects.yaml": old}, "en/poll/hoax/\n") == []


def test_the_place_in_a_page_is_kept(browser: Browser, site: Mapping[str, bytes]) -> None:
    """Who comes to a point at its old address is led to that point, and back goes back."""
    with serve(site, "/small/") as address:
        page = browser.new_page()
        page.goto(f"{address}en/")
        page.goto(f"{address}en/first/#dams")
        expect(page).to_have_url(f"{address}en/river-talks/#dams")
        expect(page.locator("#dams")).to_be_in_viewport()
        page.go_back()
        expect(page).to_have_url(f"{address}en/")
        page.close()


def test_an_old_address_leads_on_without_a_script(
    browser: Browser, site: Mapping[str, bytes]
) -> None:
    """By itself."""
    context = browser.new_context(java_script_enabled=False)
    with serve(site, "/small/") as address:
        page = context.new_page()
        page.goto(f"{address}vi/river/gazette/")
        expect(page).to_have_url(f"{address}vi/river-talks/gazette/")
    context.close()


def published(sources: Sources, manifest: str) -> list[str]:
    """Give what is told of a site after another was published."""
    try:
        build(SourceTree.of(sources), AS_OF, published=manifest)
    except Problems as problems:
        return [str(problem) for problem in problems]
    return []


def manifest_of(sources: Sources) -> str:
    return make_site(sources, AS_OF)["manifest.txt"].decode()


def test_the_manifest_has_every_address_that_is_to_stay(site: Mapping[str, bytes]) -> None:
    """Pages, feeds, mails and data; no list's further page, no picture, no other file."""
    urls = site["manifest.txt"].decode().splitlines()
    assert urls == sorted(set(urls))
    for url in urls:
        path = f"{url}index.html" if not url or url.endswith("/") else url
        assert path in site
    assert {"", "en/", "en/river/", "vi/hoax/", "data/vote.csv", "en/river-talks/feed.xml"} < set(
        urls
    )
    assert not any(url.endswith((".png", ".css", "404.html")) for url in urls)


def test_the_same_site_may_be_published_again(sources: Sources) -> None:
    """Nothing vanishes."""
    assert published(sources, manifest_of(sources)) == []


def without_count(small: Sources) -> Sources:
    """Give the small site without an article."""
    left = {path: data for path, data in small.items() if "/vote/count" not in path}
    topic = "content/vote/topic.vi.md"
    return left | {topic: left[topic].replace("xem [bài này](article:count)".encode(), b"")}


def test_an_address_that_would_vanish_stops_the_build(small: Sources, sources: Sources) -> None:
    """It is told once for each id, with every cure there is."""
    all_told = published(small, manifest_of(sources))
    assert any("`first/gazette` was published, and would be there no" in each for each in all_told)
    assert all(each.startswith("redirects.yaml:1:1: ") for each in all_told)
    gone = without_count(small)
    (told,) = published(gone, manifest_of(small))
    assert told == (
        "redirects.yaml:1:1: `vote/count` was published, and would be there no more at "
        "en/vote/count/ and 1 more\n    take its files back, or write in redirects.yaml under "
        "`withdrawn:` `vote/count`, or under `replaced:` `vote/count: …`"
    )
    for cure in (b"withdrawn: [vote/count]", b"replaced: {vote/count: vote}"):
        assert published(gone | {"redirects.yaml": cure}, manifest_of(small)) == []
    other = gone | {"redirects.yaml": b"withdrawn: [count]"}
    assert len(published(other, manifest_of(small))) == 1


def test_a_text_that_becomes_a_draft_again_is_withdrawn(small: Sources) -> None:
    """By a word in redirects.yaml; its files may stay."""
    path = "content/vote/count.vi.md"
    draft = small | {path: small[path].replace(b"checked: all", b"checked: all\ndraft: true")}
    (told,) = published(draft, manifest_of(small))
    assert "`vote/count` was published" in told
    withdrawn = draft | {"redirects.yaml": b"withdrawn: [vote/count]"}
    assert published(withdrawn, manifest_of(small)) == []
    site = make_site(withdrawn, AS_OF)
    assert "Nội dung này đã được rút lại" in site["vi/vote/count/index.html"].decode()


def hidden(small: Sources, id: str) -> Sources:
    """Give the small site with all texts of a topic or an article drafts."""
    texts = [path for path in small if path.startswith(f"content/{id}.") and path.endswith(".md")]
    return small | {path: small[path].replace(b"---\n", b"---\ndraft: true\n", 1) for path in texts}


def without_vote(small: Sources) -> Sources:
    """Give the small site without a topic, and without the links to it."""
    left = {path: data for path, data in small.items() if not path.startswith("content/vote/")}
    return {
        path: re.sub(
            rb"\]\((topic:vote|(article|point):vote/[^)]*)\)", b"](topic:river-talks)", data
        )
        if path.endswith(".md")
        else data
        for path, data in left.items()
    }


def test_a_withdrawn_topic_needs_a_word_on_each_of_its_articles(small: Sources) -> None:
    """Their addresses were published too; then each of them says that it was taken back."""
    was = manifest_of(small)
    gone = without_vote(small)
    told = published(gone | {"redirects.yaml": b"withdrawn: [vote]"}, was)
    assert [re.findall("`([^`]*)` was published", each) for each in told] == [["vote/count"]]
    assert "under `withdrawn:` `vote/count`" in told[0]
    whole = gone | {"redirects.yaml": b"withdrawn: [vote, vote/count]"}
    assert published(whole, was) == []
    site = make_site(whole, AS_OF)
    pages = [url for url in was.splitlines() if "/vote/" in url and url.endswith("/")]
    assert "vi/vote/count/" in pages
    assert all(f"{url}index.html" in site for url in pages)


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize(
    ("renamed", "withdrawn", "old"),
    [
        ("{vote/tally: vote/count}", "[vote/count]", "vote/tally"),
        ("{vote/a: vote/b, vote/b: vote/count}", "[vote/count]", "vote/a"),
        ("{poll: vote, poll/tally: vote/count}", "[vote/count]", "poll/tally"),
        ("{poll: vote, vote/tally: vote/count}", "[vote/count]", "poll/tally"),
        ("{poll: vote, vote/tally: vote/count}", "[poll/count]", "vote/tally"),
        ("{poll: vote}", "[vote, vote/count]", "poll/count"),
        ("{poll: vote}", "[vote, vote/count]", "poll"),
    ],
)
def test_what_was_renamed_and_then_withdrawn_needs_one_word(
    small: Sources, renamed: str, withdrawn: str, old: str, is_there: bool
) -> None:
    """Its old ids are withdrawn with it, whether its files stay or not."""
    rename = {"redirects.yaml": f"renamed: {renamed}".encode()}
    was = manifest_of(small | rename)
    topic = "[vote," in withdrawn
    if is_there:
        less = hidden(small, "vote/topic") if topic else hidden(small, "vote/count")
    elif topic:
        less = without_vote(small)
    else:
        less = without_count(small)
    words = {"redirects.yaml": f"renamed: {renamed}\nwithdrawn: {withdrawn}\n".encode()}
    assert f"vi/{old}/" in was
    assert published(less | words, was) == []
    assert "đã được rút lại" in make_site(less | words, AS_OF)[f"vi/{old}/index.html"].decode()


def test_a_translation_that_is_taken_back_says_so_where_nothing_else_stands(
    small: Sources,
) -> None:
    """Also on its facing pages; where a notice of the missing text stands, that stays."""
    less = {path: data for path, data in small.items() if not path.endswith("talks/topic.en.md")}
    words = {"redirects.yaml": b"withdrawn: [river-talks.en]"}
    site = make_site(less | words, AS_OF)
    assert "đã được rút lại" in site["vi-en/river-talks/index.html"].decode()
    assert "This has been withdrawn" not in site["en/river-talks/index.html"].decode()
    pages = {url for url in manifest_of(small).splitlines() if url.endswith("/")}
    assert pages <= set(manifest_of(less | words).splitlines())


def test_a_translation_can_be_taken_back(small: Sources) -> None:
    """What stood in one language is withdrawn by the id with that language."""
    less = {path: data for path, data in small.items() if not path.endswith("talks/topic.en.md")}
    (told,) = published(less, manifest_of(small))
    assert "`river-talks.vi` or `river-talks.en`" in told
    back = less | {"redirects.yaml": b"withdrawn: [river-talks.en]"}
    assert published(back, manifest_of(small)) == []
    assert (
        len(published(less | {"redirects.yaml": b"withdrawn: [vote.en]"}, manifest_of(small))) == 1
    )


@pytest.mark.parametrize(
    "old",
    [b"withdrawn: [river-talks]", b"withdrawn: [vote/count]", b"replaced: {vote/count: vote}"],
)
def test_no_two_pages_stand_at_one_address(small: Sources, old: bytes) -> None:
    """What is public is not withdrawn, and is no old id."""
    with pytest.raises(Problems, match=r"two pages would stand at|is there"):
        make_site(small | {"redirects.yaml": old}, AS_OF)


@pytest.mark.parametrize("id", ["about", "index", "schema", "page/2", "404"])
def test_pages_of_the_site_are_no_old_ids(small: Sources, id: str) -> None:
    """Nor are they topics."""
    for old in (f"withdrawn: [{id}]", f"replaced: {{{id}: vote}}"):
        with pytest.raises(Problems, match="is the name of a page of the site"):
            make_site(small | {"redirects.yaml": old.encode()}, AS_OF)


def test_what_was_replaced_had_only_the_names_that_are_told(small: Sources) -> None:
    """Its readers are sent on; nothing is made up of the articles of what is there instead."""
    old = b"replaced: {lost: river-talks, lost/photo: river-talks}"
    made = make_site(small | {"redirects.yaml": old}, AS_OF)
    pages = {path for path in made if path.startswith("en/lost/") and path.endswith("index.html")}
    assert pages == {"en/lost/index.html", "en/lost/photo/index.html"}


def test_the_sitemap_is_made_anew_when_a_translation_comes_or_goes(small: Sources) -> None:
    """Where its addresses stay: with and without what is remembered it has the same bytes."""
    plain = small | {"site.yaml": small["site.yaml"] + b"facing: []\nmissing: fallback\n"}
    less = {path: data for path, data in plain.items() if not path.endswith("gazette.vi.md")}
    last = build(SourceTree.of(plain), AS_OF)
    warm = build(SourceTree.of(less), AS_OF, last)
    cold = build(SourceTree.of(less), AS_OF)
    assert {**last.outputs, **warm.outputs}["sitemap.xml"] == cold.outputs["sitemap.xml"]
    assert cold.outputs["sitemap.xml"] != last.outputs["sitemap.xml"]


def test_pages_that_lead_on_look_like_the_site(page: Page, site: Mapping[str, bytes]) -> None:
    """For the moment in which they are seen, or for who must press."""
    with serve(site, "/small/") as address:
        page.goto(f"{address}vi/hoax/")
        expect(page.get_by_role("heading")).to_have_text("Nội dung này đã được rút lại")
        expect(page.get_by_role("link", name="Trang nhỏ")).to_be_visible()
