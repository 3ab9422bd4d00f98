"""The locator that is proposed for a passage: short, allowed, and the only one."""

from __future__ import annotations

from collections import Counter

import pytest

from briefing.checks.kept_text import KeptText, as_seen, fold_case_and_accents
from briefing.checks.locating.proposals import Locating, write_claim, write_locator
from briefing.checks.locating.search import SearchedText
from briefing.content.parse import parse_site
from briefing.model.article import Locator
from support.kept_texts import BRIDGES, Case, passages, woven
from support.nightly import Some
from support.sites import Sources


def proposed(text: str, words: str, language: str = "en", number: int = 0) -> str:
    """Give the locator of a place of words, as it is written; "" for none."""
    searched = SearchedText(text)
    locator = Locating(searched, language).propose(searched.find(words)[number])
    return write_locator(locator, language) if locator else ""


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("They meet in July.", "in july", "in July"),
        ("In July they met; in July, again.", "in July they", "In July they"),
        ("It was in July; not in July.", "in july", "{start: in July, before: was}"),
        ("in July, in July again", "in july", '{start: in July, after: ", in"}'),
        ("x in July y, x in July z", "in July", '{start: in July, after: "y"}'.replace('"', "")),
        (
            "The two leaders agreed that the movement to peace begins with a ceasefire.",
            "leaders agreed that the movement to peace",
            "{start: leaders agreed that, end: movement to peace}",
        ),
        (
            "One ends here.\nTwo begins here.",
            "ends here two begins",
            "{start: ends here, end: Two begins}",
        ),
        ("He said: “in July”, then “in July”!", "in July", '{start: in July, after: "”, then"}'),
        ("x the same y\nx the same y", "the same", ""),
        ("the same\nthe same", "the same", "{start: the same, after: the}"),
    ],
)
def test_the_shortest_locator_that_is_the_only_one_is_proposed(
    text: str, words: str, written: str
) -> None:
    """All of the words if they may be; both ends of a longer passage; what is around, if needed."""
    assert proposed(text, words) == written


@pytest.mark.parametrize(
    ("words", "number", "written"),
    [
        ("两位领导人同意", 0, "两位领导人同意"),
        ("同意,和平进程", 0, "{start: 两位领导人同意, end: 和平进程将从停火开始}"),
        ("停火三十天", 0, '{start: 停火三十天, after: "。他们同意"}'),
        ("停火三十天", 1, '{start: 停火三十天, before: "他们同意:"}'),
    ],
)
def test_in_chinese_a_clause_is_proposed(words: str, number: int, written: str) -> None:
    """With the marks between it and the clause beside it."""
    text = "两位领导人同意，和平进程将从停火开始。停火三十天。他们同意:停火三十天。"
    assert proposed(text, words, "zh-Hans", number) == written


def test_the_words_after_an_end_tell_it_from_the_same_words_before() -> None:
    """A browser takes the first end that it finds."""
    text = "One of them and all others: x y z u v, then x y z u v q."
    written = proposed(text, "of them and all others: x y z u v, then x y z u v")
    assert written == "{start: of them and, end: z u v, after: q}"


def test_the_language_of_the_words_is_named_where_it_is_another() -> None:
    """As of a translation that is printed with an article."""
    text = SearchedText("Bản dịch: đe dọa sự tồn tại.")
    locator = Locating(text, "vi").propose(text.find("đe dọa")[0])
    assert locator
    assert write_claim(locator, "en") == "- {point: …, says: …, at: {start: đe dọa, lang: vi}}"


def places(text: str, locator: Locator) -> int:
    """Count where a locator matches, without regard to case and accents, by plain comparison."""
    folded = fold_case_and_accents(as_seen(text))
    before, start, end, after = (
        fold_case_and_accents(as_seen(words or ""))
        for words in (locator.before, locator.start, locator.end, locator.after)
    )
    count = 0
    for at in range(len(folded)):
        left = folded[:at].rstrip()
        if not folded.startswith(start, at) or not left.endswith(before):
            continue
        rest = folded[at + len(start) :]
        if end:
            count += end in rest
        elif rest.lstrip().startswith(after):
            count += _ends_words(folded, at, at + len(start))
    return count


def _ends_words(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return not any(sign.isalnum() for sign in around)


def test_whatever_is_looked_for_the_proposal_is_the_only_one(some: Some) -> None:
    """Of random passages in three languages, in texts that say many things twice."""
    shapes = Counter[str]()
    for case in some([*passages(300, [])], 60, kind=lambda case: case.language):
        locator = Locating(case.text, case.language).propose(case.place)
        shapes[_shape(locator)] += 1
        if locator:
            assert_is_the_passage(case, locator)
    assert shapes["none"] < shapes.total() / 5
    assert {"whole", "ends", "around"} <= shapes.keys()


def _shape(locator: Locator | None) -> str:
    if locator is None:
        return "none"
    around = locator.before or locator.after
    return "around" if around else "ends" if locator.end else "whole"


def assert_is_the_passage(case: Case, locator: Locator) -> None:
    """See that a locator is the only one, and of all of the passage."""
    words = case.text.text[case.place.start : case.place.end]
    assert KeptText(case.text.text).count(locator, exact=False) == 1
    if not locator.end:
        assert places(case.text.text, locator) == 1
    assert words.startswith(locator.start)
    assert words.endswith(locator.end or locator.start)
    assert case.place in case.text.find(words)


def test_a_passage_without_a_locator_is_the_same_as_another(some: Some) -> None:
    """Nothing is given up that five words on either side would tell apart."""
    for case in some([*passages(300, [])], 60, kind=lambda case: case.language):
        if Locating(case.text, case.language).propose(case.place) is None:
            words = case.text.words_in(case.place)
            text = fold_case_and_accents(as_seen(case.text.text[words[0].start : words[0].end]))
            assert fold_case_and_accents(as_seen(case.text.text)).count(text) > 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_line_that_is_pasted_is_read_as_it_was_proposed(small: Sources, language: str) -> None:
    """Whatever quotes it needs: with point and value filled in it is a claim."""
    path = "content/vote/count.vi.md"
    text = SearchedText(woven(BRIDGES[language], 1))
    located = [Locating(text, language).propose(place) for place in text.words[::9]]
    wanted = [each for each in located if each][:18]
    lines = "\n".join(write_claim(each, "vi") for each in wanted)
    filled = lines.replace("point: …, says: …", "point: turnout, says: 60").replace("- {", "  - {")
    source = small[path].decode().replace("claims:\n", f"claims:\n{filled}\n")
    site = parse_site({**small, path: source.encode()})
    article = next(a for t in site.topics for a in t.articles if a.id == "count")
    read = [claim.at for claim in article.claims[:-1]]
    assert [_words(each) for each in read] == [_words(each) for each in wanted]


def _words(locator: Locator) -> tuple[str | None, ...]:
    return locator.before, locator.start, locator.end, locator.after, locator.language
