"""The project's own content: what it must say, and what it must never say.

What is about the first topics is skipped in a fork that has taken them out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import pytest

from briefing.commands.arguments import ROOT
from briefing.comparison.audit import Audit
from briefing.comparison.compare import Comparison, compare_topic
from briefing.comparison.verdict import Reason, Verdict
from briefing.content.parse import parse_site
from briefing.model.site import Site, Topic
from support.sites import Sources

CALL = "trump-putin-call-2025-03"
SUMMIT = "alaska-summit-2025-08"
about_the_call = pytest.mark.skipif(
    not (ROOT / "content" / CALL).is_dir(), reason="the call is no topic here"
)
about_the_summit = pytest.mark.skipif(
    not (ROOT / "content" / SUMMIT).is_dir(), reason="the summit is no topic here"
)

VERDICTS = {
    "call-start": Reason.LESS_SPECIFIC,
    "call-length": Reason.LESS_SPECIFIC,
    "call-count": Reason.OWN_WORDS_AGREE,
    "halt-agreed": Reason.BOTH_SIDES,
    "halt-scope": Reason.BETWEEN_VOICES,
    "halt-days": Reason.ECHO,
    "halt-sides": Reason.LESS_SPECIFIC,
    "halt-proposer": Reason.ECHO,
    "military-order": Reason.ECHO,
    "full-truce-30d": Reason.LESS_SPECIFIC,
    "black-sea": Reason.BETWEEN_VOICES,
    "black-sea-talks": Reason.BOTH_SIDES,
    "end-goal": Reason.VOICE_AND_OWN_WORDS,
    "first-step": Reason.TWO_RENDERINGS,
    "talks-place": Reason.STATEMENT_AND_REPORTS,
    "talks-when": Reason.STATEMENT_AND_REPORTS,
    "expert-group": Reason.ONE_ARTICLE,
    "aid-stop": Reason.NAMED_DIFFERENTLY,
    "monitoring": Reason.SAME_SIDE,
    "mobilisation": Reason.SAME_SIDE,
    "root-causes": Reason.ONE_ARTICLE,
    "pow-count": Reason.ONE_ARTICLE,
    "pow-date": Reason.ONE_ARTICLE,
    "wounded": Reason.ONE_ARTICLE,
    "kursk-lives": Reason.SAME_SIDE,
    "lasting-peace": Reason.SAME_SIDE,
    "settlement": Reason.BOTH_SIDES,
    "talks-without-ukraine": Reason.ONE_ARTICLE,
    "ready-to-work": Reason.SAME_SIDE,
    "bilateral": Reason.BOTH_SIDES,
    "econ-deals": Reason.STATEMENT_AND_REPORTS,
    "hockey-place": Reason.NAMED_DIFFERENTLY,
    "hockey-who": Reason.LESS_SPECIFIC,
    "mideast": Reason.VOICE_AND_SUPPORT,
    "arms-control": Reason.OWN_STATEMENT,
    "iran-israel": Reason.OWN_STATEMENT,
    "rare-earths": Reason.ONE_ARTICLE,
    "dmitriev-post": Reason.ONE_ARTICLE,
    "trump-post": Reason.ONE_ARTICLE,
    "zelensky": Reason.ONE_ARTICLE,
    "ukraine-us-proposal": Reason.ONE_ARTICLE,
    "territory": Reason.ONE_ARTICLE,
}
"""The reading of the four articles on the call, made by hand."""


@pytest.fixture(scope="module")
def briefing(own: dict[str, bytes]) -> Site:
    return parse_site(own)


@pytest.fixture(scope="module")
def call(briefing: Site) -> Comparison:
    topic = next(topic for topic in briefing.topics if topic.id == CALL)
    return compare_topic(topic, briefing.voices)


@about_the_call
def test_the_verdicts_are_those_of_the_reading(call: Comparison) -> None:
    """Every point of the call has the verdict that was read out of the articles by hand."""
    assert {row.point.id: row.judgement.reason for row in call.rows} == VERDICTS


@about_the_call
def test_one_voice_is_the_one_that_was_read(call: Comparison) -> None:
    """Three points echo the Kremlin; three stand in the statement of the White House too."""
    found = [
        (row.judgement.reason, *row.judgement.voices)
        for row in call.rows
        if row.judgement.verdict is Verdict.ONE_VOICE
    ]

    assert Counter(found) == {
        (Reason.ECHO, "kremlin"): 3,
        (Reason.STATEMENT_AND_REPORTS, "white-house"): 3,
    }


@about_the_call
def test_what_both_sides_confirm_says_where_it_rests_on_the_altered_copy(
    call: Comparison, own_site: Mapping[str, bytes]
) -> None:
    """Of four points, two are confirmed by intact articles alone; it is said in both languages."""
    rests = {r.point.id: Audit.RESTS_ON in [f.audit for f in r.flags] for r in call.both_sides}

    assert rests == {
        "halt-agreed": False,
        "black-sea-talks": True,
        "settlement": False,
        "bilateral": True,
    }
    told = {
        "vi": ("dựa vào bài 4", "Dựa vào một bản sao đã bị sửa ("),
        "en": ("rests on 4", "Rests on an altered copy ("),
    }
    for language, marks in told.items():
        page = own_site[f"{language}/{CALL}/index.html"].decode()
        for point, does in rests.items():
            row = page.split(f'<tr id="{point}"')[1].split("</tr>")[0]
            assert [mark in row for mark in marks] == [does, does], (language, point)


@about_the_call
def test_the_figures_tell_of_every_row_that_depends_on_the_altered_copy(
    call: Comparison, own_site: Mapping[str, bytes]
) -> None:
    """Not only of those that both sides confirm: on the page, in lists, in mails and data."""
    count = f"{call.figures.on_altered} of {len(call.rows)}"
    told = f"{count} depend on an altered copy"

    assert call.figures.on_altered > call.figures.both_sides_on_altered
    page = " ".join(own_site[f"en/{CALL}/index.html"].decode().split())
    assert f"is an altered copy; {count} points depend on it, marked ⚑4." in page
    for path in ("en/index.html", f"en/{CALL}/email.html"):
        assert told in own_site[path].decode()
    text = " ".join(own_site[f"en/{CALL}/email.txt"].decode().split())
    assert told in text


@about_the_call
def test_the_attribution_audit_finds_what_the_statement_does_not_say(call: Comparison) -> None:
    """The statement has no 30 days, goes on to a permanent peace, and begins with the ceasefire."""
    found = {
        (row.point.id, flag.audit, flag.articles, flag.claim.by)
        for row in call.rows
        for flag in row.flags
        if flag.claim and flag.other == "wh-statement" and flag.audit is not Audit.CONFIRMED
    }

    copy = ("epoch-copy",)
    assert found == {
        ("halt-days", Audit.NOT_IN_STATEMENT, copy, "white-house"),
        ("halt-sides", Audit.NOT_IN_STATEMENT, copy, "white-house"),
        ("end-goal", Audit.RENDERED_DIFFERENTLY, copy, "white-house"),
        ("first-step", Audit.RENDERED_DIFFERENTLY, ("thoi-dai",), "white-house"),
    }


@about_the_call
def test_the_other_audits_find_what_was_read(call: Comparison) -> None:
    """An overclaim, two articles in two minds, and seven rows of the altered copy alone."""
    flags = [(flag.audit, row.point.id) for row in call.rows for flag in row.flags]

    assert [point for audit, point in flags if audit is Audit.OVERCLAIM] == ["kursk-lives"]
    assert [point for audit, point in flags if audit is Audit.DRIFT] == ["halt-scope", "first-step"]
    unconfirmed = [point for audit, point in flags if audit is Audit.UNCONFIRMED]
    assert unconfirmed == [
        "root-causes",
        "pow-count",
        "pow-date",
        "wounded",
        "rare-earths",
        "ukraine-us-proposal",
        "territory",
    ]


@about_the_summit
def test_one_source_does_not_pretend_to_compare(own_site: Mapping[str, bytes]) -> None:
    """A topic with one article says so, and shows no verdict."""
    page = own_site[f"en/{SUMMIT}/index.html"].decode()

    assert "One source so far" in page
    assert "verdict" not in page


@about_the_call
def test_the_usurped_copy_is_never_linked_nor_its_advertiser_named(
    own: dict[str, bytes],
    own_site: Mapping[str, bytes],
) -> None:
    """No page leads to the altered copy or prints the name that was put into it."""
    everything = b"\n".join([*own_site.values(), *own.values()]).decode(errors="replace")

    assert "epochtimes.com" not in everything
    assert "赌场" not in everything
    page = own_site[f"vi/{CALL}/epoch-copy/index.html"].decode()
    foreign = re.sub(r"https://(example\.org/briefing/|schema\.org)", "", page)
    assert "https://" not in foreign


def test_the_content_is_that_of_a_site(own_site: Mapping[str, bytes], own: Sources) -> None:
    """It builds, with a page of its own for each topic in each language it is told in."""
    for topic in parse_site(own).topics:
        assert all(f"{code}/{topic.id}/index.html" in own_site for code in topic.texts)


def first_topics(briefing: Site) -> list[Topic]:
    return [topic for topic in briefing.topics if topic.id in {CALL, SUMMIT}]


def words(text: str) -> int:
    return len(re.findall(r"\w+", re.sub(r"<[^>]+>|\x02\d+\x03|\x04", " ", text)))


@about_the_call
def test_summaries_and_briefings_have_their_length(briefing: Site) -> None:
    """A summary has 150 to 400 words, a briefing text 80 to 200, in either language."""
    for topic in first_topics(briefing):
        told = [(topic.texts, 80, 200), *((a.summaries, 150, 400) for a in topic.articles)]
        for texts, least, most in told:
            assert texts.keys() == {"vi", "en"}
            for text in texts.values():
                count = words(" ".join(block.html for block in text.body.blocks))
                assert least <= count <= most, (text.place, count)


@about_the_call
def test_translations_stand_paragraph_for_paragraph(briefing: Site) -> None:
    """The two languages have the same paragraphs, with the same links in them."""
    for topic in first_topics(briefing):
        for texts in (topic.texts, *(article.summaries for article in topic.articles)):
            vi, en = (
                [[(link.kind, link.target) for link in block.links] for block in text.body.blocks]
                for text in (texts["vi"], texts["en"])
            )
            assert vi == en, topic.id
