"""The published data: what the schema says is so, and all of it is what the comparison says."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from msgspec.structs import replace

from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.verdict import Standing, Verdict
from briefing.content.parse import parse_site
from briefing.content.publication import public_content
from briefing.content.values import read_period, read_quantity
from briefing.model.article import Locator
from briefing.model.site import Site
from briefing.model.subsets import without_texts
from briefing.model.values import Choice, FreeText, Value
from briefing.outputs.data.registers import texts_of
from briefing.outputs.data.relations import MAX_RELATED, Predicate
from briefing.outputs.data.selectors import RangeSelector, locator_of, words_of
from briefing.outputs.data.table import to_csv
from briefing.outputs.data.topic import Topic as TopicData
from briefing.outputs.data.topic import topic_data
from briefing.outputs.data.values import Words as WordsOfData
from briefing.outputs.data.values import value_of
from briefing.outputs.data.writing import Index, IndexEntry, index_json, schema_json, to_json
from briefing.problems import Place
from briefing.rendering.text_fragments import text_directive
from support.comparisons import ARTICLES, site
from support.generate import generate
from support.nightly import examples
from support.sites import AS_OF

HERE = Place("a.vi.md")
ADDRESS = "https://data.example/site/"
Told = tuple[Site, Comparison, TopicData]


def told(files: Mapping[str, bytes]) -> Iterator[Told]:
    """Give what is public of a site as data, topic by topic."""
    briefing = public_content(parse_site(files), AS_OF)
    for topic in briefing.topics:
        comparison = compare_topic(without_texts(topic), briefing.voices)
        pages: dict[tuple[str, ...], dict[str, str]] = {}
        pages[topic.id,] = {code: page(code, topic.id) for code in topic.texts}
        for article in topic.articles:
            found = {code: page(code, topic.id, article.id) for code in article.summaries}
            pages[topic.id, article.id] = found
        titles = {code: text.title for code, text in topic.texts.items()}
        texts = {"": texts_of(topic.texts)} | {a.id: texts_of(a.summaries) for a in topic.articles}
        data = topic_data(briefing, comparison, ADDRESS, titles, pages=pages, texts=texts)
        yield briefing, comparison, data


def page(*key: str) -> str:
    return f"{ADDRESS}{'/'.join(key)}/"


def only(case: Mapping[str, Any]) -> TopicData:
    """Give the data of a site of one topic and one point."""
    ((_, _, found),) = told(site(case))
    return found


@pytest.fixture(scope="module")
def sites(real: dict[str, bytes], small: dict[str, bytes]) -> tuple[Told, ...]:
    """The topics of the project, of the small site and of a generated one."""
    templates = {path: data for path, data in small.items() if path.startswith("templates/")}
    return tuple(one for files in (real, small, generate(templates, 3, 6)) for one in told(files))


FORMATS = FormatChecker()
SCHEMA = json.loads(schema_json(ADDRESS))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FORMATS)


@FORMATS.checks("iri")
def is_address(written: object) -> bool:
    """Whether something is a web address, and in one piece."""
    parts = urlsplit(str(written))
    return (
        parts.scheme in {"http", "https"} and bool(parts.netloc) and len(str(written).split()) == 1
    )


def of_validator(found: TopicData | Index) -> list[str]:
    """Give what is wrong with data by the schema."""
    return [error.json_path for error in VALIDATOR.iter_errors(json.loads(to_json(found)))]


def shapes() -> Iterator[dict[str, Any]]:
    """Give the shapes that have fields."""
    return (shape for shape in SCHEMA["$defs"].values() if "properties" in shape)


def test_the_schema_is_one_and_says_what_every_field_is() -> None:
    """It is of draft 2020-12, each shape and each field is described, and all fields are told."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == f"{ADDRESS}data/schema.json"
    assert SCHEMA["title"]
    assert len(list(shapes())) > 25
    assert all(shape["description"] for shape in SCHEMA["$defs"].values())
    for shape in shapes():
        assert shape["additionalProperties"] is False
        for name, part in shape["properties"].items():
            assert part.get("description") or name == "type", (shape["title"], name)
    text = json.dumps(SCHEMA)
    assert "discriminator" not in text
    assert '"decimal"' not in text


def test_the_data_is_as_the_schema_says(sites: tuple[Told, ...]) -> None:
    """Of all topics; and what is read by the shapes is what was written."""
    assert len(sites) > 6
    for _, _, found in sites:
        written = to_json(found)
        assert of_validator(found) == []
        assert written.endswith(b"}\n")
        assert msgspec.json.decode(written, type=TopicData) == found


