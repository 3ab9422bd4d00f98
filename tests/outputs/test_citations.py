"""The references of a topic: what is cited and how, as CSL-JSON and as BibTeX that say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.outputs.citations.bibtex import as_latex, language_id, to_bibtex
from briefing.outputs.citations.references import Reference, ReferenceKind
from build import make_site
from support.bibtex import read_bibtex
from support.sites import AS_OF, Sources

FIELDS = {
    *("id", "type", "title", "author", "translator", "container-title", "issued", "accessed"),
    *("URL", "language", "note"),
}
TYPES = {"webpage", "article-newspaper", "article-magazine"}
"""Variables and types of CSL 1.0.2 that we use; its schema allows no others than its own."""
DAY = r"\d{4}(-\d\d(-\d\d)?)?"
RIVER = "river-talks"


@pytest.fixture(scope="module")
def site(small: Sources) -> Mapping[str, bytes]:
    """The small site, made."""
    return make_site(small, AS_OF)


@pytest.fixture(scope="module", params=["small", "real"])
def any_site(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    """Each of the sites, made."""
    return make_site(request.getfixturevalue(request.param), AS_OF)


def csl(files: Mapping[str, bytes], folder: str) -> dict[str, dict[str, Any]]:
    """Give the items of a topic by the end of their key: the language or the article."""
    items = json.loads(files[f"{folder}/references.json"])
    return {re.split("[.:]", item["id"])[-1]: item for item in items}


def changed(small: Sources, name: str, *swaps: tuple[str, str]) -> Mapping[str, bytes]:
    """Make the small site with words of a file of the river topic changed."""
    path = f"content/{RIVER}/{name}"
    text = small[path].decode()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return make_site(small | {path: text.encode()}, AS_OF)


def test_every_topic_has_its_references_in_each_language_of_its_own(
    any_site: Mapping[str, bytes],
) -> None:
    """Where it has a mail it has both files, and nowhere else; its page links to them."""
    folders = {path.removesuffix("/email.html") for path in any_site if path.endswith("email.html")}
    for name, kind in (
        ("references.json", "application/vnd.citationstyles.csl+json"),
        ("references.bib", "application/x-bibtex"),
    ):
        assert {path.removesuffix(f"/{name}") for path in any_site if path.endswith(name)} == (
            folders
        )
        for folder in folders:
            page = any_site[f"{folder}/index.html"].decode()
            assert f'<a href="{name}" type="{kind}">' in page


def test_the_comparison_is_cited_first_and_then_its_articles(site: Mapping[str, bytes]) -> None:
    """By keys that are made of ids; what is compared is the same in both languages."""
    vi, en = (json.loads(site[f"{code}/{RIVER}/references.json"]) for code in ("vi", "en"))
    assert [item["id"] for item in en] == [
        f"{RIVER}.en",
        *(f"{RIVER}:{id}" for id in ("statement", "mirror", "gazette", "river-daily")),
    ]
    assert [item["id"] for item in vi[1:]] == [item["id"] for item in en[1:]]


def test_csl_json_is_what_its_schema_allows(any_site: Mapping[str, bytes]) -> None:
    """Known fields and types, dates in parts, names whole, and nothing that is empty."""
    for path in (path for path in any_site if path.endswith("references.json")):
        items = json.loads(any_site[path])
        assert len({item["id"] for item in items}) == len(items)
        for item in items:
            assert set(item) <= FIELDS
            assert {"id", "type", "title", "container-title", "language"} <= set(item)
            assert item["type"] in TYPES
            assert all(item.values())
            for name in (*item.get("author", ()), *item.get("translator", ())):
                assert set(name) == {"literal"}
            for date in (item[each] for each in ("issued", "accessed") if each in item):
                ((*parts,),) = date["date-parts"]
                assert 1 <= len(parts) <= 3
                assert all(type(part) is int for part in parts)


def test_bibtex_says_what_csl_json_says(any_site: Mapping[str, bytes]) -> None:
    """Field by field, read as LaTeX shows it."""
    for path in (path for path in any_site if path.endswith("references.bib")):
        entries = read_bibtex(any_site[path].decode())
        items = json.loads(any_site[path.replace(".bib", ".json")])
        assert len(entries) == len(items)
        for (kind, key, fields), item in zip(entries, items, strict=True):
            names = {
                each: item[each][0]["literal"] for each in ("author", "translator") if each in item
            }
            dates = {
                mine: "-".join(f"{part:02}" for part in item[theirs]["date-parts"][0])
                for mine, theirs in (("date", "issued"), ("urldate", "accessed"))
                if theirs in item
            }
            online = item["type"] == "webpage"
            assert key == item["id"]
            assert kind == ("online" if online else "article")
            container = {"organization" if online else "journaltitle": item["container-title"]}
            subtype = {} if online else {"entrysubtype": item["type"].removeprefix("article-")}
            same = {
                each: item[name]
                for each, name in (("url", "URL"), ("note", "note"))
                if name in item
            }
            language = {"langid": language_id(item["language"])}
            told = names | dates | container | subtype | same | language | {"title": item["title"]}
            assert fields == told
            assert all(re.fullmatch(DAY, date) for date in dates.values())


def test_the_comparison_is_cited_with_the_day_it_was_changed_last(
    site: Mapping[str, bytes], small: Sources
) -> None:
    """With the title and the address of its page, in the language of the page."""
    page = site[f"en/{RIVER}/index.html"].decode()
    own = csl(site, f"en/{RIVER}")["en"]
    (changed_last,) = re.findall(r'"dateModified":"([\d-]+)', page)
    assert own["title"] == "Talks on the river"
    assert own["URL"] == f"https://example.org/small/en/{RIVER}/"
    assert own["language"] == "en"
    assert "-".join(f"{part:02}" for part in own["issued"]["date-parts"][0]) == changed_last
    assert "accessed" not in own
    assert csl(site, f"vi/{RIVER}")["vi"]["title"] == "Hội đàm về sông"


def test_the_page_of_a_topic_says_itself_what_is_cited(any_site: Mapping[str, bytes]) -> None:
    """Its title without that of the site, and its day: programs that cite from pages read these."""
    for path in (path for path in any_site if path.endswith("references.json")):
        (own, *_) = json.loads(any_site[path])
        page = any_site[path.replace("references.json", "index.html")].decode()
        said = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))
        assert unescape(said["og:title"]) == own["title"]
        assert unescape(said["og:site_name"]) == own["container-title"]
        parts = own["issued"]["date-parts"][0] if "issued" in own else []
        assert said.get("dcterms.date", "") == "-".join(f"{part:02}" for part in parts)


def test_an_article_is_cited_in_its_own_words(site: Mapping[str, bytes]) -> None:
    """Its title and language are its own on every page; its outlet is called as the page does."""
    item = csl(site, f"vi/{RIVER}")["gazette"]
    assert item["title"] == "River talks end"
    assert item["author"] == [{"literal": "Jane Doe"}]
    assert item["language"] == "en"
    assert item["issued"] == {"date-parts": [[2025, 6, 2]]}
    assert "note" not in item


def test_an_article_without_a_title_is_called_what_we_call_it(site: Mapping[str, bytes]) -> None:
    """In brackets, as descriptions are, in the language of the page; else as its outlet."""
    assert csl(site, f"en/{RIVER}")["statement"]["title"] == "[Ministry says the dams will open]"
    assert csl(site, f"vi/{RIVER}")["statement"]["title"] == "[Bộ nói các con đập sẽ mở]"
    mirror = csl(site, f"vi/{RIVER}")["mirror"]
    assert mirror["title"] == f"[{mirror['container-title']}]"
    assert "SECRET" not in site[f"en/{RIVER}/references.json"].decode()


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("2025", [2025]),
        ("2025-06", [2025, 6]),
        ("2025-06-02", [2025, 6, 2]),
        ("2025-06-02T23:30-04:00", [2025, 6, 2]),
        ("2025-06-02T00:30+07:00", [2025, 6, 2]),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    small: Sources, published: str, parts: list[int]
) -> None:
    """An hour is of the day of the place that it was written in."""
    made = changed(small, "gazette.en.md", ("2025-06-02T09:30+01:00", published))
    assert csl(made, f"en/{RIVER}")["gazette"]["issued"] == {"date-parts": [parts]}
    day = "-".join(f"{part:02}" for part in parts)
    assert f"  date = {{{day}}},\n" in made[f"en/{RIVER}/references.bib"].decode()


@pytest.mark.parametrize(
    ("status", "address", "opened"),
    [
        ("live", "https://gazette.example/river", True),
        ("moved", "https://gazette.example/river", True),
        ("paywalled", "https://gazette.example/river", True),
        ("unverified", "https://gazette.example/river", False),
        ("dead", "https://archive.example/river", False),
        ("usurped", "https://archive.example/river", False),
    ],
)
def test_an_address_is_cited_only_where_readers_can_be_sent(
    small: Sources, status: str, address: str, opened: bool
) -> None:
    """The day it was read is that of an address only if it was read there; else a note says so."""
    swap = ("archive: ", f"url_status: {status}\naccessed: 2025-06-04\narchive: ")
    item = csl(changed(small, "gazette.en.md", swap), f"en/{RIVER}")["gazette"]
    assert item["URL"] == address
    assert item.get("accessed") == ({"date-parts": [[2025, 6, 4]]} if opened else None)
    assert item.get("note") == (None if opened else "Text read on 4 June 2025.")


def test_what_is_wrong_with_a_source_is_said_where_it_is_cited(site: Mapping[str, bytes]) -> None:
    """That a copy was altered, that we infer its outlet, that it is the text of another."""
    items = csl(site, f"en/{RIVER}")
    copy = items["river-daily"]
    assert copy["note"] == (
        "Altered copy. The name of the paper was replaced. The outlet is our inference."
    )
    assert "URL" not in copy
    assert items["mirror"]["note"].startswith("The same text as another article")


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("newspaper", "article-newspaper"),
        ("agency", "article-newspaper"),
        ("magazine", "article-magazine"),
        ("broadcaster", "webpage"),
        ("government", "webpage"),
        ("website", "webpage"),
        ("organisation", "webpage"),
    ],
)
def test_the_kind_of_a_reference_is_that_of_the_outlet(
    small: Sources, kind: str, type_: str
) -> None:
    """A newspaper, a magazine, or a page on the web."""
    outlets = re.sub(r"kind: \w+", f"kind: {kind}", small["content/outlets.yaml"].decode())
    made = make_site(small | {"content/outlets.yaml": outlets.encode()}, AS_OF)
    assert csl(made, f"en/{RIVER}")["gazette"]["type"] == type_


def reference(text: str) -> Reference:
    """Give a reference that has a text wherever one can be."""
    return Reference(
        key="a:b",
        kind=ReferenceKind.NEWSPAPER,
        title=text,
        author=text,
        translator=text,
        container=text,
        issued=None,
        url="",
        accessed=None,
        language="vi",
        note=text,
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_whatever_is_written_bibtex_stays_whole(text: str) -> None:
    """Signs that LaTeX takes for its own are shown as they are, and braces are balanced."""
    plain = " ".join(text.split())
    ((_, _, fields),) = read_bibtex(to_bibtex([reference(text)]).decode())
    named = dict.fromkeys(("author", "translator", "title", "journaltitle", "note"), plain)
    assert {name: fields[name] for name in named if name in fields} == (named if plain else {})


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50 % & more_or #1 at $5", r"50 \% \& more\_or \#1 at \$5"),
        ("a {b} \\c", r"a \textbraceleft{}b\textbraceright{} \textbackslash{}c"),
        (
            "~/x^2 `y`",
            r"\textasciitilde{}/x\textasciicircum{}2 \textasciigrave{}y\textasciigrave{}",
        ),
        ("one -- two --- three-four", "one -{}- two -{}-{}- three-four"),
        ("Điện đàm 普京和川普", "Điện đàm 普京和川普"),
        ("two\n lines", "two lines"),
    ],
)
def test_signs_of_latex_are_written_out(text: str, latex: str) -> None:
    """And no letters, of whatever script: the file is UTF-8."""
    assert as_latex(text) == latex


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("vi", "vietnamese"),
        ("en-GB", "english"),
        ("zh-Hans", "chinese"),
        ("ru", "russian"),
        ("nb", ""),
    ],
)
def test_a_language_is_called_as_babel_calls_it(tag: str, name: str) -> None:
    """One whose name is no single word has none: LaTeX takes an unknown one for a mistake."""
    assert language_id(tag) == name
