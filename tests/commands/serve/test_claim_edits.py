"""A claim is added to a lead, however that is written, and nothing else of it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.commands.serve.writing.claim_edits import read_lead, with_claim, with_passage
from briefing.commands.serve.writing.edits import AddClaim, Passage, SetPassage
from briefing.problems import Problems
from briefing.syntax.nodes import mapping
from support.nightly import examples

PATH = "content/talks/gazette.en.md"
AT = Passage(start="in July", before="not")
CLAIM = AddClaim(point="began", says="almost 180", at=AT)
WRITTEN = "- {point: began, says: almost 180, at: {start: in July, before: not}}\n"
OPEN = "- {point: …, says: …, at: {start: in July, before: not}}\n"
PROPOSED = "#  - {point: began, says: …, by: …, at: …}\n"


def lead(claims: str, newline: str = "\n") -> bytes:
    """Give the file of a lead with some lines in its front matter."""
    text = f"---\ntitle: x # c\noutlet: y\n{claims}---\nBody, ‘e\u0301’.\n"
    return text.replace("\n", newline).encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"claims:\n  {WRITTEN}"),
        ("#claims:\n", f"claims:\n  {WRITTEN}"),
        ("claims:\n", f"claims:\n  {WRITTEN}"),
        ("claims: []\n", f"claims: [{WRITTEN[2:-1]}]\n"),
        ("claims: [{point: a}]\n", f"claims: [{WRITTEN[2:-1]}, {{point: a}}]\n"),
        (
            "claims:\n  - {point: a, at: it's}\n# c\n\ntags: [x]\n",
            f"claims:\n  - {{point: a, at: it's}}\n  {WRITTEN}# c\n\ntags: [x]\n",
        ),
        (
            "claims:\n- point: a\n  says: |\n    x\n\ntags: [x]\n",
            f"claims:\n- point: a\n  says: |\n    x\n{WRITTEN}\ntags: [x]\n",
        ),
        (f"#claims:\n# When?\n{PROPOSED}# Who?\n", f"claims:\n# When?\n  {WRITTEN}# Who?\n"),
        (
            f"claims:\n  - {{point: a}}\n# When?\n{PROPOSED}",
            f"claims:\n  - {{point: a}}\n# When?\n  {WRITTEN}",
        ),
    ],
)
def test_a_claim_is_added_where_an_editor_would_write_it(
    before: str, after: str, newline: str
) -> None:
    """In the place that `new article` proposes, else behind the others; `claims:` is made."""
    assert with_claim(PATH, lead(before, newline), CLAIM, "en") == lead(after, newline)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"#claims:\n#  {OPEN}"),
        ("#claims:\n", f"#claims:\n#  {OPEN}"),
        ("claims:\n  - {point: a}\n", f"claims:\n  - {{point: a}}\n#  {OPEN}"),
    ],
)
def test_a_claim_that_is_not_complete_is_a_draft_in_a_comment(before: str, after: str) -> None:
    """As those of `new article` are; so the file stays valid."""
    assert with_claim(PATH, lead(before), AddClaim(at=AT), "en") == lead(after)


def test_a_claim_says_what_its_words_mean_to_who_reads_another_language() -> None:
    """In the languages in which something is written; blank fields are none."""
    at = Passage(start="in July", gloss={"vi": " vào  tháng 7 ", "fr": " "})
    written = "- {point: began, says: 3, at: {start: in July, gloss: {vi: vào tháng 7}}}\n"

    after = with_claim(PATH, lead(""), AddClaim(point="began", says="3", at=at), "en")
    assert after == lead(f"claims:\n  {written}")


CLAIMS = """claims:
  - {point: a, says: 3}
  - {point: b, at: {start: x, end: 'it, }'}, says: 3}
  - {point: c, at: …}
  - point: d
    says: 4
  - point: e
    at: foo  # bar
  - {point: f, at: }
  - {point: g, }
"""


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (5, "says: 3}", "says: 3, at: A}"),
        (6, "{start: x, end: 'it, }'}", "A"),
        (7, "…", "A"),
        (8, "point: d\n", "at: A\n    point: d\n"),
        (10, "foo", "A"),
        (12, "at: }", "at: A}"),
        (13, "g, }", "g, at: A }"),
    ],
)
def test_a_claim_gets_a_passage(line: int, old: str, new: str) -> None:
    """Where it has none, or another, however it is written."""
    wanted = SetPassage(line=line, at=AT)
    passage = new.replace("A", "{start: in July, before: not}")
    expected = lead(CLAIMS.replace(old, passage, 1))
    assert with_passage(PATH, lead(CLAIMS), wanted, "en") == expected


def test_what_the_words_of_a_passage_mean_stays_where_nothing_else_is_written() -> None:
    """A new passage of a claim says what the old one said."""
    claim = "claims:\n  - {point: a, at: {start: x, gloss: {vi: cũ, fr: vieux}}}\n"
    at = Passage(start="y", gloss={"fr": "neuf", "vi": ""})

    after = with_passage(PATH, lead(claim), SetPassage(line=5, at=at), "en")
    new = claim.replace("start: x", "start: y").replace("vieux", "neuf")
    assert after == lead(new)


def test_a_line_without_a_claim_gets_no_passage() -> None:
    """The file may be another one than the page shows."""
    with pytest.raises(Problems, match="no claim in this line"):
        with_passage(PATH, lead(CLAIMS), SetPassage(line=3, at=AT), "en")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@examples(60)
@given(
    claims=st.sampled_from(["", "#claims:\n", "claims:\n", CLAIMS, "claims: [{point: a}]\n"]),
    says=TEXTS,
    start=TEXTS.filter(str.strip),
    by=st.none() | TEXTS,
)
def test_whatever_is_typed_adds_one_claim_or_is_refused(
    claims: str, says: str, start: str, by: str | None
) -> None:
    """Nothing that is typed can become another field, or change what is there."""
    data = lead(claims)
    try:
        wanted = AddClaim(point="p", says=says, by=by, at=Passage(start=start))
        after = with_claim(PATH, data, wanted, "en")
    except Problems:
        return
    old, new = read_lead(PATH, data).claims, read_lead(PATH, after).claims
    assert len(new) - len(old) == (not wanted.is_draft)
    known = {"point", "says", "by", "at"}
    added = [
        each for each in new if mapping(each).get("point") and mapping(each)["point"].value == "p"
    ]
    assert all(mapping(each).keys() <= known for each in added)
    assert after.endswith("---\nBody, ‘e\u0301’.\n".encode())
