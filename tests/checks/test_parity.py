"""Versions of a text in two languages, compared by value: mistakes are told, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from briefing.checks.parity.claims import numbers_are_those_of_claims
from briefing.checks.parity.names import names_of
from briefing.checks.parity.translations import translations_say_the_same
from briefing.content.parse import parse_site
from briefing.problems import Problem
from support.sites import TESTS

CASES: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(
    (TESTS / "cases/parity.yaml").read_text()
)
NAMES = {
    "white-house": ("Nhà Trắng", "White House", "白宫", "government"),
    "trump": ("Donald Trump", "Donald Trump", "特朗普", "person"),
    "leavitt": ("Karoline Leavitt", "Karoline Leavitt (spokeswoman)", "莱维特", "person"),
    "kremlin": ("Điện Kremlin", "Kremlin", "克里姆林宫", "government"),
    "putin": ("Vladimir Putin", "Vladimir Putin", "普京", "person"),
    "zelensky": ("Volodymyr Zelensky", "Volodymyr Zelensky", "泽连斯基", "person"),
    "starmer": ("Keir Starmer", "Keir Starmer (UK prime minister)", "斯塔默", "person"),
    "ria": ("RIA Novosti", "RIA Novosti", "俄新社", "agency"),
    "reuters": ("Reuters", "Reuters", "路透社", "agency"),
    "nbc": ("NBC", "NBC", "全国广播公司", "broadcaster"),
}
"""The voices of the site, in Vietnamese, English and Chinese, and their kinds."""
POINTS = ("halt-scope", "halt-days", "gia-lai", "thoi-dai", "wh-statement")
LANGUAGES = ("vi", "en", "zh")
OTHERS = ("fr", "es", "ru", "ar", "ja")
"""Languages whose words for numbers are not known."""
BEFORE = {
    **dict.fromkeys(OTHERS, "…"),
    "vi": "Đoạn trước.",
    "en": "A paragraph before.",
    "zh": "前一段。",
}
AFTER = {
    **dict.fromkeys(OTHERS, "…"),
    "vi": "Đoạn sau.",
    "en": "A paragraph behind.",
    "zh": "后一段。",
}
LINE = {False: 6, True: 7}
"""Of the paragraph that is compared, in the file of an original and of a translation."""


def in_each(text: str, languages: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(languages, text)


def make_site(texts: Mapping[str, str], **heads: str) -> dict[str, bytes]:
    """Make a site with a text in the languages of `texts`, the first of which is the original.

    heads: lines of the front matter by language, besides the title.
    """
    codes = tuple(dict.fromkeys((*LANGUAGES, *texts)))
    voices = {
        id: {
            "name": in_each(names[1], codes) | dict(zip(LANGUAGES, names, strict=True)),
            "kind": kind,
            "side": "one",
        }
        for id, (*names, kind) in NAMES.items()
    }
    facts = {
        "event": {"start": "2025-03-18"},
        "groups": [{"id": "g", "label": in_each("G", codes)}],
        "points": [
            {"id": id, "group": "g", "kind": "number", "label": in_each("P", codes)}
            for id in POINTS
        ],
    }
    files: dict[str, Any] = {
        "site.yaml": {
            "address": "https://a.example/",
            "title": in_each("T", codes),
            "description": in_each("D", codes),
            "languages": {code: {"name": code} for code in codes},
            "time_zone": "Europe/London",
        },
        "content/outlets.yaml": {},
        "content/voices.yaml": {"sides": {"one": in_each("S", codes)}, "voices": voices},
        "content/t/topic.yaml": facts,
    }
    written = {path: json.dumps(data) for path, data in files.items()}
    written |= {f"templates/words/{code}.yaml": "words: {yes: yes}" for code in codes}
    original = next(iter(texts))
    for code, text in texts.items():
        head = heads.get(code, "title: T")
        translates = "" if code == original else f"translates: {original}\n"
        written[f"content/t/topic.{code}.md"] = f"---\n{head}\n{translates}---\n{text}\n"
    return {path: text.encode() for path, text in written.items()}


def told(files: Mapping[str, bytes]) -> list[Problem]:
    """Give what is told of the versions of a site."""
    return list(
        translations_say_the_same(
            parse_site(dict(files)), lambda paths: {path: files[path] for path in paths}
        )
    )


def told_of(texts: Mapping[str, str]) -> list[Problem]:
    """Give what is told of versions of one paragraph, which stands between two others."""
    return told(make_site({c: f"{BEFORE[c]}\n\n{t}\n\n{AFTER[c]}" for c, t in texts.items()}))


def texts_of(pair: Mapping[str, Any]) -> dict[str, str]:
    return {code: text for code, text in pair.items() if code in (*LANGUAGES, *OTHERS)}


def mistakes() -> Iterator[Any]:
    """Yield each mistake: the versions of a paragraph with it, and the language it is made in."""
    for pair in CASES["pairs"]:
        for kind, edits in pair.get("mistakes", {}).items():
            for edit in edits:
                texts, code = texts_of(pair), edit["in"]
                assert str(edit["was"]) in texts[code], edit
                texts[code] = texts[code].replace(edit["was"], edit["now"], 1)
                yield pytest.param(texts, id=f"{kind}-{code}-{edit['now']}")


@pytest.mark.parametrize("texts", list(mistakes()))
def test_a_mistake_of_a_translator_is_told_at_its_paragraph(texts: Mapping[str, str]) -> None:
    """With the place in the original, which is named in the message."""
    found = told_of(texts)

    original, translation = texts
    assert found
    for problem in found:
        assert problem.place.path == f"content/t/topic.{translation}.md"
        assert problem.place.line == LINE[True]
        assert re.search(rf"content/t/topic\.{original}\.md:{LINE[False]}:\d+", problem.message)


@pytest.mark.parametrize(
    "pair", CASES["pairs"] + CASES["same"], ids=lambda pair: str(next(iter(pair.values())))[:40]
)
def test_nothing_is_told_of_versions_that_say_the_same(pair: Mapping[str, Any]) -> None:
    """Whichever of them is the original."""
    texts = texts_of(pair)

    assert told_of(texts) == []
    assert told_of(dict(reversed(texts.items()))) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("vi", "Hai bên vẫn chưa ký văn bản nào."),
        ("zh", "双方尚未签署任何文件。"),
        ("vi", "Hai bên dừng 30 ngày, theo Điện Kremlin, và không [đánh](point:halt-scope) nữa."),
    ],
)
def test_a_paragraph_in_the_words_of_the_original_is_told_once(code: str, words: str) -> None:
    """Not by each number and name in it that another language writes otherwise."""
    (problem,) = told_of({code: words, "en": words})

    assert f"still in the words of the original (content/t/topic.{code}.md:6:1)" in str(problem)
    assert problem.place.line == LINE[True]


@pytest.mark.parametrize(
    "words",
    ["Karoline Leavitt", "RIA Novosti, NBC", "18/3", "> Hai bên vẫn chưa ký."],
)
def test_what_no_translator_changes_may_be_the_same(words: str) -> None:
    """Names, numbers, and who is quoted in a language of their own."""
    assert not any(
        "still in the words" in str(each) for each in told_of({"vi": words, "en": words})
    )


def test_two_forms_of_a_language_may_have_the_same_words() -> None:
    """As Chinese in simplified and in traditional signs."""
    words = "双方尚未签署任何文件。"

    assert told(make_site({"zh": words, "zh-hant": words})) == []


def test_there_are_as_many_cases_as_are_promised() -> None:
    """Mistakes of many kinds, and changes that are none."""
    kinds = {kind for pair in CASES["pairs"] for kind in pair.get("mistakes", {})}

    assert len(list(mistakes())) >= 120
    assert len(kinds) >= 25
    assert len(CASES["same"]) >= 80


@pytest.mark.parametrize("site", ["own", "real", "small"])
def test_nothing_is_told_of_the_texts_that_are_published(
    site: str, request: pytest.FixtureRequest
) -> None:
    """The content of the project, the real articles, and the small site."""
    assert told(request.getfixturevalue(site)) == []


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


FOUR = {
    "vi": ("Nga nói 30 ngày.", "Mỹ nói 90 phút.", "Cả hai im lặng về ngày 18/3.", "Hết."),
    "en": (
        "Russia says 30 days.",
        "The US says 90 minutes.",
        "Both are silent on 18 March.",
        "End.",
    ),
}
"""Paragraphs of an original and its translation."""


def told_of_order(*order: int) -> list[str]:
    """Give what is told where a translation has some of the four paragraphs, in an order."""
    english = text_of(*(FOUR["en"][at] for at in order))
    found = told(make_site({"vi": text_of(*FOUR["vi"]), "en": english}))
    return [f"{problem.place.line}: {problem.message}" for problem in found]


def test_a_paragraph_that_was_left_out_is_told_with_its_place_in_the_original() -> None:
    """At the paragraph before it in the translation."""
    assert told_of_order(0, 2, 3) == [
        "5: a paragraph of the original (content/t/topic.vi.md:6:1) is not there, after this one"
    ]


def test_paragraphs_in_another_order_are_told() -> None:
    """Once, and not by the numbers that they do not share with those in their place."""
    assert told_of_order(1, 0, 2, 3) == [
        "7: this paragraph stands further up in the original (content/t/topic.vi.md:4:1)"
    ]


def test_paragraphs_that_were_merged_are_told_and_compared_as_one() -> None:
    """The second of them is not told as missing."""
    english = text_of("Russia says 30 days. The US says 90 minutes.", *FOUR["en"][2:])
    (found,) = told(make_site({"vi": text_of(*FOUR["vi"]), "en": english}))

    assert found.place.line == 5
    assert found.message == "this paragraph is two in the original (content/t/topic.vi.md:4:1)"


def test_one_of_paragraphs_that_are_all_alike_is_told_as_left_out() -> None:
    """Whichever: no way to pair them is better than another."""
    files = make_site({"vi": text_of("Một.", "Một.", "Một."), "en": text_of("One.", "One.")})

    (found,) = told(files)
    assert "is not there" in found.message


def test_the_words_are_found_in_markdown_and_in_front_matter() -> None:
    """With the column, in both files."""
    files = make_site(
        {"vi": "Nga nói **30 ngày**.", "en": "Russia *says* **31 days**."},
        vi='title: "Ngày 18/3"',
        en='title: "On 19 March"',
    )

    title, body = told(files)
    assert (title.place.line, title.place.column) == (2, 12)
    assert "`19 March` is another date than `18/3`" in title.message
    assert "topic.vi.md:2:14" in title.message
    assert (body.place.line, body.place.column) == (5, 17)
    assert body.message == (
        "`31 days` is another number than `30 ngày` in the original (content/t/topic.vi.md:4:11)"
    )


def test_drafts_are_not_compared() -> None:
    """They are not done."""
    files = make_site({"vi": "30 ngày.", "en": "31 days."}, en="title: T\ndraft: true")

    assert told(files) == []


def test_a_number_linked_to_a_point_is_that_of_a_claim(real: Mapping[str, bytes]) -> None:
    """Told at the number, with what is claimed."""
    path = "content/trump-putin-call-2025-03/topic.en.md"
    wrong = {**real, path: real[path].replace(b"[30 days]", b"[60 days]")}

    def told_of_claims(files: Mapping[str, bytes]) -> list[Problem]:
        read = {**files}
        return list(
            numbers_are_those_of_claims(
                parse_site(read), lambda paths: {path: read[path] for path in paths}
            )
        )

    assert told_of_claims(real) == []
    (found,) = told_of_claims(wrong)
    assert found.place.path == path
    assert found.message == "`60 days` is none of what is claimed on `halt-days`: `30`"


def test_a_kind_of_outlet_is_left_out_of_a_name_that_is_known_without_it() -> None:
    """`Vũng Sóng` is the place that `Đài Vũng Sóng` has its name of, and `bà` is no name."""
    site = parse_site(make_site({"vi": "Một.", "en": "One."}))
    names = {
        "kremlin": {"vi": "Điện Kremlin", "en": "Kremlin"},
        "reuters": {"vi": "Đài Vũng Sóng", "en": "Radio Vung Song"},
        "putin": {"vi": "bà Đỗ Mỹ Linh", "en": "Mayor Do My Linh"},
    }
    known = {
        id: replace(voice, name=names.get(id, voice.name)) for id, voice in site.voices.items()
    }
    forms = names_of(replace(site, voices=known)).ids["vi"]

    assert {"Kremlin", "Điện Kremlin", "Đỗ Mỹ Linh"} <= forms.keys()
    assert not {"Vũng Sóng", "bà Đỗ Mỹ Linh"} & forms.keys()
