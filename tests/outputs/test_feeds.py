"""Feeds: what is new, in two forms that say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest
from jsonschema import Draft202012Validator

from build import make_site
from support.sites import AS_OF, TESTS, Sources

SCHEMA = json.loads((TESTS / "schemas/json-feed.json").read_text(encoding="utf-8"))
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITE = "https://example.org/small/"
UNDATED = {"vi/vote/feed.xml"}
"""The feeds of what has no date of ours; nothing is in them."""
Element = ET.Element


@pytest.fixture(scope="module", params=["small", "real"])
def site(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    """Each of the sites, made."""
    return make_site(request.getfixturevalue(request.param), AS_OF)


@pytest.fixture(scope="module")
def made(small: Sources) -> Mapping[str, bytes]:
    """The small site, made."""
    return make_site(small, AS_OF)


def feeds(site: Mapping[str, bytes], form: str) -> Iterator[tuple[str, bytes]]:
    found = {path: data for path, data in site.items() if path.endswith(f"feed.{form}")}
    assert len(found) > 3
    yield from found.items()


def atom(site: Mapping[str, bytes], path: str) -> Element:
    return ET.fromstring(site[path])


def one(element: Element, name: str) -> str:
    """Give the text of the one element of a name."""
    (found,) = element.findall(ATOM + name)
    assert found.text, name
    return found.text


def entries(feed: Element) -> list[Element]:
    return feed.findall(f"{ATOM}entry")


def entry_of(feed: Element, address: str) -> Element:
    """Give the entry that leads to an address in the language of the feed."""
    (found,) = (
        entry
        for entry in entries(feed)
        for link in entry.findall(f"{ATOM}link")
        if link.get("href") == address and link.get("hreflang") == feed.get(LANG)
    )
    return found


def test_every_feed_is_one_that_programs_read(site: Mapping[str, bytes]) -> None:
    """Without a mistake that they would have to forgive."""
    for path, data in feeds(site, "xml"):
        read = feedparser.parse(data)
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert bool(read.entries) is (path not in UNDATED), path


def test_every_feed_has_what_rfc_4287_asks_of_it(site: Mapping[str, bytes]) -> None:
    """One id, title and time each; who wrote it; links that can be told apart."""
    for _, data in feeds(site, "xml"):
        feed = ET.fromstring(data)
        assert feed.tag == f"{ATOM}feed"
        one(feed.findall(f"{ATOM}author")[0], "name")
        (own,) = (link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
        assert own.get("href")
        for element in (feed, *entries(feed)):
            assert re.match(r"https?://\S+$", one(element, "id"))
            one(element, "title")
            assert datetime.fromisoformat(one(element, "updated")).tzinfo
            links = [
                (link.get("type"), link.get("hreflang"))
                for link in element.findall(f"{ATOM}link")
                if link.get("rel") == "alternate"
            ]
            assert len(links) == len(set(links)) > 0
            for single in ("subtitle", "icon", "published", "summary", "content"):
                assert len(element.findall(ATOM + single)) <= 1
            assert all(term.get("term") for term in element.findall(f"{ATOM}category"))
        for entry in entries(feed):
            (content,) = entry.findall(f"{ATOM}content")
            assert content.get("type") == "html"
            for published in entry.findall(f"{ATOM}published"):
                assert (published.text or "") <= one(entry, "updated")
        ids = [one(entry, "id") for entry in entries(feed)]
        assert len(ids) == len(set(ids))
        told = (datetime.fromisoformat(one(entry, "updated")) for entry in entries(feed))
        latest = max(told, default=datetime.fromisoformat("1970-01-01T00:00:00Z"))
        assert datetime.fromisoformat(one(feed, "updated")) == latest


def test_every_json_feed_has_the_form_of_one(site: Mapping[str, bytes]) -> None:
    """As JSON Feed 1.1 describes it."""
    check = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for path, data in feeds(site, "json"):
        assert [error.message for error in check.iter_errors(json.loads(data))] == [], path
    assert [*check.iter_errors({"version": "https://jsonfeed.org/version/1.1", "title": "x"})]


def test_both_forms_say_the_same(site: Mapping[str, bytes]) -> None:
    """Entry by entry."""
    for path, data in feeds(site, "xml"):
        feed, told = ET.fromstring(data), json.loads(site[path[:-3] + "json"])
        assert (one(feed, "title"), feed.get(LANG)) == (told["title"], told["language"])
        for entry, item in zip(entries(feed), told["items"], strict=True):
            assert one(entry, "id") == item["id"]
            assert one(entry, "title") == item["title"]
            assert one(entry, "content") == item["content_html"]
            assert one(entry, "updated") == item["date_modified"]
            published = [element.text for element in entry.findall(f"{ATOM}published")]
            assert published == [item[key] for key in ("date_published",) if key in item]
            assert entry_of(feed, item["url"]) is entry
            terms = [term.get("term") for term in entry.findall(f"{ATOM}category")]
            assert terms == item["tags"]


def test_a_feed_and_its_entries_have_their_language_and_lead_to_the_others(
    made: Mapping[str, bytes],
) -> None:
    """Each entry names the page of the same text in the other language, if there is one."""
    feed = atom(made, "en/river-talks/feed.xml")
    others = [link for link in feed.findall(f"{ATOM}link") if link.get("hreflang") == "vi"]
    assert [link.get("href") for link in others] == [f"{SITE}vi/river-talks/feed.xml"]
    for entry in entries(feed):
        assert entry.get(LANG) == feed.get(LANG) == "en"
    gazette = entry_of(feed, f"{SITE}en/river-talks/gazette/")
    links = {link.get("hreflang"): link.get("href") for link in gazette.findall(f"{ATOM}link")}
    assert links == {
        "en": f"{SITE}en/river-talks/gazette/",
        "vi": f"{SITE}vi/river-talks/gazette/",
    }


def test_whichever_page_a_program_takes_is_in_the_language_of_the_feed(
    site: Mapping[str, bytes],
) -> None:
    """No `alternate` leads to another language, in a feed or in an entry; most take any of them."""
    for path, data in feeds(site, "xml"):
        feed = ET.fromstring(data)
        for element in (feed, *entries(feed)):
            links = element.findall(f"{ATOM}link")
            (page,) = (link for link in links if link.get("rel", "alternate") == "alternate")
            assert page is links[0]
            assert page.get("hreflang") == feed.get(LANG)
            assert f"/{feed.get(LANG)}/" in (page.get("href") or "")
            others = {link.get("rel") for link in links if link.get("hreflang") != feed.get(LANG)}
            assert others <= {"related"}
        read = feedparser.parse(data)
        for entry in read.entries:
            assert f"/{feed.get(LANG)}/" in entry.link, path


def dates(site: Mapping[str, bytes], path: str) -> dict[str, list[str | None]]:
    """Give the days of each entry of a feed, by the end of its address."""
    return {
        (entry.findall(f"{ATOM}link")[0].get("href") or "").removeprefix(SITE): [
            (entry.findtext(ATOM + name) or "")[:10] for name in ("published", "updated")
        ]
        for entry in entries(atom(site, path))
    }


COUNT = "content/vote/count.vi.md"
VOTE = "content/vote/topic.vi.md"


@pytest.mark.parametrize(
    ("path", "field", "days"),
    [
        (VOTE, "release: 2025-11-28", {"vi/vote/": ["2025-11-28", "2025-11-28"]}),
        (COUNT, "accessed: 2025-11-27", {"vi/vote/": ["2025-11-27", "2025-11-27"]}),
        (COUNT, "release: 2025-11-26", {}),
        (COUNT, "tags: [vote]", {}),
    ],
)
def test_a_text_of_ours_never_has_the_date_of_somebody_else(
    small: Sources, path: str, field: str, days: dict[str, list[str]]
) -> None:
    """The day of an article or an event is none of ours: what has no other is in no feed."""
    text = small[path].replace(b"---\n", f"---\n{field}\n".encode(), 1)
    site = make_site(small | {path: text}, AS_OF)
    found = dates(site, "vi/feed.xml")

    assert {key: found[key] for key in found if "vote" in key} == days
    page = site["vi/vote/index.html"].decode()
    listed = re.search(r"/vi/vote/</loc>(<lastmod>[^<]*</lastmod>)?", site["sitemap.xml"].decode())
    assert ('"datePublished":"2025-11' in page) is bool(days)
    assert listed
    assert bool(listed[1]) is bool(days)
    everything = b"".join(site[path] for path in site if "feed." in path)
    article = site["vi/vote/feed.xml"].decode()
    assert (f"{SITE}vi/vote/count/" in article) is not (field.startswith("tags"))
    assert b"<published>2025-06-02" not in everything


def test_nothing_is_in_a_feed_that_is_not_told_in_its_language(made: Mapping[str, bytes]) -> None:
    """No draft, nothing held back, and no text that stands in for a translation."""
    vote = {path for path in made if path.startswith("en/vote/")}
    assert "en/vote/index.html" in vote
    assert not any(path.endswith(("feed.xml", "feed.json")) for path in vote)
    ids = {one(entry, "id") for entry in entries(atom(made, "en/feed.xml"))}
    assert ids == {f"{SITE}en/river-talks/"}
    everything = b"".join(data for path, data in made.items() if "feed." in path)
    assert b"SECRET" not in everything


def test_a_correction_makes_an_entry_new_again(small: Sources, made: Mapping[str, bytes]) -> None:
    """Its time is that of the correction, which stands first in it; its id stays."""
    path = "content/river-talks/topic.yaml"
    text = 'text: {vi: "Sai số.", en: "A wrong figure."}'
    more = f"\n  - {{date: 2025-07-01, kind: correction, {text}, points: [delegates]}}\n"
    corrected = make_site(small | {path: small[path].rstrip() + more.encode()}, AS_OF)
    for feed_path in ("en/feed.xml", "en/river-talks/feed.xml"):
        address = f"{SITE}en/river-talks/"
        before = entry_of(atom(made, feed_path), address)
        after = entry_of(atom(corrected, feed_path), address)
        assert one(after, "id") == one(before, "id")
        assert one(before, "updated") < one(after, "updated") == "2025-07-01T00:00:00+07:00"
        assert one(after, "published") == one(before, "published")
        assert "A wrong figure." in one(after, "content").split("</p>")[0]


def test_a_correction_of_a_point_is_one_of_the_summaries_that_tell_of_it(
    small: Sources, made: Mapping[str, bytes]
) -> None:
    """An article that says nothing on the point is not told of again."""
    feed = atom(made, "en/river-talks/feed.xml")
    gazette = entry_of(feed, f"{SITE}en/river-talks/gazette/")
    assert "The hour was wrong." in one(gazette, "content")
    assert "The name of a paper" not in one(gazette, "content")
    mirror = entry_of(feed, f"{SITE}en/river-talks/mirror/")
    assert "The hour was wrong." not in one(mirror, "content")


def test_an_entry_keeps_its_id_when_its_topic_is_renamed(
    small: Sources, made: Mapping[str, bytes]
) -> None:
    """And its articles theirs, when they are; only the address is new."""
    renamed = {path.replace("/river-talks/", "/talks/"): data for path, data in small.items()}
    renamed = {p: d.replace(b"topic:river-talks", b"topic:talks") for p, d in renamed.items()}
    renamed = {p: d.replace(b"point:river-talks/", b"point:talks/") for p, d in renamed.items()}
    renamed = {p.replace("/gazette.", "/paper."): d for p, d in renamed.items()}
    renamed = {p: d.replace(b"article:gazette", b"article:paper") for p, d in renamed.items()}
    renamed = {
        p: d.replace(b"duplicate_of: gazette", b"duplicate_of: paper") for p, d in renamed.items()
    }
    old = b"renamed:\n  river-talks: talks\n  talks/gazette: talks/paper\n"
    site = make_site(renamed | {"redirects.yaml": old}, AS_OF)
    for path in ("en/feed.xml", "vi/feed.xml"):
        ids = [one(entry, "id") for entry in entries(atom(made, path))]
        assert [one(entry, "id") for entry in entries(atom(site, path))] == ids
    before = {one(entry, "id") for entry in entries(atom(made, "en/river-talks/feed.xml"))}
    feed = atom(site, "en/talks/feed.xml")
    assert {one(entry, "id") for entry in entries(feed)} == before
    assert entry_of(feed, f"{SITE}en/talks/paper/") is not None
    assert site["en/river-talks/feed.xml"] == site["en/talks/feed.xml"]


def test_a_site_that_moves_keeps_the_ids_of_its_entries(
    small: Sources, made: Mapping[str, bytes]
) -> None:
    """If it says where it stood."""
    moved = small["site.yaml"].replace(
        b"address: https://example.org/small/",
        b"address: https://news.example/\nformerly: https://example.org/small/",
    )
    site = make_site(small | {"site.yaml": moved}, AS_OF)
    ids = [one(entry, "id") for entry in entries(atom(made, "en/feed.xml"))]
    feed = atom(site, "en/feed.xml")
    assert [one(entry, "id") for entry in entries(feed)] == ids
    assert entry_of(feed, "https://news.example/en/river-talks/") is not None


def test_links_in_a_feed_are_written_in_full(site: Mapping[str, bytes]) -> None:
    """It is read elsewhere."""
    for path, data in feeds(site, "json"):
        for item in json.loads(data)["items"]:
            for href in re.findall(r'href="([^"]*)"', item["content_html"]):
                assert href.startswith(("https://", "http://", "mailto:")), path


def test_every_page_tells_of_the_feeds_that_it_is_in(made: Mapping[str, bytes]) -> None:
    """The feed of its topic before that of the site, each in both forms."""
    told = re.findall(
        r'type="application/(\S+)" title="[^"]*" href="([^"]*)"',
        made["en/river-talks/gazette/index.html"].decode(),
    )
    assert told == [
        ("atom+xml", "../feed.xml"),
        ("feed+json", "../feed.json"),
        ("atom+xml", "../../feed.xml"),
        ("feed+json", "../../feed.json"),
    ]
    assert 'href="vi/feed.xml"' in made["index.html"].decode()
    assert 'href="/small/en/feed.xml"' in made["404.html"].decode()