def test_a_field_that_is_not_told_of_is_wrong(sites: tuple[Told, ...]) -> None:
    """Wherever something has fields; so no reader meets one that nobody described."""
    whole = json.loads(to_json(sites[0][-1]))
    tried = 0
    for part in objects(whole):
        part["strange"] = 1
        assert not VALIDATOR.is_valid(whole)
        del part["strange"]
        tried += 1
    assert tried > 50


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Give the objects of some JSON that are no texts or addresses by language."""
    if isinstance(part, dict):
        if not part.keys() <= {"vi", "en", "other", "one"}:
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


def hold(comparison: Comparison, found: TopicData) -> None:
    """Hold data against the comparison it is of: all is there, and every id is declared."""
    rows = comparison.rows
    points, articles = {p.id for p in found.points}, {a.id for a in found.articles}
    voices, sides = {v.id for v in found.voices}, {s.id for s in found.sides}
    claims = {claim.id: claim for claim in found.claims}
    assert [(v.point, v.verdict, v.rule, v.voices, v.sides) for v in found.verdicts] == [
        (r.point.id, r.judgement.verdict, r.judgement.reason, *voices_in(r.judgement)) for r in rows
    ]
    assert [(c.point, c.article, c.state) for c in found.cells] == [
        (row.point.id, cell.article.id, cell.state) for row in rows for cell in row.cells
    ]
    assert len(found.cells) == len(points) * len(articles)
    assert len(claims) == len(found.claims) == sum(len(c.claims) for r in rows for c in r.cells)
    for claim in found.claims:
        assert {claim.point} <= points
        assert {claim.article} <= articles
        assert {claim.by or claim.id, *claim.via, *claim.speakers} - {claim.id} <= voices
        assert claim.id.startswith(f"{claim.point}/{claim.article}/")
    assert sorted(str(c.standing) for c in found.claims for _ in c.speakers or " " if c.value) == (
        sorted(piece.standing for row in rows for piece in row.evidence)
    )
    assert {v for j in found.verdicts for v in j.voices} <= voices
    assert {s for j in found.verdicts for s in j.sides} | {v.side for v in found.voices} <= sides
    assert {v.own_text or "" for v in found.voices} - {""} <= articles
    assert {o.group for o in found.points} <= {group.id for group in found.groups}
    held = [s for j in found.verdicts for p in j.positions for s in p.speakers]
    assert {s.voice or "" for s in held} - {""} <= voices
    assert {article for s in held for article in s.articles} <= articles
    assert [(f.audit, f.articles, f.against) for f in found.flags] == [
        (flag.audit, flag.articles, flag.other) for row in rows for flag in row.flags
    ]
    for flag in found.flags:
        assert {*flag.articles, flag.against or flag.articles[0]} <= articles
        assert flag.claim is None or claims[flag.claim].point == flag.point
    pages = {address for article in found.articles for address in article.summaries.values()}
    for relation in found.relations:
        assert relation.subject in {*claims, *articles, *pages}
        assert relation.object in {*claims, *articles}


def voices_in(judgement: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return judgement.voices, judgement.sides


def test_the_data_says_what_the_comparison_says(sites: tuple[Told, ...]) -> None:
    """A verdict for each point, a cell for each point and article, and no id that leads nowhere."""
    for _, comparison, found in sites:
        hold(comparison, found)
    assert {verdict for _, c, _ in sites for verdict, _ in c.sections} == {*Verdict}


@examples(30)
@given(
    ARTICLES,
    st.dictionaries(st.sampled_from(["red", "blue"]), st.integers(0, 2), max_size=2),
    st.none() | st.just({"a2": "a0"}),
)
def test_whoever_says_what_it_is_all_there(
    says: list[str], primary: dict[str, int], duplicates: dict[str, str] | None
) -> None:
    """With own texts of voices, joint ones too, and with duplicates among the articles."""
    case = {
        "says": {f"a{n}": claims for n, claims in enumerate(says)},
        "primary": {voice: f"a{n}" for voice, n in primary.items()},
        "duplicates": duplicates or {},
    }
    ((_, comparison, found),) = told(site(case))

    hold(comparison, found)
    assert of_validator(found) == []


def test_a_flag_is_at_the_claim_it_is_about() -> None:
    """At that one of a cell, and with the article it is held against."""
    case = {"says": {"a": "red=5", "b": "blue=1 red=6"}, "primary": {"red": "a"}}
    found = only(case)

    (flag,) = found.flags
    assert (flag.claim, flag.against) == ("p/b/2", "a")
    standings = [claim.standing for claim in found.claims]
    assert standings == [Standing.COUNTS, Standing.COUNTS, Standing.RENDERING]
    assert found.claims[0].speakers == ("red",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (read_quantity("almost 180"), {"lowest": 162, "highest": 180, "highest_included": False}),
        (read_quantity(">=5"), {"lowest": 5, "lowest_included": True, "highest": None}),
        (read_quantity("<5"), {"lowest": None, "lowest_included": False, "highest": 5}),
        (read_quantity("1..2.50"), {"numbers": [1, Decimal("2.50")], "form": "between"}),
        (read_quantity(f"{'8' * 18}.{'9' * 9}"), {"lowest": Decimal(f"{'8' * 18}.{'9' * 9}")}),
        (read_quantity("~0.000000001"), {"lowest": Decimal("9E-10"), "highest": Decimal("1.1E-9")}),
        (read_quantity("5h20", "duration-minute"), {"numbers": [320], "lowest": 320}),
        (read_period("2027"), {"first": "2027", "last": "2027"}),
        (read_period("2025-03"), {"first": "2025-03", "last": "2025-03"}),
        (read_period("2025-03-18T21:00+07:00"), {"first": "2025-03-18T14:00:00Z"}),
        (read_period("2025-03-18..2025-04"), {"first": "2025-03-18", "last": "2025-04"}),
        (Choice(frozenset("ba")), {"type": "choice", "options": ["a", "b"]}),
        (FreeText({"en": "Đúng <b>ba</b>"}), {"type": "words", "texts": {"en": "Đúng <b>ba</b>"}}),
    ],
)
def test_a_value_is_told_exactly(value: Value, expected: dict[str, Any]) -> None:
    """As it is meant, without a digit less, and a text without anything done to it."""
    found = only({"says": {"one": "=5"}})
    found = replace(found, claims=(replace(found.claims[0], value=value_of(value)),))

    written = json.loads(to_json(found), parse_float=Decimal)["claims"][0]["value"]
    assert {key: written[key] for key in expected} == expected
    assert written["text"] == str(value)
    assert of_validator(found) == []


WORDS = st.text("aZ đ火-,.&“ ", min_size=1, max_size=6).map(str.split).filter(bool).map(" ".join)
PERHAPS = st.none() | WORDS
LOCATORS = st.builds(
    Locator,
    start=WORDS,
    end=PERHAPS,
    before=PERHAPS,
    after=PERHAPS,
    language=st.just("vi"),
    place=st.just(HERE),
)


@given(LOCATORS)
def test_a_selector_has_all_that_the_link_to_the_passage_has(at: Locator) -> None:
    """The link can be made of it; and what it tells is in the article, in one piece."""
    found = locator_of(at)
    if isinstance(found.selector, RangeSelector):
        start, last = found.selector.start, found.selector.end
        assert last.exact == ""
        end = last.prefix or None
    else:
        start = last = found.selector
        end = None
    before, after = ((words or "").strip() or None for words in (start.prefix, last.suffix))
    again = replace(at, start=start.exact, end=end, before=before, after=after)
    assert text_directive(again) == text_directive(at)

    begins = f"{at.before or ''} {at.start}".strip()
    spaceless = f"{start.prefix or ''}{start.exact}"
    assert spaceless.replace(" ", "") == begins.replace(" ", "")
    assert spaceless == begins or not (at.before or "")[-1:].isalnum() or not at.start[0].isalnum()


def test_locators_of_the_project_are_selectors(sites: tuple[Told, ...]) -> None:
    """A passage ends with the words before the second selector, which is told after them."""
    ranges = [c.locator.selector for _, _, found in sites for c in found.claims]
    assert any(isinstance(selector, RangeSelector) for selector in ranges)
    around: dict[str, Any] = {"end": "b", "before": "x", "after": "y"}
    gloss = {"vi": "nghĩa"}
    read = Locator(start="a", language="en", gloss=gloss, place=HERE, **around)
    assert msgspec.to_builtins(locator_of(read)) == {
        "language": "en",
        "gloss": gloss,
        "selector": {
            "type": "RangeSelector",
            "startSelector": {"type": "TextQuoteSelector", "exact": "a", "prefix": "x "},
            "endSelector": {
                "type": "TextQuoteSelector",
                "exact": "",
                "prefix": "b",
                "suffix": " y",
            },
        },
    }


def test_an_address_that_others_have_taken_over_is_nowhere(sites: tuple[Told, ...]) -> None:
    """Nor is a passage on it; that it was taken over is told."""
    found = next(found for _, _, found in sites if found.id == "river-talks")
    article = next(article for article in found.articles if article.url_status == "usurped")

    assert article.address is None
    assert all(c.passage is None for c in found.claims if c.article == article.id)
    assert b"copy.example" not in to_json(found) + to_csv(found, ["vi", "en"])


def test_what_is_held_back_is_in_no_data(sites: tuple[Told, ...]) -> None:
    """Neither an article that is to come nor what it says."""
    found = next(found for _, _, found in sites if found.id == "vote")

    assert [article.id for article in found.articles] == ["count"]
    assert b"later" not in to_json(found)


def test_the_list_of_topics_is_as_the_schema_says() -> None:
    """It says in which part of the schema it is told of."""
    entry = IndexEntry(
        id="bầu-cử",
        titles={"vi": "Bầu cử"},
        addresses={"vi": page("vi", "b%E1%BA%A7u-c%E1%BB%AD")},
        start="2025-05",
        articles=1,
        points=2,
        tally=dict.fromkeys(Verdict, 0) | {Verdict.AGREE: 2},
        both_sides=2,
        both_sides_on_altered=1,
        both_sides_on_inference=0,
        on_altered=1,
        on_inference=0,
        json=f"{ADDRESS}data/b.json",
        csv=f"{ADDRESS}data/b.csv",
    )
    written = index_json(ADDRESS, [entry])

    read = json.loads(written)
    shape, _, name = read["$schema"].partition("#/$defs/")
    assert shape == SCHEMA["$id"]
    assert "Bầu cử".encode() in written
    validator = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"}, format_checker=FORMATS)
    assert validator.is_valid(read)
    read["topics"][0]["tally"]["perhaps"] = 1
    assert not validator.is_valid(read)


OPTIONS = {"options": [{"id": "a"}, {"id": "a-in-may", "broader": "a"}, {"id": "b"}]}
PLACES = {"options": [{"id": "town", "within": "land"}, {"id": "land"}, {"id": "sea"}]}
SETS = {"core": "a", "options": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}
SCALE = {"tolerance": 1, "scale": [{"id": "cold"}, {"id": "cool"}, {"id": "warm"}]}


@pytest.mark.parametrize(
    ("point", "one", "two", "expected"),
    [
        ({}, "red=5", "blue=5", "two agreesWith one"),
        ({}, "red=90..110", "blue=~100", "two agreesWith one"),
        ({}, "red=5", "blue=6", "two disagreesWith one"),
        ({}, "red=5", "red=6", "two disagreesWith one"),
        ({}, "red=>=5", "blue=6", "two qualifies one"),
        ({}, "red=6", "blue=>=5", "one qualifies two"),
        ({}, "red=>5", "blue=5..6", "two citesAsRelated one"),
        ({}, "red=>=5", "blue=>5", "two qualifies one"),
        ({}, "red=<=5", "blue=<5", "two qualifies one"),
        ({"kind": "date"}, "red=2025-03", "blue=2025-03-18", "two qualifies one"),
        ({"kind": "date"}, "=2025-03-18T08:00Z", "=2025-03-18T20:00Z", "two agreesWith one"),
        ({"kind": "datetime"}, "=2025-03-18", "=2025-03-18T20:00Z", "two qualifies one"),
        ({"kind": "enum"} | OPTIONS, "red=a", "blue=a-in-may", "two qualifies one"),
        ({"kind": "enum"} | OPTIONS, "red=b", "blue=a-in-may", "two disagreesWith one"),
        ({"kind": "place"} | PLACES, "red=town", "blue=land", "one qualifies two"),
        ({"kind": "set"} | SETS, "red=a", "blue=a,b", "two extends one"),
        ({"kind": "set"} | SETS, "red=a,b", "blue=a", "one extends two"),
        ({"kind": "set"} | SETS, "red=a,b", "blue=a,c", "two citesAsRelated one"),
        ({"kind": "stance"} | SCALE, "red=cold", "blue=cool", "two citesAsRelated one"),
        ({"kind": "stance"} | SCALE, "red=cold", "blue=warm", "two disagreesWith one"),
        ({"kind": "text"}, "red=yes", "blue=yes", ""),
        ({}, "red=5", "blue?", ""),
        ({}, "red=5 blue=6", "", ""),
    ],
)
def test_two_claims_stand_to_each_other_in_the_terms_of_cito(
    point: dict[str, Any], one: str, two: str, expected: str
) -> None:
    """By what they say: what says more qualifies or extends what says less."""
    found = only({"point": point, "says": {"one": one, "two": two}})

    assert related(found) == ([expected] if expected else [])


def related(found: TopicData) -> list[str]:
    """Give the relations of claims and articles in short, claims by their articles."""
    return [
        f"{short(r.subject)} {r.predicate.rpartition('/')[2]} {short(r.object)}"
        for r in found.relations
        if r.predicate is not Predicate.SOURCE
    ]


def short(id: str) -> str:
    return id.removeprefix("p/").removesuffix("/1")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({"says": {"a": "=5", "b": "red=5"}}, ["b agreesWith a", "b containsAssertionFrom a"]),
        ({"says": {"a": "=5", "b": "red=>=5"}}, ["a qualifies b", "b containsAssertionFrom a"]),
        ({"says": {"a": "=5", "b": "red=6"}}, []),
        ({"says": {"a": "", "b": "red=6", "c": "blue=6"}}, []),
        ({"says": {"a": "", "b": "red=6"}, "unchecked": ["a"]}, []),
        ({"says": {"a": "red?", "b": "red=6"}, "unchecked": ["a"]}, []),
        ({"point": {"kind": "text"}, "says": {"a": "=yes", "b": "red=yes"}}, []),
        (
            {"says": {"a": "=5", "b": "blue=5", "c": "blue=5"}, "duplicates": {"c": "b"}},
            ["b agreesWith a", "c agreesWith a"],
        ),
        ({"says": {"b": "=5", "c": "=6", "a": ""}, "duplicates": {"c": "b"}}, []),
        (
            {"says": {"b": "=5 =6", "c": "=6", "a": ""}},
            ["c agreesWith b/2", "c disagreesWith b"],
        ),
    ],
)
def test_what_counts_is_related(case: dict[str, Any], expected: list[str]) -> None:
    """An article to the own text that says what it credits, and no text to itself."""
    found = only({"primary": {"red": "a"}} | case)

    assert related(found) == expected


def test_a_summary_has_its_article_as_source(sites: tuple[Told, ...]) -> None:
    """Each page of ours on an article, in each language."""
    for _, _, found in sites:
        sources = [r for r in found.relations if r.predicate is Predicate.SOURCE]
        assert [(r.subject, r.object) for r in sources] == [
            (address, article.id)
            for article in found.articles
            for address in article.summaries.values()
        ]
        assert sources


@pytest.mark.parametrize("values", [MAX_RELATED, MAX_RELATED + 1])
def test_the_relations_of_a_topic_have_a_bound(values: int) -> None:
    """Of very many claims each is related to one; values to each other where they are few."""
    says = {f"a{n}": " ".join(f"red={value}" for value in range(values)) for n in range(24)}
    found = only({"says": says})

    among = values * (values - 1) // 2 if values == MAX_RELATED else 0
    assert len(related(found)) == 23 * values + among


def table(found: TopicData, languages: list[str]) -> list[list[str]]:
    """Read the table of a topic as a program does."""
    written = to_csv(found, languages)
    assert written.startswith(b'\xef\xbb\xbf"topic","point",')
    assert written.endswith(b'"\r\n')
    return list(csv.reader(StringIO(written.decode("utf-8-sig"), newline=""), strict=True))


def test_the_table_has_a_row_for_each_claim_and_each_empty_cell(sites: tuple[Told, ...]) -> None:
    """With what there is to say of it, in the order of the cells."""
    for briefing, _, found in sites:
        languages = [language.code for language in briefing.languages]
        head, *rows = table(found, languages)
        read = [dict(zip(head, row, strict=True)) for row in rows]
        silent = {(c.point, c.article) for c in found.cells if c.state in {"silent", "unchecked"}}
        assert len(read) == len(found.claims) + len(silent)
        assert {(row["point"], row["article"]) for row in read if not row["confidence"]} == silent
        claims = [row for row in read if row["confidence"]]
        for row, claim in zip(claims, found.claims, strict=True):
            assert (row["point"], row["article"]) == (claim.point, claim.article)
            assert row["by"] == (claim.by or "")
            assert row["passage"] == (claim.passage or "")
            assert row["standing"] == (claim.standing or "")
            assert bool(row["value"]) == (claim.value is not None)
        verdicts = {verdict.point: (verdict.verdict, verdict.rule) for verdict in found.verdicts}
        assert {row["point"]: (row["verdict"], row["rule"]) for row in read} == verdicts


def test_the_table_tells_a_claim_in_words(sites: tuple[Told, ...]) -> None:
    """Labels and names in each language, the words of the locator, what audits found."""
    found = next(found for _, _, found in sites if found.id == "river-talks")
    head, *rows = table(found, ["vi", "en"])
    read = [dict(zip(head, row, strict=True)) for row in rows]

    assert head == [
        *("topic", "point", "point_label_vi", "point_label_en", "kind", "unit"),
        *("article", "outlet", "published", "article_language", "state", "value"),
        *("by", "by_name_vi", "by_name_en", "via", "mode", "confidence", "standing"),
        *("locator", "passage", "gloss_vi", "gloss_en", "verdict", "rule", "flags"),
    ]
    for flag in found.flags:
        cells = [r for r in read if r["point"] == flag.point and r["article"] in flag.articles]
        flagged = [row for row in cells if flag.audit in row["flags"].split()]
        if flag.claim is None:
            assert flagged == cells
        else:
            claim = next(claim for claim in found.claims if claim.id == flag.claim)
            assert [row["locator"] for row in flagged] == [words_of(claim.locator)]
    units = {row["point"]: (row["kind"], row["unit"]) for row in read}
    assert units["lasted"] == ("duration", "duration-minute")
    assert units["delegates"] == ("number", "{n} đại biểu | {n} delegates")
    assert units["where"] == ("place", "")
    names = {v.id: (v.name["vi"], v.name["en"]) for v in found.voices} | {"": ("", "")}
    assert all((row["by_name_vi"], row["by_name_en"]) == names[row["by"]] for row in read)
    said = next(claim.value for claim in found.claims if isinstance(claim.value, WordsOfData))
    assert {" | ".join(said.texts[code] for code in ("vi", "en"))} & {row["value"] for row in read}


SIGNS, BREAKS = set("=+-@＝＋－＠−"), set("\t\r\n\0")
TRICKY = st.text("=+-@＝－−;,\t\r\n\0 '\"\xa0\u200ba1.", max_size=8)


@given(TRICKY)
def test_no_cell_is_a_formula_and_every_cell_can_be_read_back(text: str) -> None:
    """Whatever a label is: a number stays one, and all else that could be a formula is text."""
    found = only({"says": {"one": "=5"}})
    found = replace(found, points=(replace(found.points[0], label={"en": text}),))

    cell = table(found, ["en"])[1][2]
    assert read_back(cell) == text
    assert is_number(cell) or cell[:1] not in SIGNS | BREAKS
    # A spreadsheet that parts cells by semicolons or tabs makes more cells of it.
    for part in [cell] * (not is_number(cell)) + re.split("[;\t\r\n]", cell)[1:]:
        seen = looked_past(part)
        assert seen[:1] not in SIGNS or "'" in part.removesuffix(seen)


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell, re.ASCII) is not None


def looked_past(cell: str) -> str:
    """Give a cell from where a spreadsheet may begin to look at it."""
    return cell.lstrip(" '\"\0\xa0\u200b")


def read_back(cell: str) -> str:
    """Take each apostrophe away that keeps what comes after it from being a formula."""
    text = ""
    for at, sign in enumerate(cell):
        rest = cell[at + 1 :]
        seen = looked_past(rest)
        begins = seen[:1] in SIGNS
        if at == 0:
            begins = begins or seen[:1] in BREAKS or "\0" in rest.removesuffix(seen)
        if not (sign == "'" and begins and (at == 0 or cell[at - 1] in ";\t\r\n")):
            text += sign
    return text


@pytest.mark.parametrize("cell", ["-5", "5", "-0.5", "[162, 180)", "(−∞, 5]", "2025-03", "a - b"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    """Numbers, intervals, dates, and signs within a text."""
    found = only({"says": {"one": "=5"}})

    found = replace(found, points=(replace(found.points[0], label={"en": cell}),))
    assert table(found, ["en"])[1][2] == cell
