"""What machines are told of pages: one look-up for heads, sitemap and JSON-LD, and its checks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld  # type: ignore[import-untyped]

from briefing.checks.links import check_outputs
from briefing.content.parse import parse_site
from briefing.outputs import sitemap as module
from briefing.outputs.github_pages import custom_domain
from briefing.outputs.json_ld import in_script
from build import make_site
from support.generate import generate
from support.sites import AS_OF, TESTS, Sources

SCHEMAS = TESTS / "schemas"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITES = {"small": "https://example.org/small/", "real": "https://example.org/briefing/"}
Site = tuple[str, Mapping[str, bytes]]
Versions = dict[str, str]


@pytest.fixture(scope="module", params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    """The address and the files of each of the sites."""
    files = request.getfixturevalue(request.param)
    return SITES[request.param], make_site(files, AS_OF)


def pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The pages that are read, by path."""
    for path, data in files.items():
        if path.endswith("index.html"):
            yield path, data.decode()


def versions(page: str) -> Versions:
    """The pages in other languages that a page names, by language."""
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    assert len(found) == len(dict(found))
    return {code: unescape(address) for code, address in found}


def canonical(page: str) -> str:
    (found,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    return unescape(found)


def path_of(address: str, base: str) -> str:
    assert address.startswith(base)
    return f"{address.removeprefix(base)}index.html"


def test_the_graph_of_languages_is_whole(site: Site) -> None:
    """Each page that others stand beside names them, itself and a default; all exist; all agree."""
    base, files = site
    told = {base + path.removesuffix("index.html"): versions(page) for path, page in pages(files)}
    named = [page for page, found in told.items() if found]
    assert len(named) > 6
    for page in named:
        found = told[page]
        assert page in found.values()
        assert "x-default" in found
        for address in found.values():
            assert path_of(address, base) in files
            assert told[address] == found


def test_a_page_with_versions_is_its_own_canonical(site: Site) -> None:
    """A page that stands in for another has no versions, and names one that exists."""
    base, files = site
    for path, page in pages(files):
        own = base + path.removesuffix("index.html")
        assert path_of(canonical(page), base) in files
        if versions(page):
            assert canonical(page) == own
            assert "noindex" not in page


def test_the_default_of_home_is_where_one_chooses(site: Site) -> None:
    """Of all other pages it is the first language that has it."""
    base, files = site
    assert versions(files["en/index.html"].decode())["x-default"] == base
    assert versions(files["index.html"].decode()).keys() == {"vi", "en", "x-default"}
    about = versions(files["en/about/index.html"].decode())
    assert about["x-default"] == about["vi"]


def sitemap(files: Mapping[str, bytes], path: str = "sitemap.xml") -> dict[str, Versions]:
    """Give the versions of each page in a sitemap, by address."""
    found = {}
    for url in ET.fromstring(files[path]).findall(f"{SITEMAP}url"):
        links = url.findall(f"{XHTML}link")
        found[f"{url.findtext(f'{SITEMAP}loc')}"] = {
            f"{link.get('hreflang')}": f"{link.get('href')}" for link in links
        }
    return found


def test_the_sitemap_says_what_the_heads_say(site: Site) -> None:
    """Just those pages that stand for themselves, each with the versions its head names."""
    base, files = site
    own = {
        base + path.removesuffix("index.html"): versions(page)
        for path, page in pages(files)
        if versions(page)
    }
    assert sitemap(files) == own


def test_the_sitemap_is_one(site: Site) -> None:
    """By the schema of sitemaps.org, and that of the links in it."""
    schema = xmlschema.XMLSchema(SCHEMAS / "sitemap.xsd")
    schema.validate(ET.fromstring(site[1]["sitemap.xml"]))
    wrong = site[1]["sitemap.xml"].replace(b"<loc>", b"<lok>").replace(b"</loc>", b"</lok>")
    assert not schema.is_valid(ET.fromstring(wrong))


def test_a_large_sitemap_is_split(small: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """None has more addresses than may be, all are in the list, and no page is lost."""
    whole = sitemap(make_site(small, AS_OF))
    assert module.MAX_URLS == 50_000
    monkeypatch.setattr(module, "MAX_URLS", 4)
    files = make_site(small, AS_OF)
    index = ET.fromstring(files["sitemap.xml"])
    xmlschema.XMLSchema(SCHEMAS / "sitemap.xsd").validate(index)
    listed = [f"{each.findtext(f'{SITEMAP}loc')}" for each in index]
    paths = [each.removeprefix(SITES["small"]) for each in listed]
    assert paths == [path for path in files if re.fullmatch(r"sitemap-\d+\.xml", path)]
    parts = [sitemap(files, path) for path in paths]
    assert all(0 < len(part) <= 4 for part in parts)
    assert {page: told for part in parts for page, told in part.items()} == whole


def test_robots_are_told_where_the_sitemap_is(site: Site) -> None:
    """And may read all."""
    base, files = site
    assert files["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {base}sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://news.example.org/", "news.example.org"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://example.org/briefing/", None),
        ("https://somebody.github.io/", None),
        ("http://localhost/", None),
        ("https://example.org:8080/", None),
    ],
)
def test_a_host_of_its_own_is_told_to_pages(small: Sources, address: str, host: str | None) -> None:
    """A project page, one of GitHub's own hosts or a local one has none."""
    assert custom_domain(address) == host
    config = small["site.yaml"].replace(SITES["small"].encode(), address.encode())
    made = make_site(small | {"site.yaml": config}, AS_OF)
    assert made.get("CNAME") == (f"{host}\n".encode() if host else None)


def said(page: str) -> dict[str, Any]:
    """Give what a page says of itself as JSON-LD."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    read: dict[str, Any] = json.loads(text)
    return read


def _context(address: str, _options: object) -> dict[str, Any]:
    """Stand for the context of schema.org, of which only the vocabulary matters here."""
    assert address == "https://schema.org"
    vocabulary = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}
    document = {"@context": vocabulary}
    told = {"contentType": "application/ld+json", "contextUrl": None}
    return told | {"document": document, "documentUrl": address}


CREATIVE = {
    "@id",
    "@type",
    "url",
    "name",
    "headline",
    "description",
    "inLanguage",
    "datePublished",
    "dateModified",
    "isPartOf",
    "publisher",
    "translator",
    "translationOfWork",
    "workTranslation",
    "mainEntityOfPage",
    "isBasedOn",
    "citation",
    "correction",
    "associatedMedia",
    "about",
    "image",
    "keywords",
    "digitalSourceType",
    "reviewedBy",
    "lastReviewed",
}
VOCABULARY = {
    "WebSite": CREATIVE,
    "NewsArticle": CREATIVE,
    "Article": CREATIVE,
    "AboutPage": CREATIVE,
    "WebPage": {"@type", "url", "reviewedBy", "lastReviewed"},
    "DataDownload": {"@type", "contentUrl", "encodingFormat"},
    "CorrectionComment": {"@type", "text", "datePublished"},
    "Event": {"@type", "name", "startDate"},
    "ContactPoint": {"@type", "contactType", "name", "email", "url"},
    "Organization": {"@type", "name", "url", "email", "publishingPrinciples", "contactPoint"},
    "Person": {"@type", "name"},
}
"""What https://schema.org lets be said of each kind of thing, as far as we say it."""


def things(node: object) -> Iterator[dict[str, Any]]:
    """Give all that is described in a description."""
    if isinstance(node, dict):
        if "@type" in node:
            yield node
        for value in node.values():
            yield from things(value)
    elif isinstance(node, list):
        for value in node:
            yield from things(value)


def test_what_a_page_says_of_itself_expands(site: Site) -> None:
    """It is JSON-LD, in words that schema.org has for such things; nothing is lost in it."""
    told = [page for _, page in pages(site[1]) if "application/ld+json" in page]
    assert len(told) > 6
    for page in told:
        own = said(page)
        for thing in things({key: own[key] for key in own if key != "@context"}):
            assert thing.keys() <= VOCABULARY[thing["@type"]]
        (node,) = jsonld.expand(own, {"documentLoader": _context})
        assert node["@type"] == [f"https://schema.org/{own['@type']}"]
        expanded = {key.removeprefix("https://schema.org/") for key in node}
        assert expanded == own.keys() - {"@context"}


def test_a_comparison_names_the_data_in_which_its_claims_are(site: Site) -> None:
    """A file that is there, and the articles that they are made in; in each language."""
    base, files = site
    for path, page in pages(files):
        own = said(page) if "application/ld+json" in page else {}
        if own.get("@type") != "NewsArticle":
            continue
        data = json.loads(files[own["associatedMedia"]["contentUrl"].removeprefix(base)])
        assert own["@id"] == canonical(page)
        assert own["inLanguage"] == path[:2]
        assert len(own["citation"]) == len(data["articles"])
        assert data["claims"]


def test_a_summary_says_what_it_is_based_on_and_what_it_translates(
    real: Sources, real_site: Mapping[str, bytes]
) -> None:
    """The article it tells of; and each of two languages names the other, one as the original."""
    files = real_site
    folder = "trump-putin-call-2025-03/gia-lai/"
    base = f"{SITES['real']}{{}}/{folder}"
    original = said(files[f"vi/{folder}index.html"].decode())
    translation = said(files[f"en/{folder}index.html"].decode())
    assert original["isBasedOn"] == translation["isBasedOn"] | {
        "publisher": original["isBasedOn"]["publisher"]
    }
    assert original["isBasedOn"]["url"].startswith("https://baogialai.com.vn/")
    assert original["workTranslation"] == [{"@id": base.format("en")}]
    assert translation["translationOfWork"] == {"@id": base.format("vi")}
    assert "translationOfWork" not in original
    assert "workTranslation" not in translation


def test_corrections_are_said_but_no_updates(small: Sources) -> None:
    """An update corrects nothing."""
    own = said(make_site(small, AS_OF)["en/river-talks/index.html"].decode())
    assert [each["text"] for each in own["correction"]] == [
        "The name of a paper was misspelt.",
        "The hour was wrong.",
    ]


def test_a_usurped_address_is_said_nowhere(real: Sources, real_site: Mapping[str, bytes]) -> None:
    """Neither to readers nor to machines."""
    files = real_site
    everything = b"".join(files.values())
    for line in real["content/trump-putin-call-2025-03/epoch-copy.vi.md"].decode().splitlines():
        if line.startswith("url: "):
            assert line.removeprefix("url: ").strip().encode() not in everything


@given(st.text(max_size=60).filter(str.strip))
def test_no_text_ends_what_a_page_says(title: str) -> None:
    """Whatever a title holds, the description stays one script, and says that title."""
    written = in_script({"headline": title})
    assert json.loads(written) == {"headline": title}
    assert not re.search("[<>&\u2028\u2029]", written)


def test_titles_that_would_end_a_script_do_not(small: Sources) -> None:
    """What stands in the script is the text."""
    hostile = "</script><!--<script> & ]]>"
    path = "content/vote/count.vi.md"
    text = small[path].replace("Kiểm phiếu xong".encode(), f"'{hostile}'".encode())
    page = make_site(small | {path: text}, AS_OF)["vi/vote/count/index.html"].decode()
    assert said(page)["headline"] == hostile


HOME = "https://example.org/small/en/"


def broken(small: Sources, old: str, new: str) -> list[str]:
    """Give what is told of the small site when its pages are other than they were made."""
    files = {
        path: data.replace(old.encode(), new.encode()) if path.endswith(".html") else data
        for path, data in make_site(small, AS_OF).items()
    }
    return [f"{each.place.path}: {each.message}" for each in check_outputs(files, SITES["small"])]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('hreflang="x-default"', 'hreflang="fr"', "none of them is for readers of any other"),
        (f'hreflang="en" href="{HOME}"', f'hreflang="en" href="{HOME}about/"', "names others"),
        ('hreflang="vi" href', 'hreflang="en" href', "two of them are in one language"),
        ('"@context":', '"context":', "has no @context"),
        ('{"@context":', '{"@context"', "is no JSON"),
        (f'"og:image" content="{HOME}', f'"og:image" content="{HOME}no/', "leads nowhere"),
    ],
)  # fmt: skip
def test_what_a_template_gets_wrong_in_the_head_is_told(
    small: Sources, old: str, new: str, wrong: str
) -> None:
    """On every page that has it, before a byte is written."""
    assert any(wrong in told for told in broken(small, old, new))
    assert broken(small, old, old) == []


def test_pages_are_shared_with_their_title_text_and_picture(site: Site) -> None:
    """By the Open Graph, with the languages they are there in."""
    base, files = site
    page = files["en/index.html"].decode()
    told = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', page))
    assert told["url"] == f"{base}en/"
    assert told["locale"] == "en_GB"
    assert told["locale:alternate"] == "vi_VN"
    assert (told["image:width"], told["image:height"]) == ("1200", "630")
    assert told["title"]
    assert told["description"]


def test_a_site_of_many_languages_is_whole_too(small: Sources) -> None:
    """The checks of the build find nothing in a generated site."""
    templates = {path: small[path] for path in small if path.startswith("templates/")}
    sources = generate(templates, topics=3, articles=3)
    address = parse_site(sources).address
    assert list(check_outputs(make_site(sources, AS_OF), address)) == []
