"""What words of an article mean, in our words: which glosses are taken, where they stand."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from briefing.content.claims.claim import read_claims
from briefing.content.claims.locator import MAX_GLOSS_CHARACTERS, MAX_GLOSS_WORDS
from briefing.content.parse import parse_site
from briefing.model.article import Locator
from briefing.problems import Problems
from briefing.syntax.text import Text
from briefing.syntax.yaml import parse_yaml
from build import make_site

RIVER = "content/river-talks/river-daily.vi.md"
GLOSS = re.compile(
    r'<q[^>]* lang="zh-Hans"[^>]*>([^<]*)</q>\s*<span class="claim_gloss">\[([^<]*)\]</span>'
)
BOTH = re.compile(
    GLOSS.pattern
    + r'\s*<span class="facing_also">· <span class="claim_gloss" lang="en"[^>]*>\[([^<]*)\]</span>'
)


def locator(small: dict[str, bytes], at: str) -> Locator:
    """Read a locator in an English article of a site in Vietnamese, English and Chinese."""
    site = parse_site(small)
    vi, en = site.languages
    languages = (vi, en, replace(en, code="zh-Hans"))
    points = {point.id: point for topic in site.topics for point in topic.points}
    node = parse_yaml(Text("a.yaml", f"[{{point: fees, mentions: true, at: {at}}}]"))
    return read_claims(points, {}, languages, "en")(node)[0].at


@pytest.mark.parametrize(
    ("code", "longest", "more", "told"),
    [
        ("vi", " ".join(["nghĩa"] * MAX_GLOSS_WORDS), " là", "13 words"),
        ("zh-Hans", "字" * MAX_GLOSS_CHARACTERS, "字", "31 characters"),
        ("vi", "x" * 200, "x", "201 characters"),
    ],
)
def test_a_gloss_is_a_few_words(
    small: dict[str, bytes], code: str, longest: str, more: str, told: str
) -> None:
    """Words are counted, and characters where a language has no spaces."""
    taken = locator(small, f"{{start: a fee, gloss: {{{code}: {longest}}}}}")
    assert taken.gloss == {code: longest}

    with pytest.raises(Problems, match=told):
        locator(small, f"{{start: a fee, gloss: {{{code}: {longest + more}}}}}")


def test_a_gloss_is_in_any_language_but_that_of_the_words(small: dict[str, bytes]) -> None:
    """Words may be in another language than their article: then it is theirs that counts."""
    vi_en = "gloss: {vi: một khoản, en: a fee}"
    assert locator(small, f"{{start: 费用, lang: zh, {vi_en}}}").gloss.keys() == {"vi", "en"}
    assert locator(small, "a fee").gloss == {}

    for words in ("lang: zh-Hant, gloss: {zh-Hans: 费}", "gloss: {en: a fee}"):
        with pytest.raises(Problems, match="themselves"):
            locator(small, f"{{start: 费用, {words}}}")


def test_a_gloss_stands_beside_the_words_as_ours(small: dict[str, bytes]) -> None:
    """On the page of the topic, on that of the article, and facing both after the words."""
    site = make_site(small)
    ours = {"vi": "đập sẽ được mở", "en": "the dams will open"}

    for language, gloss in ours.items():
        found = GLOSS.findall(site[f"{language}/river-talks/index.html"].decode())
        assert ("大坝将会打开", gloss) in found
        assert not [other for _, other in found if other in set(ours.values()) - {gloss}]
    assert ("大坝将会打开", ours["vi"]) in GLOSS.findall(
        site["vi/river-talks/river-daily/index.html"].decode()
    )
    facing = BOTH.findall(site["vi-en/river-talks/index.html"].decode())
    assert [glosses for words, *glosses in facing if words == "大坝将会打开"] == [[*ours.values()]]


def test_a_passage_is_led_to_by_its_words_whatever_they_mean(small: dict[str, bytes]) -> None:
    """A gloss changes no link."""
    path = "content/river-talks/statement.vi.md"
    bare = {
        **small,
        path: re.sub(rb"\{start: (\S[^,{}]*), gloss: \{[^}]*\}\}", rb"\1", small[path]),
    }
    links = [
        re.findall(
            r'href="[^"]*:~:text=[^"]*"', make_site(files)["en/river-talks/index.html"].decode()
        )
        for files in (small, bare)
    ]

    assert bare[path] != small[path]
    assert links[0] == links[1]
    assert links[0]
